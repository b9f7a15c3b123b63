"""Any one sign, transpose, index or letter changed in the passes by hand, and the gradient check fails.

`pytest -s` on this file prints how many mutants there are of each function.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from cell_cases import VARIANTS, Case, Stack, distance
from mutants import Mutant, mutants_of

from engine.nets import Spec

_SIZES = {"T": 5, "B": 4, "d": 2, "h": 6, "k": 3}
_BY_CELL = {
    name: [Case(spec, **_SIZES) for spec in VARIANTS if spec.cell == name] for name in ("rnn", "lstm", "gru")
}
_ONE_BIAS = [Case(Spec(name, norm="layer"), **_SIZES, biases="one") for name in ("rnn", "lstm", "gru")]
_OTHERS = [
    dataclasses.replace(_BY_CELL["lstm"][0], window=2),
    dataclasses.replace(_BY_CELL["lstm"][0], from_zeros=True),
    dataclasses.replace(_ONE_BIAS[2], B=1),
]
_CELLS = [*_BY_CELL["rnn"], *_BY_CELL["lstm"], *_BY_CELL["gru"], *_ONE_BIAS, *_OTHERS]
_STACKS = [
    Stack(Spec("gru", layers=3)),
    Stack(Spec("lstm", layers=3, residual=True, both=True)),
    Stack(Spec("lstm", layers=2)),
    Stack(Spec("rnn", both=True)),
    Stack(Spec("rnn", layers=2), masked=False),
    Stack(Spec("lstm", layers=2, residual=True)),
]
CHECKED: dict[str, Sequence[Case | Stack]] = {
    "engine.cells.arithmetic": _CELLS,
    "engine.cells.norms": _CELLS,
    "engine.cells.entry": _CELLS,
    "engine.cells.rnn": _BY_CELL["rnn"] + _ONE_BIAS,
    "engine.cells.lstm": _BY_CELL["lstm"] + _ONE_BIAS,
    "engine.cells.gru": _BY_CELL["gru"] + _ONE_BIAS,
    "engine.bptt": _CELLS,
    "engine.uses": [*_CELLS, *_STACKS],
    "engine.models.layers": _STACKS,
}
NOT_ARITHMETIC = (
    "Rnn.extras",  # names and shapes: test_cells has them word for word
    "Lstm.extras",
    "Gru.extras",
    "Layers.shapes",
    "named_of",  # what a screen is shown: test_recurrent
    "Uses.only",  # a choice of names: test_itemised
)
EQUIVALENT = {
    "rewind: run.steps[-1].after": "zeros like the state, and the state has the same shape at every step",
    "rewind: back[0].extra": "the names of the extras, and they are the same at every step",
}


def check(cases: Sequence[Case | Stack]) -> None:
    """The gradient check; anything raised means that something is wrong."""
    with np.errstate(all="ignore"):
        for case in cases:
            assert distance(case.by_hand(), case.by_autograd()) < 1e-8


def equivalent(mutant: Mutant) -> bool:
    """Whether `EQUIVALENT` names it: the changed piece of code is all that differs."""
    for named in EQUIVALENT:
        function, piece = named.split(": ")
        if mutant.function == function and mutant.was.count(piece) > mutant.now.count(piece):
            return True
    return False


@pytest.mark.parametrize("module", CHECKED)
def test_no_mutant_goes_unnoticed(module: str) -> None:
    cases = CHECKED[module]
    check(cases)
    found = mutants_of(module, NOT_ARITHMETIC)
    assert len(found) > 15, "too few to be all"
    print(f"\n{module}: {len(found)}", *Counter(m.function for m in found).items())
    unnoticed = [m for m in found if not (equivalent(m) or m.noticed(lambda: check(cases)))]
    assert not unnoticed, "\n".join(map(str, unnoticed))
    check(cases)
