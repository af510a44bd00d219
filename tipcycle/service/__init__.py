"""What runs: the rehearsal with its receivers and its own Prefect server."""
