"""OptionRow: one option of a question: a whole row to click, with its number key. Knows no question."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from studyapp.mathtext.blocks import first_line_middle
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme

_MARK = 20  # side of the round or square mark, px
_LEFT = 52
_ABOVE, _BELOW = 14, 8  # px; the text has 6 px of its own below its last line


class OptionRow(QAbstractButton):
    """Checkable row; once the answer is known it shows whether it was right, and why.

    Clicks, Space and the number keys check it; one of many if `single`, else any number.
    """

    def __init__(self, theme: Theme, key: int, text: str, single: bool) -> None:
        super().__init__()
        self._theme, self._single = theme, single
        self._verdict = ""
        self.setCheckable(True)
        self.setAutoExclusive(single)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._words = MathView(theme, 16)
        self._why = MathView(theme, 14)
        for view in (self._words, self._why):
            view.fit_to_content()
            view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words.set_markdown(text)
        self._why.hide()
        self._key = QLabel(str(key))
        self._key.setObjectName("key")
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lay_out()
        self.setAccessibleName(f"Option {key}: {text}")
        theme.changed.connect(self.update)

    @property
    def verdict(self) -> str:
        """ "right", "wrong", "missed" or "" while the answer is open."""
        return self._verdict

    @property
    def why(self) -> MathView:
        return self._why

    @property
    def line_middle(self) -> float:
        """How far down the middle of the first line is, px: there the mark stands."""
        return self._words.y() + first_line_middle(self._words.document())

    def reveal(self, right: bool, why: str) -> None:
        """Show whether choosing this was right, and the reason; no more clicks from now on."""
        chosen = self.isChecked()
        self._verdict = ("right" if chosen else "missed") if right else ("wrong" if chosen else "")
        words = {"right": "Right. ", "missed": "This was right. ", "wrong": "Not so. ", "": ""}[self._verdict]
        self._why.set_markdown(f"**{words.strip()}** {why}" if words else why)
        self._why.show()
        self.setAccessibleDescription(words + why)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._key.hide()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        inside = self.layout()
        return inside.sizeHint() if inside is not None else super().sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self._edge(), 2 if self.hasFocus() or self._verdict else 1))
        painter.setBrush(self._ground())
        painter.drawRoundedRect(box, 10, 10)
        self._paint_mark(painter)

    def _edge(self) -> QColor:
        names = {"right": "good", "missed": "good", "wrong": "bad"}
        if self._verdict:
            return self._theme.colour(names[self._verdict])
        lit = self.hasFocus() or self.isChecked()
        return self._theme.colour("accent" if lit else "border")

    def _ground(self) -> QColor:
        hovered = self.underMouse() and not self._why.isVisible()
        chosen = self.isChecked() and not self._verdict
        return self._theme.colour("accent_soft" if chosen else "hover" if hovered else "raised")

    def _paint_mark(self, painter: QPainter) -> None:
        names = {"right": "good", "missed": "good", "wrong": "bad", "": "accent"}
        tint = self._theme.colour(names[self._verdict])
        idle = not self.isChecked() and not self._verdict
        box = QRectF(16, self.line_middle - _MARK / 2, _MARK, _MARK)
        painter.setPen(QPen(self._theme.colour("muted") if idle else tint, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush if not self.isChecked() else tint)
        if self._single:
            painter.drawEllipse(box)
        else:
            painter.drawRoundedRect(box, 5, 5)
        if self.isChecked():
            self._paint_sign(painter, box, cross=self._verdict == "wrong")

    def _paint_sign(self, painter: QPainter, box: QRectF, cross: bool) -> None:
        painter.setPen(QPen(self._theme.colour("card"), 2))
        x, y, s = box.x(), box.y(), box.width()
        if cross:
            painter.drawLine(
                round(x + s * 0.32), round(y + s * 0.32), round(x + s * 0.68), round(y + s * 0.68)
            )
            painter.drawLine(
                round(x + s * 0.68), round(y + s * 0.32), round(x + s * 0.32), round(y + s * 0.68)
            )
        else:
            painter.drawLine(
                round(x + s * 0.26), round(y + s * 0.52), round(x + s * 0.44), round(y + s * 0.7)
            )
            painter.drawLine(
                round(x + s * 0.44), round(y + s * 0.7), round(x + s * 0.75), round(y + s * 0.32)
            )

    def _lay_out(self) -> None:
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(self._words)
        text.addWidget(self._why)
        row = QHBoxLayout(self)
        row.setContentsMargins(_LEFT, _ABOVE, 14, _BELOW)
        row.setSpacing(12)
        row.addLayout(text, 1)
        row.addWidget(self._key, 0, Qt.AlignmentFlag.AlignTop)
