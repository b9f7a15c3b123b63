"""How the learning rate changes over a run: pure functions of the knobs of now and the step.

η is the knob "Learning rate", n is "Schedule steps n", s is the step being done, 1, 2, ...
Nothing is remembered, so a run that is played again, or goes back, has the same rates.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from engine.config import RunConfig


def rate(config: RunConfig, step: int) -> float:
    """The learning rate of step `step` = 1, 2, ...

    constant      η
    step          η ½^⌊(s-1)/n⌋                  halved after every n steps
    exponential   η ½^((s-1)/n)                  halved over n steps, a little at each
    cosine        η ½ (1 + cos(π (s-1)/n))       for the first n steps, then 0
                  (Loshchilov & Hutter 2017, eq. 5, without restarts)
    warmup        η s/n                          for the first n steps, then η
    """
    return config.learning_rate * _FACTORS[config.schedule](step, config.schedule_steps)


def _cosine(step: int, n: int) -> float:
    return 0.5 * (1 + math.cos(math.pi * (step - 1) / n)) if step <= n else 0.0


_FACTORS: dict[str, Callable[[int, int], float]] = {
    "constant": lambda _step, _n: 1.0,
    "step": lambda step, n: 0.5 ** ((step - 1) // n),
    "exponential": lambda step, n: 0.5 ** ((step - 1) / n),
    "cosine": _cosine,
    "warmup": lambda step, n: min(1.0, step / n),
}
