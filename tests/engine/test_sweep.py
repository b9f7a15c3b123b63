"""Sweeps: each variant against the run it would be alone."""

from __future__ import annotations

import dataclasses
import threading
from collections import defaultdict

import pytest

from engine.config import RunConfig
from engine.errors import ConfigError, TaskError
from engine.sweep import MOST, grid, sweep
from engine.train import Run

SMALL = RunConfig(hidden=4, length=6, batch=2)


def alone(config: RunConfig, steps: int) -> list[float]:
    run = Run(config)
    return [run.advance() for _ in range(steps)]


def test_a_grid_has_every_combination() -> None:
    variants = grid(SMALL, {"learning_rate": [0.1, 0.01], "seed": [1, 2, 3]})
    assert len(variants) == 6
    assert {(v.config.learning_rate, v.config.seed) for v in variants} == {
        (rate, seed) for rate in (0.1, 0.01) for seed in (1, 2, 3)
    }
    assert variants[4].knobs == {"learning_rate": 0.01, "seed": 2}


@pytest.mark.parametrize("engine", ["numpy", "auto"])
def test_every_variant_gives_the_numbers_that_it_gives_alone(engine: str) -> None:
    base = dataclasses.replace(SMALL, engine=engine)
    variants = grid(base, {"cell": ["rnn", "lstm", "gru"], "seed": [1, 2]})
    losses: dict[int, list[float]] = defaultdict(list)
    done = set()
    for news in sweep(variants, 40):
        losses[news.variant] += news.losses.tolist()
        assert news.step == len(losses[news.variant]), "in order, nothing left out"
        if news.over:
            done.add(news.variant)
    assert done == set(range(6))
    assert all(losses[v.number] == alone(v.config, 40) for v in variants)


def test_news_come_while_it_goes_on_and_it_can_be_stopped() -> None:
    variants = grid(SMALL, {"seed": list(range(8))})
    stop = threading.Event()
    for heard, _news in enumerate(sweep(variants, 10**9, stop=stop)):
        if heard == 30:
            stop.set()
        assert heard < 200, "it went on after being stopped"
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sweep")]


def test_a_variant_that_explodes_says_so_and_the_others_go_on() -> None:
    base = dataclasses.replace(SMALL, task="sine", cell="rnn", optimiser="sgd", clip=0.0, batch=16, hidden=4)
    last = {}
    for news in sweep(grid(base, {"learning_rate": [0.01, 100.0]}), 300):
        last[news.variant] = news
    assert last[0].step == 300 and not last[0].exploded
    assert "Exploded at step" in last[1].exploded and last[1].over


@pytest.mark.parametrize(
    ("axes", "says"),
    [
        ({}, "turns 0"),
        ({"seed": [1], "hidden": [2], "layers": [1]}, "turns 3"),
        ({"seed": list(range(MOST + 1))}, f"1 to {MOST} variants; this one has {MOST + 1}"),
        ({"seed": []}, "this one has 0"),
        ({"colour": [1]}, "no knob 'colour'"),
        ({"learning_rate": [0.1, -1.0]}, "Variant 2 .*Learning rate is -1.0"),
    ],
)
def test_what_is_no_sweep_is_refused(axes: dict[str, list[object]], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        grid(SMALL, axes)


def test_a_text_that_teaches_nothing_is_refused_before_anything_runs() -> None:
    with pytest.raises(TaskError):
        next(sweep(grid(dataclasses.replace(SMALL, text="ab"), {"seed": [1]}), 5))


def test_a_sweep_needs_a_thread() -> None:
    with pytest.raises(ConfigError, match="1 thread or more; 0 were"):
        next(sweep(grid(SMALL, {"seed": [1]}), 5, threads=0))
