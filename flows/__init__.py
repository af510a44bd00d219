"""What happens when, and in what order? A flow reads the clock once, names its steps and fails loudly at the end.

A module has the flow's name: `flows/open_cycle.py` is the deployment `open-cycle`.
"""
