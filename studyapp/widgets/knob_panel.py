"""KnobPanel: the form of knobs, with ready-made runs above it and what the run is about below."""

from __future__ import annotations

import html

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QVBoxLayout

from studyapp import assets
from studyapp.theme import Theme
from studyapp.widgets.config_form import ConfigForm
from studyapp.widgets.gutter_scroll import GutterScroll
from studyapp.widgets.labels import styled
from studyapp.widgets.panel import Panel
from studyapp.widgets.preset_words import counted, sentence

NARROWEST, WIDEST = 262, 330  # px


class KnobPanel(Panel):
    """The knobs scroll; what is said below stays.

    Attributes:
        form: the knobs. menu: what can be done with the run as a whole.

    Signals:
        presets_wanted(): show the ready-made runs.
        compared(): start the other run of the pair.
    """

    presets_wanted = Signal()
    compared = Signal()

    def __init__(self, theme: Theme, presets_tip: str) -> None:
        super().__init__(theme, "Knobs")
        self._theme = theme
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self.form = ConfigForm(theme)
        self.presets = QPushButton("Presets")
        self.presets.setObjectName("compact")
        self.presets.setToolTip(presets_tip)
        self.presets.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.presets.clicked.connect(self.presets_wanted)
        self.menu = QMenu(self)
        self._more = QToolButton()
        self._more.setObjectName("menu")
        self._more.setAccessibleName("Save, open, export")
        self._more.setToolTip("Save this run, open another, export the network")
        self._more.setIconSize(QSize(18, 18))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self.menu)
        self.compare = QPushButton()
        self.compare.setObjectName("compact")
        self.compare.hide()
        self.compare.clicked.connect(self.compared)
        self.waiting = styled("waiting", wrap=True)
        self._hint = styled("small", wrap=True)
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def hint(self) -> str:
        """What the run is about."""
        return self._hint.text()

    def say_hint(self, words: str) -> None:
        """Say what the run is about."""
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setText(words)

    def say_preset(self, title: str, look_at: str, shows: str, steps: int) -> None:
        """Say what the preset is about instead, and after how many steps there is something to see."""
        self._hint.setTextFormat(Qt.TextFormat.RichText)
        self._hint.setText(
            f"<b>{html.escape(title)}</b><br>{html.escape(sentence(look_at))} About {counted(steps)}."
        )
        self._hint.setToolTip(shows)

    def offer(self, words: str, tip: str) -> None:
        """Offer the other run of a pair; empty for none."""
        self.compare.setText(words)
        self.compare.setToolTip(tip)
        self.compare.setVisible(bool(words))

    def _lay_out(self) -> None:
        self.add_tool(self.presets)
        self.add_tool(self._more)
        scroll = GutterScroll()
        scroll.column.addWidget(self.form)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body.setContentsMargins(14, 10, 2, 12)
        self.body.addWidget(scroll, 1)
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, 12, 0)
        below.addWidget(self.waiting)
        below.addWidget(self._hint)
        below.addWidget(self.compare)
        self.body.addLayout(below)

    def _tint(self) -> None:
        self._more.setIcon(assets.icon("ellipsis", self._theme.colours.text, size=18))
