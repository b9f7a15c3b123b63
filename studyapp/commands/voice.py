"""Voice: says things to people or to machines. Results go to standard output, the rest to standard error."""

from __future__ import annotations

import argparse
import io
import json
import sys
from typing import Any


class Voice:
    """Text for people, or one JSON object a line."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a terminal without Θ gets a ? instead of an error
                stream.reconfigure(errors="replace")

    def say(self, text: str, /, **fields: Any) -> None:
        """A result: `text` for people, `fields` for machines; either may be empty, then it is not said."""
        if self.as_json:
            if fields:
                print(json.dumps(fields), flush=True)  # ASCII: any terminal and file name will do
        elif text:
            print(text, flush=True)

    def fail(self, sentence: str, /, **fields: Any) -> None:
        """What went wrong: a sentence on standard error, for machines also a line on standard output."""
        if self.as_json:
            self.say("", error=sentence, **fields)
        else:
            self._aside(f"{sentence}\n")

    def progress(self, text: str) -> None:
        """A line that the next one overwrites; only where somebody is looking."""
        if sys.stderr is not None and sys.stderr.isatty():
            self._aside(f"\r\033[K{text}")

    def ask(self, prompt: str) -> str | None:
        """A line from the keyboard, or None at its end; the prompt is no result."""
        self._aside(prompt)
        try:
            return input().strip()
        except EOFError:
            return None

    def _aside(self, text: str) -> None:
        if sys.stderr is not None:  # it can be closed
            print(text, end="", file=sys.stderr, flush=True)


def whole_number(text: str) -> int:
    """1 or more, for the command line."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not 1 or more")
    return number


def word(text: str) -> str:
    """Text that can be written down: an argument may hold bytes that are none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("that is not text") from None
    return text


def add_json(parser: argparse.ArgumentParser) -> None:
    """Give a command the option that all have."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for machines")
