"""What can be said of pasted Python without a process: whether it can be read, and what is in it.

Parses and never runs: `ast.parse` builds a tree, no more. Knows no Qt.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

LONGEST = 20_000  # characters that are looked at
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*\n(.*?)(?:^[ \t]*(?:```|~~~)[ \t]*$|\Z)", re.M | re.S)
_PROMPT = re.compile(r"^(?:>>>|\.\.\.) ?")
_ODD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why it cannot be read: line from 1, column from 0, and a sentence."""

    line: int
    column: int
    sentence: str


def fault(text: str) -> Fault | None:
    """The first place where `text` is no Python; None where it is, and for what is not looked at."""
    if len(text) > LONGEST:
        return Fault(1, 0, f"That is longer than the {LONGEST:,} characters that are looked at.")
    try:
        _parsed(text)
    except SyntaxError as error:
        return Fault(max(1, error.lineno or 1), max(0, (error.offset or 1) - 1), _sentence(error))
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return Fault(
            1, 0, "Python cannot read this: it is nested too deeply, or holds a sign that is no text."
        )
    return None


def functions(text: str) -> tuple[str, ...]:
    """Names of the functions that stand at the left margin; none where it cannot be read."""
    if fault(text) is not None:
        return ()
    return tuple(node.name for node in _parsed(text).body if isinstance(node, ast.FunctionDef))


def cleaned(text: str) -> str:
    """Pasted text as code: out of its fence, without prompts, tabs, and spaces that are none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ODD_SPACES.sub(" ", text).replace("\u2028", "\n").replace("\u2029", "\n").expandtabs(4)
    if (fenced := _FENCE.search(text)) is not None:
        text = fenced[1].rstrip("\n")
    lines = text.split("\n")
    written = [line for line in lines if line.strip()]
    if written and all(_PROMPT.match(line) for line in written):
        text = "\n".join(_PROMPT.sub("", line) for line in lines)
    return text


def _parsed(text: str) -> ast.Module:
    with warnings.catch_warnings():  # of a backslash in a string, say: not ours to tell
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _sentence(error: SyntaxError) -> str:
    said = error.msg.split(". Perhaps")[0].split(" (<unknown>")[0].rstrip(".")
    words = {"invalid syntax": "this is not Python"}.get(said, said)
    return f"Line {error.lineno or 1}: {words}."
