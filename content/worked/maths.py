"""The plain functions of worked examples: rounding, sums, activations, linear algebra.

NumPy is imported when a number is asked for, so that the window starts without it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from content.worked.reading import WorkedError

_LONGEST = 10_000


def _np(name: str) -> Callable[..., Any]:
    """NumPy's function of this name, found when it is called."""

    def called(*values: Any) -> Any:
        import numpy as np

        return getattr(np, name)(*values)

    return called


def _filled(name: str) -> Callable[..., Any]:
    """zeros, ones or eye of a bounded size."""

    def called(*sizes: int) -> Any:
        import numpy as np

        if math.prod(sizes if name != "eye" else (*sizes, *sizes)) > _LONGEST:
            raise WorkedError(f"{name} of more than {_LONGEST} numbers is too large.")
        return np.eye(sizes[0]) if name == "eye" else getattr(np, name)(sizes)

    return called


def _sigmoid(a: Any) -> Any:
    from numpy import asarray

    from engine.cells.arithmetic import sigmoid

    return sigmoid(asarray(a, dtype=float))


def _log_softmax(z: Any) -> Any:
    from numpy import asarray

    from engine.losses import log_softmax

    return log_softmax(asarray(z, dtype=float))


def _softmax(z: Any) -> Any:
    from numpy import exp

    return exp(_log_softmax(z))


def _relu(a: Any) -> Any:
    from numpy import maximum

    return maximum(a, 0.0)


def _stack(*parts: Any) -> Any:
    """[h, x]: vectors and numbers one below the other."""
    from numpy import atleast_1d, concatenate

    return concatenate([atleast_1d(part) for part in parts])


def _range(*bounds: int) -> Any:
    from numpy import arange

    if len(range(*bounds)) > _LONGEST:
        raise WorkedError(f"a range of more than {_LONGEST} numbers is too long.")
    return arange(*bounds, dtype=float)


def _eigmax(matrix: Any) -> Any:
    from numpy import abs as size
    from numpy.linalg import eigvals

    return float(max(size(eigvals(matrix))))


def _sigmax(matrix: Any) -> Any:
    from numpy.linalg import norm

    return float(norm(matrix, 2))


def _norm(values: Any) -> Any:
    """Euclidean; of a matrix the Frobenius norm."""
    from numpy.linalg import norm

    return float(norm(values))


def _det(matrix: Any) -> Any:
    from numpy.linalg import det

    return float(det(matrix))


def _one_hot(k: int, n: int) -> Any:
    """Entry k of n is 1, counted from 0."""
    from numpy import eye

    return eye(int(n))[int(k)]


def _bounded(n: int) -> int:
    if n != int(n) or not 0 <= n <= 500:
        raise WorkedError(f"{n} must be a whole number from 0 to 500 here.")
    return int(n)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{name: _np(name) for name in ("tanh", "exp", "log2", "log10", "sqrt", "abs", "sum", "mean")},
    **{name: _np(name) for name in ("max", "min", "argmax", "dot", "transpose", "outer")},
    **{name: _np(name) for name in ("diag", "cumsum", "prod", "sign", "maximum", "minimum", "var", "std")},
    **{name: _np(name) for name in ("sin", "cos", "arctanh", "sort", "concatenate", "reshape", "trace")},
    **{name: _filled(name) for name in ("zeros", "ones", "eye")},
    "ln": _np("log"),
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "relu": _relu,
    "stack": _stack,
    "range": _range,
    "len": len,
    "floor": math.floor,
    "ceil": math.ceil,
    "round": lambda value, places=0: round(float(value), int(places)),
    "factorial": lambda n: math.factorial(_bounded(n)),
    "comb": lambda n, k: math.comb(_bounded(n), _bounded(k)),
    "eigmax": _eigmax,
    "sigmax": _sigmax,
    "norm": _norm,
    "det": _det,
    "one_hot": _one_hot,
}
