"""Where the calls of a recursion stand, as a tree or with the same calls merged. Pure: no Qt.

Units: 1 across is the room of one call, 1 down is one level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.symbolic.findings import Visit

TREE, MERGED = "tree", "dag"


@dataclass(frozen=True, slots=True)
class Node:
    """One call, or all the same ones: `visit` is the first of them; `group` colours it, -1 for no other."""

    visit: Visit
    x: float
    y: int
    group: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Who calls whom, by number of the visit; `times` how often; `levels` how far down."""

    caller: int
    called: int
    times: int
    levels: int


@dataclass(frozen=True, slots=True)
class CallLayout:
    """All of it; `across` and `down` are its size."""

    nodes: Mapping[int, Node]
    edges: tuple[Edge, ...]
    across: float
    down: int


def laid_out(visits: Sequence[Visit], kind: str) -> CallLayout:
    """The calls as TREE, or MERGED where the same call is one node."""
    return _merged(visits) if kind == MERGED else _tree(visits)


def groups(visits: Sequence[Visit]) -> dict[int, int]:
    """A colour number for each first call that comes again, in the order of the calls."""
    times = Counter(visit.same for visit in visits)
    again = [visit.number for visit in visits if visit.same == visit.number and times[visit.number] > 1]
    return {number: place for place, number in enumerate(again)}


def _tree(visits: Sequence[Visit]) -> CallLayout:
    """Calls that call nothing stand side by side; each caller over the middle of what it calls."""
    colours = groups(visits)
    children: dict[int, list[int]] = {visit.number: [] for visit in visits}
    depth: dict[int, int] = {}
    for visit in visits:  # callers come first
        depth[visit.number] = depth.get(visit.parent, -1) + 1
        if visit.parent in children:
            children[visit.parent].append(visit.number)
    x: dict[int, float] = {}
    leaves = 0
    for visit in sorted(visits, key=lambda visit: visit.leaves):  # who is called leaves first
        called = children[visit.number]
        if called:
            x[visit.number] = (x[called[0]] + x[called[-1]]) / 2
        else:
            x[visit.number] = leaves + 0.5
            leaves += 1
    nodes = {
        visit.number: Node(visit, x[visit.number], depth[visit.number], colours.get(visit.same, -1))
        for visit in visits
    }
    edges = tuple(Edge(v.parent, v.number, 1, 1) for v in visits if v.parent in nodes)
    return CallLayout(nodes, edges, max(1, leaves), max(depth.values(), default=0) + 1)


def _merged(visits: Sequence[Visit]) -> CallLayout:
    """Each call as far down as the longest way to it."""
    colours = groups(visits)
    first = {visit.number: visit.same for visit in visits}
    times = Counter((first[v.parent], v.same) for v in visits if v.parent in first)
    unlike = [pair for pair in times if pair[0] != pair[1]]
    depth = _longest_ways([visit.number for visit in visits if visit.same == visit.number], unlike)
    rows: dict[int, list[Visit]] = {}
    for visit in visits:
        if visit.same == visit.number:
            rows.setdefault(depth[visit.number], []).append(visit)
    widest = max((len(row) for row in rows.values()), default=1)
    edges = tuple(
        Edge(caller, called, times[caller, called], depth[called] - depth[caller])
        for caller, called in unlike
    )
    beside = bow(max((edge.levels for edge in edges), default=1))
    nodes = {
        visit.number: Node(
            visit, beside + (place + 0.5) * widest / len(row), level, colours.get(visit.number, -1)
        )
        for level, row in rows.items()
        for place, visit in enumerate(row)
    }
    return CallLayout(nodes, edges, widest + 2 * beside, max(rows, default=0) + 1)


def bow(levels: int) -> float:
    """How far beside the calls an edge over so many levels runs, so that it passes those between."""
    return min(2.0, 0.35 + 0.15 * levels) if levels > 1 else 0.0


def _longest_ways(calls: Sequence[int], edges: Sequence[tuple[int, int]]) -> dict[int, int]:
    """How far down each call is at most. A recursion that ends has no circles; we go no further than n."""
    depth = dict.fromkeys(calls, 0)
    for _ in calls:
        moved = False
        for caller, called in edges:
            if depth[called] <= depth[caller]:
                depth[called], moved = min(depth[caller] + 1, len(calls)), True
        if not moved:
            break
    return depth
