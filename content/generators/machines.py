"""Pixels in their order and the memory of a Neural Turing Machine, by the equations of content.worked.beyond.

Given first, computed after the semicolon; names that begin with a wanted value's name are wrong numbers.

| name | values |
|---|---|
| `pixel_place` | n x n image `n`, pixel at `row`, `column` (from 1); `pixels`, `index` in raster order, `before` = index - 1, `softmaxes` = 3 pixels; texts `above_right`, `right`, `below`, `below_left` of places; `before_by_columns`, `index_rows_from_zero`, `before_rows_only`, `softmaxes_grey`, `softmaxes_values` (= 256 pixels) |
| `pixel_chain` | probabilities `p1 p2 p3`; `joint`, `nats` = -ln joint, `bits` a pixel; `joint_sum`, `joint_mean`, `nats_log10`, `bits_in_nats`, `bits_in_all` |
| `ntm_cosine` | key `k1 k2`, place `m1 m2`; `dot`, `lengths` = product of both norms, `cosine`; `cosine_one_length`, `cosine_squared_lengths` |
| `ntm_address` | similarities `s1 s2 s3`, strength `beta`; `w1 w2 w3`; `w1_without_beta`, `w1_without_softmax` (= beta s1), `w1_linear` |
| `ntm_gate` | gate `g`, `by_content`, `before`; `w`; `w_swapped`, `w_sum` |
| `ntm_shift` | `w1 w2 w3`, moves `back forward`; `w4`, `stay`, `moved1` (round the circle), `moved2`; `moved2_turned`, `moved1_turned`, `moved1_open` |
| `ntm_sharpen` | percent `c1 c2`, power `gamma`; `w1 w2 w3`, `sharp1`; `sharp1_power`, `sharp1_times` |
| `ntm_write` | `m w e a`; `erased`, `after`; `after_unweighted`, `after_without_erasing`, `after_swapped` |
| `ntm_read` | places `m1 m2 m3`, weights `w1 w2`; `w3`, `r`; `r_hard`, `r_mean`, `r_sum` |
| `ntm_sizes` | places `n_places`, `width`; `cells`, `read_head` = width + 6, `write_head` = 3 width + 6; `read_head_places`, `write_head_once`, `cells_sum` |
"""  # noqa: E501 - a row of a table is one line

from __future__ import annotations

import math

from content.generators.domain import Generator, Span
from content.placeholders import Values

_SHARE = Span(5, 95, step=5, places=2)
_TENTH = Span(1, 9, places=1)
_SIGNED = Span(-9, 9, places=1, zero=False)
_DIGIT = Span(-9, 9, zero=False)


def _pixel_place(n: int, row: int, column: int) -> Values:
    order = [(r, c) for r in range(1, n + 1) for c in range(1, n + 1)]
    before = order.index((row, column))
    return {
        "pixels": len(order),
        "index": before + 1,
        "before": before,
        "softmaxes": 3 * len(order),
        "above_right": f"row {row - 1}, column {column + 1}",
        "right": f"row {row}, column {column + 1}",
        "below": f"row {row + 1}, column {column}",
        "below_left": f"row {row + 1}, column {column - 1}",
        "before_by_columns": (column - 1) * n + row - 1,
        "index_rows_from_zero": row * n + column,
        "before_rows_only": (row - 1) * n,
        "softmaxes_grey": n * n,
        "softmaxes_values": 256 * n * n,
    }


def _inside(n: int, row: int, column: int) -> bool:
    return row < n and column < n and row != column


def _pixel_chain(p1: float, p2: float, p3: float) -> Values:
    parts = (p1, p2, p3)
    nats = -sum(map(math.log, parts))
    return {
        "joint": math.prod(parts),
        "nats": nats,
        "bits": nats / math.log(2) / len(parts),
        "joint_sum": sum(parts),
        "joint_mean": sum(parts) / len(parts),
        "nats_log10": nats / math.log(10),
        "bits_in_nats": nats / len(parts),
        "bits_in_all": nats / math.log(2),
    }


def _cosine(k1: int, k2: int, m1: int, m2: int) -> Values:
    import numpy as np

    from content.worked.beyond import ntm_similarity

    key, place = np.array([k1, k2], float), np.array([[m1, m2]], float)
    dot, length_k, length_m = k1 * m1 + k2 * m2, math.hypot(k1, k2), math.hypot(m1, m2)
    return {
        "dot": dot,
        "lengths": length_k * length_m,
        "cosine": float(ntm_similarity(key, place)[0]),
        "cosine_one_length": dot / length_k,
        "cosine_squared_lengths": dot / (length_k * length_m) ** 2,
    }


def _not_orthogonal(k1: int, k2: int, m1: int, m2: int) -> bool:
    return abs(k1 * m1 + k2 * m2) > 0.1 * math.hypot(k1, k2) * math.hypot(m1, m2)


def _address(s1: float, s2: float, s3: float, beta: int) -> Values:
    import numpy as np

    from engine.losses import log_softmax

    similarities = np.array([s1, s2, s3])
    weights = np.exp(log_softmax(beta * similarities))
    plain = np.exp(log_softmax(similarities))
    return {
        **{f"w{place}": float(weight) for place, weight in enumerate(weights, 1)},
        "w1_without_beta": float(plain[0]),
        "w1_without_softmax": beta * s1,
        "w1_linear": abs(s1) / float(np.abs(similarities).sum()),
    }


