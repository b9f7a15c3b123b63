"""The shipped file has exactly the course's formulas; --check says what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from content.markdown import formulas_of, texts
from studyapp.mathtext import cache, prerender, shipped
from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import Formulas
from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.kept import Kept
from studyapp.mathtext.shipped import Shipped


def test_shipped_file_is_up_to_date() -> None:
    assert prerender.main(["--check"]) == 0


def test_every_formula_of_the_course_shows_without_quickjs(
    qapp: QApplication, kept: Kept, no_quickjs: MathEngine
) -> None:
    formulas = Formulas(shipped.load(), kept, no_quickjs)
    wanted = prerender.course_formulas()
    assert len(wanted) > 300
    for key in wanted:
        assert isinstance(formulas.get(*key), Box), key


def test_formulas_of_the_interface_are_among_them() -> None:
    wanted = prerender.course_formulas()
    assert (r"h_t = o_t \odot \tanh(c_t)", False) in wanted
    assert "h_t" not in list(prerender.interface_formulas())


@dataclass
class _Record:
    title: str
    parts: tuple
    number: int = 3


def test_formulas_of_nested_records() -> None:
    record = _Record("a $t$", ("price \\$5", _Record("$$\nb\n$$", (("`$c$` $ d $ $$e$$",),)), None))
    found = [key for text in texts(record) for key in formulas_of(text)]
    assert found == [("t", False), ("b", True), ("d", False), ("e", True)]


def test_check_says_what_is_missing_and_what_is_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "f.z"
    assert prerender.check({("a", True): "text"}, file) == 1
    assert "1 formulas are missing:\n    a\n" in capsys.readouterr().err
    assert prerender.write({("a", True): "text", ("b", False): "text"}, file) == 0
    assert "2 formulas" in capsys.readouterr().out
    assert prerender.check({("a", True): "text", ("b", False): "text"}, file) == 0
    assert prerender.check({("a", True): "text"}, file) == 1
    assert "no longer used:\n    b\n" in capsys.readouterr().err


def test_another_mathjax_makes_the_file_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prerender.write({("a", True): "text"}, tmp_path / "f.z")
    monkeypatch.setattr(cache, "bundle", lambda: "another")
    assert prerender.check({("a", True): "text"}, tmp_path / "f.z") == 1
    assert "another MathJax" in capsys.readouterr().err


def test_wrong_formula_is_named_with_its_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = {("a", True): "fine", (r"\frac{a", False): "\nThe slope is $\\frac{a$.\nMore."}
    assert prerender.write(wanted, tmp_path / "f.z") == 1
    told = capsys.readouterr().err
    assert "\\frac{a\n" in told
    assert "Missing close brace. It stands in: The slope is" in told
    assert Shipped((tmp_path / "f.z").read_bytes()).keys() == {("a", True)}


def test_output_does_not_depend_on_order(tmp_path: Path) -> None:
    keys = [(tex, display) for tex in (r"\alpha", "b", r"\sum_i c_i") for display in (True, False)]
    for name, order in (("one", keys), ("two", keys[::-1])):
        prerender.write(dict.fromkeys(order, "text"), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
