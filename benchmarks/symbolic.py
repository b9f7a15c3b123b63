"""Formulas read, recurrences and gradients derived and checked, bombs refused, a cold child: medians.

Milliseconds of this process's time, but the child's, which are by the clock. The peer of the
gradient is SymPy's own derivative of the nested loss, without derivation or checks, in turns.
"derive-50" has neither LaTeX nor numbers; "catalogue" has all, and is the slowest of any model and
any quantity at T = 3, and of every model at T = 50, with one output and with one at each step, of
squared error and of cross-entropy. All are asked once, the ten slowest again.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from figures import Figure, options, report

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sympy

from engine.checking import expansion
from engine.child import Child
from engine.derivations import answers, catalogue
from engine.derivations.derive import derive
from engine.recurrences.answers import answer
from engine.symbolic import worker
from engine.symbolic.jobs import GradientJob, RecurrenceJob
from engine.symbolic.parser import parse_recurrence
from engine.symbolic.report import Refusal

TEXTS = ("T(n)=2T(n-1)+n, T(0)=1", "T(n)=2T(n/2)+n log n, T(1)=1", "F(n)=F(n-1)+F(n-2), F(0)=0, F(1)=1")
BOMBS = ("T(n)=T(n-1)+((n^64)^64)^64", "T(n)=T(n-1)+n!!!!", "T(n)=T(n-1)+(2^n+3^n)^(5^n)")


def spent(deed: Callable[[], object]) -> float:
    begun = time.process_time()
    deed()
    return (time.process_time() - begun) * 1000


def differentiated() -> object:
    """dL/dw of six steps by SymPy."""
    w, u, b, v, c, y, h = sympy.symbols("w u b v c y h0")
    for t in range(1, 7):
        h = sympy.tanh(w * h + u * sympy.Symbol(f"x{t}") + b)
    return sympy.diff((v * h + c - y) ** 2 / 2, w)


def ready() -> float:
    """Milliseconds until a new child is ready."""
    begun = time.monotonic()
    child = Child(worker.derive, "symbolic")
    while not child.wait(0.05):
        pass
    child.kill()
    return (time.monotonic() - begun) * 1000


def firsts() -> list[GradientJob]:
    """Every model, asked for what it is usually asked for."""
    return [catalogue.cleaned(GradientJob(card.key, wrt="")) for card in catalogue.MODELS]


def whole_catalogue() -> list[GradientJob]:
    short = [
        replace(job, wrt=asked.key)
        for job in firsts()
        for asked in catalogue.parameters(replace(job, steps=3))
    ]
    long = [
        catalogue.cleaned(replace(job, steps=50, outputs=outputs, loss=loss))
        for job in firsts()
        if catalogue.has_steps(job)
        for outputs in ("last", "each")
        for loss in ("half", "cross-entropy")
    ]
    written_out = GradientJob(steps=expansion.MOST_STEPS, scalar=True)
    return list(dict.fromkeys([*short, *long, written_out]))


def fresh(job: GradientJob) -> Callable[[], object]:
    """Answers `job` as if it had never been asked."""

    def deed() -> object:
        answers._told.cache_clear()
        sympy.core.cache.clear_cache()
        return answers.answer(job)

    return deed


def figures(rounds: int) -> Iterator[Figure]:
    reads = [spent(lambda text=text: parse_recurrence(text)) for text in TEXTS * rounds]
    yield Figure("symbolic/parse", median(reads), "ms", 1)
    for text in TEXTS:
        answer(RecurrenceJob(text))
    solved = [spent(lambda text=text: answer(RecurrenceJob(text))) for text in TEXTS * rounds]
    yield Figure("symbolic/recurrence", median(solved), "ms", 100)
    yield Figure("symbolic/bomb", max(refused(text, rounds) for text in BOMBS), "ms", 50)
    pairs = []
    for _ in range(rounds):
        sympy.core.cache.clear_cache()
        pairs.append((spent(fresh(GradientJob(steps=6, scalar=True))), spent(differentiated)))
    yield Figure("symbolic/bptt-6", median(a for a, _ in pairs), "ms", 100, median(b for _, b in pairs))
    yield from gradients(rounds // 2)
    yield Figure("symbolic/cold-ready", median(ready() for _ in range(rounds // 2)), "ms", 1500)


def refused(text: str, rounds: int) -> float:
    """The median of refusing `text`."""
    if not isinstance(answer(RecurrenceJob(text)), Refusal):
        raise SystemExit(f"{text} was answered")
    return median(spent(lambda: answer(RecurrenceJob(text))) for _ in range(rounds))


def gradients(rounds: int) -> Iterator[Figure]:
    long = [replace(job, steps=50) for job in firsts()]
    slowest = max(median(spent(lambda job=job: derive(job)) for _ in range(rounds)) for job in long)
    yield Figure("symbolic/derive-50", slowest, "ms", 30)
    yield Figure("symbolic/catalogue", slowest_answer(rounds), "ms", 100)


def slowest_answer(rounds: int) -> float:
    """The largest median; only jobs that once were among the ten slowest are asked again and again."""
    jobs = whole_catalogue()
    for job in jobs:
        answers.answer(job)  # what is made once for a process is there
    once = {job: spent(fresh(job)) for job in jobs}
    slow = sorted(jobs, key=once.__getitem__)[-10:]
    return max(median(spent(fresh(job)) for _ in range(rounds)) for job in slow)


def main() -> int:
    wanted = options(__doc__ or "")
    return report(figures(6 if wanted.quick else 20), wanted.json)


if __name__ == "__main__":
    sys.exit(main())
