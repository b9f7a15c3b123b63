"""The check finds every kind of mistake an author can make, and names file and id."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from content.__main__ import main
from content.course_reader import read_course

Change = Callable[[Any], object]


def card(course: Any) -> dict[str, Any]:
    return course.cards["gates"][0]


def choice(course: Any) -> dict[str, Any]:
    return course.questions["gates"][0]


def numeric(course: Any, **more: Any) -> None:
    course.questions["gates"].append(course.numeric("gates-n", "gates", **more))


def head(course: Any, old: str, new: str) -> None:
    course.topics["gates"] = course.topics["gates"].replace(old, new)


MISTAKES: dict[str, Change] = {
    "gates-2: this id is also used in cards/gates.yaml": lambda c: card(c).update(id="gates-2"),
    "gates-q1: this id is also used in": lambda c: card(c).update(id="gates-q1"),
    "'Gates 1' is no id": lambda c: card(c).update(id="Gates 1"),
    "gates-1: front is missing": lambda c: card(c).pop("front"),
    "gates-1: back is blank": lambda c: card(c).update(back=" \n"),
    "gates-1: front is 12; it must be text": lambda c: card(c).update(front=12),
    "gates-1: the key 'hint' is not known here": lambda c: card(c).update(hint="x"),
    "claim 'gates.c9' is in no topic's head": lambda c: card(c).update(claims=["gates.c9"]),
    "'gates' in claims is not a claim": lambda c: card(c).update(claims=["gates"]),
    "claims is empty": lambda c: card(c).update(claims=[]),
    "was 'gates-2', but that id is in use": lambda c: card(c).update(was=["gates-2"]),
    "but so was": lambda c: [x.update(was=["old"]) for x in c.cards["gates"][:2]],
    "links to 'nowhere', which is no topic": lambda c: card(c).update(back="[x](topic:nowhere)"),
    "a $ has no partner": lambda c: card(c).update(back="costs $5"),
    r"a brace has no partner in $\frac{a}{b$": lambda c: card(c).update(back=r"It is $\frac{a}{b$."),
    r"a \left or \right has no partner": lambda c: card(c).update(back=r"It is $\left(x)$."),
    r"a \begin or \end has no partner": lambda c: card(c).update(back=r"$$\begin{cases} x$$"),
    "<<x>> has no value here": lambda c: choice(c).update(ask="Is <<x>> so?"),
    "<<x:.3f>> is no placeholder": lambda c: card(c).update(back="<<x:.3f>>"),
    "2 options have `right: true`": lambda c: choice(c)["options"][1].update(right=True),
    "0 options have `right: true`": lambda c: choice(c)["options"][0].pop("right"),
    "at least one must": lambda c: (choice(c).update(kind="multiple"), choice(c)["options"][0].pop("right")),
    "there are 2 options": lambda c: choice(c)["options"].pop(),
    "two options have the same text": lambda c: choice(c)["options"][1].update(text="Yes"),
    "why is missing": lambda c: choice(c)["options"][1].pop("why"),
    "right is 'yes'": lambda c: choice(c)["options"][1].update(right="yes"),
    "options is missing": lambda c: choice(c).pop("options"),
    "kind is 'essay'": lambda c: choice(c).update(kind="essay"),
    "there is no generator 'magic'": lambda c: numeric(c, generator="magic"),
    "nested_loops has no value 'sum'": lambda c: numeric(c, wants="sum"),
    "nested_loops has no value 'k'": lambda c: numeric(c, solution="<<k>>"),
    "nested_loops has no value 'wrong'": lambda c: numeric(c, mistakes=[{"value": "wrong", "why": "x"}]),
    "'trace' is a text": lambda c: numeric(
        c, generator="halving_loop", wants="trace", ask="<<n>>", solution="x"
    ),
    "ask shows no value": lambda c: numeric(c, ask="How many?"),
    "gates-n: seed 0: h is not whole": lambda c: numeric(
        c, generator="lstm_output", wants="h", ask="<<o>> <<c>>", solution="x"
    ),
    "too near 0 for the tolerance": lambda c: numeric(
        c, generator="lstm_output", wants="h", ask="<<o>> <<c>>", solution="x", decimals=0
    ),
    "different versions in 50": lambda c: numeric(
        c, generator="array_address", wants="offset", ask="<<size>>", solution="x"
    ),
    "the mistake 'second' never differs": lambda c: numeric(
        c,
        generator="series_sum",
        wants="second",
        ask="<<start>>",
        solution="x",
        mistakes=[{"value": "second", "why": "x"}],
    ),
    "decimals is -1": lambda c: numeric(c, decimals=-1),
    "decimals is 9": lambda c: numeric(c, decimals=9),
    "tolerance is 'a bit'": lambda c: numeric(c, tolerance="a bit"),
    "the id is 'other'": lambda c: head(c, "id: gates\n", "id: other\n"),
    "unit 'magic' is not in units.yaml": lambda c: head(c, "unit: basics", "unit: magic"),
    "order 2 is taken": lambda c: head(c, "order: 1", "order: 2"),
    "order must be 1 or more": lambda c: head(c, "order: 1", "order: 0"),
    "needs 'robert', which is no topic": lambda c: head(c, "claims:", "needs: [robert]\nclaims:"),
    "needs itself": lambda c: head(c, "claims:", "needs: [gates]\nclaims:"),
    "summary must be one line": lambda c: head(c, "summary: All", "summary: " + "All " * 50),
    "headings begin at ##": lambda c: head(c, "## Heading", "# Heading"),
    "there is no text after the head": lambda c: head(c, "## Heading\n\nText with $x_t$.\n", ""),
    "cards/robert.yaml: there is no topic of this name": lambda c: c.cards.update(
        robert=[c.card("robert-1", "gates")]
    ),
}


@pytest.mark.parametrize(("words", "change"), MISTAKES.items(), ids=MISTAKES.keys())
def test_found_and_named(course: Any, words: str, change: Change, capsys: pytest.CaptureFixture[str]) -> None:
    change(course)
    course.write()
    assert main(["check", str(course.path)]) == 1
    told = capsys.readouterr().out
    assert words in told
    line = next(line for line in told.splitlines() if words in line)
    assert line.startswith(("cards/", "questions/", "topics/"))


CIRCLES = {
    "a needs itself": ({"a": "a"}, ["a: needs itself: a -> a."]),
    "three": ({"b": "c", "c": "d", "d": "b"}, ["b: needs itself: b -> c -> d -> b."]),
    "a way into it": ({"a": "c", "c": "d", "d": "e", "e": "d"}, ["d: needs itself: d -> e -> d."]),
    "a way out of it": ({"a": "c", "c": "b, a"}, ["a: needs itself: a -> c -> a."]),
    "begun in the midst": ({"a": "d", "d": "c", "c": "b", "b": "d"}, ["b: needs itself: b -> d -> c -> b."]),
    "two": (
        {"a": "e", "e": "a", "c": "b", "b": "c"},
        ["a: needs itself: a -> e -> a.", "b: needs itself: b -> c -> b."],
    ),
    "two that share one": ({"a": "b, c", "b": "a", "c": "a"}, ["a: needs itself: a -> b -> a."]),
    "none": ({"a": "b, c", "b": "d", "c": "d", "d": "e"}, []),
}


@pytest.mark.parametrize(("needs", "told"), CIRCLES.values(), ids=CIRCLES.keys())
def test_each_circle_of_topics_is_told_once_as_a_path(
    course: Any, needs: dict[str, str], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    gates = course.topics["gates"]
    course.topics, course.cards, course.questions = {}, {}, {}
    for order, topic in enumerate("abcde", 1):
        text = gates.replace("gates", topic).replace("order: 1", f"order: {order}")
        line = f"\nneeds: [{needs[topic]}]\nclaims" if topic in needs else "\nclaims"
        course.topics[topic] = text.replace("\nclaims", line)
    course.write()
    assert main(["check", str(course.path)]) == bool(told)
    lines = [line for line in capsys.readouterr().out.splitlines() if "needs itself" in line]
    assert lines == [f"topics/{sentence[0]}.md:7: {sentence}" for sentence in told]


def test_a_labelling_card_is_told_of_the_picture_that_makes_it(
    course: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    course.diagrams["door"] = (
        "\nid: door\ntitle: A door\ntopics: [gates]\nclaims: [gates.c9]\nsize: [8, 6]\nparts:\n"
        "  - {id: hinge, label: 'a $\\fraq$', says: A hinge., draw: [{box: h, at: [2, 2], text: h}]}\n"
    )
    card(course)["id"] = "label-door"
    course.write()
    assert main(["check", str(course.path)]) == 1
    found = [line for line in capsys.readouterr().out.splitlines() if "door" in line]
    assert any(line.startswith(r"diagrams/door.yaml:8: label-door: \fraq is no command") for line in found)
    assert any(line.startswith("diagrams/door.yaml:2: label-door: this id is also used in") for line in found)
    assert sum("gates.c9" in line for line in found) == 1


def test_a_course_that_is_right(course: Any, capsys: pytest.CaptureFixture[str]) -> None:
    numeric(course, mistakes=[{"value": "steps_square", "why": "That is $<<n>>^2$."}])
    card(course)["back"] = (
        "For `$HOME` or \\$5 see [loops](topic:loops), $a \\$ b$.\n\n```\necho $PATH\n# no title\n```"
    )
    course.write()
    assert main(["check", str(course.path)]) == 0
    told = capsys.readouterr().out
    assert "basics: 2 topics, 6 cards, 7 questions (6 choice, 0 multiple, 1 numeric)" in told
    assert "no problems" in told


def test_all_problems_are_told_at_once(course: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for entry in course.cards["gates"]:
        entry["front"] = 12
    choice(course)["kind"] = "essay"
    course.write()
    main(["check", str(course.path)])
    assert "4 problems" in capsys.readouterr().out


def test_from_the_command_line(course: Any) -> None:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "content", "check", str(course.path)]
    assert subprocess.run(command, cwd=root, capture_output=True, check=False).returncode == 0
    card(course).pop("front")
    course.write()
    assert subprocess.run(command, cwd=root, capture_output=True, check=False).returncode == 1


def test_a_wrong_number_of_a_note_is_told_once_with_its_line() -> None:
    head = "id: t\nunit: u\norder: 1\ntitle: T\nsummary: S.\nclaims: [t.c1]\nnumbers:\n  a: 1\n  b: c + 1"
    files = [
        ("units.yaml", b"[{id: u, title: U, order: 1}]"),
        ("topics/t.md", f"---\n{head}\n---\n## The idea\n\n$<<a>>+<<b>>$[^c1]\n".encode()),
    ]
    (told,) = read_course(files)[1]
    assert (told.line, told.sentence[:13]) == (10, "numbers: b: c")
