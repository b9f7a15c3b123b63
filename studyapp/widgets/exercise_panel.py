"""ExercisePanel: a derivation with gaps, or with its lines to be put in order, and the score.

Knows exercises and verdicts; the page asks for both.
Run it alone: python -m studyapp.widgets.exercise_panel
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout

from engine.errors import FormulaError
from engine.symbolic.report import Exercise, Judged, Verdict
from studyapp.exercise_notes import ExerciseNotes
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.empty_state import EmptyState
from studyapp.widgets.exercise_lines import ExerciseLines
from studyapp.widgets.gap_row import GapRow
from studyapp.widgets.score_card import ANOTHER, HARDER, SAME, ScoreCard
from studyapp.widgets.segments import Segments
from studyapp.widgets.typed_line import SIGNS, Key, Reader
from studyapp.widgets.verdict_card import difference

GAPS, ORDER = "gaps", "order"
KINDS = ((GAPS, "Fill the gaps"), (ORDER, "Put in order"))
LEVELS = (("1", "Easy"), ("2", "Medium"), ("3", "Hard"))
TIPS = {
    GAPS: ("Name the rule of each line", "Rules, and factors to choose", "Factors and indices, typed"),
    ORDER: ("Three lines to choose from", "Four lines to choose from", "Five, most of them with a mistake"),
}
_KEPT = 8  # exercises whose answers are remembered


class ExercisePanel(CardFrame):
    """One gap after the other, the lines before it above. A wrong answer may be tried again.

    Signals:
        wanted(str, int, int): make an exercise of this kind, level and seed.
        typed(int, str): judge this text in the gap of that number, from 0.
        asked(int): the line of this number has the gap that is open now; 0 for none.

    Attributes:
        lines: what has come so far. rows: the gaps among it. score: the card at the end.
    """

    wanted = Signal(str, int, int)
    typed = Signal(int, str)
    asked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Exercise")
        self._theme = theme
        self.notes: ExerciseNotes | None = None
        self._kept: dict[object, ExerciseNotes] = {}
        self._read: Reader | None = None
        self._names: tuple[Key, ...] = ()
        self._signs: tuple[Key, ...] = SIGNS
        self._seed = 1
        self.rows: list[GapRow] = []
        self.kind, self.level = Segments("Kind of exercise", KINDS), Segments("Level", LEVELS)
        self.bar = QProgressBar()
        self.bar.setObjectName("thin")
        self.bar.setTextVisible(False)
        self.empty = EmptyState(theme)
        self.score = ScoreCard(theme)
        self.lines = ExerciseLines(theme, self.score)
        self._lay_out()
        self.kind.chosen.connect(self._on_choice)
        self.level.chosen.connect(self._on_choice)
        self.score.asked.connect(self._on_again)
        self.clear()

    # --- what is shown ---

    def clear(self) -> None:
        """No exercise yet, or another derivation than before."""
        self.notes = None
        self._rebuild()

    def begin(self) -> None:
        """Ask for an exercise if there is none."""
        if self.notes is None:
            self._want(self._seed)

    @property
    def lit_line(self) -> int:
        """Number of the last line without an open gap, so that a picture of it gives nothing away."""
        notes = self.notes
        if notes is None:
            return 0
        asked = 10**9 if notes.finished else notes.exercise.gaps[notes.current].line
        return max((line.number for line in notes.exercise.lines if line.number < asked), default=0)

    def set_busy(self, sentence: str) -> None:
        """Say that the exercise is being made; an empty text says nothing."""
        if sentence:
            self.empty.show_words("timer", "One moment", sentence)
        else:
            self._say_empty()

    def set_reader(
        self, read: Reader | None, names: Sequence[Key] = (), signs: Sequence[Key] = SIGNS
    ) -> None:
        """What reads typed answers, and the names and signs that may be used."""
        self._read, self._names, self._signs = read, tuple(names), tuple(signs)
        for row in self.rows:
            row.set_reader(read, self._names, self._signs)

    def set_exercise(self, exercise: Exercise) -> None:
        """Show `exercise`; if it was shown before, with the answers given then."""
        asked = exercise.asked
        notes = self._kept.pop(asked, None)
        if notes is None or notes.exercise != exercise:
            notes = ExerciseNotes(exercise)
        self._kept[asked] = notes
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        self.notes, self._seed = notes, asked.seed
        self.kind.set_value(asked.kind)
        self.level.set_value(str(asked.level))
        self._rebuild()

    def show_trouble(self, sentence: str) -> None:
        """There is no exercise, or no verdict, and why."""
        row = self._row()
        if row is None:
            self.empty.show_words("triangle-alert", "No exercise", sentence)
        else:
            row.set_busy(False)
            row.say_trouble(sentence)

    def show_verdict(self, gap: int, verdict: Verdict) -> None:
        """What became of what was typed into gap number `gap`."""
        notes, row = self.notes, self._row()
        if notes is None or row is None or gap != notes.current:
            return
        row.set_busy(False)
        right = verdict.judged in (Judged.RIGHT, Judged.SKIPS)
        notes.judge(gap, verdict, right)
        if right:
            self._filled()
        elif verdict.judged is Judged.UNREADABLE and row.field is not None:
            row.field.complain(FormulaError(verdict.sentence, verdict.text, max(0, verdict.column)))
        else:
            mistake = f"{verdict.mistake}: " if verdict.mistake else ""
            where = difference(verdict)
            row.say_wrong(-1, f"{mistake}{verdict.sentence}" + (f"\n\n{where}" if where else ""))
            row.take_keyboard()
        self._show_progress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys 1 to 9 choose."""
        row, number = self._row(), event.key() - Qt.Key.Key_0
        if row is None or event.modifiers() or not row.choose(number):
            super().keyPressEvent(event)

    def take_keyboard(self) -> None:
        row = self._row()
        if row is not None:
            row.take_keyboard()

    # --- slots ---

    def _on_choice(self, _value: str) -> None:
        self._show_tips()
        self._want(self._seed)

    def _on_chosen(self, choice: int) -> None:
        notes, row = self.notes, self._row()
        if notes is None or row is None or row is not self.sender():
            return
        gap = row.gap
        if notes.choose(notes.current, choice):
            self._filled()
        else:
            row.say_wrong(choice, gap.wrong[choice] if choice < len(gap.wrong) else "")
        self._show_progress()

    def _on_typed(self, text: str) -> None:
        notes, row = self.notes, self._row()
        if notes is None or row is None:
            return
        notes.typed(notes.current, text)
        row.set_busy(True)
        self.typed.emit(notes.current, text)

    def _on_given_up(self) -> None:
        notes = self.notes
        if notes is not None and not notes.finished:
            notes.show(notes.current)
            self._filled()
            self._show_progress()

    def _on_again(self, what: str) -> None:
        if self.notes is None:
            return
        if what == SAME:
            self._kept.pop(self.notes.exercise.asked, None)
            self.set_exercise(self.notes.exercise)
        elif what == ANOTHER:
            self._want(self._seed + 1)
        else:
            self.level.set_value(str(min(3, int(self.level.value) + 1)))
            self._want(self._seed)

    def _want(self, seed: int) -> None:
        self._seed = seed
        self.wanted.emit(self.kind.value, int(self.level.value), seed)

    # --- rows ---

    def _row(self) -> GapRow | None:
        """The row of the open gap."""
        if self.notes is None or self.notes.finished or not self.rows:
            return None
        return self.rows[-1]

    def _filled(self) -> None:
        """The gap of the last row is filled: show that, and the next one."""
        notes, row = self.notes, self.rows[-1]
        if notes is None:
            return
        self._close(row, len(self.rows) - 1)
        self._advance()
        self.take_keyboard()

    def _close(self, row: GapRow, gap: int) -> None:
        if self.notes is None:
            return
        how = "shown" if self.notes.answers[gap].shown else "right"
        words = {"right": "Right.", "shown": "The answer."}[how]
        answer = f" {row.gap.choices[row.gap.answer]}." if row.gap.kind == "rule" and row.gap.choices else ""
        row.fill(self.notes.latex(gap), how, f"**{words}**{answer} {row.gap.because}")

    def _advance(self) -> None:
        """Bring the lines up to the next gap, and its row; or the score."""
        if self.notes is None:
            return
        gap = len(self.rows)
        gaps = self.notes.exercise.gaps
        before = gaps[gap - 1].line if gap else 0
        after = gaps[gap].line if gap < len(gaps) else 10**9
        with_gaps = {one.line for one in gaps}
        for line in self.notes.exercise.lines:
            if before < line.number < after and line.number not in with_gaps:
                self.lines.add_given(line)
        if gap < len(gaps):
            self.lines.add(self._gap_row(self.notes, gap))
        else:
            self._show_score()
        self.lines.seek(self._row() or self.score)
        self.asked.emit(gaps[gap].line if gap < len(gaps) else 0)

    def _gap_row(self, notes: ExerciseNotes, gap: int) -> GapRow:
        row = GapRow(self._theme, notes.exercise.gaps[gap], notes.latex(gap))
        row.set_reader(self._read, self._names, self._signs)
        for choice in notes.answers[gap].tried:
            row.buttons[choice].set_mark("wrong")
        if row.field is not None:
            row.field.line.set_entries(notes.answers[gap].drafts)
        row.chosen.connect(self._on_chosen)
        row.typed.connect(self._on_typed)
        row.given_up.connect(self._on_given_up)
        self.rows.append(row)
        return row

    def _rebuild(self) -> None:
        """Start again from what is noted."""
        self.lines.clear()
        self.rows = []
        self.score.hide()
        self.empty.setVisible(self.notes is None)
        self.lines.setVisible(self.notes is not None)
        if self.notes is None:
            self._say_empty()
        else:
            self._advance()
            for gap, answered in enumerate(self.notes.answers):
                if not answered.solved:
                    break
                self._close(self.rows[gap], gap)
                self._advance()
        self._show_progress()

    def _show_tips(self) -> None:
        for (value, _), tip in zip(LEVELS, TIPS[self.kind.value], strict=True):
            self.level.button(value).setToolTip(tip)

    def _say_empty(self) -> None:
        self.empty.show_words(
            "list-checks",
            "Practise this derivation",
            "Its lines come with gaps, or out of order. Wrong answers say which mistake they stand for.",
        )
        self.empty.set_actions(("Start", self.begin))

    def _show_progress(self) -> None:
        self._show_tips()
        notes = self.notes
        at_once, total, wrong = notes.score() if notes is not None else (0, 0, 0)
        done = notes.current if notes is not None else 0
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.bar.setAccessibleName(f"{done} of {total} gaps filled")
        words = f"{done} of {total}" + (f", {wrong} wrong" if wrong else "")
        self.set_chip(words if total else "", "chipgood" if done and at_once == done else "chip")

    def _show_score(self) -> None:
        if self.notes is None:
            return
        hardest = self.level.value == LEVELS[-1][0]
        at_once, total, wrong = self.notes.score()
        shown = sum(one.shown for one in self.notes.answers)
        offered = (ANOTHER, SAME) if hardest else (ANOTHER, HARDER, SAME)
        self.score.show_score(at_once, total, wrong, shown, offered)

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(10)
        choices.addWidget(self.kind)
        choices.addWidget(self.level)
        choices.addStretch(1)
        around = QVBoxLayout()
        around.addWidget(self.lines, 1)
        around.addWidget(self.empty, 1)
        self.body.addLayout(choices)
        self.body.addWidget(self.bar)
        self.body.addLayout(around, 1)


def _show(theme: Theme) -> ExercisePanel:
    from engine.symbolic.jobs import ExerciseJob, GradientJob
    from engine.symbolic.report import Gap
    from studyapp.widgets.derive_sample import report

    gaps = (
        Gap(2, "index", "T(\\boxed{?}) = 1", "Where does it start?", ("0", "1"), 0, "The first value."),
        Gap(3, "rule", "T(n) = 2^n", "Which rule is it?", ("Unroll", "First value"), 0, "Again and again."),
    )
    panel = ExercisePanel(theme)
    panel.set_exercise(Exercise(ExerciseJob(GradientJob(), GAPS, 2, 1), report().lines, gaps))
    return panel


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
