"""Bank: everything that is learnt and known, in one file. One transaction per call; reads change nothing.

The only class of this package that the window meets. Each method that changes something returns
Changes once it is on the disk. Knows no Qt, asks no clock.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.sqlite import insert as upsert

from content import attempts, due, loader, pieces, progress, quiz, reviews, search
from content.bank_file import BankFile
from content.clock import Moment
from content.diagram import Diagram
from content.errors import BankError, ContentError, CourseError, UnknownItem
from content.file_troubles import or_damaged
from content.models import card, meta
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
from content.scheduler import Scheduler
from content.search_hit import Hit

NEW_PER_DAY = "new_per_day"
DEFAULT_NEW_PER_DAY = 20

Topics = Collection[str] | None


class Bank:
    """An open bank. Every method raises BankError when the file lets it down.

    Attributes:
        path: the file, absolute.
        read_only: nothing can be written; writing raises `warning`.
        warning: what the user should be told after opening, or None: BankReadOnly, BankTooNew, or
            CourseError when the course's files are wrong (the bank then keeps the course it had).
        loaded: what the bank holds, and what opening it changed.
    """

    def __init__(self, file: BankFile, scheduler: Scheduler) -> None:
        """Use `Bank.open`."""
        self._file = file
        self._scheduler = scheduler
        self.path = file.path
        self.read_only = file.barrier is not None
        self.warning: ContentError | None = file.barrier
        self.loaded = LoadSummary(0, 0, 0)

    @staticmethod
    def open(path: Path, now: Moment, course: Traversable | None = None) -> Bank:
        """Open the bank at `path`, creating it if there is nothing, and bring its course up to date.

        `course` is the folder of the course's files, by default the one that comes with the app.
        Raises NotABank, BankLocked, BankReadOnly (when it cannot even be read), BankWriteFailed.
        """
        file = BankFile(path)
        try:
            bank = Bank(file, Scheduler())
            with or_damaged(file.path):
                if file.created:
                    bank.set_meta("created_ms", str(now.utc_ms))
                bank._load(course)
        except BaseException:
            file.close()
            raise
        return bank

    def _load(self, course: Traversable | None) -> None:
        with self._file.reading() as connection:
            self.loaded = loader.summary(connection)
        if self.read_only:
            return
        try:
            files = loader.read_files(course)
            with self._file.reading() as connection:
                if loader.is_loaded(connection, files):
                    return
            with self._file.writing() as connection:
                self.loaded = loader.load(connection, files)
        except CourseError as error:
            self.warning = error

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        with suppress(BankError):  # everything is saved already; what is left is tidying
            self._file.close()

    def check(self) -> tuple[str, ...]:
        """What SQLite finds wrong in the file, row by row; empty when all is well."""
        with self._file.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        broken = tuple(str(line) for line in found if line != "ok")
        return broken + tuple(f"row {row[1]} of {row[0]} belongs to nothing in {row[2]}" for row in orphans)

    # The course.

    def topics(self) -> tuple[Topic, ...]:
        """All topics, by unit and order."""
        with self._file.reading() as connection:
            return tuple(_topic(row) for row in connection.execute(progress.living_topics()))

    def topic(self, topic_id: str) -> Topic:
        """Raises UnknownItem."""
        for found in self.topics():
            if found.id == topic_id:
                return found
        raise UnknownItem("topic", topic_id)

    def cards(self, topic_id: str) -> tuple[Card, ...]:
        """The cards of a topic, in the order of its file."""
        query = select(card).where(card.c.topic == topic_id, card.c.retired.is_(False)).order_by(card.c.place)
        with self._file.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Card(row.id, row.topic, row.front, row.back, tuple(row.claims), row.diagram) for row in rows
        )

    def units(self) -> tuple[Unit, ...]:
        """The units that have topics, in order, each with its page."""
        with self._file.reading() as connection:
            return pieces.units(connection)

    def terms(self) -> tuple[Term, ...]:
        """The glossary, by term."""
        with self._file.reading() as connection:
            return pieces.terms(connection)

    def formulas(self) -> tuple[SheetFormula, ...]:
        """The formula sheet, unit by unit."""
        with self._file.reading() as connection:
            return pieces.formulas(connection)

    def diagrams(self) -> tuple[Diagram, ...]:
        """Every picture, by id."""
        with self._file.reading() as connection:
            return pieces.diagrams(connection)

    def search(self, text: str, most: int = 60) -> tuple[Hit, ...]:
        """What has a word of `text`, or the beginning of one, best first; what has all before the rest."""
        with self._file.reading() as connection:
            return search.find(connection, text, most)

    # Cards and reviews.

    def counts(self, now: Moment, topics: Topics = None) -> Counts:
        """Cards waiting today, of `topics` or of all."""
        with self._file.reading() as connection:
            return due.counts(connection, now, topics, _new_per_day(connection))

    def next_due(self, now: Moment, topics: Topics = None) -> Due | None:
        """The card to show now; None when there is none today. Asking changes nothing."""
        with self._file.reading() as connection:
            return due.next_due(connection, self._scheduler, now, topics, _new_per_day(connection))

    def answer(self, card_id: str, rating: Rating, now: Moment, milliseconds: int) -> Changes:
        """Store one review; when this returns it is on the disk. Raises UnknownItem."""
        with self._file.writing() as connection:
            reviews.answer(connection, self._scheduler, card_id, rating, now=now, milliseconds=milliseconds)
            what = reviews.last_in_words(connection)
        return Changes(what, cards=(card_id,))

    def undo(self, now: Moment) -> Changes | None:
        """Take back the last review, then the one before it, and so on; None when there is none left.

        `now` is not kept: afterwards the tables are as if the answer had never been given.
        """
        del now
        with self._file.writing() as connection:
            what = reviews.last_in_words(connection)
            card_id = reviews.take_back(connection)
        return None if card_id is None else Changes(what, cards=(card_id,))

    def undo_label(self) -> str:
        """What undo would do, `Undo “Good” on The forget gate`; empty when there is nothing to undo."""
        with self._file.reading() as connection:
            what = reviews.last_in_words(connection)
        return f"Undo {what}" if what else ""

    # Questions.

    def quiz(self, count: int, seed: int, topics: Topics = None) -> tuple[Question, ...]:
        """At most `count` questions: topics mixed, unseen and wrong ones first, numbers not met before."""
        with self._file.reading() as connection:
            chosen = quiz.choose(attempts.standings(connection, topics), count, seed)
            return tuple(attempts.question_variant(connection, c.id, c.tries) for c in chosen)

    def question(self, question_id: str, seed: int) -> Question:
        """Variant `seed` of a question. Raises UnknownItem."""
        with self._file.reading() as connection:
            return attempts.question_variant(connection, question_id, seed)

    def record_attempt(
        self, question: Question, response: Response, mark: Mark, now: Moment, milliseconds: int
    ) -> Changes:
        """Store one marked answer.

        Raises ValueError for a mark that is not valid, UnknownItem.
        """
        with self._file.writing() as connection:
            attempts.record(connection, question, response, mark, now=now, milliseconds=milliseconds)
        return Changes("quiz answer", attempts=(question.id,))

    # How far one is.

    def progress(self) -> tuple[TopicProgress, ...]:
        """Every topic, by unit and order."""
        with self._file.reading() as connection:
            return progress.by_topic(connection)

    def history(self, days: int, now: Moment) -> tuple[int, ...]:
        """Reviews on each of the last `days` study days, oldest first, today last."""
        with self._file.reading() as connection:
            return progress.history(connection, days, now)

    def streak(self, now: Moment) -> int:
        """Study days in a row with a review or a quiz answer, up to today; today may still be empty."""
        with self._file.reading() as connection:
            return progress.streak(connection, now)

    # Small things to remember.

    def meta(self, key: str, default: str = "") -> str:
        with self._file.reading() as connection:
            return _meta(connection, key, default)

    def set_meta(self, key: str, value: str) -> None:
        with self._file.writing() as connection:
            row = upsert(meta).values(key=key, value=value)
            connection.execute(row.on_conflict_do_update(set_={"value": value}))


def _meta(connection: Connection, key: str, default: str = "") -> str:
    value = connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
    return default if value is None else str(value)


def _new_per_day(connection: Connection) -> int:
    kept = _meta(connection, NEW_PER_DAY)
    return int(kept) if kept.isdecimal() else DEFAULT_NEW_PER_DAY


def _topic(row: Row[tuple[object, ...]]) -> Topic:
    return Topic(
        id=row.id,
        unit=row.unit,
        unit_title=row.unit_title,
        unit_order=row.unit_order,
        order=row.order,
        title=row.title,
        summary=row.summary,
        body=row.body,
        claims=tuple(row.claims),
        needs=tuple(row.needs),
        derive=tuple(row.derive),
        exam=row.exam,
    )
