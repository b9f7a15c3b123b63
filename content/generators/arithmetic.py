"""Sequences, series, recurrences and other sums, computed term by term.

Value names are listed in FORMAT.md, those of the later ones here (given; computed; typical wrong values):

geometric_sum
    n; total = 1 + 2 + 4 + ... + 2^(n-1), last = 2^(n-1); total_power (= 2^n), total_one_short (a term less),
    total_ones (= n)
list_names
    entries p q, appended r; texts alias (what a second name prints), copy (what a slice prints),
    replaced (only the new entry), doubled (the new entry twice)

Knows no question texts.
"""

from __future__ import annotations

import math

from content.generators.domain import Generator, OneOf, Span
from content.placeholders import Values

_SMALL = Span(1, 9)


def _recurrence(a: int, c: int, t: int, n: int) -> Values:
    values = [t]
    for _ in range(n):
        values.append(a * values[-1] + c)
    return {
        "value": values[-1],
        "trace": ", ".join(map(str, values)),
        "previous": values[-2],
        "power_value": a**n * t,
        "value_linear": t + n * c,
        "power_value_short": a ** (n - 1) * t,
        "power_value_alone": a**n,
        "power_value_times": a * n * t,
    }


def _array_address(base: int, size: int, index: int) -> Values:
    return {
        "offset": index * size,
        "address": base + index * size,
        "offset_from_one": (index - 1) * size,
        "offset_sum": index + size,
        "address_from_one": base + (index - 1) * size,
    }


def _series(a: int, d: int, n: int) -> Values:
    terms = [a + k * d for k in range(n)]
    return {
        "start": ", ".join(map(str, terms[:3])),
        "second": terms[1],
        "term": terms[-1],
        "total": sum(terms),
        "squares": sum(k * k for k in range(1, n + 1)),
        "squares_of_sum": sum(range(1, n + 1)) ** 2,
        "squares_last": n * n,
        "squares_short": sum(k * k for k in range(1, n)),
        "term_one_more": a + n * d,
        "total_without_half": n * (a + terms[-1]),
        "total_of_ends": a + terms[-1],
    }


def _growth(percent: int, now: int) -> Values:
    factor = (100 + percent) / 100
    return {
        "factor": factor,
        "before": now / factor,
        "before_wrong_way": now * (100 - percent) / 100,
        "before_grown": now * (100 + percent) / 100,
    }


def _fractions(p: int, q: int, r: int, s: int) -> Values:
    numerator = p * s + r * q
    return {
        "numerator": numerator,
        "denominator": q * s,
        "value": numerator / (q * s),
        "value_of_sums": (p + r) / (q + s),
    }


def _proper(p: int, q: int, r: int, s: int) -> bool:
    return math.gcd(p, q) == 1 and math.gcd(r, s) == 1 and q != s


def _factorial(n: int) -> Values:
    return {
        "value": math.prod(range(1, n + 1)),
        "product": r" \cdot ".join(map(str, range(n, 0, -1))),
        "value_sum": sum(range(1, n + 1)),
        "value_power": n**n,
        "value_short": math.prod(range(1, n)),
    }


def _robot(up: int, down: int, right: int, left: int) -> Values:
    x, y = right - left, up - down
    return {
        "x": x,
        "y": y,
        "distance": math.sqrt(x * x + y * y),
        "distance_walked": up + down + right + left,
        "distance_corner": abs(x) + abs(y),
    }


def _moves_away(up: int, down: int, right: int, left: int) -> bool:
    return up != down and right != left


def _ln_series(x: float, terms: int) -> Values:
    ratio = (x - 1) / x
    parts = [ratio**k / k for k in range(1, terms + 2)]
    return {
        "value": sum(parts[:-1]),
        "ln": math.log(x),
        "first": ratio,
        "value_one_more": sum(parts),
        "value_halves": ratio + sum(ratio**k / 2 for k in range(2, terms + 1)),
    }


def _geometric_sum(n: int) -> Values:
    powers = [2**k for k in range(n)]
    return {
        "total": sum(powers),
        "last": powers[-1],
        "total_power": 2**n,
        "total_one_short": sum(powers[:-1]),
        "total_ones": n,
    }


def _list_names(p: int, q: int, r: int) -> Values:
    a = [p, q]
    b, c = a, a[:]
    a.append(r)
    return {"alias": str(b), "copy": str(c), "replaced": str([r]), "doubled": str([p, q, r, r])}


_MOVES = dict.fromkeys(("up", "down", "right", "left"), _SMALL)

GENERATORS = (
    Generator(
        "recurrence_value",
        {"a": Span(2, 5), "c": Span(-3, 5, zero=False), "t": Span(1, 4), "n": Span(3, 6)},
        _recurrence,
    ),
    Generator(
        "array_address",
        {"base": Span(1000, 9000, step=100), "size": OneOf((2, 4, 8, 16)), "index": Span(5, 99)},
        _array_address,
    ),
    Generator("series_sum", {"a": Span(1, 20), "d": Span(2, 12), "n": Span(5, 20)}, _series),
    Generator("growth_percent", {"percent": Span(2, 40), "now": Span(1000, 50_000, step=500)}, _growth),
    Generator(
        "fraction_sum", {"p": _SMALL, "q": Span(2, 9), "r": _SMALL, "s": Span(2, 9)}, _fractions, _proper
    ),
    Generator("factorial", {"n": Span(3, 12)}, _factorial),
    Generator("robot_distance", _MOVES, _robot, _moves_away),
    Generator("geometric_sum", {"n": Span(4, 20)}, _geometric_sum),
    Generator(
        "list_names", {"p": _SMALL, "q": _SMALL, "r": _SMALL}, _list_names, lambda p, q, r: p != q != r
    ),
    Generator("ln_series", {"x": Span(12, 40, places=1), "terms": Span(2, 6)}, _ln_series),
)
