"""Equations of cards, questions, terms and unit pages: held by value; every slip made here is noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slips import slipped

from content.checking import stated
from content.checking.shown import links, stands
from content.checking.stated import Said, unproved, unread
from content.course import Course, Problem
from content.latex.parts import Statement, statements
from content.loader import read_course

COURSE = read_course()
KNOWN = links((*COURSE.formulas, *COURSE.asides))
SHEETS = stated._by_unit(COURSE)
HELD = [
    said
    for said in stated.stated(COURSE)
    if str(said.statement) not in unread().get((said.file.partition("/")[0], said.item), {})
]


def holds(statement: Statement, unit: str) -> bool:
    return stands(statement, KNOWN) or stated._holds(statement, SHEETS[unit])


@pytest.mark.parametrize("said", HELD, ids=[said.item for said in HELD])
def test_slips_are_noticed(said: Said) -> None:
    assert holds(said.statement, said.unit)
    for slip in slipped(str(said.statement)):
        made = statements(slip)
        assert len(made) != 1 or not holds(made[0], said.unit), slip


def test_there_is_something_to_notice() -> None:
    assert len(HELD) > 240
    assert sum(len(list(slipped(str(said.statement)))) for said in HELD) > 400


def on_card(card: str, old: str, new: str) -> Course:
    """The course with other words on one card."""
    (source,) = (one for one in COURSE.cards if one.card.id == card)
    assert old in source.card.front + source.card.back
    front, back = (text.replace(old, new) for text in (source.card.front, source.card.back))
    cards = tuple(
        replace(s, card=replace(s.card, front=front, back=back)) if s is source else s for s in COURSE.cards
    )
    return replace(COURSE, cards=cards)


def told(course: Course) -> list[Problem]:
    return list(unproved(course))


@pytest.mark.parametrize(
    ("card", "old", "new"),
    [
        ("linear-recurrences-minus-one-from-2", "2^n+1", "2^{n+1}"),
        ("linear-recurrences-three", "3^n", "3^{n-1}"),
        ("linear-recurrences-a-one", r"1+c\,n", r"c+n"),
        ("fibonacci-recursion-calls-recurrence", "C(n-2)", "C(n-3)"),
        ("big-o-rules-thumb-divide", "T(n/2)+1", "T(n/2)+2"),
        ("gru-candidate-simple-rnn", "+b)", ")"),
        ("input-gate-slope-forget", r"i_t\tilde C_t", r"i_tC_{t-1}"),
        ("gradient-descent-eta", r"\theta-\eta", r"\theta+\eta"),
    ],
)
def test_a_wrong_equation_of_a_card_is_told(card: str, old: str, new: str) -> None:
    (problem,) = told(on_card(card, old, new))
    assert problem.item == card
    assert "is on no formula sheet and holds with the letters of none of its unit" in problem.sentence


def test_a_wrong_equation_is_told_with_its_line() -> None:
    file = "cards/linear-recurrences.yaml"
    source = COURSE.sources[file].replace("$T(n)=2^n+1$", "$T(n)=2^n+2$")
    course = on_card("linear-recurrences-minus-one-from-2", "2^n+1", "2^n+2")
    (problem,) = told(replace(course, sources={**COURSE.sources, file: source}))
    assert source.splitlines()[problem.line - 1].strip() == "$T(n)=2^n+2$"


def test_another_spelling_of_what_is_true_passes() -> None:
    assert told(on_card("linear-recurrences-minus-one-from-2", "2^n+1", "1+2^{n-1}+2^{n-1}")) == []


def test_an_excuse_for_what_holds_or_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = {
        **unread(),
        ("cards", "linear-recurrences-minus-one-from-2"): {"T(n) = 2^n+1": "none"},
        ("cards", "no-such-card"): {"a = b+c": "none"},
    }
    monkeypatch.setattr(stated, "unread", lambda: reasons)
    holding, gone = told(COURSE)
    assert holding.sentence == "T(n) = 2^n+1 holds; take it out of checking/unread.yaml."
    assert (
        str(gone) == "checking/unread.yaml: no-such-card: a = b+c is no statement of this text under cards."
    )


@pytest.mark.parametrize(
    "text",
    [
        "$C_t=0.5$ and $h_t=\\tanh(0.5)=0.4621$",  # numbers are for chains.py
        "$T(0)=1$ and $F_0=0$",
        "$f_t=\\boxed{?}+b$",
        "`T(n) = 2 + n` is code",
        '"$T(n)=2+n$" is quoted',
        "$T(n)=<<a>>\\,T(n-1)$",
    ],
)
def test_what_is_left_to_others(text: str) -> None:
    assert not [one for one in stated._in(text) if not stands(one[0], KNOWN)]


def test_a_name_before_a_bracket_is_no_factor() -> None:
    """J is a letter of the bowl's formula, and J times theta would be a/2 theta^3."""
    (said,) = statements(r"J(\theta)=\frac a2\theta^3")
    assert not holds(said, "optimizers")
