"""Fields of a form: below what they are called, marked where they are wrong, set without a signal."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from studyapp.widgets.labels import styled
from studyapp.widgets.number_field import NumberField

HEIGHT = 30  # px of all fields


def labelled(words: str, *fields: QWidget) -> QWidget:
    """Fields side by side below what they are called."""
    box, inside = QWidget(), QWidget()
    inside.setFixedHeight(HEIGHT)
    row = QHBoxLayout(inside)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for field in fields:
        row.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(styled("fine", words))
    column.addWidget(inside)
    return box


def icon_tool(name: str, tip: str) -> QToolButton:
    """A button for an icon; `name` is for screen readers."""
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setIconSize(QSize(18, 18))
    return button


def quietly(button: QToolButton, on: bool) -> None:
    """Check `button` without a signal."""
    button.blockSignals(True)
    button.setChecked(on)
    button.blockSignals(False)


def mark(field: NumberField, wrong: bool) -> None:
    """Say by its border that what stands in `field` is wrong, or no longer."""
    if bool(field.property("invalid")) != wrong:
        field.setProperty("invalid", wrong)
        field.style().unpolish(field)
        field.style().polish(field)
