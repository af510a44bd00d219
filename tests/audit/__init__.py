"""Is any package that we install known to be vulnerable? `make audit` asks; it is never green by failing to look."""
