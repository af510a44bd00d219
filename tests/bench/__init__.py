"""What we hold ourselves to, measured: `make bench` prints a table and writes var/bench/*.json. Not a timed test."""
