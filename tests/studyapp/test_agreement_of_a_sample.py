"""An agreement about some of many entries: its error is shown, and no value."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.symbolic.report import Agreement
from studyapp.theme import Theme
from studyapp.widgets.agreements_card import AgreementsCard


def test_a_way_without_a_value_shows_its_error_alone(qtbot: QtBot) -> None:
    card = AgreementsCard(Theme("light"))
    qtbot.addWidget(card)
    sampled = Agreement("central difference at 160 of 256 entries", None, 2.4e-9, True)
    card.set_agreements((Agreement("derivation (norm)", 0.25, 0.0, True), sampled))
    words = [label.text() for label in card.findChildren(QLabel)]
    assert sampled.source in words
    assert any("relative error 2.4" in text for text in words)
    assert not any("None" in text for text in words)
    assert sum(text == "0.25" for text in words) == 1
