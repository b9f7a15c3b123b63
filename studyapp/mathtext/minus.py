"""Negative numbers in plain words get a true minus where they are shown. Pure."""

from __future__ import annotations

import re

from studyapp.mathtext.joined import HYPHEN

MINUS = "\N{MINUS SIGN}"
_NEGATIVE = re.compile(r"(?<![\w)\]}%.-])-(?=\.?\d)")
_TAKEN_AWAY = re.compile(r"(?<=\d) - (?=\.?\d)")


def with_minus(text: str, before: str = "") -> str:
    """`text`, which follows the sign `before`, with a minus for each hyphen that makes a number negative or
    takes one away: "-0.5", "(-2, 3 - 1)"; not in "2-3", "GPT-2" or "2026-01-31".
    """
    made = _TAKEN_AWAY.sub(f" {MINUS} ", _NEGATIVE.sub(MINUS, before + text))
    return made[len(before) :]


def either(text: str) -> str:
    """A regular expression that finds `text` however its hyphens and minus signs are written."""
    return re.sub(rf"\\?-|{MINUS}|{HYPHEN}", f"[-{MINUS}{HYPHEN}]", re.escape(text))
