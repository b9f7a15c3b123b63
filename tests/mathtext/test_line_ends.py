"""No line begins with the signs that belong to the formula before: seen at every width."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QTextDocument
from pytestqt.qtbot import QtBot

from studyapp.mathtext.blocks import fragments
from studyapp.mathtext.copying import markdown_of
from studyapp.mathtext.mathobject import OBJECT, TYPE, MathObject
from studyapp.mathtext.style import Style
from studyapp.mathtext.tail import TAIL, tail_of
from studyapp.mathtext.view import MathView
from studyapp.mathtext.writer import write
from studyapp.theme import LIGHT, Theme

SENTENCES = (
    "The state $h_t$, then $c_t$; so $f_t$. Is it $o_t$? It is $i_t$! (as in $x_t$) or $W_f$: **bold $b$.** "
    "*Slanted $y$*, [linked $z$](topic:a), [far $u$](https://x.org). The $k$-th, the $n$th one's."
)
NEVER_FIRST = tuple(".,;:!?)”’]")


def lines(view: MathView) -> list[str]:
    """Each line of text as it stands on screen."""
    found, block = [], view.document().begin()
    while block.isValid():
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            found.append(block.text()[line.textStart() : line.textStart() + line.textLength()])
        block = block.next()
    return found


def test_no_line_begins_with_what_ends_a_formula(qtbot: QtBot, theme: Theme) -> None:
    view = MathView(theme, 15)
    qtbot.addWidget(view)
    view.set_markdown(SENTENCES)
    broken = set()
    for width in range(160, 520, 3):
        view.resize(width, 300)
        view.document().setTextWidth(width)
        found = lines(view)
        assert not [line for line in found if line.startswith(NEVER_FIRST)], width
        broken |= {line for line in found if line.startswith(OBJECT)}
    assert len(broken) > 10, "formulas did begin lines, so signs after them could have"


@pytest.mark.parametrize(
    ("text", "tail"),
    [(". Then", "."), (", so", ","), (").", ")."), (" and", ""), ("th one", "th"), ("-th, so", "-th,"),
     ("-dimensional", "-"), ("’s gate", "’s"), ("(t)", ""), ("which", ""), ("", ""), ("…", "…"),
     ("; and", ";"), ("\u2028next", "")],
)  # fmt: skip
def test_what_stays_with_a_formula(text: str, tail: str) -> None:
    assert tail_of(text) == tail


def painted(source: str) -> QImage:
    """The text in one line, black on white."""
    document = QTextDocument()
    document.documentLayout().registerHandler(TYPE, MathObject(document))
    write(document, source, Style(QFont("Inter"), 20, LIGHT, "#000000"))
    image = QImage(220, 60, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    return image


def columns(image: QImage) -> list[int]:
    """Where there is ink, from the left."""
    rows = range(image.height())
    return [x for x in range(image.width()) if any(image.pixelColor(x, y).lightness() < 128 for y in rows)]


def test_the_sign_is_seen_once_and_the_text_goes_on_after_it(theme: Theme) -> None:
    alone, ended = columns(painted("$x$")), columns(painted("$x$!"))
    assert alone == ended[: len(alone)]
    assert 2 <= len(ended) - len(alone) <= 5, "one exclamation mark"
    spaced = columns(painted("$x$! n"))
    assert spaced[: len(ended)] == ended
    font = QFont("Inter")
    font.setPixelSize(20)
    further = spaced[-1] - columns(painted("$x$ n"))[-1]
    assert further == pytest.approx(QFontMetricsF(font).horizontalAdvance("!"), abs=1.5)


def test_a_sign_after_a_link_or_bold_words_looks_like_the_text_around(theme: Theme) -> None:
    document = QTextDocument()
    write(document, "[see $x$](topic:a), **so $y$.**", Style(QFont("Inter"), 15, LIGHT, LIGHT.text))
    tails = [
        (piece.charFormat().stringProperty(TAIL), piece.charFormat().isAnchor())
        for piece in fragments(document.begin())
        if piece.charFormat().objectType() == TYPE
    ]
    assert tails == [(",", True), (".", False)]
    accent = columns_of(painted_in("[$x$](topic:a)!"), LIGHT.accent)
    text = columns_of(painted_in("[$x$](topic:a)!"), LIGHT.text)
    assert accent and text and max(accent) < min(text), "the formula is a link, the sign is none"


def painted_in(source: str) -> QImage:
    document = QTextDocument()
    document.documentLayout().registerHandler(TYPE, MathObject(document))
    write(document, source, Style(QFont("Inter"), 60, LIGHT, LIGHT.text))
    image = QImage(300, 120, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    return image


def columns_of(image: QImage, colour: str) -> list[int]:
    """Where this colour is, above the line below a link."""
    rows = range(70)
    return [x for x in range(image.width()) if any(image.pixelColor(x, y).name() == colour for y in rows)]


@pytest.mark.parametrize("source", ["a $x$, b $y$.", "($x$)", "the $k$-th $z$; $x$", "*$x$*!"])
def test_a_copy_has_every_sign_once(source: str, theme: Theme) -> None:
    document = QTextDocument()
    write(document, source, Style(QFont("Inter"), 15, LIGHT, LIGHT.text))
    assert markdown_of(document).replace("*", "") == source.replace("*", "")


def test_a_formula_as_wide_as_the_view_leaves_room_for_its_sign(qtbot: QtBot, theme: Theme) -> None:
    view = MathView(theme, 15)
    qtbot.addWidget(view)
    view.show()
    for tenths in range(150, 200):
        view.resize(300, 200)
        view.set_markdown(rf"$\rule{{{tenths / 10}em}}{{1em}}$).")
        assert view.horizontalScrollBar().maximum() == 0, tenths
