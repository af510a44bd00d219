"""The server was off over a rung: each length of outage, each rung, three zones."""
