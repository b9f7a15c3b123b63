"""Functions as values while code is interpreted: built-ins, and those of the pasted code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.algorithms.library import Function
from engine.algorithms.values import CodeFault, Meter


@dataclass(frozen=True, slots=True, eq=False)
class Builtin:
    """A built-in function as a value: what `key=len` hands over."""

    name: str
    function: Function
    meter: Meter
    line: int

    def __call__(self, *arguments: Any) -> Any:
        return self.function(self.meter, self.line, *arguments)


@dataclass(slots=True, eq=False)
class Routine:
    """A function of the pasted code as a value; `invoke(values)` interprets its body."""

    name: str
    parameters: tuple[str, ...]
    defaults: tuple[Any, ...]
    invoke: Callable[[list[Any]], Any]

    def __call__(self, *values: Any) -> Any:
        return self.invoke(self.complete(list(values), {}, 0))

    def complete(self, values: list[Any], named: dict[str, Any], line: int) -> list[Any]:
        """The values of all parameters, defaults filled in."""
        wanted = self.parameters
        if len(values) > len(wanted) or not named.keys() <= set(wanted[len(values) :]):
            raise CodeFault(f"{self.name} takes {len(wanted)} values.", "See its def.", line)
        first_default = len(wanted) - len(self.defaults)
        for place in range(len(values), len(wanted)):
            if wanted[place] in named:
                values.append(named[wanted[place]])
            elif place >= first_default:
                values.append(self.defaults[place - first_default])
            else:
                reason = f"{self.name} is called without a value for {wanted[place]}."
                raise CodeFault(reason, "See its def.", line)
        return values
