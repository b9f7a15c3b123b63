"""Codes: the desk of pasted code: what it asks, in which case, and how code and steps point at each other.

Lays nothing out; counts nothing. Files that are opened are read as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from engine.symbolic.findings import Findings
from engine.symbolic.jobs import CodeJob
from engine.symbolic.report import Line, Refusal, Report, Status
from studyapp import code_check, typed_lines
from studyapp.derive_modes import Practised
from studyapp.derive_questions import Questions
from studyapp.derive_typed import TypedDesk
from studyapp.theme import Theme
from studyapp.typed_names import Language
from studyapp.widgets.code_foot import BEST, WORST
from studyapp.widgets.code_form import CodeForm
from studyapp.widgets.derivation_view import READ
from studyapp.widgets.measured_card import MeasuredCard

_PATH = "line:"  # before the number of a line of code, in `Line.path`


class Codes(TypedDesk):
    """The keyboard stays in the editor when an answer comes: one goes on changing the code.

    Attributes:
        form: where the code is.
    """

    kind = "code"

    def __init__(self, theme: Theme, questions: Questions, tips: Mapping[str, str]) -> None:
        self.form = CodeForm(theme, tips)
        super().__init__(theme, questions, self.form, tips, _language)
        self.desk.view.empty.show_words(
            "sigma",
            "From code to counts",
            "Paste Python, or choose an example: how often each line is executed, as a formula that is "
            "derived line by line and held against a real count. Nothing is ever run.",
        )
        self.form.submitted.connect(lambda _text: self.derive_case(self.form.foot.case))
        self.form.case_chosen.connect(self.derive_case)
        self.form.file_asked.connect(self.ask_file)
        self.form.file_dropped.connect(self.read_file)
        self.form.line_asked.connect(self._on_line)
        self.form.editor.textChanged.connect(self.on_text)
        self.desk.view.steps.looked_at.connect(self._on_looked_at)
        if self.modes is not None:
            self.modes.moved.connect(lambda: self.form.set_covered(self.desk.mode != READ))
        self._measured = MeasuredCard()
        self.desk.shown.connect(self._show_measured)
        self.desk.resized.connect(lambda: self.form.set_room(self.desk.height()))

    @property
    def typed(self) -> str:
        return self.form.text

    @property
    def asked_text(self) -> str:
        return self.asked.text if isinstance(self.asked, CodeJob) else ""

    def open(self, job: CodeJob) -> None:
        """Derive `job`."""
        self.form.set_text(job.text)
        self.form.foot.set_case(job.case)
        self.form.submit()

    def derive(self) -> None:
        """Derive what is typed."""
        self.form.submit()

    def derive_case(self, case: str) -> None:
        """Derive what is typed, told for this case."""
        if code_check.fault(self.typed) is None and self.typed.strip():
            self.ask(CodeJob(self.typed, self.form.function.value, case))

    def next_case(self) -> None:
        """The other of the two."""
        if self.desk.report is not None:
            self.form.foot.cases.button(WORST if self.form.foot.case == BEST else BEST).click()

    def begin(self) -> None:
        self.form.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_field(self) -> None:
        """The keyboard goes to the code, to be changed."""
        self.form.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- answers ---

    def show_report(self, report: Report) -> None:
        super().show_report(report)
        self.form.show_found(self.asked_text, report.found or Findings(), self._case)

    def show_refusal(self, refusal: Refusal) -> None:
        super().show_refusal(refusal)
        self.form.show_refusal(self.asked_text, refusal)

    def _show_measured(self) -> None:
        """Say what was counted, where there are no lines that derive it."""
        report = self.desk.report
        found = report.found if report is not None else None
        proven = report is not None and report.status is Status.PROVEN
        wanted = report is not None and found is not None and not (proven and report.lines)
        if found is not None and wanted:
            self._measured.set_found(found, proven)
        self.desk.view.set_extra(self._measured if wanted else None)

    @property
    def _case(self) -> str:
        return self.asked.case if isinstance(self.asked, CodeJob) else WORST

    # --- code and steps ---

    def _on_line(self, number: int) -> None:
        """The steps that talk about a line of code stand out, and the first of them comes into view."""
        steps = self.desk.view.steps
        told = [row for row in steps.in_order() if f"{_PATH}{number}" in row.line.path]
        for row in steps.rows:
            row.set_marked(row in told)
        if told and self.desk.report is not None:
            self.desk.view.show_row(told[0])

    def _on_looked_at(self, line: Line | None) -> None:
        """The lines of code that a step talks about stand out."""
        path = () if line is None else line.path
        numbers = (key.removeprefix(_PATH) for key in path if key.startswith(_PATH))
        self.form.editor.set_lit(frozenset(int(number) for number in numbers if number.isdigit()))

    # --- files ---

    def ask_file(self) -> None:
        """Let the user choose a file."""
        dialog = QFileDialog(
            self.desk.window(), "Open code", "", "Python (*.py);;Text (*.txt *.md);;All files (*)"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read_file)
        dialog.open()

    def read_file(self, path: str) -> None:
        """Put the text of this file into the editor; it is read as text and never imported."""
        try:
            text = _text(Path(path))
        except (OSError, ValueError) as error:
            self.said.emit(f"{Path(path).name} was not opened: {error}")
            return
        self.form.set_text(code_check.cleaned(text))
        self.begin()
        self.said.emit(f"Opened {Path(path).name}.")


def _language(job: Practised, report: Report) -> Language:
    if not isinstance(job, CodeJob):
        raise TypeError(f"{job!r} is no code")
    return typed_lines.of_code(job, report)


def _text(path: Path) -> str:
    """What is in the file. Raises OSError, and ValueError for what is no text, or too much of it."""
    if not path.is_file():
        raise ValueError("it is no file. Choose one that ends in .py.")  # a pipe would let us wait for ever
    with path.open("rb") as file:
        data = file.read(4 * code_check.LONGEST + 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not text in UTF-8. Save it as UTF-8 and try again.") from None
    if len(text) > code_check.LONGEST:
        raise ValueError(
            f"it is longer than the {code_check.LONGEST:,} characters there is room for. "
            "Paste the function that you want counted."
        )
    return text
