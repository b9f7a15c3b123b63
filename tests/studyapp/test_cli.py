"""The command line as a person and as a machine use it: real processes, real banks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from studyapp import cli
from tests.studyapp.cli_process import ROOT, started

HOSTILE = [
    "__import__('os').system('touch pwned')",
    "9**9**9",
    "(" * 10_000,
    "T(n) = " + "9" * 400,
    "\0",
    "🤔",
]


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


# --- train ---------------------------------------------------------------------------------


def test_train_learns_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--cell", "gru", "--steps", "120", "--json"]) == 0
    said = lines(capsys)
    losses = [line["loss"] for line in said if line["event"] == "loss"]
    assert losses[-1] < losses[0] / 2
    assert [line["step"] for line in said if line["event"] == "loss"][-1] == 120
    assert said[0]["conventions"]["GRU z"].startswith("z keeps")
    assert len(said[-1]["text"]) == 200


def test_train_is_repeatable_to_the_last_bit(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["train", "--steps", "15", "--every", "1", "--seed", "7", "--json"]
    runs = []
    for _ in range(2):
        assert cli.main(words) == 0
        runs.append([line for line in lines(capsys) if line["event"] != "trained"])
    assert runs[0] == runs[1]


def test_a_run_that_diverges_is_a_no_with_advice(capsys: pytest.CaptureFixture[str]) -> None:
    explosion = [
        "train",
        "--task",
        "sine",
        "--optimiser",
        "sgd",
        "--learning-rate",
        "100",
        "--clip",
        "0",
        "--steps",
        "200",
    ]
    assert cli.main(explosion) == 1
    assert "Lower the learning rate" in capsys.readouterr().err


def test_a_bad_knob_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--hidden", "0"]) == 2
    assert "Hidden units is 0; it must be from 1 to 128" in capsys.readouterr().err


def test_a_text_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["train", "--text", str(tmp_path / "no.txt")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_own_text_is_learnt(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("abcd" * 100, encoding="utf-8")
    words = ["train", "--text", str(tmp_path / "own.txt"), "--steps", "150", "--temperature", "0.1", "--json"]
    assert cli.main(words) == 0
    assert "abcdabcd" in lines(capsys)[-1]["text"]


def test_a_reader_that_leaves_is_not_an_error() -> None:
    running = started("train", "--steps", "2000", "--every", "1")
    assert running.stdout is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr is not None
    said = running.stderr.read()
    running.stderr.close()
    assert running.wait(30) == 0
    assert "Traceback" not in said
    assert "Exception" not in said


# --- derive --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value_at_4"),
    [
        ("T(n) = 3T(n-1), T(0) = 1", 81),
        ("T(n) = 2T(n-1) - 1, T(0) = 1", 1),
        ("T(n) = 2T(n/2) + n, T(1) = 1", 12),
    ],
)
def test_recurrences_are_derived(text: str, value_at_4: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "recurrence", text, "--json"]) == 0
    (said,) = lines(capsys)
    assert said["status"] == "PROVEN"
    assert all(step["ok"] in (True, None) for step in said["steps"])
    assert all(way["ok"] for way in said["agreements"])
    assert iterated(text, 4) == value_at_4


def iterated(text: str, n: int) -> int:
    """The recurrence of the three examples by its definition."""
    if "n/2" in text:
        return 1 if n == 1 else 2 * iterated(text, n // 2) + n
    if n == 0:
        return 1
    return 3 * iterated(text, n - 1) if "3T" in text else 2 * iterated(text, n - 1) - 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_formulas_are_refused_in_words(
    text: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["derive", "recurrence", text]) == 1
    assert len(capsys.readouterr().err) > 20
    assert not list(tmp_path.glob("pwned"))


# --- bank ----------------------------------------------------------------------------------


def bank(*words: str, folder: Path) -> list[str]:
    return ["bank", words[0], *words[1:], "--bank", str(folder / "bank.db"), "--json"]


def test_next_answer_undo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(bank("next", folder=tmp_path)) == 0
    first = lines(capsys)[0]
    assert cli.main(bank("answer", first["card"], "easy", folder=tmp_path)) == 0
    assert cli.main(bank("next", folder=tmp_path)) == 0
    assert lines(capsys)[-1]["card"] != first["card"]
    assert cli.main(bank("undo", folder=tmp_path)) == 0
    assert cli.main(bank("next", folder=tmp_path)) == 0
    assert lines(capsys)[-1]["card"] == first["card"]
    assert cli.main(bank("undo", folder=tmp_path)) == 1


def test_review_by_typing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["", "3", "", "nonsense", "4", "q"])
    monkeypatch.setattr("builtins.input", lambda: next(typed))
    assert cli.main(bank("review", folder=tmp_path)) == 0
    assert lines(capsys)[-1] == {"reviewed": 2}


def test_quiz_by_typing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda: "1")
    assert cli.main(bank("quiz", "--count", "4", "--seed", "3", folder=tmp_path)) == 0
    assert lines(capsys)[-1]["asked"] == 4


def test_status_counts_the_course(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(bank("status", folder=tmp_path)) == 0
    head, *topics = lines(capsys)
    assert head["bank"] == str((tmp_path / "bank.db").resolve())
    assert len(topics) >= 14
    assert sum(t["cards"] for t in topics) >= 60


def test_a_file_that_is_no_bank_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bank.db"
    file.write_bytes(b"my thesis, third draft" * 100)
    assert cli.main(bank("status", folder=tmp_path)) == 3
    assert lines(capsys)[-1]["kind"] == "NotABank"
    assert file.read_bytes() == b"my thesis, third draft" * 100


def test_an_unknown_topic_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(bank("next", "--topic", "forgotten-gate", folder=tmp_path)) == 1
    assert "forgotten-gate" in lines(capsys)[-1]["error"]


@pytest.mark.parametrize(
    "words", [["train", "--cell", "cnn"], ["bank"], ["derive"], ["bank", "answer", "x", "fine"]]
)
def test_mistyped_commands_end_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert "usage: studyapp" in capsys.readouterr().err


def test_no_command_needs_qt() -> None:
    code = (
        "import sys, tempfile\nfrom studyapp import cli\n"
        "cli.main(['bank', 'status', '--bank', tempfile.mkdtemp() + '/b.db'])\n"
        "cli.main(['train', '--steps', '2'])\n"
        "print('QT' if any(m.startswith('PySide6') for m in sys.modules) else 'CLEAN')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("CLEAN")


# --- what an auditor tried ------------------------------------------------------------------


def test_prompts_are_no_results(tmp_path: Path) -> None:
    """With --json each line of standard output is JSON, and a choice comes with its options."""
    command = [
        sys.executable,
        "-m",
        "studyapp",
        *bank("quiz", "--count", "6", "--seed", "1", folder=tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, input="1\n" * 12, capture_output=True, text=True, check=False)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    asked = [line for line in said if "kind" in line and "ask" in line]
    assert asked
    assert all(len(line["options"]) >= 3 for line in asked if line["kind"] != "numeric")


def test_an_option_that_is_not_there_is_asked_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["99", "nonsense", "q", "q", "q"])
    monkeypatch.setattr("builtins.input", lambda: next(typed))
    cli.main(bank("quiz", "--topic", "lstm-motivation", "--seed", "2", folder=tmp_path))
    errors = [line["error"] for line in lines(capsys) if "error" in line]
    assert errors
    assert all(
        "from 1 to" in error or "number" in error or "Choose" in error or "Tick" in error for error in errors
    )


@pytest.mark.parametrize(
    "words",
    [["--temperature", "-1"], ["--temperature", "nan"], ["--sample", "9999999"], ["--learning-rate", "nan"]],
)
def test_a_bad_wish_is_refused_before_the_training(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", "--steps", "1000000", *words, "--json"]) == 2
    assert [line["kind"] for line in lines(capsys)] == ["ConfigError"]


def test_an_empty_text_is_not_the_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()
    assert cli.main(["train", "--text", str(tmp_path / "empty.txt")]) == 1
    assert "is empty" in capsys.readouterr().err


def test_a_mistyped_command_is_told_to_machines_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["bank", "quiz", "--count", "0", "--json"])
    assert "0 is not 1 or more" in lines(capsys)[-1]["error"]


def test_a_terminal_without_greek_letters_is_served(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "studyapp", "derive", "recurrence", "T(n)=T(n-1)+1, T(0)=0"]
    env = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_behind_standard_output_is_a_sentence(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "studyapp", *bank("status", folder=tmp_path)]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr
