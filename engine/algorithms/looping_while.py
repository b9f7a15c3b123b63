"""While loops, followed: the passes that `whiles.py` finds, and those that are shared with loops around."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.algorithms.counts import (
    NEVER,
    ONCE,
    Around,
    Count,
    Unsolved,
    of_form,
    restricted,
)
from engine.algorithms.forms import ZERO, letter
from engine.algorithms.known import (
    DATA,
    Known,
    Listed,
    merged,
)
from engine.algorithms.meaning import Meaning
from engine.algorithms.summing import Course, may_return, sum_up

if TYPE_CHECKING:
    from engine.algorithms.flow import Flow
    from engine.algorithms.following import Follower
from engine.algorithms.looping import otherwise, share


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
        shared = share(follower, found.carried, around, ZERO, count - 1, index)
        body = follower.block(node.body, env, inner_around)
        part = _fresh_flow(flow)
        if found.always and not body.exits and body.end not in ("break", "return"):
            raise Unsolved("its condition is always true, and nothing in it leaves the loop")
        sum_up(follower, node, body, course, part, around, found.always)
        heads = part.lines.pop(node.lineno, ONCE) + ONCE.scaled(-1)
        flow.take(part, occurs)
        flow.exits += part.exits
        flow.lines[node.lineno] = flow.lines.get(node.lineno, NEVER) + ONCE + heads.times(occurs)
        _spend_test(flow, node, place, heads.times(occurs))
        for inner in shared:
            follower.shared.pop(inner, None)
        if part.end == "return":
            if occurs != ONCE:
                may_return(flow, found.begins if found.begins is not None else ZERO, around)
            else:
                flow.end = "return"
            return
        left_early = bool(body.exits) or body.end != "on" or found.by_data
        after = found.carried.after(count, around, left_early)
        flow.env |= after if occurs == ONCE else merged(flow.env, flow.env | after, around)
    else:
        follower.count(flow, node.lineno)
        if found.by_data:  # the best case: the other cases change what is known afterwards
            flow.env |= found.carried.unsure()
    otherwise(follower, node, flow, around)


def _fresh_flow(flow: Flow) -> Flow:
    return replace(flow, env={}, lines={}, work={}, once={}, once_work={}, exits=[], end="on")


def _test_cost(follower: Follower, node: ast.While, flow: Flow, around: Around) -> Meaning:
    from engine.algorithms.flow import Flow as NewFlow

    before, follower.now = follower.now, NewFlow({})
    place = follower.place(flow, around)
    place.value(node.test) if isinstance(node.test, ast.Compare) else place.test(node.test)
    if follower.now.lines:
        raise Unsolved("its condition calls a function")
    follower.now = before
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
