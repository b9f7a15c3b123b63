"""Every number of a worked example recomputes: nothing there that looks like a sum is passed over.

In a formula that equates, each side with digits and no letter has to be read and computed; chains.py then
compares. In plain text, sums such as 2 + 2 = 4 are computed as well. Knows no other section of a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from content.checking.chains import broken_in
from content.checking.explained import Shown, note
from content.checking.sides import has_digits, valued
from content.checking.structure import EXAMPLE
from content.course import Course, Problem
from content.latex.cursor import Unread
from content.latex.factors import FUNCTIONS
from content.latex.parts import statements
from content.latex.tokens import Tokens, is_words, written
from content.markup import CODE, MATHS, QUOTED, only_lines
from content.plain_text import GREEK
from content.worked.reading import WorkedError

_SECTION = re.compile(rf"^## {EXAMPLE}$.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_NAME_GOES_ON = ("(", "[", "_")
_MAY_COMPUTE = {"e": ("_",), r"\sigma": ("_", "^", "")}
"""Euler's number and the sigmoid -> what makes a letter of them when it stands behind."""

_NUMBER = r"(?:\d+(?:,\d{3})*(?:\.\d+)?|<<[^<>\n]*>>)"
_SUM = re.compile(
    rf"(?<![\w.,/*+·×−-])(?<![/*+·×−-] )[-−]?{_NUMBER}(?: ?[-−+·×x*/] ?{_NUMBER})+ ?[=≈] ?[-−]?{_NUMBER}"
)
_AS_LATEX = {
    "·": r"\cdot ",
    "×": r"\cdot ",
    "x": r"\cdot ",
    "*": r"\cdot ",
    "−": "-",
    "≈": r"\approx ",
    ",": "",
}


def uncomputed(course: Course) -> Iterator[Problem]:
    """Sides that cannot be computed, and sums in plain text that are wrong."""
    for topic, raw in course.raw.items():
        whole = note(course, topic)
        body = QUOTED.sub(only_lines, CODE.sub(only_lines, raw))
        for section in _SECTION.finditer(body):
            first = course.lines.get((whole.file, ""), 0)
            for place, sentence in _faults(replace(whole, text=section[0])):
                line = first + body.count("\n", 0, section.start() + place) if first else 0
                yield Problem(whole.file, topic, sentence, line)


def _faults(example: Shown) -> Iterator[tuple[int, str]]:
    """(where in the text, the sentence)."""
    for formula in MATHS.finditer(example.text):
        for statement in statements(formula[1] or formula[2]):
            for side in statement.sides if statement.equates else ():
                if sentence := _unread(side, example):
                    yield formula.start(), sentence
    for said in _SUM.finditer(MATHS.sub(lambda maths: "$" + " " * (len(maths[0]) - 2) + "$", example.text)):
        for sentence in broken_in(replace(example, text=f"${_latex(said[0])}$")):
            yield said.start(), sentence


def _unread(side: Tokens, example: Shown) -> str:
    """Why a side of numbers cannot be computed; empty if it can, or has letters."""
    if not has_digits(side) or _has_letter(side, example):
        return ""
    try:
        valued(side, "", example.numbers(), is_filled=False)
    except (Unread, WorkedError) as error:
        return f"{written(side)} cannot be recomputed: {error} Write it so that it can."
    return ""


def _has_letter(side: Tokens, example: Shown) -> bool:
    """A letter, a Greek one, words with an index or a bracket behind them, or a number that is a word."""
    for token, behind in zip(side, (*side[1:], ""), strict=True):
        if token.startswith("<<"):
            name = token.strip("<>").partition(":")[0]
            if isinstance(example.values.get(name), str):
                return True
        elif _is_letter(token, behind):
            return True
    return False


def _is_letter(sign: str, behind: str) -> bool:
    if is_words(sign):
        return sign not in FUNCTIONS and behind in _NAME_GOES_ON
    if sign in _MAY_COMPUTE:
        return behind in _MAY_COMPUTE[sign]
    return (len(sign) == 1 and sign.isalpha()) or sign.removeprefix("\\") in GREEK


def _latex(plain: str) -> str:
    """A sum as it is typed -> LaTeX; what stands in <<...>> as it is."""
    parts = re.split(r"(<<[^<>\n]*>>)", plain)
    return "".join(
        part if part.startswith("<<") else "".join(_AS_LATEX.get(sign, sign) for sign in part)
        for part in parts
    )
