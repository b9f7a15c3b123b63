"""ExerciseNotes: what was answered in one exercise, and the score. Pure: no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.symbolic.report import Exercise, Gap, Verdict

BOX = "\\boxed{?}"


@dataclass(slots=True)
class Answered:
    """What was done in one gap.

    Attributes:
        wrong: how often it was answered wrongly. tried: the wrong choices, by index.
        shown: the answer was looked at. solved: it is filled.
        filled: LaTeX or words of what fills it; empty while it is open.
        drafts: what was typed, the oldest first.
    """

    wrong: int = 0
    tried: set[int] = field(default_factory=set)
    shown: bool = False
    solved: bool = False
    filled: str = ""
    drafts: list[str] = field(default_factory=list)

    @property
    def at_once(self) -> bool:
        """Filled at the first try."""
        return self.solved and not self.wrong and not self.shown


class ExerciseNotes:
    """The gaps of `exercise`, answered one after the other.

    Attributes:
        answers: one for each gap.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.answers = tuple(Answered() for _ in exercise.gaps)

    @property
    def current(self) -> int:
        """Index of the first open gap; how many there are when none is open."""
        return next((i for i, one in enumerate(self.answers) if not one.solved), len(self.answers))

    @property
    def finished(self) -> bool:
        return self.current == len(self.answers)

    def choose(self, gap: int, choice: int) -> bool:
        """Choose in a gap; whether that is right. Wrong choices are counted, each time."""
        answered = self.answers[gap]
        asked = self.exercise.gaps[gap]
        if choice != asked.answer:
            answered.wrong += 1
            answered.tried.add(choice)
            return False
        answered.solved, answered.filled = True, asked.choices[choice]
        return True

    def typed(self, gap: int, text: str) -> None:
        """This was typed into a gap, to be judged."""
        self.answers[gap].drafts.append(text)

    def judge(self, gap: int, verdict: Verdict, right: bool) -> None:
        """What became of that. What cannot be read is no wrong answer."""
        answered = self.answers[gap]
        if right:
            answered.solved, answered.filled = True, verdict.latex
        elif verdict.latex or verdict.column < 0:
            answered.wrong += 1

    def show(self, gap: int) -> None:
        """The answer of a gap is looked at."""
        answered, asked = self.answers[gap], self.exercise.gaps[gap]
        answered.shown = answered.solved = True
        answered.filled = asked.choices[asked.answer] if asked.answer >= 0 else ""

    def score(self) -> tuple[int, int, int]:
        """How many were filled at the first try, of how many, and the number of wrong answers."""
        at_once = sum(one.at_once for one in self.answers)
        return at_once, len(self.answers), sum(one.wrong for one in self.answers)

    def latex(self, gap: int) -> str:
        """The line of a gap as it reads now: with the box, filled, or whole."""
        asked, answered = self.exercise.gaps[gap], self.answers[gap]
        if not answered.solved:
            return asked.latex
        if self._last_of_line(gap) or BOX not in asked.latex or asked.kind == "rule" or not answered.filled:
            return self._line(asked)
        return asked.latex.replace(BOX, f"\\boxed{{{answered.filled}}}", 1)

    def _last_of_line(self, gap: int) -> bool:
        """Whether no other gap is open in the same line, so that it gives nothing away."""
        line = self.exercise.gaps[gap].line
        pairs = zip(self.exercise.gaps, self.answers, strict=True)
        return all(answered.solved for asked, answered in pairs if asked.line == line)

    def _line(self, asked: Gap) -> str:
        """The whole line of a gap."""
        found = (line.latex for line in self.exercise.lines if line.number == asked.line)
        return next(found, asked.latex)
