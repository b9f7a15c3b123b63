"""Bounds: has a bound graded that is typed on a BoundCard. Knows the process by `Questions`, and no page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from engine.symbolic.jobs import BoundJob, CodeJob, RecurrenceJob
from engine.symbolic.report import Refusal, Verdict
from studyapp.derive_questions import Questions
from studyapp.widgets.bound_card import BoundCard

About = str | RecurrenceJob | CodeJob


class Bounds(QObject):
    """`about` says what the bound on the card is about; None: nothing yet. `name` tells the questions
    of this card from those of others."""

    def __init__(
        self, card: BoundCard, questions: Questions, name: str, about: Callable[[], About | None]
    ) -> None:
        super().__init__()
        self._card, self._questions, self._about = card, questions, about
        self._kind = f"{name}: bound"

    def ask(self, claim: str) -> None:
        """Have `claim` graded."""
        about = self._about()
        if about is not None:
            self._questions.ask(self._kind, BoundJob(about, claim))

    def forget(self) -> None:
        """What was asked is no longer wanted, and a verdict is about something else."""
        self._questions.forget(self._kind)
        self._card.clear()

    def take(self, kind: str, answer: object) -> None:
        """The answer, if it is to our question."""
        if kind != self._kind:
            return
        if isinstance(answer, Verdict):
            self._card.show_verdict(answer)
        elif isinstance(answer, Refusal):
            self._card.show_trouble(f"{answer.reason} {answer.way_out}".strip())
