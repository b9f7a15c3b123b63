"""Losses of sequences, weight updates and BPTT through three steps, computed by the engine.

Given first, computed after the semicolon; names that begin with the
wanted value's name are typical wrong numbers.

step_loss
    p of the right class; loss = -ln p; loss_log10, loss_log2, loss_of_rest (= -ln(1-p)), loss_linear (=
    1-p)
sequence_loss
    p1 p2 p3 of the right classes; l1 l2 l3, total, mean, product = p1 p2 p3; total_mean (= mean),
    total_last (= l3), total_log10, total_linear (= 3 - p1 - p2 - p3)
binary_loss
    label y (0 or 1), yhat; p = what the label got, loss in nats; loss_other_label, loss_log10,
    loss_linear (= 1-p)
softmax_slope
    logits z1 z2 z3, right class k, asked class j; e1 e2 e3, their sum e, p1 p2 p3, target yj, pj, slope
    = p_j - y_j, loss = -ln p_k; slope_turned (= y_j - p_j), slope_other (what p_j would give with the
    other target)
weight_step
    w g eta; change = eta g, w_new = w - eta g; w_new_up (+), w_new_without_rate (= w - g),
    w_new_gradient (= -eta g)
chain_one_step
    x w v y, H = tanh(w x), yhat = v H, L = (yhat-y)^2/2; z = w x, hidden, bend = 1 - H^2, yhat, error,
    slope = dL/dw; slope_without_bend, slope_without_input, slope_turned (sign), slope_of_v (= dL/dv)
bptt_three
    w_i w_h w_o x1 x2 x3 y, h_t = tanh(w_i x_t + w_h h_{t-1}) from 0, yhat = w_o h_3, L = (yhat-y)^2/2;
    h1 h2 h3, bend1..3 = 1 - h_t^2, yhat, error, da1 da2 da3 = dL/da_t, shares i1 i2 i3 (= da_t x_t) and
    h_share2 h_share3 (= da_t h_{t-1}), grad_i, grad_h, grad_o; grad_i_last (= i3), grad_i_misprint (=
    i1 + i3), grad_i_middle (= i2), grad_h_last (= h_share3), grad_h_of_state (= dL/dh_3)
step_product
    w, bend (slope of the activation), steps n and j; count = n - j factors, factor = bend w, product =
    factor^count; count_one_more, product_one_more, product_without_bend (= w^count), product_sum (=
    count factor)
bptt_work
    sizes d h, length n; per_step = h h + h d, products of the forward states over n steps, kept = n h
    numbers; products_square, kept_square (n twice), products_one_step (= per_step), kept_one_state (=
    h), kept_weights (= per_step)
longer_sequence
    n steps take ms, asked for times as many: longer; ms_new = times ms; ms_new_square (times^2),
    ms_new_same (= ms), ms_new_added (= ms + longer - n)
fed_word
    texts: the true words true1..4 and what the network wrote, own1..4, asked step t from 2: fed (true
    word of the step before), fed_own (own word of the step before), next_true, next_own (those of step
    t), before = t - 1
mixed_feeding
    percent of coins for the truth, steps; truth = expected true inputs, own = the rest; truth_percent
    (= percent)
"""

from __future__ import annotations

import math

from content.generators.domain import Generator, OneOf, Span
from content.placeholders import Values

_SHARE = Span(5, 95, step=5, places=2)
_TENTHS = Span(-15, 15, places=1, zero=False)
_LOGIT = Span(-20, 20, places=1)
_POSITIVE = Span(3, 15, places=1)

_STORIES = (  # true words, and what a half-trained network wrote at the same places
    (("the", "cat", "sleeps", "now"), ("a", "dog", "eats", "here")),
    (("we", "buy", "fresh", "bread"), ("they", "sell", "old", "cheese")),
    (("rain", "falls", "all", "night"), ("snow", "comes", "every", "day")),
    (("my", "train", "is", "late"), ("our", "bus", "was", "early")),
    (("she", "reads", "two", "books"), ("he", "writes", "three", "letters")),
    (("open", "that", "red", "door"), ("close", "this", "blue", "window")),
)


def _logit(p: float) -> float:
    return math.log(p / (1 - p))


def _nats(p: float) -> float:
    """-ln p, as the engine's loss of a two-class softmax."""
    import numpy as np

    from engine.losses import cross_entropy

    z = np.array([[[_logit(p), 0.0]]])
    return cross_entropy(z, np.array([[[1.0, 0.0]]])).value


def _step_loss(p: float) -> Values:
    return {
        "loss": _nats(p),
        "loss_log10": -math.log10(p),
        "loss_log2": -math.log2(p),
        "loss_of_rest": _nats(1 - p),
        "loss_linear": 1 - p,
    }


