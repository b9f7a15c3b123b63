"""Words with formulas keep to their room, and the command line paints a picture into a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetricsF, QImage

from studyapp.diagrams.__main__ import main
from studyapp.diagrams.words import Words

TEXTS = st.lists(
    st.sampled_from(["gate", "keeps", "$x_t$", "a", "$h_{t-1}$.", "memory,"]), min_size=1, max_size=12
)


@settings(max_examples=60)
@given(pieces=TEXTS, room=st.integers(60, 400))
def test_lines_keep_to_their_room_and_lose_no_word(pieces: list[str], room: int) -> None:
    whole, broken = Words(" ".join(pieces), 15), Words(" ".join(pieces), 15, "left", room)
    assert whole.trouble == ""
    assert broken.width <= max(room, *(Words(piece, 15).width for piece in pieces)) + 0.01
    runs = [run for run, _, _ in broken._placed(0, 0)]
    plain = "".join(run for run in runs if isinstance(run, str))
    assert plain.replace(" ", "") == "".join(piece.split("$")[-1] for piece in pieces)
    assert sum(not isinstance(run, str) for run in runs) == sum("$" in piece for piece in pieces)


def test_plain_words_are_as_wide_as_qt_says() -> None:
    font = QFont("Inter")
    font.setPixelSize(20)
    font.setWeight(QFont.Weight.Medium)
    assert Words("forget gate", 20).width == pytest.approx(
        QFontMetricsF(font).horizontalAdvance("forget gate")
    )


@pytest.mark.parametrize(("align", "left"), [("left", 0.0), ("centre", -0.5), ("right", -1.0)])
def test_words_stand_as_they_are_aligned(align: str, left: float) -> None:
    words = Words("one $x$", 15, align)
    assert words.rect.left() == pytest.approx(left * words.width)
    assert words.rect.center().y() == pytest.approx(0)


def test_a_formula_that_cannot_be_set_shows_its_source() -> None:
    words = Words(r"bad $\nosuchmacro$", 15)
    assert words.trouble
    assert any(run == r"\nosuchmacro" for run, _, _ in words._placed(0, 0))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_command_line_paints(tmp_path: Path, theme: str) -> None:
    png, svg = tmp_path / "a.png", tmp_path / "a.svg"
    asked = ["lstm-cell", "--theme", theme, "--width", "640", "--png", str(png), "--svg", str(svg)]
    assert main(asked) == 0
    image = QImage(str(png))
    assert image.width() == 640
    assert (image.pixelColor(2, 2).lightness() > 128) == (theme == "light")
    assert "<title>LSTM cell</title>" in svg.read_text(encoding="utf-8")


def test_the_command_line_knows_which_pictures_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-cell"]) == 2
    told = capsys.readouterr().err
    assert "no-such-cell" in told
    assert "lstm-cell" in told
