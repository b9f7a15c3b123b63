"""Variants out of a table: one row's clue is asked, its answer is right, answers of other rows are wrong.

Values: text `clue`; `right` and `right_why`; `wrong1` to `wrong3` and `wrong1_why` to `wrong3_why`, what
those answers would be right for. Knows no subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from content.generators.domain import Generator, Span
from content.placeholders import Values

_WRONG = 3
_STRIDE = 3  # through the answers, so that neighbours of a table do not always meet


class Row(NamedTuple):
    """Something to ask for, the answer, and what makes it the answer, as a sentence.

    `against` is what the clue holds against every other answer; it follows what `about` says of that one.
    """

    clue: str
    answer: str
    why: str
    against: str = ""


def table_generator(name: str, rows: Sequence[Row], about: dict[str, str]) -> Generator:
    """A generator over `rows`; `about` says of every answer, in a sentence, what it is."""
    missing = {row.answer for row in rows} - about.keys()
    if missing or len(about) <= _WRONG:
        raise ValueError(f"{name} needs a sentence on {sorted(missing)}, and {_WRONG + 1} answers or more")

    def chosen(k: int) -> Values:
        row = rows[k]
        others = [answer for answer in about if answer != row.answer]
        wrong = [others[(k * _STRIDE + place) % len(others)] for place in range(_WRONG)]
        return {
            "clue": row.clue,
            "right": row.answer,
            "right_why": row.why,
            **{f"wrong{place}": answer for place, answer in enumerate(wrong, 1)},
            **{
                f"wrong{place}_why": f"{about[answer]} {row.against}".rstrip()
                for place, answer in enumerate(wrong, 1)
            },
        }

    return Generator(name, {"k": Span(0, len(rows) - 1)}, chosen)
