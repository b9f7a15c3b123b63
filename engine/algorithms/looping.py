"""Loops, followed: what a pass knows, how many passes there are, and what they add up to."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from engine.algorithms.arithmetic import trips
from engine.algorithms.carried import Carried
from engine.algorithms.carrying import carried_through
from engine.algorithms.counts import (
    NEVER,
    ONCE,
    Around,
    Unsolved,
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
    Steps,
    Whole,
    bounds,
    either,
)
from engine.algorithms.meaning import Meaning
from engine.algorithms.summing import Course, sum_up

if TYPE_CHECKING:
    from engine.algorithms.flow import Flow
    from engine.algorithms.following import Follower


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
    before, follower.now = follower.now, flow
    place = follower.place(flow, around)
    source = place.value(node.iter)
    follower.now = before
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
        follower.count(flow, node.lineno)
        otherwise(follower, node, flow, around)
        return
    shared = share(follower, carried, around, course.low, course.high, course.index)
    env |= carried.during
    body = follower.block(node.body, env, inner_around)
    sum_up(follower, node, body, course, flow, around)
    if flow.end != "return":
        flow.env |= _afterwards(node, body, course, carried, around)
    for inner in shared:
        follower.shared.pop(inner, None)
    if flow.end == "on" and body.end != "break":
        otherwise(follower, node, flow, around)


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


def otherwise(follower: Follower, node: ast.For | ast.While, flow: Flow, around: Around) -> None:
    """The else branch of a loop."""
    if node.orelse:
        inner = follower.block(node.orelse, flow.env, around)
        flow.take(inner)
        flow.env, flow.end = inner.env, inner.end


def share(
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


def _afterwards(node: ast.For, body: Flow, course: Course, carried: Carried, around: Around) -> Environment:
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
            ends = [last.form.put(course.index, end) for end in (course.low, course.high)]
            env[node.target.id] = either(Whole(ends[0]), Whole(ends[1]), around)
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
