"""Sizes, parameters and values of convolution and pooling, by counting and by content.worked.convolving.

Given first, computed after the semicolon; names that begin with a wanted value's name are wrong numbers.

| name | values |
|---|---|
| `conv_size` | side `n`, filter `f`, padding `p`, stride `s`; `size`, `fraction` = (n + 2p - f)/s; `size_without_one`, `size_padded_once`, `size_without_stride` |
| `same_padding` | side `n`, odd filter `f`; `p`, `shrinks` = f - 1 (without padding); `p_whole` (= f - 1), `p_rounded_up` |
| `conv_count` | image `n`, filter `f`, channels `c_in`, filters `c_out`; `weights`, `per_filter`, `count`; `count_one_bias`, `count_without_bias`, `count_flat` (c_in forgotten), `count_everywhere` (times all places) |
| `conv_against_dense` | the same without padding; `side`, `outputs`, `dense` (weights and biases of a dense layer with as many outputs), `count`, `multiplications`, `dense_without_bias` |
| `conv_patch` | 2 x 2 patch `x1 x2 x3 x4`, filter `w1 w2 w3 w4` row by row, `b`; `z`, `active` = ReLU(z); `z_turned` (filter turned by 180 degrees), `z_without_bias`, `z_first_row` |
| `conv_row` | row `x1 ... x5`, filter `w1 w2 w3`; outputs `y1 y2 y3`; `y2_turned`, `y2_sum` |
| `pool_grid` | 2 x 4 map `a1 a2 a3 a4 / b1 b2 b3 b4`, 2 x 2 windows two apart; `largest1 largest2 mean1 mean2`; `mean2_of_all`, `sum2` |
| `pool_size` | side `n`, window `f` moved by its own size, channels `c`; `side`, `entries`; `side_minus`, `entries_one_channel`, `weights_wrong` (= f f c) |
| `receptive_field` | filter `f`, `layers` at stride 1; `field`; `field_layers` (= f layers), `field_power` (= f^layers), `field_last` (= f) |
| `receptive_pool` | filter `f`, then pooling 2 x 2 at stride 2, then filter `g`; `field`; `field_without_stride`, `field_sum` |
| `conv_stack` | image `n`, 3 x 3 without padding, pooling 2 x 2, `c` filters, `classes`; `after_conv`, `after_pool`, `flat`, `dense`; `flat_one_map`, `flat_before_pool`, `dense_without_bias` |
| `causal_stack` | filter `f`, `layers` with dilations 1, 2, 4, ...; `field`, `field_plain` (all dilations 1), `last_dilation`; `field_sum` (one too few), `field_product` |
| `steps_in_turn` | length `length`, filter `f`; `rnn_steps` = length, `layers` of stride 1 until an output sees all, `dilated` the same with filter 2 and dilations 1, 2, 4, ...; `layers_quotient` |
"""  # noqa: E501 - a row of a table is one line

from __future__ import annotations

from content.generators.domain import Generator, OneOf, Span
from content.placeholders import Values

_DIGIT = Span(0, 9)
_WEIGHT = Span(-3, 3, zero=False)
_CHANNELS = Span(4, 64, step=4)


def _whole_side(n: int, f: int, p: int = 0, s: int = 1) -> int:
    from content.worked.convolving import conv_size

    return round(conv_size(n, f, p, s))


def _size(n: int, f: int, p: int, s: int) -> Values:
    return {
        "fraction": (n + 2 * p - f) / s,
        "size": _whole_side(n, f, p, s),
        "size_without_one": (n + 2 * p - f) // s,
        "size_padded_once": (n + p - f) // s + 1,
        "size_without_stride": n + 2 * p - f + 1,
    }


def _same_padding(n: int, f: int) -> Values:
    fitting = next(p for p in range(f) if _whole_side(n, f, p) == n)
    return {
        "p": fitting,
        "shrinks": n - _whole_side(n, f),
        "p_whole": f - 1,
        "p_rounded_up": (f + 1) // 2,
    }


def _count(n: int, f: int, c_in: int, c_out: int) -> Values:
    from content.worked.convolving import conv_count

    count = round(conv_count(f, f, c_in, c_out))
    weights = count - c_out
    return {
        "weights": weights,
        "per_filter": count // c_out,
        "count": count,
        "count_one_bias": weights + 1,
        "count_without_bias": weights,
        "count_flat": (f * f + 1) * c_out,
        "count_everywhere": count * _whole_side(n, f) ** 2,
    }


def _against_dense(n: int, f: int, c_in: int, c_out: int) -> Values:
    side = _whole_side(n, f)
    outputs, inputs = side * side * c_out, n * n * c_in
    return {
        "side": side,
        "outputs": outputs,
        "dense": outputs * (inputs + 1),
        "count": _count(n, f, c_in, c_out)["count"],
        "multiplications": outputs * f * f * c_in,
        "dense_without_bias": outputs * inputs,
    }


def _patch(b: int, **given: int) -> Values:
    import numpy as np

    from content.worked.convolving import convolution

    x, w = (np.array([given[f"{letter}{k}"] for k in (1, 2, 3, 4)], float).reshape(2, 2) for letter in "xw")
    z = round(float(convolution(x, w, b, 0, 1)[0, 0]))
    return {
        "z": z,
        "active": max(0, z),
        "z_turned": round(float(convolution(x, w[::-1, ::-1], b, 0, 1)[0, 0])),
        "z_without_bias": z - b,
        "z_first_row": round(float(x[0] @ w[0])) + b,
    }


