"""ErrorDialog: says that something of ours broke, with a report to copy. Closing it goes on.

Run it alone: python -m studyapp.widgets.error_dialog
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from studyapp.theme import Theme
from studyapp.widgets.icon_button import IconButton

_MOST = 5  # reports in one dialog; an error in a timer would fill the memory


class ErrorDialog(QDialog):
    """One dialog at a time: further errors are added to the report of the one that is open."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 420)
        self._reports = 1
        self.text = QPlainTextEdit(text)
        self.text.setObjectName("mono")
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName("Report")
        self.copy, self.go_on = IconButton(theme, "copy", "Copy report"), QPushButton("Go on")
        self.go_on.setObjectName("primary")
        self.go_on.setDefault(True)
        self.copy.clicked.connect(self._on_copy)
        self.go_on.clicked.connect(self.accept)
        self._lay_out()
        self.go_on.setFocus()

    @staticmethod
    def report(theme: Theme, text: str, parent: QWidget) -> None:
        """Show `text`, or add it to the dialog that is already open."""
        present = parent.findChild(ErrorDialog)
        if isinstance(present, ErrorDialog) and present.isVisible():
            present.add(text)
        else:
            ErrorDialog(theme, text, parent).open()

    def add(self, text: str) -> None:
        """Add another report, up to a few."""
        self._reports += 1
        if self._reports <= _MOST:
            self.text.appendPlainText(f"\n{'-' * 60}\n\n{text}")

    def _lay_out(self) -> None:
        title = QLabel("Something went wrong in StudyApp itself")
        title.setObjectName("h2")
        sentence = QLabel(
            "It is not your fault, and every answer you gave is saved. You can go on; if it happens again, "
            "start StudyApp anew and send this report along with what you did."
        )
        sentence.setWordWrap(True)
        sentence.setObjectName("muted")
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch()
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(sentence)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.set_words("check", "Copied")


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    ErrorDialog.report(theme, "StudyApp 0.1.0\n\nZeroDivisionError: division by zero", around)
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
