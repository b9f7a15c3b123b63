"""Loops inside loops whose passes are shared: a variable that only moves one way, whatever the outer pass.

A stack is popped at most as often as it was pushed to; a window's left end passes each place once.
Source: Cormen, Leiserson, Rivest, Stein, Introduction to Algorithms, chapter on amortized analysis.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.algorithms.carried import Carried, Loop
from engine.algorithms.conditions import Part, conjuncts
from engine.algorithms.counts import Around
from engine.algorithms.distances import before_all, change_of
from engine.algorithms.forms import Form, as_form, letter
from engine.algorithms.known import DATA, Environment, form_of
from engine.algorithms.meaning import Meaning

if TYPE_CHECKING:
    from engine.algorithms.following import Follower
from engine.algorithms.carrying import grown, touched, ways_through


def look_for_shared(
    follower: Follower,
    node: Loop,
    inner: Environment,
    inside: Around,
    carried: Carried,
    unresolved: list[str],
    index: str,
) -> None:
    """Note in `carried.shared` the inner loops of which that is so."""
    for loop in _loops_in(node.body):
        moved = [name for name in unresolved if name in touched(loop) or name in grown(loop, inner)]
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


def _shared_passes(  # noqa: PLR0911 - each step may find that nothing is shared
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
    if linear is None or abs(linear[0]) != 1:
        return None
    own = [
        change_of(form, way.env, carried)
        for way in ways_through(follower, loop.body, dict(inner), inside)
        if way.end in ("on", "continue")
    ]
    if not own or any(step is None or step > -1 for step in own):
        return None
    outside = [
        change_of(form, way.env, carried)
        for way in ways_through(follower, node.body, dict(inner), inside, frozenset({loop}))
        if way.end in ("on", "continue")
    ]
    if any(step is None for step in outside):
        return None
    gain = max((step for step in outside if step is not None), default=Fraction(0))
    at_start = before_all(form, carried)
    if set(carried.letters.values()) & at_start.letters():
        return None
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
