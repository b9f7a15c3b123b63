"""PrintPreview: sheets as they will come out of the printer, and the two ways to have them.

Run it alone: python -m studyapp.widgets.print_preview
"""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QSize, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QShowEvent
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studyapp.mathtext.paper import WIDTH, Sheets
from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton

_SIZE = QSize(860, 900)


class PrintPreview(QDialog):
    """A dialog; what is chosen is done by others.

    Signals:
        printing(): print it. saving(): save it as a PDF.

    Attributes:
        printer: with the size of paper that the sheets are made for.
    """

    printing = Signal()
    saving = Signal()

    def __init__(self, theme: Theme, sheets: Sheets, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets = sheets
        self.setWindowTitle(f"Print: {title}")
        self.printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        self.printer.setDocName(title)
        self.printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self.printer.setFullPage(True)
        self.printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        self.view = QPrintPreviewWidget(self.printer)
        self.view.setAccessibleName(f"{sheets.count} pages, as they will be printed")
        self.view.paintRequested.connect(self.paint)
        self._pages = QLabel(f"{title}: {sheets.count} page{'s' * (sheets.count != 1)}, A4")
        self._pages.setObjectName("muted")
        self.print_button = IconButton(theme, "printer", "Print…", "primary")
        self.save_button = IconButton(theme, "file-down", "Save as PDF…")
        self.close_button = IconButton(theme, "x", "Close")
        self._lay_out()
        self.print_button.clicked.connect(self.printing)
        self.save_button.clicked.connect(self.saving)
        self.close_button.clicked.connect(self.reject)
        screen = self.screen().availableSize()
        self.resize(_SIZE.boundedTo(screen * 0.92))
        self.print_button.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.view, self.view.fitToWidth)  # its width is known then

    def paint(self, printer: QPrinter) -> None:
        """Paint the sheets on this printer: those that it is asked for."""
        painter = QPainter(printer)
        scale = printer.paperRect(QPrinter.Unit.DevicePixel).width() / WIDTH
        painter.scale(scale, scale)
        first = max(1, printer.fromPage()) - 1
        last = min(self._sheets.count, printer.toPage() or self._sheets.count)
        for page in range(first, last):
            if page > first:
                printer.newPage()
            self._sheets.paint(painter, page)
        painter.end()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._pages, 1)
        for button in (self.print_button, self.save_button, self.close_button):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.view, 1)


def _show(theme: Theme) -> QWidget:
    return PrintPreview(theme, Sheets("# One\n\nSome words.\n\n$$e^{i\\pi} = -1$$", "One"), "One")


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
