"""Counts: of loops and calls, by interpreting the very code of the notes; of recurrences, term by term; and
of what a network multiplies and keeps, off its derivation. No formula of growth stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.algorithms.interpreter import Tally
    from engine.algorithms.reading import Snippet
    from engine.counting.polynomial import Polynomial

_CODE = """\
def sequence(n, m):
    for i in range(n):
        step = i
    for j in range(m):
        step = j

def nested(n, m):
    for i in range(n):
        for j in range(m):
            step = j

def triangle(n):
    for i in range(n):
        for j in range(i):
            step = j

def doubling(start, n):
    i = start
    rounds = 0
    while i <= n:
        rounds += 1
        i = 2 * i
    return rounds

def halving(n):
    rounds = 0
    while n > 1:
        rounds += 1
        n = n // 2
    return rounds

def half_and_doubling(n):
    steps = 0
    for i in range(n // 2, n + 1):
        j = 2
        while j <= n:
            steps += 1
            j = 2 * j
    return steps

def digits(n):
    rounds = 0
    while n > 0:
        rounds += 1
        n = n // 10
    return rounds

def digit_sum(n):
    total = 0
    while n > 0:
        total += n % 10
        n = n // 10
    return total

def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def fib_up(n):
    a = 0
    b = 1
    for k in range(n):
        c = a + b
        a = b
        b = c
    return a

def subsets(n):
    result = [[]]
    for x in range(n):
        result += [s + [x] for s in result]
    return len(result)

def copied(n):
    result = [[]]
    for x in range(n):
        result += [s + [x] for s in result]
    total = 0
    for s in result:
        total += len(s)
    return total

def probes(square, low, high):
    tried = 0
    while low <= high:
        mid = (low + high) // 2
        tried += 1
        if mid * mid == square:
            return tried
        if mid * mid < square:
            low = mid + 1
        else:
            high = mid - 1
    return tried
"""


@cache
def _snippet() -> Snippet:
    from engine.algorithms.reading import read

    return read(_CODE)


def _run(function: str, *values: int) -> Tally:
    import ast

    from content.worked.reading import WorkedError
    from engine.algorithms.interpreter import run
    from engine.algorithms.values import CodeFault

    defined = next(node for node in _snippet().tree.body if getattr(node, "name", "") == function)
    assert isinstance(defined, ast.FunctionDef)  # noqa: S101 - the names below are those of _CODE
    names = [argument.arg for argument in defined.args.args]
    try:
        return run(_snippet(), function, dict(zip(names, map(int, values), strict=True)))
    except CodeFault as error:
        raise WorkedError(f"{function}{values} cannot be counted: {error}") from None


def _result(function: str) -> Callable[..., Any]:
    """What the code returns."""
    return lambda *values: _run(function, *values).result


def _steps(function: str) -> Callable[..., int]:
    """How often its lines `step = ...` are executed."""
    lines = [
        number for number, line in enumerate(_CODE.splitlines(), 1) if line.lstrip().startswith("step =")
    ]
    return lambda *values: sum(_run(function, *values).lines.get(line, 0) for line in lines)


def _calls(function: str) -> Callable[..., int]:
    return lambda *values: _run(function, *values).calls[function]


def _term(a: int, c: int, start: int, n: int) -> int:
    """T(n) of T(n) = a T(n-1) + c with T(0) = start, by the engine's oracle of recurrences."""
    from fractions import Fraction

    from engine.recurrences.terms import Terms
    from engine.symbolic.parser import parse_recurrence

    problem = parse_recurrence(f"T(n) = {a}*T(n-1) + ({c}), T(0) = {start}")
    last = Terms(problem, {0: Fraction(start)}).through(range(n + 1))[-1]
    assert isinstance(last, (int, Fraction))  # noqa: S101 - whole numbers give whole numbers
    return int(last)


@cache
def counted(which: str) -> Polynomial:
    """Of a plain RNN with one linear output at the end: "forward" or "bptt" multiplications, or the numbers
    "kept" for the way back; in d inputs, h units, k outputs and T steps."""
    from engine.counting.keeping import kept, without_copies
    from engine.counting.multiplications import length, multiplications
    from engine.counting.passes import backward, forward, through_all
    from engine.counting.polynomial import added
    from engine.derivations.catalogue import cleaned
    from engine.derivations.programs import told
    from engine.symbolic.jobs import GradientJob

    made = told(cleaned(GradientJob("rnn", steps=0)))
    back = through_all(without_copies(made, backward(made)))
    lines = forward(made) if which == "forward" else back
    products = added(multiplications(line.right) * length(line.span) for line in lines)
    return kept(made, back) if which == "kept" else products


def _cost(which: str) -> Callable[..., int]:
    """Its number with one output."""
    return lambda d, h, steps: counted(which).at({"d": d, "h": h, "k": 1, "T": steps})


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "sequence_steps": _steps("sequence"),
    "nested_steps": _steps("nested"),
    "triangle_steps": _steps("triangle"),
    "doubling_rounds": _result("doubling"),
    "halving_rounds": _result("halving"),
    "half_and_doubling_steps": _result("half_and_doubling"),
    "digit_rounds": _result("digits"),
    "digit_sum": _result("digit_sum"),
    "fib": _result("fib_up"),
    "fib_calls": _calls("fib"),
    "subset_count": _result("subsets"),
    "copied_elements": _result("copied"),
    "root_probes": _result("probes"),
    "recurrence_term": _term,
    "forward_products": _cost("forward"),
    "bptt_products": _cost("bptt"),
    "bptt_kept": _cost("kept"),
}
