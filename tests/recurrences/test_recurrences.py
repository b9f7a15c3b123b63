"""Recurrences against their own terms, worked out by hand-written Python, and against known classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from solved_once import report, solved
from solved_recurrences import RECURRENCES, Sequence

from engine.growth.classes import Growth, rational
from engine.recurrences import linear, shift, tree
from engine.recurrences.answers import answer
from engine.recurrences.explain import line
from engine.recurrences.rules import CATALOGUE
from engine.recurrences.solution import Solution
from engine.recurrences.steps import Step
from engine.recurrences.verify import same_numbers
from engine.symbolic.evaluate import Letters, evaluate
from engine.symbolic.expr import ONE, Add, Expr, Sym, letters, num, plus, put, times
from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.parser import parse_recurrence
from engine.symbolic.report import Refusal, Status

TEXTS = [text for text, _, _ in RECURRENCES]


def refusal(text: str) -> Refusal:
    found = answer(RecurrenceJob(text))
    assert isinstance(found, Refusal), found
    return found


def terms(rule: Sequence) -> Callable[[Fraction], Fraction]:
    known: dict[Fraction, Fraction] = {}

    def at(n: Fraction) -> Fraction:
        if n not in known:
            known[n] = Fraction(rule(at, n))
        return known[n]

    return at


def places(solution: Solution) -> list[Fraction]:
    """Where the closed form says that it holds, out to large n."""
    if solution.domain is None:
        return [Fraction(solution.first.start + i) for i in range(40)]
    [letter] = letters(solution.domain)
    found = [evaluate(solution.domain, Letters({letter: Fraction(m)})) for m in range(20)]
    return [n for n in found if isinstance(n, Fraction)]


@pytest.mark.parametrize(("text", "rule", "theta"), RECURRENCES, ids=TEXTS)
def test_formula_and_class(text: str, rule: Sequence, theta: str) -> None:
    problem = parse_recurrence(text)
    solution = solved(text)
    growth = solution.course.growth
    assert (growth.text(problem.names.variable) if growth is not None else "") == theta
    at = terms(rule)
    if solution.closed is not None:
        for n in places(solution):
            found = evaluate(solution.closed, Letters({problem.names.variable: n}))
            if isinstance(found, Fraction):
                assert found == at(n), f"at {n}"
            else:
                assert found == pytest.approx(float(at(n)), rel=1e-9), f"at {n}"


@pytest.mark.parametrize("text", TEXTS)
def test_every_line_holds_and_all_ways_agree(text: str) -> None:
    found = report(text)
    assert found.status is Status.PROVEN
    assert all(step.check is None or step.check.ok for step in found.lines)
    assert all(way.ok for way in found.agreements)
    assert len(found.agreements) >= 2
    assert any(method.applies for method in found.methods)
    assert all(method.reason for method in found.methods)
    assert found.lines[0].rule == "recurrence"


def test_the_constants_decide() -> None:
    """The notes' example: with T(0) = 1 nothing grows, with T(0) = 2 it doubles."""
    flat, doubling = report("T(n)=2T(n-1)-1, T(0)=1"), report("T(n)=2T(n-1)-1, T(0)=2")
    assert flat.result == r"T(n) = 1 \in \Theta(1)"
    assert doubling.result == r"T(n) = 2^{n} + 1 \in \Theta(2^{n})"
    assert "vanishing-constant" in {step.rule for step in flat.lines}
    assert "vanishing-constant" not in {step.rule for step in doubling.lines}


def test_results_as_one_would_write_them() -> None:
    for text, summary in [
        ("T(n) = 3T(n-1), T(0)=1", "T(n) = 3^n, which is Θ(3^n)."),
        ("T(n)=T(n-1)+n, T(0)=0", "T(n) = n (n + 1)/2, which is Θ(n^2)."),
        ("T(n)=2T(n-1)+n, T(0)=0", "T(n) = 2^(n + 1) - n - 2, which is Θ(2^n)."),
        ("T(n)=3T(n-1)+1, T(0)=0", "T(n) = (3^n - 1)/2, which is Θ(3^n)."),
        ("T(n)=2T(n/2)+n, T(1)=1", "T(n) = n log_2 n + n for n = 2^m; T(n) is in Θ(n log n)."),
        ("T(n)=2T(n/2)+n/2^3, T(1)=1", "T(n) = (n log_2 n + 8 n)/8 for n = 2^m; T(n) is in Θ(n log n)."),
    ]:
        assert report(text).summary == summary


