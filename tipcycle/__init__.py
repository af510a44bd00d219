"""tipcycle runs the yearly trafficking-in-persons reporting cycle; the map of the code is in README.md."""
