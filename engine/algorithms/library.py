"""The built-in functions and methods that pasted code may call, each with what it costs.

Every one works on plain values that the interpreter made; none reaches outside. Costs are
charged to the line: what they are is told in `builtin_costs.py`, and a test holds the two together.
"""

# ruff: noqa: ARG001 - many makers behind one signature; not each needs all of it
from __future__ import annotations

import bisect
import heapq
import math
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from engine.algorithms.values import SIZED, CodeFault, Meter, whole

Function = Callable[..., Any]  # (meter, line, *arguments, **keywords) -> value
TYPES: dict[str, type] = {
    "int": int, "float": float, "str": str, "list": list, "tuple": tuple, "dict": dict, "set": set,
    "bool": bool,
}  # fmt: skip


def compares(count: int) -> int:
    """Comparisons of sorting `count` items, as they are counted here: k * ceil(log2 k)."""
    return count * max(count - 1, 0).bit_length()


def hashable(meter: Meter, line: int, key: Any) -> Any:
    if isinstance(key, tuple):
        meter.spend(line, meter.weight(line, key))
    return key


# --- functions -----------------------------------------------------------------------------


def _all(meter: Meter, line: int, items: Iterable[Any]) -> bool:
    return all(meter.stepwise(line, items))


def _any(meter: Meter, line: int, items: Iterable[Any]) -> bool:
    return any(meter.stepwise(line, items))


def _sum(meter: Meter, line: int, items: Iterable[Any], start: Any = 0) -> Any:
    total = start
    for item in meter.stepwise(line, items):
        if isinstance(item, SIZED):
            raise CodeFault("sum adds up numbers here.", "Join lists with extend.", line)
        total = whole(line, total + item)
    return total


def _extreme(choose: Callable[..., Any]) -> Function:
    def extreme(meter: Meter, line: int, *items: Any, **options: Any) -> Any:
        given = meter.taken(line, items[0]) if len(items) == 1 else list(items)
        for item in given:
            meter.compared(line, item, item)
        return choose(given, **options)

    return extreme


def _sorted(meter: Meter, line: int, items: Iterable[Any], **options: Any) -> list[Any]:
    found = list(meter.stepwise(line, items)) if not isinstance(items, SIZED) else meter.taken(line, items)
    sort(meter, line, found, **options)
    return found


def sort(meter: Meter, line: int, items: list[Any], **options: Any) -> None:
    meter.charge(line, compares(len(items)))
    for item in items:
        meter.compared(line, item, item)
    items.sort(**options)


def _list(meter: Meter, line: int, items: Iterable[Any] = ()) -> list[Any]:
    return meter.taken(line, items)


def _tuple(meter: Meter, line: int, items: Iterable[Any] = ()) -> tuple[Any, ...]:
    return tuple(meter.taken(line, items))


def _set(meter: Meter, line: int, items: Iterable[Any] = ()) -> set[Any]:
    return {hashable(meter, line, item) for item in meter.taken(line, items)}


def _dict(meter: Meter, line: int, items: Iterable[Any] = ()) -> dict[Any, Any]:
    if isinstance(items, dict):
        meter.charge(line, len(items))
        return dict(items)
    return {hashable(meter, line, key): value for key, value in meter.taken(line, items)}


def _counter(meter: Meter, line: int, items: Iterable[Any] = ()) -> Counter[Any]:
    return Counter(hashable(meter, line, item) for item in meter.taken(line, items))


def _defaultdict(meter: Meter, line: int, make: Any = None) -> dict[Any, Any]:
    kind = TYPES.get(getattr(make, "name", ""))
    if kind not in (int, list, set, float, dict):
        raise CodeFault(
            "defaultdict is known with int, list, set and dict only.", "Use a plain dictionary.", line
        )
    return defaultdict(kind)


def _deque(meter: Meter, line: int, items: Iterable[Any] = ()) -> deque[Any]:
    return deque(meter.taken(line, items))


def _str(meter: Meter, line: int, value: Any = "") -> str:
    meter.spend(line, meter.weight(line, value))
    text = str(value)
    meter.fits(line, len(text))
    return text


def _int(meter: Meter, line: int, value: Any = 0, base: int | None = None) -> int:
    return whole(line, int(value) if base is None else int(value, base))  # type: ignore[no-any-return] # whole: Any


def _pow(meter: Meter, line: int, base: Any, exponent: Any, modulus: Any = None) -> Any:
    return power(line, base, exponent) if modulus is None else pow(base, exponent, modulus)


def _round(meter: Meter, line: int, value: Any, digits: int | None = None) -> Any:
    if digits is not None and abs(digits) > 20:
        raise CodeFault(f"round to {digits} digits is not read.", "Use at most 20.", line)
    return round(value, digits)


def _range(meter: Meter, line: int, *bounds: Any) -> range:
    return range(*bounds)


def _reversed(meter: Meter, line: int, items: Any) -> Any:
    return reversed(items)


def _enumerate(meter: Meter, line: int, items: Any, start: int = 0) -> Any:
    return enumerate(items, start)


def _zip(meter: Meter, line: int, *items: Any) -> Any:
    return zip(*items, strict=False)


def _map(meter: Meter, line: int, function: Any, *items: Any) -> Any:
    return map(function, *items)


def _filter(meter: Meter, line: int, function: Any, items: Any) -> Any:
    return filter(function, items)


def _isinstance(meter: Meter, line: int, value: Any, kind: Any) -> bool:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    found = [TYPES.get(getattr(one, "name", "")) for one in kinds]
    return any(one is not None and isinstance(value, one) for one in found)


def _print(meter: Meter, line: int, *values: Any, **options: Any) -> None:
    """Its output is dropped."""


