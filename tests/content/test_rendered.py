"""Every formula that the window can show stands in formulas.z, or is told with its place."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from typing import Any

import pytest

from content.checking import rendered
from content.course import Course, QuestionSource
from content.course_reader import read_course
from content.loader import read_files
from content.markdown import formulas_of, texts
from content.markup import CODE, MATHS
from content.records import Kind

SHIPPED, _ = read_course(read_files())
DOOR = r"""
{id: door, title: A door, topics: [gates], claims: [gates.c1], size: [8, 6],
 parts: [{id: hinge, label: 'the hinge $k$', says: 'A $k^2$.', draw: [{box: h, at: [2, 2], text: '$k^3$'}]}]}
"""


def packed(keys: Iterable[rendered.Key]) -> bytes:
    """As formulas.z, without drawings."""
    lines = [f"{'d' if display else 'i'}{json.dumps(tex)}\tdrawing" for tex, display in keys]
    return zlib.compress("\n".join(["hash", "{}", *lines]).encode())


def read(course: Any) -> Course:
    course.write()
    found, problems = read_course(read_files(course.path))
    assert problems == []
    return found


def told(course: Course, *held: rendered.Key) -> list[str]:
    return [str(problem) for problem in rendered.unset(course, packed(held))]


def test_a_formula_that_was_not_set_is_told_with_its_place(course: Any) -> None:
    first, second = told(read(course))
    assert first == (
        "topics/gates.md:11: gates: $x_t$ has not been set; "
        "run `python -m studyapp.mathtext.prerender`, which says if it is wrong."
    )
    assert second.startswith("topics/loops.md:11: loops: $x_t$")
    assert told(read(course), ("x_t", False)) == []
    assert len(told(read(course), ("x_t", True))) == 2, "displayed is another drawing"


PLACES = {
    "cards/gates.yaml: gates-1: $": lambda c, text: c.cards["gates"][0].update(back=text),
    "questions/gates.yaml: gates-q1: $": lambda c, text: c.questions["gates"][0].update(solution=text),
    "glossary/basics.yaml: gate: $": lambda c, text: c.glossary.update(
        basics=[{"id": "gate", "term": "gate", "says": text, "topic": "gates"}]
    ),
    "units/basics.md: basics: $": lambda c, text: c.pages.update(basics=text),
}


@pytest.mark.parametrize(("place", "put"), PLACES.items(), ids=PLACES.keys())
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("It is $a\nb$.", ("a\nb", False)),
        ("$$\na+b\n$$", ("a+b", True)),
        ("| a | b |\n|---|---|\n| $c_1$ | x |", ("c_1", False)),
        (r"Costs \$5, `$a$`, and $c$.", ("c", False)),
    ],
)
def test_in_every_kind_of_file(course: Any, place: str, put: Any, text: str, key: rendered.Key) -> None:
    put(course, text)
    (found,) = told(read(course), ("x_t", False))
    assert re.sub(r"(?<=\.yaml):\d+: ", ": ", found).startswith(place)
    assert told(read(course), ("x_t", False), key) == []


def test_in_the_formula_sheet_and_in_pictures(course: Any) -> None:
    course.diagrams["door"] = DOOR
    course.formulas["basics"] = [
        {
            **{"id": "area", "title": "Area", "latex": "A=r", "where": "$r$: radius", "topic": "gates"},
            **{"claims": ["gates.c1"], "unchecked": "plain"},
        }
    ]
    keys = {key for _, item, key in rendered.wanted(read(course)) if item in ("door", "area")}
    assert keys == {("k", False), ("k^2", False), ("k^3", False), ("r", False), ("A=r", True)}


def test_numbers_of_a_note_are_filled_in(course: Any) -> None:
    course.topics["gates"] = course.topics["gates"].replace("claims:", "numbers: {a: 1/4}\nclaims:")
    course.topics["gates"] += "\n$b=<<a:2>>$\n"
    assert told(read(course), ("x_t", False), ("b=0.25", False)) == []


@pytest.mark.parametrize(
    ("solution", "sentence"),
    [
        ("$<<n>>^{<<m>>}$", ""),
        (r"$\frac{<<n>>}{<<m>>}\cdot <<n>>$", ""),
        ("$2^<<n>>$", "^<<n>> needs braces: without them only its first sign counts."),
        (r"$x_ <<n>>$", "_ <<n>> needs braces"),
        (r"$\frac<<n>>{2}$", r"\frac<<n>> needs braces"),
        (r"$\sqrt<<n:()>>$", r"\sqrt<<n:()>> needs braces"),
        ("$\\fraq{1}\n{<<n>>}$", r"\fraq is no command"),
        ("${<<n>>$", "a brace has no partner"),
    ],
)
def test_a_formula_with_numbers_is_looked_at(course: Any, solution: str, sentence: str) -> None:
    course.questions["gates"].append(course.numeric("gates-n", "gates", solution=solution))
    found = told(read(course), ("x_t", False))
    assert len(found) == bool(sentence)
    assert sentence in "".join(found)


@pytest.mark.parametrize("broken", [b"", b"nothing", zlib.compress(b"a line"), packed([])[:-9]])
def test_a_file_that_cannot_be_read_is_told(course: Any, broken: bytes) -> None:
    (found,) = rendered.unset(read(course), broken)
    assert str(found).startswith("resources/formulas.z: cannot be read; run `python -m")


def test_the_formulas_found_are_those_that_the_window_asks_for() -> None:
    from studyapp.mathtext import shipped

    asked = {key for text in texts(SHIPPED) for key in formulas_of(text)}
    asked |= {(formula.latex, True) for formula in SHIPPED.formulas}
    asked |= {(part, False) for one in SHIPPED.formulas for part, _ in (*one.letters, *one.unread)}
    assert {key for _, _, key in rendered.wanted(SHIPPED)} == asked
    assert len(asked) > 3000
    assert rendered.keys(rendered.shipped()) == shipped.load().keys()


def test_the_pattern_of_formulas_finds_what_markdown_finds() -> None:
    """What runs before a load has no time for Markdown."""

    for text in texts(SHIPPED):
        bare = CODE.sub(" ", text).replace(r"\$", "")
        by_pattern = {(maths[1] or maths[2]).strip() for maths in MATHS.finditer(bare)}
        assert by_pattern == {tex.replace(r"\$", "") for tex, _ in formulas_of(text)}, text


def test_a_generator_that_does_not_exist_is_told_elsewhere() -> None:
    asked = QuestionSource("q", "t", Kind.NUMERIC, "$<<a>>$", "", generator="magic")
    assert list(rendered.unset(Course((), (), (asked,)), packed([]))) == []
