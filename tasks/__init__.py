"""How often is a step tried, and for how long? A task is a name, a time-out and one call into operations."""
