"""A typed bound about a function, a recurrence or code: exact, too loose, untidy or wrong, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from engine.errors import FormulaError
from engine.growth import from_sympy, plotted
from engine.growth.classes import Growth
from engine.growth.decide import holds
from engine.growth.far_out import ratio
from engine.growth.quotient import Quotient, quotient
from engine.growth.reading import NoGrowth, growth_of
from engine.growth.tidy import untidy
from engine.growth.witnesses import scientific, symbol_latex
from engine.symbolic.claims import Claim, parse_claim
from engine.symbolic.expr import Expr, Sym, letters, put
from engine.symbolic.findings import Formula
from engine.symbolic.functions import parse_function
from engine.symbolic.jobs import BoundJob, Job
from engine.symbolic.report import Answer, Judged, Refusal, Report, Verdict
from engine.symbolic.typeset import bracketed, latex

LOOSE, UNTIDY = "true, but not tight", "constants or lower-order terms left in"
TOO_SMALL, TOO_LARGE, NOT_STRICT = "too small", "too large", "not strictly"

_PLACES = (10, 1000, 10**6)


@dataclass(frozen=True, slots=True)
class _Truth:
    """What the bound is about: `name` in LaTeX, a function of `variable` of the right class."""

    name: str
    expr: Expr
    variable: str
    note: str = ""


def judged(job: BoundJob, solve: Callable[[Job], Answer]) -> Verdict:
    """What is to be said about `job.claim`; `solve` answers recurrences and code.

    Never raises for what is typed.
    """
    try:
        claim = parse_claim(job.claim)
    except FormulaError as error:
        return Verdict(Judged.UNREADABLE, error.reason, text=job.claim, column=error.column)
    try:
        truth = _truth(job, solve)
        if isinstance(truth, Verdict):
            return replace(truth, text=job.claim)
        bound = put(claim.expr, claim.names.variable, Sym(truth.variable))
        found = quotient(truth.expr, bound, truth.variable)
        known = holds(found)
    except NoGrowth as why:
        return Verdict(Judged.UNREADABLE, f"{why.reason} {why.way_out}".strip(), claim.latex, text=job.claim)
    case = _Case(claim, bound, truth, found)
    verdict = _right(case) if known[claim.symbol] else _wrong(case)
    return replace(verdict, latex=claim.latex, text=job.claim)


# --- the truth -----------------------------------------------------------------------------


def _truth(job: BoundJob, solve: Callable[[Job], Answer]) -> _Truth | Verdict:
    if isinstance(job.about, str):
        try:
            function = parse_function(job.about)
        except FormulaError as error:
            return Verdict(Judged.UNREADABLE, f"The function cannot be read: {error.reason}")
        return _Truth(latex(function.expr), function.expr, function.names.variable)
    answer = solve(job.about)
    if isinstance(answer, Refusal):
        return Verdict(Judged.UNREADABLE, f"There is nothing to hold it against: {answer.reason}")
    if not isinstance(answer, Report) or answer.found is None or answer.found.theta is None:
        return Verdict(
            Judged.UNREADABLE, "There is nothing to hold it against: it has no one class of growth."
        )
    return _of_report(answer, answer.found.theta)


def _of_report(answer: Report, theta: Formula) -> _Truth | Verdict:
    expr = from_sympy.read(theta.sympy)
    sizes = sorted(letters(expr) - {"e", "pi"})
    if len(sizes) > 1:
        named = ", ".join(sizes)
        return Verdict(
            Judged.UNREADABLE, f"It depends on several sizes ({named}); a bound is judged in one size only."
        )
    found = answer.found
    best = found is not None and found.best is not None and found.best.sympy != theta.sympy
    note = f" This is about the worst case. {found.assumption}".rstrip() if best and found is not None else ""
    return _Truth(theta.latex, expr, sizes[0] if sizes else "n", note)


# --- the verdict ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    claim: Claim
    bound: Expr
    truth: _Truth
    found: Quotient

    @property
    def tight(self) -> bool:
        return self.found.low == self.found.high == 0 and not self.found.zero

    def theta(self) -> str:
        """The class of the truth, in words: $\\Theta(n)$; empty where it has none."""
        growth = self._growth(self.truth.expr)
        return "" if growth is None else f"${growth.theta(self.truth.variable)}$"

    def simple(self) -> str:
        """The claim without constants, e.g. $O(n)$."""
        growth = self._growth(self.bound)
        inside = self.bound if growth is None else growth.expr(self.truth.variable)
        return f"${symbol_latex(self.claim.symbol)}{bracketed(latex(inside))}$"

    def _growth(self, expr: Expr) -> Growth | None:
        try:
            return growth_of(expr, self.truth.variable)
        except NoGrowth:
            return None

    def numbers(self) -> str:
        """The quotient at a few n, as a sentence."""
        n = self.truth.variable
        pieces = [f"${scientific(value)}$ at ${n} = {place}$" for place, value in self.quotients()]
        if not pieces:
            return ""
        return rf" $({self.truth.name}) / ({latex(self.bound)})$ is " + ", ".join(pieces) + "."

    def quotients(self) -> list[tuple[str, Decimal]]:
        found = []
        for place in _PLACES:
            parts = [
                plotted.number(part, self.truth.variable, place) for part in (self.truth.expr, self.bound)
            ]
            if parts[0] is not None and parts[1]:
                shown = "10^6" if place == 10**6 else str(place)
                found.append((shown, ratio(parts[0], parts[1])))
        return found


def _right(case: _Case) -> Verdict:
    symbol = case.claim.symbol
    left = untidy(case.bound, case.truth.variable)
    if left:
        sentence = f"True, but {left}: ${case.claim.latex}$ is {case.simple()}."
        return Verdict(Judged.RIGHT, sentence + _looseness(case) + case.truth.note, mistake=UNTIDY)
    if symbol in ("O", "Ω") and not case.tight:
        return Verdict(
            Judged.RIGHT, _looseness(case).strip() + case.numbers() + case.truth.note, mistake=LOOSE
        )
    return Verdict(Judged.RIGHT, _praise(case) + case.truth.note)


def _praise(case: _Case) -> str:
    match case.claim.symbol:
        case "Θ":
            return "Right: it is exact, an upper and a lower bound at once."
        case "O":
            return f"Right, and tight: it is even {case.theta() or 'of this class'}."
        case "Ω":
            return (
                f"Right, and tight: it bounds from below, and it is even {case.theta() or 'of this class'}."
            )
        case "o":
            return "Right: it grows strictly more slowly, the quotient tends to 0."
        case _:
            return "Right: it grows strictly faster, the quotient tends to infinity."


def _looseness(case: _Case) -> str:
    if case.claim.symbol not in ("O", "Ω") or case.tight:
        return ""
    theta = case.theta()
    better = f" It is {theta}." if theta else ""
    side = (
        "an upper bound, but a smaller one" if case.claim.symbol == "O" else "a lower bound, but a larger one"
    )
    return f" True but not tight: {case.simple()} is {side} holds too.{better}"


def _wrong(case: _Case) -> Verdict:
    name, sentence = _mistake(case)
    theta = case.theta()
    right = f" It is {theta}." if theta else ""
    at, yours, truth = _where(case)
    return Verdict(
        Judged.WRONG,
        sentence + case.numbers() + right + case.truth.note,
        where=at,
        yours=yours,
        right=truth,
        mistake=name,
    )


def _mistake(case: _Case) -> tuple[str, str]:
    """The mistake's name and what to say about it."""
    symbol, found = case.claim.symbol, case.found
    bound = f"${latex(case.bound)}$"
    if found.swings:
        return (
            "no such bound",
            f"It swings: the quotient with {bound} has no limit, and it leaves every bound.",
        )
    if found.high == 0:
        goal = "0" if symbol == "o" else "infinity"
        why = f"Both are of the same class, so the quotient does not tend to {goal}."
        return NOT_STRICT, f"{why} ${symbol_latex('O' if symbol == 'o' else 'Ω')}$ would be right."
    if found.high > 0:
        more = f" Only a lower bound: $\\Omega({latex(case.bound)})$ would be true."
        return TOO_SMALL, f"Too small: it grows faster than every multiple of {bound}.{more}"
    if symbol == "Θ":
        upper = f" As an upper bound, $O({latex(case.bound)})$, it would be true."
        return TOO_LARGE, f"Too large: {bound} grows strictly faster.{upper}"
    return TOO_LARGE, f"Too large for a lower bound: {bound} grows strictly faster."


def _where(case: _Case) -> tuple[str, float | None, float | None]:
    """Where the numbers are shown that differ, what the bound is there, and what is true."""
    n = case.truth.variable
    pair = [plotted.number(part, n, _PLACES[1]) for part in (case.bound, case.truth.expr)]
    small = [None if value is None or value.adjusted() > 300 else float(value) for value in pair]
    if small[0] is None or small[1] is None:
        return "", None, None
    return f"{n} = {_PLACES[1]}", small[0], small[1]
