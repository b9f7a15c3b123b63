"""KnobGroup: some knobs under a heading, which may fold them away.

Run it alone: python -m studyapp.widgets.knob_group
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.labels import styled

GAP = 6


class KnobGroup(QWidget):
    """A column of rows. A heading with nothing below it is not shown.

    Signals:
        folded(bool): the user has folded it away, or opened it.
    """

    folded = Signal(bool)

    def __init__(self, theme: Theme, title: str, *, folds: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[QWidget] = []
        self._inside = QWidget()
        self._fold = self._make_fold(title) if folds else None
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(GAP)
        column.addWidget(self._fold or styled("h3", title))
        column.addWidget(self._inside)

    @property
    def open(self) -> bool:
        """False while its rows are folded away."""
        return self._fold is None or self._fold.isChecked()

    def set_open(self, wanted: bool) -> None:
        """Open or fold without a signal."""
        if self._fold is None or self._fold.isChecked() == wanted:
            return
        self._fold.blockSignals(True)
        self._fold.setChecked(wanted)
        self._fold.blockSignals(False)
        self._show_open()

    def add(self, row: QWidget) -> None:
        """Put `row` at the end."""
        self._rows.append(row)
        self._column.addWidget(row)

    def settle(self) -> None:
        """To be called when rows were shown or hidden."""
        self.setHidden(all(row.isHidden() for row in self._rows))

    def _make_fold(self, title: str) -> QPushButton:
        fold = QPushButton(title)
        fold.setObjectName("fold")
        fold.setCheckable(True)
        fold.setAccessibleName(f"{title} knobs")
        fold.setToolTip("Show or hide the knobs that are turned seldom")
        fold.setIconSize(QSize(14, 14))
        fold.toggled.connect(self._on_toggled)
        self._inside.hide()
        self._theme.changed.connect(self._show_open)
        self._fold = fold
        self._show_open()
        return fold

    def _on_toggled(self, checked: bool) -> None:
        self._show_open()
        self.folded.emit(not checked)

    def _show_open(self) -> None:
        if self._fold is not None:
            self._inside.setVisible(self.open)
            name = "chevron-down" if self.open else "chevron-right"
            self._fold.setIcon(assets.icon(name, self._theme.colours.muted, size=14))


def _show(theme: Theme) -> KnobGroup:
    group = KnobGroup(theme, "More", folds=True)
    group.add(QLabel("Gain"))
    group.set_open(True)
    return group


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