def test_a_class_that_rounding_would_change_is_not_claimed_for_all_n() -> None:
    """T = n at powers of 2; but rounded down, T(2^k - 1) falls like -n^2, as running it shows."""

    def rounded(n: int) -> int:
        return 4 * rounded(n // 2) - n if n > 1 else 1

    assert [rounded(2**k) for k in range(1, 8)] == [2**k for k in range(1, 8)]
    assert rounded(2**12 - 1) < -(4**12) / 10
    found = report("T(n)=4T(n/2)-n, T(1)=1")
    assert found.summary == "T(n) = n for n = 2^m, which is Θ(n); for other n nothing is claimed."
    assert found.result.endswith(r"\in \Theta(n)\ \text{for } n = 2^{m}")
    assert "powers-alone" in {step.rule for step in found.lines}


@pytest.mark.parametrize(
    ("text", "start", "other", "decides"),
    [
        ("T(n)=2T(n/2)+n", "T(1)=1", "T(1)=0", False),
        ("T(n)=2T(n/2)+n^2", "T(1)=1", "T(1)=-7", False),
        ("T(n)=4T(n/2)+n", "T(1)=1", "T(1)=-1", True),
        ("T(n)=T(n-1)+n", "T(0)=1", "T(0)=-5", False),
        ("T(n)=2T(n-1)+2^n", "T(0)=1", "T(0)=0", False),
        ("T(n)=2T(n-1)-1", "T(0)=2", "T(0)=1", True),
        ("T(n)=T(n-1)+T(n-2)+1", "T(0)=1, T(1)=1", "T(0)=-1, T(1)=-1", True),
    ],
)
def test_that_another_start_can_change_the_class_is_said_only_where_one_does(
    text: str, start: str, other: str, decides: bool
) -> None:
    [choice] = [said for name, said in report(text).conventions if name == "First values"]
    assert ("another start can change the class" in choice) == decides
    classes = [
        report(f"{text}, {first}").result.split(r"\in")[-1].split(r"\ \text")[0] for first in (start, other)
    ]
    assert (classes[0] != classes[1]) == decides


def test_exact_sizes_are_named() -> None:
    tree = report("T(n)=3T(n/4)+n, T(1)=1").methods[0]
    assert "n = 1, 4, 16, 64 and so on" in tree.reason


def test_an_assumed_first_value_is_said() -> None:
    found = report("T(n)=2T(n-1)-1")
    assert found.problem.endswith(r"T(0) = 2\ \text{(assumed)}")
    [(name, choice)] = found.conventions
    assert name == "First values"
    assert "T(0) = 2 is assumed" in choice
    assert "assumed-first-value" in {step.rule for step in found.lines}


def test_a_logarithm_without_base_is_said() -> None:
    assert ("Logarithm", "log and lg without a base are to base 2") in report(
        "T(n)=2T(n/2)+n log n"
    ).conventions
    assert "Logarithm" not in dict(report("T(n)=2T(n/2)+n log_2 n, T(1)=1").conventions)


def test_why_a_method_does_not_apply() -> None:
    by_shift = {method.name: method for method in report("T(n)=3T(n-1), T(0)=1").methods}
    assert not by_shift["Master theorem"].applies
    assert "subtraction" in by_shift["Master theorem"].reason
    by_parts = {method.name: method for method in report("T(n)=T(n/2)/2+1/n, T(1)=1").methods}
    assert "below 1" in by_parts["Master theorem"].reason
    assert by_parts["Recursion tree"].applies


@pytest.mark.parametrize(
    ("text", "piece", "column"),
    [
        ("T(n)=T(n)", "both sides", 5),
        ("T(n)=T(n-1)+T(n), T(0)=1", "both sides", 12),
        ("T(n)=T(n+1)+1", "come whole steps before", 5),
        ("T(n)=T(2n)+1", "does not get smaller", 5),
        ("T(n)=2^(1/3)T(n/2)+n", "is not a fraction", 12),
        ("T(n)=T(n-1)^2+1", "not linear", 5),
        ("T(n)=T(n-1)T(n-2)+1", "not linear", 5),
        ("T(n)=2^T(n-1)", "not linear", 5),
        ("T(n)=(n^2+1)T(n-1)", "changes with n", 12),
        ("T(n)=nT(n-1)+T(n-2)", "changes with n", 6),
        ("T(n)=T(T(n-1))", "inside another one", 5),
        ("T(n)=T(n^2)+1", "shrinks to", 5),
        ("T(n)=T(n-1)+T(n/2)", "mixtures", -1),
        ("T(n)=-2T(n/2)+n", "more than 0", 7),
        ("T(n)=0T(n-1)+3", "cancel", -1),
        ("T(n)=T(n-1)-T(n-1)+3", "cancel", -1),
        ("T(n)=T(n-99)+1", "looks back 99 places", 5),
        ("T(n)=T(n-1)+T(n-2), T(0)=1", "2 first values", -1),
        ("T(n)=2T(n-1), n>=5, T(0)=1", "neither a first value", -1),
        ("T(n)=T(n-1)+T(n-2), T(0)=1, T(1)=1, T(5)=0", "contradict", -1),
        ("T(n)=T(n-1)+9**9**9", "exponent is over 64", 13),
        ("__import__('os').system('touch pwned')", "apostrophe", 11),
    ],
)
def test_refusals_say_why_and_where(text: str, piece: str, column: int) -> None:
    found = refusal(text)
    assert piece in found.reason
    assert found.way_out
    assert (found.text, found.column) == (text, column)


SIZE_BOMBS = [
    "T(n)=T((1-10^{-9})n)+1",
    "T(n)=T(n-1)+2^(999999999999n)",
    "T(n)=T(n-1)+2^(n+999999999999)",
    "T(n)=T(n-1)+((999999999999^n)^64)^64",
    "T(n)=T(n-1)+(n^12)(n^12)(n^12)^64",
    "T(n)=2T(n/2)+((n^64)^64)^64",
    "T(n)=2T(n/2)+(log(n)^64)^64",
    "T(n)=T(n-999999999999)",
    "T(n)=999999999999T(n/999999999998)+n^60",
]


@pytest.mark.parametrize("text", SIZE_BOMBS)
def test_sizes_that_could_hurt_are_refused(text: str) -> None:
    refusal(text)


# --- mutations: each check must be able to fail --------------------------------------------


@pytest.mark.parametrize("text", TEXTS)
def test_a_changed_line_fails_its_check(text: str) -> None:
    """Change what a line ends in by a millionth, or drop or double a summand: its own check must say no."""
    problem = parse_recurrence(text)
    solution = solved(text)
    caught = 0
    for number, step in enumerate(solution.steps, start=1):
        if not step.chain or CATALOGUE[step.rule].checker is not same_numbers:
            continue
        wrong = [times(num(Fraction(10**6 + 1, 10**6)), step.after)]
        if solution.closed is not None:  # all numbers are exact, so the smallest change must show
            wrong += [plus(step.after, ONE), plus(step.after, num(Fraction(1, 10**6)))]
        if isinstance(step.after, Add):
            wrong += [Add(step.after.terms[:-1]), Add((*step.after.terms, step.after.terms[0]))]
        for mutation in wrong:
            if _same_everywhere(solution, step, mutation):
                continue  # what was dropped is 0
            mutated = replace(step, chain=(*step.chain[:-1], mutation))
            check = line(number, mutated, solution.world, problem.names.variable).check
            assert check is not None
            assert not check.ok, step
            caught += 1
    assert caught >= 4


def _same_everywhere(solution: Solution, step: Step, other: Expr) -> bool:
    return all(evaluate(step.after, point) == evaluate(other, point) for point in solution.world.points(step))


@pytest.mark.parametrize("text", [text for text, _, theta in RECURRENCES if theta])
def test_a_wrong_class_fails_its_check(text: str) -> None:
    """One logarithm, one power of n, or one more in the base: all are told apart from the right class."""
    solution = solved(text)
    growth = solution.course.growth
    assert growth is not None
    claims = [step for step in solution.steps if step.growth is not None]
    wrong = [
        Growth(growth.base, growth.power, growth.logs + 1),
        Growth(growth.base, growth.power, growth.logs - 1),
        Growth(growth.base, growth.power, growth.logs + Fraction(1, 2)),
        Growth(
            growth.base, rational(Fraction(str(round(float(growth.power), 3))) + Fraction(1, 10)), growth.logs
        ),
        Growth(growth.base * Fraction(101, 100), growth.power, growth.logs),
    ]
    [*_, last] = claims
    right = CATALOGUE[last.rule].checker(last, solution.world)
    assert right is not None
    assert right.ok
    for mutation in wrong:
        check = CATALOGUE[last.rule].checker(replace(last, growth=mutation), solution.world)
        assert check is not None
        assert not check.ok, mutation.text("n")


def test_a_slip_in_a_solver_becomes_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the solver writes down wrongly is never shown: the sum of the levels, say, one too high."""
    right = tree.exp_poly_expr
    monkeypatch.setattr(tree, "exp_poly_expr", lambda *args: plus(right(*args), ONE))
    assert "does not match" in refusal("T(n)=2T(n/2)+n, T(1)=1").reason
    monkeypatch.undo()
    right_linear = linear.exp_poly_expr
    monkeypatch.setattr(
        linear,
        "exp_poly_expr",
        lambda function, place: put(right_linear(function, place), "n", plus(Sym("n"), ONE)),
    )
    assert "does not match" in refusal("T(n)=2T(n-1)+n, T(0)=1").reason


def test_a_wrong_closed_form_becomes_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    right = shift.for_shift

    def wrong(*args: object) -> object:
        first, closed = right(*args)
        return first, replace(closed, function=closed.function.scaled(Fraction(2)))

    monkeypatch.setattr(shift, "for_shift", wrong)
    assert "does not give the terms" in refusal("T(n)=2T(n-1)+1, T(0)=0").reason


def test_numbers_are_those_of_the_shown_point() -> None:
    found = report("T(n)=T(n-1)+n, T(0)=0")
    numbers = dict(found.numbers)
    assert numbers["n"] == 8
    shown = {step.rule: step.value for step in found.lines}
    assert shown["insert-first"] == 36
    assert shown["power-sum"] == 36
