"""Store: the Bank with signals, for the window. The only part of studyapp that opens a bank.

SQLAlchemy takes a quarter of a second to import, and a new bank takes over a second to read the whole
course, so both happen in a thread after the first paint; from then on only the window's thread
uses the bank. Knows no page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from content.clock import Moment
from content.diagram import Diagram
from content.errors import ContentError
from content.records import (
    Card,
    Changes,
    Counts,
    Due,
    LoadSummary,
    Mark,
    Question,
    Rating,
    Response,
    SheetFormula,
    Term,
    Topic,
    TopicProgress,
    Unit,
)

if TYPE_CHECKING:
    from content.bank import Bank
    from content.search_hit import Hit

Topics = Collection[str] | None


class Store(QObject):
    """The bank of this window. Calls are those of `Bank`; those that change something take `by`, who does it.

    An error of a call is raised to its caller, as BankError, and nothing is signalled. Before
    `opened` the Bank's methods must not be called: pages ask `is_open`.

    Signals:
        opened(): the bank is there.
        failed(object): a ContentError that nobody called for: the bank could not be opened, or it
            was opened with a warning (then `opened` follows).
        changed(object, object): the Changes, and who did it, so that the doer can skip itself.
    """

    opened = Signal()
    failed = Signal(object)
    changed = Signal(object, object)
    _ready = Signal()

    def __init__(self, path: Path, now: Callable[[], Moment], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._now = path, now
        self._bank: Bank | None = None
        self._thread: Thread | None = None
        self._outcome: Bank | Exception | None = None  # of the thread, until it is taken over
        self._ready.connect(self._on_ready)

    # Opening and closing.

    def open(self) -> None:
        """Begin to open; `opened` or `failed` tells the end. Does nothing while open or opening."""
        if self._bank is None and self._thread is None:
            opening = partial(self._open_there, self._path, self._now())
            self._thread = Thread(target=opening, name="bank", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Let go of the file. May be called twice, and before `opened`."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            if self._outcome is not None and not isinstance(self._outcome, Exception):
                self._outcome.close()  # opened, but nobody has heard of it
            self._outcome = None
        if self._bank is not None:
            self._bank.close()
            self._bank = None

    def use(self, path: Path) -> None:
        """Take this file from now on, whether it exists or not; `close` before, `open` afterwards."""
        if self._bank is not None or self._thread is not None:
            raise RuntimeError("the bank is still open; close it first")
        self._path = path

    @property
    def is_open(self) -> bool:
        return self._bank is not None

    @property
    def read_only(self) -> bool:
        """Whether every change will be refused; False as long as nothing is open."""
        return self._bank is not None and self._bank.read_only

    @property
    def path(self) -> Path:
        return self._path

    @property
    def loaded(self) -> LoadSummary:
        return self._open_bank.loaded

    def _open_there(self, path: Path, now: Moment) -> None:
        """In the thread; nothing here may touch a widget."""
        try:
            from content.bank import Bank

            self._outcome = Bank.open(path, now)
        except Exception as error:  # noqa: BLE001 - raised or told on the window's thread
            self._outcome = error
        self._ready.emit()

    def _on_ready(self) -> None:
        outcome, self._outcome = self._outcome, None
        if self._thread is None or outcome is None:
            return  # closed in the meantime
        self._thread = None
        if isinstance(outcome, ContentError):
            self.failed.emit(outcome)
            return
        if isinstance(outcome, Exception):
            raise outcome
        self._bank = outcome
        if outcome.warning is not None:
            self.failed.emit(outcome.warning)
        self.opened.emit()

    @property
    def _open_bank(self) -> Bank:
        if self._bank is None:
            raise RuntimeError("the bank is not open yet; ask is_open first")
        return self._bank

    # Reading.

    def topics(self) -> tuple[Topic, ...]:
        return self._open_bank.topics()

    def topic(self, topic_id: str) -> Topic:
        return self._open_bank.topic(topic_id)

    def cards(self, topic_id: str) -> tuple[Card, ...]:
        return self._open_bank.cards(topic_id)

    def units(self) -> tuple[Unit, ...]:
        return self._open_bank.units()

    def terms(self) -> tuple[Term, ...]:
        return self._open_bank.terms()

    def formulas(self) -> tuple[SheetFormula, ...]:
        return self._open_bank.formulas()

    def diagrams(self) -> tuple[Diagram, ...]:
        return self._open_bank.diagrams()

    def search(self, text: str, most: int = 60) -> tuple[Hit, ...]:
        return self._open_bank.search(text, most)

    def counts(self, now: Moment, topics: Topics = None) -> Counts:
        return self._open_bank.counts(now, topics)

    def next_due(self, now: Moment, topics: Topics = None) -> Due | None:
        return self._open_bank.next_due(now, topics)

    def undo_label(self) -> str:
        return self._open_bank.undo_label()

    def quiz(self, count: int, seed: int, topics: Topics = None) -> tuple[Question, ...]:
        return self._open_bank.quiz(count, seed, topics)

    def question(self, question_id: str, seed: int) -> Question:
        return self._open_bank.question(question_id, seed)

    def progress(self) -> tuple[TopicProgress, ...]:
        return self._open_bank.progress()

    def history(self, days: int, now: Moment) -> tuple[int, ...]:
        return self._open_bank.history(days, now)

    def streak(self, now: Moment) -> int:
        return self._open_bank.streak(now)

    def meta(self, key: str, default: str = "") -> str:
        return self._open_bank.meta(key, default)

    # Changing.

    def answer(
        self, card_id: str, rating: Rating, now: Moment, milliseconds: int, *, by: object = None
    ) -> Changes:
        return self._told(self._open_bank.answer(card_id, rating, now, milliseconds), by)

    def undo(self, now: Moment, *, by: object = None) -> Changes | None:
        changes = self._open_bank.undo(now)
        return None if changes is None else self._told(changes, by)

    def record_attempt(
        self,
        question: Question,
        response: Response,
        mark: Mark,
        now: Moment,
        milliseconds: int,
        *,
        by: object = None,
    ) -> Changes:
        return self._told(self._open_bank.record_attempt(question, response, mark, now, milliseconds), by)

    def set_meta(self, key: str, value: str) -> None:
        self._open_bank.set_meta(key, value)

    def _told(self, changes: Changes, by: object) -> Changes:
        self.changed.emit(changes, by)
        return changes
