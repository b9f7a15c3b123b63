"""Checking a derivation in a test: its lines bound to numbers, and those that are red."""

from __future__ import annotations

from engine.checking.world import World, drawn
from engine.derivations.rules import CATALOGUE
from engine.derivations.steps import Derivation


def world_of(derivation: Derivation) -> World:
    world = World(derivation.job, derivation.program, drawn(derivation.job))
    for step in derivation.steps:
        world.bind(step)
    return world


def red(derivation: Derivation) -> list[str]:
    """Rules of the lines whose check fails."""
    world = world_of(derivation)
    checks = ((step.rule, CATALOGUE[step.rule].checker(step, world)) for step in derivation.steps)
    return [rule for rule, check in checks if check is None or not check.ok]
