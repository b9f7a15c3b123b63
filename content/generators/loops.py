"""Step counts of small programs, found by running the loop and counting. No formulas of growth here.

Value names are listed in FORMAT.md, those of the later ones here (given; computed; typical wrong numbers):

doubled
    k; value of the k-th doubling of 1; value_next (one doubling more), value_linear (= 2k), value_square
fib_time
    n; calls of naive fib(n), seconds at ten million calls a second; seconds_power (of 2^n calls),
    seconds_of_value (of F_n calls)
loop_class
    the number `loop` of a small program; text code, its class right, why, three other classes wrong1..3 and
    what they would need, why_wrong1..3

Knows no question texts.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations

from content.generators.domain import Generator, Span
from content.placeholders import Values
from content.seeds import keyed


def _doublings(start: int, n: int) -> list[int]:
    """The values of i in `i = start; while i <= n: i = 2*i`."""
    values = []
    i = start
    while i <= n:
        values.append(i)
        i = 2 * i
    return values


def _halvings(n: int, end: int) -> list[int]:
    """n, n // 2, ... as long as it is above `end`."""
    values = []
    while n > end:
        values.append(n)
        n = n // 2
    return values


def _log_loop(n: int) -> Values:
    run = _doublings(1, n)
    return {
        "steps": len(run),
        "last": run[-1],
        "steps_from_2": len(_doublings(2, n)),
        "log2": math.log2(n),
        "steps_linear": n,
        "steps_half": n // 2,
    }


def _halving_loop(n: int) -> Values:
    return {
        "steps": len(_halvings(n, 1)),
        "steps_to_zero": len(_halvings(n, 0)),
        "trace": ", ".join(map(str, _halvings(n, 0))),
        "steps_linear": n,
        "steps_half": n // 2,
    }


