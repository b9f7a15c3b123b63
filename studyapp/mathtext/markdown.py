"""Markdown -> tokens of markdown-it, with $inline$ and $$display$$ maths. Raw HTML is text, images are
their description. Knows no Qt.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LINKS = (
    *("topic:", "unit:", "term:", "formula:", "formulas:", "diagram:", "page:", "card:", "question:", "lab:"),
    *("copy:", "check:", "derive:", "recurrence:", "gradient:", "code:", "compare:"),
)
"""What a link may begin with; any other address is shown, never opened."""

MATHS = {"math_inline": False, "math_inline_double": True, "math_block": True}
"""Types of the tokens that are formulas, and whether they stand on a line of their own."""


def tokens(source: str) -> list[Token]:
    """The blocks of a text. `\\$` is a dollar sign; everything between two `$` is LaTeX."""
    return _parser().parse(source.replace("￼", "�"))  # U+FFFC means a formula later on


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    dollarmath_plugin(parser, allow_labels=False, allow_space=True, allow_digits=True, double_inline=True)
    return parser
