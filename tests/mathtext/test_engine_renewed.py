"""The engine goes on with new memory when that of its JavaScript is full: no formula is refused for it."""

from __future__ import annotations

import pytest

from studyapp.mathtext import engine
from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.errors import BadTex


def test_full_memory_is_no_fault_of_the_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_BYTES", 18 << 20)  # full after some hundred formulas, not two thousand
    made: list[object] = []
    start = engine._Context.__init__

    def counted(self: engine._Context) -> None:
        made.append(self)
        start(self)

    monkeypatch.setattr(engine._Context, "__init__", counted)
    setter = MathEngine()
    for number in range(160):
        assert setter.svg(rf"x_{{{number}}}", True).startswith("<")
    assert len(made) > 1


def test_what_is_too_much_for_new_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_SECONDS", 0.000_001)
    with pytest.raises(BadTex, match="too long"):
        MathEngine().svg("x" * 3000, True)
