"""Markdown -> tokens of markdown-it, with $inline$ and $$display$$ maths. Raw HTML is text, images are
their description. Knows no Qt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.markdown import parser

if TYPE_CHECKING:
    from markdown_it.token import Token

LINKS = (
    *("topic:", "unit:", "term:", "formula:", "formulas:", "diagram:", "page:", "card:", "question:", "lab:"),
    *("copy:", "check:", "test:", "derive:", "recurrence:", "gradient:", "code:", "compare:"),
)
"""What a link may begin with; any other address is shown, never opened."""


def tokens(source: str) -> list[Token]:
    """The blocks of a text. `\\$` is a dollar sign; everything between two `$` is LaTeX."""
    return parser().parse(source.replace("￼", "�"))  # U+FFFC means a formula later on
