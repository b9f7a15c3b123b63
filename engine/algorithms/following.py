"""Code followed with letters instead of numbers: how often each line is executed, what each costs.

A block is gone through once; a loop's body once for a general pass, and what was counted in it is
summed over the passes. Where the data decide, `case` says which way is taken: the one that costs more, or
less. Nothing is guessed here that the interpreter does not judge afterwards (`judging.py`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from engine.algorithms.conditions import Part, Test
from engine.algorithms.counts import NEVER, ONCE, Around, Count, Unsolved, of_form, restricted, summed
from engine.algorithms.flow import Flow, Stuck
from engine.algorithms.forms import ZERO, Form
from engine.algorithms.known import (
    DATA,
    Environment,
    Known,
    Listed,
    Several,
    Span,
    bounds,
    either,
    number,
)
from engine.algorithms.meaning import Meaning
from engine.algorithms.nests import Nest
from engine.algorithms.reading import Snippet
from engine.algorithms.relevant import relevant

_SPARE = "ijkpqrstuvwxyz"
_MAX_DEPTH = 12


class Follower:
    """Follows one snippet in one case, "worst" or "best".

    Attributes:
        nests: the loops around each line.
        inexact: something was bounded from above (below, in the best case) only.
        decided: lines of conditions that the data decide.
    """

    def __init__(self, snippet: Snippet, case: str, base: Around) -> None:
        self.snippet = snippet
        self.case = case
        self.base = base
        self.relevant = relevant(snippet)
        self.inexact = False
        self.settled = False  # inexact, and yet the same for all inputs
        self.ends = "low"  # which end is taken of a number that is known between two forms
        self.decided = set[int]()
        self.calls = dict[str, Count]()
        self.shared = dict[ast.While, Form]()  # loops whose passes are bounded over all passes around them
        self.nests = dict[int, Nest]()
        self.now = Flow({})
        self._depth = 0
        self.line = 0
        self._returned: list[Known] = []

    # --- blocks ---

    def block(self, body: Sequence[ast.stmt], env: Environment, around: Around) -> Flow:
        """`env` is changed along the way."""
        flow = Flow(env)
        for place, statement in enumerate(body):
            self.line = statement.lineno
            ways_out = len(flow.exits)
            try:
                done = self.statement(statement, flow, around, body[place + 1 :])
            except Unsolved as why:
                raise Stuck(statement.lineno, why.reason) from why
            if done or flow.end != "on":
                break
            if len(flow.exits) > ways_out:
                self._unless_returned(body[place + 1 :], flow, around, flow.exits[ways_out:])
                break
        return flow

    def _unless_returned(
        self,
        rest: Sequence[ast.stmt],
        flow: Flow,
        around: Around,
        exits: Sequence[tuple[str, Part]],
    ) -> None:
        """What follows a loop that the function may have returned from."""
        inner = self.block(rest, flow.env, around)
        times = ONCE
        for _, part in exits:
            times = restricted(times, around, above=-part.form - 1)
        flow.take(inner, times)
        flow.exits += inner.exits
        if inner.end != "on" and rest:
            raise Unsolved("it can be left in more than one place")

    def statement(self, node: ast.stmt, flow: Flow, around: Around, rest: Sequence[ast.stmt]) -> bool:
        """Follow one statement into `flow`; True if `rest` was followed along with it."""
        from engine.algorithms.branching import follow_if
        from engine.algorithms.looping import follow_for
        from engine.algorithms.looping_while import follow_while

        self.stands_in(node.lineno, around)
        match node:
            case ast.FunctionDef() | ast.Import() | ast.ImportFrom() | ast.Global() | ast.Nonlocal():
                if not isinstance(node, ast.Global | ast.Nonlocal):
                    self.count(flow, node.lineno)
            case ast.If():
                return follow_if(self, node, flow, around, rest)
            case ast.For():
                follow_for(self, node, flow, around)
            case ast.While():
                follow_while(self, node, flow, around)
            case _:
                self._simple(node, flow, around)
        return False

    def stands_in(self, line: int, around: Around, *own: tuple[str, Form, Form]) -> None:
        """Note the loops around a line; with `own` for the head of a loop."""
        loops = (*around.loops, *own)
        if not any(index.endswith("'") for index, _, _ in loops):
            self.nests[line] = Nest(loops, self.base, bool(own))

    def count(self, flow: Flow, line: int, times: Count = ONCE) -> None:
        flow.lines[line] = flow.lines.get(line, NEVER) + times

    def place(self, flow: Flow, around: Around) -> Meaning:
        return Meaning(self, flow.env, around)

    def spend(self, flow: Flow, line: int, place: Meaning, times: Count = ONCE) -> None:
        """Charge what evaluating expressions at `place` cost."""
        if place.work.terms:
            flow.work[line] = flow.work.get(line, NEVER) + of_form(place.work).times(times)

    def _simple(self, node: ast.stmt, flow: Flow, around: Around) -> None:
        self.count(flow, node.lineno)
        before, self.now = self.now, flow
        place = self.place(flow, around)
        match node:
            case ast.Assign(targets=targets, value=value):
                known = place.value(value)
                for target in targets:
                    self.bind(target, known, place)
            case ast.AugAssign(target=target, op=op, value=value):
                known = self._augmented(target, op, value, place)
                self.bind(target, known, place)
            case ast.Expr(value=value):
                place.value(value)
            case ast.Return(value=value):
                self._returned.append(place.value(value))
                flow.end = "return"
            case ast.Raise():
                flow.end = "return"
            case ast.Break():
                flow.end = "break"
            case ast.Continue():
                flow.end = "continue"
            case ast.Assert(test=test):
                place.test(test)
        self.now = before
        self.spend(flow, node.lineno, place)

    def _augmented(self, target: ast.expr, op: ast.operator, value: ast.expr, place: Meaning) -> Known:
        old, more = place.value(target), place.value(value)
        if isinstance(old, Listed) and isinstance(op, ast.Add) and old.kind in ("list", "deque"):
            length = place.combine(op, place.length(old), place.length(more), target)
            place.spend(place.length(more))
            place.env[old.length] = length
            inside, added = old.item, more.item if isinstance(more, Listed) else None
            if isinstance(inside, Listed) and isinstance(added, Listed):
                both = either(place.length(inside), place.length(added), place.around)
                place.env[inside.length] = both
            return old
        known = place.combine(op, old, more, target)
        if isinstance(old, Listed) and isinstance(
            known, Listed
        ):  # a text that is added to stays under its name
            place.env[old.length] = place.length(known)
            return old
        if isinstance(old, Listed) and old.kind == "str" and not isinstance(known, Listed):
            known = self._longer_text(old, target, place)
        return known

    def _longer_text(self, old: Listed, target: ast.expr, place: Meaning) -> Known:
        """text += something of unknown, but constant, length: a letter."""
        length = place.combine(ast.Add(), place.length(old), number(1), target)
        place.spend(length)
        place.env[old.length] = length
        return old

    def bind(self, target: ast.expr, value: Known, place: Meaning) -> None:
        """Give the variables of `target` their values."""
        match target:
            case ast.Name(id=name):
                place.env[name] = value
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                values = (
                    value.parts if isinstance(value, Several) and len(value.parts) == len(parts) else None
                )
                for number, part in enumerate(parts):
                    self.bind(part, values[number] if values else DATA, place)
            case ast.Starred(value=inner):
                self.bind(inner, DATA, place)
            case ast.Subscript(value=owner, slice=at):
                found = place.value(owner)
                place.value(at) if not isinstance(at, ast.Slice) else None
                if isinstance(found, Listed) and found.kind == "dict":
                    low, high = bounds(place.length(found))
                    place.env[found.length] = Span(low, high + 1 if high is not None else None)

    # --- branches ---

    def along(self, body: Sequence[ast.stmt], flow: Flow, around: Around) -> None:
        """The one way that is taken."""
        from engine.algorithms.branching import along

        along(self, body, flow, around)

    def both_ways(
        self, node: ast.If, bodies: list[list[ast.stmt]], test: Test, flow: Flow, around: Around
    ) -> None:
        """Two ways, each where its condition holds; where the data decide that of our case."""
        from engine.algorithms.branching import both_ways

        both_ways(self, node, bodies, test, flow, around)

    # --- loops: what looping.py asks for ---

    def passes(self, source: Known, place: Meaning, target: ast.expr) -> tuple[Form, Known, str]:
        """(how often, what is bound each time, the letter counted with) of a comprehension's loop."""
        from engine.algorithms.looping import course_of
        from engine.algorithms.summing import Course

        course: Course = course_of(self, source, place, target)
        return course.high - course.low + 1, course.shifted(), course.index

    def fresh(self, wanted: str, around: Around, taken: Sequence[str] = ()) -> str:
        """A letter that nothing around counts with yet."""
        used = {name for name, _, _ in around.loops} | {n for s in self.base.sizes for n in s} | set(taken)
        if wanted and wanted not in used:
            return wanted
        return next(name for name in _letters() if name not in used)

    def sum_form(self, form: Form, index: str, count: Form, around: Around) -> Form:
        """The sum of `form` for index = 0, ..., count - 1."""
        if not form.terms or around.sign(count - 1) == -1:
            return ZERO
        return summed(of_form(form), index, ZERO, count - 1, around).form

    # --- calls ---

    def call(self, name: str, values: list[Known], named: dict[str, Known], place: Meaning) -> Known:
        """Follow a call of a function of the snippet; its lines count for the statement that calls."""
        if self._depth >= _MAX_DEPTH:
            raise Unsolved(f"{name} calls itself")
        node = self.snippet.functions[name]
        parameters = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
        env = dict(zip(parameters, values, strict=False)) | named
        defaults = dict(zip(parameters[::-1], node.args.defaults[::-1], strict=False))
        for parameter, default in defaults.items():
            if parameter not in env:
                env[parameter] = place.value(default)
        env |= {key: value for key, value in place.env.items() if key.startswith("#")}
        for outer, value in place.env.items():
            env.setdefault(outer, value)
        self.calls[name] = self.calls.get(name, NEVER) + ONCE
        flow, result = self.body(node.body, env, place.around)
        self.now.add(flow.lines, flow.work)
        for key, value in flow.env.items():
            if key.startswith("#"):
                place.env[key] = value
        return result

    def body(self, body: Sequence[ast.stmt], env: Environment, around: Around) -> tuple[Flow, Known]:
        """The block of a function, and what it returns."""
        before, self._returned = self._returned, []
        self._depth += 1
        try:
            flow = self.block(body, env, around)
        finally:
            self._depth -= 1
            returned, self._returned = self._returned, before
        result = returned[0] if returned and all(value == returned[0] for value in returned) else DATA
        return flow, result


# --- small ones --------------------------------------------------------------------------------


def _letters() -> Iterator[str]:
    yield from _SPARE
    for turn in range(1, 99):
        for one in _SPARE:
            yield f"{one}_{turn}"
