"""What one call of a recursion does, read from the text: whom it calls, how often, and its own work.

The function's body is followed once with letters (`following.py`), its size being n; a call of the
recursion is noted down and not gone into. Nothing here has seen a run: `recursion_text.py` holds it
against what was counted.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from engine.algorithms.counts import ONCE, Around, Count, Unsolved
from engine.algorithms.exact import TooLarge
from engine.algorithms.flow import Flow, Stuck
from engine.algorithms.following import Follower
from engine.algorithms.forms import Form
from engine.algorithms.known import DATA, Environment, Known, Listed, Whole, form_of
from engine.algorithms.meaning import Meaning
from engine.algorithms.reading import Snippet
from engine.algorithms.shape import Call

SIZE: Final = "n"
_MAX_CHILDREN: Final = 5000
_MAX_DECIDED: Final = 5  # conditions up to the data, all outcomes of which are followed


class Untold(Exception):
    """Why the text does not say what a call does, in words that follow "since"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Made:
    """A recursive call in the text.

    Attributes:
        line: where it stands. size: as a form in n and the variables of `loops`; None: up to the data.
        loops: around it within the function: (variable, least, greatest).
        times: how often it is made, of one call of size n.
    """

    line: int
    size: Form | None
    loops: tuple[tuple[str, Form, Form], ...]
    times: Count


@dataclass(frozen=True, slots=True)
class OneCall:
    """One call of size n, along one way through the text.

    `lines`: its own executions by line; `work`: of built-ins, known where `paid`; `exact`: not only
    bounded; `decided`: lines of the conditions that the data decide; `result`: length of what it
    returns, None where that is not known.
    """

    lines: Mapping[int, Count]
    work: Mapping[int, Count]
    made: tuple[Made, ...]
    exact: bool
    decided: frozenset[int]
    paid: bool
    result: Form | None

    def at(self, size: int) -> Call:
        """The call of this size. Raises Untold."""
        values = {SIZE: size}
        try:
            children = [child for made in self.made for child in _children(made, size)]
            own = [(line, count.value(values)) for line, count in sorted(self.lines.items())]
            cost = sum((count.value(values) for count in self.work.values()), Fraction(0))
        except (KeyError, ValueError, ArithmeticError) as error:
            raise Untold("something in it depends on more than the size") from error
        whole = tuple((line, int(count)) for line, count in own if count)
        return Call(tuple(sorted(children, reverse=True)), whole, int(cost) if self.paid else None)


def _children(made: Made, size: int) -> Iterator[int]:
    """The sizes of the calls that one place in the text makes."""
    times, form = made.times.value({SIZE: size}), made.size
    if form is None:
        if times:
            raise Untold(f"the size of the call in line {made.line} depends on the data")
        return
    if form.letters() <= {SIZE}:
        yield from [int(form.value({SIZE: size}))] * min(int(times), _MAX_CHILDREN)
        return
    count = 0
    for values in itertools.islice(_passes(made.loops, {SIZE: size}), _MAX_CHILDREN):
        yield int(form.value(values))
        count += 1
    if count != times:
        raise Untold(f"line {made.line} calls for some values of its loop only")


def _passes(loops: Sequence[tuple[str, Form, Form]], values: dict[str, int]) -> Iterator[dict[str, int]]:
    if not loops:
        yield values
        return
    (name, low, high), *inner = loops
    for number in range(int(low.value(values)), int(high.value(values)) + 1):
        yield from _passes(inner, {**values, name: number})


@dataclass(frozen=True)
class Subject:
    """What is followed.

    Attributes:
        functions: those whose calls are noted.
        function: whose body is followed; "": the top level.
        env, around: what is known before its first line, and sizes to try.
        size: of a call, from what is known of its arguments (of lists: of their lengths).
        result: length of what a call of size n returns, to be shown by `OneCall.result`; None: unknown.
        case: "worst" or "best".
    """

    snippet: Snippet
    functions: tuple[str, ...]
    function: str
    env: Environment
    around: Around
    size: Callable[[Sequence[Known]], Form | None]
    result: Form | None = None
    case: str = "worst"


class _Place(Meaning):
    """Values as ever; what a built-in costs may be unknown."""

    def __init__(self, follower: _Caller, env: Environment, around: Around) -> None:
        super().__init__(follower, env, around)
        self._caller = follower

    def spend(self, amount: Known) -> None:
        try:
            super().spend(amount)
        except Unsolved:
            self._caller.paid = False


