"""A Snippet, interpreted and counted: how often each line is executed, each function called.

Closures over the whitelisted tree, made once for a snippet; no eval, exec or import, and bounds
on everything (`values.py`). This is the judge of every count that is derived elsewhere, so it
shares nothing with the derivations.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from engine.algorithms.call_profile import Profile
from engine.algorithms.reading import Snippet
from engine.algorithms.routines import Routine
from engine.algorithms.scopes import FIRST, UNSET, Scope, assigned
from engine.algorithms.statements import Statements
from engine.algorithms.values import CodeFault, Meter
from engine.algorithms.visits import Seen, Visits

LIMIT: Final = 50_000
_FRAMES: Final = 20_000  # of Python, for `values.MAX_DEPTH` interpreted calls


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted.

    Attributes:
        lines: executions, of the lines that were executed at all.
        calls: entries into each function's body; what lru_cache answers is none.
        costs: work of built-ins (copied, compared, added items), by line, beside the executions.
        result: what the function returned; None for the top level.
        visits: the calls in order, if they were asked for.
        complete: whether `visits` holds all of them.
    """

    lines: Mapping[int, int]
    calls: Mapping[str, int]
    costs: Mapping[int, int]
    result: Any
    visits: tuple[Seen, ...]
    complete: bool

    @property
    def total(self) -> int:
        """Executions of all lines."""
        return sum(self.lines.values())

    @property
    def work(self) -> int:
        """Executions of all lines, and the work of built-ins."""
        return self.total + sum(self.costs.values())


def run(
    snippet: Snippet,
    function: str,
    arguments: Mapping[str, Any],
    limit: int = LIMIT,
    watch: bool = False,
    profile: Profile | None = None,
) -> Tally:
    """Interpret `snippet` and count.

    Args:
        function: the one to call; "" to run the top level as it stands. With a function, of the
            top level only defs, imports and assignments are run before, and are counted.
        arguments: by name: parameters of `function` (those with a default may be missing), and
            free names of the top level. Lists are handed over as they are and may be changed.
        limit: statements, roughly, before it is given up.
        watch: keep the calls.
        profile: to be filled with what each call does by itself.

    Raises:
        CodeFault: the code fails; with its line. TooMuch, one of them: a bound was reached.
    """
    with _deep():
        return _program(snippet).run(function, arguments, limit, watch, profile)


@lru_cache(maxsize=16)
def _program(snippet: Snippet) -> _Program:
    return _Program(snippet)


class _Program:
    """The closures of one snippet."""

    def __init__(self, snippet: Snippet) -> None:
        size = len(snippet.lines) + 2
        self._meter, self._visits = Meter([0] * size, [0] * size), Visits()
        compiler = self._compiler = Statements(self._meter, dict(snippet.imported))
        compiler.visits = self._visits
        names, _ = assigned(snippet.tree.body)
        names += [
            name for part in ast.walk(snippet.tree) if isinstance(part, ast.Global) for name in part.names
        ]
        self._scope = Scope(None, [*names, *snippet.free])
        self._all = compiler.block(snippet.tree.body, self._scope)
        quiet: list[ast.stmt] = [s for s in snippet.tree.body if isinstance(s, _QUIET)]
        self._quiet = compiler.block(quiet, self._scope)

    def run(
        self, function: str, arguments: Mapping[str, Any], limit: int, watch: bool, profile: Profile | None
    ) -> Tally:
        self._meter.restart(limit)
        self._visits.restart(watch)
        frame = self._scope.frame(None)
        for name, value in arguments.items():
            if name in self._scope.slots:
                frame[self._scope.slots[name]] = value
        self._compiler.profile = profile
        if profile is not None:
            profile.begin(self._meter)
        (self._quiet if function else self._all)(frame)
        result = self._call(frame, function, arguments) if function else None
        if profile is not None:
            profile.end(self._meter)
        return Tally(
            {line: count for line, count in enumerate(self._meter.lines) if count},
            dict(self._meter.calls),
            {line: cost for line, cost in enumerate(self._meter.costs) if cost},
            result,
            tuple(self._visits.seen),
            self._visits.complete,
        )

    def _call(self, frame: list[Any], function: str, arguments: Mapping[str, Any]) -> Any:
        slot = self._scope.slots.get(function, FIRST)
        routine = frame[slot] if slot < len(frame) else UNSET
        if not isinstance(routine, Routine) or routine.name != function:
            raise CodeFault(f"There is no function {function} at the top level.", "Choose another one.")
        named = {name: value for name, value in arguments.items() if name in routine.parameters}
        return routine.invoke(routine.complete([], named, 0))


_QUIET = (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Assign)


@contextmanager
def _deep() -> Iterator[None]:
    """Room for deep recursion of the interpreted code, which costs several of our own frames a call."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
