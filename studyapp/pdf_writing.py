"""PdfWriting: a PDF that is made bit by bit, with a word on how far it is and a way to stop it.

The window stays usable. The file is written whole or not at all; knows nothing of what is in it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from engine import whole_file
from studyapp.mathtext.paper import PLAIN, Format
from studyapp.mathtext.pdf import sliced_pdf
from studyapp.mathtext.pictures import Pictures, no_pictures

_SOON = 300  # ms before it is worth a word


class PdfWriting(QObject):
    """Begins at once and ends with `done`.

    Signals:
        done(): it is written, or stopped, or could not be written; once.

    Attributes:
        file: where to. cancelled: it was stopped. error: why it could not be written, or None.
        dialog: how far it is, with Cancel.
    """

    done = Signal()

    def __init__(
        self,
        window: QWidget,
        markdown: str,
        title: str,
        file: Path,
        form: Format = PLAIN,
        pictures: Pictures = no_pictures,
    ) -> None:
        """`window` is what the dialog stands before."""
        super().__init__(window)
        self.file, self.cancelled = file, False
        self.error: ValueError | OSError | None = None
        self._slices = sliced_pdf(markdown, title, form, pictures)
        self._finished = False
        self.dialog = QProgressDialog(f"Writing {file.name}…", "Cancel", 0, 0, window)
        self.dialog.setWindowTitle("PDF")
        self.dialog.setWindowModality(Qt.WindowModality.NonModal)
        self.dialog.setMinimumDuration(_SOON)
        self.dialog.canceled.connect(self.cancel)
        self._next = QTimer(self, singleShot=True, interval=0)  # between two slices the window has its turn
        self._next.timeout.connect(self._go_on)
        self._next.start()

    def cancel(self) -> None:
        """Stop; what was at the file's place is still there."""
        if not self._finished:
            self.cancelled = True
            self._finish()

    def _go_on(self) -> None:
        try:
            words = next(self._slices)
        except StopIteration as end:
            self._write(end.value)
            self._finish()
        else:
            self.dialog.setLabelText(f"Writing {self.file.name}: {words}…")
            self._next.start()

    def _write(self, content: bytes) -> None:
        try:
            whole_file.write({self.file: content})
        except (ValueError, OSError) as error:
            self.error = error

    def _finish(self) -> None:
        self._finished = True
        self._next.stop()
        self._slices.close()
        self.dialog.reset()
        self.dialog.deleteLater()
        self.done.emit()
