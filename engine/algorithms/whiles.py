"""How often a while loop goes round.

Where the course of its variables is known, from its condition; where branches move them differently, from
what every way through the body has in common: a distance that falls by a constant (two pointers) or
is halved (binary search).
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.algorithms.carried import Carried
from engine.algorithms.carrying import carried_through
from engine.algorithms.conditions import Part, conjuncts
from engine.algorithms.counts import Around, Unsolved
from engine.algorithms.distances import by_ways, sets_the_flag
from engine.algorithms.forms import ZERO, Form, as_form, letter
from engine.algorithms.functions import floor_log
from engine.algorithms.idioms import passes_by_theorem
from engine.algorithms.known import DATA, Environment, Real, Span, Whole, form_of
from engine.algorithms.meaning import Meaning
from engine.algorithms.sharing import room_in_list
from engine.algorithms.trips import Trips, trips_below, trips_while

if TYPE_CHECKING:
    from engine.algorithms.following import Follower

_BY_DATA = "whether it goes on depends on the data alone, so there is no bound on how often it goes round"


@dataclass(frozen=True)
class Passes:
    """`count` passes where `begins` >= 0 (None: always); `by_data`: the data may end it earlier.

    `always`: its condition is always true, and `count` is up to the pass in which it is left.
    """

    count: Form
    begins: Form | None
    carried: Carried
    by_data: bool = False
    always: bool = False


def passes_of(follower: Follower, node: ast.While, env: Environment, around: Around, index: str) -> Passes:
    """The passes of `node` in the follower's case. Raises Unsolved."""
    inside = around.inside(index, ZERO, as_form(3))
    carried = carried_through(follower, node, dict(env), inside, letter(index), index)
    place = Meaning(follower, dict(env) | _certain(carried.during), inside)
    parts = conjuncts(node.test, place)
    if any(part == Part("never") for part in parts):
        return Passes(ZERO, None, carried)
    if all(part == Part("always") for part in parts):
        return _until_left(follower, node, env, around, index, carried)
    known = _by_course(node, parts, carried, place, index, around)
    known += by_ways(follower, node, env, carried, inside, around)
    if not known:
        known = passes_by_theorem(follower, node, env, carried)
        if known:
            follower.decided.add(node.lineno)
            least = known[0]
            begins = None if around.sign(least.begins) == 1 else least.begins
            return Passes(least.count, begins, carried)
    flagged = any(sets_the_flag(node.test, way) for way in carried.ways)
    by_data = Part("data") in parts and (flagged or not (known and _all_explained(node, carried)))
    if not known:
        known = _by_list(follower, node, env, carried, inside)
        by_data = True
    if not known:
        raise Unsolved(_BY_DATA)
    if by_data:
        follower.decided.add(node.lineno)
        if follower.case == "best":
            return Passes(ZERO, None, carried, True)
    least = _first_to_end(known, around, follower.case)
    if not least.exact:
        follower.inexact = True
    begins = None if around.sign(least.begins) == 1 else least.begins
    return Passes(least.count, begins, carried, by_data)


def _certain(during: Environment) -> Environment:
    """Without what differs from way to way: the points looked at are those of the first passes only."""
    return {name: DATA if isinstance(value, Span) else value for name, value in during.items()}


def _all_explained(node: ast.While, carried: Carried) -> bool:
    """Whether the condition speaks of numbers only, that the ways through the body account for."""
    names = {part.id for part in ast.walk(node.test) if isinstance(part, ast.Name)}
    lengths = {"len"} & names
    plain = not any(
        isinstance(part, ast.Subscript)
        or (isinstance(part, ast.Call) and not (isinstance(part.func, ast.Name) and part.func.id == "len"))
        for part in ast.walk(node.test)
    )
    changing = {name for name in names - lengths if name in carried.during}
    return plain and all(name in carried.letters for name in changing)


def _first_to_end(known: list[Trips], around: Around, case: str) -> Trips:
    """The loop ends with the first of several conditions that fails; each of them bounds the worst case."""
    least = known[0]
    for other in known[1:]:
        order = around.sign(other.count - least.count)
        if order is None and case == "best":
            raise Unsolved("which of its conditions fails first depends on the sizes")
        if order is None:
            least = replace(least, exact=False)
            continue
        least = least if order == 1 else other
    return least


def _by_course(
    node: ast.While,
    parts: Sequence[Part | list[Part]],
    carried: Carried,
    place: Meaning,
    index: str,
    around: Around,
) -> list[Trips]:
    """From each part of the condition that is a form in the number of passes."""
    found = list[Trips]()
    for part in parts:
        if isinstance(part, list):
            found.append(_last_of([_of_part(one, index, around) for one in part], around))
        elif part.kind in ("above", "unequal", "equal", "positive"):
            trips = _of_part(part, index, around)
            if trips is not None:
                found.append(trips)
    return found + _rooted(node, carried, place)


