"""Which days does the law set? Dates worked out from its parameters, each with the value it came from."""
