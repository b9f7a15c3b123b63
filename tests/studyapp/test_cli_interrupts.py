"""Ctrl-C on the command line: nothing is lost that was to be kept, and no traceback is shown."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from engine import checkpoint
from engine.checkpoint import load
from engine.train import Run
from studyapp import __main__, cli
from tests.studyapp.cli_process import started

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals work otherwise there")


@POSIX
def test_ctrl_c_is_clean() -> None:
    running = started("train", "--steps", "100000000", "--every", "1")
    assert running.stdout is not None
    running.stdout.readline()
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert said.strip().endswith("Stopped.")
    assert "Traceback" not in said


@POSIX
def test_ctrl_c_keeps_the_run_that_was_to_be_saved(tmp_path: Path) -> None:
    kept = tmp_path / "i.run"
    running = started("train", "--steps", "100000000", "--every", "1", "--json", "--save", str(kept))
    assert running.stdout is not None
    seen = [running.stdout.readline() for _ in range(4)]
    running.send_signal(signal.SIGINT)
    rest, said = running.communicate(timeout=20)
    assert (running.returncode, said) == (130, "")
    *_, trained, saved, stopped = [json.loads(line) for line in [*seen, *rest.splitlines()]]
    assert saved["event"] == "saved"
    assert stopped["kind"] == "Interrupted"
    found = load(kept)
    assert found.step == saved["step"] == trained["steps"] > 0
    assert Run.of(found).advance() > 0


@POSIX
def test_ctrl_c_while_it_trains_waits_for_the_end_of_a_step(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the step would be half done, and a file of it no run."""
    advance = Run.advance

    def pressed(run: Run) -> float:
        if run.step == 2:
            signal.raise_signal(signal.SIGINT)
        return advance(run)

    monkeypatch.setattr(Run, "advance", pressed)
    before = signal.getsignal(signal.SIGINT)
    assert cli.main(["train", "--steps", "9", "--hidden", "3", "--save", str(tmp_path / "i.run")]) == 130
    captured = capsys.readouterr()
    assert f"Saved in {tmp_path / 'i.run'}, as it was after step 3." in captured.out
    assert captured.err.endswith("Stopped.\n")
    assert load(tmp_path / "i.run").step == 3
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_does_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(run: Run) -> float:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        raise AssertionError("the step should have been left")

    monkeypatch.setattr(Run, "advance", pressed)
    assert cli.main(["train", "--hidden", "3", "--save", str(tmp_path / "i.run")]) == 130
    assert not (tmp_path / "i.run").exists()


def test_a_run_longer_than_a_file_holds_is_saved_as_far_as_it_goes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "MAX_STEPS", 5)
    assert cli.main(["train", "--steps", "9", "--hidden", "3", "--save", str(tmp_path / "a.run")]) == 0
    assert "as it was after step 5." in capsys.readouterr().out
    assert load(tmp_path / "a.run").step == 5


def test_ctrl_c_before_anything_is_loaded_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(signal, "signal", pressed)
    assert __main__.main(["--version"]) == 130
