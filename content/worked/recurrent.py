"""One step of each recurrent cell and the sizes of their weights, for the numbers in notes.

All of it comes from the engine's own cells. Vectors are columns, weights have the shape (units, inputs),
and where W stands alone it acts on [h, x], the state on top of the input. Units may be given by plain
numbers, one unit and one input; then numbers come back in place of vectors. Knows no texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.cells import Cell, Step

    Numbers = NDArray[np.float64]

Value = Any  # a number, or what NumPy takes for an array; results are numbers and arrays


def rnn_step(W_x: Value, W_h: Value, b: Value, x: Value, h: Value) -> Value:
    """h_t = tanh(W_x x + W_h h + b) (Goodfellow et al. 2016, eq. 10.8-10.9).

    W_x (units, inputs), W_h (units, as long as h), b and the result (units).
    """
    return _rnn("tanh", W_x, W_h, b, x, h)


def rnn_step_relu(W_x: Value, W_h: Value, b: Value, x: Value, h: Value) -> Value:
    """`rnn_step` with ReLU in place of tanh."""
    return _rnn("relu", W_x, W_h, b, x, h)


def rnn_step_linear(W_x: Value, W_h: Value, b: Value, x: Value, h: Value) -> Value:
    """`rnn_step` without an activation."""
    return _rnn("identity", W_x, W_h, b, x, h)


def rnn_states(W_x: Value, W_h: Value, b: Value, xs: Value, h: Value) -> Value:
    """The states h_1 ... h_T from the state h before them, one a row.

    xs holds one input a row; with a single input number a step, a plain vector of T numbers.
    """
    import numpy as np

    states: list[Value] = []
    for x in np.asarray(xs, float):
        h = rnn_step(W_x, W_h, b, x, h)
        states.append(h)
    return np.array(states)


def lstm_step(W: Value, b: Value, x: Value, h: Value, c: Value) -> Value:
    """One step of the LSTM with forget gate (Gers et al. 2000): the rows f, i, g, o, c, h after it.

    W (4 units, units + inputs) and b (4 units) hold the rows of f, i, g, o in this order; g is the
    candidate, in books also written C with a tilde. The result is (6, units), or six numbers.
    """
    from engine.cells import Lstm

    step = _stepped(Lstm(), "figo", W, b, x, (h, c))
    new_h, new_c = step.after
    return _rows(h, *(step.values[gate] for gate in "figo"), new_c, new_h)


def lstm_peephole_step(W: Value, b: Value, p: Value, x: Value, h: Value, c: Value) -> Value:
    """The same with peepholes (Gers and Schmidhuber 2000): p (3, units) holds those of f, i and o."""
    from engine.cells import Lstm

    more = {f"p_{gate}": _row(part)[0] for gate, part in zip("fio", p, strict=True)}
    step = _stepped(Lstm(peepholes=True), "figo", W, b, x, (h, c), more)
    new_h, new_c = step.after
    return _rows(h, *(step.values[gate] for gate in "figo"), new_c, new_h)


def lstm_memory_jacobian(W: Value, b: Value, x: Value, h: Value, c: Value) -> Value:
    """dC_t/dC_{t-1} along the direct path, the gates held fixed: (units, units).

    Row k is what the cell's backward step makes of an error of one at entry k of C_t.
    """
    import numpy as np

    from engine.cells import Lstm

    cell, units = Lstm(), np.size(h)
    weights = cell_weights(cell, "figo", W, b, units)
    step = cell.forward(weights, _row(x), (_row(h), _row(c)))
    nothing = np.zeros((1, units))
    errors = np.eye(units)
    back = [cell.backward(weights, step, (nothing, errors[k : k + 1])).before[1][0] for k in range(units)]
    return np.array(back)


def gru_keep(W: Value, b: Value, x: Value, h: Value) -> Value:
    """One step of the GRU of Cho et al. 2014: the rows z, r, n, h after it.

    h_t = z h + (1 - z) n, n = tanh of W_n [r h, x] + b_n: the reset gate acts before the product.
    W (3 units, units + inputs) and b (3 units) hold the rows of z, r, n in this order.
    """
    return _gru("keep", W, b, x, h)


def gru_take(W: Value, b: Value, x: Value, h: Value) -> Value:
    """`gru_keep` with the two shares changed over, h_t = (1 - z) h + z n (Chung et al. 2014)."""
    return _gru("take", W, b, x, h)


def gru_keep_after(W: Value, b: Value, b_m: Value, x: Value, h: Value) -> Value:
    """`gru_keep` with the reset gate after the product, as in PyTorch.

    n = tanh of W_nx x + b_n + r (W_nh h + b_m), so the candidate has the second bias b_m (units).
    """
    return _gru("keep", W, b, x, h, b_m)


def gru_take_after(W: Value, b: Value, b_m: Value, x: Value, h: Value) -> Value:
    """`gru_keep_after` with h_t = (1 - z) h + z n."""
    return _gru("take", W, b, x, h, b_m)


def rnn_count(d: Value, h: Value) -> int:
    """Parameters of a simple recurrent layer of h units on d inputs, one bias a unit."""
    from engine.cells import Rnn

    return _count(Rnn(), d, h, "one")


def rnn_count_torch(d: Value, h: Value) -> int:
    """The same with two biases a unit, as PyTorch keeps them."""
    from engine.cells import Rnn

    return _count(Rnn(), d, h, "two")


def lstm_count(d: Value, h: Value) -> int:
    """Parameters of an LSTM layer of h units on d inputs, one bias a gate."""
    from engine.cells import Lstm

    return _count(Lstm(), d, h, "one")


def lstm_count_torch(d: Value, h: Value) -> int:
    """The same with two biases a gate, as PyTorch keeps them."""
    from engine.cells import Lstm

    return _count(Lstm(), d, h, "two")


def gru_count(d: Value, h: Value) -> int:
    """Parameters of a GRU layer of h units on d inputs, one bias a gate."""
    from engine.cells import Gru

    return _count(Gru(), d, h, "one")


def gru_count_torch(d: Value, h: Value) -> int:
    """The same with two biases a gate, as PyTorch keeps them."""
    from engine.cells import Gru

    return _count(Gru(), d, h, "two")


def _rnn(activation: str, W_x: Value, W_h: Value, b: Value, x: Value, h: Value) -> Value:
    import numpy as np

    from engine.cells import Rnn

    weights = {"W_ih": np.atleast_2d(W_x), "W_hh": np.atleast_2d(W_h), "b_ih": np.atleast_1d(b)}
    (new_h,) = Rnn(activation).forward(weights, _row(x), (_row(h),)).after
    return float(new_h[0, 0]) if np.ndim(b) == 0 else new_h[0]


def _gru(update: str, W: Value, b: Value, x: Value, h: Value, b_m: Value | None = None) -> Value:
    import numpy as np

    from engine.cells import Gru

    cell = Gru(update, "before" if b_m is None else "after")
    more = {}
    if b_m is not None:
        more["b_hh"] = np.concatenate([np.zeros(2 * np.size(h)), np.atleast_1d(b_m)])
    step = _stepped(cell, "zrn", W, b, x, (h,), more)
    return _rows(h, *(step.values[gate] for gate in "zrn"), step.after[0])


def _stepped(
    cell: Cell,
    order: str,
    W: Value,
    b: Value,
    x: Value,
    state: tuple[Value, ...],
    more: Mapping[str, Numbers] | None = None,
) -> Step:
    import numpy as np

    weights = cell_weights(cell, order, W, b, np.size(state[0])) | dict(more or {})
    return cell.forward(weights, _row(x), tuple(map(_row, state)))


def cell_weights(cell: Cell, order: str, W: Value, b: Value, units: int) -> dict[str, Numbers]:
    """W and b, whose gates stand in `order`, as the engine wants them: its own order, W cut in two."""
    import numpy as np

    rows = [order.index(gate) * units + k for gate in cell.stacked for k in range(units)]
    W, b = np.asarray(W, float)[rows], np.asarray(b, float)[rows]
    return {"W_hh": W[:, :units], "W_ih": W[:, units:], "b_ih": b}


def _row(vector: Value) -> Numbers:
    """A number or a vector as a batch of one."""
    import numpy as np

    return np.asarray(vector, float).reshape(1, -1)


def _rows(like: Value, *rows: Any) -> Numbers:
    """One row [1, h] below the other; a single column becomes a vector where `like` is a number."""
    import numpy as np

    found: Numbers = np.concatenate(rows)
    return found[:, 0] if np.ndim(like) == 0 else found


def _count(cell: Cell, d: Value, h: Value, biases: str) -> int:
    import math

    return sum(math.prod(shape) for shape in cell.shapes(int(d), int(h), biases).values())


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    made.__name__: made
    for made in (
        rnn_step,
        rnn_step_relu,
        rnn_step_linear,
        rnn_states,
        lstm_step,
        lstm_peephole_step,
        lstm_memory_jacobian,
        gru_keep,
        gru_take,
        gru_keep_after,
        gru_take_after,
        rnn_count,
        rnn_count_torch,
        lstm_count,
        lstm_count_torch,
        gru_count,
        gru_count_torch,
    )
}
