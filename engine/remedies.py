"""What helps a run that has exploded, as far as its knobs tell. Knows no run and no step."""

from __future__ import annotations

from engine.config import RunConfig, knob_of

_SCALED = ("rmsprop", "adam", "adamw")  # the gradient's length hardly matters to their steps
_DECAYED = ("sgd", "momentum", "nesterov", "adamw")  # each step takes rate times decay of the weights away

Ways = tuple[str, ...]


def remedies(config: RunConfig) -> tuple[Ways, Ways]:
    """What can be turned now, beside the learning rate ("set a clip norm"), and what a new run can have."""
    return _live(config), _anew(config)


def _live(c: RunConfig) -> Ways:
    ways = []
    if c.optimiser in _DECAYED and c.learning_rate * c.l2 >= 1:  # beyond 1 they overshoot 0
        ways.append(f"lower the weight decay (now {c.l2:g})")
    if c.regulariser:
        ways.append(f"lower the gradient regulariser (now {c.regulariser:g})")
    if not c.clip:
        ways.append("set a clip norm")
    elif c.optimiser not in _SCALED:
        ways.append(f"lower the clip norm (now {c.clip:g})")
    return tuple(ways)


def _anew(c: RunConfig) -> Ways:
    """Weights and activations with which a state can grow from step to step, and what does not let it."""
    unbounded = c.cell in ("rnn", "jordan") and c.activation in ("relu", "identity")
    ways = []
    if c.gain > 1:
        ways.append(f"a lower gain (now {c.gain:g})")
    if c.init != "uniform" and (unbounded or c.gain > 1):
        ways.append(f"uniform initial weights (now {_label('init', c.init)})")
    if unbounded:
        ways.append(f"tanh (now {_label('activation', c.activation)})")
    return tuple(ways)


def _label(name: str, value: str) -> str:
    return dict(knob_of(name).choices)[value]
