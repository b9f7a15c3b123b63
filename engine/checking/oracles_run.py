"""One run of an oracle: reads what is given, keeps what is made; and the functions of single numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]  # of floats, or of complex numbers while something is nudged
Nudge = Callable[[str, int | None, Array], Array]
Keep = Callable[[str, Array], Array]  # name and value -> value as it is used
Cut = Callable[[str, int, Array], Array]


def together(over_time: Sequence[Array]) -> Array:
    """Matrices of several times as one array, [..., T, r, c]; leading axes broadcast."""
    return np.stack(np.broadcast_arrays(*over_time), axis=-3)


def as_made(_name: str, _time: int | None, value: Array) -> Array:
    return value


def real_part(_name: str, _time: int, state: Array) -> Array:
    return state.real


class Run:
    """What is given, and what has been made so far."""

    def __init__(self, given: Mapping[str, Array], nudge: Nudge, cut: Cut, window: int) -> None:
        self._given, self._nudge, self._cut, self._window = given, nudge, cut, window
        self._made: dict[str, dict[int | None, Array]] = {}

    @property
    def steps(self) -> int:
        """T, of a model with time."""
        return int(self._given["x"].shape[-3]) - 2

    def read(self, name: str, time: int | None = None) -> Array:
        """A parameter, input, target or start."""
        given = self._given[name]
        return self.keep(name, time, given if time is None else given[..., time, :, :])

    def reads(self, *names: str) -> tuple[Array, ...]:
        """Several without a time."""
        return tuple(self.read(name) for name in names)

    def keep(self, name: str, time: int | None, value: Array) -> Array:
        """`value`, nudged if it is to be, remembered under its name and time."""
        value = self._nudge(name, time, value)
        self._made.setdefault(name, {})[time] = value
        return value

    def reads_all(self, name: str) -> Array:
        """An input or target at 1 .. T, [..., T, r, c]."""
        return self.keeps_all(name, self._given[name][..., 1:-1, :, :])

    def keeps(self, name: str, value: Array) -> Array:
        """As `keep`, of what has no time."""
        return self.keep(name, None, value)

    def keeps_all(self, name: str, values: Array) -> Array:
        """As `keep`, of what does not wait for an earlier step: at 1 .. T at once, [..., T, r, c]."""
        each = [values[..., step, :, :] for step in range(self.steps)]
        kept = [self.keep(name, time, value) for time, value in enumerate(each, start=1)]
        return values if all(a is b for a, b in zip(each, kept, strict=True)) else together(kept)

    def handed(self, name: str, time: int, state: Array) -> Array:
        """A state as the next step gets it: truncated BPTT cuts after times that its window divides."""
        cuts = self._window and time and time % self._window == 0
        return self._cut(name, time, state) if cuts else state

    def arrays(self, only: Collection[str] | None = None) -> dict[str, Array]:
        """Everything, or what has one of the names `only`, in the layout of `oracles`."""
        found = {}
        for name, by_time in self._made.items():
            if only is not None and name not in only:
                continue
            if None in by_time:
                found[name] = by_time[None]
            timed = {time: value for time, value in by_time.items() if time is not None}
            if timed:
                found["L_t" if name == "L" else name] = self._over_time(timed)
        return found

    def _over_time(self, by_time: Mapping[int, Array]) -> Array:
        *leading, rows, columns = np.broadcast_shapes(*{value.shape for value in by_time.values()})
        kind = np.result_type(*{value.dtype for value in by_time.values()})
        whole = np.full((*leading, self.steps + 2, rows, columns), np.nan, kind)
        whole[..., list(by_time), :, :] = together(list(by_time.values()))
        return whole


# --- functions of single numbers, complex ones included ---


def tanh(a: Array) -> Array:
    """(tanh x + i tan y) / (1 + i tanh x tan y) at x + i y: NumPy's own takes 3 times as long."""
    if not np.iscomplexobj(a):
        return np.tanh(a)
    t, s = np.tanh(a.real), np.tan(a.imag)
    below = 1 + (t * s) ** 2
    found = np.empty(a.shape, complex)
    found.real, found.imag = t * (1 + s * s) / below, s * (1 - t * t) / below
    return found


def sigmoid(a: Array) -> Array:
    found: Array = 0.5 + 0.5 * tanh(0.5 * a)  # cannot overflow
    return found


def relu(a: Array) -> Array:
    return np.where(a.real > 0, a, 0)


def identity(a: Array) -> Array:
    return a


ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = {
    "tanh": tanh,
    "sigmoid": sigmoid,
    "relu": relu,
    "identity": identity,
}


def softmax(s: Array) -> Array:
    """Of a column; the largest is taken off first, which changes nothing but overflow."""
    powers = np.exp(s - s.real.max(axis=-2, keepdims=True))
    shares: Array = powers / powers.sum(axis=-2, keepdims=True)
    return shares


def squares(column: Array) -> Array:
    """The sum of all squares, [..., 1, 1]; of complex numbers too, without their absolute value."""
    total: Array = (column * column).sum(axis=(-2, -1), keepdims=True)
    return total
