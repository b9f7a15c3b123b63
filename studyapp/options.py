"""What can be said on the command line when the window is wanted. Knows no Qt."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from studyapp import __version__
from studyapp.commands import NAMES


@dataclass(frozen=True, slots=True)
class Options:
    """`bank` None means the usual place; `throw_away` keeps nothing; `selftest` opens no window for long."""

    bank: Path | None
    throw_away: bool
    selftest: bool


def parse(words: list[str]) -> Options:
    """Read the command line without the program's name; prints and exits (2) when it is mistyped."""
    parser = argparse.ArgumentParser(
        prog="studyapp",
        description="Revise recurrent neural networks: a live lab, checked derivations, cards and quizzes.",
        epilog=f"Without a window: studyapp {' | '.join(NAMES)}, each with --help.",
    )
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--bank", type=Path, metavar="FILE", help="use this bank instead of your usual one")
    place.add_argument("--temp", action="store_true", help="a throw-away bank and settings; nothing is kept")
    parser.add_argument(
        "--selftest", action="store_true", help="look at this installation and say what is missing"
    )
    parser.add_argument("--version", action="version", version=f"StudyApp {__version__}")
    said = parser.parse_args(words)
    return Options(said.bank, said.temp, said.selftest)