def _all_visible(s1: float, s2: float, s3: float, beta: int) -> bool:
    weights = [math.exp(beta * s) for s in (s1, s2, s3)]
    return min(weights) > 0.02 * sum(weights)


def _gate(g: float, by_content: float, before: float) -> Values:
    import numpy as np

    from content.worked.beyond import ntm_gated

    one, other = np.array([by_content]), np.array([before])
    return {
        "w": float(ntm_gated(g, one, other)[0]),
        "w_swapped": float(ntm_gated(g, other, one)[0]),
        "w_sum": by_content + before,
    }


def _shift(w1: float, w2: float, w3: float, back: float, forward: float) -> Values:
    import numpy as np

    from content.worked.beyond import ntm_shifted

    w4, stay = 1 - w1 - w2 - w3, 1 - back - forward
    w = np.array([w1, w2, w3, w4])
    moved = ntm_shifted(w, np.array([back, stay, forward]))
    turned = ntm_shifted(w, np.array([forward, stay, back]))
    return {
        "w4": w4,
        "stay": stay,
        "moved1": float(moved[0]),
        "moved2": float(moved[1]),
        "moved1_turned": float(turned[0]),
        "moved2_turned": float(turned[1]),
        "moved1_open": float(moved[0]) - w4 * forward,
    }


def _shares_left(w1: float, w2: float, w3: float, back: float, forward: float) -> bool:
    return w1 + w2 + w3 < 0.95 and back + forward < 0.95


def _sharpen(c1: int, c2: int, gamma: int) -> Values:
    import numpy as np

    from content.worked.beyond import ntm_sharpened

    w = np.array([c1, c2, 100 - c1 - c2]) / 100
    return {
        **{f"w{place}": float(weight) for place, weight in enumerate(w, 1)},
        "sharp1": float(ntm_sharpened(w, gamma)[0]),
        "sharp1_power": float(w[0] ** gamma),
        "sharp1_times": float(gamma * w[0]),
    }


def _write(m: float, w: float, e: float, a: float) -> Values:
    import numpy as np

    from content.worked.beyond import ntm_written

    memory, weight = np.array([[m]]), np.array([w])
    nothing, erase, add = np.zeros(1), np.array([e]), np.array([a])

    def after(weight: np.ndarray, erase: np.ndarray, add: np.ndarray) -> float:
        return float(ntm_written(memory, weight, erase, add)[0, 0])

    return {
        "erased": after(weight, erase, nothing),
        "after": after(weight, erase, add),
        "after_unweighted": after(np.ones(1), erase, add),
        "after_without_erasing": after(weight, nothing, add),
        "after_swapped": after(weight, add, erase),
    }


def _read(m1: int, m2: int, m3: int, w1: float, w2: float) -> Values:
    import numpy as np

    from content.worked.beyond import ntm_reading

    memory, w = np.array([m1, m2, m3], float), np.array([w1, w2, 1 - w1 - w2])
    return {
        "w3": float(w[2]),
        "r": float(ntm_reading(memory[:, None], w)[0]),
        "r_hard": float(memory[w.argmax()]),
        "r_mean": float(memory.mean()),
        "r_sum": float(memory.sum()),
    }


def _weights_left(w1: float, w2: float, **_: int) -> bool:
    return w1 + w2 < 0.95


def _sizes(n_places: int, width: int) -> Values:
    head = {"key": width, "strength": 1, "gate": 1, "shift": 3, "sharpness": 1}
    return {
        "cells": n_places * width,
        "read_head": sum(head.values()),
        "write_head": sum(head.values()) + 2 * width,
        "read_head_places": n_places + 6,
        "write_head_once": sum(head.values()) + width,
        "cells_sum": n_places + width,
    }


GENERATORS = (
    Generator(
        "pixel_place", {"n": Span(4, 40), "row": Span(2, 39), "column": Span(2, 39)}, _pixel_place, _inside
    ),
    Generator("pixel_chain", {"p1": _SHARE, "p2": _SHARE, "p3": _SHARE}, _pixel_chain),
    Generator("ntm_cosine", dict.fromkeys(("k1", "k2", "m1", "m2"), _DIGIT), _cosine, _not_orthogonal),
    Generator(
        "ntm_address",
        {"s1": _SIGNED, "s2": _SIGNED, "s3": _SIGNED, "beta": Span(2, 6)},
        _address,
        _all_visible,
    ),
    Generator("ntm_gate", {"g": _SHARE, "by_content": _TENTH, "before": _SHARE}, _gate),
    Generator(
        "ntm_shift",
        dict.fromkeys(("w1", "w2", "w3", "back", "forward"), _TENTH),
        _shift,
        _shares_left,
    ),
    Generator(
        "ntm_sharpen",
        {"c1": Span(20, 60, step=5), "c2": Span(5, 35, step=5), "gamma": Span(2, 4)},
        _sharpen,
    ),
    Generator("ntm_write", {"m": _DIGIT, "w": _TENTH, "e": _TENTH, "a": _DIGIT}, _write),
    Generator(
        "ntm_read",
        {"m1": Span(1, 9), "m2": Span(1, 9), "m3": Span(1, 9), "w1": _TENTH, "w2": _TENTH},
        _read,
        _weights_left,
    ),
    Generator("ntm_sizes", {"n_places": Span(20, 200, step=4), "width": Span(8, 60)}, _sizes),
)
