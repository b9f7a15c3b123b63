"""Loops, followed: what a pass knows, how many passes there are, and what they add up to."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.algorithms.carrying import Carried, carried_through
from engine.algorithms.conditions import Part
from engine.algorithms.counts import (
    NEVER,
    ONCE,
    Around,
    Count,
    Piece,
    Unsolved,
    _bound,
    of_form,
    restricted,
    summed,
)
from engine.algorithms.forms import ONE, ZERO, Form, letter
from engine.algorithms.known import (
    DATA,
    Environment,
    Iterated,
    Known,
    Listed,
    Several,
    Span,
    Steps,
    Whole,
    bounds,
    merged,
)
from engine.algorithms.meaning import Meaning, trips

if TYPE_CHECKING:
    from engine.algorithms.following import Flow, Follower


@dataclass(frozen=True)
class Course:
    """The passes of a loop: `index` goes from `low` to `high`; `item` is bound to the target in each.

    `time` is how many passes there were before, in terms of `index`.
    """

    index: str
    low: Form
    high: Form
    item: Known
    time: Form

    def shifted(self) -> Known:
        """`item`, for an index that is counted from 0."""
        if isinstance(self.item, Whole):
            return Whole(self.item.form.put(self.index, letter(self.index) + self.low))
        return self.item


def course_of(
    follower: Follower, source: Known, place: Meaning, target: ast.expr, by_time: bool = False
) -> Course:
    """How a for loop over `source` goes. Raises Unsolved where the number of passes is not known."""
    around = place.around
    name = target.id if isinstance(target, ast.Name) else ""
    if isinstance(source, Steps):
        return _over_numbers(follower, source, around, name, by_time)
    count = _passes(follower, place.length(source))
    index = follower.fresh("", around)
    item: Known = DATA
    if isinstance(source, Listed | Iterated) and source.item is not None:
        item = source.item
    if isinstance(source, Iterated) and source.numbered and isinstance(item, Several):
        if isinstance(target, ast.Tuple) and isinstance(target.elts[0], ast.Name):
            index = follower.fresh(target.elts[0].id, around)
        item = Several((Whole(letter(index)), *item.parts[1:]))
    return Course(index, ZERO, count - 1, item, letter(index))


def _over_numbers(follower: Follower, steps: Steps, around: Around, name: str, by_time: bool) -> Course:
    if steps.step == ONE:
        index = follower.fresh(name, around, sorted(steps.start.letters() | steps.stop.letters()))
        place = letter(index)
        return Course(index, steps.start, steps.stop - 1, Whole(place), place - steps.start)
    if steps.step == -ONE and not by_time:
        index = follower.fresh(name, around, sorted(steps.start.letters() | steps.stop.letters()))
        place = letter(index)
        return Course(index, steps.stop + 1, steps.start, Whole(place), steps.start - place)
    count = _passes(follower, trips(steps, around))
    index = follower.fresh("", around)
    place = letter(index)
    return Course(index, ZERO, count - 1, Whole(steps.start + steps.step * place), place)


def _passes(follower: Follower, count: Known) -> Form:
    """The number of passes; of one that depends on data the greatest, or the least in the best case."""
    low, high = bounds(count)
    if low is not None and low == high:
        return low
    follower.inexact = True
    chosen = high if follower.case == "worst" else low if low is not None else ZERO
    if chosen is None:
        raise Unsolved("how often it goes round depends on the data, without a bound that is known")
    return chosen


# --- for ---------------------------------------------------------------------------------------


def follow_for(follower: Follower, node: ast.For, flow: Flow, around: Around) -> None:
    """Follow a for loop into `flow`."""
    before, follower._now = follower._now, flow
    place = follower.place(flow, around)
    source = place.value(node.iter)
    follower._now = before
    follower.spend(flow, node.lineno, place)
    early = any(isinstance(part, ast.Break | ast.Return) for part in ast.walk(node))
    _not_grown(node)
    course = course_of(follower, source, place, node.target, by_time=early)
    follower.stands_in(node.lineno, around, (course.index, course.low, course.high))
    inner_around = around.inside(course.index, course.low, course.high)
    env = dict(flow.env)
    follower.bind(node.target, course.item, Meaning(follower, env, inner_around))
    carried = carried_through(follower, node, env, inner_around, course.time, course.index)
    count = restricted(ONCE, around, above=course.high - course.low)
    if course.high - course.low + 1 == ZERO or count == NEVER:
        follower._count(flow, node.lineno)
        _otherwise(follower, node, flow, around)
        return
    shared = _share(follower, carried, around, course.low, course.high, course.index)
    env |= carried.during
    body = follower.block(node.body, env, inner_around)
    _sum_up(follower, node, body, course, flow, around)
    if flow.end != "return":
        flow.env |= _afterwards(follower, node, body, course, carried, around)
    for inner in shared:
        follower.shared.pop(inner, None)
    if flow.end == "on":
        _otherwise(follower, node, flow, around)


def _not_grown(node: ast.For) -> None:
    """Refuse a list that grows or shrinks while it is gone through."""
    if not isinstance(node.iter, ast.Name):
        return
    for part in ast.walk(ast.Module(node.body, [])):
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)):
                if name == node.iter.id and method in (
                    "append",
                    "insert",
                    "extend",
                    "pop",
                    "remove",
                    "clear",
                    "add",
                ):
                    raise Unsolved(f"{name} changes its length while it is gone through")


def _otherwise(follower: Follower, node: ast.For | ast.While, flow: Flow, around: Around) -> None:
    """The else branch of a loop."""
    if node.orelse:
        inner = follower.block(node.orelse, flow.env, around)
        flow.take(inner)
        flow.env, flow.end = inner.env, inner.end


def _share(
    follower: Follower, carried: Carried, around: Around, low: Form, high: Form, index: str
) -> list[ast.While]:
    """Note the inner loops whose passes are bounded over all passes of this one."""
    made = list[ast.While]()
    for inner, (start, per_pass) in carried.shared.items():
        if inner not in follower.shared:
            passes = summed(ONCE, index, low, high, around).form
            follower.shared[inner] = start + per_pass * passes
            made.append(inner)
    return made


def _sum_up(
    follower: Follower,
    node: ast.For | ast.While,
    body: Flow,
    course: Course,
    flow: Flow,
    around: Around,
    always: bool = False,
) -> None:
    """Add the passes of a loop to `flow`, its head included."""
    index, low, high = course.index, course.low, course.high
    begins = restricted(ONCE, around, above=high - low)
    if body.end in ("break", "return"):
        first = low if course.time == letter(index) - low else high
        flow.add(
            {line: count.put(index, first) for line, count in body.lines.items()},
            {line: count.put(index, first) for line, count in body.work.items()},
            begins,
        )
        follower._count(flow, node.lineno)
        if body.end == "return" and begins == ONCE:
            flow.end = "return"
        elif body.end == "return":
            _may_return(flow, high - low, around)
        elif node.orelse and begins == ONCE:
            flow.end = "on"
        return
    if always:
        _up_to_the_exit(body, course, flow, around)
        follower._count(flow, node.lineno, of_form(high + 1))
        _settle(follower, node, body, flow)
        flow.end = "return" if body.exits[0][0] == "return" else "on"
        return
    last_condition, how = _leaving(follower, body, course, around)
    lines = dict(body.lines)
    work = dict(body.work)
    heads = ONCE
    if last_condition is not None:
        end = Count((Piece(ONE, frozenset({last_condition})),))
        lines = {line: count.times(end) for line, count in lines.items()}
        work = {line: count.times(end) for line, count in work.items()}
        passes = summed(end, index, low, high, around)
        stops = around.sign(high - _last(last_condition, index))
        finishes = NEVER if stops == 1 else ONCE if stops == -1 else None
        if finishes is None:
            finishes = restricted(ONCE, around, above=_last(last_condition, index) - high - 1)
        heads = passes + finishes
        if how == "return" and finishes == NEVER:
            flow.end = "return"
        elif how == "return" and finishes != ONCE:
            _may_return(flow, high - _last(last_condition, index), around)
    else:
        heads = summed(ONCE, index, low, high, around) + ONCE
    flow.lines[node.lineno] = flow.lines.get(node.lineno, NEVER) + heads
    for line, count in lines.items():
        flow.lines[line] = flow.lines.get(line, NEVER) + summed(count, index, low, high, around)
    for line, count in work.items():
        flow.work[line] = flow.work.get(line, NEVER) + summed(count, index, low, high, around)
    _settle(follower, node, body, flow)


def _up_to_the_exit(body: Flow, course: Course, flow: Flow, around: Around) -> None:
    """Passes without the way out, and the last one, in which it is taken."""
    [(_, part)] = body.exits
    index, low, high = course.index, course.low, course.high
    for into, counts in ((flow.lines, body.lines), (flow.work, body.work)):
        for line, count in counts.items():
            before = summed(_decided(count, part.form, False), index, low, high - 1, around)
            last = _decided(count, part.form, True).put(index, high)
            into[line] = into.get(line, NEVER) + before + last


def _decided(count: Count, form: Form, holds: bool) -> Count:
    """`count` where form >= 0 is known to hold, or not to."""
    wanted, other = (form, -form - 1) if holds else (-form - 1, form)
    return Count(
        tuple(
            Piece(piece.form, piece.above - {wanted}, piece.equal)
            for piece in count.pieces
            if other not in piece.above
        )
    )


def _may_return(flow: Flow, condition: Form, around: Around) -> None:
    """The function returns where `condition` >= 0, which depends on the loops around."""
    if not around.loops:
        raise Unsolved("whether the function returns here depends on the loop's range")
    flow.exits.append(("return", Part("above", condition)))


def _settle(follower: Follower, node: ast.For | ast.While, body: Flow, flow: Flow) -> None:
    """Counts that all passes share: they are those of this loop, unless it shares them on."""
    flow.add(body.once, body.once_work)


def _leaving(follower: Follower, body: Flow, course: Course, around: Around) -> tuple[Form | None, str]:
    """(the form that is >= 0 up to the last pass, how it is left) where that depends on the variable."""
    exits = [(how, part) for how, part in body.exits]
    if not exits:
        return None, ""
    if len(exits) > 1:
        raise Unsolved("it can be left in more than one place")
    [(how, part)] = exits
    index, low = course.index, course.low
    if course.index not in part.form.letters():
        raise Unsolved("whether it is left early does not depend on its own variable")
    if course.time != letter(index) - low:
        raise Unsolved("it counts down and is left early")
    if part.kind == "equal":
        linear = part.form.linear_in(index)
        if linear is None or abs(linear[0]) != 1:
            raise Unsolved("when it is left has no formula")
        last = -linear[1] * linear[0]
        if around.sign(last - low) != 1:
            raise Unsolved("when it is left depends on the size")
        return last - letter(index), how
    if part.kind != "above":
        raise Unsolved("when it is left has no formula")
    bound, is_low = _bound(part.form, index, low, around)
    if not is_low:
        if around.sign(part.form.put(index, low)) == 1:
            return low - letter(index), how
        raise Unsolved("when it is left has no formula")
    start = bound if around.sign(bound - low) == 1 else low if around.sign(low - bound) == 1 else None
    if start is None:
        raise Unsolved("when it is left depends on the size")
    return start - letter(index), how


def _last(condition: Form, index: str) -> Form:
    """x of x - index."""
    return condition + letter(index)


def _afterwards(
    follower: Follower, node: ast.For, body: Flow, course: Course, carried: Carried, around: Around
) -> Environment:
    """What is known after a for loop."""
    count = course.high - course.low + 1
    env = dict[str, Known]()
    left_early = bool(body.exits) or body.end != "on" or _may_break(node)
    for name, value in carried.after(count, around, left_early).items():
        env[name] = value
    if isinstance(node.target, ast.Name):
        descending = course.time != letter(course.index) - course.low
        last = course.item
        if isinstance(last, Whole) and not left_early:
            end = course.low if descending else course.high
            env[node.target.id] = Whole(last.form.put(course.index, end))
        elif isinstance(last, Whole):
            lows = last.form.put(course.index, course.low), last.form.put(course.index, course.high)
            env[node.target.id] = Span(*(lows if not descending else lows))
        else:
            env[node.target.id] = last if isinstance(last, Listed) else DATA
    else:
        for part in ast.walk(node.target):
            if isinstance(part, ast.Name):
                env[part.id] = DATA
    return env


def _may_break(node: ast.For | ast.While) -> bool:
    return any(isinstance(part, ast.Break) for part in ast.walk(node))


# --- while -------------------------------------------------------------------------------------


def follow_while(follower: Follower, node: ast.While, flow: Flow, around: Around) -> None:
    """Follow a while loop into `flow`."""
    from engine.algorithms.whiles import passes_of

    place = _test_cost(follower, node, flow, around)
    if node in follower.shared:
        _follow_shared(follower, node, flow, around, place)
        return
    index = follower.fresh("", around)
    found = passes_of(follower, node, flow.env, around, index)
    count, begins = found.count, found.begins
    course = Course(index, ZERO, count - 1, DATA, letter(index))
    occurs = restricted(ONCE, around, above=begins) if begins is not None else ONCE
    heads = ONCE
    follower.stands_in(node.lineno, around, (index, ZERO, count - 1))
    if count.terms and occurs != NEVER:
        inner_around = around.inside(index, ZERO, count - 1)
        env = dict(flow.env) | found.carried.during
        shared = _share(follower, found.carried, around, ZERO, count - 1, index)
        body = follower.block(node.body, env, inner_around)
        part = _fresh_flow(flow)
        if found.always and not body.exits and body.end not in ("break", "return"):
            raise Unsolved("its condition is always true, and nothing in it leaves the loop")
        _sum_up(follower, node, body, course, part, around, found.always)
        heads = part.lines.pop(node.lineno, ONCE) + ONCE.scaled(-1)
        flow.take(part, occurs)
        flow.exits += part.exits
        flow.lines[node.lineno] = flow.lines.get(node.lineno, NEVER) + ONCE + heads.times(occurs)
        _spend_test(flow, node, place, heads.times(occurs))
        for inner in shared:
            follower.shared.pop(inner, None)
        if part.end == "return":
            if occurs != ONCE:
                _may_return(flow, found.begins if found.begins is not None else ZERO, around)
            else:
                flow.end = "return"
            return
        left_early = bool(body.exits) or body.end != "on" or found.by_data
        after = found.carried.after(count, around, left_early)
        flow.env |= after if occurs == ONCE else merged(flow.env, flow.env | after, around)
    else:
        follower._count(flow, node.lineno)
        if found.by_data:  # the best case: the other cases change what is known afterwards
            flow.env |= found.carried.unsure()
    _otherwise(follower, node, flow, around)


def _fresh_flow(flow: Flow) -> Flow:
    return replace(flow, env={}, lines={}, work={}, once={}, once_work={}, exits=[], end="on")


def _test_cost(follower: Follower, node: ast.While, flow: Flow, around: Around) -> Meaning:
    from engine.algorithms.following import Flow as NewFlow

    before, follower._now = follower._now, NewFlow({})
    place = follower.place(flow, around)
    place.value(node.test) if isinstance(node.test, ast.Compare) else place.test(node.test)
    if follower._now.lines:
        raise Unsolved("its condition calls a function")
    follower._now = before
    follower.spend(flow, node.lineno, place)
    return place


def _spend_test(flow: Flow, node: ast.While, place: Meaning, times: Count) -> None:
    if place.work.terms:
        flow.work[node.lineno] = flow.work.get(node.lineno, NEVER) + of_form(place.work).times(times)


def _follow_shared(follower: Follower, node: ast.While, flow: Flow, around: Around, place: Meaning) -> None:
    """A loop whose passes are bounded over all passes of the loops around it."""
    total = follower.shared[node] if follower.case == "worst" else ZERO
    if place.work.terms:
        raise Unsolved("its condition costs more than a step")
    flow.lines[node.lineno] = flow.lines.get(node.lineno, NEVER) + ONCE
    follower.inexact = True
    env = dict(flow.env)
    for name in carried_names(node):
        env[name] = _loosened(env.get(name, DATA))
    body = follower.block(node.body, env, around)
    if body.once or any(
        index in count.letters()
        for count in (*body.lines.values(), *body.work.values())
        for index, _, _ in around.loops
    ):
        raise Unsolved("its passes, shared by those around it, cost different amounts")
    for line, count in (*body.lines.items(), (node.lineno, ONCE)):
        flow.once[line] = flow.once.get(line, NEVER) + count.scaled(total)
    for line, count in body.work.items():
        flow.once_work[line] = flow.once_work.get(line, NEVER) + count.scaled(total)
    flow.env |= env


def _loosened(value: Known) -> Known:
    return value if isinstance(value, Listed) else DATA


def carried_names(node: ast.For | ast.While) -> Sequence[str]:
    """Names that the loop's body gives values to."""
    found = dict[str, None]()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found[part.id] = None
    return list(found)
