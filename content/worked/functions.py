"""Name -> function: of every module of this package that has FUNCTIONS."""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from content import worked
from content.worked.reading import WorkedError


@cache
def functions() -> Mapping[str, Callable[..., Any]]:
    """All functions by name. ValueError when two modules have one name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in sorted(part.name for part in pkgutil.iter_modules(worked.__path__)):
        here = getattr(import_module(f"{worked.__name__}.{module}"), "FUNCTIONS", {})
        if twice := found.keys() & here.keys():
            raise ValueError(f"{module}.py has {', '.join(sorted(twice))} a second time")
        found.update(here)
    return found


def function(name: str, column: int = 0) -> Callable[..., Any]:
    """The function of this name. Raises WorkedError, with the nearest name."""
    if name not in functions():
        near = difflib.get_close_matches(name, functions(), 1)
        hint = f"; did you mean {near[0]}?" if near else "."
        raise WorkedError(f"there is no function {name!r}{hint}", column)
    return functions()[name]
