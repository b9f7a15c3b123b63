"""What a network costs: parameters, multiplications, and numbers kept for the way back, read off its lines.

Every formula is held against a run that counts (`counted`) at two lengths, which also shows that
twice the steps are twice the work: BPTT is linear in T, not quadratic (Goodfellow et al. 2016, 10.2).
Multiplications are those of the derivation's own lines for all parameters; see `counting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.checking.drawing import drawn, sizes_in, steps_of
from engine.counting.counted import Run
from engine.counting.keeping import kept, without_copies
from engine.counting.multiplications import CUTS, length, multiplications
from engine.counting.parameter_counts import parameter_counts
from engine.counting.passes import Computed, backward, forward, through_all
from engine.counting.polynomial import Polynomial, added, latex, letter
from engine.derivations.catalogue import cleaned, has_steps
from engine.derivations.models import BY_KEY
from engine.derivations.programs import told as program_of
from engine.symbolic.jobs import GradientJob
from engine.symbolic.report import Check, Cost
from engine.tape.program import Program

_TRIED = {"h": 2, "d": 1, "k": 3, "n": 4, "m": 5}  # sizes of the runs that count
_LENGTHS = (2, 4)
_WINDOW = 2  # of truncated BPTT in those runs
_SPELLING = {CUTS: r"\lfloor\tfrac{T-1}{w}\rfloor"}

Sizes = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A formula, and what the runs that count have found."""

    name: str
    formula: Polynomial
    check: Check


def costs(job: GradientJob, program: Program) -> tuple[Cost, ...]:
    """Costs of the network of a cleaned job, at the sizes of the numbers that are shown with it.

    w is the length of the pieces of truncated BPTT: the job's, or half of T where it has none.
    """
    steps = steps_of(job)
    window = min(job.truncate or -(-steps // 2), steps)
    sizes = {**sizes_in(program, drawn(job), steps), "w": window, CUTS: (steps - 1) // window}
    told = [*parameter_counts(job, program, sizes)]
    for one in _counts(_network(job)):
        name = one.name.replace("«w»", f"{window}")
        shown = latex(one.formula, ("T", CUTS), _SPELLING)
        told.append(Cost(name, shown, one.formula.at(sizes), _growth(one.formula, has_steps(job)), one.check))
    return tuple(told)


def _network(job: GradientJob) -> GradientJob:
    """What the costs depend on: jobs with the same network share their formulas."""
    if job.model == "clipping":  # each way to clip has its own
        return cleaned(GradientJob("clipping", job.wrt))
    return cleaned(replace(job, wrt="", steps=0, truncate=0, rows=False, seed=1, given=None))


def _growth(formula: Polynomial, timed: bool) -> str:
    if not timed:
        return ""
    if formula.degree("w"):
        return r"\Theta(w)"
    steps = max(formula.degree("T"), formula.degree(CUTS))
    return rf"\Theta(T^{steps})" if steps > 1 else r"\Theta(T)" if steps else r"\Theta(1)"


@lru_cache(maxsize=64)
def _counts(job: GradientJob) -> tuple[_Counted, ...]:
    return tuple(_all_counts(job))


def _all_counts(job: GradientJob) -> Iterator[_Counted]:
    truncated, timed = "truncate" in BY_KEY[job.model].fields, has_steps(job)
    made = program_of(replace(job, truncate=_WINDOW) if truncated else job)
    yield _multiplied("Multiplications of the forward pass", _Trials(forward(made), timed))
    if made.loss is None:
        return
    way, cut = "BPTT" if timed else "the way back", without_copies(made, backward(made))
    back = _Trials(through_all(cut), timed)
    yield _multiplied(f"Multiplications of {way}", back)
    if truncated:
        yield _multiplied("Multiplications of truncated BPTT, pieces of «w»", _Trials(cut, timed))
    memory, counted = kept(made, back.lines), back.read_again(made)
    yield _held(f"Numbers kept for {way}", memory, back, counted)
    if truncated:  # a piece of w steps is as BPTT over w steps, and nothing is kept of those before it
        name = "Numbers kept for truncated BPTT, pieces of «w»"
        yield _held(name, memory.put("T", letter("w")), back, counted)


# --- formulas, each with runs that count ---


class _Trials:
    """Lines run at two lengths, or where there is no time, at two sets of sizes.

    Attributes:
        sizes: of each run; `multiplied`: how often it multiplied.
    """

    def __init__(self, lines: tuple[Computed, ...], timed: bool) -> None:
        self.lines = lines
        self.sizes: list[Sizes] = [_lasting(T) if timed else _scaled(T) for T in _LENGTHS]
        self._runs = [Run(lines, sizes) for sizes in self.sizes]
        self.multiplied = [run.multiplied() for run in self._runs]

    def read_again(self, made: Program) -> list[int]:
        """How many numbers that the forward lines compute were read."""
        found = []
        for run, sizes in zip(self._runs, self.sizes, strict=True):
            places = Run(forward(made), sizes).places
            found.append(sum(many for place, many in run.read.items() if place in places))
        return found

    def told(self, counted: list[int], letters: str) -> str:
        """In words, e.g. "62 at T = 2 and 107 at T = 4 (with T² it would be 4 times as many)"."""
        timed = self.sizes[0]["T"] != self.sizes[1]["T"]
        letter = "T" if timed else letters[:1]
        first, second = (
            f"{n:,} at {letter} = {sizes[letter]}" for n, sizes in zip(counted, self.sizes, strict=True)
        )
        return f"{first} and {second}" + (" (with T² it would be 4 times as many)" if timed else "")


def _lasting(steps: int) -> Sizes:
    return {**_TRIED, "T": steps, "w": steps, CUTS: (steps - 1) // _WINDOW}


def _scaled(factor: int) -> Sizes:
    return {name: size * factor for name, size in _TRIED.items()} | {"T": 1}


def _multiplied(name: str, trials: _Trials) -> _Counted:
    lines = trials.lines
    formula = added(multiplications(line.right) * length(line.span) for line in lines)
    return _held(name, formula, trials, trials.multiplied)


def _held(name: str, formula: Polynomial, trials: _Trials, counted: list[int]) -> _Counted:
    """The formula with its check: what it says, against what was counted."""
    said = [formula.at(sizes) for sizes in trials.sizes]
    error = max(abs(a - b) / max(1, b) for a, b in zip(said, counted, strict=True))
    letters = "".join(sorted(set("".join(map("".join, formula.terms))))) or "k"
    found = f"counted one by one: {trials.told(counted, letters)}"
    return _Counted(name, formula, Check(found, len(counted), error, error == 0))
