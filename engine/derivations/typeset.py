"""A line as LaTeX: left = ... = ..., one row for each side after the first. Knows no rules, no numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.derivations.steps import Step
from engine.tape.latex import latex, rows
from engine.tape.mirror import mirrored
from engine.tape.nodes import Node

Letters = Mapping[str, int]
_SIGNS = {"=": "=", "≤": r"\le"}


def as_it_is(node: Node) -> Node:
    return node


def step_latex(step: Step, letters: Letters, in_rows: bool = False, focused: bool = False) -> str:
    r"""The line, display style.

    Args:
        letters: numbers to write for letters, e.g. {"T": 3}.
        in_rows: vectors are rows, so that everything is transposed.
        focused: what is new in the last side stands in `\focus{...}`.
    """
    turned = mirrored if in_rows else as_it_is
    left = latex(turned(step.left), letters)
    shown = _sides(step, letters, turned, focused)
    if not shown:
        return left
    if len(shown) == 1:
        return f"{left} {shown[0]}"
    between = r" \\[4pt] &"
    return rf"\begin{{aligned}} {left} &{between.join(shown)} \end{{aligned}}"


def _sides(step: Step, letters: Letters, turned: Callable[[Node], Node], focused: bool) -> list[str]:
    """One row a side with its sign in front; a wide sum has rows without one."""
    shown = []
    for number, side in enumerate(step.chain, start=1):
        final = focused and step.focus is not None and number == len(step.chain)
        focus = turned(step.focus) if final and step.focus is not None else None
        first, *more = rows(turned(side), letters, focus)
        shown += [f"{_SIGNS[step.relation]} {first}", *more]
    return shown
