"""From the calls of interpreted runs: what shrinks, by how much, and what one call does by itself.

The measure of a call's size is one argument, or the distance of two; it is one only if calls of
the same size do the same. All of it is read off runs, exactly; `recursion.py` says what follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from math import gcd, isqrt
from operator import itemgetter
from typing import Final

from engine.algorithms.call_profile import Entry

Measure = Callable[[tuple[int | None, ...]], int | None]
Children = tuple[int, ...]  # sizes, largest first
_NEEDED: Final = 4  # sizes that a rule has to hold at, at least


@dataclass(frozen=True, slots=True)
class Call:
    """What a call of one size does: whom it calls, and its own executions and built-in work.

    `cost` is None where that differs between calls of this size.
    """

    children: Children
    own: tuple[tuple[int, int], ...]  # (line, executions)
    cost: int | None


Table = dict[int, Call]


_ENDS: Final = {
    (first, last)
    for first in ("lo", "low", "left", "l", "start", "begin", "first", "i", "p")
    for last in ("hi", "high", "h", "right", "r", "end", "last", "j", "stop")
}


class NoMeasure(Exception):
    """No size explains what the calls do."""


@dataclass(frozen=True, slots=True)
class Sized:
    """A measure and the table that it gives, counted so that the first call has size n.

    `name` as code, e.g. "n", "len(arr)", "hi - lo + 1"; `roots`: how many calls come from outside, and
    how much smaller than n each is; `places`: the argument that it is, or the two whose difference it
    is, less `ahead`.
    """

    name: str
    table: Table
    roots: Children
    places: tuple[int, ...] = ()
    ahead: int = 0


def sized(runs: Mapping[int, Entry], names: Sequence[str], sequences: Sequence[bool]) -> Sized:
    """The plainest measure that works. `runs`: n -> the root of the run at that size.

    Raises:
        NoMeasure: calls of the same size do different things, or nothing gets smaller.
    """
    for name, places in _measures(names, sequences):
        table, roots = _table(runs, _measure(places))
        if table is not None and _shrinks(table) and _follows(roots):
            return _from_n(name, table, roots, places)
    raise NoMeasure


def _from_n(name: str, table: Table, roots: Mapping[int, Children], places: tuple[int, ...]) -> Sized:
    n, sizes = next(iter(roots.items()))
    ahead = sizes[0] - n
    moved = {
        size - ahead: Call(tuple(child - ahead for child in call.children), call.own, call.cost)
        for size, call in table.items()
    }
    more = f" {'-' if ahead > 0 else '+'} {abs(ahead)}" if ahead else ""
    return Sized(name + more, moved, tuple(size - n - ahead for size in sizes), places, ahead)


def _measures(names: Sequence[str], sequences: Sequence[bool]) -> Iterator[tuple[str, tuple[int, ...]]]:
    shown = [f"len({name})" if sequence else name for name, sequence in zip(names, sequences, strict=True)]
    ends = [(j, i) for i, first in enumerate(names) for j, last in enumerate(names) if (first, last) in _ENDS]
    for i, j in ends:
        yield f"{names[i]} - {names[j]}", (i, j)
    for k, name in enumerate(shown):
        yield name, (k,)
    for i, j in permutations(range(len(shown)), 2):
        yield f"{shown[i]} - {shown[j]}", (i, j)


def _measure(places: tuple[int, ...]) -> Measure:
    if len(places) == 1:
        return itemgetter(places[0])
    i, j = places

    def distance(sizes: tuple[int | None, ...]) -> int | None:
        first, second = sizes[i], sizes[j]
        return None if first is None or second is None else first - second

    return distance


def _table(runs: Mapping[int, Entry], measure: Measure) -> tuple[Table | None, dict[int, Children]]:
    table: Table = {}
    roots: dict[int, Children] = {}
    for n, root in runs.items():
        waiting = list(root.children)
        top = [measure(entry.sizes) for entry in waiting]
        if None in top or not top:
            return None, {}
        roots[n] = tuple(sorted((size for size in top if size is not None), reverse=True))
        while waiting:
            entry = waiting.pop()
            size, inner = measure(entry.sizes), [measure(child.sizes) for child in entry.children]
            if size is None or None in inner:
                return None, {}
            children = tuple(sorted((part for part in inner if part is not None), reverse=True))
            call = Call(children, tuple(sorted(entry.own.items())), entry.cost)
            known = table.setdefault(size, call)
            if (known.children, known.own) != (call.children, call.own):
                return None, {}
            if known.cost != call.cost:
                table[size] = replace(call, cost=None)
            waiting.extend(entry.children)
    return table, roots


def _shrinks(table: Table) -> bool:
    return all(child < size for size, call in table.items() for child in call.children)


def _follows(roots: Mapping[int, Children]) -> bool:
    """Whether the calls from outside are as large as n, up to a number."""
    apart = {tuple(size - n for size in sizes) for n, sizes in roots.items()}
    return len(apart) == 1


# --- how it shrinks ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """One child's size from its caller's s.

    `kind`: "minus" (s - number), "over" (floor((times * s + offset) / number)), "root" (of s, rounded
    down) or "fixed" (always `number`).
    """

    kind: str
    number: int = 0
    offset: int = 0
    times: int = 1

    def at(self, size: int) -> int:
        match self.kind:
            case "minus":
                return size - self.number
            case "over":
                return (self.times * size + self.offset) // self.number
            case "fixed":
                return self.number
        return isqrt(size)

    def text(self, n: str) -> str:
        """As it may be typed into a recurrence."""
        if self.kind == "minus":
            return f"{n}-{self.number}"
        if self.kind == "root":
            return f"floor(sqrt({n}))"
        whole = n if self.times == 1 else f"{self.times}{n}"
        if self.offset == 0:
            return f"floor({whole}/{self.number})"
        if self.offset == self.number - 1:
            return f"ceil({whole}/{self.number})"
        return f"floor(({whole}{self.offset:+d})/{self.number})"


@dataclass(frozen=True, slots=True)
class Shape:
    """How calls shrink from size `first` on.

    `rules` of the children where their number is the same; else `repeated`: as many children of
    size s - 1 as the size, plus this number; `history`: besides the children of size s - 1, one
    each of all the smaller sizes, this many times.
    """

    first: int
    rules: tuple[Rule, ...] = ()
    repeated: int | None = None
    history: int | None = None

    def gives(self, size: int, table: Table) -> bool:
        """Whether the call of this size in `table` makes the calls that it has to make."""
        children = table[size].children
        if self.repeated is not None:
            return children == (size - 1,) * (size + self.repeated)
        if self.history is None:
            return children == tuple(sorted((rule.at(size) for rule in self.rules), reverse=True))
        before = table.get(size - 1)
        if before is None:
            return True
        return Counter(children) == Counter(before.children) + Counter({size - 1: self.history})


def without_odd_steps(table: Table) -> Table:
    """The same calls where an odd size that only steps to s - 1 is taken together with that call.

    So the power by squaring that goes to n - 1 from an odd n halves at every size.
    """
    merged: Table = {}
    for size, call in table.items():
        below = table.get(size - 1)
        if size % 2 and call.children == (size - 1,) and below is not None and below.children:
            lines = Counter(dict(call.own)) + Counter(dict(below.own))
            cost = None if call.cost is None or below.cost is None else call.cost + below.cost
            merged[size] = Call(below.children, tuple(sorted(lines.items())), cost)
        else:
            merged[size] = call
    return merged


def shape(table: Table) -> Shape | None:
    """The shape, or None where no rule is seen; holds at every size in the table from `first` on."""
    inner = sorted(size for size, call in table.items() if call.children)
    for first in inner:
        sizes = [size for size in inner if size >= first]
        if len(sizes) < _NEEDED:
            return None
        if any(size >= first and not call.children for size, call in table.items()):
            continue
        found = _shape_from(table, sizes)
        if found is not None:
            return found
    return None


def _shape_from(table: Table, sizes: list[int]) -> Shape | None:
    counts = {len(table[size].children) for size in sizes}
    if len(counts) == 1:
        rules = [_rule([(size, table[size].children[k]) for size in sizes]) for k in range(counts.pop())]
        found = [rule for rule in rules if rule is not None]
        return Shape(sizes[0], tuple(found)) if len(found) == len(rules) else None
    more = {len(table[size].children) - size for size in sizes}
    if len(more) == 1 and all(set(table[size].children) == {size - 1} for size in sizes):
        return Shape(sizes[0], repeated=more.pop())
    steps = [
        Counter(table[size].children) - Counter(table[size - 1].children)
        for size in sizes
        if size - 1 in table and size > sizes[0]
    ]
    kept = all(
        not Counter(table[size - 1].children) - Counter(table[size].children)
        for size in sizes
        if size - 1 in table and size > sizes[0]
    )
    wanted = [size - 1 for size in sizes if size - 1 in table and size > sizes[0]]
    times = {step.total() for step in steps}
    if kept and len(times) == 1 and all(set(step) == {k} for step, k in zip(steps, wanted, strict=True)):
        return Shape(sizes[0] + 1, history=times.pop())
    return None


def _rule(pairs: list[tuple[int, int]]) -> Rule | None:
    """What turns each first number into its second."""
    candidates = [Rule("minus", pairs[-1][0] - pairs[-1][1])]
    candidates += [
        Rule("over", b, o) for b in range(2, 11) for o in (0, b - 1, *range(1, b - 1), *range(-b, 0))
    ]
    candidates.append(Rule("fixed", pairs[-1][1]))
    candidates += [
        Rule("over", b, o, a) for b in range(3, 11) for a in range(2, b) for o in (0, b - 1) if gcd(a, b) == 1
    ]
    candidates.append(Rule("root"))
    return next((rule for rule in candidates if all(rule.at(size) == child for size, child in pairs)), None)
