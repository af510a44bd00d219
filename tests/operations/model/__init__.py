"""The ledger's operations in any order, against a small second reckoning."""
