"""What a recurrence or a piece of code comes to, beside the lines of its derivation.

Plain values that cross the border, as in `report.py`: numbers and text only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """One function, written three ways.

    Attributes:
        latex: to typeset.
        text: to read aloud or print in a terminal, e.g. "n log n".
        sympy: that SymPy reads back: `log` is natural, `**` a power, `floor`, `ceiling`, `factorial`,
            `harmonic`, `Sum(...)`, `Product(...)`; e.g. "n*log(n)/log(2)". Letters are sizes such as n.
    """

    latex: str
    text: str
    sympy: str


@dataclass(frozen=True, slots=True)
class LineCount:
    """How often one line of the code is executed.

    A line counts as Python's own tracing does: the head of a loop once for each test, the last one
    that ends it included; a `def` once.

    Attributes:
        line: its number, from 1.
        total: the count in the case that is told, as a closed form, or as a sum where there is none.
        steps: how it comes about before it is summed up, LaTeX, e.g. "\\sum_{i=0}^{n-1} i"; may be empty.
        best, worst: the class in either case.
        cost: of one execution where that is not constant, with its reason, e.g. "Θ(k): copies a slice".
        measured: (n, count) pairs of the counting interpreter.
        proven: derived, not only measured.
    """

    line: int
    total: Formula | None
    steps: str
    best: Formula | None
    worst: Formula | None
    cost: str = ""
    measured: tuple[tuple[int, int], ...] = ()
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Calls:
    """How often a function is called, the first call included."""

    function: str
    total: Formula


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve with points that were counted or iterated, not computed from it.

    Attributes:
        name: what it is, plain, e.g. "T(n)", "line 3".
        formula: of the curve.
        xs, ys: its samples; ys as base-10 logarithms, so that 2^1000 can be drawn.
        points: (n, base-10 logarithm of the value) pairs that were measured.
    """

    name: str
    formula: Formula
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a recursion tree.

    Attributes:
        depth: 0 at the root.
        nodes: how many nodes, LaTeX.
        size: of each node's problem, LaTeX; of the largest where they differ.
        work: of each node, LaTeX; empty where they differ.
        sum: of the level, LaTeX.
        sizes: the sizes of its nodes, LaTeX, left to right; at most 9 of them.
    """

    depth: int
    nodes: str
    size: str
    work: str
    sum: str
    sizes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """A recursion tree, level by level; the last one stands for the leaves.

    Attributes:
        branches: children of one node.
        levels: the first ones, then the general one (depth i), then the leaves.
        height: LaTeX.
        total: LaTeX of what the level sums add up to.
    """

    branches: int
    levels: tuple[Level, ...]
    height: str
    total: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One call in a run of the recursion that was interpreted.

    Attributes:
        number: from 0, in the order of calling; `parent` is the number of the caller, -1 for the first.
        label: as written, e.g. "fib(3)".
        result: what it returned, short; empty for nothing.
        same: number of the first call with the same arguments: its own number for that one itself.
        enters, leaves: moments, from 0, when it begins and ends; each moment is one or the other.
        remembered: answered from a memo, so it made no calls of its own.
    """

    number: int
    parent: int
    label: str
    result: str
    same: int
    enters: int
    leaves: int
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class CallTree:
    """A real run of the recursion at a small size, to step through both ways."""

    size: int
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The count at one n: base-10 logarithm of it, and the time it takes at 10^9 a second, in words."""

    n: int
    value: str
    log10: float
    time: str


@dataclass(frozen=True, slots=True)
class Rank:
    """One function of a sorted list: `place` from 1, the same for the same class."""

    function: Formula
    growth: Formula
    place: int
    because: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Whether f is in `symbol`(g), with what shows it.

    Attributes:
        symbol: "O", "Ω", "Θ", "o" or "ω".
        holds: whether it does.
        witness: Markdown with $maths$: constants c and n_0 with which it holds, or what fails.
        constant, start: c and n_0 where there are such, checked at many n from n_0 on; else None.
    """

    symbol: str
    holds: bool
    witness: str
    constant: float | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All of it; what does not apply is empty or None.

    Attributes:
        theta: the class, of the worst case for code; None where there is none (alternating signs).
        closed: T(n), or the total of all lines' executions.
        where: for which n `closed` holds, e.g. "n = 2^k"; None: for all from `start` on.
        start: the smallest n that `closed` holds for.
        best: the class of the best case of code; None where it is that of the worst.
        assumption: what makes the best and the worst case, one sentence, or what was assumed.
        counts, calls: of code.
        recurrence: of recursive code, its recurrence as it may be typed into the other desk; else "".
        levels: the recursion tree of a divide-and-conquer recurrence.
        tree: the calls of recursive code.
        curves: to plot.
        rows: operations at n = 10, 100, 10^6.
        ranks: of a sorted list. relations: of two functions.
    """

    theta: Formula | None = None
    closed: Formula | None = None
    where: Formula | None = None
    start: int = 0
    best: Formula | None = None
    assumption: str = ""
    counts: tuple[LineCount, ...] = ()
    calls: tuple[Calls, ...] = ()
    recurrence: str = ""
    levels: Levels | None = None
    tree: CallTree | None = None
    curves: tuple[Curve, ...] = ()
    rows: tuple[Row, ...] = ()
    ranks: tuple[Rank, ...] = ()
    relations: tuple[Relation, ...] = ()
