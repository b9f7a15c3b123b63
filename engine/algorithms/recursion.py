"""A recursive function -> the recurrence of its calls and of each line, solved.

What a call does is read off interpreted runs (`shape.py`), the recurrences are solved by
engine.recurrences, and what comes out is held against the counts of every run.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.algorithms import fits, inputs
from engine.algorithms.call_profile import Profile
from engine.algorithms.fits import fitted
from engine.algorithms.inputs import Family
from engine.algorithms.interpreter import Tally, run
from engine.algorithms.reading import Snippet
from engine.algorithms.shape import Call, NoMeasure, Shape, Sized, shape, sized
from engine.algorithms.totals import NoTotal, Total, Totals, shifted, value, within
from engine.algorithms.values import CodeFault, TooMuch
from engine.errors import CodeError
from engine.growth.classes import Growth
from engine.symbolic.expr import plus

SIZES: Final = (*range(25), 31, 32, 33, 48, 63, 64, 65, 96, 100, 127, 128, 129, 200, 255, 256, 300)
_LIMIT: Final = 15_000  # steps of one run
_ALL: Final = 60_000  # executions of all runs of one family


def callees(snippet: Snippet, function: str) -> set[str]:
    """Functions of the snippet that `function` ("": the top level) calls by name."""
    body: Iterable[ast.AST] = snippet.functions[function].body if function else snippet.top
    found = set[str]()
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef):  # a nested one is called where its name stands
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in snippet.functions:
            found.add(node.id)
        waiting.extend(ast.iter_child_nodes(node))
    return found


def reached(snippet: Snippet, function: str) -> set[str]:
    """All functions that `function` calls, and those that these call."""
    found, waiting = set[str](), [function]
    while waiting:
        new = callees(snippet, waiting.pop()) - found
        found |= new
        waiting.extend(new)
    return found


def group(snippet: Snippet, function: str) -> tuple[str, ...]:
    """The recursive functions that a run from `function` ("": the top level) comes to; () if none."""
    inside = {function} | reached(snippet, function) if function else reached(snippet, "")
    return tuple(name for name in snippet.functions if name in inside and name in reached(snippet, name))


# --- runs ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recursion:
    """A recursion in one case (one family of arguments), solved.

    Attributes:
        functions: those that call themselves or each other.
        size: what n is, as code, e.g. "len(arr)", "hi - lo + 1".
        words: what the arguments are like, e.g. "sorted list"; empty where that decides nothing.
        recurrence: of all executions, as it may be typed.
        calls: of each function.
        lines: executions of each line, and `total` of all of them.
        work: of `total` and of built-ins (copied, compared items); its class is the running time's.
        tallies: n -> what was counted there; every closed form gives these.
    """

    functions: tuple[str, ...]
    size: str
    words: str
    calls: Mapping[str, Total]
    lines: Mapping[int, Total]
    total: Total
    work: Total
    tallies: Mapping[int, Tally]

    @property
    def recurrence(self) -> str:
        return self.total.recurrence


@dataclass(frozen=True)
class Runs:
    """One family, interpreted at several sizes."""

    family: Family
    tallies: dict[int, Tally]
    roots: dict[int, Profile]


def solve_recursive(snippet: Snippet, function: str) -> tuple[Recursion, Recursion | None]:
    """(worst case, best case or None where it is the same) of a run from `function` ("": the top level).

    Raises:
        CodeError: it never ends, fails, or shrinks in a way that is not solved; with the line.
    """
    functions = group(snippet, function)
    wanted = inputs.parameters(snippet, function)
    letters = inputs.letters(wanted)
    solved, reasons = list[Recursion](), list[CodeError]()
    for family in inputs.families(wanted):
        try:
            runs = _runs(snippet, function, functions, family, letters)
            solved.append(_solved(snippet, function, functions, runs))
        except CodeError as error:
            reasons.append(error)
    if not solved:
        raise reasons[0]
    return _extremes(solved)


def _runs(
    snippet: Snippet, function: str, functions: tuple[str, ...], family: Family, letters: tuple[str, ...]
) -> Runs:
    runs = Runs(family, {}, {})
    spent, failures = 0, list[CodeFault]()
    for n in SIZES:
        profile = Profile(functions)
        try:
            arguments = family.make(dict.fromkeys(letters, n))
            tally = run(snippet, function, arguments, _LIMIT, profile=profile)
        except TooMuch as error:
            failures.append(error)
            if len(runs.tallies) > 5 or n > 5:
                break
            continue
        except CodeFault as error:
            failures.append(error)
            if len(failures) > 5:
                break
            continue
        runs.tallies[n], runs.roots[n] = tally, profile
        spent += tally.total
        if spent > _ALL:
            break
    if len(runs.tallies) < 5:
        raise _endless(snippet, functions, failures)
    return runs


def _endless(snippet: Snippet, functions: tuple[str, ...], failures: list[CodeFault]) -> CodeError:
    """Why there is nothing to look at: no base case, no progress, or the code fails."""
    error = failures[0]
    if not any(isinstance(failure, TooMuch) for failure in failures):
        return error
    call = _self_call(snippet, functions)
    name = functions[0]
    reason = f"{name} does not come to an end: it calls itself again and again and no base case is reached."
    way_out = "Add a base case such as `if n <= 1: return 1`, and let each call get a smaller size."
    if call is None:
        return CodeError(reason, way_out, error.line)
    return snippet.fault(call, reason, way_out)


def _self_call(snippet: Snippet, functions: tuple[str, ...]) -> ast.Call | None:
    calls = [
        node
        for name in functions
        for node in ast.walk(snippet.functions[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions
    ]
    return min(calls, key=lambda node: (node.lineno, node.col_offset), default=None)


# --- from runs to formulas -----------------------------------------------------------------


def _solved(snippet: Snippet, function: str, functions: tuple[str, ...], runs: Runs) -> Recursion:
    node = snippet.functions[functions[0]]
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    kinds = {one.name: one.kind for one in inputs.parameters(snippet, functions[0])}
    sequences = [kinds.get(name) in (inputs.LIST, inputs.TEXT, inputs.MATRIX) for name in names]
    try:
        found = sized({n: profile.root for n, profile in runs.roots.items()}, names, sequences)
    except NoMeasure as error:
        raise _refused(snippet, functions, "calls of the same size do different things") from error
    form = shape(found.table)
    if form is None:
        raise _refused(snippet, functions, "the sizes of its calls follow no rule that is known here")
    try:
        return _Assembly(functions, runs, found, form).recursion()
    except NoTotal as why:
        raise _refused(snippet, functions, why.reason) from why


def _refused(snippet: Snippet, functions: tuple[str, ...], why: str) -> CodeError:
    call = _self_call(snippet, functions)
    reason = f"{functions[0]} calls itself, and {why}."
    way_out = "Solved are calls on n - 1, on n // 2, on halves of a list, and their like."
    return CodeError(reason, way_out) if call is None else snippet.fault(call, reason, way_out)


class _Assembly:
    """Sums quantities over the calls and over what stands outside of them."""

    def __init__(self, functions: tuple[str, ...], runs: Runs, found: Sized, form: Shape) -> None:
        self._functions, self._runs, self._found = functions, runs, found
        self._totals = Totals(found.table, form)
        self._known: dict[tuple[int, ...], Total] = {}

    def recursion(self) -> Recursion:
        tallies = self._runs.tallies
        numbers = {line for tally in tallies.values() for line in tally.lines}
        lines = {
            line: self._of(
                lambda call, line=line: dict(call.own).get(line, 0), lambda t, line=line: t.lines.get(line, 0)
            )
            for line in sorted(numbers)
        }
        total = self._of(lambda call: sum(count for _, count in call.own), lambda tally: tally.total)
        work = self._of(
            lambda call: sum(count for _, count in call.own) + call.cost,
            lambda tally: tally.total + sum(tally.costs.values()),
        )
        calls = self._of(lambda _: 1, lambda tally: sum(tally.calls.get(name, 0) for name in self._functions))
        return Recursion(
            self._functions, self._found.name, self._runs.family.words, {self._functions[0]: calls}, lines, total, work,
            tallies,
        )  # fmt: skip

    def _of(self, quantity: Callable[[Call], int], counted: Callable[[Tally], int]) -> Total:
        """The quantity in a whole run: over the calls, and outside of them."""
        key = tuple(counted(tally) for tally in self._runs.tallies.values())
        if key not in self._known:
            self._known[key] = self._checked(self._with_outside(quantity, counted), counted)
        return self._known[key]

    def _with_outside(self, quantity: Callable[[Call], int], counted: Callable[[Tally], int]) -> Total:
        inside = self._totals.total(quantity)
        values = self._totals.values(quantity)
        roots = self._found.roots
        outside = {
            n: counted(tally) - sum(values[n + root] for root in roots)
            for n, tally in self._runs.tallies.items()
        }
        rest = fitted({n: amount for n, amount in outside.items() if n >= 2}, fits.OF_ONE_CALL)
        if rest is None:
            raise NoTotal("what stands around the recursion follows no pattern that is known here")
        if inside.closed is None:
            return inside
        if any(roots) and inside.domain is not None:
            return Total(None, None, 0, inside.growth, inside.recurrence)
        closed = plus(*(shifted(inside.closed, root) for root in roots), rest.expr)
        start = inside.start
        while start < 3 and outside.get(start, 0) != rest.at(start):
            start += 1
        growth = inside.growth or (Growth() if any(outside.values()) else None)
        return Total(closed, inside.domain, start, growth, inside.recurrence)

    def _checked(self, found: Total, counted: Callable[[Tally], int]) -> Total:
        """Held against every run; a formula that fails at one is not shown."""
        if found.closed is None:
            return found
        tallies = self._runs.tallies
        for n in within(found.domain, (n for n in tallies if n >= found.start)):
            if value(found.closed, n) != counted(tallies[n]):
                raise NoTotal(f"our formula does not give what is counted at n = {n}")
        return found


def _extremes(solved: list[Recursion]) -> tuple[Recursion, Recursion | None]:
    """The family with the most work, and that with the least where it is less."""
    n = min(max(one.tallies) for one in solved)
    n = max(size for size in set.intersection(*(set(one.tallies) for one in solved)) if size <= n)

    def work(one: Recursion) -> int:
        return one.tallies[n].total + sum(one.tallies[n].costs.values())

    worst, best = max(solved, key=work), min(solved, key=work)
    return worst, best if work(best) < work(worst) else None
