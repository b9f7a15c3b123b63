"""Slips in the growths that are told: each that is made here must be noticed by the proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from content.checking import growths
from content.checking.grown import Sources, judged, sources, with_sizes_of
from content.checking.growths import Growth, amiss, untold, wrong
from content.course import Course
from content.loader import read_course

COURSE = read_course()
KNOWN = sources()
SLIPS = (
    (r"\^2", "^3"),
    (r"\^2", ""),
    (r"2\^n", "3^n"),
    (r"3\^n", "2^n"),
    (r"2\^n", "n^2"),
    (r"\\varphi", "2"),
    (r"\\varphi\^n", "n"),
    (r"\\log n", "n"),
    (r"n\\log n", "n"),
    (r"\\log n", "1"),
    (r"\\sqrt n", "n"),
    (r"\\sqrt n", r"\\log n"),
    (r"\(n\)", "(n^2)"),
    (r"\(n\)", r"(\\log n)"),
    (r"\(n\)", "(1)"),
    (r"\(1\)", "(n)"),
    (r"\(1\)", r"(\\log n)"),
    (r"n2\^n", "2^n"),
    (r"hd", "d"),
    (r"\+hd", ""),
    (r"h\)", "h^2)"),
    (r"\(k", "(n"),
    (r"\(n", "("),
)
TIGHT = [
    (f"{file}:{item}", growth, mark)
    for file, item, texts in growths._all(COURSE)
    for growth, mark in zip(
        growths._growths(texts), KNOWN.told.get((file.partition("/")[0], item), ()), strict=True
    )
    if " " not in mark
]


def slips(latex: str) -> Iterator[str]:
    for pattern, slip in SLIPS:
        made = re.sub(pattern, slip, latex, count=1)
        if made not in (latex, latex.replace("(n", "(", 1) if "(n)" in latex else ""):
            yield made


@pytest.mark.parametrize(("where", "growth", "mark"), TIGHT, ids=[where for where, _, _ in TIGHT])
def test_slips_are_noticed(where: str, growth: Growth, mark: str) -> None:
    assert not list(wrong(growth, mark, KNOWN))
    for slip in slips(growth.latex):
        assert list(wrong(replace(growth, latex=slip), mark, KNOWN)), f"{where}: {slip}"


def test_there_is_something_to_notice() -> None:
    assert len(TIGHT) > 120
    assert sum(len(list(slips(growth.latex))) for _, growth, _ in TIGHT) > 350


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("triangle", "range(i)", "range(3)"),
        ("doubling", "2 * i", "2 + i"),
        ("half-and-doubling", "2 * j", "2 + j"),
        ("million", "1000000", "n"),
        ("collapse", "T(0) = 1", "T(0) = 2"),
        ("collapse-from-2", "T(0) = 2", "T(0) = 1"),
        ("tripling", "3T", "2T"),
        ("fib-calls", "C(n-2)", "C(n-1)"),
        ("thumb-divide", "n/2", "n-1"),
        ("merge-sort", "2T", "4T"),
        ("rnn-time", "h", "d"),
    ],
)
def test_slips_in_what_grows_are_noticed(name: str, old: str, new: str) -> None:
    assert old in KNOWN.of[name]
    other = Sources({**KNOWN.of, name: KNOWN.of[name].replace(old, new, 1)}, KNOWN.told)
    assert any(list(wrong(growth, mark, other)) for _, growth, mark in TIGHT if mark == name)


def test_a_growth_of_which_nothing_is_said_is_told_with_its_item() -> None:
    course = replace(COURSE, raw={**COURSE.raw, "forget-gate": "## The idea\n\nIt takes $O(n^2)$ steps.\n"})
    (problem,) = untold(course)
    assert str(problem).startswith("topics/forget-gate.md: forget-gate: the growths told here are O(n^2); ")


def test_a_wrong_growth_is_told_with_its_line() -> None:
    body = COURSE.raw["linear-recurrences"].replace(r"$\Theta(3^n)$", r"$\Theta(4^n)$")
    (problem,) = untold(replace(COURSE, raw={**COURSE.raw, "linear-recurrences": body}))
    line = body[: body.index(r"$\Theta(4^n)$")].count("\n")
    assert problem.line == COURSE.lines["topics/linear-recurrences.md", ""] + line
    assert r"\Theta(4^n) is said of tripling and meant to be tight. Too large" in problem.sentence


def test_what_is_gone_is_told() -> None:
    known = Sources(KNOWN.of, {**KNOWN.told, ("cards", "no-such-card"): ["tripling"]})
    (problem,) = untold(COURSE, known)
    assert str(problem) == (
        "checking/growths.yaml: no-such-card: stands under cards, where no text has this id."
    )


@pytest.mark.parametrize("mark", ["", "perhaps tripling", "no-such-thing", "unread:", "loose"])
def test_a_mark_that_is_none_is_told(mark: str) -> None:
    ((sentence, _),) = amiss([r"It is $\Theta(3^n)$."], [mark], KNOWN)
    assert "which is no mark" in sentence


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (r"$O(4^n)$", "loose tripling"),
        (r"$O(5\cdot3^n)$", "untidy tripling"),
        (r"$O(2^n)$", "wrong tripling"),
        (r"$\Theta(g)$", "unread: the definition"),
        (r"$3^n=O(3^n)$", "tripling"),
    ],
)
def test_marks_say_how_it_is_meant(text: str, mark: str) -> None:
    assert not list(amiss([text], [mark], KNOWN))
    for other in {"loose tripling", "untidy tripling", "wrong tripling", "tripling"} - {mark}:
        assert mark.startswith("unread") or list(amiss([text], [other], KNOWN)), other


@pytest.mark.parametrize("side", ["n^3", "2^n", "n 3^n", "3^{2n}", r"\frac{3^n}n"])
def test_the_other_side_is_held_too(side: str) -> None:
    assert list(amiss([rf"$T(n)={side}=\Theta(3^n)$"], ["tripling"], KNOWN))


def test_options_agree_with_their_growths() -> None:
    question = next(one for one in COURSE.questions if one.id == "power-set-cost")
    texts = [question.ask, question.hint, question.solution]
    texts += [text for option in question.options for text in (option.text, option.why)]
    marks = KNOWN.told["questions", question.id]
    turned = [replace(option, right=not option.right) for option in question.options]
    assert not list(amiss(texts, marks, KNOWN, question.options))
    assert len(list(amiss(texts, marks, KNOWN, turned))) == len(turned)


@pytest.mark.parametrize(
    "claim", [r"O(n(h^2+d))", r"O(n(h+hd))", r"O(nhd)", r"O(nh^2)", r"O(h^2+hd)", r"O(n)"]
)
def test_each_size_counts(claim: str) -> None:
    assert judged(KNOWN.of["rnn-time"], claim)[0] == "wrong"


def test_sizes_that_a_class_has_not_are_constants() -> None:
    assert judged(with_sizes_of("O(n)", "n(h^2+hd)"), "O(n)")[0] == ""
    assert judged(with_sizes_of("O(h)", "n(h^2+hd)"), "O(h)")[0] == "wrong"


def test_a_course_without_growths_has_none() -> None:
    assert list(untold(Course((), (), ()), Sources({}, {}))) == []


@pytest.mark.parametrize("claim", ["O(n + * h)", r"O(\text{many} h)", "O(-nh)", "O(h n", r"O(\sin(n) h)"])
def test_what_cannot_be_read_is_told(claim: str) -> None:
    assert judged(KNOWN.of["rnn-time"], claim)[0] in ("unreadable", "wrong")
    assert judged(KNOWN.of["tripling"], claim)[0] == "unreadable"
