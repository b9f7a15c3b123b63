"""Which variables are not drawn by themselves in the picture of a network, and which places stand for them.

A gate's pre-activation is part of the gate, an output's weighted sum part of the output. What is only
put together, [h_{t-1}; x_t] or [h_1 .. h_T], is where its parts are. Knows names and times, no trees.
"""

from __future__ import annotations

from collections.abc import Iterator

Key = tuple[str, int | None]  # a name, and its time

_BECOMES = {
    "a_f": "f", "a_i": "i", "a_g": "g", "a_o": "o", "m": "h",
    "a_z": "z", "a_r": "r", "a_n": "n", "q": "n",
    "a1": "h1", "a2": "h2",
    "K": "alpha", "e": "alpha", "a_d": "d1",
    "s": "yhat",
}  # fmt: skip
_READS_JOINED = ("f", "i", "g", "o")


def drawn(key: Key, steps: int) -> Iterator[Key]:
    """The places that stand for a variable; one that is not drawn in this network does no harm."""
    name, time = key
    if name == "v" and time is not None:
        yield from (("h", time - 1), ("x", time))
    elif name == "H":
        yield from (("h", n) for n in range(1, steps + 1))
    elif key == ("s", None):  # a given s is drawn, one that is computed is part of the output
        yield from (key, ("yhat", None))
    elif name in _BECOMES:
        yield _BECOMES[name], time
    else:
        yield key


def drawn_wires(source: Key, target: Key, steps: int) -> Iterator[tuple[Key, Key]]:
    """The wires that stand for one; none inside of a place."""
    if target[0] == "v" and target[1] is not None:
        targets: list[Key] = [(gate, target[1]) for gate in _READS_JOINED]
    elif target[0] == "H":
        targets = []
    else:
        targets = list(drawn(target, steps))
    for start in drawn(source, steps):
        yield from ((start, end) for end in targets if end != start)


def text(key: Key) -> str:
    """ "h@2", or "L"."""
    return key[0] if key[1] is None else f"{key[0]}@{key[1]}"
