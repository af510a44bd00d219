"""The use cases, one file each, one transaction each; `deliver` alone claims, sends and records in turn."""
