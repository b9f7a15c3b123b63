"""What the built-in functions and methods give, and cost, where lengths are letters.

The counterpart of `library.py`, which works on real values: a test holds the costs of the two
against each other. Each function takes the place it stands at, what is known of its arguments, the node.
"""

# ruff: noqa: ARG001 - many functions behind one signature; not each needs all of it
from __future__ import annotations

import ast
from collections.abc import Callable

from engine.algorithms.arithmetic import rounded
from engine.algorithms.counts import Unsolved
from engine.algorithms.forms import ONE, ZERO
from engine.algorithms.functions import floor_log
from engine.algorithms.known import (
    DATA,
    Iterated,
    Known,
    Listed,
    Real,
    Several,
    Span,
    Steps,
    Whole,
    bounds,
    either,
    form_of,
    number,
)
from engine.algorithms.meaning import Meaning

Function = Callable[[Meaning, list[Known], ast.Call], Known]
Method = Callable[[Meaning, Known, list[Known], ast.Call], Known]


def _range(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    first, second, third = (*values, None, None, None)[:3]
    start, stop = (number(0), first) if second is None else (first, second)
    step = form_of(third) if third is not None else ONE
    start, stop = (rounded(v) if isinstance(v, Real) else v for v in (start or DATA, stop or DATA))
    low, high = form_of(start), form_of(stop)
    if low is not None and high is not None and step is not None and step.whole != 0:
        return Steps(low, high, step)
    size = step.whole if step is not None else None
    if size is None:
        return DATA
    minus = (
        place.combine(ast.Sub(), stop, start, node)
        if size > 0
        else place.combine(ast.Sub(), start, stop, node)
    )
    more = place.combine(ast.Add(), minus, number(abs(size) - 1), node)
    count = place.combine(ast.FloorDiv(), more, number(abs(size)), node)
    return Iterated(_not_negative(place, count), _between(place, start, stop))


def _between(place: Meaning, start: Known, stop: Known) -> Known:
    low, _ = bounds(start)
    _, high = bounds(stop)
    return Span(low, high - 1 if high is not None else None)


def _not_negative(place: Meaning, count: Known) -> Known:
    low, high = bounds(count)
    if high is None:
        return DATA
    return Span(low if low is not None and place.around.sign(low) == 1 else ZERO, high)


def _len(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    return place.length(values[0]) if values else DATA


def _goes_through(kind: str) -> Function:
    """A new list or set of all items."""

    def made(place: Meaning, values: list[Known], node: ast.Call) -> Known:
        if not values:
            return place.made(node, ZERO, kind)
        length = place.length(values[0])
        place.spend(length)
        item = values[0].item if isinstance(values[0], Listed | Iterated) else None
        if kind in ("set", "dict"):
            _, high = bounds(length)
            return place.made(node, Span(ZERO, high), kind)
        return place.made(node, length, kind, item if isinstance(item, Listed | Several) else None)

    return made


def _summing(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    if values:
        place.spend(place.length(values[0]))
    return DATA


def _any_all(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    if values:
        place.search(place.length(values[0]))
    return DATA


def _extreme(sign: int) -> Function:
    def extreme(place: Meaning, values: list[Known], node: ast.Call) -> Known:
        if len(values) == 1:
            place.spend(place.length(values[0]))
            return DATA
        found = values[0]
        for value in values[1:]:
            found = _larger(place, found, value, sign)
        return found

    return extreme


def _larger(place: Meaning, first: Known, second: Known, sign: int) -> Known:
    a, b = form_of(first), form_of(second)
    if a is not None and b is not None:
        order = place.around.sign((a - b) * sign)
        if order is not None:
            return first if order == 1 else second
        return either(first, second, place.around)
    return either(first, second, place.around)


def _sort_cost(place: Meaning, length: Known) -> None:
    """k ceil(log2 k), as `library.compares` counts it."""
    low, high = bounds(length)
    size = low if place.follower.case == "best" else high
    if size is None:
        raise Unsolved("the length of what it sorts is not known")
    place.work = place.work + size
    if place.around.sign(size - 2) == 1:
        place.work = place.work + size * (floor_log(size - 1, 2) + 1)


def _sorted(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    length = place.length(values[0]) if values else DATA
    _sort_cost(place, length)
    return place.made(node, length)


def _int(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    return rounded(values[0]) if values else number(0)


def _ceil(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    return rounded(values[0], up=True) if values else DATA


def _root(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    form = form_of(values[0]) if values else None
    return Real(form, "root", 2) if form is not None else DATA


def _whole_root(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    return rounded(_root(place, values, node))


def _log(base: int) -> Function:
    def log(place: Meaning, values: list[Known], node: ast.Call) -> Known:
        form = form_of(values[0]) if values else None
        size = form_of(values[1]) if len(values) > 1 else None
        own = size.whole if size is not None and size.whole is not None else base
        return Real(form, "log", own) if form is not None else DATA

    return log


def _pow(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    return place.combine(ast.Pow(), values[0], values[1], node) if len(values) == 2 else DATA


def _abs(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    form = form_of(values[0]) if values else None
    sign = place.around.sign(form) if form is not None else None
    return Whole(form * sign) if form is not None and sign is not None else DATA


def _enumerate(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    if not values:
        return DATA
    item = values[0].item if isinstance(values[0], Listed | Iterated) else None
    return Iterated(place.length(values[0]), Several((DATA, item or DATA)), numbered=len(values) == 1)


def _zip(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    if not values:
        return DATA
    count = place.length(values[0])
    for value in values[1:]:
        count = _larger(place, count, place.length(value), -1)
    return Iterated(count, DATA)


def _reversed(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    if values and isinstance(values[0], Steps):
        steps = values[0]
        if steps.step.whole == 1:
            return Steps(steps.stop - 1, steps.start - 1, -ONE)
    item = values[0].item if values and isinstance(values[0], Listed) else None
    return Iterated(place.length(values[0]), item or DATA) if values else DATA


def _mapped(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    return Iterated(place.length(values[-1]), DATA) if len(values) > 1 else DATA


def _filtered(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    _, high = bounds(place.length(values[-1])) if len(values) > 1 else (None, None)
    return Iterated(Span(ZERO, high), DATA) if high is not None else DATA


def _heap(place: Meaning, values: list[Known], change: int) -> None:
    """bit_length of the heap's size."""
    owner = values[0] if values else DATA
    length = place.length(owner)
    low, high = bounds(length)
    size = low if place.follower.case == "best" else high
    if size is None:
        raise Unsolved("the length of the heap is not known")
    if place.around.sign(size - 1) == 1:
        place.work = place.work + floor_log(size, 2) + 1
    if isinstance(owner, Listed):
        place.env[owner.length] = place.combine(ast.Add(), length, number(change), ast.Pass())


def _heappush(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    _heap(place, values, 1)
    return DATA


def _heappop(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    _heap(place, values, -1)
    return DATA


def _bisect(place: Meaning, values: list[Known], node: ast.Call) -> Known:
    _, high = bounds(place.length(values[0])) if values else (None, None)
    if high is None:
        raise Unsolved("the length of what it searches is not known")
    place.work = place.work + floor_log(high, 2) + 1
    return Span(ZERO, high)


def _empty(kind: str) -> Function:
    def made(place: Meaning, values: list[Known], node: ast.Call) -> Known:
        return place.made(node, ZERO, kind)

    return made


FUNCTIONS: dict[str, Function] = {
    "range": _range, "len": _len, "list": _goes_through("list"), "tuple": _goes_through("list"),
    "set": _goes_through("set"), "dict": _goes_through("dict"), "Counter": _goes_through("dict"),
    "deque": _goes_through("deque"), "defaultdict": _empty("dict"), "sum": _summing, "any": _any_all,
    "all": _any_all, "max": _extreme(1), "min": _extreme(-1), "sorted": _sorted, "int": _int, "floor": _int,
    "ceil": _ceil, "sqrt": _root, "isqrt": _whole_root, "log2": _log(2), "log10": _log(10), "log": _log(0),
    "pow": _pow, "abs": _abs, "enumerate": _enumerate, "zip": _zip, "reversed": _reversed, "map": _mapped,
    "filter": _filtered, "heappush": _heappush, "heappop": _heappop, "heapify": _summing,
    "bisect": _bisect, "bisect_left": _bisect, "bisect_right": _bisect,
}  # fmt: skip


# --- methods -------------------------------------------------------------------------------


def _grow(change: int) -> Method:
    def grown(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
        if isinstance(owner, Listed):
            length = place.length(owner)
            if owner.kind in ("set", "dict"):
                low, high = bounds(length)
                place.env[owner.length] = Span(low, high + 1 if high is not None else None)
            else:
                place.env[owner.length] = place.combine(ast.Add(), length, number(change), node)
        return owner.item or DATA if isinstance(owner, Listed) else DATA

    return grown


def _appended(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    return _grow(1)(place, owner, values, node)


def _popped(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    if values and isinstance(owner, Listed) and owner.kind == "list":
        _shifting(place, owner, values[0])
    if isinstance(owner, Listed) and owner.kind in ("set", "dict"):
        return DATA
    return _grow(-1)(place, owner, values, node)


def _inserted(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    if isinstance(owner, Listed):
        _shifting(place, owner, values[0] if values else DATA)
    return _grow(1)(place, owner, values, node)


def _shifting(place: Meaning, owner: Listed, at: Known) -> None:
    """insert(i, x) and pop(i) move all that stands behind i."""
    length = place.length(owner)
    spot = form_of(at)
    if spot is not None and spot.whole is not None and spot.whole < 0:
        place.work = place.work + (-spot.whole)
        return
    behind = place.combine(ast.Sub(), length, at, ast.Pass())
    low, high = bounds(behind)
    if high is None:
        _, high = bounds(length)
        low = ZERO
    place.spend(
        Span(low if low is not None and place.around.sign(low) == 1 else ZERO, high)
        if low != high
        else behind
    )


def _whole_list(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    length = place.length(owner)
    place.spend(length)
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name == "clear" and isinstance(owner, Listed):
        place.env[owner.length] = number(0)
        return DATA
    if name in ("copy", "lower", "upper", "swapcase", "title") and isinstance(owner, Listed):
        return place.made(node, length, owner.kind, owner.item)
    if name == "split" and not values:
        _, high = bounds(length)
        return place.made(node, Span(ZERO, high))
    return DATA


def _searching(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    if isinstance(owner, Listed) and owner.kind == "set":  # found by its hash
        return _popped(place, owner, [], node)
    place.search(place.length(owner))
    if isinstance(node.func, ast.Attribute) and node.func.attr == "remove":
        return _grow(-1)(place, owner, values, node)
    _, high = bounds(place.length(owner))
    return Span(ZERO, high) if high is not None else DATA


def _counting(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    place.spend(place.length(owner))
    return DATA


def _extended(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    more = place.length(values[0]) if values else number(0)
    place.spend(more)
    if isinstance(owner, Listed):
        place.env[owner.length] = place.combine(ast.Add(), place.length(owner), more, node)
    return DATA


def _sorting(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    length = place.length(owner)
    low, high = bounds(length)
    size = low if place.follower.case == "best" else high
    if size is None:
        raise Unsolved("the length of what it sorts is not known")
    if place.around.sign(size - 2) == 1:
        place.work = place.work + size * (floor_log(size - 1, 2) + 1)
    return DATA


def _texts_joined(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    length = place.length(values[0]) if values else DATA
    place.spend(length)
    return place.made(node, length, "str")


def _entries(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    return Iterated(place.length(owner), DATA)


def _free(place: Meaning, owner: Known, values: list[Known], node: ast.Call) -> Known:
    return DATA


def _each(names: str, method: Method) -> dict[str, Method]:
    return dict.fromkeys(names.split(), method)


METHODS: dict[str, Method] = (
    _each("append appendleft add", _appended)
    | _each("pop popleft", _popped)
    | {"insert": _inserted, "extend": _extended, "extendleft": _extended, "update": _extended}
    | {"sort": _sorting, "join": _texts_joined, "count": _counting}
    | _each("index remove find", _searching)
    | _each("keys values items", _entries)
    | _each(
        "copy clear reverse lower upper strip lstrip rstrip split startswith endswith replace swapcase title "
        "isalnum isalpha isdigit isspace isupper islower union intersection difference issubset issuperset",
        _whole_list,
    )
)
