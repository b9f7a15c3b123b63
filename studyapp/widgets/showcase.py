"""Shows one widget in a window of its own, so that each can be worked on alone."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from studyapp.theme import Theme, dress


def show(make: Callable[[Theme], QWidget], choice: str = "system") -> None:
    """Run the widget that `make(theme)` builds until its window is closed."""
    app = QApplication(sys.argv)
    dress(app)
    theme = Theme(sys.argv[1] if len(sys.argv) > 1 else choice)
    widget = make(theme)
    widget.setObjectName("page")
    widget.resize(720, 320)
    widget.show()
    app.exec()
