"""The fonts of the app, and small pictures to read."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from content.course import Problem
from content.course_files import parse_yaml
from content.diagram import Diagram
from content.diagram_reader import read_diagram
from content.entry import Entry
from studyapp import assets
from tests.diagrams.small_picture import HEAD, Read


@pytest.fixture(scope="session", autouse=True)
def _fonts(qapp: QApplication) -> None:
    assets.load_fonts()


@pytest.fixture
def read() -> Read:
    """Reads parts below HEAD, or a whole file."""

    def read_one(text: str) -> tuple[Diagram | None, list[Problem]]:
        raw = parse_yaml(text if text.startswith("id:") else HEAD + text)
        assert isinstance(raw, dict)
        problems: list[Problem] = []
        return read_diagram(Entry(raw, "diagrams/small.yaml", "small", problems)), problems

    return read_one
