"""Sums that are shown are evaluated: a = b = c in notes, solutions and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from content.checking.chains import broken_in, held, unequal
from content.checking.explained import Shown
from content.checking.shown import unheld
from content.course import CardSource, Course, QuestionSource
from content.records import Card, Kind, Option, SheetFormula

VALUES: Mapping[str, object] = {"a": 0.123456, "b": -0.5, "v": (1.0, 2.0), "word": "up"}


def told(text: str) -> list[str]:
    return list(broken_in(Shown("f", "i", text, VALUES)))


@pytest.mark.parametrize(
    "text",
    [
        r"$0.5\cdot 0.2+1=1.1$ and $1/3\approx 0.333$",
        r"$x=2\cdot <<a>>=<<a>>+<<a:3>>$",
        r"$\tanh(<<b>>)=-0.462$",
        r"$1<<b:+>>=0.5=50\%$",
        r"$a=\text{something}=3=1+2$",
        r"$2\cdot <<v>>=[2,4]$",
        r"$2^{10}=1\,024\ge 1\,000=10^3$",
        r"$0.45/\tanh(0.6)\approx 0.45/0.5370\approx 0.838$",
        r"$7.6\approx 8$",
        r"$T(3)=3\cdot 9=27$; $n=4,\ m=5$",
        "`$1=2$` and no formula: 1 = 2",
        r"$<<word>>=3$",
        r"$0.2 < <<a>>+0.2 \le 1 = 2-1$, $\ \tanh(1) > 0.7 \ne 0.8$",
        r"$0 < x > 1$ and $3 \to 2$ and $1 < 5 > 2$",
    ],
)
def test_what_is_right_or_no_sum_of_numbers_passes(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (r"$0.5\cdot 0.2+1=1.2$", "is 1.1, but 1.2 is 1.2"),
        (r"$1/3=0.334$", "is 0.333333"),
        (r"$2\cdot <<a>>=<<b>>$", "is 0.246912, but <<b>> is -0.5"),
        (r"$\sigma(<<b>>)=<<a:3>>$", "<<a:3>> is 0.123456"),
        (r"$0.5=45\%$", "is 0.45"),
        (r"$a=1+1=b=3$", "1+1 is 2, but 3 is 3"),
        (r"$2\cdot <<v>>=[2,5]$", "is [2. 4.], but [2,5] is [2 5]"),
        (r"$[1,2]=1$", "is [1 2], but 1 is 1"),
        (r"$$1=2$$", "1 is 1, but 2 is 2"),
        (r"$0.5 < 0.3$", "0.5 is 0.5, not < 0.3, which is 0.3."),
        (r"$1 > f > 1$", "1 is 1, not > 1"),
        (r"$1+1\ne 2$", r"not \ne 2"),
        (r"$<<a>>\ge 1/2$", "<<a>> is 0.123456, not"),
        (r"$a \to 1 = 2$", "but 2 is 2"),
        (r"$2\cdot 3=2\cdot 3$", r"2\cdot3 stands on both sides"),
        (r"$0.5\cdot 0.5\approx 0.5\cdot 0.7$", "is 0.25"),
        (r"$10^{-30}=2\cdot 10^{-30}$", "is 1.e-30, but"),
    ],
)
def test_what_is_wrong_is_told(text: str, sentence: str) -> None:
    (found,) = told(text)
    assert sentence in found


def test_all_the_relations_between_two_numbers_count() -> None:
    assert told("$1=x<2$") == []
    (found,) = told("$3=x<2$")
    assert found == "3 is 3, not < 2, which is 2."


def test_in_a_filled_text_the_left_side_may_be_rounded_too() -> None:
    assert told("$0.33=1/3$") == ["0.33 is 0.33, but 1/3 is 0.333333."]
    assert list(broken_in(Shown("f", "i", "$0.33=1/3$", is_filled=True))) == []


def test_notes_count_with_their_numbers_but_not_what_they_quote() -> None:
    course = Course((), (), (), raw={"t": "> $1=2$\n\n$2+<<a>>=5$"}, numbers={"t": {"a": 3}})
    assert list(unequal(course)) == []
    (found,) = unequal(replace(course, numbers={"t": {"a": 4}}))
    assert found.file == "topics/t.md"
    assert found.sentence == "2+<<a>> is 6, but 5 is 5."
    (found,) = unequal(replace(course, numbers={"t": {"a": 4}}, lines={("topics/t.md", ""): 10}))
    assert found.line == 12
    assert held(course) == 1


def test_solutions_and_reasons_count_with_the_numbers_of_their_seeds() -> None:
    asked = QuestionSource(
        id="q",
        topic="t",
        kind=Kind.NUMERIC,
        ask="",
        solution=r"$<<kept>>+<<added>>=<<c>>$",
        generator="lstm_cell_update",
        wants="c",
    )
    assert list(unequal(Course((), (), (asked,)))) == []
    wrong = replace(asked, solution=r"$<<kept>>-<<added>>=<<c>>$")
    assert {problem.sentence[-8:] for problem in unequal(Course((), (), (wrong,)))} == {
        "(seed 0)",
        "(seed 1)",
    }
    plain = replace(
        asked, generator="", options=(Option("$1+1=3$", True, "$2=1+1$"), Option("$1+1=4$", False, "$5=6$"))
    )
    assert [problem.sentence for problem in unequal(Course((), (), (plain,)))] == [
        "5 is 5, but 6 is 6.",
        "1+1 is 2, but 3 is 3.",
    ]


def test_a_displayed_formula_stands_on_a_sheet_or_beside_one() -> None:
    note = {"t": "text\n\n$$y=x^{2}+1,\\quad n=1$$\n\n$$2+<<a>>=y$$\n\n$$1+1=2$$"}
    course = Course((), (), (), raw=note, lines={("topics/t.md", ""): 10})
    (found,) = unheld(course)
    assert (found.line, found.sentence.split(" is on")[0]) == (12, "y = x^2+1")
    sheet = SheetFormula("s", "u", "S", r"z=1,\qquad y=x^2+1=w", "", "t", ())
    assert list(unheld(replace(course, formulas=(sheet,)))) == []
    assert list(unheld(replace(course, asides=(sheet,)))) == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (r"so $y=x^2+1$ and $z=x-1$, $x=\frac12 y$", ["y = x^2+1", "z = x-1", r"x = \frac12y"]),
        (r"with $y=-1$, $y=a_{t-1}$, $x^{t+1}=y$, $n=5$, $y<x+1$, $W_f x$", []),
        ('`$y=x+1$`, "$y=x+2$"\n\n> $y=x+3$', []),
        ("## Common mistakes\n\n$y=x-1$\n\n## More\n\n$y=x/2$", ["y = x/2"]),
        ("## What the lecture notes say\n\n$y=x-1$", []),
        (r"score $=w_1\cdot x+b$", []),
    ],
)
def test_an_equation_in_a_line_of_text_stands_there_too(text: str, known: list[str]) -> None:
    found = unheld(Course((), (), (), raw={"t": text}))
    assert [problem.sentence.split(" is on")[0] for problem in found] == known


@pytest.mark.parametrize(
    ("front", "back", "stands"),
    [
        (r"Complete $y=\boxed{?}+1$", "$x^2$", True),
        (r"Complete $y=x^{\boxed{?}}+1$", "$a$ or $2=1+1$", True),
        (r"Complete $y=\boxed{?}$", "$x^2-1$", False),
        (r"Complete $y=\boxed{?}$", "nothing in letters", False),
        (r"How long is $\boxed{?}+1$?", "$b=q+1$", False),
        (r"How long is $\boxed{?}+1$?", "$x^2$ or so", True),
        (r"How long is $O(\boxed{?}+1)$?", "$x^{2}$", True),
        (r"How long is $O(\boxed{?}+1)$?", "$x$", False),
        (r"How long is $\boxed{?}+1$?", "$2$", True),
        (r"What is $\boxed{?}$?", "words", True),
    ],
)
def test_the_formula_of_a_cloze_stands_on_a_sheet(front: str, back: str, stands: bool) -> None:
    sheet = SheetFormula("s", "u", "S", "y=x^2+1", "", "t", ())
    card = Card("c", "t", front, back)
    course = Course((), (CardSource(card),), (), formulas=(sheet,))
    assert (list(unheld(course)) == []) == stands
