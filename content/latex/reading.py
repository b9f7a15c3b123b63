"""Tokens of one side -> its tree: sums of products of factors. What is not understood is refused.

What stands side by side holds together tighter than what a sign joins. Knows no values.
"""

from __future__ import annotations

from content.latex.cursor import Cursor, Names, Unread
from content.latex.factors import FUNCTIONS, factor
from content.latex.tokens import Tokens, is_words
from content.latex.tree import Joined, Negative, Node

_SIGNS = {r"\cdot": ".", r"\times": "x", "*": "*", r"\odot": "*", r"\oslash": "/*", "/": "/", r"\bmod": "mod"}
_LONGEST = 500  # tokens of a side: each may make the tree one step deeper
_ENDS = frozenset({"", ")", "]", "}", r"\}", r"\rfloor", r"\rceil", r"\mid", ",", ";", "&", r"\\", "+", "-"})


def read(side: Tokens, names: Names) -> Node:
    """The tree of one side; words behind it are left out. Raises Unread, saying behind what."""
    if len(side) > _LONGEST:
        raise Unread(f"a side of {len(side)} signs is not read; at most {_LONGEST} are.")
    cursor = Cursor(side, names, expression, product)
    try:
        node = expression(cursor)
        while is_words(cursor.here):
            cursor.skip()
        if cursor.here:
            raise Unread(f"{cursor.take()} is not understood here.")
    except Unread as error:
        done = side[: len(side) - len(cursor.rest)]
        raise Unread(f"{error} It was read up to {' '.join(done[-8:])}") from None
    return node


def expression(cursor: Cursor) -> Node:
    """Products with + and - between them."""
    negative = cursor.here == "-"
    if cursor.here in ("+", "-"):
        cursor.skip()
    node = Negative(product(cursor)) if negative else product(cursor)
    while cursor.here in ("+", "-") or _has_its_sign(cursor.here):
        operator = "+" if _has_its_sign(cursor.here) else cursor.take()
        node = Joined(node, operator, product(cursor))
    return node


def product(cursor: Cursor) -> Node:
    """Runs with signs of multiplication and division between them."""
    node = _run(cursor)
    while cursor.here in _SIGNS:
        operator = _SIGNS[cursor.take()]
        if cursor.here == "-":
            cursor.skip()
            node = Joined(node, operator, Negative(_run(cursor)))
        else:
            node = Joined(node, operator, _run(cursor))
    return node


def _run(cursor: Cursor) -> Node:
    """Factors side by side."""
    node = factor(cursor)
    while not _ends(cursor):
        node = Joined(node, "", factor(cursor))
    return node


def _ends(cursor: Cursor) -> bool:
    here = cursor.here
    if here in ("|", r"\|"):
        return cursor.closing[-1:] == [here]
    if here in _ENDS or here in _SIGNS or here.startswith(r"\end{") or _has_its_sign(here):
        return True
    return is_words(here) and here not in FUNCTIONS and not cursor.name_here()


def _has_its_sign(token: str) -> bool:
    """`<<b:+>>` prints + or - by itself."""
    return token.startswith("<<") and ":+" in token
