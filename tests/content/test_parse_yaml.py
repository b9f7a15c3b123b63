"""YAML is read as PyYAML reads it, only stricter; whatever stands in a file is data or a sentence."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from content import loader
from content.bank import Bank
from content.course_files import Located, Unreadable, parse_yaml

TEXTS = st.text(alphabet="ab: -#'\"[]{}&*!|>%@`~0.5\né<=", max_size=12)
VALUES = (
    TEXTS
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.booleans()
    | st.none()
    | st.dates()
)
DATA = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=25,
)


@given(DATA, st.sampled_from([True, False, None]))
def test_what_is_written_is_read(data: object, flow: bool | None) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
    assert parse_yaml(text) == yaml.safe_load(text) == data


@given(TEXTS)
def test_any_text_is_data_or_refused_in_words(text: str) -> None:
    try:
        found = parse_yaml(text)
    except Unreadable as error:
        assert str(error).endswith(".")
    else:
        assert found == yaml.load(text, Loader=yaml.CSafeLoader)


def test_each_mapping_knows_its_line() -> None:
    found: Any = parse_yaml("- a: 1\n  b: {c: 2}\n-\n  d: [{e: 3}]\n")
    lines = [found[0].line, found[0]["b"].line, found[1].line, found[1]["d"][0].line]
    assert lines == [1, 2, 4, 4] and isinstance(found[0]["b"], Located)


def bomb(levels: int) -> str:
    """Nine times nine times nine ... of a list."""
    parts = [f"&l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, levels)]
    return f"[&l0 [x], {', '.join(parts)}]"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: 1\nday: 2026-13-01", "line 2, column 6: this is no timestamp (month must be in 1..12)."),
        ("- !!timestamp soon", "line 1, column 3: this is no timestamp"),
        ("9999-12-31T23:59:59-23:59 : x", "a key must be a word"),
        ("- !!int many", "line 1, column 3: this is no int"),
        ("- !!int ''", "line 1, column 3: this is no int"),
        ("- !!bool perhaps", "line 1, column 3: this is no bool"),
        ("- !!map [a]", "line 1, column 3: the tag 'tag:yaml.org,2002:map' does not fit here."),
        ("- !!map ''", "line 1, column 3: expected a mapping node"),
        ("- !!str [a]", "does not fit here."),
        ("- !!set {a, b}", "does not fit here."),
        ("- !!omap [a: 1]", "does not fit here."),
        ("a: 1\nb: " + "9" * 5000, "line 2, column 4: this is no int"),
        ("a: 1\nb: 0x" + "f" * 9000, "line 2, column 4: this number is too large."),
        (f"{2**63}", "line 1, column 1: this number is too large."),
        ("a: 1\n? [b]\n: 2", "line 2, column 3: a key must be a word, in single quotes"),
        ("a: {b: 1,\n b: 2}", "line 1, column 4: the key 'b' occurs twice."),
        ("1: a\n'1': b", "line 1, column 1: a key must be a word, in single quotes"),
        ("yes: 1", "line 1, column 1: a key must be a word"),
        ("a: 1\nb: &b {c: 1}\nd: *b", "line 2, column 4: this is used again further down (& and *)"),
        ("a: &a {b: 1}\nc: {<<: *a}", "line 2, column 5: could not determine a constructor"),
        ("c: {<<: {b: 1}}", "line 1, column 5: could not determine a constructor"),
        ("&me [*me]", "line 1, column 1: this is used again"),
        (bomb(13), "line 1, column 2: this is used again"),
        ("!!python/name:os.system x", "could not determine a constructor"),
        ("!!python/object:os.system [x]", "does not fit here."),
        ('a: 1\nb: "x\\0y"', "line 2, column 4: it has the sign U+0000, which nobody sees."),
        ('"\\x02": 1', "line 1, column 1: it has the sign U+0002, which nobody sees."),
    ],
)
def test_what_cannot_be_read_is_told(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as told:
        parse_yaml(text)
    assert sentence in str(told.value)


@pytest.mark.parametrize("deep", [101, 3000, 100_000])
@pytest.mark.parametrize(
    ("begin", "end"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("[", ""), ("{a: [", "]}")]
)
def test_depth_ends_no_process(begin: str, end: str, deep: int) -> None:
    """PyYAML's C code calls itself for each level: 50 000 end Python without a word."""
    with pytest.raises(Unreadable) as told:
        parse_yaml(f"a: 1\nb:\n  {begin * deep}x{end * deep}", above=1)
    assert str(told.value) == "its brackets or lists stand too deep in one another." and told.value.line == 4


def test_depth_that_somebody_could_write_is_read() -> None:
    text = "".join(f"{'  ' * n}- a:\n" for n in range(49)) + " " * 99 + "[" * 90 + "]" * 90
    assert parse_yaml(text)
    assert parse_yaml("- '[0, 1)'\n" * 90) == ["[0, 1)"] * 90


@pytest.mark.parametrize("was_on", [True, False])
def test_nothing_is_collected_while_a_course_is_loaded(
    course: Any, opened: Callable[[], Bank], monkeypatch: pytest.MonkeyPatch, was_on: bool
) -> None:
    """The collector is as before when it is done, and when the course is refused."""
    seen: list[bool] = []
    real = loader.fill_index
    monkeypatch.setattr(loader, "fill_index", lambda *a: seen.append(gc.isenabled()) or real(*a))
    (gc.enable if was_on else gc.disable)()
    try:
        assert opened().warning is None
        after = gc.isenabled()
        course.cards["gates"][0]["back"] = ""
        course.write()
        assert opened().warning is not None
        assert seen == [False] and after == gc.isenabled() == was_on
    finally:
        gc.enable()
