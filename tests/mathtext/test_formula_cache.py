"""Memory, shipped file, user's cache, engine: in that order, and no broken file ever reaches the user."""

from __future__ import annotations

import sqlite3
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from studyapp.mathtext import kept, shipped, svg
from studyapp.mathtext.box import Box
from studyapp.mathtext.cache import Formulas, Trouble
from studyapp.mathtext.drawing import Drawing
from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.kept import Kept
from studyapp.mathtext.shipped import Key, Shipped

Opens = Callable[..., Kept]


class Counting(MathEngine):
    """Counts how often it is asked."""

    asked = 0

    def svg(self, tex: str, display: bool) -> str:
        self.asked += 1
        return super().svg(tex, display)


def packed(engine: MathEngine, *keys: Key) -> bytes:
    drawings: dict[Key, Drawing] = {}
    outlines: dict[str, str] = {}
    for key in keys:
        drawings[key], glyphs = svg.read(engine.svg(*key))
        outlines |= glyphs
    return shipped.pack("bundle", drawings, outlines)


def test_memory_answers_the_second_time(qapp: QApplication, kept: Kept) -> None:
    engine = Counting()
    formulas = Formulas(Shipped(), kept, engine)
    assert formulas.get("a^2", True) is formulas.get("  a^2\n", True)
    assert formulas.get("a^2", False) is not formulas.get("a^2", True)
    assert engine.asked == 2


def test_nothing_needs_no_engine(no_quickjs: MathEngine, qapp: QApplication, kept: Kept) -> None:
    box = Formulas(Shipped(), kept, no_quickjs).get("  ", True)
    assert isinstance(box, Box)
    assert box.width == 0


def test_users_cache_answers_the_next_process(
    no_quickjs: MathEngine, open_cache: Opens, qapp: QApplication, engine: MathEngine
) -> None:
    first = open_cache()
    set_now = Formulas(Shipped(), first, engine).get(r"\frac{a}{b}", True)
    first.close()
    again = Formulas(Shipped(), open_cache(), no_quickjs)
    assert isinstance(again.get(r"\frac{a}{b}", False), Trouble), "only the other style was kept"
    found = again.get(r"\frac{a}{b}", True)
    assert isinstance(set_now, Box)
    assert isinstance(found, Box)
    assert (found.width, found.ascent, found.descent) == (set_now.width, set_now.ascent, set_now.descent)
    other_bundle = Formulas(Shipped(), open_cache("newer"), no_quickjs)
    assert isinstance(other_bundle.get(r"\frac{a}{b}", True), Trouble)
    assert open_cache("newer").drawing(r"\frac{a}{b}", True) is None


def test_without_quickjs_prerendered_formulas_show_and_others_say_why(
    qapp: QApplication, kept: Kept, engine: MathEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Shipped(packed(engine, ("f_t", False), (r"\sum_t x_t", True)))
    monkeypatch.setitem(sys.modules, "quickjs", None)  # makes the import fail
    formulas = Formulas(file, kept, MathEngine())
    assert isinstance(formulas.get("f_t", False), Box)
    assert isinstance(formulas.get(r"\sum_t x_t", True), Box)
    missing = formulas.get("f_t", True)
    assert isinstance(missing, Trouble)
    assert not missing.wrong
    assert "quickjs-ng" in missing.message


def test_bad_latex_is_trouble_and_not_kept(qapp: QApplication, formulas: Formulas) -> None:
    assert formulas.get(r"\frac{a", False) == Trouble("Missing close brace.", wrong=True)
    assert isinstance(formulas.get(r"\frac{a}{b}", False), Box)


def test_memory_is_bounded(qapp: QApplication, formulas: Formulas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studyapp.mathtext.cache._MOST", 3)
    for number in range(10):
        formulas.get(str(number), False)
    assert len(formulas._boxes) == 3


# --- the shipped file ---


def test_same_content_gives_the_same_bytes(engine: MathEngine) -> None:
    keys = [("a", False), ("b", True), (r"\frac{a}{b}", True)]
    assert packed(engine, *keys) == packed(engine, *reversed(keys))


@given(st.lists(st.tuples(st.text(), st.booleans()), unique=True, max_size=5))
def test_any_latex_is_found_again(keys: list[Key]) -> None:
    drawings = {key: Drawing(float(number), 1.0, 0.0, ()) for number, key in enumerate(keys)}
    file = Shipped(shipped.pack("b", drawings, {}))
    assert file.keys() == set(keys)
    for key, drawing in drawings.items():
        assert file.drawing(*key) == drawing


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"nonsense",
        zlib.compress(b""),
        zlib.compress(b"b\n{"),
        zlib.compress(b"b\n{}\nno tab"),
        zlib.compress(b"\xff"),
    ],
)
def test_damaged_shipped_file_holds_nothing(damaged: bytes) -> None:
    assert Shipped(damaged).keys() == set()
    assert Shipped(damaged).drawing("x", True) is None


