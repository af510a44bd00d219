"""What runs: the product (`serve`, and `doctor` who looks after it), the intake, the rehearsal with its receivers."""
