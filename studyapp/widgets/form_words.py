"""What the form of a gradient says about its fields."""

from __future__ import annotations

SEED_WRONG = "The seed “{value}” is no whole number from 0 to {most:,}; try 1."
STEPS_WRONG = "T is “{value}”; give it a whole number from 1 to {most}, or the letter T for any T."
BY, SHOWN = "Gradient of L with respect to", "What is shown"  # clipping has no loss
SEED = (
    "The seed of the random numbers that are put in: the same seed gives the same numbers again. "
    "The lines are the same for all."
)
NO_LAB = "The Lab has no numbers for this: it trains networks that run through time, such as the LSTM."
