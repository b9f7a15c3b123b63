"""The Lab's network as a question to Derive: its weights, and the sequence that its pictures show.

What the Lab calls W_ih, W_hh and W_o are the rows of all gates, one below the other; here they are
taken apart into the matrices that the derivations write. Pure: no Qt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from engine.combinations import model_of
from engine.config import RunConfig
from engine.derivations.catalogue import MOST_STEPS, cleaned
from engine.errors import ConfigError
from engine.symbolic.jobs import Given, GradientJob, Rows

if TYPE_CHECKING:
    from engine.snapshot import Array, Snapshot

_CELLS = {"rnn": "the plain RNN", "lstm": "the LSTM", "gru": "the GRU"}
_GATES = {"lstm": "ifgo", "gru": "rzn"}  # in the order of the rows, as engine.cells stacks them
_FIRST = {"rnn": "W_h", "lstm": "U_f", "gru": "U_z"}


def job(config: RunConfig | None, snapshot: Snapshot | None) -> GradientJob:
    """The gradient of the Lab's sequence by its recurrent weights, with the numbers of now.

    The Lab's loss is a mean over all outputs of a batch, ours the sum over this sequence: its slopes
    are ours divided by the number of those outputs. Of a sequence that is too long the first steps are
    taken where there is an output at each: L is then the sum of their losses.

    Raises:
        ConfigError: there is nothing in the Lab, or not what a derivation can write; and what to do.
    """
    if config is None or snapshot is None:
        raise _no("The Lab has done no step yet: train there first.")
    _refuse_kind(config)
    outputs, steps = _outputs(snapshot), len(snapshot.inputs)
    if steps > MOST_STEPS and outputs == "last":
        raise _no(
            f"The Lab's sequences have {steps} steps with the output after the last, a derivation at most "
            f"{MOST_STEPS}: set Time steps T to {MOST_STEPS} or less."
        )
    steps = min(steps, MOST_STEPS)
    return cleaned(
        GradientJob(
            model=config.cell,
            wrt=_FIRST[config.cell],
            steps=steps,
            activation=config.activation,
            outputs=outputs,
            loss="half" if _is_regression(snapshot) else "cross-entropy",
            truncate=config.truncate if config.truncate < steps else 0,
            update=config.gru_update,
            reset=config.gru_reset,
            given=_given(config, snapshot),
        )
    )


def _refuse_kind(config: RunConfig) -> None:
    """Raises ConfigError for a network that no derivation writes."""
    if model_of(config) != "recurrent" or config.cell not in _CELLS:
        raise _no("The Lab's network is another one; Derive takes the numbers of an RNN, LSTM or GRU.")
    for wrong, sentence in (
        (config.layers > 1, f"The Lab's network has {config.layers} layers; set Layers to 1."),
        (config.direction == "both", "The Lab's network reads in both directions; set Direction to Forward."),
        (config.norm != "none", "The Lab's network has normalisation inside; set Norm to none."),
        (config.peepholes == "yes", "The Lab's LSTM has peepholes; turn them off."),
    ):
        if wrong:
            raise _no(sentence)


def _outputs(snapshot: Snapshot) -> str:
    """ "each" or "last". Raises ConfigError where only some outputs are asked for."""
    asked = snapshot.asked
    if asked is None or asked.all():
        return "each"
    if asked[-1] and asked.sum() == 1:
        return "last"
    raise _no(
        "This task asks for an output at some steps only. Train one that asks at each step, such as "
        "Sine forecast, Next character or Parity, or at the last one, such as the Adding problem."
    )


def _is_regression(snapshot: Snapshot) -> bool:
    """Whether outputs are what W_o h + b_o is, without a softmax."""
    import numpy as np

    return bool(np.allclose(snapshot.outputs, snapshot.named["z_o"]))


def _given(config: RunConfig, snapshot: Snapshot) -> Given:
    import numpy as np

    arrays = dict(_parameters(config, snapshot.weights))
    for name in ("h_0", "c_0"):
        if name in snapshot.named:
            arrays[name] = snapshot.named[name].T  # kept as a row
    if not all(np.isfinite(array).all() for array in (*arrays.values(), snapshot.named["x"])):
        raise _no("The Lab's run has exploded: go back to a step with finite numbers.")
    wanted = snapshot.wanted[:MOST_STEPS] if _outputs(snapshot) == "each" else snapshot.wanted[-1:]
    steps = len(snapshot.inputs)
    part = f", the first {MOST_STEPS} of {steps} time steps" if steps > MOST_STEPS else ""
    return Given(
        f"the Lab's run, step {snapshot.step:,}{part}",
        tuple((name, _rows(array)) for name, array in arrays.items()),
        _rows(snapshot.named["x"][:MOST_STEPS]),
        _rows(wanted),
    )


def _parameters(config: RunConfig, weights: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    """The Lab's weights by the derivation's names, biases as columns."""
    second = weights.get("b_hh", weights["b_ih"] * 0)
    both = weights["b_ih"] + second
    if config.cell == "rnn":
        yield from (("W_h", weights["W_hh"]), ("W_i", weights["W_ih"]), ("b_h", both[:, None]))
        yield from (("W_o", weights["W_o"]), ("b_o", weights["b_o"][:, None]))
        return
    own_bias = config.cell == "gru" and config.gru_reset == "after"  # of U_n h, inside what r multiplies
    for place, gate in enumerate(_GATES[config.cell]):
        rows = slice(place * config.hidden, (place + 1) * config.hidden)
        apart = own_bias and gate == "n"
        yield f"W_{gate}", weights["W_ih"][rows]
        yield f"U_{gate}", weights["W_hh"][rows]
        yield f"b_{gate}", (weights["b_ih"] if apart else both)[rows, None]
        if apart:
            yield "c_n", second[rows, None]
    yield from (("W_y", weights["W_o"]), ("b_y", weights["b_o"][:, None]))


def _rows(array: Array) -> Rows:
    return tuple(tuple(float(number) for number in row) for row in array)


def _no(sentence: str) -> ConfigError:
    return ConfigError((sentence,))
