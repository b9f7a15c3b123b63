"""The passes of a loop, added up: all of them, up to the first that leaves, or up to a known one."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.algorithms.conditions import Part
from engine.algorithms.counts import (
    NEVER,
    ONCE,
    Around,
    Count,
    Piece,
    Unsolved,
    bound_of,
    of_form,
    restricted,
    summed,
)
from engine.algorithms.forms import ONE, Form, letter
from engine.algorithms.known import (
    Known,
    Whole,
)

if TYPE_CHECKING:
    from engine.algorithms.flow import Flow
    from engine.algorithms.following import Follower


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


def sum_up(
    follower: Follower,
    node: ast.For | ast.While,
    body: Flow,
    course: Course,
    flow: Flow,
    around: Around,
    always: bool = False,
) -> None:
    """Add the passes of a loop to `flow`, its head included."""
    if body.end in ("break", "return"):
        _once(follower, node, body, course, flow, around)
        return
    if always:
        _up_to_the_exit(body, course, flow, around)
        follower.count(flow, node.lineno, of_form(course.high + 1))
        flow.end = "return" if body.exits[0][0] == "return" else "on"
    else:
        _passes(follower, node, body, course, flow, around)
    flow.add(body.once, body.once_work)  # what all passes share is counted once


def _once(
    follower: Follower, node: ast.For | ast.While, body: Flow, course: Course, flow: Flow, around: Around
) -> None:
    """The first pass is the last."""
    index, low, high = course.index, course.low, course.high
    begins = restricted(ONCE, around, above=high - low)
    first = low if course.time == letter(index) - low else high
    flow.add(
        {line: count.put(index, first) for line, count in body.lines.items()},
        {line: count.put(index, first) for line, count in body.work.items()},
        begins,
    )
    follower.count(flow, node.lineno)
    if body.end == "return" and begins == ONCE:
        flow.end = "return"
    elif body.end == "return":
        may_return(flow, high - low, around)


def _passes(
    follower: Follower, node: ast.For | ast.While, body: Flow, course: Course, flow: Flow, around: Around
) -> None:
    """All passes, or those up to the first that leaves the loop."""
    index, low, high = course.index, course.low, course.high
    last, how = _leaving(body, course, around)
    within = ONCE if last is None else Count((Piece(ONE, frozenset({last - letter(index)})),))
    for into, counts in ((flow.lines, body.lines), (flow.work, body.work)):
        for line, count in counts.items():
            passes = summed(count.times(within), index, low, high, around)
            into[line] = into.get(line, NEVER) + passes
    finishes = ONCE if last is None else _finishes(last, high, around)
    follower.count(flow, node.lineno, summed(within, index, low, high, around) + finishes)
    if last is not None and how == "return" and finishes == NEVER:
        flow.end = "return"
    elif last is not None and how == "return" and finishes != ONCE:
        may_return(flow, high - last, around)


def _finishes(last: Form, high: Form, around: Around) -> Count:
    """1 where the loop comes to its end, and is not left in the pass `last`."""
    stops = around.sign(high - last)
    if stops is None:
        return restricted(ONCE, around, above=last - high - 1)
    return NEVER if stops == 1 else ONCE


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


def may_return(flow: Flow, condition: Form, around: Around) -> None:
    """The function returns where `condition` >= 0, which depends on the loops around."""
    if not around.loops:
        raise Unsolved("whether the function returns here depends on the loop's range")
    flow.exits.append(("return", Part("above", condition)))


def _leaving(body: Flow, course: Course, around: Around) -> tuple[Form | None, str]:
    """(the last pass, how it is left) where that depends on the variable."""
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
        return last, how
    if part.kind != "above":
        raise Unsolved("when it is left has no formula")
    bound, is_low = bound_of(part.form, index, low, around)
    if not is_low:
        if around.sign(part.form.put(index, low)) == 1:
            return low, how
        raise Unsolved("when it is left has no formula")
    start = bound if around.sign(bound - low) == 1 else low if around.sign(low - bound) == 1 else None
    if start is None:
        raise Unsolved("when it is left depends on the size")
    return start, how
