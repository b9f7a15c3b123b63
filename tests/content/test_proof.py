"""The proofs about the whole course: each finds what it is for. That the shipped one passes: test_course."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from content.check import between
from content.checking import coverage, formulas, overlap, reading_ease, spelling, structure
from content.checking.proof import placed
from content.checking.syllabus import Syllabus, syllabus
from content.checking.words import prose
from content.course import Course, Problem
from content.diagram import Diagram
from content.loader import read_course
from content.records import SheetFormula

ROOT = Path(__file__).parents[2]
COURSE = read_course()


def told(found: object) -> str:
    assert not isinstance(found, Problem)
    return "\n".join(map(str, found))  # type: ignore[call-overload]  # any iterable of problems


def with_note(topic: str, old: str, new: str) -> Course:
    assert old in COURSE.raw[topic], (topic, old)
    return replace(COURSE, raw={**COURSE.raw, topic: COURSE.raw[topic].replace(old, new)})


def test_the_syllabus_is_whole() -> None:
    known = syllabus()
    of_notes = [
        claim for claim in known.verdicts if claim.split(".")[0] not in ("cnn", "optimizers", "nlp", "xai")
    ]
    assert (len(of_notes), len(known.errata), len(known.diagrams)) == (221, 24, 30)
    assert len({claim.split(".")[0] for claim in of_notes}) == 70


def test_a_claim_without_a_place_is_found() -> None:
    found = told(coverage.gaps(with_note("forget-gate", "[^c1]", ""), syllabus()))
    assert "topics/forget-gate.md: forget-gate.c1: has no place in a note" in found


def test_an_error_of_the_notes_that_is_not_explained_is_found() -> None:
    section = coverage.sections(COURSE.raw["forget-gate"])[coverage.NOTES_SAY]
    assert "[^c2]" in section
    course = with_note("forget-gate", section, "\nNothing.\n")
    assert "forget-gate.c2: is wrong as printed; explain it" in told(coverage.gaps(course, syllabus()))


def test_a_claim_that_is_never_asked_is_found() -> None:
    asked = tuple(q for q in COURSE.questions if "forget-gate.c2" not in q.claims)
    cards = tuple(s for s in COURSE.cards if "forget-gate.c2" not in s.card.claims)
    found = told(coverage.gaps(replace(COURSE, questions=asked, cards=cards), syllabus()))
    assert "forget-gate.c2: is on no card and in no question." in found
    assert "forget-gate.c2: is wrong as printed; a question has to be about it" in found


def test_an_exam_item_with_too_few_questions_is_found() -> None:
    flagged = "lstm-equations.c2"
    rest = tuple(q for q in COURSE.questions if flagged not in q.claims)
    found = told(coverage.gaps(replace(COURSE, questions=rest), syllabus()))
    assert f"{flagged}: is flagged for the exam, with 0 of 3 questions." in found


def test_a_claim_that_does_not_exist_is_found() -> None:
    course = with_note("forget-gate", "[^c1]", "[^c1][^c77]")
    assert "forget-gate.c77: is no claim of the lecture notes" in told(coverage.gaps(course, syllabus()))


def test_a_picture_that_is_missing_is_found() -> None:
    wanted = Syllabus(syllabus().verdicts, syllabus().flagged, {"unicorn": ("forget-gate",)})
    found = told(coverage.gaps(COURSE, wanted))
    assert "diagrams/unicorn.yaml: unicorn: is not drawn." in found
    assert "forget-gate: does not show the picture 'unicorn'." in found


def test_exam_marks_are_those_of_the_lecture_notes() -> None:
    topics = tuple(replace(topic, exam="" if topic.exam else "must") for topic in COURSE.topics)
    found = told(coverage.gaps(replace(COURSE, topics=topics), syllabus()))
    assert "is flagged for the exam; write `exam: must` or `exam: slide` in the head." in found
    assert "temperature: has no claim that is flagged for the exam" in found
    assert found.count("flagged for the exam; ") == len(COURSE.topics)


def test_a_part_of_a_picture_that_is_missing_is_found() -> None:
    def without_sum(diagram: Diagram) -> Diagram:
        return replace(diagram, parts=tuple(part for part in diagram.parts if part.id != "sum"))

    course = replace(COURSE, diagrams=tuple(map(without_sum, COURSE.diagrams)))
    assert "diagrams/gru-cell.yaml: gru-cell: lacks the part 'sum'." in told(
        coverage.gaps(course, syllabus())
    )


def test_too_few_cards_and_generated_questions_are_found() -> None:
    few = replace(
        COURSE, cards=COURSE.cards[:9], questions=tuple(q for q in COURSE.questions if not q.generator)
    )
    found = told(coverage.gaps(few, syllabus()))
    assert "9 cards for" in found
    assert "lstm: 0 of" in found


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("## Worked example", "## Sums", "the section “Worked example” is missing"),
        ("## In the exam", "## Common mistakes\n\n## In the exam", "the sections stand as"),
        ("## The idea", "## The idea\n\n" + "word " * 700, "words; 150 to 600 are wanted"),
        ("## The idea", "## The idea\n\nIt is $0.858$ here.", "0.858 is typed"),
    ],
)
def test_faults_of_a_note_are_found(old: str, new: str, sentence: str) -> None:
    assert sentence in told(structure.faults(with_note("forget-gate", old, new)))


def test_quotations_may_hold_any_number() -> None:
    course = with_note("forget-gate", "## The idea", '## The idea\n\n> The lecture notes say "0.4567".\n')
    assert "0.4567" not in told(structure.faults(course))


def test_a_formula_that_does_not_hold_is_found() -> None:
    line = SheetFormula("x", "lstm", "X", "x", "", "forget-gate", ("forget-gate.c1",))
    wrong = replace(line, draw=(("x", "scalar"),), check=("sigmoid(x) == tanh(x)",))
    unreadable = replace(line, check=("sigmoid(y) == 1",))
    assert "formulas/lstm.yaml: x: sigmoid(x) == tanh(x): left is" in told(
        formulas.untrue(replace(COURSE, formulas=(wrong,)))
    )
    assert "'y' has no value here" in told(formulas.untrue(replace(COURSE, formulas=(unreadable,))))


def test_the_hashes_know_the_notes() -> None:
    """Eight words that an author of the notes wrote, and eight that nobody did."""
    copied = "network take out input and gives output and"
    assert overlap.copied(f"We say: {copied} something.") == [copied]
    assert overlap.copied("Eight words in a row that nobody wrote before us today.") == []
    assert overlap.copied(f'They say "{copied}" there.') == []
    assert overlap.copied(f"> {copied}") == []


def test_a_misspelt_word_is_found() -> None:
    found = told(
        spelling.misspelt(with_note("forget-gate", "## The idea", "## The idea\n\nThe forgett gate."))
    )
    assert "topics/forget-gate.md: forget-gate: 'forgett' is in no word list" in found


def test_hard_reading_is_found() -> None:
    hard = "Notwithstanding multidimensional considerations, institutions necessitate verification. "
    found = told(reading_ease.hard(with_note("forget-gate", "## The idea", "## The idea\n\n" + hard * 60)))
    assert "has a reading ease of" in found
    long = "so " * 50 + "on."
    assert "a sentence has 51 words" in told(
        reading_ease.hard(with_note("forget-gate", "## The idea", f"## The idea\n\n{long}"))
    )


def test_reading_ease_is_fleschs() -> None:
    """One sentence of 6 words with 6 syllables, worked out by hand."""
    assert reading_ease.reading_ease("The cat sat on the mat.") == pytest.approx(206.835 - 1.015 * 6 - 84.6)


def test_prose_is_what_is_read() -> None:
    text = "## Head\n\nA *word* and $x^2$ in [a link](topic:x).[^c1]\n\n| a | b |\n\n```python\ncode\n```\n"
    assert prose(text).split() == ["Head", "A", "word", "and", "X", "in", "a", "link", "."]


def test_a_misspelt_word_is_told_with_its_line() -> None:
    course = with_note("forget-gate", "## In the exam", "## In the exam\n\nThe forgett gate.")
    (problem,) = placed(course, spelling.misspelt(course))
    assert "forgett" in problem.sentence
    body = course.raw["forget-gate"].splitlines()
    assert body[problem.line - course.lines["topics/forget-gate.md", ""]] == "The forgett gate."


def test_a_unit_that_lost_its_page_is_told() -> None:
    units = tuple(replace(unit, body="" if unit.id == "lstm" else unit.body) for unit in COURSE.units)
    (problem,) = between(replace(COURSE, units=units))
    assert str(problem) == "units/lstm.md: lstm: has no page, but other units have; write one."
    bare = tuple(replace(unit, body="") for unit in COURSE.units)
    assert between(replace(COURSE, units=bare)) == []


def test_what_can_be_placed_has_its_line() -> None:
    terms = tuple(replace(term, topic="nowhere") for term in COURSE.terms[:1])
    (problem,) = between(replace(COURSE, terms=(*terms, *COURSE.terms[1:])))
    file = ROOT / "content" / problem.file
    assert file.read_text(encoding="utf-8").splitlines()[problem.line - 1].lstrip("- ").startswith("id: ")
