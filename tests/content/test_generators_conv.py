"""Convolutional networks, worked out a second time by PyTorch's layers and by counting."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
import torch
from torch import nn

from content.generators import conv, named_networks
from content.generators.registry import generator

V = Mapping[str, float]
SEEDS = range(20)
TABLES = ("architecture", "conv_term", "cnn_or_rnn")


def _parameters(layer: nn.Module) -> int:
    return sum(p.numel() for p in layer.parameters())


def _square(v: V, *names: str) -> torch.Tensor:
    return torch.tensor([v[name] for name in names], dtype=torch.float64).reshape(1, 1, 2, -1)


def _size(v: V) -> dict[str, float]:
    layer = nn.Conv2d(1, 1, int(v["f"]), stride=int(v["s"]), padding=int(v["p"]))
    plain = nn.Conv2d(1, 1, int(v["f"]), padding=int(v["p"]))
    image = torch.zeros(1, 1, int(v["n"]), int(v["n"]))
    return {"size": layer(image).shape[2], "size_without_stride": plain(image).shape[2]}


def _same(v: V) -> dict[str, float]:
    image = torch.zeros(1, 1, int(v["n"]), int(v["n"]))
    padded = nn.Conv2d(1, 1, int(v["f"]), padding="same")
    by_hand = nn.Conv2d(1, 1, int(v["f"]), padding=(int(v["f"]) - 1) // 2)
    assert padded(image).shape == by_hand(image).shape == image.shape
    return {
        "p": (v["f"] - 1) / 2,
        "shrinks": v["n"] - nn.Conv2d(1, 1, int(v["f"]))(image).shape[2],
    }


def _count(v: V) -> dict[str, float]:
    layer = nn.Conv2d(int(v["c_in"]), int(v["c_out"]), int(v["f"]))
    side = v["n"] - v["f"] + 1
    return {
        "count": _parameters(layer),
        "weights": layer.weight.numel(),
        "per_filter": layer.weight[0].numel() + 1,
        "count_without_bias": layer.weight.numel(),
        "count_flat": _parameters(nn.Conv2d(1, int(v["c_out"]), int(v["f"]))),
        "count_everywhere": _parameters(layer) * side * side,
    }


def _dense(v: V) -> dict[str, float]:
    n, c_in = int(v["n"]), int(v["c_in"])
    layer = nn.Conv2d(c_in, int(v["c_out"]), int(v["f"]), device="meta")
    outputs = layer(torch.zeros(1, c_in, n, n, device="meta"))
    return {
        "side": outputs.shape[2],
        "outputs": outputs.numel(),
        "count": _parameters(layer),
        "dense": _parameters(nn.Linear(n * n * c_in, outputs.numel(), device="meta")),
        "multiplications": outputs.numel() * layer.weight[0].numel(),
    }


def _patch(v: V) -> dict[str, float]:
    x, w = (_square(v, *(f"{letter}{k}" for k in (1, 2, 3, 4))) for letter in "xw")
    z = nn.functional.conv2d(x, w).item() + v["b"]
    turned = nn.functional.conv2d(x, w.flip(2, 3)).item() + v["b"]
    return {"z": z, "active": max(0.0, z), "z_turned": turned, "z_without_bias": z - v["b"]}


def _row(v: V) -> dict[str, float]:
    x = [v[f"x{k}"] for k in range(1, 6)]
    w = [v[f"w{k}"] for k in range(1, 4)]
    y = [sum(a * b for a, b in zip(x[i : i + 3], w, strict=True)) for i in range(3)]
    return {
        "y1": y[0],
        "y2": y[1],
        "y3": y[2],
        "y2_turned": sum(a * b for a, b in zip(x[1:4], w[::-1], strict=True)),
        "y2_sum": sum(x[1:4]),
    }


def _pool(v: V) -> dict[str, float]:
    grid = _square(v, *(f"{row}{k}" for row in "ab" for k in (1, 2, 3, 4)))
    largest, mean = nn.MaxPool2d(2)(grid).flatten().tolist(), nn.AvgPool2d(2)(grid).flatten().tolist()
    return {
        "largest1": largest[0],
        "largest2": largest[1],
        "mean1": mean[0],
        "mean2": mean[1],
        "mean2_of_all": grid.mean().item(),
        "sum2": 4 * mean[1],
    }


def _pool_size(v: V) -> dict[str, float]:
    pooled = nn.MaxPool2d(int(v["f"]))(torch.zeros(1, int(v["c"]), int(v["n"]), int(v["n"])))
    return {"side": pooled.shape[2], "entries": pooled.numel(), "entries_one_channel": pooled[0, 0].numel()}


def _seen(layers: list[nn.Module], length: int = 200) -> int:
    """How many inputs have a slope, of one output in the middle."""
    x = torch.ones(1, 1, length, requires_grad=True)
    y = x
    for layer in layers:
        for p in layer.parameters():
            nn.init.ones_(p)
        y = layer(y)
    y[0, 0, y.shape[2] // 2].backward()
    assert x.grad is not None
    return int((x.grad != 0).sum())


def _stack(v: V) -> dict[str, float]:
    n, c = int(v["n"]), int(v["c"])
    conv, pool = nn.Conv2d(1, c, 3, device="meta"), nn.MaxPool2d(2)
    after = conv(torch.zeros(1, 1, n, n, device="meta"))
    pooled = pool(after)
    return {
        "after_conv": after.shape[2],
        "after_pool": pooled.shape[2],
        "flat": pooled.numel(),
        "flat_before_pool": after.numel(),
        "dense": _parameters(nn.Linear(pooled.numel(), int(v["classes"]), device="meta")),
    }


def _causal(v: V) -> dict[str, float]:
    f, layers = int(v["f"]), int(v["layers"])
    reach = sum((f - 1) * 2**layer for layer in range(layers)) + 1
    return {"field": reach, "field_plain": 1 + layers * (f - 1), "last_dilation": 2**layers / 2}


def _in_turn(v: V) -> dict[str, float]:
    """The last number of layers that is too few, and one more."""
    too_few = max(n for n in range(400) if 1 + n * (v["f"] - 1) < v["length"])
    dilated = max(n for n in range(20) if 2**n < v["length"])
    return {"layers": too_few + 1, "dilated": dilated + 1, "rnn_steps": v["length"]}


ORACLES: dict[str, Callable[[V], Mapping[str, float]]] = {
    "conv_size": _size,
    "same_padding": _same,
    "conv_count": _count,
    "conv_against_dense": _dense,
    "conv_patch": _patch,
    "conv_row": _row,
    "pool_grid": _pool,
    "pool_size": _pool_size,
    "receptive_field": lambda v: {
        "field": _seen([nn.Conv1d(1, 1, int(v["f"])) for _ in range(int(v["layers"]))])
    },
    "receptive_pool": lambda v: {
        "field": _seen([nn.Conv1d(1, 1, int(v["f"])), nn.AvgPool1d(2), nn.Conv1d(1, 1, int(v["g"]))])
    },
    "conv_stack": _stack,
    "causal_stack": _causal,
    "steps_in_turn": _in_turn,
}


def test_each_generator_has_an_oracle_or_is_a_table() -> None:
    assert {made.name for made in conv.GENERATORS} == {*ORACLES}
    assert {made.name for made in named_networks.GENERATORS} == {*TABLES}


@pytest.mark.parametrize("name", ORACLES)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in SEEDS:
        values = generator(name).vary("some-item", seed)
        numbers = {key: value for key, value in values.items() if not isinstance(value, str)}
        for key, expected in ORACLES[name](numbers).items():
            assert values[key] == pytest.approx(expected), (seed, key)
