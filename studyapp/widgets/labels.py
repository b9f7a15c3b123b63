"""Labels and small buttons by the names that resources/style.qss knows, in one line each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QToolButton


def styled(style: str, text: str = "", *, wrap: bool = False) -> QLabel:
    """A label of that style, e.g. styled("h2", "Loss")."""
    label = QLabel(text)
    label.setObjectName(style)
    label.setWordWrap(wrap)
    return label


def restyle(label: QLabel, style: str, text: str) -> None:
    """Another style and text for a label that is already on screen."""
    label.setText("")  # a QLabel keeps its size until its text changes
    label.setObjectName(style)
    label.style().unpolish(label)
    label.style().polish(label)
    QCoreApplication.sendEvent(label, QEvent(QEvent.Type.StyleChange))  # QFrame measures its padding then
    label.setText(text)


def toggle(text: str, name: str, tip: str) -> QToolButton:
    """A small button that stays down; `name` is for screen readers."""
    button = QToolButton()
    button.setObjectName("toggle")
    button.setText(text)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    button.setToolTip(tip)
    return button
