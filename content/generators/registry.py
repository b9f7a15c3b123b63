"""Name -> generator: the one door to the numbers of the course."""

from __future__ import annotations

from content.generators import arithmetic, loops, lstm
from content.generators.domain import Generator

_BY_NAME: dict[str, Generator] = {
    generator.name: generator for part in (lstm, loops, arithmetic) for generator in part.GENERATORS
}


def generator(name: str) -> Generator:
    """The generator called `name`; KeyError, with the known names, if there is none."""
    if name not in _BY_NAME:
        raise KeyError(f"there is no generator {name!r}; known are {', '.join(_BY_NAME)}")
    return _BY_NAME[name]


def generator_names() -> tuple[str, ...]:
    """All names, in the order of FORMAT.md."""
    return tuple(_BY_NAME)
