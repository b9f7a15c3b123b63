"""The numbers about sequences, counted a second time: with arrays, torch's padding and closed forms."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
import torch

from content.generators.registry import generator
from content.generators.sequences import GENERATORS

V = Mapping[str, Any]


def _one_hot(v: V) -> dict[str, Any]:
    vector = torch.nn.functional.one_hot(torch.tensor(v["k"] - 1), v["size"])
    return {
        "vector": tuple(vector.tolist()),
        "vector_inverted": tuple((1 - vector).tolist()),
        "vector_late": tuple(torch.roll(vector, 1).tolist()),
        "vector_number": tuple((v["k"] * vector).tolist()),
    }


def _sentence(v: V) -> dict[str, Any]:
    return {
        "entries": v["words"] * v["size"],
        "ones": v["words"],
        "zeros": v["words"] * (v["size"] - 1),
        "zeros_of_one": v["size"] - 1,
    }


def _batch(v: V) -> dict[str, Any]:
    data = np.zeros((v["batch"], v["steps"], v["features"]))
    return {
        "shape": str(data.shape),
        "shape_torch": str(data.swapaxes(0, 1).shape),
        "shape_last": str(data.swapaxes(1, 2).shape),
        "shape_flat": str(data.reshape(len(data), -1).shape),
        "numbers": data.size,
        "numbers_no_features": data[..., 0].size,
        "numbers_one": data[0].size,
    }


def _padding(v: V) -> dict[str, Any]:
    rows = [torch.ones(v[f"l{n}"]) for n in (1, 2, 3, 4)]
    padded = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
    share = 1 - padded.mean().item()
    return {
        "longest": padded.shape[1],
        "cells": padded.numel(),
        "real": int(padded.sum()),
        "padded": int((padded == 0).sum()),
        "padded_first": int((padded[0] == 0).sum()),
        "percent": pytest.approx(100 * share, rel=1e-5),
        "percent_real": pytest.approx(100 - 100 * share, rel=1e-5),
        "percent_of_real": pytest.approx(100 * share / (1 - share), rel=1e-5),
    }


def _sizes(v: V) -> dict[str, Any]:
    with torch.device("meta"):
        dense = torch.nn.Linear(v["length"] * v["size"], v["h"])
        layer = torch.nn.RNN(v["size"], v["h"])
    weights = layer.weight_ih_l0.numel() + layer.weight_hh_l0.numel()
    return {
        "dense": dense.weight.numel(),
        "dense_biased": dense.weight.numel() + dense.bias.numel(),
        "recurrent": weights,
        "recurrent_biased": weights + v["h"],
        "recurrent_no_state": layer.weight_ih_l0.numel(),
        "recurrent_times_length": v["length"] * weights,
    }


def _too_long(v: V) -> dict[str, Any]:
    return {
        "n": v["length"] + v["more"],
        "missing": v["needed"] - v["inputs"],
        "needed": v["n"] * v["size"],
        "missing_words": v["n"] - v["length"],
    }


def _field(v: V) -> dict[str, Any]:
    """The inputs that the middle output of stacked convolutions depends on."""
    layers, k = v["layers"], v["k"]
    x = torch.ones(1, 1, 2 * layers * k, requires_grad=True)
    y = x
    for _ in range(layers):
        y = torch.nn.functional.conv1d(y, torch.ones(1, 1, k))
    (slope,) = torch.autograd.grad(y[0, 0, 0], x)
    return {"field": int((slope != 0).sum()), "field_product": layers * k}


def _two_orders(v: V) -> dict[str, Any]:
    def after(first: float, second: float) -> float:
        h = math.tanh(v["w_x"] * first + v["b"])
        return math.tanh(v["w_x"] * second + v["w_h"] * h + v["b"])

    there, back = after(v["x1"], v["x2"]), after(v["x2"], v["x1"])
    return {
        "h_there": there,
        "h_back": back,
        "gap": there - back,
        "h_first": math.tanh(v["w_x"] * v["x1"] + v["b"]),
        "h_back_first": math.tanh(v["w_x"] * v["x2"] + v["b"]),
        "h_there_last_only": math.tanh(v["w_x"] * v["x2"] + v["b"]),
    }


def _swapped(v: V) -> dict[str, Any]:
    x, w = (np.array([v[f"{letter}{n}"] for n in (1, 2, 3)]) for letter in "xw")
    order = [2, 1, 0]
    return {"y": float(w @ x), "y_features_only": float(w @ x[order])}


ORACLES: dict[str, Callable[[V], Mapping[str, Any]]] = {
    "one_hot_vector": _one_hot,
    "one_hot_sentence": _sentence,
    "batch_of_words": _batch,
    "sentence_padding": _padding,
    "dense_or_recurrent": _sizes,
    "too_long": _too_long,
    "words_seen": _field,
    "word_orders": lambda v: {"orders": math.factorial(v["n"]), "orders_sum": v["n"] * (v["n"] + 1) // 2},
    "series_windows": lambda v: {
        "examples": len(np.lib.stride_tricks.sliding_window_view(range(v["length"]), v["n"] + 1))
    },
    "swapped_columns": _swapped,
    "two_orders": _two_orders,
}
TABLES = {"order_test": "verdict", "fitting_network": "network", "rnn_application": "pattern"}


def test_each_has_its_oracle_or_is_a_table() -> None:
    assert {made.name for made in GENERATORS} == {*ORACLES, *TABLES}


@pytest.mark.parametrize("name", ORACLES)
def test_another_way_gives_the_same(name: str) -> None:
    for seed in range(50):
        values = generator(name).vary("some-item", seed)
        for key, expected in ORACLES[name](values).items():
            close = pytest.approx(expected, rel=1e-12, abs=1e-12) if isinstance(expected, float) else expected
            assert values[key] == close, (seed, key)


@pytest.mark.parametrize("name", TABLES)
def test_the_others_of_a_table_are_never_the_right_one(name: str) -> None:
    seen = set()
    for seed in range(50):
        values = generator(name).vary("some-item", seed)
        texts = [values[TABLES[name]], *(values[f"other{n}"] for n in (1, 2, 3))]
        assert len(set(texts)) == 4
        seen.add(values["row"])
    assert len(seen) >= 8


def test_the_patterns_of_well_known_tasks() -> None:
    found = {
        v["task"]: v["pattern"] for v in (generator("rnn_application").vary("x", seed) for seed in range(12))
    }
    assert found["image captioning"] == "one to many"
    assert found["named entity recognition"] == "many to many, equal lengths"
    assert found["translation from English to Urdu"] == "many to many, different lengths"
    assert found["sentiment analysis of a review"] == "many to one"
