"""How often a loop goes round, from what all ways through its body have in common.

A distance that falls by a constant (two pointers), two of which one falls (merging), or one that is at
least halved (binary search): the last is tabulated over all ways, and the table is named.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.algorithms.carried import Carried, Way
from engine.algorithms.conditions import Part, conjuncts
from engine.algorithms.counts import Around
from engine.algorithms.forms import ZERO, Form, letter, of_atom
from engine.algorithms.functions import floor_div, floor_log
from engine.algorithms.known import Environment, Known, Real, Whole, form_of
from engine.algorithms.meaning import Meaning
from engine.algorithms.trips import Trips
from engine.algorithms.whole import whole_log
from engine.symbolic.expr import Call

if TYPE_CHECKING:
    from engine.algorithms.following import Follower


_TABLE = 200  # lengths that a rule for halving is tried on


def by_ways(
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
    ways = [
        way for way in carried.ways if way.end in ("on", "continue") and not sets_the_flag(node.test, way)
    ]
    if not unresolved or not ways:
        return []
    forms = _distances(follower, node, env, carried, inside)
    moving = [form for form in forms if _moves(form, carried, unresolved)]
    if not moving:
        return []
    steps = [[change_of(form, way.env, carried) for way in ways] for form in moving]
    for form, change in zip(moving, steps, strict=True):
        numbers = [number for number in change if number is not None]
        if len(numbers) == len(change) and all(number <= -1 for number in numbers):
            return [_by_constant(follower, form, numbers, carried)]
    if len(moving) >= 2:
        return _by_sum(follower, moving, steps, carried, around)
    return _by_halving(follower, moving[0], ways, carried)


def sets_the_flag(test: ast.expr, way: Way) -> bool:
    """Whether this way makes `found` true in `while ... and not found`: the pass is the last."""
    for part in test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]:
        negated = isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not)
        flag = part.operand if isinstance(part, ast.UnaryOp) else part
        form = form_of(way.env.get(flag.id)) if isinstance(flag, ast.Name) else None
        if form is not None and form.constant is not None and bool(form.constant) == negated:
            return True
    return False


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


def change_of(form: Form, after_way: Environment, carried: Carried) -> Fraction | None:
    """How much one way adds to `form`; None where that is no number."""
    after = _after(form, after_way, carried)
    return (after - form).constant if after is not None else None


def _after(form: Form, env: Environment, carried: Carried) -> Form | None:
    """`form` with every variable as it is after a way."""
    values = dict[str, Form]()
    for name, fresh in carried.letters.items():
        if fresh in form.letters():
            value = env.get(name)
            if not isinstance(value, Whole | Real):
                return None
            values[fresh] = value.form
    for fresh in values:  # first out of each other's way: a, b = b, a
        form = form.put(fresh, letter(f"{fresh}'"))
    for fresh, out in values.items():
        form = form.put(f"{fresh}'", out)
    return form


def before_all(form: Form, carried: Carried) -> Form:
    """`form` with every variable as it is before the first pass."""
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
    room = before_all(form, carried)
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
    rooms = [before_all(form, carried) for form in forms]
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


def _by_halving(follower: Follower, form: Form, ways: list[Way], carried: Carried) -> list[Trips]:
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
    room = before_all(form, carried)
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
    others = dict.fromkeys(names[1:], base)
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
