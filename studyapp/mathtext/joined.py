"""Signs at which Qt would end a line, though a reader would not, are shown as ones at which it may not.

"n-" is not left by its "grams", and no line of code begins with an operator. What was written comes back
in every copy; a search finds it. Pure.
"""

from __future__ import annotations

import re

HYPHEN = "\N{NON-BREAKING HYPHEN}"
SPACE = "\N{NO-BREAK SPACE}"
REACH = 2
"""So many signs before a text tell how it begins."""

_SHORT = re.compile(r"(?<![\w-])(\w)-(?=\w)")
_OPERATOR = re.compile(r"(?<=[^\s,;:([{]) (?=[-+*/%@=<>!&|^]+ )")


def short_words(text: str, before: str = "") -> str:
    """`text`, which follows the signs `before`, with a hyphen that breaks no line behind a single letter
    or digit: "n-grams", "1-D"; not in "well-known" or "a - b".
    """
    return _SHORT.sub(rf"\1{HYPHEN}", before + text)[len(before) :]


def operators(code: str) -> str:
    """Code whose lines may end after an operator, not before it: "3 +", "4"."""
    return _OPERATOR.sub(SPACE, code)


def written(text: str) -> str:
    """The text as it was before any of this."""
    return text.replace(HYPHEN, "-").replace(SPACE, " ")
