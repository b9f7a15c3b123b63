"""The network as a picture, read off its program, and what of it a line of a derivation talks about.

Unrolled through time, or, where there is no time, what follows from what from left to right.
Window-safe. Knows no pixels: which columns of a long network are shown is the painter's choice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from engine.derivations.catalogue import cleaned, has_steps
from engine.derivations.network_folds import Key, drawn, drawn_wires, text
from engine.derivations.programs import told
from engine.symbolic.jobs import GradientJob
from engine.symbolic.report import Network, Place, Wire
from engine.tape.index import at
from engine.tape.latex import latex
from engine.tape.makers import var
from engine.tape.nodes import Beside, Hadamard, MatMul, Node, Sum, Var
from engine.tape.program import Definition, Program
from engine.tape.walk import children, variables, walk

# what is drawn of each model, and how high
_ROWS: Mapping[str, Mapping[str, float]] = {
    "rnn": {"x": 0, "a": 1, "h": 2, "yhat": 3, "y": 3, "L": 4},
    "lstm": {"x": 0, "f": 1, "i": 1, "g": 1, "o": 1, "c": 2, "h": 3, "yhat": 4, "y": 4, "L": 5},
    "gru": {"x": 0, "r": 1, "z": 1, "n": 2, "h": 3, "yhat": 4, "y": 4, "L": 5},
    "birnn": {"x": 0, "a": 1, "a_rev": 1, "h": 2, "h_rev": 2, "yhat": 3, "y": 3, "L": 4},
    "layers": {"x": 0, "h1": 1, "h2": 2, "yhat": 3, "y": 3, "L": 4},
    "attention": {"x": 0, "a": 1, "h": 2, "d": 2, "alpha": 3, "c": 4, "d1": 5, "yhat": 6, "y": 6, "L": 7},
}
_KINDS = {
    "preactivation": "sum",
    "gate": "gate",
    "candidate": "gate",
    "attention-weights": "gate",
    "output": "output",
    "softmax": "output",
    "squared-error": "loss",
    "cross-entropy": "loss",
}  # all others are states


def network(job: GradientJob, steps: int) -> Network:
    """The picture of a job's network with T = `steps` columns; of a model without time, with steps 0."""
    return _pictured(replace(cleaned(job), seed=1, given=None), steps)  # the numbers are not in it


@lru_cache(maxsize=32)
def _pictured(job: GradientJob, steps: int) -> Network:
    return _unrolled(told(job), job.model, steps) if has_steps(job) else _data_flow(told(job))


# --- through time ---


def _unrolled(made: Program, model: str, steps: int) -> Network:
    rows = _ROWS[model]
    after = steps + (model == "attention")  # where that stands which comes after all steps
    places: dict[Key, Place] = {}
    for this, kind in _quantities(made, steps):
        key = _key(this)
        if this.name in rows and not (key == ("L", None) and ("L", 1) in places):
            time = after if key[1] is None or this.name == "d" else key[1]
            places[key] = Place(text(key), latex(this), time, rows[this.name], kind)
    return Network(steps, tuple(places.values()), _wires(made, steps, places))


def _quantities(made: Program, steps: int) -> Iterator[tuple[Var, str]]:
    """Every quantity at every time, what is given first, each with the kind of its place."""
    letters = {"T": steps}
    for start in made.starts:
        yield _at(start, letters), "state"
    for given, kind in ((made.inputs, "input"), (made.targets, "target")):
        for leaf in given:
            times = range(1, steps + 1) if leaf.at else (0,)
            yield from ((_at(leaf, {"t": n}), kind) for n in times)
    for definition, found in _instances(made, steps):
        yield _at(definition.var, found), _KINDS.get(definition.kind, "state")


def _instances(made: Program, steps: int) -> Iterator[tuple[Definition, dict[str, int]]]:
    """Every definition with what its letters are, once for each time of its span."""
    for definition, span in made.definitions():
        for n in span.times({"T": steps}) if span else (0,):
            yield definition, {"T": steps, "t": n}


def _wires(made: Program, steps: int, places: Mapping[Key, Place]) -> tuple[Wire, ...]:
    """What leads from place to place; on a wire stands the weight that it was multiplied with."""
    weights: dict[tuple[Key, Key], str] = {}
    read: dict[Node, list[tuple[Var, str, Sum | Beside | None]]] = {}  # by what is computed from it
    for definition, letters in _instances(made, steps):
        value, target = definition.value, _key(_at(definition.var, letters))
        if value not in read:
            leaves = variables(value)
            read[value] = [(leaf, _weight(value, leaf, made), _over(value, leaf)) for leaf in leaves]
        for leaf, weight, over in read[value]:
            for source in _sources(leaf, over, letters):
                for ends in drawn_wires(source, target, steps):
                    if ends[0] in places and ends[1] in places:
                        weights[ends] = weight
    return tuple(Wire(text(source), text(target), weight) for (source, target), weight in weights.items())


