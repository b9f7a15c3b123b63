"""Pixels and memory, worked out a second time: by listing, and by the engine's machine in torch."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping

import pytest
import torch

from content.generators.machines import GENERATORS
from content.generators.registry import generator
from engine.models import addressing

V = Mapping[str, float]
SEEDS = range(25)


def _row(*numbers: float) -> torch.Tensor:
    return torch.tensor([[numbers]], dtype=torch.float64)


def _pixel(v: V) -> dict[str, float]:
    n = int(v["n"])
    here = (int(v["row"]), int(v["column"]))
    pixels = list(itertools.product(range(1, n + 1), repeat=2))
    earlier = [pixel for pixel in pixels if pixel < here]
    return {
        "before": len(earlier),
        "index": len(earlier) + 1,
        "before_rows_only": len([pixel for pixel in pixels if pixel[0] < here[0]]),
        "pixels": n**2,
        "softmaxes": 3 * n**2,
        "before_by_columns": len([p for p in pixels if p[::-1] < here[::-1]]),
    }


def _cosine(v: V) -> dict[str, float]:
    key, place = _row(v["k1"], v["k2"]), _row(v["m1"], v["m2"])
    return {"cosine": torch.nn.functional.cosine_similarity(key, place, dim=2).item()}


def _address(v: V) -> dict[str, float]:
    weights = (v["beta"] * _row(v["s1"], v["s2"], v["s3"])).softmax(dim=2)[0, 0].tolist()
    plain = _row(v["s1"], v["s2"], v["s3"]).softmax(dim=2)[0, 0, 0].item()
    return {"w1": weights[0], "w2": weights[1], "w3": weights[2], "w1_without_beta": plain}


def _shift(v: V) -> dict[str, float]:
    address = _row(v["w1"], v["w2"], v["w3"], v["w4"])
    moved = addressing.shifted(address, _row(v["back"], v["stay"], v["forward"]))[0, 0].tolist()
    return {
        "moved1": moved[0],
        "moved2": moved[1],
        "moved1_open": v["w1"] * v["stay"] + v["w2"] * v["back"],
        "moved2_turned": v["w1"] * v["back"] + v["w2"] * v["stay"] + v["w3"] * v["forward"],
    }


def _sharpen(v: V) -> dict[str, float]:
    sharp = addressing.sharpened(_row(v["w1"], v["w2"], v["w3"]), _row(v["gamma"]))
    return {"sharp1": sharp[0, 0, 0].item(), "sharp1_power": v["w1"] ** v["gamma"]}


def _write(v: V) -> dict[str, float]:
    def written(w: float, e: float, a: float) -> float:
        return addressing.written(_row(v["m"]), _row(w)[0], _row(e)[0], _row(a)[0]).item()

    w, e, a = v["w"], v["e"], v["a"]
    return {
        "after": written(w, e, a),
        "erased": written(w, e, 0),
        "after_unweighted": written(1, e, a),
        "after_without_erasing": written(w, 0, a),
    }


ORACLES: dict[str, Callable[[V], Mapping[str, float]]] = {
    "pixel_place": _pixel,
    "pixel_chain": lambda v: {
        "nats": -math.log(v["p1"] * v["p2"] * v["p3"]),
        "bits": -sum(math.log2(v[name]) for name in ("p1", "p2", "p3")) / 3,
        "joint": v["p1"] * v["p2"] * v["p3"],
    },
    "ntm_cosine": _cosine,
    "ntm_address": _address,
    "ntm_gate": lambda v: {
        "w": addressing.gated(_row(v["g"]), _row(v["by_content"]), _row(v["before"])).item(),
        "w_swapped": addressing.gated(_row(v["g"]), _row(v["before"]), _row(v["by_content"])).item(),
    },
    "ntm_shift": _shift,
    "ntm_sharpen": _sharpen,
    "ntm_write": _write,
    "ntm_read": lambda v: {
        "r": addressing.reading(
            torch.tensor([[[v["m1"]], [v["m2"]], [v["m3"]]]], dtype=torch.float64),
            _row(v["w1"], v["w2"], v["w3"])[0],
        ).item(),
        "r_mean": (v["m1"] + v["m2"] + v["m3"]) / 3,
    },
    "ntm_sizes": lambda v: {
        "cells": torch.zeros(int(v["n_places"]), int(v["width"])).numel(),
        "read_head": sum(
            t.numel() for t in (torch.zeros(int(v["width"])), *torch.zeros(3, 1), torch.zeros(3))
        ),
        "write_head": v["read_head"] + 2 * v["width"],
    },
}


def test_each_generator_has_an_oracle() -> None:
    assert {made.name for made in GENERATORS} == set(ORACLES)


@pytest.mark.parametrize("name", ORACLES)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in SEEDS:
        values = generator(name).vary("some-item", seed)
        numbers = {key: value for key, value in values.items() if not isinstance(value, str)}
        for key, expected in ORACLES[name](numbers).items():
            assert values[key] == pytest.approx(expected, rel=1e-7, abs=1e-9), (seed, key)


def test_the_places_offered_are_known_or_not_as_their_names_say() -> None:
    for seed in SEEDS:
        values = generator("pixel_place").vary("some-item", seed)
        here = (values["row"], values["column"])
        for name, known in (("above_right", True), ("right", False), ("below", False), ("below_left", False)):
            row, column = (int(part.split()[1]) for part in str(values[name]).split(", "))
            assert ((row, column) < here) is known
            assert 1 <= row <= int(values["n"])
            assert 1 <= column <= int(values["n"])
