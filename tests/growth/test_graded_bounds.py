"""Typed bounds about functions, recurrences and code: what is said, and with which numbers."""

from __future__ import annotations

import pytest

from engine.growth.grading import LOOSE, NOT_STRICT, TOO_LARGE, TOO_SMALL, UNTIDY
from engine.symbolic.dispatch import solve
from engine.symbolic.jobs import BoundJob, CodeJob, RecurrenceJob
from engine.symbolic.report import Judged, Verdict

MERGE_SORT = RecurrenceJob("T(n) = 2T(n/2) + n, T(1) = 1")
KARATSUBA = RecurrenceJob("T(n) = 3T(n/2) + n, T(1) = 1")

CASES = [
    # about, claim, judged, mistake, a piece of the sentence
    ("n^2", "Θ(n^2)", Judged.RIGHT, "", "exact"),
    ("n^2", "n^2", Judged.RIGHT, "", "exact"),
    ("n^2", "O(n^2)", Judged.RIGHT, "", "tight"),
    ("n^2", "O(n^3)", Judged.RIGHT, LOOSE, "not tight"),
    ("n log n", "Omega(n)", Judged.RIGHT, LOOSE, "lower bound"),
    ("n log n", "Omega(n log n)", Judged.RIGHT, "", "from below"),
    ("2n + 3", "Θ(2n + 3)", Judged.RIGHT, UNTIDY, r"$\Theta(2 n + 3)$ is $\Theta(n)$"),
    ("n^2", "O(5n^2)", Judged.RIGHT, UNTIDY, "constant factor"),
    ("n^2", "O(n^2 + n)", Judged.RIGHT, UNTIDY, "lower-order"),
    ("n log n", "O(n log(n^2))", Judged.RIGHT, UNTIDY, "constant factor"),
    ("2^n", "Θ(2^(n+1))", Judged.RIGHT, UNTIDY, "constant factor"),
    ("4^n", "Θ(2^(2n))", Judged.RIGHT, "", "exact"),
    ("n^2", "O(n)", Judged.WRONG, TOO_SMALL, "1000"),
    ("3^n", "O(2^n)", Judged.WRONG, TOO_SMALL, "57.7"),
    ("n^2", "Θ(n^3)", Judged.WRONG, TOO_LARGE, "upper bound"),
    ("n", "Omega(n^2)", Judged.WRONG, TOO_LARGE, "lower bound"),
    ("n", "o(n)", Judged.WRONG, NOT_STRICT, "does not tend to 0"),
    ("n", "omega(n)", Judged.WRONG, NOT_STRICT, "does not tend to infinity"),
    ("n", "o(n log n)", Judged.RIGHT, "", "strictly"),
    ("n", "omega(1)", Judged.RIGHT, "", "strictly"),
    ("5", "O(1)", Judged.RIGHT, "", "tight"),
    ("n^(1 + sin n)", "O(n)", Judged.WRONG, "no such bound", "swings"),
    ("m^2", "O(m^2)", Judged.RIGHT, "", "tight"),
    (MERGE_SORT, "O(n^2)", Judged.RIGHT, LOOSE, r"\Theta(n \log n)"),
    (MERGE_SORT, "Theta(n lg n)", Judged.RIGHT, "", "exact"),
    (MERGE_SORT, "Theta(n)", Judged.WRONG, TOO_SMALL, "Too small"),
    (KARATSUBA, "Theta(n^(lg 3))", Judged.RIGHT, "", "exact"),
    (KARATSUBA, "O(n^1.58)", Judged.WRONG, TOO_SMALL, "Too small"),
    (KARATSUBA, "O(n^1.59)", Judged.RIGHT, LOOSE, "not tight"),
    ("n", "O(", Judged.UNREADABLE, "", "."),
    ("sin n", "O(1)", Judged.UNREADABLE, "", "negative"),
    (RecurrenceJob("T(n) = T(n)"), "O(1)", Judged.UNREADABLE, "", "nothing to hold it against"),
]


@pytest.mark.parametrize(
    ("about", "claim", "judged", "mistake", "piece"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES]
)
def test_a_typed_bound(
    about: str | RecurrenceJob | CodeJob, claim: str, judged: Judged, mistake: str, piece: str
) -> None:
    verdict = solve(BoundJob(about, claim))
    assert isinstance(verdict, Verdict)
    assert (verdict.judged, verdict.mistake) == (judged, mistake), verdict.sentence
    assert piece in verdict.sentence
    assert verdict.text == claim


def test_a_wrong_bound_comes_with_its_numbers() -> None:
    verdict = solve(BoundJob("n^2", "O(n)"))
    assert isinstance(verdict, Verdict)
    assert (verdict.where, verdict.yours, verdict.right) == ("n = 1000", 1000.0, 10.0**6)


def test_a_fault_in_the_claim_has_its_column() -> None:
    verdict = solve(BoundJob("n^2", "O(n^)"))
    assert isinstance(verdict, Verdict)
    assert (verdict.judged, verdict.column) == (Judged.UNREADABLE, 4)
