"""Variables that a loop carries from pass to pass, as forms in the number of passes so far.

The body is followed once with a fresh letter for each of them; what comes out, in terms of what went in,
says how it goes on: plus something, times a number, halved, squared. Where branches differ, all ways
through the body are kept, for `whiles.py` to find what they have in common.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.algorithms.conditions import Part, conjuncts, tested
from engine.algorithms.counts import NEVER, Around, Unsolved
from engine.algorithms.forms import (
    ONE,
    Form,
    as_form,
    floor_div,
    floor_of,
    floor_root,
    letter,
    raised,
)
from engine.algorithms.known import DATA, Environment, Known, Listed, Real, Span, Whole, form_of
from engine.algorithms.meaning import Meaning
from engine.algorithms.sums import total

if TYPE_CHECKING:
    from engine.algorithms.following import Follower

MAX_WAYS = 16
Loop = ast.For | ast.While


@dataclass(frozen=True)
class Way:
    """One way through a loop's body: what is known at its end, and how it ends."""

    env: Environment
    end: str


@dataclass(frozen=True)
class Rule:
    """How one variable goes on: `during` at a pass, `after(count)` behind the loop."""

    during: Known
    low: Form
    index: str

    def after(self, count: Form) -> Known:
        """Its value behind `count` passes: that before the pass with number `count`."""
        end = self.low + count
        match self.during:
            case Whole(form):
                return Whole(form.put(self.index, end))
            case Real(form, kind, number):
                return Real(form.put(self.index, end), kind, number)
            case Span(low, high):
                return Span(
                    low.put(self.index, end) if low is not None else None,
                    high.put(self.index, end) if high is not None else None,
                )
        return self.during


@dataclass
class Carried:
    """What is known of a loop's variables.

    Attributes:
        start: before the loop. during: at a general pass.
        spanned: some were known between two forms only, and one end was taken.
        letters: the fresh letter that stood for each. ways: through the body, with those letters.
        rules: of those whose course is known. halved: those replaced by their square root each time.
        shared: inner loops whose passes are bounded over all passes: passes at most first + second per pass.
    """

    start: Environment
    during: Environment = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    rules: dict[str, Rule] = field(default_factory=dict)
    rooted: set[str] = field(default_factory=set)
    shared: dict[ast.While, tuple[Form, Form]] = field(default_factory=dict)
    last: dict[str, Known] = field(default_factory=dict)
    around: Around | None = None
    spanned: bool = False

    def after(self, count: Form, around: Around, left_early: bool) -> Environment:
        """What is known behind the loop."""
        found = dict[str, Known]()
        for name, value in self.during.items():
            rule = self.rules.get(name)
            if rule is None:
                found[name] = self.last.get(name, value) if not left_early else _no_number(value)
            elif not left_early:
                found[name] = rule.after(count)
            else:
                found[name] = _between(self.start.get(name, DATA), rule.after(count), around)
        return found

    def unsure(self) -> Environment:
        """What is known if the loop may have run or not."""
        return {name: _no_number(value) for name, value in self.during.items()}


def _no_number(value: Known) -> Known:
    return value if isinstance(value, Listed) else DATA


def _between(first: Known, second: Known, around: Around) -> Known:
    from engine.algorithms.known import either

    return either(first, second, around)


# --- ways through a body -----------------------------------------------------------------------


def ways_through(
    follower: Follower,
    body: Sequence[ast.stmt],
    env: Environment,
    around: Around,
    skipped: frozenset[ast.While] = frozenset(),
) -> list[Way]:
    """All ways through `body`, a branch for each outcome that is possible. Raises Unsolved for too many."""
    from engine.algorithms.following import Flow, Stuck

    if not body:
        return [Way(env, "on")]
    first, rest = body[0], body[1:]
    if isinstance(first, ast.If):
        return _branches(follower, first, rest, env, around, skipped)
    if first not in skipped:
        flow = Flow(env)
        try:
            follower.statement(first, flow, around, ())
        except (Unsolved, Stuck):
            flow.env |= dict.fromkeys(_assigned(first), DATA)
        if flow.end != "on":
            return [Way(flow.env, flow.end)]
        env = flow.env
    return ways_through(follower, rest, env, around, skipped)


def _branches(
    follower: Follower,
    node: ast.If,
    rest: Sequence[ast.stmt],
    env: Environment,
    around: Around,
    skipped: frozenset[ast.While],
) -> list[Way]:
    test = tested(node.test, Meaning(follower, dict(env), around))
    bodies = list[list[ast.stmt]]()
    if test.open or test.yes != NEVER:
        bodies.append([*node.body, *rest])
    if test.open or test.no != NEVER:
        bodies.append([*node.orelse, *rest])
    found = list[Way]()
    for body in bodies:
        found += ways_through(follower, body, dict(env), around, skipped)
        if len(found) > MAX_WAYS:
            raise Unsolved("there are too many ways through it")
    return found


