"""What is owed now, to whom, and in which message? Pure decisions over what the ledger holds."""
