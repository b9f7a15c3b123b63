"""Claims of the presets in engine/presets/gated.py; see `claims`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from claims import Held, Trained, alone, beside, losses
from claims_learning import remembers

beside("bank-rnn")(remembers)
beside("cheating")(losses(below=0.5, other_above=2.0))


def sigmoid(a: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-a))


def _read(mine: Trained) -> np.ndarray:
    """[T, d] what the first sequence read."""
    picture, _ = mine.run.learner.picture()
    return picture.inputs


@alone("lstm-by-hand")
def lstm_by_hand(mine: Trained) -> Iterator[Held]:
    weights, seen = mine.seen.weights, mine.seen
    h = c = np.zeros(2)
    furthest = 0.0
    for t, x in enumerate(_read(mine)):
        i, f, g, o = np.split(weights["W_ih"] @ x + weights["W_hh"] @ h + weights["b_ih"], 4)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * np.tanh(c)
        found = {"i": i, "f": f, "g": g, "o": o, "c": c, "h": h}
        furthest = max(
            furthest, *(float(abs(value - seen.named[name][t]).max()) for name, value in found.items())
        )
    yield Held("difference of any gate or state", furthest, high=1e-12)


@beside("forget-bias")
def forget_bias(mine: Trained, other: Trained) -> Iterator[Held]:
    yield from remembers(mine, other)
    mine.run.go_to(1)
    yield Held("least f at the first step", float(mine.run.snapshot([]).named["f"].min()), 0.9)


@alone("lstm-states")
def lstm_states(mine: Trained) -> Iterator[Held]:
    states = [(seen.named["c"], seen.hidden) for seen in mine.sequences()]
    yield Held("largest |c|", max(float(abs(c).max()) for c, _ in states), 1.5)
    yield Held("largest |h|", max(float(abs(h).max()) for _, h in states), high=1.0)


@alone("cell-update")
def cell_update(mine: Trained) -> Iterator[Held]:
    yield Held("loss", mine.loss, high=0.02)
    at_marks, elsewhere = _by_mark(
        mine, lambda named: abs(np.diff(named["c"], axis=0, prepend=0)).sum(axis=1)
    )
    yield Held("times the change of c at the marks", at_marks / elsewhere, 1.5)


def _by_mark(mine: Trained, of: object) -> tuple[float, float]:
    """The mean of a number of each step, at the marked steps and at the others."""
    marked, others = [], []
    for seen in mine.sequences():
        marks = np.array([label.endswith("*") for label in seen.inputs])
        each = of(seen.named)
        marked += each[marks].tolist()
        others += each[~marks].tolist()
    return float(np.mean(marked)), float(np.mean(others))


@beside("peepholes")
def peepholes(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("weights more", mine.parameters - other.parameters, 48, 48)
    yield from losses(below=0.02, other_below=0.02)(mine, other)


@beside("gru-by-hand")
def gru_by_hand(mine: Trained, other: Trained) -> Iterator[Held]:
    for name, trained in (("after", mine), ("before", other)):
        yield Held(f"difference, reset {name}", _missed(trained, keeps=True), high=1e-12)
    ours, theirs = mine.seen.weights, other.seen.weights
    yield Held("difference of the weights", max(float(abs(ours[n] - theirs[n]).max()) for n in ours), high=0)
    yield Held("difference of the two candidates", float(abs(mine.named["n"] - other.named["n"]).max()), 1e-6)


def _missed(trained: Trained, keeps: bool) -> float:
    """How far z, r, n or h are from the equations."""
    weights, named, before = trained.seen.weights, trained.named, trained.run.config.gru_reset == "before"
    h = np.zeros(trained.run.config.hidden)
    furthest = 0.0
    for t, x in enumerate(_read(trained)):
        xs, hs = (np.split(part, 3) for part in (weights["W_ih"] @ x + weights["b_ih"], weights["W_hh"] @ h))
        r, z = sigmoid(xs[0] + hs[0]), sigmoid(xs[1] + hs[1])
        W_hn = np.split(weights["W_hh"], 3)[2]
        n = np.tanh(xs[2] + (W_hn @ (r * h) if before else r * hs[2]))
        h = z * h + (1 - z) * n if keeps else (1 - z) * h + z * n
        found = {"r": r, "z": z, "n": n, "h": h}
        furthest = max(furthest, *(float(abs(value - named[name][t]).max()) for name, value in found.items()))
    return furthest


@alone("gru-gates")
def gru_gates(mine: Trained) -> Iterator[Held]:
    at_marks, elsewhere = _by_mark(mine, lambda named: named["z"].mean(axis=1))
    yield Held("z elsewhere less z at the marks", elsewhere - at_marks, 0.1)
    yield Held("loss", mine.loss, high=0.01)


@beside("gru-conventions")
def gru_conventions(mine: Trained, other: Trained) -> Iterator[Held]:
    yield from gru_gates(mine)
    at_marks, elsewhere = _by_mark(other, lambda named: named["z"].mean(axis=1))
    yield Held("where z takes: z at the marks less elsewhere", at_marks - elsewhere, 0.1)
    yield Held("loss", other.loss, high=0.01)


@alone("gru-ng")
def gru_ng(mine: Trained) -> Iterator[Held]:
    yield Held("difference from the equations", _missed(mine, keeps=False), high=1e-9)
    yield Held("loss", mine.loss, high=0.01)


@beside("lstm-vs-gru")
def lstm_vs_gru(mine: Trained, other: Trained) -> Iterator[Held]:
    recurrent = [trained.parameters - 16 - 1 for trained in (mine, other)]
    yield Held("share of the LSTM's weights", recurrent[0] / recurrent[1], 0.75, 0.75)
    yield from losses(below=0.02, other_above=0.04)(mine, other)


@beside("bank-lstm")
def bank_lstm(mine: Trained, other: Trained) -> Iterator[Held]:
    yield from remembers(mine, other)
    yield Held("columns of W_o", mine.run.weights["W_o"].shape[1], 32, 32)


@beside("deep")
def deep(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("times the weights", mine.parameters / other.parameters, 2.0)
    yield Held("times the time", mine.seconds / other.seconds, 1.5)
    yield from losses(above=1.2, other_below=1.2)(mine, other)


@beside("dropout")
def dropout(mine: Trained, other: Trained) -> Iterator[Held]:
    yield Held("loss", mine.loss)
    yield Held("more than without dropout", mine.loss - other.loss, 0.05)
    run = mine.run.branch()
    run.turn("dropout", 0.0)
    run.turn("learning_rate", 1e-6)  # the least there is
    at_once = float(np.mean([run.advance() for _ in range(10)]))
    yield Held("less when Dropout is turned to 0", mine.loss - at_once, 0.05)
