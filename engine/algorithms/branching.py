"""Branches, followed: both ways where the loop's variable decides, the way of our case where the data do."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.algorithms.conditions import Part, Test, conjuncts, tested
from engine.algorithms.counts import NEVER, Around, Unsolved, of_form
from engine.algorithms.flow import Flow
from engine.algorithms.idioms import multiples_of_primes, sieved
from engine.algorithms.known import (
    DATA,
    Environment,
    Steps,
    form_of,
    merged,
)

if TYPE_CHECKING:
    from engine.algorithms.following import Follower


_LEAVE = (ast.Break, ast.Continue, ast.Return, ast.Raise)


def follow_if(follower: Follower, node: ast.If, flow: Flow, around: Around, rest: Sequence[ast.stmt]) -> bool:
    follower.count(flow, node.lineno)
    before, follower.now = follower.now, flow
    place = follower.place(flow, around)
    place.test(node.test) if not isinstance(node.test, ast.Compare) else place.value(node.test)
    follower.now = before
    follower.spend(flow, node.lineno, place)
    follower.now = Flow({})  # what is looked at again is not paid again
    if around.loops and _sieve(follower, node, flow, around):
        follower.now = before
        return False
    test = tested(node.test, follower.place(flow, around))
    follower.now = before
    leaves = any(map(_can_leave, (*node.body, *node.orelse)))
    ways = ((node.body, test.yes), (node.orelse, test.no))
    bodies = [[*body, *(rest if leaves else ())] for body, _ in ways]
    if not test.open and test.no == NEVER:
        follower.along(bodies[0], flow, around)
    elif not test.open and test.yes == NEVER:
        follower.along(bodies[1], flow, around)
    else:
        follower.both_ways(node, bodies, test, flow, around)
    return leaves


def _sieve(follower: Follower, node: ast.If, flow: Flow, around: Around) -> bool:
    """Multiples of the primes, struck out: all together at most n log log n."""
    own = around.loops[-1][0]
    forms = {name: form_of(value) for name, value in flow.env.items()}
    names = [name for name, form in forms.items() if form is not None and own in form.letters()]
    loop = next((loop for name in names if (loop := sieved(node, name)) is not None), None)
    if loop is None:
        return False
    source = follower.place(flow, around).value(loop.iter)
    if not isinstance(source, Steps):
        return False
    total = multiples_of_primes(source.stop - 1)
    body = follower.block(loop.body, flow.env | dict.fromkeys(_names_of(loop.target), DATA), around)
    follower.inexact = follower.settled = True
    flow.once[loop.lineno] = flow.once.get(loop.lineno, NEVER) + of_form(total)
    for line, count in body.lines.items():
        flow.once[line] = flow.once.get(line, NEVER) + count.scaled(total)
    return True


def along(follower: Follower, body: Sequence[ast.stmt], flow: Flow, around: Around) -> None:
    """The one way that is taken."""
    inner = follower.block(body, flow.env, around)
    flow.take(inner)
    flow.env, flow.end = inner.env, inner.end
    flow.exits += inner.exits


def both_ways(
    follower: Follower, node: ast.If, bodies: list[list[ast.stmt]], test: Test, flow: Flow, around: Around
) -> None:
    first = follower.block(bodies[0], dict(flow.env), around)
    second = follower.block(bodies[1], dict(flow.env), around)
    yes, no = test.yes, test.no
    if test.open:
        follower.decided.add(node.lineno)
        if _prefers(follower, first, second, around):
            yes, chosen = yes + test.rest, first
        else:
            no, chosen = no + test.rest, second
        if NEVER in (yes, no):  # only the data decide
            flow.take(chosen)
            flow.end = chosen.end
            flow.exits += chosen.exits
            flow.env = _after(first, second, chosen, around)
            return
    flow.take(first, yes)
    flow.take(second, no)
    _ends(follower, node, first, second, flow, around)


def _ends(follower: Follower, node: ast.If, first: Flow, second: Flow, flow: Flow, around: Around) -> None:
    """How a branch on the loop's variable ends."""
    ends = {first.end, second.end}
    flow.exits += [*first.exits, *second.exits]
    for way, wanted in ((first, True), (second, False)):
        if way.end in ("break", "return"):
            parts = conjuncts(node.test, follower.place(flow, around), wanted)
            if len(parts) != 1 or not isinstance(parts[0], Part) or (first.exits or second.exits):
                raise Unsolved("when the loop is left depends on several conditions at once")
            flow.exits.append((way.end, parts[0]))
    if ends <= {"break", "return"} or ends == {"continue"}:
        flow.end = first.end
    still = [way for way in (first, second) if way.end == "on"] or [
        way for way in (first, second) if way.end == "continue"
    ]
    flow.env = still[0].env if len(still) == 1 else merged(first.env, second.env, around)


def _prefers(follower: Follower, first: Flow, second: Flow, around: Around) -> bool:
    """Whether the first of two ways is that of our case: staying in the loop, or leaving it."""
    stays = [way.end not in ("break", "return") for way in (first, second)]
    if stays[0] != stays[1] and around.loops:
        return stays[0] if follower.case == "worst" else not stays[0]
    costs = [_cost(way, around) for way in (first, second)]
    if follower.case == "worst":
        return costs[0] >= costs[1]
    return costs[0] < costs[1]


def _names_of(target: ast.expr) -> list[str]:
    return [part.id for part in ast.walk(target) if isinstance(part, ast.Name)]


def _can_leave(node: ast.stmt) -> bool:
    """Whether a break, continue or return of the loop or function around stands in it."""
    match node:
        case ast.If(body=body, orelse=orelse):
            return any(map(_can_leave, (*body, *orelse)))
        case ast.For(body=body, orelse=orelse) | ast.While(body=body, orelse=orelse):
            return any(_returns(part) for part in (*body, *orelse))
    return isinstance(node, _LEAVE)


def _returns(node: ast.stmt) -> bool:
    return any(isinstance(part, ast.Return) for part in ast.walk(node))


def _after(first: Flow, second: Flow, chosen: Flow, around: Around) -> Environment:
    """What is known after a branch that the data decide: of both, unless one of them leaves."""
    still = [way for way in (first, second) if way.end in ("on", "continue")]
    if len(still) == 1:
        return still[0].env if chosen is still[0] else chosen.env
    return merged(first.env, second.env, around)


def _cost(flow: Flow, around: Around) -> float:
    """What a way costs at the largest of the sample points."""
    total = 0.0
    points = around.points[-6:] or around.points
    for count in (*flow.lines.values(), *flow.work.values()):
        for point in points:
            try:
                total += float(count.value(point))
            except (ValueError, ZeroDivisionError, OverflowError):
                total += 1e9
    return total
