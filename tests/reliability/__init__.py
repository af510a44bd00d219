"""What the sweeps found, written by them under var/reliability and laid out by `python -m tests.reliability`."""