def _nlogn_loop(n: int) -> Values:
    inner = len(_doublings(2, n))
    steps = sum(1 for _ in range(n // 2, n + 1) for _ in _doublings(2, n))
    return {
        "half": n // 2,
        "outer": len(range(n // 2, n + 1)),
        "inner": inner,
        "steps": steps,
        "steps_exclusive": sum(1 for _ in range(n // 2, n) for _ in _doublings(2, n)),
        "steps_all_rows": n * inner,
        "steps_added": len(range(n // 2, n + 1)) + inner,
    }


def _nested_loops(n: int, m: int) -> Values:
    return {
        "steps": sum(1 for _ in range(n) for _ in range(m)),
        "steps_sequence": sum(1 for _ in range(n)) + sum(1 for _ in range(m)),
        "steps_square": n * n,
    }


def _triangular_loop(n: int) -> Values:
    return {
        "steps": sum(1 for i in range(n) for _ in range(i)),
        "steps_diagonal": sum(1 for i in range(n) for _ in range(i + 1)),
        "steps_square": n * n,
        "steps_linear": 2 * n,
    }


def _digit_count(length: int, drawn: int) -> Values:
    lowest = 10 ** (length - 1)
    n = lowest + drawn % (9 * lowest)  # all lengths alike; most of the numbers up to a limit are long
    digits, rests, rest = [], [], n
    while rest:
        digits.append(rest % 10)
        rests.append(rest)
        rest = rest // 10
    return {
        "n": n,
        "digits": len(digits),
        "digit_sum": sum(digits),
        "last_digit": n % 10,
        "rest": n // 10,
        "trace": ", ".join(map(str, rests)),
        "digits_short": len(digits) - 1,
        "digit_product": math.prod(digits),
    }


def _mids(square: int, high: int) -> list[int]:
    """The numbers that binary search for the root of `square` in 1..high tries."""
    low, tried = 1, []
    while low <= high:
        tried.append((low + high) // 2)
        if tried[-1] ** 2 == square:
            break
        if tried[-1] ** 2 < square:
            low = tried[-1] + 1
        else:
            high = tried[-1] - 1
    return tried


def _binary_search(root: int, high: int) -> Values:
    square = root * root
    tried = _mids(square, high)
    return {
        "square": square,
        "low": 1,
        "probes": len(tried),
        "trace": ", ".join(map(str, tried)),
        "first": tried[0],
        "second": tried[1],
        "most_probes": max(len(_mids(candidate**2, high)) for candidate in range(1, high + 1)),
        "probes_linear": root,
        "probes_half": high // 2,
    }


def _needs_two_probes(root: int, high: int) -> bool:
    return root <= high and len(_mids(root * root, high)) > 1


def _fib(n: int, called: Callable[[], None]) -> int:
    """Naive recursion, as in the notes; every call is reported."""
    called()
    return n if n < 2 else _fib(n - 1, called) + _fib(n - 2, called)


def _fib_calls(n: int) -> Values:
    calls = 0

    def called() -> None:
        nonlocal calls
        calls += 1

    fib = _fib(n, called)
    return {
        "calls": calls,
        "fib": fib,
        "fib_next": _fib(n + 1, lambda: None),
        "calls_power": 2**n,
        "calls_short": calls - 1,
        "calls_double": 2 * n - 1,
    }


def _power_set(n: int, k: int) -> Values:
    sizes = [sum(1 for _ in combinations(range(n), size)) for size in range(n + 1)]
    return {
        "subsets": sum(sizes),
        "of_size_k": sizes[k],
        "subsets_square": n * n,
        "subsets_double": 2 * n,
        "subsets_nonempty": sum(sizes) - 1,
        "copied": sum(size * many for size, many in enumerate(sizes)),
        "copied_full": n * sum(sizes),
        "copied_one_each": sum(sizes),
    }


def _doubled(k: int) -> Values:
    value = _doublings(2, 2**k)[k - 1]
    return {"value": value, "value_next": 2 * value, "value_linear": 2 * k, "value_square": k * k}


def _fib_time(n: int) -> Values:
    values = [0, 1]
    calls = [1, 1]
    while len(calls) <= n:
        values.append(values[-1] + values[-2])
        calls.append(calls[-1] + calls[-2] + 1)
    return {
        "calls": calls[n],
        "seconds": calls[n] / _CALLS_A_SECOND,
        "seconds_power": 2**n / _CALLS_A_SECOND,
        "seconds_of_value": values[n] / _CALLS_A_SECOND,
    }


def _loop_class(loop: int) -> Values:
    code, right, why = _LOOPS[loop]
    others = [name for name in _CLASSES if name != right]
    start = keyed("loop_class", loop, right, 0) % len(others)
    wrong = [others[(start + k) % len(others)] for k in range(3)]
    return {
        "code": code,
        "right": right,
        "why": why,
        **{f"wrong{number}": name for number, name in enumerate(wrong, 1)},
        **{f"why_wrong{number}": _NEEDS[name] for number, name in enumerate(wrong, 1)},
    }


_CALLS_A_SECOND = 10**7
_CLASSES = (r"$\Theta(1)$", r"$\Theta(\log n)$", r"$\Theta(n)$", r"$\Theta(n\log n)$", r"$\Theta(n^2)$")
_NEEDS = dict(
    zip(
        _CLASSES,
        (
            "a number of rounds that does not depend on n",
            "an index that is multiplied or divided each time, in a single loop",
            "about n rounds in all, by one loop or by loops in sequence",
            "about n rounds, each with a doubling or halving loop inside",
            "about n rounds inside each of about n rounds",
        ),
        strict=True,
    )
)
_LOOPS = (
    ("for i in range(n):\n    step()", _CLASSES[2], "one loop over n"),
    ("for i in range(n):\n    step()\nfor j in range(n):\n    step()", _CLASSES[2], "two loops in sequence"),
    ("for i in range(n // 2, n):\n    step()", _CLASSES[2], "half a loop; the factor drops out"),
    ("for i in range(1_000_000):\n    step()", _CLASSES[0], "the number of rounds does not depend on n"),
    ("for i in range(50):\n    for j in range(20):\n        step()", _CLASSES[0], "always 1000 rounds"),
    ("for i in range(n):\n    for j in range(n):\n        step()", _CLASSES[4], "n rounds, n times"),
    (
        "for i in range(n):\n    for j in range(i):\n        step()",
        _CLASSES[4],
        "the sum 0 + 1 + ... + (n - 1)",
    ),
    (
        "for i in range(n):\n    step()\nfor j in range(n):\n    for k in range(n):\n        step()",
        _CLASSES[4],
        "n and n squared; the larger one wins",
    ),
    ("i = 1\nwhile i < n:\n    step()\n    i = 2 * i", _CLASSES[1], "the index doubles each time"),
    ("while n > 1:\n    step()\n    n = n // 2", _CLASSES[1], "half of n is left each time"),
    ("while n > 0:\n    step()\n    n = n // 10", _CLASSES[1], "one round for each digit"),
    (
        "for i in range(n):\n    j = 1\n    while j < n:\n        step()\n        j = 2 * j",
        _CLASSES[3],
        "n times a doubling loop",
    ),
    (
        "for i in range(n // 2, n):\n    j = 2\n    while j <= n:\n        step()\n        j = 2 * j",
        _CLASSES[3],
        "half of n times a doubling loop",
    ),
)


def _smaller(n: int, k: int) -> bool:
    return k < n


GENERATORS = (
    Generator("log_loop", {"n": Span(5, 1000)}, _log_loop),
    Generator("halving_loop", {"n": Span(5, 500)}, _halving_loop),
    Generator("nlogn_loop", {"n": Span(8, 400, step=2)}, _nlogn_loop),
    Generator("nested_loops", {"n": Span(3, 40), "m": Span(3, 40)}, _nested_loops, lambda n, m: n != m),
    Generator("triangular_loop", {"n": Span(4, 100)}, _triangular_loop),
    Generator("digit_count", {"length": Span(3, 8), "drawn": Span(0, 89_999_999)}, _digit_count),
    Generator(
        "binary_search_probes",
        {"root": Span(2, 400), "high": Span(100, 500, step=100)},
        _binary_search,
        _needs_two_probes,
    ),
    Generator("fib_calls", {"n": Span(3, 18)}, _fib_calls),
    Generator("power_set", {"n": Span(3, 16), "k": Span(1, 6)}, _power_set, _smaller),
    Generator("doubled", {"k": Span(3, 20)}, _doubled),
    Generator("fib_time", {"n": Span(32, 55)}, _fib_time),
    Generator("loop_class", {"loop": Span(0, len(_LOOPS) - 1)}, _loop_class),
)
