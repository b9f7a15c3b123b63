"""How many threads NumPy's products use. Imports nothing: it has to be said before NumPy is loaded."""

from __future__ import annotations

import os

_BLAS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def one_thread() -> None:
    """One, unless the environment says more: that is slower at our sizes, and takes the window's core."""
    for name in _BLAS:
        os.environ.setdefault(name, "1")
