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
    index, low, high = course.index, course.low, course.high
    begins = restricted(ONCE, around, above=high - low)
    if body.end in ("break", "return"):
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
        elif node.orelse and begins == ONCE:
            flow.end = "on"
        return
    if always:
        _up_to_the_exit(body, course, flow, around)
        follower.count(flow, node.lineno, of_form(high + 1))
        flow.add(body.once, body.once_work)
        flow.end = "return" if body.exits[0][0] == "return" else "on"
        return
    last_condition, how = _leaving(body, course, around)
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
            may_return(flow, high - _last(last_condition, index), around)
    else:
        heads = summed(ONCE, index, low, high, around) + ONCE
    flow.lines[node.lineno] = flow.lines.get(node.lineno, NEVER) + heads
    for line, count in lines.items():
        flow.lines[line] = flow.lines.get(line, NEVER) + summed(count, index, low, high, around)
    for line, count in work.items():
        flow.work[line] = flow.work.get(line, NEVER) + summed(count, index, low, high, around)
    flow.add(body.once, body.once_work)  # what all passes share is counted once


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
    bound, is_low = bound_of(part.form, index, low, around)
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