def _over(value: Node, leaf: Var) -> Sum | Beside | None:
    """What goes through all times of `leaf`."""
    for over in walk(value):
        if isinstance(over, Sum | Beside) and leaf.at and leaf.at.base == over.index:
            return over
    return None


def _sources(leaf: Var, over: Sum | Beside | None, letters: Mapping[str, int]) -> Iterator[Key]:
    """The quantities that `leaf` stands for: several, where it is under a sum or beside its like."""
    if over is None:
        yield _key(_at(leaf, letters))
        return
    for n in range(over.low.number(letters), over.high.number(letters) + 1):
        yield _key(_at(leaf, {over.index: n}))


def _weight(value: Node, leaf: Var, made: Program) -> str:
    """LaTeX of the parameter that `leaf` is multiplied with; empty where there is none."""
    for product in walk(value):
        if isinstance(product, MatMul | Hadamard) and leaf in children(product):
            return next((latex(one) for one in children(product) if one in made.parameters), "")
    return ""


def _at(leaf: Var, letters: Mapping[str, int]) -> Var:
    return leaf if leaf.at is None else var(leaf.name, leaf.shape, at(leaf.at.number(letters)))


def _key(leaf: Var) -> Key:
    return leaf.name, None if leaf.at is None else leaf.at.shift


# --- without time ---


def _data_flow(made: Program) -> Network:
    """What is computed stands one column to the right of all that it is computed from."""
    columns: dict[str, int] = {}
    wires = []
    for definition, _ in made.definitions():
        sources = [leaf.name for leaf in variables(definition.value)]
        column = 1 + max((columns[name] for name in sources if name in columns), default=0)
        for name in sources:
            columns.setdefault(name, column - 1)
            wires.append(Wire(name, definition.var.name))
        columns[definition.var.name] = column
    return Network(0, tuple(_in_columns(made, columns)), tuple(wires))


def _in_columns(made: Program, columns: Mapping[str, int]) -> Iterator[Place]:
    """What is computed low, what is given above it."""
    shown = [(definition.var, _KINDS.get(definition.kind, "state")) for definition, _ in made.definitions()]
    for given, kind in ((made.inputs, "input"), (made.parameters, "parameter"), (made.targets, "target")):
        shown += [(leaf, kind) for leaf in given]
    filled: Counter[int] = Counter()
    for leaf, kind in shown:
        column = columns[leaf.name]
        yield Place(leaf.name, latex(leaf), column, filled[column], kind)
        filled[column] += 1


# --- what a line talks about ---

_TIME = re.compile(r"(t|T|)([+-]?\d+)?")


def lit(path: Iterable[str], t: int, T: int) -> frozenset[str]:
    """Keys of the places and wires that a line's path means, with numbers for times, at the time `t`.

    "*", and any letter but t and T, means all times. What is not drawn by itself lights what stands for
    it. Some keys may not be in the picture: the same path is right for several networks.
    """
    found: set[str] = set()
    for one in path:
        source, _, target = one.partition(">")
        starts = _resolved(source, t, T)
        if not target:
            found.update(text(place) for key in starts for place in drawn(key, T))
        elif one == "L@*>L":  # their sum, which is not drawn
            found.update(text(key) for key in starts)
        else:
            pairs = ((start, end) for start in starts for end in _resolved(target, t, T))
            near = (ends for ends in pairs if _near(*ends))
            found.update(f"{text(a)}>{text(b)}" for ends in near for a, b in drawn_wires(*ends, T))
    return frozenset(found)


def _resolved(place: str, t: int, T: int) -> list[Key]:
    """ "h@t-1" -> [("h", t - 1)]; of all times, 1 .. T."""
    name, _, time = place.partition("@")
    if not time:
        return [(name, None)]
    match = _TIME.fullmatch(time)
    if match is None:
        return [(name, n) for n in range(1, T + 1)]
    letter, shift = match.groups()
    return [(name, {"t": t, "T": T, "": 0}[letter] + int(shift or 0))]


def _near(source: Key, target: Key) -> bool:
    """Wires lead over one step of time at most, or from or to what has none."""
    return source[1] is None or target[1] is None or abs(source[1] - target[1]) <= 1
