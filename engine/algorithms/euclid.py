"""Euclid's algorithm as a recursion: its sizes follow no rule, and its worst case is a theorem."""

from __future__ import annotations

import ast
from fractions import Fraction

from engine.algorithms.interpreter import Tally, run
from engine.algorithms.reading import Snippet
from engine.algorithms.solved_recursion import Recursion
from engine.algorithms.totals import Total
from engine.growth.classes import Growth


def euclidean(snippet: Snippet, function: str, functions: tuple[str, ...]) -> Recursion | None:
    """gcd(b, a % b): by Lamé's theorem consecutive Fibonacci numbers take the most calls. Else None.

    Knuth, The Art of Computer Programming, volume 2, 4.5.3, theorem F.
    """
    if functions != (function,) or not _is_euclid(snippet.functions[function]):
        return None
    names = [argument.arg for argument in snippet.functions[function].args.args]
    tallies = dict[int, Tally]()
    small, large = 1, 2
    for _ in range(12):
        tallies[small] = run(snippet, function, dict(zip(names, (large, small), strict=True)))
        small, large = large, small + large
    log = Total(None, None, 0, Growth(logs=Fraction(1)))
    lines = {line: log for tally in tallies.values() for line in tally.lines}
    words = f"{names[0]} and {names[1]} are consecutive Fibonacci numbers"
    note = "By Lamé's theorem no other numbers of their size take more calls; n is the smaller one."
    return Recursion(functions, names[1], words, {function: log}, lines, log, log, tallies, note=note)


def _is_euclid(node: ast.FunctionDef) -> bool:
    names = [argument.arg for argument in node.args.args]
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
    if len(names) != 2 or len(calls) != 1:
        return False
    match calls[0].args:
        case [ast.Name(id=second), ast.BinOp(ast.Name(id=first), ast.Mod(), ast.Name(id=modulus))]:
            return [first, second] == names and modulus == second
    return False
