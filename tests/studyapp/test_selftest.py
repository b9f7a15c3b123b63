"""The selftest: all is well here, and what is taken away is named with what to do."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest
from study_bench import MONDAY_NOON

from engine.kernels import door
from studyapp import assets, selftest


def test_all_is_well_here(capsys: pytest.CaptureFixture[str]) -> None:
    """How long it takes is the figure start/selftest of benchmarks/start.py."""
    assert selftest.run(MONDAY_NOON) == 0, capsys.readouterr().out
    assert "All is well." in capsys.readouterr().out


@pytest.mark.parametrize("library", sorted(selftest.DEBIAN_PACKAGES))
def test_a_missing_library_names_its_debian_package(library: str) -> None:
    error = ImportError(f"{library}: cannot open shared object file: No such file or directory")
    sentence, way_out = selftest.missing_library(error)
    assert library in sentence
    assert selftest.DEBIAN_PACKAGES[library] in way_out


def without(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    real = builtins.__import__

    def importing(name: str, *more: Any, **named: Any) -> Any:
        if name == module or name.startswith(f"{module}."):
            raise ImportError(f"No module named {name!r}")
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", importing)


def found(name: str) -> selftest.Finding:
    return next(f for f in selftest.findings(MONDAY_NOON) if f.name == name)


def test_qt_that_is_missing_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "PySide6")
    seen = found("Qt libraries")
    assert not seen.ok
    assert "Qt cannot be loaded" in seen.sentence
    assert "pip install" in seen.way_out


def test_fonts_that_are_missing_are_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "load_fonts", tuple)
    seen = found("Fonts and icons")
    assert not seen.ok
    assert "fonts could not be loaded" in seen.sentence


def test_a_folder_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    seen = found("Data folder")
    assert not seen.ok
    assert str(tmp_path / "file") in seen.sentence
    assert "--bank" in seen.way_out


def test_which_arithmetic_trains_is_said() -> None:
    seen = found("Arithmetic")
    assert seen.ok, seen
    assert ("C kernel" in seen.sentence and "that of NumPy" in seen.sentence) == door.found()


def test_without_a_kernel_all_is_well_but_slower(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRNN_ISA", "none")
    seen = found("Arithmetic")
    assert seen.ok
    assert seen.sentence.startswith("no compiled kernel here: the NumPy engine runs, ")
    assert "times slower" in seen.sentence


@pytest.mark.skipif(not door.found(), reason="no compiled kernel here")
def test_a_kernel_that_does_another_step_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.models.by_hand.rate", lambda knobs, step: 0.1001)
    seen = found("Arithmetic")
    assert not seen.ok
    assert "another training step than NumPy" in seen.sentence
    assert "CRNN_ISA=none" in seen.way_out
