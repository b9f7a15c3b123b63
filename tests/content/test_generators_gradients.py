"""The numbers about unstable gradients and the remedies, found again by autograd, torch.nn and fractions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch

from content.generators import gradients, norms, stabilising
from content.generators.registry import generator

V = Mapping[str, Any]
NAMES = [made.name for made in (*gradients.GENERATORS, *stabilising.GENERATORS, *norms.GENERATORS)]


def _t(values: object, slopes: bool = False) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64, requires_grad=slopes)


def _slope(function: Callable[[torch.Tensor], torch.Tensor], at: float) -> float:
    x = _t(at, slopes=True)
    (found,) = torch.autograd.grad(function(x), x)
    return float(found)


def _exact(number: float) -> Fraction:
    return Fraction(str(number))


def _repeated_weight(v: V) -> dict[str, Any]:
    w, steps = _exact(v["w"]), v["steps"]
    return {
        "factors": len(range(2, steps + 1)),
        "power": float(w**steps),
        "h_end": float(w**steps * v["h_start"]),
        "fate": "vanishes" if w < 1 else "explodes",
        "h_end_linear": float(w * steps * v["h_start"]),
        "h_end_one_less": float(w**steps * v["h_start"] / w),
    }


def _step_factor(v: V) -> dict[str, Any]:
    slope = _slope(torch.tanh, v["a"])
    return {
        "slope": slope,
        "factor": v["w"] * slope,
        "product": (v["w"] * slope) ** v["steps"],
        "tanh_a": np.tanh(v["a"]),
        "factor_without_slope": v["w"],
        "factor_by_tanh": v["w"] * np.tanh(v["a"]),
        "factor_sigmoid": v["w"] * _slope(torch.sigmoid, v["a"]),
        "product_linear": v["w"] * slope * v["steps"],
    }


def _eigen_growth(v: V) -> dict[str, Any]:
    sizes = np.abs(np.linalg.eigvalsh([[v["a"], v["b"]], [v["b"], v["a"]]]))
    fate = "explodes" if max(sizes) > 1 else "vanishes"
    return {
        "radius": max(sizes),
        "radius_smallest": min(sizes),
        "growth": max(sizes) ** v["steps"],
        "lambda_1": pytest.approx(v["a"] + v["b"]),
        "lambda_2": pytest.approx(v["a"] - v["b"]),
        "fate": fate,
        "not_fate": "vanishes" if fate == "explodes" else "explodes",
        "growth_entry": v["a"] ** v["steps"],
    }


def _step_shares(v: V) -> dict[str, Any]:
    """A copy of w_x for each step, so that autograd keeps the steps apart."""
    copies, w_h = _t([v["w_x"]] * 3, slopes=True), v["w_h"]
    states = [_t(0.0)]
    for t, name in enumerate(("x1", "x2", "x3")):
        states.append(torch.tanh(copies[t] * v[name] + w_h * states[-1]))
    loss = (states[3] - v["y"]) ** 2 / 2
    (shares,) = torch.autograd.grad(loss, copies, retain_graph=True)
    carries = [torch.autograd.grad(states[t], states[t - 1], retain_graph=True)[0].item() for t in (2, 3)]
    s1, s2, s3 = shares.tolist()
    return {
        "h1": states[1].item(),
        "h2": states[2].item(),
        "h3": states[3].item(),
        "error": states[3].item() - v["y"],
        "carry2": carries[0],
        "carry3": carries[1],
        "slope2": 1 - states[2].item() ** 2,
        "slope3": 1 - states[3].item() ** 2,
        "s1": s1,
        "s2": s2,
        "s3": s3,
        "total": s1 + s2 + s3,
        "total_last": s3,
        "total_mean": (s1 + s2 + s3) / 3,
        "s1_one_factor": s1 / carries[0],
    }


def _memory_trace(v: V) -> dict[str, Any]:
    trace = _exact(v["factor"]) ** v["steps"]
    return {
        "trace": float(trace),
        "percent": float(100 * trace),
        "percent_lost": float(100 - 100 * trace),
        "percent_linear": float(max(Fraction(0), 100 - 100 * v["steps"] * (1 - _exact(v["factor"])))),
        "steps_to_percent": math.ceil(math.log(0.01) / math.log(v["factor"])),
        "steps_to_percent_short": math.floor(math.log(0.01) / math.log(v["factor"])),
        "steps_to_percent_linear": math.ceil(Fraction(99, 100) / (1 - _exact(v["factor"]))),
    }


def _slopes(v: V) -> dict[str, Any]:
    a = v["a"]
    return {
        "tanh_slope": _slope(torch.tanh, a),
        "sigmoid_slope": _slope(torch.sigmoid, a),
        "relu_slope": _slope(torch.relu, a),
        "leaky_slope": _slope(torch.nn.functional.leaky_relu, a),
        "tanh_a": math.tanh(a),
        "sigmoid_a": 1 / (1 + math.exp(-a)),
        "tanh_slope_unsquared": 1 - math.tanh(a),
    }


def _orthogonal_turn(v: V) -> dict[str, Any]:
    """A turn as the multiplication by a complex number."""
    end = (v["gain"] * complex(0.6, 0.8)) ** v["steps"] * complex(v["u"], v["v"])
    return {
        "scaled_length": abs(end),
        "length": abs(end) / v["gain"] ** v["steps"],
        "length_sum": v["u"] + v["v"],
        "length_linear": v["gain"] * v["steps"] * abs(complex(v["u"], v["v"])),
    }


def _update_step(v: V) -> dict[str, Any]:
    weight = torch.nn.Parameter(_t([0.0]))
    weight.grad = _t([float(v["length"])])
    torch.nn.utils.clip_grad_value_([weight], v["limit"])
    return {
        "step": v["rate"] * v["length"],
        "step_clipped": v["rate"] * weight.grad.item(),
        "step_limit_only": v["limit"],
        "step_divided": v["length"] / v["rate"],
    }


def _clip_by_norm(v: V) -> dict[str, Any]:
    g = complex(v["g1"], v["g2"])
    clipped = g / abs(g) * v["v"]
    cut = torch.clamp(_t([v["g1"], v["g2"]]), -v["v"], v["v"]).tolist()
    return {
        "norm": abs(g),
        "factor": v["v"] / abs(g),
        "c1": clipped.real,
        "c2": clipped.imag,
        "cut1": cut[0],
        "cut2": cut[1],
        "sign1": v["v"] / np.sign(v["g1"]),
        "sign2": v["v"] / np.sign(v["g2"]),
        "norm_sum": abs(v["g1"]) + abs(v["g2"]),
        "norm_squared": abs(g) ** 2,
        "c1_divided": g.real / abs(g),
        "c2_divided": g.imag / abs(g),
    }


def _numbers(pair: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?[\d.]+", pair)]


def _clip_case(v: V) -> dict[str, Any]:
    g = complex(v["g1"], v["g2"])
    expected = g if abs(g) <= v["v"] else g / abs(g) * v["v"]
    assert _numbers(v["result"]) == pytest.approx([expected.real, expected.imag], rel=6e-3)
    assert _numbers(v["wrong_unit"]) == pytest.approx([g.real / abs(g), g.imag / abs(g)], rel=6e-3)
    assert _numbers(v["wrong_turn"]) == [v["v"] * np.sign(v["g1"]), v["v"] * np.sign(v["g2"])]
    assert _numbers(v["wrong_zero"]) == [0, 0]
    return {"norm": abs(g)}


def _penalty_of_norms(v: V) -> dict[str, Any]:
    r3, r2 = Fraction(v["n2"], v["n3"]), Fraction(v["n1"], v["n2"])
    return {
        "ratio_3": float(r3),
        "ratio_2": float(r2),
        "ratio_3_upside_down": float(1 / r3),
        "ratio_3_distance": float(abs(r3 - 1)),
        "term_3": float((r3 - 1) ** 2),
        "term_2": float((r2 - 1) ** 2),
        "omega": float((r3 - 1) ** 2 + (r2 - 1) ** 2),
        "omega_unsquared": float(abs(r3 - 1) + abs(r2 - 1)),
        "omega_upside_down": float((1 / r3 - 1) ** 2 + (1 / r2 - 1) ** 2),
        "omega_one_ratio": float((r3 * r2 - 1) ** 2),
    }


def _residual_depth(v: V) -> dict[str, Any]:
    slope, layers = v["slope"], v["layers"]

    def stack(link: bool) -> Callable[[torch.Tensor], torch.Tensor]:
        def run(x: torch.Tensor) -> torch.Tensor:
            for _ in range(layers):
                x = slope * x + (x if link else 0)
            return x

        return run

    plain = _slope(stack(False), 1.0)
    return {
        "plain": plain,
        "linked": _slope(stack(True), 1.0),
        "linked_sum": 1 + plain,
        "linked_linear": 1 + slope * layers,
    }


def _residual_entry(v: V) -> dict[str, Any]:
    x, f = ((v[f"{letter}1"], v[f"{letter}2"])[v["k"] - 1] for letter in "xf")
    return {"xk": x, "fk": f, "y": x + f, "y_product": x * f, "y_only": f}


def _residual_slope(v: V) -> dict[str, Any]:
    w, x = v["w"], v["x"]
    whole = _slope(lambda at: at + torch.tanh(w * at), x)
    return {
        "slope": whole,
        "inner": _slope(lambda at: torch.tanh(w * at), x),
        "slope_plain": whole - 1,
        "slope_without_w": 1 + _slope(torch.tanh, w * x),
        "tanh_a": math.tanh(w * x),
    }


def _feature_norm(v: V) -> dict[str, Any]:
    x, at = _t([float(v[f"x{n}"]) for n in (1, 2, 3, 4)]), v["k"] - 1
    hat = torch.nn.functional.layer_norm(x, (4,))[at].item()
    batch = torch.nn.functional.batch_norm(x[:, None], None, None, training=True)[at, 0].item()
    assert batch == pytest.approx(hat)
    var, unbiased = x.var(unbiased=False).item(), x.var().item()
    centred = (x - x.mean())[at].item()
    return {
        "xk": x[at].item(),
        "mean": x.mean().item(),
        "var": var,
        "std": math.sqrt(var + 1e-5),
        "hat": hat,
        "y": v["gamma"] * hat + v["beta"],
        "var_unbiased": unbiased,
        "hat_by_var": centred / var,
        "hat_by_root": centred / math.sqrt(math.sqrt(var)),
        "hat_unbiased": centred / math.sqrt(unbiased),
        "hat_not_centred": x[at].item() / math.sqrt(var),
        "y_without_shift": v["gamma"] * hat,
        "y_shift_first": v["gamma"] * (hat + v["beta"]),
    }


def _norm_axes(v: V) -> dict[str, Any]:
    table = np.array([[v[f"{row}{n}"] for n in (1, 2, 3)] for row in "ab"])
    column, row = table[:, v["k"] - 1], table[v["e"] - 1]
    assert sum(int(each) for each in v["row_sum"].split(" + ")) == row.sum()
    return {
        "ak": column[0],
        "bk": column[1],
        "feature_mean": column.mean(),
        "feature_var": column.var(),
        "row_mean": row.mean(),
        "row_var": row.var(),
        "row_total": row.sum(),
        "row": "first" if v["e"] == 1 else "second",
        "all_mean": table.mean(),
    }


def _norm_sizes(v: V) -> dict[str, Any]:
    d, m, steps = v["d"], v["m"], v["steps"]
    batch, layer = torch.nn.BatchNorm1d(d), torch.nn.LayerNorm(d)
    learned = sum(each.numel() for each in batch.parameters())
    assert learned == sum(each.numel() for each in layer.parameters())
    assert batch.running_mean is not None
    return {
        "learned": learned,
        "learned_scale": batch.weight.numel(),
        "batch_means": batch.running_mean.numel(),
        "layer_means": torch.zeros(m, d).mean(1).numel(),
        "layer_means_over_time": torch.zeros(m, steps, d).mean(2).numel(),
        "learned_by_batch": m + m,
        "learned_by_steps": learned * steps,
    }


def _symptom(v: V) -> dict[str, Any]:
    loud = re.search("NaN|leaps|throws|spikes|three times", v["symptom"])
    kinds = ("exploding gradients", "vanishing gradients")
    trouble, other = kinds if loud else kinds[::-1]
    assert ("clipping" in v["remedy"]) == bool(loud)
    assert ("clipping" in v["not_remedy"]) != bool(loud)
    return {"trouble": trouble, "not_trouble": other}


def _remedy(v: V) -> dict[str, Any]:
    assert len({v["how"], v["wrong_one"], v["wrong_two"]}) == len("abc")
    return {"target": v["target"] if v["target"] in ("vanishing", "exploding", "both", "neither") else None}


def _which_norm(v: V) -> dict[str, Any]:
    of_batch = (
        "feature over the examples|running|small|convolutional|each time step|neighbours in the batch|Ioffe"
    )
    batch, layer = "batch normalization", "layer normalization"
    alike = "both alike"
    if re.search("scale and a shift|root of a variance|subtracts a mean", v["sentence"]):
        return {"norm": alike, "other": batch, "third": layer}
    is_batch = re.search(of_batch, v["sentence"])
    return {"norm": batch if is_batch else layer, "other": layer if is_batch else batch, "third": alike}


ORACLES: dict[str, Callable[[V], Mapping[str, Any]]] = {
    "repeated_weight": _repeated_weight,
    "step_factor": _step_factor,
    "eigen_growth": _eigen_growth,
    "step_shares": _step_shares,
    "memory_trace": _memory_trace,
    "slopes": _slopes,
    "orthogonal_turn": _orthogonal_turn,
    "update_step": _update_step,
    "clip_by_norm": _clip_by_norm,
    "clip_case": _clip_case,
    "penalty_of_norms": _penalty_of_norms,
    "residual_depth": _residual_depth,
    "residual_entry": _residual_entry,
    "residual_slope": _residual_slope,
    "gradient_symptom": _symptom,
    "remedy_list": _remedy,
    "feature_norm": _feature_norm,
    "norm_axes": _norm_axes,
    "norm_sizes": _norm_sizes,
    "which_norm": _which_norm,
}


def test_each_generator_here_has_its_oracle() -> None:
    assert list(ORACLES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in range(50):
        values = generator(name).vary("some-item", seed)
        for key, expected in ORACLES[name](values).items():
            if isinstance(expected, str) or not isinstance(expected, (int, float)):
                assert values[key] == expected, (seed, key)
            else:
                assert values[key] == pytest.approx(expected, rel=1e-9, abs=1e-12), (seed, key)


def test_every_number_has_been_found_a_second_time() -> None:
    for name in NAMES:
        values = generator(name).vary("some-item", 0)
        numbers = {key for key, value in values.items() if not isinstance(value, str)}
        assert numbers - set(generator(name).inputs) <= set(ORACLES[name](values)), name
