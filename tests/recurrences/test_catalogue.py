"""The catalogue of rules, and what every line says of itself."""

from __future__ import annotations

import pytest
from divided_recurrences import FAST, ROOTS, SPLIT
from solved_once import each_solved
from solved_recurrences import RECURRENCES
from stepwise_recurrences import STEPWISE
from test_floors import EVERY_N

from engine.recurrences.explain import lines
from engine.recurrences.rules import CATALOGUE
from engine.recurrences.verify import same_numbers
from engine.symbolic.parser import parse_recurrence
from engine.symbolic.report import Line
from engine.symbolic.rule import Rule, catalogue


def test_a_rule_without_a_checker_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="no checker"):
        Rule("guess", "Guess", "x = y", "It looks right.", None)  # type: ignore[arg-type]  # the point of it


def test_two_rules_cannot_share_a_key() -> None:
    rule = Rule("twice", "Twice", "x = x", "The same.", same_numbers)
    with pytest.raises(ValueError, match="twice"):
        catalogue([rule, rule])


def test_every_rule_checks() -> None:
    assert all(callable(rule.checker) for rule in CATALOGUE.values())


@pytest.fixture(scope="module")
def derived() -> list[tuple[Line, ...]]:
    """Lines of every recurrence of the lists, by each method."""
    found = []
    for text, *_ in (*RECURRENCES, *STEPWISE, *SPLIT, *FAST, *ROOTS, *EVERY_N):
        variable = parse_recurrence(text).names.variable
        found += [lines(solution.steps, solution.world, variable) for solution in each_solved(text)]
    return found


def test_no_rule_is_idle(derived: list[tuple[Line, ...]]) -> None:
    assert {line.rule for steps in derived for line in steps} == set(CATALOGUE)


def test_lines_are_whole(derived: list[tuple[Line, ...]]) -> None:
    """Sentences have no blanks left, formulas close their braces, uses point back."""
    for steps in derived:
        assert [line.number for line in steps] == list(range(1, len(steps) + 1))
        for line in steps:
            assert line.title
            assert line.statement
            assert "«" not in line.why
            assert line.why.count("$") % 2 == 0
            assert line.why.endswith(".")
            for text in (line.latex, line.statement, line.why):
                assert text.count("{") == text.count("}")
                assert text.count(r"\left") == text.count(r"\right")
            assert all(0 < used < line.number for used in line.uses)


def test_every_line_but_the_first_ones_follows_from_something(derived: list[tuple[Line, ...]]) -> None:
    givens = {
        "recurrence",
        "first-value",
        "assumed-first-value",
        "powers-only",
        "powers-alone",
    }
    for steps in derived:
        assert all(line.uses for line in steps if line.rule not in givens)


def test_only_assumptions_go_unchecked(derived: list[tuple[Line, ...]]) -> None:
    for steps in derived:
        for line in steps:
            if line.check is None:
                assert line.rule in ("assumed-first-value", "powers-alone")
            else:
                assert line.check.ok


def test_all_of_it_can_be_typeset(derived: list[tuple[Line, ...]]) -> None:
    from studyapp.mathtext.engine import MathEngine

    engine = MathEngine()
    each = {line.rule: line for steps in derived for line in steps}  # MathJax takes about 5 ms a formula
    some = [*each.values(), *(line for steps in derived[::40] for line in steps)]
    formulas = {text for line in some for text in (line.latex, line.statement)}
    for text in sorted(formulas):
        assert engine.svg(text, display=True).startswith("<svg")
