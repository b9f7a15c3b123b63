"""Claims of the presets in engine/presets/core.py; see `claims`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from claims import Held, Trained, alone, beside, losses

beside("order")(losses(below=1.0, other_above=2.0))


@beside("padding-cost")
def padding(mine: Trained, other: Trained) -> Iterator[Held]:
    for trained, low, high in ((mine, 0.8, 1.0), (other, 0.5, 0.7)):
        steps = range(1, 101)
        share = np.mean([(trained.run.task.batch(step).tokens == 0).mean() for step in steps])
        yield Held(f"padding at T = {trained.run.config.length}", float(share), low, high)
        yield Held("right", trained.right, 0.99)
    yield Held("weights more", mine.parameters - other.parameters, 0, 0)
    yield Held("times the time", mine.seconds / other.seconds, 2.0)


@alone("forecast")
def forecast(mine: Trained) -> Iterator[Held]:
    yield Held("loss", mine.loss, high=0.02)


@alone("rnn-by-hand")
def rnn_by_hand(mine: Trained) -> Iterator[Held]:
    seen, h = mine.seen, np.zeros(2)
    places = {symbol: place for place, symbol in enumerate(mine.run.task.symbols)}
    furthest = 0.0
    for t, symbol in enumerate(seen.inputs):
        x = np.eye(len(places))[places[symbol]]
        h = np.tanh(seen.weights["W_ih"] @ x + seen.weights["W_hh"] @ h + seen.weights["b_ih"])
        furthest = max(furthest, float(np.abs(h - seen.hidden[t]).max()))
    yield Held("difference of h", furthest, high=1e-12)


@alone("parity")
def parity(mine: Trained) -> Iterator[Held]:
    yield Held("right", mine.right, 0.95)


@beside("short-memory")
def short_memory(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("right at lag 3", mine.right, 0.99)
    yield Held("at lag 10", other.right, 0.3, 0.7)


@beside("any-length")
def any_length(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("weights more", mine.parameters - other.parameters, 0, 0)
    yield Held(
        "shapes that differ",
        len(set(mine.run.learner.shapes.items()) ^ set(other.run.learner.shapes.items())),
        0,
        0,
    )


@beside("parameters")
def parameters(mine: Trained, other: Trained) -> Iterator[Held]:
    for trained, recurrent, output in ((mine, 190, 192), (other, 380, 352)):
        sizes = {name: int(np.prod(shape)) for name, shape in trained.run.learner.shapes.items()}
        out = sizes["W_o"] + sizes["b_o"]
        yield Held("output weights", out, output, output)
        yield Held("recurrent weights", sum(sizes.values()) - out, recurrent, recurrent)


@beside("jordan")
def jordan(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("loss", mine.loss)
    yield Held("times that of the RNN", mine.loss / other.loss, 2.0)


@alone("sentiment", "tagging")
def labels(mine: Trained) -> Iterator[Held]:
    yield Held("right", mine.right, 0.99)
    batch = mine.run.task.batch(mine.run.step)
    unasked = [
        abs(seen.named["dz_o"][batch.weights[:, b] == 0]).sum() for b, seen in enumerate(mine.sequences())
    ]
    yield Held("dL/dz where nothing is asked", float(sum(unasked)), 0, 0)


@alone("melody")
def melody(mine: Trained) -> Iterator[Held]:
    yield Held("loss", mine.loss, 0.15, 0.3)


@alone("caption")
def caption(mine: Trained) -> Iterator[Held]:
    yield Held("right", mine.right, 0.85)
    yield Held(
        "inputs that are not 0 after the first step", float(mine.run.task.batch(1).inputs[1:].sum()), 0, 0
    )
