"""Verdicts in words about lines of recurrences and counts. Markdown with $maths$, friendly and short."""

from __future__ import annotations

from collections.abc import Sequence

from engine.growth.classes import Growth
from engine.practice.bench import Bench, Difference
from engine.practice.mistakes import Mistake
from engine.symbolic.expr import Call, Expr
from engine.symbolic.report import Judged, Verdict
from engine.symbolic.typeset import latex


def written(left: Expr, sides: Sequence[Expr]) -> str:
    """The whole line as it was read."""
    return " = ".join(latex(side) for side in (left, *sides))


def same(first: Expr, second: Expr) -> bool:
    """Whether both are written alike."""
    return latex(first) == latex(second)


def told(slip: Mistake) -> str:
    """The slip's sentence, filled."""
    return slip.why.replace("«right»", latex(slip.right)).replace("«wrong»", latex(slip.wrong))


def _line(here: Bench, number: int) -> str:
    return f"line {number} ({here.lines[number - 1].title})"


# --- not judged ---


def finished() -> Verdict:
    sentence = "No line comes after the last one: the derivation is finished. To try a line, type both sides."
    return Verdict(Judged.UNREADABLE, sentence)


def no_number() -> Verdict:
    sentence = (
        "Something in it has no number here: a letter that no line explains, or a term before the first one."
    )
    return Verdict(Judged.UNREADABLE, sentence)


def too_large() -> Verdict:
    return Verdict(Judged.UNREADABLE, "The numbers that come up are too large or too small to try it out.")


def no_class() -> Verdict:
    sentence = "This derivation ends without a class of growth, so there is none to hold yours against."
    return Verdict(Judged.UNREADABLE, sentence)


def not_about(here: Bench, left: Expr, known: int) -> Verdict:
    sentence = (
        f"It does not hold, and no line of this derivation is about ${latex(left)}$. {_next(here, known)}"
    )
    return Verdict(Judged.WRONG, sentence.rstrip())


# --- true ---


def right(here: Bench, number: int, alike: bool) -> Verdict:
    there = "" if alike else f", there written ${latex(here.steps[number - 1].after)}$"
    return Verdict(Judged.RIGHT, f"Right: {_line(here, number)}{there}.", line=number)


def skips(here: Bench, number: int, skipped: Sequence[int]) -> Verdict:
    missing = ", ".join(_line(here, one) for one in skipped)
    sentence = f"True: it is {_line(here, number)}. On the way there it skips {missing}."
    return Verdict(Judged.SKIPS, sentence, line=number)


def again(here: Bench, number: int) -> Verdict:
    return Verdict(Judged.SKIPS, f"True, but nothing new: it is {_line(here, number)} again.", line=number)


def empty(left: Expr) -> Verdict:
    return Verdict(Judged.SKIPS, f"True, but it says nothing: it finds ${latex(left)}$ from itself.")


def beside(here: Bench, known: int) -> Verdict:
    return Verdict(Judged.SKIPS, f"True, but not a line of this derivation. {_next(here, known)}".rstrip())


def _next(here: Bench, known: int) -> str:
    if known >= len(here.lines):
        return ""
    return f"The next one goes by the rule “{here.lines[known].title}”."


# --- wrong ---


def wrong(slip: Mistake | None, difference: Difference | None) -> Verdict:
    sentence = told(slip) if slip is not None else "The two sides differ."
    return Verdict(
        Judged.WRONG,
        sentence,
        where=difference.where if difference else "",
        yours=difference.yours if difference else None,
        right=difference.right if difference else None,
        mistake=slip.name if slip else "",
    )


def of_class(claim: Call, compared: int, truth: Growth, variable: str) -> Verdict:
    """`compared`: -1 where the typed class grows more slowly than the true one, 0 where it is the same."""
    right = f"$\\Theta({latex(truth.expr(variable))})$"
    if _holds(claim.name, compared):
        if compared == 0 and claim.name == "Theta":
            return Verdict(Judged.RIGHT, f"Right: it is {right}.")
        tight = "and it is tight" if compared == 0 else "but it is not tight"
        return Verdict(Judged.SKIPS, f"True, {tight}: the class is {right}.")
    how = {-1: "grows too slowly", 1: "grows too fast", 0: "has the same class"}[compared]
    return Verdict(Judged.WRONG, f"That is not so: ${latex(claim.body)}$ {how}. The class is {right}.")


def _holds(symbol: str, compared: int) -> bool:
    allowed = {"Theta": (0,), "O": (0, 1), "o": (1,), "Omega": (0, -1), "omega": (-1,)}
    return compared in allowed[symbol]
