"""Sampler: text that the network writes, and how it draws: temperature, top-k and a prompt.

Run it alone: python -m studyapp.widgets.sampler
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)

from studyapp.theme import Theme
from studyapp.widgets.labels import styled
from studyapp.widgets.numbers import figure
from studyapp.widgets.panel import Panel
from studyapp.widgets.readout import Readout

LENGTH = 240  # characters
UNITS = {"words": "word", "sentences": "word", "melody": "note", "pixels": "pixel"}
LENGTHS = {"word": 60, "note": 48, "pixel": 64}
APART = ("word", "note")  # written with a space between two
MOST_K = 50
LONGEST_PROMPT = 200  # characters
COLDEST, HOTTEST = 1, 20  # tenths
BLANKS = str.maketrans({" ": "␣", "\n": "↵\n", "\t": "⇥"})  # where nothing else could be seen
SETTLE = 120  # ms after the last move of the slider


class Sampler(Panel):
    """The last text written, a temperature slider and a button that draws with a new seed.

    The same seed is kept while training, so that what changes in the text was learnt.

    Signals:
        asked(float, int, int, int, str): write so many symbols: temperature, length, seed, top-k, prompt.
    """

    asked = Signal(float, int, int, int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "What it writes")
        self.seed = 1
        self.text = QPlainTextEdit()
        self.text.setObjectName("written")
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Text written by the network")
        self.text.setPlaceholderText("After the first step the network writes here, every second.")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(48)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(COLDEST, HOTTEST)
        self.slider.setAccessibleName("Temperature")
        self.slider.setToolTip(
            "The outputs are divided by the temperature before the softmax: low plays safe, high dares."
        )
        self._value = styled("small")
        self._source = Readout(theme, "Where the text is from", Qt.AlignmentFlag.AlignLeft)
        self._value.setFixedWidth(98)
        self._value.setBuddy(self.slider)
        self.button = QPushButton("Sample")
        self.button.setObjectName("compact")
        self.button.setToolTip("Write again, with the next seed")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.top_k = QSpinBox()
        self.top_k.setRange(0, MOST_K)
        self.top_k.setSpecialValueText("all")
        self.top_k.setAccessibleName("Top k")
        self.top_k.setToolTip("Only the k likeliest symbols are drawn from; 1 is greedy, all is no limit.")
        self.prompt = QLineEdit()
        self.prompt.setPlaceholderText("Prompt")
        self.prompt.setAccessibleName("Prompt")
        for field in (self.top_k, self.prompt):
            field.setObjectName("compact")
        self.prompt.setMaxLength(LONGEST_PROMPT)
        self.prompt.setToolTip("Read before the writing begins; empty: it starts as after an ended line.")
        self._problem = styled("problem", wrap=True)
        self._problem.hide()
        self._unit, self._drawn = "char", False
        self._theme, self._parts = theme, ("", "")
        self._asked = ""  # the prompt of the text that is being written
        self._lay_out()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._settle.timeout.connect(self.ask)
        self.slider.valueChanged.connect(self._on_moved)
        self.button.clicked.connect(self._on_clicked)
        self.top_k.valueChanged.connect(self._on_set)
        self.prompt.textChanged.connect(self._on_set)
        theme.changed.connect(self._write)
        self.set_temperature(0.8)

    @property
    def temperature(self) -> float:
        """From 0.1 to 2.0."""
        return self.slider.value() / 10

    def set_temperature(self, temperature: float) -> None:
        """Set the slider without asking for text."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(temperature * 10))
        self.slider.blockSignals(False)
        self._value.setText(f"Temperature {self.temperature:.1f}")

    def ask(self) -> None:
        """Ask for text with what is set."""
        length = LENGTHS.get(self._unit, LENGTH)
        self._asked = self.prompt.text()
        self.asked.emit(self.temperature, length, self.seed, self.top_k.value(), self._asked)

    def set_task(self, task: str) -> None:
        """Count what this task writes: characters, words, notes, or the pixels of an image."""
        self._unit = UNITS.get(task, "char")
        self._drawn = task == "pixels"
        if self._drawn:
            self.prompt.clear()  # nobody types pixels
        self.prompt.setHidden(self._drawn)
        self.text.setHidden(self._drawn)  # it is shown as an image
        self.clear()

    def show_text(self, text: str, step: int, mean_log_probability: float) -> None:
        """Show the prompt and what was written after `step`; the probability is per symbol, in nats."""
        self._problem.hide()
        gap = " " if self._asked and self._unit in APART else ""
        parts = self._asked + gap, text if text.strip() else text.translate(BLANKS)
        if parts != self._parts:
            self._parts = parts
            self._write()
        surprise = figure(-mean_log_probability)
        self._source.set_text(f"step {step:,} · seed {self.seed} · {surprise} nats/{self._unit}")
        self._source.setToolTip("Nats a symbol: −ln p of what it wrote, the mean over all symbols")

    def say_problem(self, sentence: str) -> None:
        """Why nothing could be written; the training goes on."""
        self._problem.setText(sentence)
        self._problem.show()

    def clear(self) -> None:
        """Forget what was written."""
        self.text.clear()
        self._parts = "", ""
        self._problem.hide()
        self._source.set_text("")

    def draw_from_all(self) -> None:
        """No limit of the k likeliest any more; asks for nothing."""
        self.top_k.blockSignals(True)
        self.top_k.setValue(0)
        self.top_k.blockSignals(False)

    def _write(self) -> None:
        """The prompt dimmed, then what the network made of it."""
        self.text.clear()
        at, dim, plain = QTextCursor(self.text.document()), QTextCharFormat(), QTextCharFormat()
        dim.setForeground(self._theme.colour("muted"))
        for words, form in zip(self._parts, (dim, plain), strict=True):
            at.insertText(words, form)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._value)
        row.addWidget(self.slider, 1)
        self.add_tool(self.button)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self._source)
        drawn = QHBoxLayout()
        drawn.setSpacing(6)
        drawn.addWidget(self.prompt, 1)
        drawn.addStretch(0)
        drawn.addWidget(_labelled("Top", self.top_k))
        drawn.addWidget(self.top_k)
        self.body.addLayout(drawn)
        self.body.addWidget(self._problem)
        self.body.addLayout(row)

    def _on_moved(self) -> None:
        self._value.setText(f"Temperature {self.temperature:.1f}")
        self._settle.start()

    def _on_set(self) -> None:
        self._settle.start()

    def _on_clicked(self) -> None:
        self.seed += 1
        self.ask()


def _labelled(text: str, field: QWidget) -> QLabel:
    label = styled("small", text)
    label.setBuddy(field)
    return label


def _show(theme: Theme) -> Sampler:
    shown = Sampler(theme)
    shown.show_text("the sea the sen thath\nof the won", 300, -1.2)
    return shown


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
