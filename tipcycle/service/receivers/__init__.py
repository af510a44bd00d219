"""Real receivers on loopback that keep what they got: the rehearsal's, and the tests'."""
