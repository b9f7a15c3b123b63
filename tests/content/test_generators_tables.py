"""Questions out of tables: one right answer, three other wrong ones, and every row is asked."""

from __future__ import annotations

import pytest

from content.generators.registry import generator, generator_names
from content.generators.tables import Row, table_generator

ABOUT = {name: f"{name} is a letter." for name in "abcd"}
ROWS = [Row(f"which is {name}?", name, "Look at it.") for name in "abcd"]


def _tables() -> list[str]:
    return [name for name in generator_names() if {"clue", "wrong3"} <= generator(name).vary("x", 0).keys()]


@pytest.mark.parametrize("name", _tables())
def test_right_and_wrong_answers_are_four(name: str) -> None:
    clues = set()
    for seed in range(50):
        values = generator(name).vary("some-item", seed)
        assert len({values["right"], *(values[f"wrong{k}"] for k in (1, 2, 3))}) == 4
        clues.add(values["clue"])
    assert len(clues) == len({generator(name).inputs["k"].draw(key) for key in range(400)})


def test_a_wrong_answer_comes_with_what_it_is() -> None:
    made = table_generator("letters", ROWS, ABOUT)
    values = made.compute(k=1)
    assert (values["right"], values["right_why"]) == ("b", "Look at it.")
    assert {values[f"wrong{k}_why"] for k in (1, 2, 3)} == {ABOUT[name] for name in "acd"}


def test_what_speaks_against_the_others_follows_what_they_are() -> None:
    rows = [row._replace(against=f"Here it is {row.answer}.") for row in ROWS]
    values = table_generator("letters", rows, ABOUT).compute(k=2)
    assert values["right_why"] == "Look at it."
    assert {values[f"wrong{k}_why"] for k in (1, 2, 3)} == {f"{ABOUT[n]} Here it is c." for n in "abd"}


@pytest.mark.parametrize("about", [{"a": "."}, dict.fromkeys("abc", "."), dict.fromkeys("abcxy", ".")])
def test_a_table_without_enough_said_is_refused(about: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="letters needs a sentence on"):
        table_generator("letters", ROWS, about)
