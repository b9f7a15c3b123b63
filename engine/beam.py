"""Beam search, with the whole tree of what it looked at.

At each step every sequence in the beam is continued by every symbol, and the `width` best of all
of these are kept. A sequence that ends keeps its place in the beam and is compared with the rest
by its score. Knows of the network only that it can be fed one symbol at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.errors import ConfigError
from engine.models.model import Stepper
from engine.sampling import fed, log_probabilities, opening, read
from engine.snapshot import Array

MAX_WIDTH = 64
MAX_LENGTH = 200
MAX_NODES = 200_000  # 64 wide over 60 symbols: 52 steps

LENGTHS = (
    ("none", "ln p of the whole: short ones win"),
    ("mean", "ln p divided by the number of symbols"),
    ("gnmt", "ln p divided by ((5 + n) / 6)^0.6 (Wu et al. 2016, eq. 14)"),
)
_DIVISORS: dict[str, Callable[[int], float]] = {
    "none": lambda _n: 1.0,
    "mean": float,
    "gnmt": lambda n: ((5 + n) / 6) ** 0.6,
}


@dataclass(frozen=True, slots=True)
class Node:
    """One symbol that was considered.

    Attributes:
        parent: its place in the tree's nodes; -1 for the first symbols.
        depth: which symbol of its sequence it is, 1, 2, ...; also the step that considered it.
        place, symbol: which symbol.
        log_p: ln p of the symbol after the ones before it.
        total: ln p of the sequence that ends here.
        score: total divided as the length normalisation says; what is compared.
        finished: it is the end sign.
        kept: it was among the best of its step.
        pruned: the step that gave up the last sequence through it; 0: one lives to the end.
    """

    parent: int
    depth: int
    place: int
    symbol: str
    log_p: float
    total: float
    score: float
    finished: bool
    kept: bool = False
    pruned: int = 0


@dataclass(frozen=True, slots=True)
class Beam:
    """What a search found.

    Attributes:
        nodes: the tree, parents before children.
        leaves: the last nodes of the sequences that are left, best score first.
        joint: what stands between two symbols.
    """

    nodes: tuple[Node, ...]
    leaves: tuple[int, ...]
    joint: str

    def path(self, leaf: int) -> tuple[int, ...]:
        """The nodes from the first symbol to `leaf`."""
        found = []
        while leaf >= 0:
            found.append(leaf)
            leaf = self.nodes[leaf].parent
        return tuple(reversed(found))

    def text(self, leaf: int) -> str:
        """The symbols of a path as text, without the end sign."""
        path = (self.nodes[number] for number in self.path(leaf))
        return self.joint.join(node.symbol for node in path if not node.finished)


def search(
    stepper: Stepper,
    symbols: Sequence[str],
    joint: str,
    *,
    width: int,
    length: int,
    lengths: str = "none",
    end: int | None = None,
    prompt: str = "",
    opened: Sequence[int] = (),
) -> Beam:
    """The best sequences of up to `length` symbols that a beam of `width` finds.

    Starts as `sampling.write` does, or having read the places `opened`: a decoder's GO. `lengths` is
    one of `LENGTHS`: how sequences of unequal length are compared. `end` is the place of the symbol
    that ends a sequence; without one all are of `length` symbols. Width 1 is the greedy text. Of
    equals, the one considered first is kept.

    Raises:
        ConfigError: width, length, `lengths` or end out of bounds.
        TaskError: an unknown symbol in the prompt, or outputs that are no longer numbers.
    """
    check(width, length, lengths, end, len(symbols))
    state, z = read(stepper, opened or opening(symbols, joint, prompt))
    tree = _Tree(tuple(symbols), end, _DIVISORS[lengths])
    beam = [_Sequence(-1, 0.0, state, log_probabilities(z))]
    for depth in range(1, length + 1):
        if not any(sequence.open for sequence in beam):
            break
        chosen = tree.grow(beam, depth, width)
        beam = [tree.followed(stepper, beam, leaf) for leaf in chosen]
    leaves = tuple(sequence.leaf for sequence in beam)
    return Beam(tree.judged(leaves), leaves, joint)


def check(width: int, length: int, lengths: str, end: int | None, symbols: int) -> None:
    """ConfigError, naming each that is out of bounds; `search` asks this first."""
    problems = []
    if not 1 <= width <= MAX_WIDTH:
        problems.append(f"The beam's width is {width}; it must be from 1 to {MAX_WIDTH}.")
    if not 1 <= length <= MAX_LENGTH:
        problems.append(f"The length is {length}; it must be from 1 to {MAX_LENGTH} symbols.")
    if lengths not in _DIVISORS:
        problems.append(f"The length normalisation is {lengths!r}; it must be one of {', '.join(_DIVISORS)}.")
    if end is not None and not 0 <= end < symbols:
        problems.append(f"The end sign is symbol {end}; it must be from 0 to {symbols - 1}, or none.")
    if not problems and width * length * symbols > MAX_NODES:
        problems.append(
            f"A beam {width} wide over {symbols} symbols and {length} steps looks at up to "
            f"{width * length * symbols:,} continuations; {MAX_NODES:,} is the most. "
            "Make it narrower or shorter."
        )
    if problems:
        raise ConfigError(tuple(problems))


@dataclass(frozen=True, slots=True)
class _Sequence:
    """One sequence in the beam, by its last node; -1 is the empty one. `logs` is None once it has ended."""

    leaf: int
    total: float
    state: tuple[Array, ...]
    logs: Array | None

    @property
    def open(self) -> bool:
        return self.logs is not None


class _Tree:
    """The nodes while they grow."""

    def __init__(self, symbols: tuple[str, ...], end: int | None, divisor: Callable[[int], float]) -> None:
        self.symbols, self.end, self.divisor = symbols, end, divisor
        self.nodes: list[Node] = []
        self.lost: dict[int, int] = {}  # leaf -> the step that gave it up

    def grow(self, beam: Sequence[_Sequence], depth: int, width: int) -> list[int]:
        """Continue what is open by every symbol; the leaves of the `width` best, best first."""
        rivals = [sequence.leaf for sequence in beam if not sequence.open]
        for sequence in beam:
            if sequence.logs is not None:
                rivals.extend(self._continued(sequence.leaf, sequence.total, sequence.logs, depth))
        rivals.sort(key=lambda number: (-self.nodes[number].score, number))
        for number in rivals[:width]:
            self.nodes[number] = replace(self.nodes[number], kept=True)
        self.lost |= dict.fromkeys(rivals[width:], depth)
        return rivals[:width]

    def followed(self, stepper: Stepper, beam: Sequence[_Sequence], leaf: int) -> _Sequence:
        """The sequence that ends in `leaf`; its symbol is fed, unless it is the end sign."""
        node = self.nodes[leaf]
        if node.finished:
            return _Sequence(leaf, node.total, (), None)
        before = next(sequence for sequence in beam if sequence.leaf == node.parent)
        state, z = fed(stepper, before.state, node.place)
        return _Sequence(leaf, node.total, state, log_probabilities(z))

    def judged(self, leaves: Sequence[int]) -> tuple[Node, ...]:
        """All nodes, each with the step that pruned it: the last of its children's, 0 if a leaf lives on."""
        never = MAX_LENGTH + 1
        until = [self.lost.get(number, 0) for number in range(len(self.nodes))]
        for leaf in leaves:
            until[leaf] = never
        for number in reversed(range(len(self.nodes))):
            parent = self.nodes[number].parent
            if parent >= 0:
                until[parent] = max(until[parent], until[number])
        pairs = zip(self.nodes, until, strict=True)
        return tuple(node if step == never else replace(node, pruned=step) for node, step in pairs)

    def _continued(self, parent: int, total: float, logs: Array, depth: int) -> range:
        """The new nodes under `parent`, one for each symbol."""
        first = len(self.nodes)
        divisor = self.divisor(depth)
        for place, log_p in enumerate(logs.tolist()):
            whole = total + log_p
            ended = place == self.end
            symbol = self.symbols[place]
            self.nodes.append(Node(parent, depth, place, symbol, log_p, whole, whole / divisor, ended))
        return range(first, len(self.nodes))
