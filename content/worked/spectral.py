"""Eigenvalues and eigenvectors of symmetric matrices, by LAPACK, for the formula sheet. Knows no texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def symmetric_values(S: Any) -> Any:
    """The eigenvalues of a symmetric S [n, n], ascending."""
    from numpy.linalg import eigh

    return eigh(S).eigenvalues


def symmetric_vectors(S: Any) -> Any:
    """The eigenvectors of a symmetric S, of length 1, one a column, in the order of `symmetric_values`."""
    from numpy.linalg import eigh

    return eigh(S).eigenvectors


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    made.__name__: made for made in (symmetric_values, symmetric_vectors)
}
