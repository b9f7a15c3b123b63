"""Exports of a derivation: Markdown whose every formula can be set, PDF without cuts, files written whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QTextBlock, QTextDocument
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.symbolic.report import Check, Cost, Line, Report, Value
from studyapp.derivation_files import KINDS, DerivationFiles, Kind, file_name, save, why_not
from studyapp.derivation_latex import document, whole
from studyapp.derivation_markdown import SHOWN_TIMES, Shown, markdown, matrix, number
from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.page_breaks import pages_of
from studyapp.mathtext.paper import Sheets, laid_out
from studyapp.mathtext.pdf import pdf
from studyapp.plain_maths import plain, shortened, typeset
from studyapp.widgets.derive_sample import report

CHECK = Check("both sides at 8 random points", 8, 2e-15, True)
WIDE = " + ".join(
    rf"\frac{{\partial L}}{{\partial h_{{{t}}}}} \left(\prod_{{k}} J_k\right)" for t in range(30)
)


def square(t: int) -> Value:
    return Value(
        f"t = {t}", (3, 3), tuple(tuple(0.1 * t * i - 0.25 * j for j in range(3)) for i in range(3)), 1.0
    )


def line(number: int, **changes: object) -> Line:
    made = Line(
        number=number,
        rule="chain",
        title="Chain rule",
        statement=r"\frac{\partial f}{\partial x} = G^\top \frac{\partial f}{\partial g}",
        latex=r"\frac{\partial L}{\partial h_t} = W_h^\top \delta_{t+1}",
        why="What reaches $h_t$ comes from the next step, through $W_h^\\top$.",
        uses=(1, 2) if number > 2 else (),
        value=None,
        check=CHECK,
        span=r"t = T-1, \dots, 1",
        shape="h × 1",
        source="Goodfellow et al. (2016), eq. 10.20",
    )
    return replace(made, **changes)  # type: ignore[arg-type] # fields by name


@pytest.fixture
def long_report() -> Report:
    lines = tuple(
        line(
            number,
            latex=f"x_{{{number}}} = {WIDE if number % 7 == 3 else line(1).latex}",
            values=tuple(square(t) for t in range(number % 9, 0, -1)),
            statement=line(1).statement if number % 2 else rf"r_{{{number}}} = 1",
        )
        for number in range(1, 41)
    )
    return replace(
        report(),
        title="∂L/∂W_h of the plain RNN, T = 3",
        lines=lines,
        conventions=(("Loss", "half of |ŷ − y|², with_1 * and $5"), ("∂⁺", "immediate")),
        matrices=(("W_h", square(1)),),
        costs=(Cost("Multiplications | BPTT", "T(2h^2 + hd)", 1234, r"\Theta(T)", CHECK),),
    )


# --- Markdown ---


def formulas(text: str) -> list[tuple[str, bool]]:
    """(LaTeX, display) of every formula, found without the parser that the program uses."""
    displays = re.findall(r"^\$\$\n(.*?)\n\$\$$", text, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^\$\$\n.*?\n\$\$$", "", text, flags=re.DOTALL | re.MULTILINE).replace(r"\$", "")
    return [(one, True) for one in displays] + [(one, False) for one in re.findall(r"\$([^$\n]+)\$", rest)]


def test_every_formula_can_be_set(long_report: Report) -> None:
    found = formulas(markdown(long_report))
    assert sum(display for _, display in found) > 100
    engine = MathEngine()
    for latex, display in set(found):
        assert engine.svg(latex, display).startswith("<")


def test_nothing_is_left_out(long_report: Report) -> None:
    text = markdown(long_report)
    for one in long_report.lines:
        assert f"({one.number}) {one.title}" in text
        assert one.latex in text
    assert text.count(long_report.lines[0].why) == 40
    assert text.count("Checked: both sides at 8 random points; largest relative error 2.0×10⁻¹⁵.") == 40
    assert "from lines 1 and 2" in text
    assert "Goodfellow et al. (2016), eq. 10.20" in text
    assert all(typeset(choice) in text for _, choice in long_report.conventions)
    assert all(plain(one.source) in text for one in long_report.agreements)
    assert "1,234" in text
    assert text.startswith("# $\\partial L / \\partial W_{h}$ of the plain RNN")


def test_a_rule_is_stated_where_it_comes_for_the_first_time(long_report: Report) -> None:
    text = markdown(long_report)
    assert text.count(line(1).statement) == 1
    assert text.count("In general:") == len({one.statement for one in long_report.lines})


def test_of_many_times_the_first_ones_and_the_last_are_written_out() -> None:
    values = tuple(square(t) for t in range(50, 0, -1))
    text = markdown(replace(report(), lines=(line(1, values=values),)))
    assert [f"t = {t}:" in text for t in (50, 46, 45, 2, 1)] == [True, True, False, False, True]
    assert f"{50 - SHOWN_TIMES} more times" in text


def test_numbers_and_matrices() -> None:
    assert number(-0.125) == "-0.125"
    assert number(1.5e-7) == r"1.5 \cdot 10^{-7}"
    assert number(float("inf")) == r"\infty"
    assert number(float("nan")) == r"\text{not a number}"
    assert matrix(Value("", (1, 1), ((0.5,),), 0.5)) == "0.5"
    cut = matrix(Value("", (9, 8), ((1.0, 2.0), (3.0, 4.0)), 9.0))
    assert r"1 & 2 & \cdots \\ 3 & 4 & \cdots \\ \vdots & \vdots & \vdots" in cut
    assert r"(9 \times 8)" in cut


def test_a_failed_check_says_so() -> None:
    failed = replace(CHECK, ok=False, error=0.5)
    assert "This check failed" in markdown(replace(report(), lines=(line(1, check=failed),)))


def test_only_what_is_on_screen_is_exported(long_report: Report) -> None:
    lines = tuple(
        replace(one, level=number % 3, scalar=f"s = {number}") for number, one in enumerate(long_report.lines)
    )
    rough = markdown(replace(long_report, lines=lines), Shown(0, False, False, frozenset({4})))
    assert [one.number for one in lines if f"({one.number}) {one.title}" in rough] == list(range(1, 41, 3))
    assert "With one unit" not in rough and "the left side is" not in rough
    assert rough.count("In general:") == 1
    both = markdown(replace(long_report, lines=lines), Shown(1, True, True, frozenset()))
    assert both.count("With one unit") == sum(one.level < 2 for one in lines)
    assert "In general:" not in both and "the left side is" in both


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("U_n (r ⊙ h_{t-1})", "$U_{n}$ (r ⊙ $h_{t-1}$)"),
        ("∂L/∂W_h of the RNN", r"$\partial L / \partial W_{h}$ of the RNN"),
        ("did you mean W_oᵀ?", r"did you mean $W_{o}^{\top}$?"),
        ("There is no W_oT", r"There is no W\_oT"),
        ("½ ‖ŷ - y‖²", r"½ ‖$\hat{y}$ - y‖²"),
        ("the one_two file, 5 * 3", r"the one\_two file, 5 \* 3"),
        ("h_rev and a_rev_t", r"$\overleftarrow{h}$ and a\_rev\_t"),
    ],
)
def test_names_in_sentences_become_formulas(text: str, written: str) -> None:
    assert typeset(text) == written


def test_long_words_are_shortened_and_formulas_are_not() -> None:
    formula = "$" + "b" * 40 + "$"
    assert shortened(f"“{'a' * 400}” is {formula}") == f"“{'a' * 20}…” is {formula}"
    assert shortened("as long as it is allowed to be") == "as long as it is allowed to be"


# --- LaTeX ---


def test_latex_is_plain_ascii_and_says_for_which_times(long_report: Report) -> None:
    source = whole(replace(long_report, title="dL/dW"))
    assert source.isascii()
    assert r"Chain rule for $t = T-1, \dots, 1$, from (1), (2):" in source
    assert r"half of |$\hat{y}$ $-$ y|$^2$, with\_1 * and \$5" in source.replace("{}^2", "^2")


def test_the_latex_file_is_a_document_of_its_own() -> None:
    source = document(report())
    assert source.startswith("\\documentclass")
    assert whole(report()) in source
    assert source.count("\\begin{") == source.count("\\end{")


# --- PDF ---


def _each(made: QTextDocument) -> Iterator[QTextBlock]:
    block = made.begin()
    while block.isValid():
        yield block
        block = block.next()


def test_no_line_lies_on_two_pages_and_no_heading_stands_alone(qtbot: QtBot, long_report: Report) -> None:
    made = laid_out(markdown(long_report))
    assert made.pageCount() > 5
    for block in _each(made):
        assert all(first == last for first, last in pages_of(made, block)), block.text()
        if block.blockFormat().headingLevel() or block.text().endswith(":"):
            after = pages_of(made, block.next())
            assert not after or after[0] == pages_of(made, block)[-1], block.text()


def test_no_formula_is_wider_than_the_page(qtbot: QtBot, long_report: Report) -> None:
    made = laid_out(markdown(long_report))
    room = made.pageSize().width()
    for block in _each(made):
        for place in range(block.layout().lineCount()):
            assert block.layout().lineAt(place).naturalTextWidth() <= room + 1


def test_below_the_text_of_a_page_there_is_nothing_of_the_next_one(qtbot: QtBot, long_report: Report) -> None:
    made = Sheets(markdown(long_report), "")
    for page in range(made.count - 1):
        image = QImage(794, 1123, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        made.paint(painter, page)
        painter.end()
        image = image.copy(60, 1044, 680, 12)  # where the text ends, to where the foot begins
        assert bytes(image.constBits()).count(255) == image.sizeInBytes(), page


def test_a_pdf_has_its_pages_its_fonts_and_text_that_can_be_searched(
    qtbot: QtBot, long_report: Report, tmp_path: Path
) -> None:
    content = pdf(markdown(long_report), long_report.title)
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    pages = len(re.findall(rb"/Type\s*/Page[^s]", content))
    assert pages == laid_out(markdown(long_report)).pageCount()
    assert b"/FontFile" in content
    assert b"/ToUnicode" in content
    assert content.count(b"/Subtype /Image") == 0  # formulas are outlines
    assert re.search(rb"/MediaBox\s*\[0 0 595\S* 84[12]\S*\]", content)


# --- files ---


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.suffix)
def test_every_kind_is_written(kind: Kind, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / f"out.{kind.suffix}"
    save(report(), file)
    content = file.read_bytes()
    assert content == kind.content(report()) or kind.suffix == "pdf"
    assert len(content) > 500
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == [file.name]


def test_a_file_that_cannot_be_written_stays_as_it_was(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "old.md"
    file.write_text("old")

    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        save(report(), file)
    assert file.read_text() == "old"
    assert "Choose another place" in why_not("old.md", OSError(28, "No space left on device"))
    monkeypatch.undo()
    with pytest.raises(ValueError, match="folder"):
        save(report(), tmp_path / "nowhere" / "x.md")
    with pytest.raises(ValueError, match="folder"):
        save(report(), tmp_path)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("∂L/∂W_h of the plain RNN, T = 3", "dL-dW_h-of-the-plain-RNN-T-3"),
        ("../../etc/passwd", "etc-passwd"),
        ("‖‖", "derivation"),
        ("x" * 300, "x" * 60),
        ("CON: a?b*c|d", "CON-a-b-c-d"),
    ],
)
def test_a_proposed_name_suits_every_system(title: str, name: str) -> None:
    assert file_name(replace(report(), title=title)) == name


def test_menu_copy_and_dialog(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    files = DerivationFiles(window)
    said: list[str] = []
    files.said.connect(said.append)
    menu = QMenu(window)
    files.fill(menu)
    assert not any(action.isEnabled() for action in menu.actions() if not action.isSeparator())
    files.copy_latex()
    files.ask("md")
    assert not said
    files.set_report(report())
    menu.clear()
    files.fill(menu)
    assert all(action.isEnabled() for action in menu.actions())
    files.copy_latex()
    assert QGuiApplication.clipboard().text() == whole(report())
    monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(str(tmp_path / "a.md")))
    files.ask("md")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == markdown(report())
    assert said[-1] == "Saved as a.md."
    warned: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _window, _title, words: warned.append(words))
    monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(str(tmp_path)))
    files.ask("pdf")
    assert "folder" in warned[0]
    assert QGuiApplication.overrideCursor() is None
    QCoreApplication.processEvents()


# --- a PDF is made bit by bit ---


@pytest.fixture
def exporting(qtbot: QtBot, long_report: Report) -> DerivationFiles:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    files = DerivationFiles(window)
    files.set_report(long_report)
    return files


def export(files: DerivationFiles, file: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ask for a PDF in that file; what is said is in the list."""
    said: list[str] = []
    files.said.connect(said.append)
    monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(str(file)))
    files.ask("pdf")
    return said


