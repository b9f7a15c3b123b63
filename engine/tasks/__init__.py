"""What there is to learn, one family a file; `catalogue` finds the task that a config names."""
