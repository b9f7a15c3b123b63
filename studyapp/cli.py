"""`studyapp train | sweep | presets | derive | search | note | bank`: the app's jobs without its window.

Text for people by default, one JSON object a line with `--json`, progress on standard error.
Knows no Qt. Exit codes: see `Exit`.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from enum import IntEnum
from typing import NoReturn

from content.errors import BankError, ContentError
from engine.errors import ConfigError, EngineError
from studyapp.commands import NAMES, bank, course, derive, presets, sweep, train
from studyapp.commands.voice import Voice


class Exit(IntEnum):
    """What the exit code says."""

    DONE = 0
    NO = 1  # a refusal, a run that diverged, nothing due: understood, and the answer is no
    USAGE = 2
    BANK = 3  # the bank file cannot be used
    INTERRUPTED = 130


def main(words: Sequence[str]) -> int:
    """Do one job; the exit code."""
    said = _parser(as_json="--json" in words).parse_args(words)
    voice = Voice(said.json)
    before = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        return Exit.DONE if said.run(said, voice) else Exit.NO
    except ConfigError as error:
        voice.fail(str(error), kind="ConfigError")
        return Exit.USAGE
    except BankError as error:
        voice.fail(str(error), kind=type(error).__name__)
        return Exit.BANK
    except (EngineError, ContentError, OSError) as error:
        return _failed(error, voice)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, before)  # a second Ctrl-C just ends
        voice.fail("Stopped.", kind="Interrupted")
        return Exit.INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, before)


def _failed(error: Exception, voice: Voice) -> int:
    if isinstance(error, BrokenPipeError):  # the reader has had enough, e.g. `| head`: not worth a word
        _mute()
        return Exit.DONE
    try:
        voice.fail(str(error), kind=type(error).__name__)
    except OSError:  # nothing more can be written to standard output, e.g. a full disk
        _mute()
        print(error, file=sys.stderr)
    return Exit.NO


def _mute() -> None:
    """Standard output goes nowhere from now on, so that Python does not complain again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    """Tells a mistyped command to machines too."""

    as_json = False

    def error(self, message: str) -> NoReturn:
        if self.as_json:
            Voice(True).fail(message, kind="Usage")
        super().error(message)


class _JsonParser(_Parser):
    as_json = True


def _parser(as_json: bool) -> argparse.ArgumentParser:
    parser = (_JsonParser if as_json else _Parser)(
        prog="studyapp",
        description="The jobs of StudyApp without its window.",
        epilog="Exit codes: 0 done; 1 the answer is no (a refusal, a diverged run, nothing due); "
        "2 mistyped; 3 the bank file cannot be used; 130 stopped with Ctrl-C.",
    )
    jobs = parser.add_subparsers(required=True, metavar=" | ".join(NAMES))
    for module in (train, sweep, presets, derive, course, bank):
        module.add_to(jobs)
    return parser
