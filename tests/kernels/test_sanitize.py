"""The kernel under address and undefined-behaviour sanitizers; CI runs all sizes on all instruction sets.

The program is sanitize.c, in whose buffers one number too far is outside.
"""

from __future__ import annotations

import pytest
import sanitize

from engine.kernels import door


def found(cases: int, *options: str) -> list[str]:
    """Faults on the widest vectors that this machine has."""
    isas = door.available()[-1:] or door.candidates()[:1]
    try:
        return sanitize.faults(cases, seed=1, isas=isas, options=options)
    except sanitize.NoSanitizersError as error:
        pytest.skip(f"no compiler here links sanitizers: {error}")


def test_the_kernel_stays_inside_its_buffers_and_reads_nothing_unwritten() -> None:
    assert found(24) == []


def test_a_buffer_that_is_one_number_short_is_seen() -> None:
    (said,) = found(1, "-DSHORT=1", "-O0")
    assert "heap-buffer-overflow" in said
    assert "in H=1 T=1 B=1" in said, "which sizes it was is told"
