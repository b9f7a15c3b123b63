"""What can be wrong with a formula.

MathError
    BadTex      the LaTeX cannot be set; the text says why, in MathJax's words or ours
    NoEngine    this computer has no QuickJS, so only prerendered formulas can be shown
"""

from __future__ import annotations


class MathError(Exception):
    """A formula cannot be set; the text is one sentence for the user."""


class BadTex(MathError):
    """The LaTeX is wrong, too long or too deep."""


class NoEngine(MathError):
    """QuickJS is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "New formulas need the Python package quickjs-ng, which is not installed here; "
            "the formulas of the course are shown all the same."
        )
