"""The rehearsal's receivers, taught to fail: the same mailbox, Slack and gateway with seeded faults."""