def _last_of(trips: list[Trips | None], around: Around) -> Trips:
    """Of conditions joined by `or`: it ends with the last that fails."""
    known = [one for one in trips if one is not None]
    if len(known) < len(trips):
        raise Unsolved(_BY_DATA)
    last = known[0]
    for other in known[1:]:
        order = around.sign(other.count - last.count)
        if order is None:
            raise Unsolved("which of its conditions fails last depends on the sizes")
        last = other if order == 1 else last
    return last


def _of_part(part: Part, index: str, around: Around) -> Trips | None:
    form = part.form
    if part.kind == "data":
        return None
    if part.kind == "positive":
        return trips_below(form, index, around)
    if part.kind == "unequal":
        if index not in form.letters():
            return None
        form = _above_none(form, index, around)
    elif part.kind == "equal":
        raise Unsolved("it goes on only while two values are equal")
    if index not in form.letters() and around.sign(form) == 1:
        return None  # always true: another part ends it
    return trips_while(form, index, around)


def _above_none(form: Form, index: str, around: Around) -> Form:
    """form != 0 as an inequality, where the form comes down (or up) to 0 without passing it."""
    start = form.put(index, ZERO)
    sign = around.sign(start)
    if sign is None and around.sign(start + 1) == 1:
        sign = 1
    if sign is None:
        raise Unsolved("its condition with != may be passed by")
    form = form * sign
    linear = form.linear_in(index)
    if linear is not None and linear[0] != -1:
        raise Unsolved("its condition with != may be passed by")
    return form - 1


def _rooted(node: ast.While, carried: Carried, place: Meaning) -> list[Trips]:
    """Variables that are replaced by their square root: x > b ends after log log x passes."""
    found = list[Trips]()
    for name in carried.rooted:
        fresh = carried.letters[name]
        start = carried.start[name]
        env = dict(place.env) | {
            name: Whole(letter(fresh)) if isinstance(start, Whole) else Real(letter(fresh))
        }
        for part in conjuncts(node.test, Meaning(place.follower, env, place.around)):
            if not isinstance(part, Part) or part.kind != "above":
                continue
            linear = part.form.linear_in(fresh)
            if linear is None or linear[0] != 1 or linear[1].whole is None:
                continue
            least = -linear[1].whole
            form = start.form if isinstance(start, Whole | Real) else ZERO
            if any(
                isinstance(way.env.get(name), Real) for way in carried.ways
            ):  # x > 2 of real roots is x - 1 >= 2 of the first, rounded
                least, form = least - 1, form - 1
            if least >= 2:
                found.append(Trips(floor_log(floor_log(form, least), 2) + 1, form - least))
    return found


# --- loops that are left from inside -----------------------------------------------------------


def _until_left(
    follower: Follower,
    node: ast.While,
    env: Environment,
    around: Around,
    index: str,
    carried: Carried,
) -> Passes:
    """while True: up to the pass in which a break or return on its variables is met."""
    large = _largest(follower)
    body = follower.block(node.body, dict(env) | carried.during, around.inside(index, ZERO, large))
    if body.end in ("break", "return"):
        return Passes(as_form(1), None, carried, False, True)
    if len(body.exits) != 1:
        raise Unsolved(
            "it may go on for ever, as nothing in it is sure to leave it"
            if not body.exits
            else "it can be left in several places"
        )
    [(_, part)] = body.exits
    if part.kind == "equal":
        linear = part.form.linear_in(index)
        if linear is None or abs(linear[0]) != 1:
            raise Unsolved("when it is left has no formula")
        return Passes(-linear[1] * linear[0] + 1, None, carried, False, True)
    if part.kind != "above":
        raise Unsolved("when it is left has no formula")
    trips = trips_while(-part.form - 1, index, around)
    if around.sign(trips.begins) != 1:
        raise Unsolved("when it is left depends on the size")
    return Passes(trips.count + 1, None, carried, False, True)


def _largest(follower: Follower) -> Form:
    names = sorted({name for sizes in follower.base.sizes for name in sizes})
    return letter(names[0]) if names else as_form(30)


# --- from what all ways through the body have in common -----------------------------------------


# --- from a list that it must not run out of ---------------------------------------------------


def _by_list(
    follower: Follower, node: ast.While, env: Environment, carried: Carried, inside: Around
) -> list[Trips]:
    """An index that only grows cannot pass the end of its list."""
    for name, fresh in carried.letters.items():
        start = form_of(carried.start[name])
        changes = [
            (form - letter(fresh)).constant if (form := form_of(way.env.get(name))) is not None else None
            for way in carried.ways
            if way.end in ("on", "continue")
        ]
        if start is None or not changes or any(change is None or change < 1 for change in changes):
            continue
        place = Meaning(follower, dict(env) | {name: Whole(letter(fresh))}, inside)
        room = room_in_list(node, name, fresh, place)
        if room is not None:
            room = room.put(fresh, start)
            return [Trips(room, room - 1)]
    return []
