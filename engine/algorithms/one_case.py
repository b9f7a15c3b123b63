"""One family of arguments -> a Recursion: sums over all calls, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from engine.algorithms import fits, inputs, memo_text
from engine.algorithms.call_graph import refused
from engine.algorithms.fits import fitted
from engine.algorithms.fitted_runs import fitted_recursion, fitted_total
from engine.algorithms.forms import Form
from engine.algorithms.functions import from_expr
from engine.algorithms.interpreter import Tally
from engine.algorithms.one_call import Untold
from engine.algorithms.reading import Snippet
from engine.algorithms.recursion_runs import Runs
from engine.algorithms.recursion_text import Asked, Told, around_it, told
from engine.algorithms.shape import Call, NoMeasure, Shape, Sized, Table, shape, sized, without_odd_steps
from engine.algorithms.solved_recursion import Recursion
from engine.algorithms.totals import NoTotal, Total, Totals, joined, shifted, value, within
from engine.growth.classes import Growth


def solved(
    snippet: Snippet, function: str, functions: tuple[str, ...], runs: Runs, case: str = "worst"
) -> Recursion:
    """From a recurrence if it has one; else fitted to the counts. Raises CodeError where neither goes.

    `case`: "worst" or "best", which of them the runs are taken for.
    """
    node = snippet.functions[functions[0]]
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    kinds = {one.name: one.kind for one in inputs.parameters(snippet, functions[0])}
    sequences = [kinds.get(name) in (inputs.LIST, inputs.TEXT, inputs.MATRIX) for name in names]
    try:
        found = sized({n: profile.root for n, profile in runs.roots.items()}, names, sequences)
        text, form = found, shape(found.table)
        if form is None:
            found = replace(found, table=without_odd_steps(found.table))
            form = shape(found.table)
        if form is None:
            raise NoTotal("the sizes of its calls follow no rule that is known here")
        said, far, why = _from_text(snippet, function, functions, runs, text, form, case)
        return replace(_Assembly(functions, runs, found, form, far, why).recursion(), told=said)
    except NoMeasure:
        why = "calls of the same size do different things"
    except NoTotal as error:
        why = error.reason
    measured = fitted_recursion(functions, runs, why)
    if measured is None:
        raise refused(snippet, functions, why)
    if memo_text.argued(snippet, functions, measured):
        note = "Each argument is worked out once: the call on n - 1 works out all smaller ones."
        return replace(measured, why="", note=note)
    return measured


def _from_text(
    snippet: Snippet,
    function: str,
    functions: tuple[str, ...],
    runs: Runs,
    found: Sized,
    form: Shape,
    case: str,
) -> tuple[Told | None, Table, str]:
    """(what the text says a call does, calls of sizes that were not run, ""), or (None, {}, why not)."""
    try:
        said = told(Asked(snippet, functions, found, form.first, _length(function, functions, runs), case))
        far = said.far
        if shape(found.table) is None:
            merged = without_odd_steps(found.table | far)
            far = {size: merged[size] for size in far}
        if not all(form.gives(size, far) for size in far):
            raise Untold("far out its calls have other sizes than those that were counted")
        around_it(snippet, function, functions, {n: root.root for n, root in runs.roots.items()})
    except Untold as error:
        return None, {}, error.reason
    if not said.extreme:
        more = "more" if case == "worst" else "less"
        return said, far, f"that no other input takes {more} is tried, not derived"
    return said, far, ""


def _length(function: str, functions: tuple[str, ...], runs: Runs) -> Form | None:
    """How long a list a call of size n returns, as it seems; None where it returns none."""
    if functions != (function,):
        return None
    results = {n: tally.result for n, tally in runs.tallies.items() if n >= 2}
    if not results or not all(isinstance(result, list | str) for result in results.values()):
        return None
    fit = fitted({n: len(result) for n, result in results.items()}, fits.OF_ONE_CALL)
    return None if fit is None else from_expr(fit.expr)


class _Assembly:
    """Sums quantities over the calls and over what stands outside of them."""

    def __init__(
        self, functions: tuple[str, ...], runs: Runs, found: Sized, form: Shape, far: Table, why: str
    ) -> None:
        self._functions, self._runs, self._found = functions, runs, found
        self._why = why
        self._totals = Totals(found.table, form, far)
        self._known: dict[tuple[int, ...], Total] = {}

    def recursion(self) -> Recursion:
        for alone in (_calls_on, _is_leaf):
            self._quietly(partial(self._totals.total, alone))  # the others are often sums of these
        lines = {
            line: self._quietly(partial(self._line, line)) or Total(None, None, 0, None)
            for line in sorted({line for tally in self._runs.tallies.values() for line in tally.lines})
        }
        total = self._of(_own, lambda tally: tally.total)
        calls = self._of(lambda _: 1, self._calls)
        work = self._quietly(self._work)
        if work is None:
            work = self._fitted_work(total)
            self._why = self._why or "what its built-ins cost is only counted"
        name = self._functions[0]
        return Recursion(
            self._functions, self._found.name, self._runs.family.words, {name: calls}, lines, total, work,
            self._runs.tallies, self._runs.family, self._why,
        )  # fmt: skip

    def _calls(self, tally: Tally) -> int:
        return sum(tally.calls.get(name, 0) for name in self._functions)

    def _line(self, line: int) -> Total:
        return self._of(lambda call: dict(call.own).get(line, 0), lambda tally: tally.lines.get(line, 0))

    def _work(self) -> Total:
        if any(call.cost is None for call in self._found.table.values()):
            raise NoTotal("what built-ins cost depends on more than the size")
        return self._of(lambda call: _own(call) + (call.cost or 0), lambda tally: tally.work)

    def _fitted_work(self, total: Total) -> Total:
        """Where the cost of built-ins has no recurrence: fitted, or at least not below the lines."""
        fit = fitted_total(self._runs.tallies, lambda tally: tally.work)
        return fit or Total(
            None, None, 0, None if any(t.costs for t in self._runs.tallies.values()) else total.growth
        )

    def _quietly(self, solve: Callable[[], Total]) -> Total | None:
        try:
            return solve()
        except NoTotal:
            return None

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
        closed = joined(*(shifted(inside.closed, root) for root in roots), rest.expr)
        start = max(inside.start, 0)
        while start < 3 and outside.get(start, 0) != rest.at(start):
            start += 1
        growth = inside.growth or (Growth() if any(outside.values()) else None)
        return Total(closed, inside.domain, start, growth, inside.recurrence)

    def _checked(self, found: Total, counted: Callable[[Tally], int]) -> Total:
        """Held against every run; a formula that fails at one is not shown."""
        tallies = self._runs.tallies
        for n in within(found.domain, (n for n in tallies if n >= found.start)):
            if found.closed is not None and value(found.closed, n) != counted(tallies[n]):
                raise NoTotal(f"our formula does not give what is counted at n = {n}")
        return found


def _calls_on(call: Call) -> int:
    return int(bool(call.children))


def _is_leaf(call: Call) -> int:
    return int(not call.children)


def _own(call: Call) -> int:
    return sum(count for _, count in call.own)