def _plain(function: Callable[..., Any]) -> Function:
    """A function of numbers or of one value, of constant cost."""

    def plain(meter: Meter, line: int, *arguments: Any) -> Any:
        return whole(line, function(*arguments))

    return plain


def _comb(meter: Meter, line: int, n: int, k: int) -> int:
    if n > 5000:
        raise CodeFault(f"comb of {n} is too large here.", "Use at most 5,000.", line)
    return math.comb(n, k)


def _factorial(meter: Meter, line: int, n: int) -> int:
    if n > 1000:
        raise CodeFault(f"The factorial of {n} is too large here.", "Use at most 1,000.", line)
    return math.factorial(n)


def _push(meter: Meter, line: int, heap: list[Any], item: Any) -> None:
    meter.compared(line, item, item)
    meter.charge(line, len(heap).bit_length())
    heapq.heappush(heap, item)


def _pop_heap(meter: Meter, line: int, heap: list[Any]) -> Any:
    meter.charge(line, max(len(heap) - 1, 0).bit_length())
    return heapq.heappop(heap)


def _heapify(meter: Meter, line: int, heap: list[Any]) -> None:
    meter.charge(line, len(heap))
    heapq.heapify(heap)


def _bisect(search: Callable[..., int]) -> Function:
    def found(meter: Meter, line: int, items: Sequence[Any], value: Any) -> int:
        meter.charge(line, len(items).bit_length())
        return search(items, value)

    return found


FUNCTIONS: dict[str, Function] = {
    "abs": _plain(abs), "all": _all, "any": _any, "bool": _plain(bool), "chr": _plain(chr), "dict": _dict,
    "divmod": _plain(divmod), "enumerate": _enumerate, "filter": _filter, "float": _plain(float), "int": _int,
    "isinstance": _isinstance, "len": _plain(len), "list": _list, "map": _map, "max": _extreme(max),
    "min": _extreme(min), "ord": _plain(ord), "pow": _pow, "print": _print, "range": _range,
    "reversed": _reversed, "round": _round, "set": _set, "sorted": _sorted, "str": _str, "sum": _sum,
    "tuple": _tuple, "zip": _zip,
}  # fmt: skip

IMPORTED: dict[str, Any] = {
    "math.ceil": _plain(math.ceil), "math.comb": _comb, "math.e": math.e, "math.factorial": _factorial,
    "math.floor": _plain(math.floor), "math.gcd": _plain(math.gcd), "math.inf": math.inf,
    "math.isqrt": _plain(math.isqrt), "math.log": _plain(math.log), "math.log10": _plain(math.log10),
    "math.log2": _plain(math.log2), "math.pi": math.pi, "math.pow": _plain(math.pow),
    "math.sqrt": _plain(math.sqrt), "collections.deque": _deque, "collections.Counter": _counter,
    "collections.defaultdict": _defaultdict, "heapq.heapify": _heapify, "heapq.heappop": _pop_heap,
    "heapq.heappush": _push, "bisect.bisect": _bisect(bisect.bisect),
    "bisect.bisect_left": _bisect(bisect.bisect_left), "bisect.bisect_right": _bisect(bisect.bisect_right),
}  # fmt: skip


# --- operators that may become large -------------------------------------------------------


def power(line: int, base: Any, exponent: Any) -> Any:
    """base ** exponent, refused before it is worked out where it has too many digits."""
    if isinstance(base, int) and isinstance(exponent, int) and exponent > 0:
        if base.bit_length() * exponent > 20_000:
            raise CodeFault("A power here has more than 3,000 digits.", "Try a smaller size.", line)
        return whole(line, base**exponent)
    return base**exponent


def product(meter: Meter, line: int, first: Any, second: Any) -> Any:
    """first * second; a list times a number costs its length."""
    if isinstance(second, SIZED):
        first, second = second, first
    if not isinstance(first, SIZED):
        return whole(line, first * second)
    if not isinstance(second, int) or isinstance(first, set | dict | range):
        raise CodeFault("These two cannot be multiplied.", "Multiply numbers, or a list with a number.", line)
    length = len(first) * max(second, 0)
    meter.fits(line, length)
    meter.charge(line, length)
    return first * second


def total(meter: Meter, line: int, first: Any, second: Any) -> Any:
    """first + second; joining lists or texts costs both lengths."""
    if isinstance(first, SIZED) and isinstance(second, SIZED):
        length = len(first) + len(second)
        meter.fits(line, length)
        meter.charge(line, length)
    return whole(line, first + second)


def shifted(line: int, first: Any, second: Any) -> Any:
    if isinstance(first, int) and isinstance(second, int) and first.bit_length() + second > 20_000:
        raise CodeFault("A number here has more than 3,000 digits.", "Try a smaller size.", line)
    return whole(line, first << second)


def contains(meter: Meter, line: int, item: Any, items: Any) -> bool:
    """item in items: a list or tuple is gone through up to where it stands; a text as a whole."""
    if isinstance(items, list | tuple | deque):
        for other in items:
            meter.charge(line, 1)
            meter.compared(line, item, other)
            if other is item or other == item:
                return True
        return False
    if isinstance(items, range) and not isinstance(item, int):
        meter.charge(line, len(items))
    if isinstance(items, str):
        meter.charge(line, len(items))
    if isinstance(items, set | dict):
        hashable(meter, line, item)
    return item in items


def remainder(line: int, first: Any, second: Any) -> Any:
    """first % second, of numbers."""
    if isinstance(first, str):
        raise CodeFault("Formatting a text with % is not read.", "Leave it out, or join texts with +.", line)
    return whole(line, first % second)
