"""What the window imports of this package must not bring SymPy, torch or NumPy along."""

from __future__ import annotations

import subprocess
import sys

CHEAP = ["parser", "expr", "typeset", "report", "client", "worker"]


def test_the_window_side_is_light() -> None:
    imports = ", ".join(f"engine.symbolic.{name}" for name in CHEAP)
    code = (
        f"import sys, {imports}\n"
        "from engine.symbolic.parser import echo\n"
        "echo('T(n) = 2T(n/2) + n log n, T(1) = 1')\n"
        "print([m for m in ('sympy', 'torch', 'numpy', 'mpmath') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
