"""How is a ledger brought to the schema of this program? `migrate` is the one door."""
