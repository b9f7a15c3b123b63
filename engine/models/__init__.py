"""The architectures. `model` says what a run needs of one; `catalogue` finds the learner of a config."""
