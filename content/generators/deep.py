"""Bidirectional and stacked networks: their sizes, their states, and what has to wait for what.

Given first, computed after the semicolon; names that begin with the wanted value's name are typical
wrong numbers.

both_ways_sizes
    d inputs, h units of a simple RNN in both directions; one = weights of one direction, both = 2 one,
    both_torch (two biases), width = 2h; both_one_way (= one), both_wider (one direction with 2h units),
    both_without_bias, width_one_way (= h), width_squared (= h h)
both_ways_lstm
    the same of an LSTM: one, both, both_torch; both_one_way, both_one_gate, both_without_bias
both_ways_readout
    h units in each direction, k classes; width = 2h, weights = 2h k + k of the output layer;
    weights_one_way (= h k + k), weights_without_bias
both_ways_states
    w_x w_h of both directions, x1 x2 x3; forward states f1 f2 f3, backward states b1 b2 b3, asked step t:
    f, b; b_forward (= f), b_turned (state b of the other end), b_alone (= tanh(w_x x_t))
waiting
    n steps of ms each, an answer for step t; wait = (n - t) ms until the end is heard, wait_forward = 0;
    wait_all (= n ms), wait_steps (= n - t), wait_heard (= t ms)
stacked_sizes
    d inputs, h units, layers; first = weights of the lowest layer, each_next, all; all_times (first times
    layers), all_first (= first), all_torch
stacked_states
    two layers of one unit, w_1x w_1h w_2x w_2h, x1 x2; low1 low2, top1 top2; top2_from_input (layer 2
    reads x), top2_without_memory, top2_low (= low2)
grid_of_states
    layers and steps; states = layers steps, longest = layers + steps - 1 states on the longest way;
    longest_product (= states), longest_steps (= steps), states_added (= layers + steps)
"""

from __future__ import annotations

import math

from content.generators.domain import Generator, Span
from content.placeholders import Values, number

_WEIGHT = Span(-12, 12, places=1, zero=False)
_INPUT = Span(-15, 15, places=1, zero=False)


def _count(cell: str, d: int, h: int, layers: int = 1, both: bool = False, biases: str = "one") -> int:
    from engine.cells import cell_of
    from engine.models.layers import Layers
    from engine.parameters import count

    return count(Layers(cell_of(cell), h, layers, both).shapes(d, biases))


def _both_ways_sizes(d: int, h: int) -> Values:
    from engine.cells import cell_of
    from engine.models.layers import Layers

    one = _count("rnn", d, h)
    return {
        "one": one,
        "both": _count("rnn", d, h, both=True),
        "both_torch": _count("rnn", d, h, both=True, biases="two"),
        "width": Layers(cell_of("rnn"), h, both=True).width,
        "both_one_way": one,
        "both_wider": _count("rnn", d, 2 * h),
        "both_without_bias": 2 * (one - h),
        "width_one_way": h,
        "width_squared": h * h,
    }


def _both_ways_lstm(d: int, h: int) -> Values:
    one = _count("lstm", d, h)
    return {
        "one": one,
        "both": _count("lstm", d, h, both=True),
        "both_torch": _count("lstm", d, h, both=True, biases="two"),
        "both_one_way": one,
        "both_one_gate": 2 * _count("rnn", d, h),
        "both_without_bias": 2 * (one - 4 * h),
    }


def _both_ways_readout(h: int, k: int) -> Values:
    return {
        "width": 2 * h,
        "weights": 2 * h * k + k,
        "weights_one_way": h * k + k,
        "weights_without_bias": 2 * h * k,
    }


def _both_ways_states(w_x: float, w_h: float, x1: float, x2: float, x3: float, t: int) -> Values:
    from content.worked.functions import function

    pairs = function("birnn_states")(w_x, w_h, 0.0, w_x, w_h, 0.0, [x1, x2, x3])
    forward, backward = pairs[:, 0].tolist(), pairs[:, 1].tolist()
    return {
        **{f"f{n}": state for n, state in enumerate(forward, 1)},
        **{f"b{n}": state for n, state in enumerate(backward, 1)},
        "xt": (x1, x2, x3)[t - 1],
        "f": forward[t - 1],
        "b": backward[t - 1],
        "b_forward": forward[t - 1],
        "b_turned": backward[3 - t],
        "b_alone": math.tanh(w_x * (x1, x2, x3)[t - 1]),
    }


