"""Exercise sheets: recurrences, comparisons and pasted code, answered with all checks: milliseconds.

Of each kind the slowest case of a sheet, as the median of its rounds, of this process's time; all are
asked once before. "refusal" is the slowest of what cannot be solved. "count" is the counting interpreter
on two nested loops; its peer is Python itself, running the same text and counted by its own tracing.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from types import FrameType
from typing import Any

from figures import Figure, options, report

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engine.algorithms import interpreter, reading
from engine.symbolic.dispatch import solve
from engine.symbolic.jobs import CodeJob, CompareJob, Job, RecurrenceJob
from engine.symbolic.parser import parse_recurrence
from engine.symbolic.report import Refusal

ONE_SPLIT = (
    "T(n) = 3T(n-1), T(0) = 1",
    "T(n) = 2T(n-1) - 1, T(0) = 1",
    "T(n) = 2T(n-1) + n 2^n, T(0) = 0",
    "F(n) = F(n-1) + F(n-2), F(0) = 0, F(1) = 1",
    "a_n = 6a_{n-1} - 9a_{n-2}, a_0 = 1, a_1 = 6",
    "a_n = 2a_{n-1} - 2a_{n-2}, a_0 = 1, a_1 = 1",
    "T(n) = T(n-1) + log n, T(1) = 0",
    "T(n) = n T(n-1) + 1, T(0) = 1",
    "T(n) = 2/n sum_{i=0}^{n-1} T(i) + n - 1, T(0) = 0",
    "T(n) = 2T(n/2) + n, T(1) = 1",
    "T(n) = 2T(n/2) + n/lg n",
    "T(n) = 7T(n/2) + n^2",
    "T(n) = T(⌊n/2⌋) + T(⌈n/2⌉) + n - 1, T(1) = 0",
    "T(n) = 2T(√n) + lg n",
    "T(n) = T(n-1) + Θ(n)",
)
SPLITS = (
    "T(n) = T(n/3) + T(2n/3) + n",
    "T(n) = T(n/5) + T(7n/10) + n",
    "T(n) = T(n/2) + T(n/4) + T(n/8) + n",
    "T(n) = T(n/2) + T(n/4) + 1",
)
PAIRS = (
    ("n log n", "n^{1.1}"),
    ("2^{n+1}", "2^n"),
    ("n!", "n^n"),
    ("(log n)^{log n}", "n^{log log n}"),
    ("n^{log_2 3}", "3^{log_2 n}"),
)
UNSOLVED = (
    "T(n) = T(n)",
    "T(n) = T(n-1)^2 + 1, T(0) = 1",
    "T(n) = T(n-1) + T(n/2)",
    "Q(n) = Q(n - Q(n-1)) + Q(n - Q(n-2)), Q(1) = 1, Q(2) = 1",
    "T(n) = T(n-1) + 9^9^9",
    "T(n) = n sin(n) T(n-1)",
)
NESTED = """\
def pairs(n):
    found = 0
    for i in range(n):
        for j in range(i):
            found += 1
    return found
"""
CODES = (
    NESTED,
    "i = 1\nwhile i < n:\n    i *= 2\n",
    "def f(n):\n    c = 0\n    for i in range(n // 2, n + 1):\n        j = 2\n        while j <= n:\n"
    "            j *= 2\n            c += 1\n    return c\n",
    "def digits(n):\n    c = 0\n    while n > 0:\n        n //= 10\n        c += 1\n    return c\n",
    "def fib(n):\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)\n",
    "def hanoi(n):\n    if n == 0:\n        return 0\n    return 2 * hanoi(n - 1) + 1\n",
    "def search(a, x):\n    lo, hi = 0, len(a) - 1\n    while lo <= hi:\n        mid = (lo + hi) // 2\n"
    "        if a[mid] == x:\n            return mid\n        if a[mid] < x:\n            lo = mid + 1\n"
    "        else:\n            hi = mid - 1\n    return -1\n",
    "def bubble(a):\n    n = len(a)\n    for i in range(n):\n        for j in range(n - 1 - i):\n"
    "            if a[j] > a[j + 1]:\n                a[j], a[j + 1] = a[j + 1], a[j]\n",
)
UNCOUNTED = (
    "while True:\n    pass\n",
    "def f(n):\n    return f(n)\n",
    "import os\nos.remove('x')\n",
    "x = 9 ** 9 ** 9\n",
    "def f(n):\n    while n != 1:\n        n = n // 2 if n % 2 == 0 else 3 * n + 1\n",
)


def spent(deed: Callable[[], object]) -> float:
    begun = time.process_time()
    deed()
    return (time.process_time() - begun) * 1000


def slowest(jobs: Sequence[Job], rounds: int) -> float:
    """The largest of the jobs' medians."""
    for job in jobs:
        solve(job)
    return max(median(spent(lambda job=job: solve(job)) for _ in range(rounds)) for job in jobs)


def figures(rounds: int) -> Iterator[Figure]:
    texts = (*ONE_SPLIT, *SPLITS)
    reads = [spent(lambda text=text: parse_recurrence(text)) for text in texts * rounds]
    yield Figure("exercises/parse", median(reads), "ms", 1)
    sheets: tuple[tuple[str, Sequence[Job], float], ...] = (
        ("recurrence", [RecurrenceJob(text) for text in ONE_SPLIT], 100),
        ("splits", [RecurrenceJob(text) for text in SPLITS], 300),
        ("compare", [CompareJob(*pair) for pair in PAIRS], 100),
        ("code", [CodeJob(text) for text in CODES], 100),
        ("refusal", [*map(RecurrenceJob, UNSOLVED), *map(CodeJob, UNCOUNTED)], 1000),
    )
    for name, jobs, goal in sheets:
        unsolved = [job for job in jobs if isinstance(solve(job), Refusal)]
        if bool(unsolved) != (name == "refusal") or (unsolved and len(unsolved) < len(jobs)):
            raise SystemExit(f"{name}: {len(unsolved)} of {len(jobs)} were refused")
        yield Figure(f"exercises/{name}", slowest(jobs, rounds), "ms", goal)
    yield counting(rounds)


def counting(rounds: int) -> Figure:
    snippet = reading.read(NESTED)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(spent(lambda: interpreter.run(snippet, "pairs", {"n": 300})))
        theirs.append(spent(traced))
    return Figure("exercises/count", median(ours), "ms", 100, median(theirs))


def traced() -> Counter[int]:
    """Executions by line of our own NESTED, as Python counts them."""
    counts: Counter[int] = Counter()

    def watch(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            counts[frame.f_lineno] += 1
        return watch

    names: dict[str, Callable[[int], int]] = {}
    exec(compile(NESTED, "<nested>", "exec"), names)  # noqa: S102 - the constant above, to be timed
    sys.settrace(watch)
    try:
        names["pairs"](300)
    finally:
        sys.settrace(None)
    return counts


def main() -> int:
    wanted = options(__doc__ or "")
    return report(figures(5 if wanted.quick else 15), wanted.json)


if __name__ == "__main__":
    sys.exit(main())