def _assigned(node: ast.AST) -> list[str]:
    found = dict[str, None]()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found[part.id] = None
    return list(found)


def _touched(node: Loop) -> list[str]:
    """Variables and lists that the body changes."""
    found = dict[str, None]()
    for statement in node.body:
        for name in _assigned(statement):
            found[name] = None
    return list(found)


def _grown(node: Loop, env: Environment) -> list[str]:
    """Places of the lengths of lists that the body may change."""
    found = dict[str, None]()
    for part in ast.walk(node):
        owners: list[ast.expr] = []
        match part:
            case ast.Call(func=func, args=values):
                owners = [*values[:1], *([func.value] if isinstance(func, ast.Attribute) else [])]
            case ast.AugAssign(target=target):
                owners = [target]
            case ast.Assign(targets=[ast.Subscript(value=value)]):
                owners = [value]
        for owner in owners:
            known = env.get(owner.id) if isinstance(owner, ast.Name) else None
            if isinstance(known, Listed):
                found[known.length] = None
                if isinstance(known.item, Listed):
                    found[known.item.length] = None
    return list(found)


# --- what is carried ---------------------------------------------------------------------------


def carried_through(
    follower: Follower, node: Loop, env: Environment, around: Around, time: Form, index: str
) -> Carried:
    """What the body of `node` carries; `around` is inside the loop, `env` holds its target."""
    target = set(_assigned(node.target)) if isinstance(node, ast.For) else set[str]()
    names = [name for name in _touched(node) if name not in target] + _grown(node, env)
    carried = Carried({name: env[name] for name in names if name in env})
    for name in list(names):
        value = env.get(name)
        if isinstance(value, Listed) and name in _assigned_in(
            node
        ):  # by its name: it may be a new list each time
            own = f"#{name}@"
            env[own] = env.get(value.length, DATA)
            env[name] = Listed(own, value.kind, value.item)
            names += [own] if own not in names else []
            carried.start |= {own: env[own], name: env[name]}
            carried.during[name] = env[name]
    inner, inside = dict(env), around
    for name in names:
        value = _one_end(follower, env.get(name), carried, name)
        if name.startswith("#") or name in follower.relevant:
            fresh = f"{name}'"
            if isinstance(value, Whole) or (isinstance(value, Real) and value.kind == "plain"):
                carried.letters[name] = fresh
                inner[name] = Whole(letter(fresh)) if isinstance(value, Whole) else Real(letter(fresh))
                inside = inside.inside(fresh, ONE, _large(follower))
            elif not isinstance(value, Listed | Span):
                inner[name] = DATA
        elif not isinstance(value, Listed):
            inner[name] = DATA
    carried.around = inside
    if carried.letters:
        inside = _where_it_goes_on(follower, node, inner, inside)
        carried.around = inside
        case, decided, inexact = follower.case, set(follower.decided), follower.inexact
        carried.ways = [_by_name(way, env) for way in ways_through(follower, node.body, dict(inner), inside)]
        follower.case, follower.decided, follower.inexact = case, decided, inexact
        _resolve(carried, time, index)
    _fill(carried, names, env, inner, index)
    unresolved = [
        name for name in carried.letters if name not in carried.rules and name not in carried.rooted
    ]
    if unresolved:
        _look_for_shared(follower, node, inner, inside, carried, unresolved, index, around)
    return carried


def _one_end(follower: Follower, value: Known | None, carried: Carried, name: str) -> Known | None:
    """Of a number that lies between two forms, the end that `follower.ends` takes."""
    if not isinstance(value, Span):
        return value
    end = value.low if follower.ends == "low" else value.high
    if end is None:
        return value
    carried.start[name] = Whole(end)
    carried.spanned = True
    return Whole(end)


def _assigned_in(node: Loop) -> set[str]:
    """Names that the body gives a value to, += of lists aside."""
    found = set[str]()
    for statement in node.body:
        for part in ast.walk(statement):
            if isinstance(part, ast.Assign | ast.For):
                targets = part.targets if isinstance(part, ast.Assign) else [part.target]
                found |= {
                    one.id
                    for target in targets
                    for one in ast.walk(target)
                    if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
                }
    return found


def _by_name(way: Way, env: Environment) -> Way:
    """A way's end with each list that is carried by its name back under it."""
    out = dict(way.env)
    for name, value in env.items():
        if isinstance(value, Listed) and value.length == f"#{name}@":
            now = out.get(name)
            out[value.length] = out.get(now.length, DATA) if isinstance(now, Listed) else DATA
    return Way(out, way.end)