def test_damaged_record_is_a_miss(qapp: QApplication, kept: Kept, engine: MathEngine) -> None:
    file = Shipped(zlib.compress(b'b\n{}\nd"x"\t[1,2]\nd"y"\t[1,2,3,["#lost",1,0,0,1,0,0]]'))
    formulas = Formulas(file, kept, engine)
    assert isinstance(formulas.get("x", True), Box)  # no drawing
    assert isinstance(formulas.get("y", True), Box)  # a drawing with a glyph that is not in the file


# --- the user's cache ---


def test_default_place_is_the_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    path = kept.default_path()
    assert path.name == "formulas.sqlite"
    assert path.parent.name == "studyapp"


def test_damaged_cache_is_made_anew(open_cache: Opens, tmp_path: Path, engine: MathEngine) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"this is not SQLite, " * 100)
    cache = open_cache()
    keep(cache, engine)
    assert cache.drawing("x", True) is not None


def test_cache_damaged_while_open_is_harmless(open_cache: Opens, tmp_path: Path, engine: MathEngine) -> None:
    cache = open_cache()
    with sqlite3.connect(tmp_path / "c.sqlite") as other:
        other.execute("DROP TABLE formula")
        other.execute("DROP TABLE glyph")
    other.close()
    keep(cache, engine)
    assert cache.drawing("x", True) is None
    assert cache.outlines({"TEX-I-1D465"}) == {}


def test_nonsense_in_the_cache_is_a_miss(open_cache: Opens, tmp_path: Path, engine: MathEngine) -> None:
    cache = open_cache()
    keep(cache, engine)
    with sqlite3.connect(tmp_path / "c.sqlite") as other:
        other.execute("UPDATE formula SET record = x'ff00'")
    other.close()
    assert cache.drawing("x", True) is None


def test_folder_that_cannot_be_made_keeps_nothing(
    open_cache: Opens, tmp_path: Path, engine: MathEngine
) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = open_cache(name="file/c.sqlite")
    keep(cache, engine)
    assert cache.drawing("x", True) is None
    cache.close()


def test_oldest_formulas_go(
    open_cache: Opens, tmp_path: Path, engine: MathEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_MOST", 2)
    cache = open_cache()
    for tex in "abcd":
        keep(cache, engine, tex)
    cache.close()
    again = open_cache()
    assert [tex for tex in "abcd" if again.drawing(tex, True)] == ["c", "d"]
    again.close()


def test_two_programs_share_a_cache(open_cache: Opens, tmp_path: Path, engine: MathEngine) -> None:
    one, two = open_cache(), open_cache()
    keep(one, engine, "x")
    keep(two, engine, "y")
    assert two.drawing("x", True) == one.drawing("x", True) is not None
    assert one.drawing("y", True) is not None


def keep(cache: Kept, engine: MathEngine, tex: str = "x") -> None:
    cache.keep(tex, True, *svg.read(engine.svg(tex, True)))
