"""A line of a family that needs itself: what does not wait for that is computed for all times at once.

Of dL/dh_t = W_oᵀ dL/ds_t + W_hᵀ δ_{t+1} only the last product has to be found time by time. Knows no
network; whether a slope is waited for is told by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from engine.derivations.steps import Step
from engine.tape.nodes import Beside, Node, Prod, Slope, Sum, Var
from engine.tape.numbers import Array, Letters, Values, evaluator
from engine.tape.walk import children, walk

Waits = Callable[[Var | Slope], bool]


class Waiting:
    """One line, with the letters of all its times."""

    def __init__(
        self, step: Step, moments: Sequence[Mapping[str, int]], values: Values, waits: Waits
    ) -> None:
        self._step, self._values = step, values
        self._moments = {tuple(letters.values()): place for place, letters in enumerate(moments)}
        value = evaluator(values, abreast(moments))
        self._parts = {node: value(node) for node in _settled(step.after, waits)}

    def at(self, letters: Mapping[str, int]) -> Array:
        """What the line says then, [points, 1, r, c]."""
        place = self._moments[tuple(letters.values())]
        known = {
            node: part if part.shape[-3] == 1 else part[..., place : place + 1, :, :]
            for node, part in self._parts.items()
        }
        return evaluator(self._values, letters, known)(self._step.after)


def abreast(moments: Sequence[Mapping[str, int]]) -> Letters:
    """The letters of all moments at once."""
    return {letter: np.array([letters[letter] for letters in moments]) for letter in moments[0]}


def _settled(node: Node, waits: Waits) -> Iterator[Node]:
    """The largest parts without anything that is waited for; not those under a sum, which have its letter."""
    if not any(isinstance(leaf, Var | Slope) and waits(leaf) for leaf in walk(node)):
        yield node
    elif not isinstance(node, Sum | Prod | Beside):
        for part in children(node):
            yield from _settled(part, waits)
