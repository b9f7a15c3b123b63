"""Badly behaved training processes, to hold the Trainer against. They are imported by the process itself."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

import numpy as np

from engine.config import RunConfig
from engine.messages import Progress, Resume, Start, Started, Stop
from engine.snapshot import Snapshot


def picture(step: int, losses: int = 1, padding: int = 0) -> Progress:
    """A Progress whose losses are the numbers of their steps."""
    return Progress(
        Snapshot(
            step=step,
            losses=np.arange(step - losses + 1, step + 1, dtype=float),
            gradient_norm=1.0,
            inputs=("a", "b"),
            targets=("b", "a"),
            predictions=("b", "b"),
            outputs=np.full((2, 2), 0.5),
            wanted=np.eye(2),
            hidden=np.zeros((2, 3)),
            dh=np.zeros((2, 3)),
            dh_norm=np.ones(2),
            weights={"padding": np.zeros(padding)},
        ),
        running=True,
        steps_per_second=1.0,
    )


def started(config: RunConfig) -> Started:
    return Started(config, 10, (("Loss", "none"),))


def deaf(connection: Connection) -> None:
    """Hears nothing, and does not end by itself."""
    time.sleep(600)


def dies_on_resume(connection: Connection) -> None:
    while True:
        match connection.recv():
            case Start(config):
                connection.send(started(config))
                connection.send(picture(7, 7))
            case Resume():
                os._exit(9)
            case Stop():
                return


def floods(connection: Connection) -> None:
    """Once resumed, sends pictures of a megabyte as fast as the pipe takes them, and never listens again."""
    while True:
        match connection.recv():
            case Start(config):
                connection.send(started(config))
            case Resume():
                step = 0
                while True:
                    step += 1
                    connection.send(picture(step, padding=125_000))
            case Stop():
                return


def answers_late(connection: Connection) -> None:
    """At each Start, says something about the run before, then waits a moment before the answer."""
    while True:
        match connection.recv():
            case Start(config):
                connection.send(picture(1000, 1000))
                time.sleep(0.1)
                connection.send(started(config))
                connection.send(picture(2, 2))
            case Stop():
                return
