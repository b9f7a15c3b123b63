"""What a + b, a b, a . b, a * b and a / b are for numbers, vectors and matrices.

A vector is a column and has the shape [n]; turned it has the shape [1, n], so that a row by a column is
a number and a column by a row a matrix. A vector before a matrix is a row (the convention of row vectors).
What has no product in the textbooks has none here. Knows no formula.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from content.latex.cursor import Unread
from content.worked.evaluate import look_at_power
from content.worked.reading import WorkedError


def joined(left: Any, operator: str, right: Any) -> Any:
    """left operator right, with an operator of `tree.Joined`.

    Raises Unread where the shapes forbid it, WorkedError for a division by zero.
    """
    shapes = np.shape(left), np.shape(right)
    if operator in ("+", "-"):
        _alike(*shapes, "added")
        return left + right if operator == "+" else left - right
    if operator in ("/", "mod"):
        if shapes[1]:
            raise Unread("nothing is divided by a vector; entry by entry is written \\oslash.")
        if right == 0:
            raise WorkedError("it is divided by 0.")
        return left / right if operator == "/" else left % right
    if operator in ("*", "/*"):
        _alike(*shapes, "multiplied entry by entry")
        return left * right if operator == "*" else left / right
    return _product(left, operator, right)


def raised(base: Any, exponent: Any) -> Any:
    """base to the exponent: of a matrix the repeated product, of a vector entry by entry.

    Raises WorkedError for a power that is too large to be computed.
    """
    if np.shape(exponent):
        raise Unread("an exponent is a number.")
    if np.ndim(base) == 2:
        if len(base) != len(base[0]):
            raise Unread(f"a matrix of the shape {list(base.shape)} has no powers.")
        return np.linalg.matrix_power(base, int(exponent))
    if np.ndim(base):
        return np.power(base, float(exponent))
    look_at_power(base, exponent)
    return base**exponent


def turned(value: Any) -> Any:
    """A vector as a row; a row as a vector; a matrix transposed."""
    if np.ndim(value) == 1:
        return value[None, :]
    return value[0] if np.ndim(value) == 2 and len(value) == 1 else np.transpose(value)


def _alike(left: tuple[int, ...], right: tuple[int, ...], done: str) -> None:
    if left and right and left != right:
        raise Unread(f"the shapes {list(left)} and {list(right)} cannot be {done}.")


def _product(left: Any, operator: str, right: Any) -> Any:
    dimensions = np.ndim(left), np.ndim(right)
    if 0 in dimensions:
        return left * right
    if dimensions == (1, 1):
        if operator != ".":
            raise Unread("two vectors side by side have no product; write \\odot, \\cdot or \\top.")
        return float(left @ right)
    if dimensions == (1, 2) and right.shape[0] == 1:
        return np.outer(left, right)
    try:
        found = left @ right
    except ValueError:
        raise Unread(f"{list(left.shape)} by {list(right.shape)} has no product.") from None
    return found.item() if np.size(found) == 1 else found