class _Caller(Follower):
    """Follows a body, and notes the recursive calls in it under lines below 0."""

    def __init__(self, subject: Subject, taken: Mapping[int, bool]) -> None:
        super().__init__(subject.snippet, subject.case, subject.around)
        self._subject, self._taken = subject, taken
        self.met = list[Made]()
        self.paid = True

    def place(self, flow: Flow, around: Around) -> Meaning:
        return _Place(self, flow.env, around)

    def call(self, name: str, values: list[Known], named: dict[str, Known], place: Meaning) -> Known:
        if name not in self._subject.functions:
            line = self.line
            found = super().call(name, values, named, place)
            self.line = line
            return found
        node = self.snippet.functions[name]
        names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
        given = dict(zip(names, values, strict=False)) | named
        for parameter, default in zip(names[::-1], node.args.defaults[::-1], strict=False):
            if parameter not in given:
                given[parameter] = place.value(default)
        sizes = [given.get(parameter, DATA) for parameter in names]
        size = self._subject.size([place.length(one) if isinstance(one, Listed) else one for one in sizes])
        self.met.append(Made(self.line, size, place.around.loops, ONCE))
        self.now.lines[-len(self.met)] = ONCE
        return self._returns(size, place)

    def _returns(self, size: Form | None, place: Meaning) -> Known:
        length = self._subject.result
        if length is None or size is None:
            return DATA
        key = f"#call {len(self.met)}"
        place.env[key] = Whole(length.put(SIZE, size))
        return Listed(key)

    def statement(self, node: ast.stmt, flow: Flow, around: Around, rest: Sequence[ast.stmt]) -> bool:
        way = self._taken.get(node.lineno) if isinstance(node, ast.If) else None
        if way is None or not isinstance(node, ast.If):
            return super().statement(node, flow, around, rest)
        before, self.now = self.now, flow
        place = self.place(flow, around)
        place.value(node.test) if isinstance(node.test, ast.Compare) else place.test(node.test)
        self.now = before
        self.spend(flow, node.lineno, place)
        self.decided.add(node.lineno)
        settled = ast.copy_location(ast.If(ast.Constant(way), node.body, node.orelse), node)
        return super().statement(ast.fix_missing_locations(settled), flow, around, rest)


def ways(subject: Subject) -> list[OneCall]:
    """All ways through the body; one only where the data decide nothing.

    Raises:
        Untold: it cannot be followed.
    """
    first = followed(subject, {})
    if not first.decided:
        return [first]
    lines, found = sorted(first.decided & _forks(subject)), [first]
    if len(lines) > _MAX_DECIDED:
        raise Untold("the data decide in too many places")
    for outcome in itertools.product((True, False), repeat=len(lines)):
        one = followed(subject, dict(zip(lines, outcome, strict=True)))
        if one not in found:
            found.append(one)
    return found


def _forks(subject: Subject) -> set[int]:
    """Lines of the conditions that decide about calls and returns; of others the follower takes its pick."""
    forks = set[int]()
    for node in ast.walk(subject.snippet.tree):
        if isinstance(node, ast.If):
            inside = [part for branch in (node.body, node.orelse) for one in branch for part in ast.walk(one)]
            names = {part.id for part in inside if isinstance(part, ast.Name)}
            if names & set(subject.functions) or any(isinstance(part, ast.Return) for part in inside):
                forks.add(node.lineno)
    return forks


def followed(subject: Subject, taken: Mapping[int, bool]) -> OneCall:
    """The way on which the data decide as in `taken` (line -> whether it holds). Raises Untold."""
    follower = _Caller(subject, taken)
    function = subject.function
    body = subject.snippet.functions[function].body if function else subject.snippet.tree.body
    env = dict(subject.env)
    try:
        flow, result = follower.body(body, env, subject.around)
        flow.add(flow.once, flow.once_work)
    except (Stuck, Unsolved) as why:
        raise Untold(why.reason) from why
    except (TooLarge, RecursionError, OverflowError) as error:
        raise Untold("its count has no formula of a readable size") from error
    made = tuple(
        Made(one.line, one.size, one.loops, flow.lines[-number])
        for number, one in enumerate(follower.met, 1)
        if -number in flow.lines
    )
    return OneCall(
        {line: count for line, count in flow.lines.items() if line > 0},
        flow.work,
        made,
        not follower.inexact,
        frozenset(follower.decided),
        follower.paid,
        form_of(flow.env.get(result.length)) if isinstance(result, Listed) else None,
    )
