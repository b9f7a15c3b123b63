"""Markdown as it is shown and as it is proved: one parser for the window and for the checks.

With $inline$ and $$display$$ maths, tables and strikethrough; raw HTML is text. Knows neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MATHS = {"math_inline": False, "math_inline_double": True, "math_block": True}
"""Types of the tokens that are formulas, and whether they stand on a line of their own."""


@cache
def parser() -> MarkdownIt:
    """`\\$` is a dollar sign; everything between two `$` is LaTeX."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    dollarmath_plugin(made, allow_labels=False, allow_space=True, allow_digits=True, double_inline=True)
    return made


def texts(value: object) -> Iterator[str]:
    """Every text inside records and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def formulas_of(text: str) -> Iterator[tuple[str, bool]]:
    """The formulas of a text: LaTeX, and whether it is displayed on lines of its own."""
    if "$" not in text:
        return
    for block in parser().parse(text):
        for token in (block, *(block.children or ())):
            if token.type in MATHS:
                yield token.content.strip(), MATHS[token.type]
