"""The golden ratio by its letter: closed forms of Fibonacci numbers are short and known by sight then.

LaTeX in, LaTeX out; plain text likewise. Pure.
"""

from __future__ import annotations

import re

_LETTERS = {
    r"\left(\frac{1 + \sqrt{5}}{2}\right)": r"\varphi",
    r"\left(\frac{1 - \sqrt{5}}{2}\right)": r"\psi",
}
_MEANINGS = {
    r"\varphi": r"\varphi = \frac{1 + \sqrt{5}}{2}",
    r"\psi": r"\psi = \frac{1 - \sqrt{5}}{2}",
}
_PLAIN = {"((1 + sqrt(5))/2)": "φ", "((1 - sqrt(5))/2)": "ψ"}
_ROOT = re.compile(r"\bsqrt\((\d+|[a-z])\)")
_HELD = {r"\left(\varphi^{n}\right)": r"(\varphi^{n})"}  # brackets as high as what is in them now


def shortened(latex: str) -> str:
    """`latex` with letters for the golden ratio and its conjugate, where powers of them stand in it."""
    for ratio, letter in _LETTERS.items():
        latex = latex.replace(f"{ratio}^", f"{letter}^")
    for wide, held in _HELD.items():
        latex = latex.replace(wide, held)
    return latex


def meanings(latex: str) -> tuple[str, ...]:
    """What the letters in the shortened `latex` stand for."""
    short = shortened(latex)
    return tuple(told for letter, told in _MEANINGS.items() if letter in short and letter not in latex)


def in_words(text: str) -> str:
    """Plain `text` the same way, with what the letter stands for."""
    for ratio, letter in _PLAIN.items():
        if f"{ratio}^" in text:
            sign = "+" if letter == "φ" else "−"
            text = text.replace(f"{ratio}^", f"{letter}^").rstrip(".") + f", with {letter} = (1 {sign} √5)/2."
    return _ROOT.sub(r"√\1", text)
