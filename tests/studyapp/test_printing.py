"""Pages on paper: what is printed, in one column and in two, seen as pixels and as PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from notes_bench import shown
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from studyapp.mathtext.page_breaks import pages_of
from studyapp.mathtext.paper import PLAIN, TWO_COLUMNS, Format, Sheets, laid_out
from studyapp.mathtext.pdf import pdf
from studyapp.pages.notes import NotesPage
from studyapp.printing import Printing
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.print_preview import PrintPreview

FORMULAS = "\n\n".join(
    f"### Formula {n}\n\n$$\nx_{{{n}}} = \\sum_{{i=1}}^{{{n}}} w_i h_i + b\n$$\n\n$w$: weights; $b$: bias"
    for n in range(1, 60)
)


pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def page(qtbot: QtBot, store: Store) -> NotesPage:
    return shown(qtbot, store, Settings(None), theme="dark")


def preview(page: NotesPage) -> PrintPreview:
    found = page.findChild(Printing).preview
    assert found is not None
    return found


def painted(sheets: Sheets, number: int) -> QImage:
    """A sheet as pixels, 96 to the inch."""
    image = QImage(794, 1123, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    sheets.paint(painter, number)
    painter.end()
    return image


def ink(image: QImage, left: int, top: int, wide: int, tall: int) -> int:
    """How many pixels of a part are not white."""
    part = image.copy(QRect(left, top, wide, tall))
    return sum(
        part.pixelColor(x, y).lightness() < 200
        for x in range(0, part.width(), 5)
        for y in range(part.height())
    )


def test_two_columns_fill_both_halves_and_half_as_many_sheets(qtbot: QtBot) -> None:
    two = Sheets(FORMULAS, "Sheet", TWO_COLUMNS)
    columns = laid_out(FORMULAS, TWO_COLUMNS).pageCount()
    assert columns >= 3
    assert two.count == -(-columns // 2)
    assert two.count < Sheets(FORMULAS, "Sheet", PLAIN).count
    first = painted(two, 0)
    margin, room = round(TWO_COLUMNS.margin), TWO_COLUMNS.room
    for column in (0, 1):
        left = round(TWO_COLUMNS.left(column))
        assert ink(first, left, margin, round(room.width()), round(room.height())) > 500
    between = round(TWO_COLUMNS.left(1) - TWO_COLUMNS.gap)
    assert ink(first, between + 2, margin, 8, round(room.height())) == 0, "nothing runs into the gap"
    assert ink(first, 0, 0, 794, margin - 6) == 0
    assert ink(first, 0, 0, margin - 4, 1123) == 0


@pytest.mark.parametrize("form", [PLAIN, TWO_COLUMNS])
def test_no_formula_is_wider_than_its_column_and_none_is_cut(qtbot: QtBot, form: Format) -> None:
    wide = "$$" + " + ".join(f"w_{{{n}}} x_{{{n}}}" for n in range(40)) + "$$"
    made = laid_out(f"{wide}\n\n{FORMULAS}", form)
    block = made.begin()
    while block.isValid():
        for number in range(block.layout().lineCount()):
            assert block.layout().lineAt(number).naturalTextWidth() <= form.room.width() + 1
        assert all(first == last for first, last in pages_of(made, block))
        block = block.next()


@pytest.mark.parametrize("lines", range(30, 42))
def test_a_heading_above_a_heading_stays_with_it(qtbot: QtBot, lines: int) -> None:
    """Its own next page was kept when the one above came along: a column with two words."""
    filler = "\n\n".join("A line." for _ in range(lines))
    made = laid_out(
        f"{filler}\n\n## Unit\n\n### Name\n\n$$\n\\frac{{1}}{{2}}\n$$\n\n$a$: a number", TWO_COLUMNS
    )
    block, pages = made.findBlockByNumber(lines), set()
    while block.isValid():
        pages |= {page for line in pages_of(made, block) for page in line}
        block = block.next()
    assert len(pages) == 1
    assert made.pageCount() == pages.pop() + 1


@pytest.mark.parametrize("before", range(5))
def test_a_formula_stays_with_its_name_and_its_symbols(qtbot: QtBot, before: int) -> None:
    made = laid_out("A line.\n\n" * before + FORMULAS, TWO_COLUMNS)
    where: dict[int, set[int]] = {}
    number, block = -1, made.begin()
    while block.isValid():
        number += bool(block.blockFormat().headingLevel())
        where.setdefault(number, set()).update(page for line in pages_of(made, block) for page in line)
        block = block.next()
    where.pop(-1, None)
    assert len(where) == 59
    assert all(len(pages) == 1 for pages in where.values())


def test_a_section_longer_than_half_a_page_may_lie_on_two(qtbot: QtBot) -> None:
    lines = "\n\n".join("A line." for _ in range(30))
    made = laid_out(f"{lines}\n\n## Long\n\n{lines}", TWO_COLUMNS)
    assert not made.findBlockByNumber(30).blockFormat().pageBreakPolicy()


def test_a_pdf_has_its_pages_and_its_title(qtbot: QtBot) -> None:
    content = pdf(FORMULAS, "My sheet", TWO_COLUMNS)
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == Sheets(FORMULAS, "", TWO_COLUMNS).count
    assert b"/Subtype /Image" not in content, "formulas are text, not pictures"


def test_a_note_is_previewed_with_its_title_and_closed_by_escape(
    qtbot: QtBot, page: NotesPage, store: Store
) -> None:
    page.open("forget-gate")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    shown = preview(page)
    assert shown.isVisible()
    assert shown.view.pageCount() == shown._sheets.count >= 1
    assert store.topic("forget-gate").title in shown._pages.text()
    assert shown._sheets._document.toPlainText().startswith(store.topic("forget-gate").title)
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert page.findChild(Printing).preview is None


def test_every_page_of_the_course_can_be_printed(page: NotesPage, store: Store) -> None:
    keys = [
        f"topic:{store.topics()[0].id}",
        f"unit:{store.units()[-1].id}",
        "contents",
        "glossary",
        "diagrams",
    ]
    for key in keys:
        page.open(key)
        page._on_print()
        assert preview(page)._sheets.count >= 1
        assert "](" not in preview(page)._sheets._document.toPlainText()
        preview(page).reject()


def test_the_sheet_is_printed_in_two_columns_as_it_is_filtered(
    qtbot: QtBot, page: NotesPage, store: Store
) -> None:
    page.open("formulas")
    one = store.formulas()[0]
    page._on_print()
    everything = preview(page)._sheets._document.toPlainText()
    assert all(each.title.replace("$", "")[:4] in everything for each in store.formulas())
    assert "Copy LaTeX" not in everything
    assert preview(page)._sheets._form == TWO_COLUMNS
    preview(page).reject()
    page._card.filter.setText(one.title)
    page._on_print()
    assert len(preview(page)._sheets._document.toPlainText()) <= len(everything)
    preview(page).reject()


def test_the_glossary_is_printed_in_two_columns_without_links(page: NotesPage, store: Store) -> None:
    page.open("glossary")
    page._on_print()
    assert preview(page)._sheets._form == TWO_COLUMNS
    paper = page.findChild(Printing)._paper.markdown
    assert all(each.says.strip() in paper for each in store.terms())
    assert "topic:" not in paper
    preview(page).reject()


def test_the_whole_sheet_is_a_small_file(page: NotesPage) -> None:
    page.open("formulas")
    page._on_print()
    made = preview(page)
    file = pdf(page.findChild(Printing)._paper.markdown, "Formula sheet", TWO_COLUMNS)
    assert len(re.findall(rb"/Type\s*/Page\b", file)) == made._sheets.count >= 8
    assert len(file) < 400_000
    assert b"Maths-TEX-I" in file, "formulas are text"
    made.reject()


def test_saving_a_pdf_writes_it_and_says_so(
    qtbot: QtBot, page: NotesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    where = tmp_path / "the gate"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(where), ""))
    page.open("forget-gate")
    page._on_print()
    qtbot.mouseClick(preview(page).save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said == ["Saved as the gate.pdf."]
    assert where.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_a_place_that_cannot_be_written_is_said(
    qtbot: QtBot, page: NotesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: told.append(words[2]))
    (tmp_path / "folder.pdf").mkdir()
    page.open("forget-gate")
    page._on_print()
    page.findChild(Printing).save(tmp_path / "folder.pdf")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "folder.pdf was not written" in told[0]
    preview(page).reject()


def test_the_printer_gets_the_sheets_it_asks_for(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = PrintPreview(Theme("light"), Sheets(FORMULAS, "Sheet"), "Sheet")
    qtbot.addWidget(dialog)
    pages = dialog._sheets.count
    assert pages >= 4
    for first, last, wanted in ((0, 0, pages), (2, 3, 2), (pages, pages, 1)):
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        printer.setFullPage(True)
        printer.setFromTo(first, last)
        dialog.paint(printer)
        found = re.findall(rb"/Type\s*/Page\b", (tmp_path / "out.pdf").read_bytes())
        assert len(found) == wanted
