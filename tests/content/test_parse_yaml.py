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
VALUES = TEXTS | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none() | st.dates()
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


def test_an_alias_is_the_same_thing_once_more() -> None:
    """However often: what is named nine times over, thirty times, takes no room."""
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 31))
    found: Any = parse_yaml(f"l0: &l0 [x]\n{levels}")
    assert found["l30"][0] is found["l30"][8] is found["l29"]
    around: Any = parse_yaml("&me [*me]")
    assert around[0] is around


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("day: 2026-13-01", "a value cannot be read: month must be in 1..12."),
        ("!!map [a]", "a value cannot be read"),
        ("!!int many", "a value cannot be read"),
        ("[" * 3000 + "]" * 3000, "its brackets stand too deep in one another."),
        ("a: 1\n? [b]\n: 2", "line 2, column 3: a key must be a word."),
        ("a: {b: 1,\n b: 2}", "line 1, column 4: the key 'b' occurs twice."),
        ("yes: 1\ntrue: 2", "the key 'true' occurs twice."),
        ("a: &a {b: 1}\nc: {<<: *a}", "line 2, column 5: could not determine a constructor"),
        ("!!python/name:os.system x", "could not determine a constructor"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as told:
        parse_yaml(text)
    assert sentence in str(told.value)


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
