"""The Store: opened in the background, says who changed what, and raises what goes wrong to its caller."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from content.bank import Bank
from content.clock import Moment
from content.errors import BankLocked, BankTooNew, NotABank
from content.grading import grade
from content.records import Changes, Kind, Rating, Response
from studyapp.opening import Opening
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.page import Page
from studyapp.window import PageSpec, Window

NOON = Moment(20_000 * 86_400_000 + 12 * 3_600_000)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store(tmp_path: Path, qtbot: QtBot) -> Iterator[Store]:
    """An open store with the shipped course."""
    store = Store(tmp_path / "bank.db", lambda: NOON)
    with qtbot.waitSignal(store.opened, timeout=5000):
        store.open()
    yield store
    store.close()


def test_opening_does_not_hold_up_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    store = Store(tmp_path / "bank.db", lambda: NOON)
    assert not store.is_open
    assert not store.read_only
    store.open()
    assert not store.is_open, "the signal comes through the event loop, not at once"
    store.open()  # a second call does nothing
    with qtbot.waitSignal(store.opened, timeout=5000):
        pass
    assert store.is_open
    assert store.loaded.added > 100
    store.close()
    store.close()
    assert not store.is_open


def test_importing_the_store_imports_no_database() -> None:
    code = (
        "import sys, studyapp.store\nprint(*[m for m in ('sqlalchemy', 'yaml', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_closing_while_it_opens_leaves_nothing_open(tmp_path: Path, qtbot: QtBot) -> None:
    store = Store(tmp_path / "bank.db", lambda: NOON)
    store.open()
    store.close()
    with qtbot.assertNotEmitted(store.opened, wait=100):
        pass
    assert not store.is_open
    Bank.open(tmp_path / "bank.db", NOON).close()


def test_before_it_is_open_a_call_is_a_bug_of_ours(tmp_path: Path, qtbot: QtBot) -> None:
    with pytest.raises(RuntimeError, match="not open yet"):
        Store(tmp_path / "bank.db", lambda: NOON).topics()


def test_a_review_from_start_to_undo(store: Store, qtbot: QtBot) -> None:
    due = store.next_due(NOON)
    assert due is not None
    doer = object()
    with qtbot.waitSignal(store.changed) as told:
        changes = store.answer(due.card.id, Rating.GOOD, NOON, 900, by=doer)
    assert told.args == [changes, doer]
    assert changes.cards == (due.card.id,)
    assert store.counts(NOON).learning == 1
    assert store.undo_label() == f"Undo “Good” on {due.topic_title}"
    with qtbot.waitSignal(store.changed) as told:
        undone = store.undo(NOON, by=doer)
    assert undone == Changes(f"“Good” on {due.topic_title}", cards=(due.card.id,))
    assert told.args == [undone, doer]
    with qtbot.assertNotEmitted(store.changed):
        assert store.undo(NOON) is None
    assert store.history(2, NOON) == (0, 0)


def test_a_quiz_from_question_to_progress(store: Store, qtbot: QtBot) -> None:
    questions = store.quiz(10, seed=1)
    assert len(questions) == 10
    assert len({question.topic for question in questions}) > 5
    question = next(q for q in questions if q.kind is Kind.NUMERIC)
    assert store.question(question.id, question.seed) == question
    response = Response(text=repr(question.answer))
    with qtbot.waitSignal(store.changed) as told:
        store.record_attempt(question, response, grade(question, response), NOON, 5000, by=self_doer)
    assert told.args[1] is self_doer
    assert sum(progress.right for progress in store.progress()) == 1
    assert store.streak(NOON) == 1


self_doer = object()


def test_the_course_can_be_read(store: Store) -> None:
    topics = store.topics()
    assert list(dict.fromkeys(topic.unit for topic in topics)) == [unit.id for unit in store.units()]
    assert [topic.unit_order for topic in topics] == sorted(topic.unit_order for topic in topics)
    assert store.topic(topics[0].id) == topics[0]
    assert store.cards(topics[0].id)
    store.set_meta("last", "gates")
    assert (store.meta("last"), store.meta("first", "none")) == ("gates", "none")


def failure(store: Store, qtbot: QtBot) -> object:
    with qtbot.waitSignal(store.failed, timeout=5000) as told:
        store.open()
    assert told.args is not None
    return told.args[0]


def test_a_file_that_is_no_bank_is_told_and_can_be_tried_again(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "bank.db"
    path.write_text("Dear diary")
    store = Store(path, lambda: NOON)
    assert isinstance(failure(store, qtbot), NotABank)
    assert not store.is_open
    path.unlink()
    with qtbot.waitSignal(store.opened, timeout=5000):
        store.open()
    store.close()


@pytest.mark.parametrize("statement", ["DROP TABLE card", "DROP TABLE meta", "PRAGMA user_version = 0"])
def test_a_damaged_bank_gets_the_notice_of_a_file_that_is_none(
    tmp_path: Path, qtbot: QtBot, statement: str
) -> None:
    path = tmp_path / "bank.db"
    Bank.open(path, NOON).close()
    raw = sqlite3.connect(path)
    raw.execute(statement)
    raw.close()
    store = Store(path, lambda: NOON)
    pages = ("home", "notes", "lab", "derive", "cards", "quiz")
    window = Window(Theme("light"), Settings(None), [PageSpec(name, name, "house", Page) for name in pages])
    qtbot.addWidget(window)
    window.show()
    opening = Opening(store, window)
    assert isinstance(failure(store, qtbot), NotABank)
    assert "is a StudyApp bank, but it is damaged" in window.notice.text
    QApplication.processEvents()
    buttons = [b.text() for b in window.notice.findChildren(QPushButton) if b.isVisible()]
    assert buttons == ["Choose another bank…", "Use a throw-away bank", "Quit"]
    assert not store.is_open
    with qtbot.waitSignal(store.opened, timeout=5000):
        opening.use(tmp_path / "other.db")
    assert not window.notice.isVisible()
    store.close()


def test_a_bank_that_is_open_elsewhere_is_told(store: Store, qtbot: QtBot) -> None:
    second = Store(store.path, lambda: NOON)
    assert isinstance(failure(second, qtbot), BankLocked)


def test_another_bank_can_take_the_place_of_one(store: Store, tmp_path: Path, qtbot: QtBot) -> None:
    due = store.next_due(NOON)
    assert due is not None
    store.answer(due.card.id, Rating.GOOD, NOON, 1)
    with pytest.raises(RuntimeError, match="close"):
        store.use(tmp_path / "other.db")
    store.close()
    store.use(tmp_path / "other.db")
    with qtbot.waitSignal(store.opened, timeout=5000):
        store.open()
    assert (store.path.name, store.undo_label()) == ("other.db", "")


def test_a_newer_bank_opens_with_a_warning_and_refuses_answers(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "bank.db"
    Bank.open(path, NOON).close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    store = Store(path, lambda: NOON)
    with qtbot.waitSignals([store.failed, store.opened], timeout=5000, order="strict"):
        store.open()
    assert store.read_only
    due = store.next_due(NOON)
    assert due is not None
    with qtbot.assertNotEmitted(store.changed), pytest.raises(BankTooNew):
        store.answer(due.card.id, Rating.GOOD, NOON, 1)
    store.close()
