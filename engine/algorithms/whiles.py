"""How often a while loop goes round.

Where the course of its variables is known, from its condition; where branches move them differently, from
what every way through the body has in common: a distance that falls by a constant (two pointers) or
is halved (binary search).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.algorithms.carrying import Carried, Way, carried_through, room_in_list
from engine.algorithms.conditions import Part, conjuncts
from engine.algorithms.counts import Around, Unsolved
from engine.algorithms.forms import ZERO, Form, as_form, floor_div, floor_log, letter, of_atom
from engine.algorithms.idioms import passes_by_theorem
from engine.algorithms.known import DATA, Environment, Known, Real, Span, Whole, form_of
from engine.algorithms.meaning import Meaning
from engine.algorithms.trips import Trips, trips_below, trips_while
from engine.algorithms.whole import whole_log
from engine.symbolic.expr import Call

if TYPE_CHECKING:
    from engine.algorithms.following import Follower

_TABLE = 200  # lengths that a rule for halving is tried on
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
        return _until_left(follower, node, env, around, inside, index, carried)
    known = _by_course(node, parts, carried, place, index, around)
    known += _by_ways(follower, node, env, carried, inside, around)
    if not known:
        known = passes_by_theorem(follower, node, env, carried)
        if known:
            follower.decided.add(node.lineno)
            least = known[0]
            begins = None if around.sign(least.begins) == 1 else least.begins
            return Passes(least.count, begins, carried)
    by_data = Part("data") in parts and not (known and _all_explained(node, parts, carried))
    if not known:
        known = _by_list(follower, node, env, carried, inside)
        by_data = True
    if not known:
        raise Unsolved(_BY_DATA)
    if by_data:
        follower.decided.add(node.lineno)
        if follower.case == "best":
            return Passes(ZERO, None, carried, True)
    least = _first_to_end(known, around)
    if not least.exact:
        follower.inexact = True
    begins = None if around.sign(least.begins) == 1 else least.begins
    return Passes(least.count, begins, carried, by_data)


def _certain(during: Environment) -> Environment:
    """Without what differs from way to way: the points looked at are those of the first passes only."""
    return {name: DATA if isinstance(value, Span) else value for name, value in during.items()}


def _all_explained(node: ast.While, parts: Sequence[Part | list[Part]], carried: Carried) -> bool:
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


def _first_to_end(known: list[Trips], around: Around) -> Trips:
    """The loop ends with the first of several conditions that fails."""
    least = known[0]
    for other in known[1:]:
        order = around.sign(other.count - least.count)
        if order is None:
            raise Unsolved("which of its conditions fails first depends on the sizes")
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
            found.append(_last_of([_of_part(one, index, around, place) for one in part], around))
        elif part.kind in ("above", "unequal", "equal", "positive"):
            trips = _of_part(part, index, around, place)
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


def _of_part(part: Part, index: str, around: Around, place: Meaning) -> Trips | None:
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
    inside: Around,
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
            "nothing in it is sure to leave it" if not body.exits else "it can be left in several places"
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


def _by_ways(
    follower: Follower,
    node: ast.While,
    env: Environment,
    carried: Carried,
    inside: Around,
    around: Around,
) -> list[Trips]:
    """From distances that every way through the body makes smaller."""
    unresolved = [
        name
        for name in carried.letters
        if name not in carried.rules or not isinstance(carried.rules[name].during, Whole | Real)
    ]
    ways = [way for way in carried.ways if way.end in ("on", "continue")]
    if not unresolved or not ways:
        return []
    forms = _distances(follower, node, env, carried, inside)
    moving = [form for form in forms if _moves(form, carried, unresolved)]
    if not moving:
        return []
    steps = [[_change(form, way, carried) for way in ways] for form in moving]
    for form, change in zip(moving, steps, strict=True):
        numbers = [number for number in change if number is not None]
        if len(numbers) == len(change) and all(number <= -1 for number in numbers):
            return [_by_constant(follower, form, numbers, carried)]
    if len(moving) >= 2:
        return _by_sum(follower, moving, steps, carried, around)
    return _by_halving(follower, moving[0], ways, carried, around)


def _distances(
    follower: Follower, node: ast.While, env: Environment, carried: Carried, inside: Around
) -> list[Form]:
    """The forms of the condition, in the letters before a pass."""
    start = dict(env)
    for name, fresh in carried.letters.items():
        start[name] = Whole(letter(fresh)) if isinstance(carried.start[name], Whole) else Real(letter(fresh))
    found = list[Form]()
    for part in conjuncts(node.test, Meaning(follower, start, carried.around or inside)):
        if isinstance(part, Part) and part.kind == "above":
            found.append(part.form)
        elif isinstance(part, Part) and part.kind == "unequal":
            sign = (carried.around or inside).sign(part.form)
            found.append(part.form * (sign or 1) - 1)
    return found


def _moves(form: Form, carried: Carried, unresolved: list[str]) -> bool:
    return bool(form.letters() & {carried.letters[name] for name in unresolved})


def _change(form: Form, way: Way, carried: Carried) -> Fraction | None:
    """How much one way adds to `form`; None where that is no number."""
    after = _after(form, way.env, carried)
    return (after - form).constant if after is not None else None


def _after(form: Form, env: Environment, carried: Carried) -> Form | None:
    """`form` with every variable as it is after a way."""
    mapped = form
    for name, fresh in carried.letters.items():
        if fresh not in form.letters():
            continue
        value = env.get(name)
        out = value.form if isinstance(value, Whole | Real) else None
        if out is None:
            return None
        mapped = mapped.put(fresh, letter(f"{fresh}'"))
    for name, fresh in carried.letters.items():
        if fresh in form.letters():
            value = env[name]
            assert isinstance(value, Whole | Real)
            mapped = mapped.put(f"{fresh}'", value.form)
    return mapped


def _at_start(form: Form, carried: Carried) -> Form:
    for name, fresh in carried.letters.items():
        value: Known = carried.start[name]
        if isinstance(value, Whole | Real):
            form = form.put(fresh, value.form)
    return form


def _by_constant(follower: Follower, form: Form, changes: list[Fraction], carried: Carried) -> Trips:
    """A distance that each way makes smaller by a number: the slowest way is the worst."""
    step = max(changes) if follower.case == "worst" else min(changes)
    if min(changes) != max(changes):
        follower.inexact = True
    room = _at_start(form, carried)
    return Trips(floor_div(room, int(-step)) + 1, room)


def _by_sum(
    follower: Follower,
    forms: list[Form],
    steps: list[list[Fraction | None]],
    carried: Carried,
    around: Around,
) -> list[Trips]:
    """Two distances, one of which falls in each pass: merging two lists."""
    if any(number is None for change in steps for number in change):
        return []
    known = [[number for number in change if number is not None] for change in steps]
    both = [sum(column) for column in zip(*known, strict=True)]
    if any(number > 0 for change in known for number in change) or any(number > -1 for number in both):
        return []
    rooms = [_at_start(form, carried) for form in forms]
    follower.inexact = True
    begins = rooms[0]
    if follower.case == "worst":
        total = sum(rooms, ZERO) + 1
        return [Trips(floor_div(total - 1, int(-max(both))) + 1, begins)]
    fastest = int(-min(number for change in known for number in change))
    least = rooms[0]
    for room in rooms[1:]:
        order = around.sign(room - least)
        if order is None:
            least = of_atom(Call("min", least.expr(), room.expr()))
        elif order == -1:
            least = room
    return [Trips(floor_div(least, fastest) + 1, begins)]


def _by_halving(
    follower: Follower, form: Form, ways: list[Way], carried: Carried, around: Around
) -> list[Trips]:
    """A distance that depends on itself only, and is at least halved: tabulated, then named."""
    maps = [table for way in ways if (table := _table(form, way, carried)) is not None]
    if len(maps) != len(ways):
        return []
    choose: Callable[[Sequence[int]], int] = max if follower.case == "worst" else min
    rounds = [0] * _TABLE
    for distance in range(_TABLE):
        places = [table[distance] for table in maps]
        if any(place >= distance for place in places):
            return []
        rounds[distance] = 1 + choose([rounds[place] if place >= 0 else 0 for place in places])
    found = _named(tuple(rounds))
    if found is None:
        return []
    base, offset, plus = found
    room = _at_start(form, carried)
    if len({tuple(table) for table in maps}) > 1:
        follower.inexact = True
    return [Trips(floor_log(room + offset, base) + plus, room)]


def _table(form: Form, way: Way, carried: Carried) -> list[int] | None:
    """The distance after a way for each distance before it; None if it depends on more than that."""
    after = _after(form, way.env, carried)
    names = sorted(form.letters())
    if after is None or not set(after.letters()) <= set(names) or not 1 <= len(names) <= 2:
        return None
    linear = [form.linear_in(name) for name in names]
    if any(one is None or abs(one[0]) != 1 for one in linear):
        return None
    found = list[int]()
    for distance in range(_TABLE):
        seen = set[Fraction]()
        for base in (0, 7) if len(names) == 2 else (0,):
            point = _point(form, names, distance, base)
            if point is None:
                return None
            try:
                seen.add(after.value(point))
            except (ValueError, ZeroDivisionError):
                return None
        if len(seen) != 1 or (value := seen.pop()).denominator != 1:
            return None
        found.append(int(value))
    return found


def _point(form: Form, names: list[str], distance: int, base: int) -> dict[str, int] | None:
    """Numbers for the letters with which `form` is `distance`."""
    others = {name: base for name in names[1:]}
    linear = form.linear_in(names[0])
    if linear is None:
        return None
    place = (distance - linear[1].value(others)) / linear[0]
    return {**others, names[0]: int(place)} if place.denominator == 1 else None


@lru_cache(maxsize=64)
def _named(rounds: tuple[int, ...]) -> tuple[int, int, int] | None:
    """(base, offset, plus) with rounds[d] = floor(log_base(d + offset)) + plus for all d."""
    for base in (2, 3, 4):
        for offset in range(1, 5):
            plus = rounds[0] - whole_log(offset, base)
            if all(whole_log(d + offset, base) + plus == count for d, count in enumerate(rounds)):
                return base, offset, plus
    return None


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