def _large(follower: Follower) -> Form:
    names = sorted({name for sizes in follower.base.sizes for name in sizes})
    return letter(names[0]) if names else as_form(30)


def _where_it_goes_on(follower: Follower, node: Loop, env: Environment, around: Around) -> Around:
    """`around` without the sample points where a while loop has ended."""
    if not isinstance(node, ast.While):
        return around
    parts = conjuncts(node.test, Meaning(follower, dict(env), around))
    forms = [part.form for part in parts if isinstance(part, Part) and part.kind == "above"]
    kept = tuple(point for point in around.points if all(_not_below(form, point) for form in forms))
    if kept:
        made = object.__new__(Around)
        object.__setattr__(made, "sizes", around.sizes)
        object.__setattr__(made, "loops", around.loops)
        object.__setattr__(made, "points", kept)
        return made
    return around


def _not_below(form: Form, point: dict[str, int]) -> bool:
    try:
        return form.value(point) >= 0
    except (ValueError, ZeroDivisionError, KeyError):
        return True


def _going_on(carried: Carried) -> list[Way]:
    return [way for way in carried.ways if way.end in ("on", "continue")]


def _resolve(carried: Carried, time: Form, index: str) -> None:
    """Find the course of each variable, those that others depend on first."""
    low = letter(index) - time
    known = dict[str, Form]()
    for _ in carried.letters:
        for name, fresh in carried.letters.items():
            if name in carried.rules or name in carried.rooted:
                continue
            outs = [way.env.get(name, DATA) for way in _going_on(carried)]
            rule = _rule(carried, name, fresh, outs, known, time, index, low)
            if rule is not None:
                carried.rules[name] = rule
                form = form_of(rule.during)
                if form is not None:
                    known[fresh] = form


def _rule(
    carried: Carried,
    name: str,
    fresh: str,
    outs: list[Known],
    known: dict[str, Form],
    time: Form,
    index: str,
    low: Form,
) -> Rule | None:
    start = carried.start[name]
    others = {other for other in carried.letters.values() if other != fresh}
    if outs and all(out == outs[0] for out in outs):
        match outs[0], start:
            case Whole(out), Whole(first):
                out = _known_in(out, known)
                if not others & out.letters():
                    form = _course(out, fresh, first, time, index, low, carried, name)
                    return Rule(Whole(form), low, index) if form is not None else None
            case Real(out, "plain"), Whole(first) | Real(first, "plain"):
                linear = out.linear_in(fresh)
                if linear is not None and not linear[1].terms and linear[0]:
                    return Rule(Real(first * raised(linear[0], time)), low, index)
            case Real(out, "root", 2), _ if out == letter(fresh):
                carried.rooted.add(name)
    return _steps_between(outs, start, fresh, time, index, low)


def _known_in(form: Form, known: dict[str, Form]) -> Form:
    for fresh, value in known.items():
        form = form.put(fresh, value)
    return form


def _course(
    out: Form, fresh: str, first: Form, time: Form, index: str, low: Form, carried: Carried, name: str
) -> Form | None:
    """The value before the pass at `time`, from what one pass makes of it."""
    place = letter(fresh)
    if fresh not in out.letters():
        return _lagging(out, first, index, low, carried, name)
    linear = out.linear_in(fresh)
    if linear is not None:
        slope, more = linear
        if slope == 1:
            return first + total(more, index, low, letter(index) - 1)
        if index not in more.letters() and slope:
            fixed = more / (slope - 1)
            return raised(slope, time) * (first + fixed) - fixed
        return None
    share = out.terms.get(((next(iter(place.terms))[0][0], 1),), Fraction(0))
    if share and share.numerator == 1 and out == floor_div(place, share.denominator):
        return floor_of(first, raised(Fraction(share.denominator), time)) if index in time.letters() else None
    for degree in (2, 3):
        if out == place**degree:
            base = first.whole
            return raised(Fraction(base), raised(Fraction(degree), time)) if base and base > 1 else None
    if out == floor_root(place, 2):
        carried.rooted.add(name)
    return None


def _lagging(out: Form, first: Form, index: str, low: Form, carried: Carried, name: str) -> Form | None:
    """A variable that is given a new value in each pass, whatever it was."""
    before = out.put(index, letter(index) - 1)
    carried.last[name] = DATA
    return before if before.put(index, low) == first else None


