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


def test_memory_is_renewed_before_it_takes_long_to_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "_MOST", 3)
    filled: list[int] = []
    make = engine._Context.svg

    def noted(self: engine._Context, tex: str, display: bool) -> str:
        filled.append(self.formulas)
        return make(self, tex, display)

    monkeypatch.setattr(engine._Context, "svg", noted)
    setter = MathEngine()
    for number in range(7):
        setter.svg(f"y_{number}", True)
    assert filled == [0, 1, 2, 0, 1, 2, 0]


def test_time_that_another_thread_used_up_is_given_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    make = engine._Context.svg
    asked: list[str] = []

    def late_at_first(self: engine._Context, tex: str, display: bool) -> str:
        asked.append(tex)
        if len(asked) == 1:
            raise RuntimeError("interrupted")
        return make(self, tex, display)

    monkeypatch.setattr(engine._Context, "svg", late_at_first)
    assert MathEngine().svg("z", True).startswith("<")
    assert asked == ["z", "z"]


def test_what_is_too_much_for_new_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_SECONDS", 0.000_001)
    with pytest.raises(BadTex, match="too long"):
        MathEngine().svg("x" * 3000, True)
