"""Questions to a run about its last step, whichever arithmetic did it: shares, Jacobians, a beam.

The step is done once more, forward, by the model in NumPy: the same batch, the same random numbers, the
weights that it ran with, all in float64. Knows runs; the answers are `itemised`'s, `jacobians`' and `beam`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.beam import Beam, search
from engine.errors import ConfigError, TaskError
from engine.history import Timeline
from engine.itemised import itemised, itemised_norms
from engine.jacobians import Jacobians, jacobians
from engine.models.catalogue import model_for
from engine.models.model import Moment
from engine.models.recurrent import Recurrent
from engine.snapshot import Array
from engine.tasks.catalogue import task_of
from engine.tasks.sentences import END_OF_SENTENCE
from engine.tasks.task import Batch
from engine.train import Run
from engine.writing import stepper_of


def itemised_of(run: Run, names: Sequence[str] | None = None) -> dict[str, Array]:
    """Name -> G [T, T, *shape]: what of the last step's gradient comes from the loss at t through step k.

    Of all parameters, or of `names`; summed over t and k, the gradient of the loss before clipping and
    without the regulariser.

    Raises:
        ConfigError: a name is unknown, or the tables are too large; `itemised_norms_of` is not.
        TaskError: no step was done yet, or the network is not a recurrent one of layers.
    """
    last = _last(run)
    return itemised(last.model, last.weights, last.batch, names, last.moment)


def itemised_norms_of(run: Run, names: Sequence[str] | None = None) -> dict[str, Array]:
    """Name -> [T, T] Frobenius norm of each G[t, k]; raises as `itemised_of`, but nothing is too large."""
    last = _last(run)
    return itemised_norms(last.model, last.weights, last.batch, names, last.moment)


def jacobians_of(run: Run, sequence: int = 0, layer: int = 0, reverse: bool = False) -> Jacobians:
    """How a change of the state travelled through the last step; layer 0 reads the input.

    `reverse` asks for the network that reads backward; its steps are counted as it reads.

    Raises:
        ConfigError: there is no such sequence, layer or direction.
        TaskError: no step was done yet, the network is not a recurrent one, or it has batch norm.
    """
    last = _last(run)
    stack = last.model.layers
    _within("Sequence", sequence, last.batch.inputs.shape[1])
    _within("Layer", layer, stack.layers)
    if reverse and not stack.both:
        raise ConfigError(("The network reads in one direction only; leave `reverse` out.",))
    seen = last.model.forward(last.weights, last.batch, last.moment)
    return jacobians(seen.runs[layer].lanes[int(reverse)], sequence)


def beam_of(run: Run, width: int, length: int, prompt: str = "") -> Beam:
    """The best texts of up to `length` symbols that a beam of `width` finds, with the weights of now.

    A sentence ends at its end sign; other texts have `length` symbols.

    Raises:
        ConfigError: width or length out of bounds.
        TaskError: the run writes no text, or does not know a symbol of the prompt.
    """
    symbols = run.task.symbols
    end = symbols.index(END_OF_SENTENCE) if END_OF_SENTENCE in symbols else None
    stepper = stepper_of(run)
    return search(stepper, symbols, run.task.joint, width=width, length=length, end=end, prompt=prompt)


@dataclass(frozen=True, slots=True)
class _Step:
    """All that the last step depended on."""

    model: Recurrent
    weights: Mapping[str, Array]
    batch: Batch
    moment: Moment


def _last(run: Run) -> _Step:
    if not run.seen:
        raise TaskError("There is no last step to look into: do one first, with advance() or go_to().")
    if run.exploded:
        raise TaskError(
            "The last step has numbers that are not finite. Go back to a sound one to look into it."
        )
    timeline = Timeline.of(run.config)
    timeline.replay(run.turns)
    knobs = timeline.at(run.step - 1)  # those that the step was done with; a knob may have been turned since
    task = task_of(knobs)
    model = model_for(replace(knobs, engine="numpy"), task)
    batch = task.batch(run.step)
    if not isinstance(model, Recurrent) or not isinstance(batch, Batch):
        raise TaskError(
            "Only a recurrent network of RNN, LSTM or GRU layers is done by hand, step by step; this run's "
            "is another, so its gradient and its states cannot be taken apart so."
        )
    weights = {name: array.astype(np.float64) for name, array in run.learner.picture()[1].items()}
    carry = () if batch.fresh else _start(run, model, batch.inputs.shape[1])
    return _Step(model, weights, batch, Moment(run.step, knobs, carry))


def _start(run: Run, model: Recurrent, sequences: int) -> tuple[Array, ...]:
    """The state [B, h] that the step began with, lowest layer first: every sequence's own, side by side."""
    named = [run.learner.picture(b)[0].named for b in range(sequences)]
    parts = ("h_0", "c_0")[: model.layers.cell.parts]
    names = [f"{part}{lane.suffix}" for (lane, *_) in model.layers.lanes for part in parts]
    return tuple(np.concatenate([each[name] for each in named]).astype(np.float64) for name in names)


def _within(what: str, number: int, count: int) -> None:
    if not 0 <= number < count:
        raise ConfigError((f"{what} {number} is not there; it must be from 0 to {count - 1}.",))
