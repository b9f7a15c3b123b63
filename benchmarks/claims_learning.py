"""Claims of the presets in engine/presets/learning.py; see `claims`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from claims import Held, Trained, alone, beside, losses

from engine.train import Run


@beside(
    "long-memory",
    "orthogonal",
    "identity-relu",
    "regulariser",
    "residual",
    "layer-norm",
)
def remembers(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("right", mine.right, 0.99)
    yield Held("beside it", other.right, 0.3, 0.7)


@beside("truncated-bptt")
def forgets(mine: Trained, other: Trained) -> Iterator[Held]:
    yield from remembers(other, mine)


@beside("vanishing", "sigmoid-state")
def vanishing(mine: Trained, other: Trained) -> Iterator[Held]:
    yield from forgets(mine, other)
    lag = mine.run.config.lag
    mine.run.go_to(1)
    dh = mine.run.snapshot([]).dh_norm
    yield Held("dL/dh at the first step, of that at the question", float(dh[0] / dh[lag]), high=0.02)


beside("learning-rate-too-high")(losses(above=0.125, other_below=0.01))
beside("learning-rate-too-low")(losses(above=0.1, other_below=0.01))
beside("optimisers")(losses(above=2.8, other_below=1.0))
beside("batch-norm")(losses(above=1.5, other_below=1.0))


@alone("sequence-loss")
def sequence_loss(mine: Trained) -> Iterator[Held]:
    right = (mine.seen.outputs * mine.seen.wanted).sum(axis=1)
    yield Held("loss", mine.loss, 2.9, 3.5)
    yield Held("less the mean of -ln p", mine.loss + float(np.log(right).mean()), -1e-5, 1e-5)


@alone("weight-update")
def weight_update(mine: Trained) -> Iterator[Held]:
    yield _change(mine, "W_o", mine.named["dz_o"].T @ mine.seen.hidden)


@alone("bptt")
def bptt(mine: Trained) -> Iterator[Held]:
    da, h = mine.named["da_h"], mine.seen.hidden
    before = np.vstack([np.zeros(h.shape[1]), h[:-1]])
    yield _change(mine, "W_hh", da.T @ before)
    W, slope = mine.seen.weights["W_hh"], 1 - h**2
    back = (da[1:] @ W) * slope[:-1]
    yield Held(
        "difference of dL/da_t from the next one carried back", float(abs(back - da[:-1]).max()), high=1e-12
    )
    yield Held("steps with a gradient", float((abs(da).sum(axis=1) > 0).sum()), 4, 4)
    yield Held("steps with a loss", float((abs(mine.named["dz_o"]).sum(axis=1) > 0).sum()), 1, 1)


def _change(mine: Trained, name: str, gradient: np.ndarray) -> Held:
    """By how much the last update missed W - η dL/dW."""
    moved = mine.run.weights[name] - mine.seen.weights[name]
    missed = abs(moved + mine.run.now.learning_rate * gradient).max()
    return Held(f"difference of {name} from W - η dL/dW", float(missed), high=1e-12)


@beside("bptt-cost")
def bptt_cost(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("times the time for 4 times the steps", mine.seconds / other.seconds, 2.0, 8.0)


@beside("exposure-bias")
def exposure_bias(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("loss on true characters", mine.loss, high=0.4)
    ours, theirs = (_free(trained) for trained in (mine, other))
    yield Held("on its own", ours, 5.0)
    yield Held("on its own when trained at 0.5", theirs, high=ours - 1)


def _free(trained: Trained) -> float:
    """The loss of the weights as they are when everything read is the network's own."""
    run = trained.run.branch()
    run.turn("teacher_forcing", 0.0)
    run.turn("learning_rate", 1e-6)  # the least there is
    return float(np.mean([run.advance() for _ in range(10)]))


@beside("exploding")
def exploding(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("exploded at step", mine.exploded, 20, 100)
    yield Held("norm at the first step", mine.norms[0], high=2)
    last = _norms(mine, mine.exploded)[-3:]
    yield Held("norm two steps before the last whole one", last[0], mine.norms[0])
    yield Held("norm at the step before it", last[1], 3 * last[0])
    yield Held("norm at the last whole step", last[2], 1e6)
    yield Held("with clipping", other.exploded, 0, 0)
    yield Held("loss with clipping", other.loss, high=1)


@beside("clipping")
def clipping(mine: Trained, other: Trained) -> Iterator[Held]:
    yield from exploding(other, mine)
    yield Held("largest norm before clipping", max(_norms(mine, mine.run.step + 1)), 3)


def _norms(trained: Trained, end: int) -> list[float]:
    """The gradient norm of every step before `end`."""
    again = Run(trained.run.config)
    found = []
    for _ in range(1, end):
        again.advance()
        found.append(again.snapshot([]).gradient_norm)
    return found
