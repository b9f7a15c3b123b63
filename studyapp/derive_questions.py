"""Questions: what a page has asked the symbolic process, by what it is about. Knows no page.

Asking about the same thing again withdraws what was asked before: only the newest is answered.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.symbolic.jobs import Job
from studyapp.jobs import Jobs

Topic = tuple[str, int]
"""E.g. ("unfold", 3); one of a kind has the number 0."""


class Questions(QObject):
    """Each question has a topic: what it is about and, where there may be several of that, which one.

    Signals:
        answered(str, int, object): a topic, and its answer: one of `report.Answer`.
        slow(str): the process has been at a question of this kind for a while.
    """

    answered = Signal(str, int, object)
    slow = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._topics: dict[int, Topic] = {}  # by ticket
        jobs.answered.connect(self._on_answered)
        jobs.slow.connect(self._on_slow)

    def ask(self, kind: str, job: Job, number: int = 0) -> None:
        """Ask `job` about (kind, number)."""
        for ticket, topic in list(self._topics.items()):
            if topic == (kind, number):
                self._drop(ticket)
        self._topics[self._jobs.ask(job)] = (kind, number)

    def forget(self, *kinds: str) -> None:
        """The answers to these are no longer wanted."""
        for ticket, (kind, _) in list(self._topics.items()):
            if kind in kinds:
                self._drop(ticket)

    def waiting(self, *kinds: str) -> bool:
        """Whether an answer to one of these is still to come; without kinds, to anything."""
        return any(not kinds or kind in kinds for kind, _ in self._topics.values())

    def _drop(self, ticket: int) -> None:
        del self._topics[ticket]
        self._jobs.cancel(ticket)

    def _on_answered(self, ticket: int, answer: object) -> None:
        if ticket in self._topics:
            self.answered.emit(*self._topics.pop(ticket), answer)

    def _on_slow(self, ticket: int) -> None:
        if ticket in self._topics:
            self.slow.emit(self._topics[ticket][0])
