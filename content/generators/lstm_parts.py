"""Three units of an LSTM at once, which pairs of states can be, and the slope of the memory.

Names before the semicolon are drawn, those after it computed.

| name | values |
|---|---|
| `three_units` | gates `f1 f2 f3`, states `c1 c2 c3`, additions `a1 a2 a3`, asked unit `k`; `fk ck ak`, vectors `f c a kept new`, `kept_k`, `new_k`; `new_k_next` (another unit), `new_k_kept`, `new_k_no_gate`, `kept_k_next` |
| `output_three` | gates `o1 o2 o3`, states `c1 c2 c3`, asked unit `k`; `ok ck`, vectors `o c h`, `h_k`; `h_k_no_tanh`, `h_k_next`, `h_k_late` (tanh after the gate) |
| `impossible_entry` | vectors `c` (one entry 0) and `h`; number `bad` of the entry that no gate explains, `gates` of the other two, `bad_size` (the largest entry of h), `bad_small` (the smallest gate) |
| `least_memory` | `h`; `least` = artanh(h); `least_tanh` (= tanh h), `least_same` (= h) |
| `lstm_side_path` | `f c_prev o_prev w`; slope `direct` = f, `side`, `full` = dC_t/dC_{t-1} with weight w from h_{t-1} into the forget gate only; `full_no_gate_slope`, `full_no_tanh` |
"""  # noqa: E501 - rows of a table

from __future__ import annotations

import math
from typing import Any

from content.generators.domain import Generator, OneOf, Span
from content.placeholders import Values

_GATE = Span(1, 9, places=1)
_MEMORY = Span(-20, 20, places=1, zero=False)
_THIRD = OneOf((1, 2, 3))


def _three(*, k: int, **drawn: float) -> Values:
    f, c, a = ([drawn[f"{letter}{n}"] for n in (1, 2, 3)] for letter in "fca")
    kept = [gate * state for gate, state in zip(f, c, strict=True)]
    new = [old + more for old, more in zip(kept, a, strict=True)]
    at, beside = k - 1, k % 3
    return {
        "f": tuple(f),
        "c": tuple(c),
        "a": tuple(a),
        "kept": tuple(kept),
        "new": tuple(new),
        "fk": f[at],
        "ck": c[at],
        "ak": a[at],
        "kept_k": kept[at],
        "kept_k_next": kept[beside],
        "new_k": new[at],
        "new_k_next": new[beside],
        "new_k_kept": kept[at],
        "new_k_no_gate": c[at] + a[at],
    }


def _three_are_clear(*, k: int, **drawn: float) -> bool:
    kept = drawn[f"f{k}"] * drawn[f"c{k}"]
    return abs(kept) > 0.1 and abs(kept + drawn[f"a{k}"]) > 0.1


def _output_three(*, k: int, **drawn: float) -> Values:
    o, c = ([drawn[f"{letter}{n}"] for n in (1, 2, 3)] for letter in "oc")
    h = [gate * math.tanh(state) for gate, state in zip(o, c, strict=True)]
    at, beside = k - 1, k % 3
    return {
        "o": tuple(o),
        "c": tuple(c),
        "h": tuple(h),
        "ok": o[at],
        "ck": c[at],
        "h_k": h[at],
        "h_k_no_tanh": o[at] * c[at],
        "h_k_next": h[beside],
        "h_k_late": math.tanh(o[at] * c[at]),
    }


def _impossible(k: int, c1: float, c2: float, o1: float, o2: float, h3: float) -> Values:
    """Two entries follow from gates o1, o2 (h to two decimals); the one at place k has no memory."""
    c, h = [c1, c2], [round(gate * math.tanh(state), 2) for gate, state in ((o1, c1), (o2, c2))]
    gates = [shown / math.tanh(state) for shown, state in zip(h, c, strict=True)]
    c.insert(k - 1, 0.0)
    h.insert(k - 1, h3)
    sizes = [abs(entry) for entry in h]
    return {
        "c": tuple(c),
        "h": tuple(h),
        "bad": k,
        "gates": tuple(gates),
        "bad_size": sizes.index(max(sizes)) + 1,
        "bad_small": sizes.index(min(sizes)) + 1,
    }


def _gates_are_gates(**drawn: float) -> bool:
    gates: Any = _impossible(**drawn)["gates"]  # type: ignore[arg-type]  # k is a whole number, as drawn
    return all(0.02 < gate < 0.98 for gate in gates)


def _least(h: float) -> Values:
    return {"least": math.atanh(h), "least_tanh": math.tanh(h), "least_same": h}


def _side_path(f: float, c_prev: float, o_prev: float, w: float) -> Values:
    shown = o_prev * (1 - math.tanh(c_prev) ** 2)  # dh_{t-1} by dC_{t-1}
    side = c_prev * f * (1 - f) * w * shown
    return {
        "direct": f,
        "shown": shown,
        "side": side,
        "full": f + side,
        "full_no_gate_slope": f + c_prev * w * shown,
        "full_no_tanh": f + c_prev * f * (1 - f) * w * o_prev,
    }


def _named(letters: str) -> tuple[str, ...]:
    return tuple(f"{letter}{n}" for letter in letters for n in (1, 2, 3))


GENERATORS = (
    Generator(
        "three_units",
        {
            **dict.fromkeys(_named("f"), _GATE),
            **dict.fromkeys(_named("c"), _MEMORY),
            **dict.fromkeys(_named("a"), Span(-8, 8, places=1, zero=False)),
            "k": _THIRD,
        },
        _three,
        _three_are_clear,
    ),
    Generator(
        "output_three",
        {**dict.fromkeys(_named("o"), _GATE), **dict.fromkeys(_named("c"), _MEMORY), "k": _THIRD},
        _output_three,
        lambda k, **drawn: bool(abs(drawn[f"o{k}"] * drawn[f"c{k}"]) > 0.1),
    ),
    Generator(
        "impossible_entry",
        {
            "k": _THIRD,
            **dict.fromkeys(("c1", "c2"), Span(3, 15, places=1)),
            **dict.fromkeys(("o1", "o2"), Span(20, 90, step=5, places=2)),
            "h3": Span(1, 9, places=1),
        },
        _impossible,
        _gates_are_gates,
    ),
    Generator("least_memory", {"h": Span(10, 95, places=2)}, _least),
    Generator(
        "lstm_side_path",
        {"f": _GATE, "c_prev": Span(3, 15, places=1), "o_prev": _GATE, "w": Span(2, 20)},
        _side_path,
    ),
)
