"""How many parameters a network has: with one bias a gate, as books count, and with two, as PyTorch does.

Read off the program, and held against the arrays of the engine's own networks.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from engine.cells import cell_of
from engine.counting.multiplications import entries
from engine.counting.polynomial import NONE, Polynomial, added, latex, number
from engine.derivations.network_folds import drawn
from engine.models.layers import Layers
from engine.symbolic.jobs import GradientJob
from engine.symbolic.report import Check, Cost
from engine.tape.nodes import Var
from engine.tape.program import Program
from engine.tape.walk import variables

_CELLS = {"rnn": "rnn", "lstm": "lstm", "gru": "gru", "birnn": "rnn", "layers": "rnn"}
_ONE, _TWO = "Parameters, one bias (books)", "Parameters, two biases (PyTorch)"


def parameter_counts(job: GradientJob, made: Program, sizes: Mapping[str, int]) -> Iterator[Cost]:
    """A Cost for each way to count that differs; none for a model without parameters."""
    groups = _groups(made)
    here = [_entries(group) for group in groups.values()]
    if job.model not in _CELLS:
        if here:
            yield _cost("Parameters", here, _in_arrays(made, sizes), sizes, "the arrays of this derivation")
        return
    by_biases = {many: [_with(group, many, place) for place, group in groups.items()] for many in (1, 2)}
    layers = "the arrays of the engine's own layers"
    yield _cost(_ONE, by_biases[1], _in_layers(job, "one", sizes), sizes, layers)
    if here != by_biases[1]:
        besides = added(here) - added(by_biases[1])
        as_here, arrays = "Parameters as written here, with c_n", "the arrays of this derivation"
        yield _cost(as_here, [*by_biases[1], besides], _in_arrays(made, sizes), sizes, arrays)
    yield _cost(_TWO, by_biases[2], _in_layers(job, "two", sizes), sizes, layers)


def _groups(made: Program) -> dict[str, list[Var]]:
    """Parameters by what they are for: a gate, a state, the output."""
    groups: dict[str, list[Var]] = {}
    for definition, _ in made.definitions():
        place = [name for name, _ in drawn((definition.var.name, None), 1)][-1]
        found = [leaf for leaf in variables(definition.value) if leaf in made.parameters]
        if found:
            groups.setdefault(place, []).extend(found)
    return groups


def _entries(leaves: Iterable[Var]) -> Polynomial:
    return added(entries(leaf.shape) for leaf in leaves)


def _with(group: list[Var], biases: int, place: str) -> Polynomial:
    """With so many biases instead of its own; an output has one everywhere."""
    own = [leaf for leaf in group if leaf.name.startswith("b_") or leaf.name == "c_n"]
    if place == "yhat":
        return _entries(group)
    return _entries(group) + _entries(own[:1]) * number(biases - len(own))


def _cost(name: str, groups: list[Polynomial], counted: int, sizes: Mapping[str, int], what: str) -> Cost:
    value = added(groups).at(sizes)
    check = Check(f"{counted:,} numbers in {what}", 1, abs(value - counted) / counted, value == counted)
    return Cost(name, _grouped(groups), value, "", check)


def _grouped(groups: list[Polynomial]) -> str:
    """4(dh + h^2 + h) + hk + k: equal groups once, with how many there are."""
    several = Counter(latex(group) for group in groups)
    alone = added(group for group in groups if several[latex(group)] == 1)
    parts = [rf"{many}\left({group}\right)" for group, many in several.items() if many > 1]
    return " + ".join([*parts, *([latex(alone)] if alone != NONE else [])])


def _in_arrays(made: Program, sizes: Mapping[str, int]) -> int:
    return sum(math.prod(entries((size, "1")).at(sizes) for size in leaf.shape) for leaf in made.parameters)


def _in_layers(job: GradientJob, biases: str, sizes: Mapping[str, int]) -> int:
    """In layers of the engine for the same sizes, and an output layer."""
    h, d, k = (1, 1, 1) if job.scalar else (sizes[letter] for letter in "hdk")
    both, many = job.model == "birnn", 2 if job.model == "layers" else 1
    layers = Layers(cell_of(_CELLS[job.model]), h, many, both)
    return sum(map(math.prod, layers.shapes(d, biases).values())) + layers.width * k + k
