"""Voice: says things to people or to machines. Results go to standard output, the rest to standard error."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any


class Voice:
    """Text for people, or one JSON object a line."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def say(self, text: str, /, **fields: Any) -> None:
        """A result: `text` for people, `fields` for machines; either may be empty, then it is not said."""
        if self.as_json:
            if fields:
                print(json.dumps(fields, ensure_ascii=False), flush=True)
        elif text:
            print(text, flush=True)

    def fail(self, sentence: str, /, **fields: Any) -> None:
        """What went wrong: a sentence on standard error, for machines also a line on standard output."""
        if self.as_json:
            self.say("", error=sentence, **fields)
        else:
            print(sentence, file=sys.stderr, flush=True)

    def progress(self, text: str) -> None:
        """A line that the next one overwrites; only where somebody is looking."""
        if sys.stderr.isatty():
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Give a command the option that all have."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for machines")
