"""The pages that are made of records: contents, glossary, formula sheet, gallery, unit."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.diagram import Diagram, Part
from content.records import SheetFormula, Term, Topic, TopicProgress, Unit
from studyapp.reading.contents import contents, next_to_read
from studyapp.reading.gallery import gallery
from studyapp.reading.glossary import glossary
from studyapp.reading.heading import of_topic
from studyapp.reading.sheet import checked, sheet
from studyapp.reading.text import Text
from studyapp.reading.unit import unit_text

GATE = Topic("forget-gate", "lstm", "LSTM", 1, 1, "The forget gate", "What stays.", "")
STATE = Topic("lstm-states", "lstm", "LSTM", 1, 2, "Two states", "What is kept.", "", needs=("forget-gate",))
LOOPS = Topic("big-o", "growth", "Growth", 2, 1, "Big O", "How it grows.", "")
TOPICS = (GATE, STATE, LOOPS)
BY_ID = {topic.id: topic for topic in TOPICS}
UNITS = (Unit("lstm", "LSTM", 1, "A summary."), Unit("growth", "Growth", 2))
FORMULAS = (
    SheetFormula("f", "lstm", "Forget gate", r"f_t = \sigma(a)", "$a$: the sum", "forget-gate", (),
                 check=("sigmoid(a) == 1 / (1 + exp(-a))",)),
    SheetFormula("c", "lstm", "New state", r"C_t", "$C_t$: memory", "lstm-states", (), note="One convention.",
                 unchecked="It is a name."),
    SheetFormula("o", "growth", "Bound", r"O(n^2)", "$n$: size", "big-o", (), unchecked="A definition."),
)  # fmt: skip
TERMS = (
    Term("state", "lstm", "state", ("states", "memory"), "What is kept.", "lstm-states"),
    Term("gate", "lstm", "Gate", (), "A number from 0 to 1.", "forget-gate"),
    Term("eos", "lstm", "<EOS>", (), "The end.", "forget-gate"),
    Term("two-d", "lstm", "2-D", (), "Of two dimensions.", "forget-gate"),
)


def headings(text: Text) -> list[str]:
    return re.findall(r"^#{1,6} (.+)$", text.markdown, re.MULTILINE)


def test_the_contents_name_every_topic_and_how_far_one_is() -> None:
    progress = {"forget-gate": TopicProgress("forget-gate", "", "lstm", "LSTM", 9, 4, 2, 5, 1)}
    text = contents(TOPICS, progress, {"forget-gate"})
    assert headings(text) == ["What to read next", "LSTM", "Growth"]
    assert "You have read 1 of 3 notes." in text.markdown
    assert (
        "- [The forget gate](topic:forget-gate): What stays. · ✓ read · 2 of 9 cards known" in text.markdown
    )
    assert "1 of 2 notes read, 2 of 9 cards known. [The unit on one page](unit:lstm)" in text.markdown
    assert text.anchors == {"lstm": 1, "growth": 2}
    assert text.count == 3


def test_what_to_read_next_does_not_run_ahead() -> None:
    assert [t.id for t in next_to_read(TOPICS, ())] == ["forget-gate", "big-o"]
    assert [t.id for t in next_to_read(TOPICS, ("forget-gate",))] == ["lstm-states", "big-o"]
    assert next_to_read(TOPICS, [t.id for t in TOPICS]) == ()
    assert "You have read all 3 notes." in contents(TOPICS, {}, {t.id for t in TOPICS}).markdown


@given(st.sets(st.sampled_from([t.id for t in TOPICS])))
def test_there_is_something_to_read_next_until_all_is_read(read: set[str]) -> None:
    found = next_to_read(TOPICS, read)
    assert bool(found) == (len(read) < len(TOPICS))
    assert not {t.id for t in found} & read


def test_what_the_lecture_notes_mark_for_the_exam_is_marked() -> None:
    marked = [replace(STATE, exam="must"), replace(STATE, id="x", exam="slide"), replace(STATE, id="y")]
    rows = [line for line in contents(marked, {}, ()).markdown.splitlines() if line.startswith("- [Two")][-3:]
    assert rows[0].endswith("What is kept. · **for the exam**")
    assert rows[1].endswith("What is kept. · on an exam slide")
    assert rows[2].endswith("What is kept.")
    heading = of_topic(marked[0], {}, None, ())
    assert heading.state == "The lecture notes mark it as important for the exam."


def test_the_glossary_is_alphabetical_and_is_filtered_by_any_word() -> None:
    text = glossary(TERMS, BY_ID)
    assert headings(text) == ["0-9", "2-D", "E", "<EOS>", "G", "Gate", "S", "state"]
    assert headings(text)[text.anchors["state"]] == "state"
    assert "What is kept. Also: memory. [Two states](topic:lstm-states)" in text.markdown
    paper = glossary(TERMS, BY_ID, on_paper=True)
    assert headings(paper) == headings(text)
    assert "](" not in paper.markdown
    assert headings(glossary(TERMS, BY_ID, "KEPT")) == ["S", "state"]
    assert headings(glossary(TERMS, BY_ID, "states")) == ["S", "state"]
    assert glossary(TERMS, BY_ID, "kept number").count == 0


def test_the_sheet_goes_by_units_and_says_how_each_formula_was_checked() -> None:
    text = sheet(FORMULAS, UNITS, BY_ID)
    assert headings(text) == ["LSTM", "Forget gate", "New state", "Growth", "Bound"]
    assert {name: headings(text)[n] for name, n in text.anchors.items()} == {
        "lstm": "LSTM", "f": "Forget gate", "c": "New state", "growth": "Growth", "o": "Bound",
    }  # fmt: skip
    assert "$$\nf_t = \\sigma(a)\n$$\n\n$a$: the sum" in text.markdown
    assert "[✓\N{NO-BREAK SPACE}checked](check:f)" in text.markdown  # the sign stays with its word
    assert "[not checked](check:c)" in text.markdown
    assert "`sigmoid(a) == 1 / (1 + exp(-a))`" in checked(FORMULAS[0])
    assert "It is a name." in checked(FORMULAS[1])


def test_the_sheet_of_one_unit_does_not_say_its_name_again() -> None:
    text = sheet(FORMULAS, UNITS, BY_ID, only="lstm")
    assert headings(text) == ["Forget gate", "New state"]
    assert {name: headings(text)[n] for name, n in text.anchors.items()} == {
        "f": "Forget gate", "c": "New state",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("term", "also", "named"),
    [
        ("block of weights", ("blocks of weights", "block-of-weights"), ""),
        ("mini-batch", ("minibatch", "mini-batches"), ""),
        ("memory", ("memories",), ""),
        ("nats", ("nat",), ""),
        ("base case", ("base cases",), ""),
        ("bias", ("biases",), ""),
        ("loss", ("losses", "loss function", "loss functions"), "loss function"),
        ("class", ("clas",), "clas"),
    ],
)
def test_the_glossary_says_no_plural_and_no_other_hyphen(
    term: str, also: tuple[str, ...], named: str
) -> None:
    text = glossary([replace(TERMS[0], term=term, also=also, says="It is so.")], BY_ID).markdown
    assert text.count("Also:") == bool(named)
    assert f"It is so. Also: {named}." in text or not named


def test_formulas_are_found_by_greek_letters_latex_and_words() -> None:
    for words in ("sigma", "σ", r"\sigma", "Forget", "lstm the sum", "gate lstm"):
        assert "Forget gate" in headings(sheet(FORMULAS, UNITS, BY_ID, words)), words
    assert headings(sheet(FORMULAS, UNITS, BY_ID, "memory")) == ["LSTM", "New state"]
    assert sheet(FORMULAS, UNITS, BY_ID, "memory sigma").count == 0


def test_on_paper_there_are_no_links_and_one_unit_can_stand_alone() -> None:
    text = sheet(FORMULAS, UNITS, BY_ID, only="lstm", on_paper=True)
    assert headings(text) == ["Forget gate", "New state"]
    assert "](" not in text.markdown
    assert "*One convention.*" in text.markdown


def test_the_gallery_shows_each_picture_with_its_notes() -> None:
    part = Part("g", "a gate", "It closes.", (0.0, 0.0), True, ())
    first = Diagram("cell", "A cell", ("forget-gate", "lstm-states"), (), 4.0, 3.0, (part,))
    later = Diagram("bars", "Bars", ("big-o",), (), 4.0, 3.0, ())
    text = gallery((later, first), BY_ID)
    assert headings(text) == ["A cell", "Bars"], "in the order of the course"
    assert "(diagram:cell)" in text.markdown
    assert "In [The forget gate](topic:forget-gate), [Two states](topic:lstm-states)." in text.markdown
    assert headings(gallery((later, first), BY_ID, "closes")) == ["A cell"]


def test_a_unit_ends_with_its_notes_even_without_a_summary() -> None:
    text = unit_text(UNITS[0], TOPICS, {"lstm-states"}).markdown
    assert text.startswith("A summary.")
    assert "2. [Two states](topic:lstm-states): What is kept. ✓" in text
    assert "Big O" not in text
    assert "1. [Big O](topic:big-o)" in unit_text(UNITS[1], TOPICS, ()).markdown
