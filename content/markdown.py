"""Markdown as it is shown and as it is proved: one parser for the window and for the checks.

With $inline$ and $$display$$ maths, tables and strikethrough; raw HTML is text. Knows neither.
"""

from __future__ import annotations

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
