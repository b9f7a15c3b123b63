"""Variables that a loop carries from pass to pass, as forms in the number of passes so far.

The body is followed once with a fresh letter for each of them; what comes out, in terms of what went in,
says how it goes on: plus something, times a number, halved, squared. Where branches differ, all ways
through the body are kept, for `whiles.py` to find what they have in common.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.algorithms.carried import MAX_WAYS, Carried, Loop, Way
from engine.algorithms.conditions import Part, conjuncts, tested
from engine.algorithms.counts import NEVER, Around, Unsolved
from engine.algorithms.courses import resolve
from engine.algorithms.forms import ONE, Form, as_form, letter
from engine.algorithms.known import DATA, Environment, Known, Listed, Real, Span, Whole
from engine.algorithms.meaning import Meaning

if TYPE_CHECKING:
    from engine.algorithms.following import Follower


# --- ways through a body -----------------------------------------------------------------------


def ways_through(
    follower: Follower,
    body: Sequence[ast.stmt],
    env: Environment,
    around: Around,
    skipped: frozenset[ast.While] = frozenset(),
) -> list[Way]:
    """All ways through `body`, a branch for each outcome that is possible. Raises Unsolved for too many."""
    from engine.algorithms.flow import Flow, Stuck

    if not body:
        return [Way(env, "on")]
    first, rest = body[0], body[1:]
    if isinstance(first, ast.If):
        return _branches(follower, first, rest, env, around, skipped)
    if first not in skipped:
        flow = Flow(env)
        try:
            follower.statement(first, flow, around, ())
        except (Unsolved, Stuck):
            flow.env |= dict.fromkeys(_assigned(first), DATA)
        if flow.end != "on":
            return [Way(flow.env, flow.end)]
        env = flow.env
    return ways_through(follower, rest, env, around, skipped)


def _branches(
    follower: Follower,
    node: ast.If,
    rest: Sequence[ast.stmt],
    env: Environment,
    around: Around,
    skipped: frozenset[ast.While],
) -> list[Way]:
    test = tested(node.test, Meaning(follower, dict(env), around))
    bodies = list[list[ast.stmt]]()
    if test.open or test.yes != NEVER:
        bodies.append([*node.body, *rest])
    if test.open or test.no != NEVER:
        bodies.append([*node.orelse, *rest])
    found = list[Way]()
    for body in bodies:
        found += ways_through(follower, body, dict(env), around, skipped)
        if len(found) > MAX_WAYS:
            raise Unsolved("there are too many ways through it")
    return found


def _assigned(node: ast.AST) -> list[str]:
    found = dict[str, None]()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found[part.id] = None
    return list(found)


def touched(node: Loop) -> list[str]:
    """Variables and lists that the body changes."""
    found = dict[str, None]()
    for statement in node.body:
        for name in _assigned(statement):
            found[name] = None
    return list(found)


def grown(node: Loop, env: Environment) -> list[str]:
    """Places of the lengths of lists that the body may change."""
    found = dict[str, None]()
    for part in ast.walk(node):
        owners: list[ast.expr] = []
        match part:
            case ast.Call(func=func, args=values):
                owners = [*values[:1], *([func.value] if isinstance(func, ast.Attribute) else [])]
            case ast.AugAssign(target=target):
                owners = [target]
            case ast.Assign(targets=[ast.Subscript(value=value)]):
                owners = [value]
        for owner in owners:
            known = env.get(owner.id) if isinstance(owner, ast.Name) else None
            if isinstance(known, Listed):
                found[known.length] = None
                if isinstance(known.item, Listed):
                    found[known.item.length] = None
    return list(found)


# --- what is carried ---------------------------------------------------------------------------


def carried_through(
    follower: Follower, node: Loop, env: Environment, around: Around, time: Form, index: str
) -> Carried:
    """What the body of `node` carries; `around` is inside the loop, `env` holds its target."""
    target = set(_assigned(node.target)) if isinstance(node, ast.For) else set[str]()
    names = [name for name in touched(node) if name not in target] + grown(node, env)
    carried = Carried({name: env[name] for name in names if name in env})
    for name in list(names):
        value = env.get(name)
        if isinstance(value, Listed) and name in _assigned_in(
            node
        ):  # by its name: it may be a new list each time
            own = f"#{name}@"
            env[own] = env.get(value.length, DATA)
            env[name] = Listed(own, value.kind)  # its items may be others each time
            names += [own] if own not in names else []
            carried.start |= {own: env[own], name: env[name]}
            carried.during[name] = env[name]
    inner, inside = dict(env), around
    for name in names:
        value = _one_end(follower, env.get(name), carried, name)
        if name.startswith("#") or name in follower.relevant:
            fresh = f"{name}'"
            if isinstance(value, Whole) or (isinstance(value, Real) and value.kind == "plain"):
                carried.letters[name] = fresh
                inner[name] = Whole(letter(fresh)) if isinstance(value, Whole) else Real(letter(fresh))
                inside = inside.inside(fresh, ONE, _large(follower))
            elif not isinstance(value, Listed | Span):
                inner[name] = DATA
        elif not isinstance(value, Listed):
            inner[name] = DATA
    carried.around = inside
    if carried.letters:
        inside = _where_it_goes_on(follower, node, inner, inside)
        carried.around = inside
        case, decided, inexact = follower.case, set(follower.decided), follower.inexact
        carried.ways = [_by_name(way, env) for way in ways_through(follower, node.body, dict(inner), inside)]
        follower.case, follower.decided, follower.inexact = case, decided, inexact
        resolve(carried, time, index)
    _fill(carried, names, env)
    unresolved = [
        name for name in carried.letters if name not in carried.rules and name not in carried.rooted
    ]
    if unresolved:
        from engine.algorithms.sharing import look_for_shared  # which follows ways as well

        look_for_shared(follower, node, inner, inside, carried, unresolved, index)
    return carried


def _one_end(follower: Follower, value: Known | None, carried: Carried, name: str) -> Known | None:
    """Of a number that lies between two forms, the end that `follower.ends` takes."""
    if not isinstance(value, Span):
        return value
    end = value.low if follower.ends == "low" else value.high
    if end is None:
        return value
    carried.start[name] = Whole(end)
    carried.spanned = True
    return Whole(end)


def _assigned_in(node: Loop) -> set[str]:
    """Names that the body gives a value to, += of lists aside."""
    found = set[str]()
    for statement in node.body:
        for part in ast.walk(statement):
            if isinstance(part, ast.Assign | ast.For):
                targets = part.targets if isinstance(part, ast.Assign) else [part.target]
                found |= {
                    one.id
                    for target in targets
                    for one in ast.walk(target)
                    if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
                }
    return found


def _by_name(way: Way, env: Environment) -> Way:
    """A way's end with each list that is carried by its name back under it."""
    out = dict(way.env)
    for name, value in env.items():
        if isinstance(value, Listed) and value.length == f"#{name}@":
            now = out.get(name)
            out[value.length] = out.get(now.length, DATA) if isinstance(now, Listed) else DATA
    return Way(out, way.end)


