"""Keys of the picture's places and wires that a line talks about: "h@t-1>a@t"; "*" stands for all times."""

from __future__ import annotations

from collections.abc import Iterator

from engine.tape.nodes import Beside, Sum, Var
from engine.tape.program import Definition, Program
from engine.tape.walk import variables, walk


def key(leaf: Var) -> str:
    """ "h@t-1", or "W_h"."""
    return leaf.name if leaf.at is None else f"{leaf.name}@{leaf.at}"


def wire(source: Var, target: Var) -> str:
    return f"{key(source)}>{key(target)}"


def into(definition: Definition, program: Program) -> Iterator[str]:
    """The place of a definition and the wires that lead to it, from all that is no parameter."""
    over = {part.index for part in walk(definition.value) if isinstance(part, Sum | Beside)}
    yield key(definition.var)
    for leaf in variables(definition.value):
        if leaf not in program.parameters:
            name = f"{leaf.name}@*" if leaf.at and leaf.at.base in over else key(leaf)
            yield f"{name}>{key(definition.var)}"


def at_all_times(path: Iterator[str]) -> Iterator[str]:
    """The same places and wires with "*" for every time that has the letter t."""
    for one in path:
        yield ">".join(_everywhere(place) for place in one.split(">"))


def _everywhere(place: str) -> str:
    name, at, time = place.partition("@")
    return f"{name}@*" if at and time[:1] == "t" else place
