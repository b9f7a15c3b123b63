"""Runs side by side: each does exactly what it does alone."""

from __future__ import annotations

import dataclasses

import numpy as np

from engine.abreast import advanced
from engine.config import RunConfig
from engine.errors import DivergenceError
from engine.train import Run

BASE = RunConfig(hidden=6, length=8, batch=3)
MIXED = (  # by the kernel, by the kernel with a penalty between, by NumPy, with weights, handed on
    BASE,
    dataclasses.replace(BASE, cell="gru", seed=2),
    dataclasses.replace(BASE, cell="rnn", regulariser=0.1),
    dataclasses.replace(BASE, engine="numpy"),
    dataclasses.replace(BASE, task="tagging", length=24),
    dataclasses.replace(BASE, state="stateful", teacher_forcing=0.5),
)


def test_every_run_does_what_it_does_alone() -> None:
    together, alone = ([Run(config) for config in MIXED] for _ in range(2))
    for _ in range(40):
        assert advanced(together) == [run.advance() for run in alone]
    for ours, theirs in zip(together, alone, strict=True):
        assert ours.step == 40
        assert np.array_equal(ours.losses, theirs.losses)
        left, right = ours.snapshot([0.0]), theirs.snapshot([0.0])
        assert all(np.array_equal(array, right.named[name]) for name, array in left.named.items())
        ours.back(3)
        theirs.back(3)
        assert all(np.array_equal(array, theirs.weights[name]) for name, array in ours.weights.items())


def test_one_that_explodes_does_not_stop_the_others() -> None:
    wild = dataclasses.replace(BASE, task="sine", cell="rnn", optimiser="sgd", clip=0.0, learning_rate=100.0)
    together, alone = ([Run(wild), Run(BASE)] for _ in range(2))
    for _ in range(200):
        found = advanced(together)
        try:
            expected: list[object] = [alone[0].advance()]
        except DivergenceError as error:
            expected = [str(error)]
        assert [str(found[0]) if isinstance(found[0], DivergenceError) else found[0]] == expected
        assert found[1] == alone[1].advance()
        assert (together[0].step, repr(together[0].exploded)) == (alone[0].step, repr(alone[0].exploded))
    assert together[1].step == 200
