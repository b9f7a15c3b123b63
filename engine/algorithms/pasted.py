"""Pasted text -> the same lines as Python source: fences, prompts and common indentation taken off.

Line numbers stay those of the pasted text; `removed` says how many columns each line lost on
its left, so that a fault is shown where it stands in what was pasted. Knows no syntax.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEWLINE = re.compile(r"\r\n|\r|\n")
_PROMPT = re.compile(r"\s*(>>>|\.\.\.)( |$)")
_WIDE = "\u00a0\u2007\u202f\ufeff"  # spaces of web pages and word processors


@dataclass(frozen=True, slots=True)
class Pasted:
    """`source`: what to read. `removed`: columns that each line lost, first line first."""

    source: str
    removed: tuple[int, ...]

    def column(self, line: int, column: int) -> int:
        """Where `column` of `line` (from 1) of `source` stands in the pasted text."""
        return column + self.removed[line - 1] if 1 <= line <= len(self.removed) else column


def cleaned(text: str) -> Pasted:
    """`text` without what a page, a chat or a console put around the code."""
    lines = [
        _untabbed(line) for line in _NEWLINE.split(text.translate(str.maketrans(_WIDE, " " * len(_WIDE))))
    ]
    lines = _inside_fences(lines)
    removed = [0] * len(lines)
    if any(line.lstrip().startswith(">>>") for line in lines):
        lines, removed = _without_prompts(lines)
    indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    common = min(indents, default=0)
    kept = [line[common:] if line.strip() else "" for line in lines]
    return Pasted("\n".join(kept) + "\n", tuple(before + common for before in removed))


def _untabbed(line: str) -> str:
    """Tabs at the beginning as four columns each."""
    body = line.lstrip(" \t")
    return line[: len(line) - len(body)].expandtabs(4) + body


def _inside_fences(lines: list[str]) -> list[str]:
    """Only what stands between ``` and ```, where there are such; the other lines empty."""
    if not any(line.lstrip().startswith("```") for line in lines):
        return lines
    kept, inside = list[str](), False
    for line in lines:
        fence = line.lstrip().startswith("```")
        inside = inside != fence
        kept.append(line if inside and not fence else "")
    return kept


def _without_prompts(lines: list[str]) -> tuple[list[str], list[int]]:
    """Lines behind >>> and ... only: the others are what the console answered."""
    found = [_PROMPT.match(line) for line in lines]
    kept = [line[match.end() :] if match else "" for line, match in zip(lines, found, strict=True)]
    return kept, [match.end() if match else 0 for match in found]