def test_the_window_has_its_turn_while_a_pdf_is_made(
    exporting: DerivationFiles, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.pdf"
    turns: list[str] = []
    said = export(exporting, file, monkeypatch)
    made = exporting.printing
    assert made is not None and not file.exists()
    ticking = QTimer(interval=0)
    ticking.timeout.connect(lambda: turns.append(made.dialog.labelText()) if exporting.printing else None)
    ticking.start()
    qtbot.waitUntil(lambda: exporting.printing is None, timeout=20_000)
    ticking.stop()
    assert any("page 2 of" in words for words in turns)
    assert len(set(turns)) > 5
    assert said == ["Saved as a.pdf."]
    assert file.read_bytes().rstrip().endswith(b"%%EOF")


def test_cancel_leaves_what_was_there(
    exporting: DerivationFiles, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"old")
    said = export(exporting, file, monkeypatch)
    made = exporting.printing
    assert made is not None
    qtbot.waitUntil(lambda: "page 2 of" in made.dialog.labelText(), timeout=20_000)
    made.dialog.show()
    button = made.dialog.findChild(QPushButton)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert exporting.printing is None
    qtbot.wait(50)
    assert said == ["a.pdf was not written."]
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]
    assert file.read_bytes() == b"old"


def test_a_table_is_not_cut(qtbot: QtBot) -> None:
    table = "| a | b |\n|:--|:--|\n" + "\n".join(f"| {n} | x |" for n in range(12))
    for lines in range(20, 48):
        text = "\n\n".join(["word"] * lines)
        made = laid_out(f"# Title\n\n{text}\n\n## Agreement\n\n{table}\n")
        blocks = list(_each(made))
        place = next(n for n, block in enumerate(blocks) if block.text() == "Agreement")
        pages = {page for block in blocks[place:] for pair in pages_of(made, block) for page in pair}
        assert len(pages) == 1, lines
