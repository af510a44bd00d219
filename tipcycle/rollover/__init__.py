"""What changes from one cycle to the next? Pure comparisons of two configs and of what the ledger knows."""
