"""Days on which receivers fail: `make test` plays short ones, `make faults` long ones, by the same code."""
