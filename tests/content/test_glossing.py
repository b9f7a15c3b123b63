"""Words of the glossary are marked in plain text only, each once."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.glossing import Glossary
from content.records import Term


def term(word: str, *also: str, topic: str = "elsewhere") -> Term:
    return Term(id=word.lower().replace(" ", "-"), unit="lstm", term=word, also=also, says="", topic=topic)


GATE, STATE = term("forget gate", "forget gates"), term("state")
RNN, BPTT = term("recurrent neural network", "RNN", "RNNs"), term("BPTT", "backpropagation through time")
LONG = term("hidden state")
ALL = Glossary((GATE, STATE, RNN, BPTT, LONG))


def shown(markdown: str, topic: str = "here") -> list[str]:
    """The words that are marked, in order."""
    return [markdown[place.start : place.end] for place in ALL.places(markdown, topic)]


def test_only_the_first_place_of_a_term_is_marked() -> None:
    text = "The forget gate. A forget gate, and forget gates."
    assert ALL.marked(text) == "The [forget gate](term:forget-gate). A forget gate, and forget gates."


@pytest.mark.parametrize(
    "silent",
    [
        "## The forget gate",
        "> A forget gate",
        "`forget gate`",
        "``a ` forget gate``",
        "```\nforget gate\n```",
        "~~~python\nforget gate\n~~~",
        "```\nforget gate, and never closed",
        "$forget gate$",
        "$$\nforget gate\n$$",
        "[the forget gate](topic:x)",
        "[a [b] forget gate](<derive:T(n) = 3T(n-1)>)",
        "![the forget gate](diagram:lstm-cell)",
        "forget gate-like",
        "a-forget gate",
        "forget gated",
        "unforget gate",
        "forget_gate",
        "forget\n\ngate",
        "forget, gate",
    ],
)
def test_what_is_no_plain_text_is_left_alone(silent: str) -> None:
    assert shown(silent) == []
    after = shown(f"{silent}\n\nThe forget gate.") if "never closed" not in silent else ["forget gate"]
    assert after == ["forget gate"], "but what comes after it is not"


def test_the_longest_form_wins_and_plurals_count() -> None:
    assert shown("The hidden state and the state.") == ["hidden state", "state"]
    assert shown("Both forget gates") == ["forget gates"]
    assert shown("A Forget Gate, a FORGET GATE") == ["Forget Gate"]


def test_capitals_matter_only_in_forms_that_are_all_capitals() -> None:
    assert shown("an rnn, an RNN") == ["RNN"]
    assert shown("Recurrent Neural Network") == ["Recurrent Neural Network"]
    assert shown("bptt is Backpropagation through time") == ["Backpropagation through time"]


def test_a_note_does_not_explain_what_it_is_about() -> None:
    own = Glossary((term("forget gate", topic="forget-gate"), term("gate")))
    text = "The forget gate is a gate."
    assert own.marked(text, "forget-gate") == "The forget gate is a [gate](term:gate)."
    assert own.marked(text, "lstm") == "The [forget gate](term:forget-gate) is a [gate](term:gate)."


def test_words_in_bold_lists_tables_and_broken_lines_count() -> None:
    assert shown("**forget gate**") == ["forget gate"]
    assert shown("- a forget\n  gate") == ["forget\n  gate"]
    assert shown("| a | forget gate |\n|---|---|") == ["forget gate"]
    assert shown(r"costs \$3, the forget gate costs \$4") == ["forget gate"]


@given(st.text(alphabet="forget gate stRN`$[]()!>#\n\\*-~", max_size=120))
def test_marking_adds_links_and_changes_no_letter(text: str) -> None:
    """Taking the links away again gives the text: nothing is lost, moved or marked twice."""
    marked = ALL.marked(text)
    places = ALL.places(text)
    assert len({place.term for place in places}) == len(places)
    assert all(a.end <= b.start for a, b in pairwise(places))
    assert re.sub(r"\[([^\[\]]*)\]\(term:[a-z-]+\)", r"\1", marked) == text


@given(st.lists(st.sampled_from(["forget gate", "RNN", "state", "and", "the"]), max_size=30))
def test_every_term_that_stands_in_plain_words_is_found(words: list[str]) -> None:
    found = {place.term for place in ALL.places(" ".join(words))}
    names = {"forget gate": "forget-gate", "RNN": "recurrent-neural-network", "state": "state"}
    assert found == {names[word] for word in words if word in names}
