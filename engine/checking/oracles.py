"""The networks of the catalogue once more, as plain NumPy programs: what every line is held against.

Written from the papers and ignorant of the tape language and of derivatives. They run on
complex numbers too: with one quantity nudged by a tiny imaginary step, the imaginary part of
the loss is its derivative, exact to the last digits since nothing is subtracted.

Arrays have any leading axes (points, directions), which broadcast, then:

    [..., r, c]           a quantity without a time: a parameter, the one output
    [..., T + 2, r, c]    one with a time, at the index of its time; NaN at times at which it is not

so h_0 is at index 0 of "h", and a backward network's start at index T + 1 of "h_rev". The total
loss is "L"; its parts L_t, where each step has one, are "L_t".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from engine.checking.oracles_gated import gru, lstm
from engine.checking.oracles_plain import both_ways, rnn, two_layers
from engine.checking.oracles_run import Array, Cut, Nudge, Run, as_made, real_part
from engine.checking.oracles_single import attention, batch_norm, clipping, layer_norm, softmax_loss
from engine.symbolic.jobs import GradientJob


def _alone(model: Callable[[Run], None]) -> Callable[[GradientJob, Run], None]:
    """A model without choices, asked as the others."""
    return lambda _job, run: model(run)


_MODELS: Mapping[str, Callable[[GradientJob, Run], None]] = {
    "rnn": rnn,
    "lstm": lstm,
    "gru": gru,
    "birnn": both_ways,
    "layers": two_layers,
    "attention": _alone(attention),
    "softmax": _alone(softmax_loss),
    "layernorm": _alone(layer_norm),
    "batchnorm": _alone(batch_norm),
    "clipping": _alone(clipping),
}


def forward(
    job: GradientJob,
    arrays: Mapping[str, Array],
    nudge: Nudge = as_made,
    cut: Cut = real_part,
    only: Collection[str] | None = None,
) -> dict[str, Array]:
    """All quantities of one run of the network, the given ones included.

    Args:
        arrays: parameters, inputs, targets and starts, in the layout above; more of them do no harm.
        nudge: `nudge(name, time or None, value)` gives what is used in place of each quantity as it
            is made, or read if it is given (a parameter once, without a time). It may add leading axes.
        cut: `cut(name, time, state)` gives what is handed on of a state where truncated BPTT lets no
            derivative pass; by default its real part.
        only: names of what is wanted, for those who run it often; None for everything.

    Raises:
        KeyError: a model that is not in the catalogue, or an array that is missing.
    """
    run = Run(arrays, nudge, cut, job.truncate)
    _MODELS[job.model](job, run)
    return run.arrays(only)