def _sequence_loss(p1: float, p2: float, p3: float) -> Values:
    each = [_nats(p) for p in (p1, p2, p3)]
    return {
        **{f"l{t}": loss for t, loss in enumerate(each, 1)},
        "total": sum(each),
        "mean": sum(each) / 3,
        "product": p1 * p2 * p3,
        "total_mean": sum(each) / 3,
        "total_last": each[-1],
        "total_log10": -math.log10(p1 * p2 * p3),
        "total_linear": 3 - p1 - p2 - p3,
    }


def _binary_loss(y: int, yhat: float) -> Values:
    p = yhat if y else 1 - yhat
    return {
        "p": p,
        "loss": _nats(p),
        "loss_other_label": _nats(1 - p),
        "loss_log10": -math.log10(p),
        "loss_linear": 1 - p,
    }


def _softmax_slope(z1: float, z2: float, z3: float, k: int, j: int) -> Values:
    import numpy as np

    from engine.losses import cross_entropy

    target = np.eye(3)[k - 1]
    found = cross_entropy(np.array([[[z1, z2, z3]]]), target[None, None])
    p, slope = found.outputs[0, 0], float(found.dz[0, 0, j - 1])
    exps = [math.exp(z) for z in (z1, z2, z3)]
    return {
        **{f"e{n}": e for n, e in enumerate(exps, 1)},
        "e": sum(exps),
        **{f"p{n}": float(share) for n, share in enumerate(p, 1)},
        "yj": int(target[j - 1]),
        "pj": float(p[j - 1]),
        "slope": slope,
        "loss": found.value,
        "slope_turned": -slope,
        "slope_other": float(p[j - 1]) - (1 - int(target[j - 1])),
    }


def _weight_step(w: float, g: float, eta: float) -> Values:
    import numpy as np

    from engine.optim import Sgd

    theta, _ = Sgd().update(np.array([w]), np.array([g]), eta)
    return {
        "change": eta * g,
        "w_new": float(theta[0]),
        "w_new_up": w + eta * g,
        "w_new_without_rate": w - g,
        "w_new_gradient": -eta * g,
    }


def _slopes(
    w_i: float, w_h: float, w_o: float, x: list[float], y: float, wrt: list[str]
) -> dict[str, list[float]]:
    """dL/d(each) of a network of single numbers, from the lines of the engine's derivation."""
    from engine.derivations.gradients import gradients

    weights = {"W_i": w_i, "W_h": w_h, "W_o": w_o, "b_h": 0.0, "b_o": 0.0}
    found = gradients("rnn", weights, x, y, wrt=wrt, loss="half", scalar=True)
    return {name: [float(one) for one in slope.ravel()] for name, slope in found.items()}


def _chain_one_step(x: float, w: float, v: float, y: float) -> Values:
    found = _slopes(w, 0.0, v, [x], y, ["W_i", "W_o"])
    hidden = math.tanh(w * x)
    bend, error = 1 - hidden * hidden, v * hidden - y
    return {
        "z": w * x,
        "hidden": hidden,
        "bend": bend,
        "yhat": v * hidden,
        "error": error,
        "slope": found["W_i"][0],
        "slope_without_bend": error * v * x,
        "slope_without_input": error * v * bend,
        "slope_turned": -found["W_i"][0],
        "slope_of_v": found["W_o"][0],
    }


def _bptt_three(**v: float) -> Values:
    x = [v["x1"], v["x2"], v["x3"]]
    found = _slopes(v["w_i"], v["w_h"], v["w_o"], x, v["y"], ["a", "W_i", "W_h", "W_o", "h"])
    h = [0.0]
    for each in x:
        h.append(math.tanh(v["w_i"] * each + v["w_h"] * h[-1]))
    da = found["a"]
    i = [slope * each for slope, each in zip(da, x, strict=True)]
    return {
        **{f"h{t}": h[t] for t in (1, 2, 3)},
        **{f"bend{t}": 1 - h[t] ** 2 for t in (1, 2, 3)},
        "yhat": v["w_o"] * h[3],
        "error": v["w_o"] * h[3] - v["y"],
        **{f"da{t}": slope for t, slope in enumerate(da, 1)},
        **{f"i{t}": share for t, share in enumerate(i, 1)},
        "h_share2": da[1] * h[1],
        "h_share3": da[2] * h[2],
        "grad_i": found["W_i"][0],
        "grad_h": found["W_h"][0],
        "grad_o": found["W_o"][0],
        "grad_i_last": i[2],
        "grad_i_misprint": i[0] + i[2],
        "grad_i_middle": i[1],
        "grad_h_last": da[2] * h[2],
        "grad_h_of_state": found["h"][2],
    }


def _step_product(w: float, bend: float, n: int, j: int) -> Values:
    factor = bend * w
    return {
        "count": n - j,
        "factor": factor,
        "product": math.prod([factor] * (n - j)),
        "count_one_more": n - j + 1,
        "product_one_more": factor ** (n - j + 1),
        "product_without_bend": w ** (n - j),
        "product_sum": (n - j) * factor,
    }