def _row(**given: int) -> Values:
    import numpy as np

    from content.worked.convolving import convolution_1d

    x = np.array([given[f"x{k}"] for k in range(1, 6)], float)
    w = np.array([given[f"w{k}"] for k in range(1, 4)], float)
    y, turned = convolution_1d(x, w, 1), convolution_1d(x, w[::-1], 1)
    return {
        **{f"y{k}": round(float(value)) for k, value in enumerate(y, 1)},
        "y2_turned": round(float(turned[1])),
        "y2_sum": round(float(x[1:4].sum())),
    }


def _pool_grid(**given: int) -> Values:
    import numpy as np

    from content.worked.convolving import average_pool, max_pool

    grid = np.array([[given[f"{row}{k}"] for k in (1, 2, 3, 4)] for row in "ab"], float)
    largest, mean = max_pool(grid, 2, 2)[0], average_pool(grid, 2, 2)[0]
    return {
        **{f"largest{k}": round(float(value)) for k, value in enumerate(largest, 1)},
        **{f"mean{k}": float(value) for k, value in enumerate(mean, 1)},
        "mean2_of_all": float(grid.mean()),
        "sum2": float(grid[:, 2:].sum()),
    }


def _pool_size(n: int, f: int, c: int) -> Values:
    side = _whole_side(n, f, 0, f)
    return {
        "side": side,
        "entries": side * side * c,
        "side_minus": n - f + 1,
        "entries_one_channel": side * side,
        "weights_wrong": f * f * c,
    }


def _field(f: int, layers: int) -> Values:
    from content.worked.convolving import receptive_field

    return {
        "field": round(receptive_field([f] * layers, [1] * layers)),
        "field_layers": f * layers,
        "field_power": f**layers,
        "field_last": f,
    }


def _field_with_pool(f: int, g: int) -> Values:
    from content.worked.convolving import receptive_field

    return {
        "field": round(receptive_field([f, 2, g], [1, 2, 1])),
        "field_without_stride": round(receptive_field([f, 2, g], [1, 1, 1])),
        "field_sum": f + 2 + g,
    }


def _stack(n: int, c: int, classes: int) -> Values:
    after_conv = _whole_side(n, 3)
    after_pool = _whole_side(after_conv, 2, 0, 2)
    flat = after_pool * after_pool * c
    return {
        "after_conv": after_conv,
        "after_pool": after_pool,
        "flat": flat,
        "dense": (flat + 1) * classes,
        "flat_one_map": after_pool * after_pool,
        "flat_before_pool": after_conv * after_conv * c,
        "dense_without_bias": flat * classes,
    }


def _causal(f: int, layers: int) -> Values:
    from content.worked.convolving import causal_field, receptive_field

    field = round(causal_field(f, layers))
    return {
        "field": field,
        "field_plain": round(receptive_field([f] * layers, [1] * layers)),
        "last_dilation": 2 ** (layers - 1),
        "field_sum": field - 1,
        "field_product": f * 2**layers,
    }


def _in_turn(length: int, f: int) -> Values:
    from content.worked.convolving import causal_field

    layers, seen = 1, f
    while seen < length:
        layers, seen = layers + 1, seen + f - 1
    dilated = 1
    while causal_field(2, dilated) < length:
        dilated += 1
    return {
        "rnn_steps": length,
        "layers": layers,
        "dilated": dilated,
        "layers_quotient": -(-length // f),
    }


def _some_left(n: int, f: int, p: int, s: int) -> bool:
    """The filter fits, and each slip leads to a number of its own."""
    sizes = {(n + 2 * p - f) // s + 1, (n + 2 * p - f) // s, (n + p - f) // s + 1}
    return p < f < n and s <= f and len(sizes) == 3


GENERATORS = (
    Generator(
        "conv_size",
        {"n": Span(12, 64), "f": Span(2, 7), "p": Span(1, 3), "s": Span(2, 4)},
        _size,
        _some_left,
    ),
    Generator("same_padding", {"n": Span(16, 64), "f": OneOf((3, 5, 7, 9, 11))}, _same_padding),
    Generator(
        "conv_count",
        {"n": Span(16, 64, step=4), "f": OneOf((2, 3, 5, 7)), "c_in": Span(2, 16), "c_out": _CHANNELS},
        _count,
    ),
    Generator(
        "conv_against_dense",
        {"n": Span(8, 32, step=2), "f": OneOf((3, 5)), "c_in": Span(1, 3), "c_out": Span(2, 8)},
        _against_dense,
    ),
    Generator(
        "conv_patch",
        {f"{x}{k}": span for x, span in (("x", _DIGIT), ("w", _WEIGHT)) for k in (1, 2, 3, 4)}
        | {"b": Span(-5, 5, zero=False)},
        _patch,
    ),
    Generator(
        "conv_row",
        {f"x{k}": _DIGIT for k in range(1, 6)} | {f"w{k}": _WEIGHT for k in range(1, 4)},
        _row,
    ),
    Generator("pool_grid", {f"{row}{k}": _DIGIT for row in "ab" for k in (1, 2, 3, 4)}, _pool_grid),
    Generator("pool_size", {"n": Span(12, 64), "f": Span(2, 4), "c": Span(3, 64)}, _pool_size),
    Generator("receptive_field", {"f": OneOf((3, 5, 7)), "layers": Span(2, 8)}, _field),
    Generator("receptive_pool", {"f": OneOf((3, 5, 7, 9)), "g": OneOf((3, 5, 7))}, _field_with_pool),
    Generator("conv_stack", {"n": Span(10, 64), "c": _CHANNELS, "classes": Span(2, 20)}, _stack),
    Generator("causal_stack", {"f": Span(2, 4), "layers": Span(2, 8)}, _causal),
    Generator("steps_in_turn", {"length": Span(20, 300), "f": OneOf((3, 5, 7, 9))}, _in_turn),
)
