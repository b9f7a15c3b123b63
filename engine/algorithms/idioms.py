"""Loops whose passes a theorem bounds, where no formula follows from the code line by line.

Each is recognised by what a pass does, not by its names. All are bounds: `judging.py` looks whether
some input reaches their class.
"""

# ruff: noqa: ARG001 - theorems behind one signature; not each needs all of it
from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from engine.algorithms.carried import Carried
from engine.algorithms.conditions import Part, conjuncts
from engine.algorithms.forms import ZERO, Form, letter
from engine.algorithms.functions import floor_log
from engine.algorithms.known import Environment, Listed, Span, Whole, form_of
from engine.algorithms.meaning import Meaning
from engine.algorithms.trips import Trips

if TYPE_CHECKING:
    from engine.algorithms.following import Follower


def passes_by_theorem(follower: Follower, node: ast.While, env: Environment, carried: Carried) -> list[Trips]:
    """At most so many passes, by a theorem; [] where none is known. In the best case at least."""
    for theorem in (_euclid, _fibonacci, _bubbles, _ones):
        found = theorem(follower, node, env, carried)
        if found is not None:
            follower.inexact = True
            return [found]
    return []


def _only_way(carried: Carried) -> Environment | None:
    ways = [way for way in carried.ways if way.end in ("on", "continue")]
    return ways[0].env if len(ways) == 1 else None


def _euclid(follower: Follower, node: ast.While, env: Environment, carried: Carried) -> Trips | None:
    """(a, b) becomes (b, a mod b): two passes at least halve b (Lamé; Knuth, volume 2, section 4.5.3)."""
    after = _only_way(carried)
    if after is None:
        return None
    for first, second in _pairs(carried):
        b = letter(carried.letters[second])
        start = form_of(carried.start[second])
        if form_of(after.get(first)) == b and after.get(second) == Span(ZERO, b - 1) and start is not None:
            worst = floor_log(start, 2) * 2 + 2
            return Trips(worst if follower.case == "worst" else ZERO + 1, start - 1)
    return None


def _fibonacci(follower: Follower, node: ast.While, env: Environment, carried: Carried) -> Trips | None:
    """(a, b) becomes (b, a + b): two passes at least double a, and at most quadruple it."""
    after = _only_way(carried)
    if after is None:
        return None
    for first, second in _pairs(carried):
        a, b = letter(carried.letters[first]), letter(carried.letters[second])
        if form_of(after.get(first)) != b or form_of(after.get(second)) != a + b:
            continue
        values = {name: Whole(letter(fresh)) for name, fresh in carried.letters.items()}
        place = Meaning(follower, env | values, carried.around or follower.base)
        for part in conjuncts(node.test, place):
            room = _room_above(part, (a, b))
            if room is not None:
                bound = floor_log(room, 2)
                return Trips(bound * 2 + 4 if follower.case == "worst" else bound, room - 1)
    return None


def _room_above(part: Part | list[Part], terms: tuple[Form, ...]) -> Form | None:
    """n of n - a >= 0."""
    if isinstance(part, Part) and part.kind == "above":
        for term in terms:
            rest = part.form + term
            if not rest.letters() & term.letters() and rest.letters():
                return rest
    return None


def _pairs(carried: Carried) -> list[tuple[str, str]]:
    names = [name for name in carried.letters if isinstance(carried.start[name], Whole)]
    return [(first, second) for first in names for second in names if first != second]


def _bubbles(follower: Follower, node: ast.While, env: Environment, carried: Carried) -> Trips | None:
    """while swapped: pass k brings the k-th largest item to its place, so n passes are enough."""
    flag = node.test.operand if isinstance(node.test, ast.UnaryOp) else node.test
    if not isinstance(flag, ast.Name):
        return None
    for loop in (part for part in node.body if isinstance(part, ast.For)):
        for branch in (part for part in loop.body if isinstance(part, ast.If)):
            name = _neighbours(branch.test)
            known = env.get(name)
            if isinstance(known, Listed) and _swaps(branch, name, flag.id):
                length = form_of(env.get(known.length))
                if length is not None:
                    return Trips(length if follower.case == "worst" else ZERO + 1, length - 1)
    return None


def _ones(follower: Follower, node: ast.While, env: Environment, carried: Carried) -> Trips | None:
    """n & (n - 1) is n without its lowest 1: as many passes as n has ones (Kernighan; Wegner 1960)."""
    for statement in node.body:
        name = _without_lowest(statement)
        start = form_of(carried.start.get(name)) if name else None
        if start is not None and ast.unparse(node.test) in (name, f"{name} > 0", f"{name} != 0"):
            worst = floor_log(start, 2) + 1
            return Trips(worst if follower.case == "worst" else ZERO + 1, start - 1)
    return None


def _without_lowest(node: ast.stmt) -> str:
    """n of `n = n & (n - 1)` or `n &= n - 1`, else ""."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            kept = ast.unparse(value)
            return name if kept in (f"{name} & {name} - 1", f"{name} - 1 & {name}") else ""
        case ast.AugAssign(target=ast.Name(id=name), op=ast.BitAnd(), value=value):
            return name if ast.unparse(value) == f"{name} - 1" else ""
    return ""


def _neighbours(test: ast.expr) -> str:
    """a of a[j] > a[j + 1], or ""."""
    match test:
        case ast.Compare(
            left=ast.Subscript(value=ast.Name(id=first), slice=one),
            comparators=[ast.Subscript(value=ast.Name(id=second), slice=other)],
        ) if first == second and ast.dump(one) != ast.dump(other):
            return first
    return ""


def _swaps(branch: ast.If, name: str, flag: str) -> bool:
    """Whether two items of `name` are given values there, and the flag is set."""
    written = [
        part
        for part in ast.walk(branch)
        if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store)
    ]
    owners = [part.value.id for part in written if isinstance(part.value, ast.Name)]
    flags = [part for part in ast.walk(branch) if isinstance(part, ast.Name) and part.id == flag]
    return owners == [name, name] and any(isinstance(part.ctx, ast.Store) for part in flags)


# --- sieves --------------------------------------------------------------------------------------


def sieved(node: ast.If, index: str) -> ast.For | None:
    """The loop over multiples of p in `if prime[p]: for i in range(p * p, n + 1, p)`, else None."""
    match node:
        case ast.If(
            test=ast.Subscript(slice=ast.Name(id=place)),
            body=[ast.For(iter=ast.Call(func=ast.Name(id="range"), args=[_, _, ast.Name(id=step)])) as loop],
            orelse=[],
        ) if place == step == index:
            return loop
    return None


def multiples_of_primes(limit: Form) -> Form:
    """The sum of limit / p over the primes p <= limit, at most: limit log log limit (Mertens 1874)."""
    return limit * (floor_log(floor_log(limit, 2), 2) + 2)