def _large(follower: Follower) -> Form:
    names = sorted({name for sizes in follower.base.sizes for name in sizes})
    return letter(names[0]) if names else as_form(30)


def _where_it_goes_on(follower: Follower, node: Loop, env: Environment, around: Around) -> Around:
    """`around` without the sample points where a while loop has ended."""
    if not isinstance(node, ast.While):
        return around
    parts = conjuncts(node.test, Meaning(follower, dict(env), around))
    forms = [part.form for part in parts if isinstance(part, Part) and part.kind == "above"]
    kept = tuple(point for point in around.points if all(_not_below(form, point) for form in forms))
    if kept:
        made = object.__new__(Around)
        object.__setattr__(made, "sizes", around.sizes)
        object.__setattr__(made, "loops", around.loops)
        object.__setattr__(made, "points", kept)
        return made
    return around


def _not_below(form: Form, point: dict[str, int]) -> bool:
    try:
        return form.value(point) >= 0
    except (ValueError, ZeroDivisionError, KeyError):
        return True


def _fill(carried: Carried, names: list[str], env: Environment) -> None:
    """What each pass may know of the variables."""
    for name in names:
        rule = carried.rules.get(name)
        if rule is not None:
            carried.during[name] = rule.during
        elif name in carried.letters or not isinstance(env.get(name), Listed):
            carried.during[name] = DATA
