"""Lanes: the layers and directions of a network, each with its state, gates and gradient, out of a snapshot.

Reads the names of `Snapshot.named` (`h_l2_reverse`, `encoder.h`) and knows nothing of models. Pure: no Qt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.snapshot import Snapshot

Array = NDArray[np.float64]
STATE = re.compile(r"(?P<part>\w+\.)?h(?P<suffix>(?:_l(?P<layer>\d+))?(?P<reverse>_reverse)?)")
ORDERS = ("figoc", "zrn")  # letters of the cells, in the order of their equations
PARTS = {"encoder.": "Encoder", "decoder.": "Decoder", "controller.": "Controller"}


@dataclass(frozen=True, slots=True)
class Lane:
    """One layer in one direction, in the order of time.

    Attributes:
        name: what it is called in `named`: "h_l2_reverse"; empty where a snapshot names no state.
        title: for the screen: "Layer 2, backwards".
        hidden, dh: [T, h].
        gates: letter -> [T, h].
        first: the state before its first step, "h" and "c" [1, h], as far as it is known.
        part: "encoder.", "decoder.", "controller." or "".
        reverse: it reads from the end.
    """

    name: str
    title: str
    hidden: Array
    dh: Array
    gates: Mapping[str, Array] = field(default_factory=dict)
    first: Mapping[str, Array] = field(default_factory=dict)
    part: str = ""
    reverse: bool = False


def lanes_of(shown: Snapshot) -> tuple[Lane, ...]:
    """All lanes, the one to look at first in front: the decoder, the highest layer, forward."""
    found = [match for name in shown.named if (match := STATE.fullmatch(name))]
    if not found:
        return (Lane("", "State", shown.hidden, shown.dh, shown.gates),)
    found.sort(key=_importance)
    return tuple(_lane(shown.named, match) for match in found)


def _importance(match: re.Match[str]) -> tuple[bool, bool, int]:
    return match["part"] == "encoder.", match["reverse"] is not None, -int(match["layer"] or 0)


def _lane(named: Mapping[str, Array], match: re.Match[str]) -> Lane:
    part, suffix = match["part"] or "", match["suffix"]
    hidden = named[match[0]]
    gates = next(
        (
            {letter: named[f"{part}{letter}{suffix}"] for letter in order}
            for order in ORDERS
            if all(f"{part}{letter}{suffix}" in named for letter in order)
        ),
        {},
    )
    return Lane(
        name=match[0],
        title=_title(match),
        hidden=hidden,
        dh=named.get(f"{part}dh{suffix}", np.zeros_like(hidden)),
        gates=gates,
        first={letter: named[n] for letter in "hc" if (n := f"{part}{letter}_0{suffix}") in named},
        part=part,
        reverse=match["reverse"] is not None,
    )


def _title(match: re.Match[str]) -> str:
    part = PARTS.get(match["part"] or "", "")
    layer = f"Layer {match['layer']}" if match["layer"] else ""
    way = "backwards" if match["reverse"] else "" if part or layer else "Forward"
    words = ", ".join(word for word in (part, layer, way) if word)
    return words[0].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Said:
    """What stands under the columns of a lane.

    Attributes:
        inputs: T labels of what was read.
        targets, predictions: T labels, or () for a lane that says nothing, as an encoder.
        certainty: [T] the probability of each prediction.
        asked: [T] where an output counts; None: everywhere.
    """

    inputs: tuple[str, ...]
    targets: tuple[str, ...] = ()
    predictions: tuple[str, ...] = ()
    certainty: Array = field(default_factory=lambda: np.empty(0))
    asked: NDArray[np.bool_] | None = None


def said_in(shown: Snapshot, lane: Lane) -> Said:
    """What the columns of `lane` read and say."""
    steps = len(lane.hidden)
    if lane.part == "encoder.":
        return Said(shown.inputs[:steps])
    inputs = shown.inputs if len(shown.inputs) == steps else _fed(shown, steps)
    return Said(inputs, shown.targets, shown.predictions, shown.outputs.max(axis=1, initial=0.0), shown.asked)


def _fed(shown: Snapshot, steps: int) -> tuple[str, ...]:
    """What a decoder read: the go sign, then what should have been said, or was."""
    fed = shown.named.get("fed")
    labels = ["<go>"]
    for t in range(1, steps):
        own = fed is not None and fed[t].argmax() != shown.wanted[t - 1].argmax()
        labels.append((shown.predictions if own else shown.targets)[t - 1])
    return tuple(labels)
