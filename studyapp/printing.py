"""Printing: shows a page as it will be on paper, prints it or saves it as a PDF. Knows no page by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from content.diagram import Diagram
from studyapp.mathtext.paper import PLAIN, TWO_COLUMNS, Format, Sheets
from studyapp.pdf_writing import PdfWriting
from studyapp.reading.library import Paper
from studyapp.theme import LIGHT, Theme
from studyapp.widgets.note_pictures import NotePictures
from studyapp.widgets.print_preview import PrintPreview


class Printing(QObject):
    """One preview at a time.

    Signals:
        said(str): what came of it, in a sentence.

    Attributes:
        preview: the dialog that is open, or None. writing: the PDF that is being written, or None.
    """

    said = Signal(str)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        """`window` is what dialogs belong to."""
        super().__init__(window)
        self._window, self._theme = window, theme
        self._pictures = NotePictures(lambda: LIGHT)
        self._paper = Paper("", "")
        self.preview: PrintPreview | None = None
        self.writing: PdfWriting | None = None

    def show_preview(self, paper: Paper, diagrams: Iterable[Diagram]) -> None:
        """Show `paper`; `diagrams` are the pictures that may be in it."""
        if self.preview is not None:
            self.preview.reject()
        self._paper = paper
        self._pictures.show_diagrams(diagrams)
        sheets = Sheets(paper.markdown, paper.title, self._form, self._pictures)
        self.preview = preview = PrintPreview(self._theme, sheets, paper.title, self._window)
        preview.printing.connect(self._on_print)
        preview.saving.connect(self._on_save)
        preview.finished.connect(self._on_closed)
        preview.open()

    def save(self, file: Path) -> None:
        """Write the page that is shown as a PDF, bit by bit."""
        if self.writing is not None:
            self.writing.cancel()
        paper = self._paper
        self.writing = made = PdfWriting(
            self._window, paper.markdown, paper.title, file, self._form, self._pictures
        )
        made.done.connect(lambda: self._on_written(made))

    @property
    def _form(self) -> Format:
        return TWO_COLUMNS if self._paper.two_columns else PLAIN

    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog

        if self.preview is None:
            return
        dialog = QPrintDialog(self.preview.printer, self.preview)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.preview.paint(self.preview.printer)
            self.preview.accept()
            self.said.emit(f"{self._paper.title} was sent to the printer.")

    def _on_save(self) -> None:
        proposed = re.sub(r"[^\w ()-]+", "", self._paper.title).strip() or "Notes"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Save as PDF", f"{proposed}.pdf", "PDF files (*.pdf)"
        )
        if chosen:
            self.save(Path(chosen) if chosen.lower().endswith(".pdf") else Path(f"{chosen}.pdf"))
            if self.preview is not None:
                self.preview.accept()

    def _on_written(self, made: PdfWriting) -> None:
        if self.writing is made:
            self.writing = None
        if made.error is not None:
            QMessageBox.warning(
                self._window, "Save as PDF", f"{made.file.name} was not written: {made.error}"
            )
        elif made.cancelled:
            self.said.emit(f"{made.file.name} was not written.")
        else:
            self.said.emit(f"Saved as {made.file.name}.")
        made.deleteLater()

    def _on_closed(self) -> None:
        if self.preview is not None:
            self.preview.deleteLater()
            self.preview = None
