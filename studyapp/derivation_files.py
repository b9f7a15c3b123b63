"""DerivationFiles: a derivation on the clipboard as LaTeX, or in a file as Markdown, LaTeX or PDF.

Files are written whole or not at all. Knows a report, and nothing of how it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from engine import whole_file
from engine.symbolic.report import Report
from studyapp import derivation_latex
from studyapp.derivation_markdown import ALL, Shown, markdown
from studyapp.mathtext import pdf
from studyapp.pdf_writing import PdfWriting

_LONGEST_NAME = 60  # characters of a proposed name, without its ending
_LETTERS = {
    "∂": "d",
    "δ": "delta",
    "Δ": "Delta",
    "σ": "sigma",
    "φ": "phi",
    "γ": "gamma",
    "β": "beta",
    "α": "alpha",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how its names end, what the menu calls it, the filter of the dialog, what is in it."""

    suffix: str
    words: str
    filter: str
    content: Callable[[Report, Shown], bytes]


def _markdown(report: Report, shown: Shown = ALL) -> bytes:
    return markdown(report, shown).encode()


def _latex(report: Report, shown: Shown = ALL) -> bytes:
    return derivation_latex.document(shown.told(report)).encode()


def _pdf(report: Report, shown: Shown = ALL) -> bytes:
    return pdf.pdf(markdown(report, shown), report.title)


KINDS = (
    Kind("md", "Markdown with LaTeX…", "Markdown (*.md)", _markdown),
    Kind("pdf", "PDF…", "PDF documents (*.pdf)", _pdf),
    Kind("tex", "LaTeX…", "LaTeX (*.tex)", _latex),
)


class DerivationFiles(QObject):
    """Copies and exports the report that it was given last, as far as it is `shown`.

    Signals:
        said(str): what was done, in a short sentence.

    Attributes:
        shown: asked at each copy and export: how much of the report is on screen.
        printing: the PDF that is being made; None when there is none.
    """

    said = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """`window` is what dialogs belong to."""
        super().__init__(window)
        self._window = window
        self._report: Report | None = None
        self.shown: Callable[[], Shown] = lambda: ALL
        self.printing: PdfWriting | None = None

    @property
    def ready(self) -> bool:
        """Whether there is anything to copy or export."""
        return self._report is not None

    def set_report(self, report: Report | None) -> None:
        """Copy and export this from now on."""
        self._report = report

    def fill(self, menu: QMenu) -> None:
        """Add everything to `menu`."""
        copy = menu.addAction("Copy LaTeX", self.copy_latex)
        menu.addSeparator()
        for action in (copy, *(menu.addAction(kind.words, partial(self.ask, kind.suffix)) for kind in KINDS)):
            action.setEnabled(self.ready)

    def copy_latex(self) -> None:
        """Put the whole derivation on the clipboard, as LaTeX."""
        if self._report is not None:
            QGuiApplication.clipboard().setText(derivation_latex.whole(self.shown().told(self._report)))
            self.said.emit("The whole derivation is on the clipboard, as LaTeX.")

    def ask(self, suffix: str) -> None:
        """Let the user choose a file of this kind, then write it."""
        report = self._report
        if report is None:
            return
        shown = self.shown()
        kind = next(kind for kind in KINDS if kind.suffix == suffix)
        dialog = QFileDialog(
            self._window, "Export the derivation", f"{file_name(report)}.{suffix}", kind.filter
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.fileSelected.connect(lambda name: self._on_file(report, shown, kind, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file(self, report: Report, shown: Shown, kind: Kind, name: str) -> None:
        try:
            if kind.suffix == "pdf":
                self._print(report, shown, Path(name))
                return
            save(report, Path(name), kind, shown)
        except (ValueError, OSError) as error:
            self._on_failed(name, error)
        else:
            self._on_saved(name)

    def _print(self, report: Report, shown: Shown, file: Path) -> None:
        """Make a PDF bit by bit; the one that is being made is given up for it."""
        whole_file.place_of(file)  # before the work, not after it
        if self.printing is not None:
            self.printing.cancel()
        self.printing = made = PdfWriting(self._window, markdown(report, shown), report.title, file)
        made.done.connect(lambda: self._on_printed(made))

    def _on_printed(self, made: PdfWriting) -> None:
        if self.printing is made:
            self.printing = None
        if made.error is not None:
            self._on_failed(str(made.file), made.error)
        elif made.cancelled:
            self.said.emit(f"{made.file.name} was not written.")
        else:
            self._on_saved(str(made.file))
        made.deleteLater()

    def _on_saved(self, name: str) -> None:
        self.said.emit(f"Saved as {Path(name).name}.")

    def _on_failed(self, name: str, error: ValueError | OSError) -> None:
        QMessageBox.warning(self._window, "Export", why_not(name, error))


def save(report: Report, file: Path, kind: Kind | None = None, shown: Shown = ALL) -> None:
    """Write `report` into `file`: as `kind`, else as the ending of its name says, else as Markdown.

    Raises:
        ValueError: the name leads nowhere that can be written to; the sentence says why.
        OSError: the disk refused. What was there is still there.
    """
    if kind is None:
        suffix = file.suffix.lower().removeprefix(".")
        kind = next((one for one in KINDS if one.suffix == suffix), KINDS[0])
    whole_file.place_of(file)  # before the work, not after it
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        content = kind.content(report, shown)
    finally:
        QGuiApplication.restoreOverrideCursor()
    whole_file.write({file: content})


def why_not(name: str, error: ValueError | OSError) -> str:
    """Why a file could not be written, and what to do."""
    if isinstance(error, OSError):
        return f"{name} could not be written: {error.strerror or error}. Choose another place."
    return str(error)


def file_name(report: Report) -> str:
    """A name for its file that every system takes: "dL-dW_h-of-the-RNN-T-3"."""
    text = "".join(_LETTERS.get(sign, sign) for sign in report.title)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    text = re.sub(r"[^A-Za-z0-9_]+", "-", text).strip("-_")
    return text[:_LONGEST_NAME].rstrip("-_") or "derivation"
