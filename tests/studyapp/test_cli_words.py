"""What is typed after `studyapp`: every command of the command line is one, and the helps name them all."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from studyapp import cli
from studyapp.__main__ import main
from studyapp.commands import NAMES


def choices() -> list[str]:
    """The commands that the command line itself knows."""
    groups = cli._parser(as_json=False)._actions
    return [
        name for group in groups if isinstance(group, argparse._SubParsersAction) for name in group.choices
    ]


def test_the_helps_name_the_commands_that_there_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sorted(NAMES) == sorted(choices())
    with pytest.raises(SystemExit):
        main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert f"studyapp {' | '.join(NAMES)}," in said
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 1
    assert capsys.readouterr().err.rstrip().endswith(f"studyapp {' | '.join(NAMES)}")


@pytest.mark.parametrize("name", choices())
def test_every_command_is_reached(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: studyapp {name} ")


def test_the_course_is_searched_and_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank = ["--bank", str(tmp_path / "bank.db")]
    assert main(["search", "forget", "gate", *bank]) == 0
    assert "forget-gate" in capsys.readouterr().out
    assert main(["note", "forget-gate", *bank]) == 0
    assert capsys.readouterr().out.startswith("# The forget gate\n")


def test_a_mistyped_command_names_the_real_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["serch", "gate"])
    assert end.value.code == cli.Exit.USAGE
    said = capsys.readouterr().err
    assert "invalid choice: 'serch'" in said
    assert all(name in said for name in NAMES)
