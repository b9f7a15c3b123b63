"""A function of a snippet -> exact counts of its lines in one case, or why there are none.

From the parameters' kinds (`inputs.py`) to what is known before the first line, and from the flow
of the whole body to forms in the sizes alone.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.algorithms import inputs
from engine.algorithms.counts import Around, Count, Unsolved
from engine.algorithms.exact import TooLarge
from engine.algorithms.flow import Flow, Stuck
from engine.algorithms.following import Follower
from engine.algorithms.forms import ZERO, Form, as_form, letter
from engine.algorithms.inputs import Parameter
from engine.algorithms.known import DATA, Environment, Known, Listed, Whole, number
from engine.algorithms.nests import Nest
from engine.algorithms.reading import Snippet

_TRIED = (16, 17, 18, 19, 24, 37, 64, 101)  # sizes at which what happens for all large ones is looked up


@dataclass(frozen=True)
class Counted:
    """What was derived for one case.

    Attributes:
        lines: executions by line, forms in the sizes, right for large sizes.
        work: of built-ins beside them, by line.
        exact: not only bounded.
        decided: lines of the conditions that the data decide.
        nests: the loops around each line.
        settled: not exact, but no input makes a difference.
        ordered: right only where each size is at least the next one.
    """

    lines: dict[int, Form]
    work: dict[int, Form]
    exact: bool
    decided: frozenset[int]
    nests: Mapping[int, Nest]
    ordered: bool = False
    settled: bool = False

    @property
    def total(self) -> Form:
        return sum(self.lines.values(), ZERO)

    @property
    def time(self) -> Form:
        """Executions and work of built-ins."""
        return self.total + sum(self.work.values(), ZERO)


def counted(snippet: Snippet, function: str, wanted: tuple[Parameter, ...], case: str) -> Counted:
    """The counts of `function` ("": the top level) in `case`. Raises Stuck.

    Of several sizes the first is taken to be the largest, where that makes a difference.
    """
    found = _counted(snippet, function, wanted, case, False)
    if len(inputs.letters(wanted)) > 1:
        try:
            other = _counted(snippet, function, wanted, case, True)
        except Stuck:
            return replace(found, ordered=True)
        if (other.lines, other.work) != (found.lines, found.work):
            return replace(found, ordered=True)
    return found


def _counted(
    snippet: Snippet, function: str, wanted: tuple[Parameter, ...], case: str, ascending: bool
) -> Counted:
    around = Around(_sizes(inputs.letters(wanted), _largest_number(snippet), ascending))
    follower = Follower(snippet, case, around)
    env = _environment(wanted)
    flow = Flow(env)
    try:
        top = [node for node in snippet.tree.body if not function or _quiet(node)]
        if function:
            flow = follower.block(top, env, around)
            inner, _ = follower.body(snippet.functions[function].body, flow.env, around)
            flow.take(inner)
        else:
            flow, _ = follower.body(top, env, around)
        flow.add(flow.once, flow.once_work)
        return Counted(
            _forms(flow.lines),
            _forms(flow.work),
            not follower.inexact,
            frozenset(follower.decided),
            follower.nests,
            settled=follower.settled,
        )
    except Unsolved as why:
        raise Stuck(follower.line, why.reason) from why
    except (TooLarge, RecursionError, OverflowError) as error:
        raise Stuck(follower.line, "its count has no formula of a readable size") from error


def _quiet(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom | ast.Assign)


def _forms(lines: dict[int, Count]) -> dict[int, Form]:
    return {line: _settled(line, count) for line, count in sorted(lines.items())}


def _settled(line: int, count: Count) -> Form:
    try:
        return count.form
    except Unsolved as why:
        raise Stuck(line, why.reason) from why


def _sizes(letters: tuple[str, ...], largest: int, ascending: bool = False) -> tuple[dict[str, int], ...]:
    """Large sizes to try, of several letters each below the one before, or above it."""
    turn = 0 if ascending else len(letters) - 1
    start = 2 * largest if largest > 8 else 0
    return tuple(
        {name: (start + size) * (1 + abs(turn - place)) + place for place, name in enumerate(letters)}
        for size in _TRIED
    )


def _largest_number(snippet: Snippet) -> int:
    values = [
        abs(node.value)
        for node in ast.walk(snippet.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and abs(node.value) < 10**7
    ]
    return max(values, default=0)


def _environment(wanted: tuple[Parameter, ...]) -> Environment:
    env: Environment = {}
    for one in wanted:
        env[one.name] = _known(one, env)
    return env


def _known(one: Parameter, env: Environment) -> Known:  # noqa: PLR0911 - one case a kind
    size = letter(one.letter) if one.letter else as_form(0)
    match one.kind:
        case inputs.SIZE:
            return Whole(size)
        case inputs.LIST | inputs.TEXT:
            return _list(one.name, Whole(size), env, "str" if one.kind == inputs.TEXT else "list")
        case inputs.MATRIX:
            row = _list(f"{one.name} row", Whole(size), env, "list")
            return _list(one.name, Whole(size), env, "list", row)
        case inputs.FIRST:
            return number(0)
        case inputs.LAST:
            return Whole(size - 1)
        case inputs.EMPTY:
            return _list(one.name, number(0), env, "list")
        case inputs.MEMO:
            return _list(one.name, number(0), env, "dict")
    return DATA


def _list(name: str, length: Known, env: Environment, kind: str, item: Known | None = None) -> Listed:
    env[f"#{name}"] = length
    return Listed(f"#{name}", kind, item)