def _waiting(n: int, t: int, ms: int) -> Values:
    still_to_come = range(t + 1, n + 1)
    return {
        "left": len(still_to_come),
        "wait": ms * len(still_to_come),
        "wait_forward": 0,
        "wait_all": n * ms,
        "wait_steps": len(still_to_come),
        "wait_heard": t * ms,
    }


def _stacked_sizes(d: int, h: int, layers: int) -> Values:
    first = _count("rnn", d, h)
    return {
        "first": first,
        "each_next": _count("rnn", h, h),
        "above": layers - 1,
        "all": _count("rnn", d, h, layers),
        "all_times": layers * first,
        "all_first": first,
        "all_torch": _count("rnn", d, h, layers, biases="two"),
    }


def _stacked_states(w_1x: float, w_1h: float, w_2x: float, w_2h: float, x1: float, x2: float) -> Values:
    from content.worked.functions import function

    low = [math.tanh(w_1x * x1)]
    low.append(math.tanh(w_1x * x2 + w_1h * low[0]))
    top = function("two_layer_states")(w_1x, w_1h, 0.0, w_2x, w_2h, 0.0, [x1, x2]).tolist()
    return {
        "low1": low[0],
        "low2": low[1],
        "top1": top[0],
        "top2": top[1],
        "top2_from_input": math.tanh(w_2x * x2 + w_2h * top[0]),
        "top2_without_memory": math.tanh(w_2x * low[1]),
        "top2_low": low[1],
    }


def _grid_of_states(layers: int, steps: int) -> Values:
    return {
        "states": sum(1 for _ in range(layers) for _ in range(steps)),
        "longest": _longest_way(layers, steps),
        "longest_product": layers * steps,
        "longest_steps": steps,
        "states_added": layers + steps,
    }


def _longest_way(layers: int, steps: int) -> int:
    """States on the longest way through the grid, each waiting for its left and its lower neighbour."""
    ready = [[0] * (steps + 1) for _ in range(layers + 1)]
    for layer in range(1, layers + 1):
        for t in range(1, steps + 1):
            ready[layer][t] = 1 + max(ready[layer - 1][t], ready[layer][t - 1])
    return ready[layers][steps]


def _apart(w_x: float, w_h: float, x1: float, x2: float, x3: float, t: int) -> bool:
    """Both directions can be told apart at each step, and neither state that is asked for is near 0."""
    if abs(x1 - x3) < 0.3 or abs(w_h) < 0.3:
        return False
    values = _both_ways_states(w_x, w_h, x1, x2, x3, t)
    return min(abs(number(values[name])) for name in "fb") > 0.05


def _still_to_come(n: int, t: int, **_: float) -> bool:
    return t < n - 1 and 2 * t != n


GENERATORS = (
    Generator("both_ways_sizes", {"d": Span(2, 40), "h": Span(2, 20)}, _both_ways_sizes),
    Generator("both_ways_lstm", {"d": Span(2, 30), "h": Span(2, 20)}, _both_ways_lstm),
    Generator("both_ways_readout", {"h": Span(4, 64, step=4), "k": Span(2, 12)}, _both_ways_readout),
    Generator(
        "both_ways_states",
        {"w_x": _WEIGHT, "w_h": _WEIGHT, "x1": _INPUT, "x2": _INPUT, "x3": _INPUT, "t": Span(1, 3)},
        _both_ways_states,
        _apart,
    ),
    Generator(
        "waiting",
        {"n": Span(20, 200, step=10), "t": Span(1, 60), "ms": Span(10, 60, step=10)},
        _waiting,
        _still_to_come,
    ),
    Generator("stacked_sizes", {"d": Span(3, 40), "h": Span(2, 20), "layers": Span(2, 4)}, _stacked_sizes),
    Generator(
        "stacked_states",
        dict.fromkeys(("w_1x", "w_1h", "w_2x", "w_2h"), _WEIGHT) | {"x1": _INPUT, "x2": _INPUT},
        _stacked_states,
    ),
    Generator("grid_of_states", {"layers": Span(2, 6), "steps": Span(4, 40)}, _grid_of_states),
)
