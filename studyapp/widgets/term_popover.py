"""TermPopover: what a word means, beside the word. Takes no keyboard and no mouse.

Run it alone: python -m studyapp.widgets.term_popover
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from studyapp.mathtext.view import MathView
from studyapp.theme import Theme

_WIDE = 360  # px
_PAD, _GAP = 14, 6


class TermPopover(QFrame):
    """A small panel over its parent, below the word or, without room there, above it. No signals."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self._word = QRect()
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name, self._hint = QLabel(), QLabel()
        self._name.setObjectName("h3")
        self._hint.setObjectName("small")
        self._says = MathView(theme, 14)
        self._says.fit_to_content()
        self._says.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, 10, _PAD, 10)
        column.setSpacing(4)
        for widget in (self._name, self._says, self._hint):
            column.addWidget(widget)
        self._says.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.hide()

    @property
    def term(self) -> str:
        """The word that is explained now; empty for none."""
        return self._name.text() if self.isVisible() else ""

    @property
    def says(self) -> str:
        """What is said of it, Markdown."""
        return self._says.markdown

    def explain(self, title: str, says: str, word: QRect, hint: str = "") -> None:
        """Show the definition beside `word`, in the parent's coordinates."""
        self._name.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        wide = min(_WIDE, self._around.width() - 2 * _GAP)
        self.setFixedWidth(wide)
        self._says.setFixedWidth(wide - 2 * _PAD - 2)
        self._word = word
        self._says.set_markdown(says)
        self._fit()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{title}: {says}"))

    def _fit(self) -> None:
        """As high as its text, which grows when its formulas have been set."""
        self._column.invalidate()
        self.setFixedHeight(self.sizeHint().height())
        self._place(self._word)

    def _place(self, word: QRect) -> None:
        around = self._around.rect()
        left = max(_GAP, min(word.left() - _PAD, around.right() - self.width() - _GAP))
        below = word.bottom() + _GAP
        above = word.top() - _GAP - self.height()
        lowest = around.bottom() - self.height()
        top = below if below <= lowest else above if above >= 0 else max(_GAP, lowest - _GAP)
        self.move(left, top)


def _show(theme: Theme) -> QWidget:
    around = QWidget()
    around.resize(600, 300)
    popover = TermPopover(theme, around)
    popover.explain("forget gate", "How much of $C_{t-1}$ stays, entry by entry.", QRect(200, 60, 80, 20))
    return around


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
