"""Name -> generator: the one door to the numbers of the course.

Every module of this package that has GENERATORS is found; a name belongs to one of them.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from content import generators
from content.generators.domain import Generator


@cache
def _by_name() -> dict[str, Generator]:
    found: dict[str, Generator] = {}
    for module in sorted(part.name for part in pkgutil.iter_modules(generators.__path__)):
        for made in getattr(import_module(f"{generators.__name__}.{module}"), "GENERATORS", ()):
            if made.name in found:
                raise ValueError(f"two generators are called {made.name!r}; one of them is in {module}.py")
            found[made.name] = made
    return found


def generator(name: str) -> Generator:
    """The generator called `name`; KeyError, with the known names, if there is none."""
    if name not in _by_name():
        raise KeyError(f"there is no generator {name!r}; known are {', '.join(_by_name())}")
    return _by_name()[name]


def generator_names() -> tuple[str, ...]:
    """All names, file by file."""
    return tuple(_by_name())