def _bptt_work(d: int, h: int, n: int) -> Values:
    from content.worked.counting import FUNCTIONS

    of_the_output = 2 + h  # one linear output behind the last step, and its loss
    products = FUNCTIONS["forward_products"](d, h, n) - of_the_output
    kept = FUNCTIONS["bptt_kept"](d, h, n) - 1  # but for that output
    return {
        "per_step": h * h + h * d,
        "products": products,
        "kept": kept,
        "products_square": products * n,
        "products_one_step": h * h + h * d,
        "kept_square": kept * n,
        "kept_one_state": h,
        "kept_weights": h * h + h * d,
    }


def _longer_sequence(n: int, ms: int, times: int) -> Values:
    return {
        "longer": n * times,
        "ms_new": ms * times,
        "ms_new_square": ms * times * times,
        "ms_new_same": ms,
        "ms_new_added": ms + n * times - n,
    }


def _fed_word(story: int, t: int) -> Values:
    true, own = _STORIES[story]
    return {
        **{f"true{n}": word for n, word in enumerate(true, 1)},
        **{f"own{n}": word for n, word in enumerate(own, 1)},
        "before": t - 1,
        "fed": true[t - 2],
        "fed_own": own[t - 2],
        "next_true": true[t - 1],
        "next_own": own[t - 1],
    }


def _mixed_feeding(percent: int, steps: int) -> Values:
    truth = percent * steps // 100
    return {"truth": truth, "own": steps - truth, "truth_percent": percent}


def _sure(yhat: float, **_: float) -> bool:
    return yhat != 0.5


def _clear_slopes(x: float, w: float, v: float, y: float) -> bool:
    hidden = math.tanh(w * x)
    error = v * hidden - y
    return abs(error * v * (1 - hidden * hidden)) >= 0.05 and abs(error * hidden) >= 0.05


def _clear_shares(**v: float) -> bool:
    """The shares of dL/dw_i and the gradients are far enough from 0 to be told apart."""
    h = [0.0]
    for t in (1, 2, 3):
        h.append(math.tanh(v["w_i"] * v[f"x{t}"] + v["w_h"] * h[-1]))
    slope, inputs, states = (v["w_o"] * h[3] - v["y"]) * v["w_o"], [], []
    for t in (3, 2, 1):
        slope *= 1 - h[t] ** 2
        inputs.append(slope * v[f"x{t}"])
        states.append(slope * h[t - 1])
        slope *= v["w_h"]
    return min(map(abs, [*inputs, sum(inputs), sum(states)])) >= 0.04


_THREE = dict.fromkeys(("w_i", "w_h", "w_o", "x1", "x2", "x3"), _TENTHS) | {"y": _LOGIT}

GENERATORS = (
    Generator("step_loss", {"p": Span(3, 97, places=2)}, _step_loss, lambda p: p != 0.5),
    Generator("sequence_loss", {"p1": _SHARE, "p2": _SHARE, "p3": _SHARE}, _sequence_loss),
    Generator(
        "binary_loss",
        {"y": Span(0, 1), "yhat": Span(5, 95, places=2)},
        _binary_loss,
        _sure,
    ),
    Generator(
        "softmax_slope",
        {"z1": _LOGIT, "z2": _LOGIT, "z3": _LOGIT, "k": Span(1, 3), "j": Span(1, 3)},
        _softmax_slope,
    ),
    Generator(
        "weight_step",
        {"w": _TENTHS, "g": Span(-40, 40, places=1, zero=False), "eta": Span(5, 50, step=5, places=2)},
        _weight_step,
    ),
    Generator(
        "chain_one_step",
        {"x": _POSITIVE, "w": _TENTHS, "v": _TENTHS, "y": _LOGIT},
        _chain_one_step,
        _clear_slopes,
    ),
    Generator("bptt_three", _THREE, _bptt_three, _clear_shares),
    Generator(
        "step_product",
        {"w": _POSITIVE, "bend": Span(20, 90, step=5, places=2), "n": Span(4, 12), "j": Span(1, 6)},
        _step_product,
        lambda w, bend, n, j: n - j >= 2 and (w * bend) ** (n - j) >= 0.01,
    ),
    Generator("bptt_work", {"d": Span(2, 20), "h": Span(2, 20), "n": Span(5, 60, step=5)}, _bptt_work),
    Generator(
        "longer_sequence",
        {"n": Span(20, 100, step=10), "ms": Span(2, 30), "times": OneOf((2, 3, 4, 5))},
        _longer_sequence,
    ),
    Generator("fed_word", {"story": Span(0, len(_STORIES) - 1), "t": Span(2, 4)}, _fed_word),
    Generator(
        "mixed_feeding",
        {"percent": Span(20, 90, step=10), "steps": Span(10, 90, step=10)},
        _mixed_feeding,
        lambda percent, steps: percent not in (steps, 50),
    ),
)
