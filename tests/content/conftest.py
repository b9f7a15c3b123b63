"""A small course that tests can rewrite, a bank of it, and a fixed noon."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.bank import Bank
from content.clock import Moment

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
MINUTE_MS = 60_000
NOON = Moment(20_000 * DAY_MS + 12 * HOUR_MS)


class CourseFolder:
    """Course files in a folder: change the lists, then `write`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.topics: dict[str, str] = {}
        self.cards: dict[str, list[dict[str, Any]]] = {}
        self.questions: dict[str, list[dict[str, Any]]] = {}
        self.glossary: dict[str, list[dict[str, Any]]] = {}
        self.formulas: dict[str, list[dict[str, Any]]] = {}
        self.pages: dict[str, str] = {}
        self.diagrams: dict[str, str] = {}
        self.retired: list[dict[str, Any]] = []
        for number, topic in enumerate(("gates", "loops"), 1):
            self.topics[topic] = (
                f"---\nid: {topic}\nunit: basics\norder: {number}\ntitle: About {topic}\n"
                f"summary: All about {topic}.\nclaims: [{topic}.c1]\n---\n## Heading\n\nText with $x_t$.\n"
            )
            self.cards[topic] = [self.card(f"{topic}-{n}", topic) for n in (1, 2, 3)]
            self.questions[topic] = [self.question(f"{topic}-q{n}", topic) for n in (1, 2, 3)]
        self.write()

    @staticmethod
    def card(item: str, topic: str, **more: Any) -> dict[str, Any]:
        return {"id": item, "front": f"Front of {item}", "back": "Back", "claims": [f"{topic}.c1"]} | more

    @staticmethod
    def question(item: str, topic: str, **more: Any) -> dict[str, Any]:
        options = [
            {"text": "Yes", "right": True, "why": "It is so."},
            {"text": "No", "why": "It is not."},
            {"text": "Perhaps", "why": "It is certain."},
        ]
        ask = {"id": item, "kind": "choice", "ask": f"Is {item} so?", "options": options}
        return ask | {"solution": "It is.", "claims": [f"{topic}.c1"]} | more

    @staticmethod
    def numeric(item: str, topic: str, **more: Any) -> dict[str, Any]:
        ask = {"id": item, "kind": "numeric", "generator": "nested_loops", "wants": "steps"}
        words = {"ask": "$<<n>>$ times $<<m>>$?", "solution": "$<<steps>>$"}
        return ask | words | {"claims": [f"{topic}.c1"]} | more

    def retire(self, **ids: list[str]) -> None:
        """Add a line to retired.yaml: the folder of the ids = the ids."""
        self.retired.append({"why": "no longer asked", **ids})

    def write(self) -> None:
        """Replace everything on the disk by what the lists say; an empty list is no file."""
        (self.path / "units.yaml").parent.mkdir(parents=True, exist_ok=True)
        (self.path / "units.yaml").write_text("- {id: basics, title: Basics, order: 1}\n")
        (self.path / "retired.yaml").unlink(missing_ok=True)
        if self.retired:
            (self.path / "retired.yaml").write_text(yaml.safe_dump(self.retired))
        for folder, ending, texts in (
            ("topics", "md", self.topics),
            ("cards", "yaml", _dumped(self.cards)),
            ("questions", "yaml", _dumped(self.questions)),
            ("glossary", "yaml", _dumped(self.glossary)),
            ("formulas", "yaml", _dumped(self.formulas)),
            ("units", "md", self.pages),
            ("diagrams", "yaml", self.diagrams),
        ):
            (self.path / folder).mkdir(exist_ok=True)
            for old in (self.path / folder).iterdir():
                old.unlink()
            for name, text in texts.items():
                (self.path / folder / f"{name}.{ending}").write_text(text, encoding="utf-8")


class _WrittenOut(yaml.SafeDumper):
    """As an author writes it: a list that two cards share stands in both."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _dumped(parts: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    return {
        name: yaml.dump(entries, Dumper=_WrittenOut, allow_unicode=True)
        for name, entries in parts.items()
        if entries
    }


@pytest.fixture
def noon() -> Moment:
    return NOON


@pytest.fixture
def course(tmp_path: Path) -> CourseFolder:
    return CourseFolder(tmp_path / "course")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bank.db"


@pytest.fixture
def opened(course: CourseFolder, path: Path) -> Iterator[Callable[[], Bank]]:
    """Call it to open the bank with the course as it is now; a bank that is open is closed first."""
    banks: list[Bank] = []

    def open_again() -> Bank:
        for bank in banks:
            bank.close()
        banks.append(Bank.open(path, NOON, course.path))
        return banks[-1]

    yield open_again
    for bank in banks:
        bank.close()


@pytest.fixture
def bank(opened: Callable[[], Bank]) -> Bank:
    return opened()


@pytest.fixture
def dump(path: Path) -> Callable[[], list[str]]:
    """Every table and row of the bank, as SQL."""

    def lines() -> list[str]:
        raw = sqlite3.connect(path)
        try:
            return list(raw.iterdump())
        finally:
            raw.close()

    return lines


@pytest.fixture
def memory(path: Path) -> Callable[[str], dict[str, Any]]:
    """What the file itself says of a card's memory."""

    def row(card: str) -> dict[str, Any]:
        raw = sqlite3.connect(path)
        raw.row_factory = sqlite3.Row
        try:
            found = dict(raw.execute("SELECT * FROM memory WHERE card = ?", (card,)).fetchone())
        finally:
            raw.close()
        return {name: value for name, value in found.items() if name != "card"}

    return row
