"""WorkingPanel: "Check my working": one types the next line and is told what became of it.

Knows the lines of a report and the verdicts on what was typed; the page asks for those.
Run it alone: python -m studyapp.widgets.working_panel
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from engine.errors import FormulaError
from engine.symbolic.report import Judged, Line, Report, Verdict
from studyapp.line_question import question
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.labels import styled
from studyapp.widgets.tried_list import TriedList
from studyapp.widgets.typed_line import SIGNS, Key, Reader, TypedLine
from studyapp.widgets.verdict_card import AGAIN, GO_ON, NEXT, OFFERED, SHOW, VerdictCard
from studyapp.working_notes import Notes, first_asked

_PX = 17  # of a line that is shown
_SETTLED, _AIR = 60, 24  # ms until heights are known, px below what is brought into sight
_NARROWEST = 320  # px
_ASKED = 1  # the finest level of the lines that are asked for


class WorkingPanel(CardFrame):
    """Asks for one line after the other. What was typed stays with its derivation, whatever happens.

    Signals:
        submitted(str): judge this text as the line after the first `known` ones.
        asked(int): the line of this number is what is asked for now; 0 when all are done.
        shown(int): the user had the line of this number shown.
        reached(int): what was typed amounts to the line of this number.

    Attributes:
        typed: the field with its echo. card: the verdict. tried: what was typed before.
        notes: where the student is in this derivation.
    """

    submitted = Signal(str)
    asked = Signal(int)
    shown = Signal(int)
    reached = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Check my working")
        self._theme = theme
        self._all: dict[str, Notes] = {}
        self._key = ""  # of the derivation that is worked out
        self.notes = Notes(())
        self._pending = False
        self.question = MathView(theme, 15)
        self.question.fit_to_content()
        self.question.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.typed = TypedLine(theme, "Your line", "∂L/∂h_t = …")
        self.card = VerdictCard(theme)
        self.tried = TriedList(theme)
        self.line = MathLabel(theme, _PX)
        self.bar = QProgressBar()
        self.bar.setObjectName("thin")
        self.bar.setTextVisible(False)
        self.again = QPushButton("From the first line again")
        self._done = styled("muted", wrap=True)
        self._lay_out()
        self._connect()
        self._show_notes()

    # --- what is asked ---

    @property
    def known(self) -> int:
        """How many lines of the derivation are taken as known, those that are not asked for included:
        for a WorkingJob."""
        asked = self.notes.asked
        return self.notes.known if asked is None else asked.number - 1

    @property
    def asked_line(self) -> Line | None:
        """The line that is asked for; None when all are done, or before there is a derivation."""
        return self.notes.asked

    @property
    def lit_line(self) -> int:
        """Number of the last line that the student has, so that a picture of it gives nothing away."""
        notes, asked = self.notes, self.notes.asked
        if asked is None or notes.reached:
            return notes.reached or notes.known
        if asked.number in notes.revealed:
            return asked.number
        return max((line.number for line in notes.lines if line.number < asked.number), default=0)

    def set_report(self, report: Report, known: int | None = None, name: str = "") -> None:
        """Work out `report`, from where one was in it. `known` lines are given, if not those of the
        forward pass or of what was typed. What only a fine telling has is not asked for. `name`: what the
        derivation is called, if its title and problem do not tell it from others."""
        lines = [line for line in report.lines if line.level <= _ASKED]
        self.set_lines(name or f"{report.title}\n{report.problem}", lines, known)

    def recall(self, key: str, notes: Notes) -> None:
        """Begin with these notes when the derivation of that name comes."""
        self._all[key] = notes

    @property
    def memory(self) -> tuple[str, Notes]:
        """The name of the derivation that was worked out last, and where one is in it; "" for none."""
        self.notes.draft = self.typed.text
        return self._key, self.notes

    def set_lines(self, key: str, lines: Sequence[Line], known: int | None = None) -> None:
        """The same for some lines of a derivation that is called `key`."""
        self.notes.draft = self.typed.text
        found = self._all.get(key)
        if found is None or found.lines != tuple(lines):
            before = found
            found = Notes(tuple(lines), first_asked(lines) if known is None else known)
            if before is not None:  # the same derivation with other numbers: what was typed is kept
                found.take_over(before)
            self._all[key] = found
        elif known is not None and known > found.known:
            found.go_to(known)
        self.notes, self._key = found, key
        self._pending = False
        self.typed.line.set_entries(found.entries())
        self.typed.set_text(found.draft)
        self.card.clear()
        self._show_notes()

    def set_reader(
        self, read: Reader | None, names: Sequence[Key] = (), signs: Sequence[Key] = SIGNS
    ) -> None:
        """What reads the text while it is typed, and the names and signs that may be used."""
        self.typed.set_reader(read)
        self.typed.set_names(names, signs)

    def ask_for(self, number: int) -> None:
        """Ask for the line of this number: all before it are taken as known."""
        self.notes.go_to(number - 1)
        self.card.clear()
        self._show_notes()

    def take_keyboard(self) -> None:
        self.typed.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what comes back ---

    def show_verdict(self, verdict: Verdict) -> None:
        """What became of the text that was submitted last."""
        if not self._pending:
            return
        self._set_pending(False)
        self.notes.judge(verdict)
        if verdict.judged is Judged.UNREADABLE:
            self.typed.complain(FormulaError(verdict.sentence, verdict.text, max(0, verdict.column)))
        self.card.show_verdict(verdict, self._offered(verdict))
        if verdict.judged is Judged.SKIPS and not self.notes.goes_on(verdict):
            self.card.set_title("True, but nothing new")
        self._show_progress()
        self._bring(self.card)
        onward = next((label for label in (NEXT, GO_ON) if label in self.card.buttons), "")
        if onward and verdict.judged is not Judged.CONVENTION:
            self.card.buttons[onward].setFocus(Qt.FocusReason.OtherFocusReason)
        if self.notes.reached:
            self.reached.emit(self.notes.reached)

    def show_trouble(self, sentence: str) -> None:
        """There is no verdict, and why; the text stays, to be submitted again."""
        self._set_pending(False)
        self.card.show_words("No answer", sentence)

    def minimumSizeHint(self) -> QSize:
        """Whatever was typed, the panel asks for no more width than a narrow window has."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _NARROWEST), hint.height())

    # --- slots ---

    def _on_submitted(self, text: str) -> None:
        if self.notes.asked is None or self._pending:
            return
        self.notes.submit(text)
        self.typed.line.remember(text)
        self.card.clear()
        self._set_pending(True)
        self.tried.set_tried(self.notes.tried)
        self.submitted.emit(text)

    def _on_card(self, label: str) -> None:
        if label in (NEXT, GO_ON):
            self.next()
        elif label == SHOW:
            self.show_line()
        else:
            verdict = self.card.verdict
            self.card.clear()
            self.take_keyboard()
            if verdict is not None and verdict.column >= 0:
                self.typed.line.setCursorPosition(verdict.column)

    def next(self) -> None:
        """Go on to the next line."""
        self.notes.advance()
        self.card.clear()
        self.typed.set_text("")
        self._show_notes()
        self.take_keyboard()

    def show_line(self) -> None:
        """Show the line that is asked for; it does not count as found."""
        asked = self.notes.asked
        if asked is None:
            return
        self.notes.reveal()
        self._show_line()
        verdict = self.card.verdict
        if verdict is not None:
            self.card.show_verdict(verdict, (NEXT, AGAIN))
        self.shown.emit(asked.number)

    def _on_from_start(self) -> None:
        self.notes.restart()
        self.typed.set_text("")
        self._show_notes()
        self.take_keyboard()

    # --- inside ---

    def _offered(self, verdict: Verdict) -> tuple[str, ...]:
        """What can be done after a verdict, the most likely first."""
        asked = self.notes.asked
        known = verdict.judged is Judged.SKIPS and not self.notes.goes_on(verdict)
        usual = (AGAIN, SHOW) if known else OFFERED[verdict.judged]
        if self.notes.jumps:
            usual = tuple(GO_ON if label == NEXT else label for label in usual)
        is_shown = asked is None or asked.number in self.notes.revealed
        if not is_shown:
            return usual
        return tuple(dict.fromkeys(NEXT if label == SHOW else label for label in usual))

    def _bring(self, part: QWidget) -> None:
        """Have `part` in sight, wherever the panel is scrolled, as soon as its height is known."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            QTimer.singleShot(_SETTLED, part, lambda: _scroll_to(around, part))

    def _set_pending(self, pending: bool) -> None:
        self._pending = pending
        self.typed.button.setEnabled(not pending)
        self.typed.button.set_words("timer" if pending else "check", "Checking…" if pending else "Check")

    def _show_notes(self) -> None:
        """Show which line is asked for, and how far one is."""
        self._set_pending(False)
        asked = self.notes.asked
        self.question.setVisible(asked is not None)
        self.typed.setVisible(asked is not None)
        if asked is not None:
            hint = f" By the rule “{asked.title}”." if self.notes.is_again(asked) else ""
            self.question.set_markdown(f"**Line {asked.number}.** {question(asked)}{hint}")
        self._show_line()
        self._show_progress()
        self.asked.emit(0 if asked is None else asked.number)

    def _show_line(self) -> None:
        asked = self.notes.asked
        visible = asked is not None and asked.number in self.notes.revealed
        self._line_frame.setVisible(visible)
        if asked is not None and visible:
            self.line.set_tex(asked.latex)

    def _show_progress(self) -> None:
        right, total = self.notes.score()
        gone_over = len(self.notes.skipped)
        words = f"{right} of {total} right" + (f", {gone_over} skipped" if gone_over else "")
        self.set_chip(words if total else "", "chipgood" if right else "chip")
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(self.notes.done())
        self.bar.setAccessibleName(f"{self.notes.done()} of {total} lines done")
        self.tried.set_tried(self.notes.tried)
        finished = self.notes.asked is None and bool(self.notes.lines)
        self._end.setVisible(finished)
        self.again.setVisible(bool(total))
        nothing = "Every line of this derivation is given." if not total else ""
        self._done.setText(nothing or f"That was the last line: {right} of {total} found by yourself.")

    def _connect(self) -> None:
        self.typed.submitted.connect(self._on_submitted)
        self.card.asked.connect(self._on_card)
        self.tried.chosen.connect(self.typed.set_text)
        self.again.clicked.connect(self._on_from_start)

    def _lay_out(self) -> None:
        self._line_frame = QFrame()
        self._line_frame.setObjectName("inset")
        inside = QVBoxLayout(self._line_frame)
        inside.setContentsMargins(14, 8, 14, 8)
        inside.addWidget(self.line)
        self._end = QWidget()
        end = QVBoxLayout(self._end)
        end.setContentsMargins(0, 0, 0, 0)
        end.addWidget(self._done)
        end.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (
            self.bar,
            self.question,
            self._line_frame,
            self.typed,
            self.card,
            self._end,
            self.tried,
        ):
            self.body.addWidget(widget)
        self.body.addStretch(1)


def _scroll_to(around: QScrollArea, part: QWidget) -> None:
    """Scroll up or down, never sideways, until `part` is seen; its end rather than its beginning."""
    inside = around.widget()
    if inside is None:
        return
    bar, height = around.verticalScrollBar(), around.viewport().height()
    top = part.mapTo(inside, QPoint(0, 0)).y()
    lowest = top + part.height() + _AIR - height
    bar.setValue(max(lowest, min(bar.value(), top - _AIR)))


def _show(theme: Theme) -> WorkingPanel:
    from studyapp.widgets.derive_sample import report

    panel = WorkingPanel(theme)
    panel.set_report(report(), known=1)
    return panel


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