def _steps_between(
    outs: list[Known], start: Known, fresh: str, time: Form, index: str, low: Form
) -> Rule | None:
    """Each way adds a number: between the least and the greatest of them, times the passes."""
    first = form_of(start)
    steps = list[Fraction]()
    for out in outs:
        ends = (
            (out.form, out.form)
            if isinstance(out, Whole)
            else (out.low, out.high)
            if isinstance(out, Span)
            else (None, None)
        )
        for end in ends:
            step = (end - letter(fresh)).constant if end is not None else None
            if step is None:
                return None
            steps.append(step)
    if first is None or not steps or min(steps) == max(steps):
        return None
    return Rule(Span(first + time * min(steps), first + time * max(steps)), low, index)


def _fill(carried: Carried, names: list[str], env: Environment, inner: Environment, index: str) -> None:
    """What each pass may know of the variables."""
    for name in names:
        rule = carried.rules.get(name)
        if rule is not None:
            carried.during[name] = rule.during
        elif name in carried.letters or not isinstance(env.get(name), Listed):
            carried.during[name] = DATA


# --- loops inside whose passes are shared --------------------------------------------------------


def _look_for_shared(
    follower: Follower,
    node: Loop,
    inner: Environment,
    inside: Around,
    carried: Carried,
    unresolved: list[str],
    index: str,
    around: Around,
) -> None:
    for loop in _loops_in(node.body):
        moved = [name for name in unresolved if name in _touched(loop) or name in _grown(loop, inner)]
        for name in moved:
            found = _shared_passes(follower, node, loop, name, inner, inside, carried, index)
            if found is not None:
                carried.shared[loop] = found
                carried.during[name] = DATA
                break


def _loops_in(body: Sequence[ast.stmt]) -> list[ast.While]:
    """While loops in a body, also in its branches, not in its loops."""
    found = list[ast.While]()
    for statement in body:
        if isinstance(statement, ast.While):
            found.append(statement)
        elif isinstance(statement, ast.If):
            found += _loops_in([*statement.body, *statement.orelse])
    return found


def _shared_passes(
    follower: Follower,
    node: Loop,
    loop: ast.While,
    name: str,
    inner: Environment,
    inside: Around,
    carried: Carried,
    index: str,
) -> tuple[Form, Form] | None:
    """(passes from the start on, passes that each pass of the outer loop adds) of `loop` at most."""
    fresh = carried.letters[name]
    form = _room(follower, loop, name, fresh, inner, inside)
    if form is None:
        return None
    linear = form.linear_in(fresh)
    if linear is None or abs(linear[0]) != 1 or set(carried.letters.values()) & linear[1].letters():
        return None
    sign = linear[0]
    own = [
        _step(way.env.get(name), fresh)
        for way in ways_through(follower, loop.body, dict(inner), inside)
        if way.end in ("on", "continue")
    ]
    if not own or any(step is None or step * sign > -1 for step in own):
        return None
    outside = [
        _step(way.env.get(name), fresh)
        for way in ways_through(follower, node.body, dict(inner), inside, frozenset({loop}))
        if way.end in ("on", "continue")
    ]
    if any(step is None for step in outside):
        return None
    gain = max((step * sign for step in outside if step is not None), default=Fraction(0))
    start = form_of(carried.start[name])
    if start is None:
        return None
    at_start = form.put(fresh, start)
    room = _at_the_end(at_start, index, inside) if index in at_start.letters() else at_start
    if room is None:
        return None
    return room + 1, as_form(max(gain, Fraction(0)))


def _at_the_end(room: Form, index: str, inside: Around) -> Form | None:
    """The greatest value of something that changes with the outer loop's variable."""
    ends = next(((low, high) for name, low, high in inside.loops if name == index), None)
    linear = room.linear_in(index)
    if ends is None or linear is None:
        return None
    return room.put(index, ends[1] if linear[0] > 0 else ends[0])


def _step(value: Known | None, fresh: str) -> Fraction | None:
    form = form_of(value)
    return (form - letter(fresh)).constant if form is not None else None


def _room(
    follower: Follower, loop: ast.While, name: str, fresh: str, env: Environment, around: Around
) -> Form | None:
    """A form that is >= 0 before each pass of `loop` and falls with each."""
    place = Meaning(follower, dict(env), around)
    for part in conjuncts(loop.test, place):
        if isinstance(part, Part) and fresh in part.form.letters():
            if part.kind == "above":
                return part.form
            if part.kind == "unequal" and part.form == letter(fresh):
                return part.form - 1
    return room_in_list(loop, name, fresh, place)


def room_in_list(loop: ast.While, name: str, fresh: str, place: Meaning) -> Form | None:
    """Where `name` is an index into a list, it cannot pass the list's end."""
    for part in ast.walk(loop):
        if isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Name) and part.slice.id == name:
            length = form_of(place.length(place.value(part.value)))
            if length is not None and fresh not in length.letters():
                return length - 1 - letter(fresh)
    return None
