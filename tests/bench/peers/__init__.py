"""Our own minimal, honest versions of the alternatives; installed by `make bench-peers` into an environment apart."""
