"""What the places and wires of a network are, in plain words, to read or to hear. Pure: no Qt."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.symbolic.report import Network, Place, Wire
from studyapp.widgets.numbers import SUBSCRIPTS

KINDS = {
    "input": "an input: what the network reads",
    "state": "a state: handed on from one time step to the next",
    "gate": "a gate: each of its numbers is between 0 and 1 and lets that much through",
    "sum": "a pre-activation: the weighted sum, before the nonlinearity",
    "output": "an output of the network",
    "loss": "the loss: how wrong the output is",
    "target": "a target: what the output should be",
    "parameter": "a parameter: learned, the same at all times",
}
NAMES = {  # places that their kind does not describe
    "g": "the candidate: what may be written, each number between −1 and 1",
    "n": "the candidate: the new state as it would be, each number between −1 and 1",
    "c": "the cell: handed on by a sum, so that gradients pass well",
    "alpha": "the attention weights: how much of each state is read; they add up to 1",
    "mu": "the mean", "var": "the variance", "sd": "the standard deviation",
    "eps": "a small number that keeps the root away from 0",
    "xhat": "the normalised input", "out": "the output: scaled by γ, moved by β",
}  # fmt: skip
SIGNS = {"yhat": "ŷ", "alpha": "α", "xhat": "x̂", "gamma": "γ", "beta": "β", "mu": "μ"}

_NUMBER = re.compile(r"_(?:\d+|\{\d+\})(?=$|\^)")  # the time in a place's LaTeX


def plain_key(key: str) -> str:
    """ "h@2" -> "h₂"; "a_f@2" -> "a_f at 2"."""
    name, _, time = key.partition("@")
    name = SIGNS.get(name, name)
    if not time:
        return name
    return f"{name} at {time}" if "_" in name or name[-1].isdigit() else name + time.translate(SUBSCRIPTS)


def with_any_t(network: Network) -> Network:
    """`network` with T written on the places of its last time, and T + 1 after it."""
    letters = {network.steps: "T", network.steps + 1: "T+1"}
    places = (
        replace(place, latex=_NUMBER.sub(f"_{{{letters[place.time]}}}", place.latex))
        if place.time in letters and place.key.endswith(f"@{place.time}")
        else place
        for place in network.places
    )
    return replace(network, places=tuple(places))


def place_words(place: Place, network: Network, letter: bool = False) -> str:
    """Its name, what it is, and when; `letter`: the last time is any T."""
    if letter and "@" in place.key and place.time == network.steps > 0:
        name = plain_key(place.key.partition("@")[0])
        return f"{name} at T: {NAMES.get(name) or KINDS.get(place.kind, place.kind)}, at the last step."
    when = f", at t = {place.time}" if 1 <= place.time <= network.steps and "@" in place.key else ""
    if place.kind == "state" and place.time == 0:
        when = ", before the first step"
    what = NAMES.get(place.key.partition("@")[0]) or KINDS.get(place.kind, place.kind)
    return f"{plain_key(place.key)}: {what}{when}."


def wire_words(wire: Wire) -> str:
    """What is computed from what."""
    return f"{plain_key(wire.target)} is computed from {plain_key(wire.source)}."
