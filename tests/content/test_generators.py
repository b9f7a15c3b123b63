"""The numbers of the course, worked out a second time by other means: PyTorch, closed forms, fractions."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
import torch

from content.generators.registry import generator, generator_names
from content.seeds import keyed, shuffled

V = Mapping[str, float]
SEEDS = range(50)


def _tensor(numbers: object) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def _lstm_step(v: V) -> dict[str, float]:
    cell = torch.nn.LSTMCell(1, 1, dtype=torch.float64)
    gates = ("i", "f", "g", "o")
    with torch.no_grad():
        cell.weight_hh.copy_(_tensor([[v[f"w_{gate}h"]] for gate in gates]))
        cell.weight_ih.copy_(_tensor([[v[f"w_{gate}x"]] for gate in gates]))
        cell.bias_ih.copy_(_tensor([v[f"b_{gate}"] for gate in gates]))
        cell.bias_hh.zero_()
        state = (_tensor([[v["h_prev"]]]), _tensor([[v["c_prev"]]]))
        h, c = cell(_tensor([[v["x"]]]), state)
    return {"h": h.item(), "c": c.item()}


def _sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def _gate(v: V) -> dict[str, float]:
    a = v["w_h"] * v["h"] + v["w_x"] * v["x"] + v["b"]
    return {
        "a": a,
        "gate": _sigmoid(a),
        "gate_by_tanh": math.tanh(a),
        "gate_without_bias": _sigmoid(a - v["b"]),
        "gate_without_sigmoid": a,
    }


def _parameters(v: V) -> dict[str, float]:
    lstm = torch.nn.LSTM(int(v["d"]), int(v["h"]))
    both = sum(p.numel() for p in lstm.parameters())
    one = both - lstm.bias_hh_l0.numel()
    return {"count_torch": both, "count": one, "count_without_bias": both - 8 * v["h"], "per_gate": one / 4}


def _fib(n: int) -> int:
    """Binet, exact for small n."""
    phi = (1 + math.sqrt(5)) / 2
    return round(phi**n / math.sqrt(5))


def _recurrence(v: V) -> dict[str, float]:
    """T(n) = a^n t + c (a^n - 1)/(a - 1)"""
    a, c, t, n = (int(v[name]) for name in "actn")

    def term(k: int) -> float:
        return float(a**k * t + c * Fraction(a**k - 1, a - 1))

    return {"value": term(n), "previous": term(n - 1), "power_value": t * a**n, "value_linear": t + n * c}


def _series(v: V) -> dict[str, float]:
    a, d, n = (int(v[name]) for name in "adn")
    return {
        "term": a + (n - 1) * d,
        "total": n * (2 * a + (n - 1) * d) / 2,
        "squares": n * (n + 1) * (2 * n + 1) / 6,
        "second": a + d,
        "total_of_ends": 2 * a + (n - 1) * d,
    }


def _probes(v: V) -> dict[str, float]:
    """Down the tree by recursion instead of by a loop."""

    def depth(low: int, high: int, root: int) -> int:
        mid = (low + high) // 2
        if mid == root:
            return 1
        return 1 + (depth(low, mid - 1, root) if root < mid else depth(mid + 1, high, root))

    high = int(v["high"])
    root = math.isqrt(int(v["square"]))
    return {
        "root": root,
        "probes": depth(1, high, root),
        "most_probes": high.bit_length(),
        "first": (1 + high) // 2,
    }


def _carry(v: V) -> dict[str, float]:
    share = Fraction(str(v["f"])) ** int(v["steps"])
    half_life = math.ceil(math.log(0.5) / math.log(v["f"]) - 1e-9)
    loss = 1 - Fraction(str(v["f"]))
    if v["half_life_mean"] != half_life:
        assert v["half_life_mean"] > half_life, "the note says that half of it is gone earlier"
    return {
        "share": float(share),
        "percent": float(100 * share),
        "half_life": half_life,
        "half_life_short": next(k for k in range(999) if (1 - loss) ** (k + 1) <= Fraction(1, 2)),
        "half_life_linear": next(k for k in range(999) if 1 - k * loss <= Fraction(1, 2)),
        "half_life_mean": math.floor(1 / loss + Fraction(1, 2)),
    }


def _fractions(v: V) -> dict[str, float]:
    total = Fraction(int(v["p"]), int(v["q"])) + Fraction(int(v["r"]), int(v["s"]))
    return {"value": float(total), "numerator": float(total * v["denominator"])}


ORACLES: dict[str, Callable[[V], Mapping[str, float]]] = {
    "lstm_gate": _gate,
    "lstm_cell_update": lambda v: {
        "c": v["f"] * v["c_prev"] + v["i"] * v["g"],
        "c_swapped": v["i"] * v["c_prev"] + v["f"] * v["g"],
        "c_without_candidate": v["f"] * v["c_prev"] + v["i"],
    },
    "lstm_output": lambda v: {
        "h": v["o"] * (1 - 2 / (math.exp(2 * v["c"]) + 1)),
        "h_without_tanh": v["o"] * v["c"],
    },
    "gate_from_states": lambda v: {"o": v["h"] * (math.exp(2 * v["c"]) + 1) / (math.exp(2 * v["c"]) - 1)},
    "lstm_step": _lstm_step,
    "lstm_parameters": _parameters,
    "lstm_stack": lambda v: {
        "stacked": v["d"] + v["h"],
        "entries": torch.zeros(int(v["h"]), int(v["d"] + v["h"])).numel(),
        "rows": v["h"],
        "columns": v["d"] + v["h"],
    },
    "cell_state_carry": _carry,
    "pointwise": lambda v: {
        "product": v["uk"] * v["vk"],
        "sum": v["uk"] + v["vk"],
        "uk": v[f"u{v['k']}"],
        "vk": v[f"v{v['k']}"],
        "dot": torch.dot(*(torch.tensor([v[f"{w}{n}"] for n in (1, 2, 3)]) for w in "uv")).item(),
    },
    "pointwise_tanh": lambda v: {
        "entry": torch.tanh(_tensor(v["uk"])).item(),
        "uk": v[f"u{v['k']}"],
    },
    "log_loop": lambda v: {
        "steps": int(v["n"]).bit_length(),
        "steps_from_2": int(v["n"]).bit_length() - 1,
        "last": 2 ** math.floor(math.log2(v["n"])),
    },
    "halving_loop": lambda v: {
        "steps": int(v["n"]).bit_length() - 1,
        "steps_to_zero": int(v["n"]).bit_length(),
    },
    "nlogn_loop": lambda v: {
        "steps": (v["n"] / 2 + 1) * math.floor(math.log2(v["n"])),
        "outer": v["n"] / 2 + 1,
        "steps_exclusive": v["n"] / 2 * math.floor(math.log2(v["n"])),
    },
    "nested_loops": lambda v: {"steps": v["n"] * v["m"], "steps_sequence": v["n"] + v["m"]},
    "triangular_loop": lambda v: {
        "steps": math.comb(int(v["n"]), 2),
        "steps_diagonal": math.comb(int(v["n"]) + 1, 2),
    },
    "digit_count": lambda v: {
        "digits": len(str(v["n"])),
        "digit_sum": sum(map(int, str(v["n"]))),
        "last_digit": int(str(v["n"])[-1]),
        "rest": int(str(v["n"])[:-1]),
    },
    "binary_search_probes": _probes,
    "fib_calls": lambda v: {
        "calls": 2 * _fib(int(v["n"]) + 1) - 1,
        "fib": _fib(int(v["n"])),
        "fib_next": _fib(int(v["n"]) + 1),
    },
    "power_set": lambda v: {"subsets": 2 ** v["n"], "of_size_k": math.comb(int(v["n"]), int(v["k"]))},
    "recurrence_value": _recurrence,
    "array_address": lambda v: {
        "offset": v["index"] * v["size"],
        "address": v["base"] + v["index"] * v["size"],
    },
    "series_sum": _series,
    "growth_percent": lambda v: {"before": float(Fraction(100 * int(v["now"]), 100 + int(v["percent"])))},
    "fraction_sum": _fractions,
    "factorial": lambda v: {
        "value": math.factorial(int(v["n"])),
        "value_short": math.factorial(int(v["n"]) - 1),
    },
    "robot_distance": lambda v: {"distance": math.hypot(v["right"] - v["left"], v["up"] - v["down"])},
    "ln_series": lambda v: {
        "value": float(
            sum(
                ((Fraction(str(v["x"])) - 1) / Fraction(str(v["x"]))) ** k / k
                for k in range(1, int(v["terms"]) + 1)
            )
        )
    },
}


def test_every_generator_has_an_oracle() -> None:
    """Here, or in a file of its own beside this one."""
    beside = "".join(
        file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_generators_*.py")
    )
    assert [name for name in generator_names() if name not in ORACLES and f'"{name}"' not in beside] == []


@pytest.mark.parametrize("name", ORACLES)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in SEEDS:
        values = generator(name).vary("some-item", seed)
        numbers = {key: value for key, value in values.items() if not isinstance(value, str)}
        for key, expected in ORACLES[name](numbers).items():
            assert values[key] == pytest.approx(expected, rel=1e-12, abs=1e-12), (seed, key)


@pytest.mark.parametrize("name", generator_names())
def test_a_block_of_seeds_brings_new_numbers_until_all_are_used(name: str) -> None:
    drawn = [_inputs(name, seed) for seed in SEEDS]
    enough = min(_different(name), 49)
    assert len(set(drawn)) >= enough
    first = drawn[:enough]
    assert len(set(first)) == len(first), "one came twice before all had come"


def _inputs(name: str, seed: int) -> tuple[object, ...]:
    values = generator(name).vary("some-item", seed)
    return tuple(values[part] for part in generator(name).inputs)


def _different(name: str) -> int:
    """How many variants there are, counted one by one where that is soon done."""
    made = generator(name)
    domains = [{span.draw(key) for key in range(400)} for span in made.inputs.values()]
    if math.prod(map(len, domains)) > 20_000:
        return 49
    return sum(
        made.fits(**dict(zip(made.inputs, combination, strict=True))) for combination in product(*domains)
    )


def test_only_what_the_question_shows_has_to_be_new() -> None:
    shown = [generator("power_set").vary("some-item", seed, {"n"})["n"] for seed in range(14)]
    assert sorted(shown) == list(range(3, 17))


def test_the_same_key_gives_the_same_variant_and_another_item_another() -> None:
    vary = generator("lstm_step").vary
    assert vary("a", 3) == vary("a", 3)
    assert vary("a", 3) != vary("b", 3)
    assert vary("a", 10**12)["h"] == vary("a", 10**12)["h"]


def test_chance_comes_from_blake2b_and_nothing_else() -> None:
    """Written out, so that no variant ever changes under a learner's recorded seed."""
    digest = hashlib.blake2b(b"item\x1f7\x1fw_h\x1f0", digest_size=8).digest()
    assert keyed("item", 7, "w_h", 0) == int.from_bytes(digest, "big") // 2
    assert generator("lstm_gate").vary("item", 0)["w_h"] == (keyed("item", 0, "w_h", 0) % 31 - 15) / 10


def test_shuffling_keeps_everything() -> None:
    orders = {shuffled("abcd", "x", seed) for seed in range(300)}
    assert len(orders) == math.factorial(4)
    assert {"".join(sorted(order)) for order in orders} == {"abcd"}
