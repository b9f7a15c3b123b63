"""Markdown -> text document: structure, baselines to the pixel, bad and hostile text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QImage, QTextBlock, QTextCursor, QTextDocument, QTextFormat

from studyapp.mathtext.blocks import depth_of, fragments, list_of
from studyapp.mathtext.cache import Trouble
from studyapp.mathtext.copying import markdown_of
from studyapp.mathtext.mathobject import OBJECT, TEX, TYPE
from studyapp.mathtext.style import Style
from studyapp.mathtext.view import MathView
from studyapp.mathtext.writer import write
from studyapp.theme import LIGHT, Theme
from tests.counted import counted
from tests.hostile import MARKDOWN

MOST_CALLS = 3_000_000  # some 120 for each character of the longest
STYLE = Style(QFont("Inter"), 15, LIGHT, LIGHT.text)


_ALIVE: list[QTextDocument] = []


@pytest.fixture(autouse=True)
def _forget_documents() -> Iterator[None]:
    yield
    _ALIVE.clear()


def written(source: str) -> QTextDocument:
    """A document with this text; it lives until the end of the test, as its blocks need it."""
    document = QTextDocument()
    _ALIVE.append(document)
    write(document, source, STYLE)
    return document


def blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def formulas_in(document: QTextDocument) -> list[str]:
    return [
        fragment.charFormat().stringProperty(TEX)
        for block in blocks(document)
        for fragment in fragments(block)
        if fragment.charFormat().objectType() == TYPE
        for _ in fragment.text()
    ]


def _is_code(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)


# --- structure ---


def test_paragraphs_emphasis_and_code(theme: Theme) -> None:
    document = written("One *two* **three** `four` ~~five~~\nsix  \nseven\n\neight")
    assert document.toPlainText() == "One two three four five six\nseven\neight"
    fonts = {f.text().strip(): f.charFormat().font() for f in fragments(document.begin())}
    assert fonts["two"].italic()
    assert fonts["three"].weight() >= QFont.Weight.DemiBold
    assert fonts["four"].families()[0] == "JetBrains Mono"
    assert fonts["five"].strikeOut()
    assert not fonts["One"].italic()


def test_headings_are_larger(theme: Theme) -> None:
    sizes = []
    for block in blocks(written("# a\n\n## b\n\n### c\n\nd")):
        sizes.append(next(fragments(block)).charFormat().font().pixelSize())
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 4


def test_lists_nest_and_go_on(theme: Theme) -> None:
    source = "3. three\n4. four\n\n   still four\n\n   $$x$$\n   - inner\n     - innermost\n\nout"
    document = written(source)
    found = [(b.text(), depth_of(b), list_of(b) is not None) for b in blocks(document)]
    assert found == [
        ("three", 1, True),
        ("four", 1, True),
        ("still four", 1, False),
        (OBJECT, 1, False),
        ("inner", 2, True),
        ("innermost", 3, True),
        ("out", 0, False),
    ]
    numbered = list_of(document.begin())
    assert numbered is not None
    assert numbered.format().start() == 3


def test_table(theme: Theme) -> None:
    document = written("before\n\n| a | $b$ |\n|:-:|--:|\n| 1 | **2** |\n| 3 |\n\nafter")
    table = QTextCursor(document.findBlockByNumber(1)).currentTable()
    assert (table.rows(), table.columns()) == (3, 2)
    texts = [[table.cellAt(r, c).firstCursorPosition().block().text() for c in (0, 1)] for r in range(3)]
    assert texts == [["a", OBJECT], ["1", "2"], ["3", ""]]
    assert blocks(document)[-1].text() == "after"


def test_code_block_keeps_every_character(theme: Theme) -> None:
    document = written("```python\nfor $t$ in **x**:\n\n    pass\n```")
    code = [
        b.text() for b in blocks(document) if b.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
    ]
    assert code == ["for $t$ in **x**:", "", "    pass"]


def test_display_formulas_stand_alone_in_the_middle(theme: Theme) -> None:
    document = written("text $$a$$ more $$b$$\n\n$$\nc\n$$\n\n$$d$$ (3.1)")
    texts = [(b.text(), bool(b.blockFormat().alignment() & 4)) for b in blocks(document)]
    assert texts == [
        ("text ", False),
        (OBJECT, True),
        ("more ", False),
        (OBJECT, True),
        (OBJECT, True),
        (OBJECT, True),
        ("(3.1)", False),
    ]
    assert formulas_in(document) == ["a", "b", "c", "d"]


def test_html_and_images_are_only_text(theme: Theme) -> None:
    tags = '<b>x</b> <img src="file:///etc/passwd">'
    document = written(f"{tags} ![a picture](http://example.org/x.png)\n\n<script>y</script>")
    assert document.toPlainText() == f"{tags} a picture\n<script>y</script>"


def test_only_our_links_can_be_followed(theme: Theme) -> None:
    document = written(
        "[gate](topic:forget-gate) [paper](https://example.org/p) [bad](javascript:alert(1)) [f](file:///etc)"
    )
    anchors = [f.charFormat().anchorHref() for f in fragments(document.begin()) if f.charFormat().isAnchor()]
    assert anchors == ["topic:forget-gate"]
    assert "paper (https://example.org/p)" in document.toPlainText()


def test_dollars(theme: Theme) -> None:
    document = written(r"costs \$5 and \$6, but $5x$ is maths, and `$y$` is code")
    assert formulas_in(document) == ["5x"]
    assert document.toPlainText() == f"costs $5 and $6, but {OBJECT} is maths, and $y$ is code"


def test_nothing_empty_shows(theme: Theme) -> None:
    """Qt puts an empty block around tables and frames; it must not be seen as a gap."""
    for source in ("", "| a |\n|---|\n| 1 |", "```\nx\n```", "| a |\n|---|\n\n```\nx\n```\n\n| b |\n|---|"):
        for block in blocks(written(source)):
            if not block.text() and not _is_code(block) and QTextCursor(block).currentTable() is None:
                assert block.blockFormat().lineHeight() == 1


# --- bad LaTeX ---


def test_bad_latex_shows_in_place(theme: Theme) -> None:
    document = written(r"Before $\frac{a$ after $b$.")
    assert document.toPlainText() == rf"Before $\frac{{a$ after {OBJECT}"
    assert markdown_of(document) == r"Before $\frac{a$ after $b$."
    bad = next(f for f in fragments(document.begin()) if "frac" in f.text()).charFormat()
    assert bad.foreground().color().name() == LIGHT.bad
    assert bad.toolTip() == "Missing close brace."


def test_without_engine_the_source_shows_in_plain_colour(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble = Trouble("New formulas need the Python package quickjs-ng.", wrong=False)
    monkeypatch.setattr("studyapp.mathtext.inline.formula", lambda tex, display: trouble)
    document = written(r"Before $$x^2$$ after")
    assert document.toPlainText() == "Before \n$$x^2$$\nafter"
    form = next(fragments(document.begin().next())).charFormat()
    assert form.foreground().color().name() == LIGHT.text
    assert "quickjs-ng" in form.toolTip()


# --- baselines ---

TALL_AND_DEEP = (
    r"x", r"\frac{\frac{a}{b}}{\frac{c}{d}}", r"\sum_{t=1}^{T}", r"x_{y_{z_w}}", r"\sqrt{\frac{1}{x}}",
    r"\begin{pmatrix}1\\2\\3\\4\end{pmatrix}", r"\underbrace{x}_{n}",
)  # fmt: skip


@pytest.mark.parametrize("ratio", [1, 1.25, 2])
@pytest.mark.parametrize("px", [13, 14, 15, 16, 18, 20, 24])
def test_formulas_stand_on_the_baseline(theme: Theme, px: int, ratio: float) -> None:
    """A rule of LaTeX and the letter H both end on the baseline: their last rows must be the same."""
    for number, tex in enumerate(TALL_AND_DEEP):
        view = MathView(theme, px)
        view.resize(600, 300)
        lines = "line  \n" * (number % 3)
        view.set_markdown(rf"{lines}H $\rule{{0.6em}}{{0.6em}}\quad {tex}$ HHH")
        dark = _darkness(view, ratio)[_top_of_last_line(view, ratio) :]
        columns = np.flatnonzero(dark.max(axis=0) > 0.5)
        runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
        first, rule, last = (np.flatnonzero(dark[:, runs[i]].max(axis=1) > 0.5)[-1] for i in (0, 1, -1))
        assert first == rule == last, tex
        view.deleteLater()


def _top_of_last_line(view: MathView, ratio: float) -> int:
    layout = view.document().lastBlock().layout()
    return int((layout.position().y() + layout.lineAt(layout.lineCount() - 1).y()) * ratio)


def _darkness(view: MathView, ratio: float = 1) -> np.ndarray:
    """How dark each device pixel is on white paper, 0 to 1."""
    image = QImage(view.size() * ratio, QImage.Format.Format_Grayscale8)
    image.setDevicePixelRatio(ratio)
    image.fill(255)
    view.render(image)
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return 1.0 - bits[:, : image.width()] / 255.0


def test_lines_do_not_overlap(theme: Theme) -> None:
    """Rows of tall formulas have air between them, as the text around them has."""
    view = MathView(theme)
    view.resize(400, 600)
    view.set_markdown("  \n".join([r"$\frac{\frac{a}{b}}{\frac{c}{d}}$"] * 5))
    rows = np.flatnonzero(_darkness(view).max(axis=1) > 0.3)
    formulas = np.split(rows, np.flatnonzero(np.diff(rows) >= 4) + 1)
    assert len(formulas) == 5


# --- copying ---

ROUND_TRIPS = [
    "plain text",
    "# One\n\n## Two $x_t$\n\ntext",
    "a *b* **c** ~~d~~ `e` $f$ [g](topic:h)",
    r"costs \$5, not $5$",
    "text\n\n$$\\sum_t x_t$$\n\nmore",
    "- a\n- b\n   - c\n\nd",
    "2. a\n3. b",
    "> quoted $x$",
    "| a | b |\n| --- | --- |\n| 1 | $x$ |\n\nafter",
    "```\ndef f():\n\n    pass\n```\n\nafter",
    r"bad $\frac{a$ here",
]


@pytest.mark.parametrize("source", ROUND_TRIPS)
def test_copy_gives_the_markdown(theme: Theme, source: str) -> None:
    assert markdown_of(written(source)) == source


def test_copy_of_a_part(theme: Theme) -> None:
    document = written("# Title\n\nfirst $x$ second\n\n- item")
    text = document.toPlainText()
    start, end = text.index("irst"), text.index("econd") + 3
    assert markdown_of(document, start, end) == "irst $x$ seco"
    assert markdown_of(document, 1, end) == "itle\n\nfirst $x$ seco"


# --- any text ---

MARKUP = [
    "$",
    "$$",
    "`",
    "```\n",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "](topic:x)",
    "]",
    "(",
    ")",
    "|",
    "- ",
    "1. ",
    "> ",
    "# ",
]
BLOCKS = [
    "\n",
    "\n\n",
    "---\n",
    "| a | b |\n|---|---|\n| 1 |",
    "<b>",
    "![",
    "&amp;",
    "    ",
    "\t",
    "\r",
    "\\",
]
LATEX = ["x_t", r"\frac{a}{b}", r"\frac{a"]
STRANGE = list("\x00\u2028\u2029\ufdd0\ufdd1\ufffc\ue000\xe9\U0001f600\ud800")
FRAGMENTS = st.sampled_from(MARKUP + BLOCKS + LATEX + STRANGE)


@settings(max_examples=300)
@given(st.lists(FRAGMENTS, max_size=25).map("".join) | st.text(max_size=80))
def test_any_text_is_shown_and_copied(theme: Theme, source: str) -> None:
    document = written(source)
    copied = markdown_of(document)
    assert OBJECT not in copied
    markdown_of(document, 1, 3)
    document.setTextWidth(200)
    assert document.size().height() >= 0


@pytest.mark.parametrize("source", MARKDOWN.values(), ids=MARKDOWN)
def test_hostile_text_is_shown_with_little_work(theme: Theme, source: str) -> None:
    """How long it takes is a figure of benchmarks/limits.py."""
    with counted(most=MOST_CALLS):
        document = written(source)
    document.setTextWidth(600)
    assert document.size().height() > 0
