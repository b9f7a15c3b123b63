"""Batch and layer normalization by the engine's own norms, and the axes and sizes they use.

Knows no question texts.

    feature_norm     four numbers `x1 x2 x3 x4`, scaled by `gamma`, shifted by `beta`, asked entry `k`:
                     `xk`, `mean`, `var` (divided by 4), `std`, `hat` = normalised x_k, `y` = gamma hat +
                     beta; `var_unbiased` (divided by 3), `hat_by_var` (divided by the variance),
                     `hat_by_root` (by the root of the standard deviation), `hat_unbiased`,
                     `hat_not_centred`, `y_without_shift`, `y_shift_first` (= gamma (hat + beta))
    norm_axes        a table of two examples (rows) with three features, `a1 a2 a3` and `b1 b2 b3`; asked
                     feature `k` and row `e`: `feature_mean` (batch norm), `row_mean` (layer norm),
                     `all_mean`, `feature_var`, `row_var`, `ak`, `bk`, texts `row` (its name) and
                     `row_sum`, `row_total`
    norm_sizes       `d` features, batch of `m`, `steps`: `learned` = 2 d for gamma and beta,
                     `batch_means` = d, `layer_means` = m; `learned_by_batch` (= 2 m), `learned_by_steps`
                     (= 2 d steps), `learned_scale` (= d), `layer_means_over_time` = m steps
    which_norm       row `case` of a table: texts `sentence`, the right `norm` and `why`, the wrong answers
                     `other` and `third` with what is `against` them and `against_third`
"""

from __future__ import annotations

from content.generators.domain import Generator, Span
from content.placeholders import Values


def _feature_norm(x1: int, x2: int, x3: int, x4: int, gamma: float, beta: float, k: int) -> Values:
    import numpy as np

    from engine.cells.norms import normalised

    x = np.array([[x1, x2, x3, x4]], float)
    found = normalised(x, "layer")
    hat = float(found.hat[0, k - 1])
    var = float(x.var())
    centred = float(x[0, k - 1] - x.mean())
    return {
        "xk": int(x[0, k - 1]),
        "mean": float(x.mean()),
        "var": var,
        "std": float(found.spread[0, 0]),
        "hat": hat,
        "y": gamma * hat + beta,
        "var_unbiased": var * 4 / 3,
        "hat_by_var": centred / var,
        "hat_by_root": centred / var**0.25,
        "hat_unbiased": centred / (var * 4 / 3) ** 0.5,
        "hat_not_centred": float(x[0, k - 1]) / var**0.5,
        "y_without_shift": gamma * hat,
        "y_shift_first": gamma * (hat + beta),
    }


def _spread_out(x1: int, x2: int, x3: int, x4: int, k: int, gamma: float, beta: float) -> bool:
    """A variance far above 1e-5, an entry that is not the mean itself, an output that is not 0."""
    x = (x1, x2, x3, x4)
    mean = sum(x) / 4
    var = sum((each - mean) ** 2 for each in x) / 4
    hat = (x[k - 1] - mean) / max(var, 1.0) ** 0.5
    return var > 2 and abs(hat) > 0.1 and abs(gamma * hat + beta) > 0.1


def _norm_axes(k: int, e: int, **entries: int) -> Values:
    rows = [[entries[f"{row}{n}"] for n in (1, 2, 3)] for row in "ab"]
    feature, row = [each[k - 1] for each in rows], rows[e - 1]
    return {
        "ak": feature[0],
        "bk": feature[1],
        "feature_mean": _mean(feature),
        "feature_var": _var(feature),
        "row": ("first", "second")[e - 1],
        "row_sum": " + ".join(str(value) for value in row),
        "row_total": sum(row),
        "row_mean": _mean(row),
        "row_var": _var(row),
        "all_mean": _mean([*rows[0], *rows[1]]),
    }


def _mean(values: list[int]) -> float:
    return sum(values) / len(values)


def _var(values: list[int]) -> float:
    return sum((value - _mean(values)) ** 2 for value in values) / len(values)


def _norm_sizes(d: int, m: int, steps: int) -> Values:
    return {
        "learned": 2 * d,
        "batch_means": d,
        "layer_means": m,
        "layer_means_over_time": m * steps,
        "learned_by_batch": 2 * m,
        "learned_by_steps": 2 * d * steps,
        "learned_scale": d,
    }


_BATCH = ("batch normalization", "layer normalization")
_LAYER = ("layer normalization", "batch normalization")
_ALIKE = ("both alike", "batch normalization")
_SENTENCES = (  # what is said, which norm it fits and which not, why, and why not the other
    (
        "takes mean and variance of one feature over the examples of the mini-batch",
        _BATCH,
        "Its axis is the batch.",
        "Layer normalization takes them over the units of one example.",
    ),
    (
        "takes mean and variance over the units of one example",
        _LAYER,
        "Its axis is the layer's units.",
        "Batch normalization takes them over the batch, for each feature.",
    ),
    (
        "needs running averages once training is over",
        _BATCH,
        "A single test example has no batch.",
        "Layer normalization needs none: each example gives its own mean.",
    ),
    (
        "computes the same in training and in testing",
        _LAYER,
        "It asks nothing of other examples.",
        "Batch normalization uses the batch in training and running averages in testing.",
    ),
    (
        "works with a mini-batch of one example",
        _LAYER,
        "One example has enough features for a mean.",
        "In a dense layer every variance over a batch of one is 0.",
    ),
    (
        "becomes noisy when the mini-batch is very small",
        _BATCH,
        "Two examples tell little about a mean.",
        "Layer normalization does not look at the batch at all.",
    ),
    (
        "is the usual choice for convolutional networks",
        _BATCH,
        "Images come in large batches of one size.",
        "Layer normalization is more at home in RNNs and Transformers.",
    ),
    (
        "is the usual choice inside a recurrent layer",
        _LAYER,
        "It acts at every time step alike.",
        "Batch normalization would need statistics of each time step.",
    ),
    (
        "would need statistics of its own for each time step of an RNN",
        _BATCH,
        "Late steps have few examples.",
        "Layer normalization finds mean and variance anew in the example at each step.",
    ),
    (
        "is indifferent to sequences of unequal length in the batch",
        _LAYER,
        "Other sequences do not count.",
        "Batch normalization has few examples left at late steps.",
    ),
    (
        "makes the output for one example depend on its neighbours in the batch",
        _BATCH,
        "They share mean and variance.",
        "Layer normalization treats each example by itself.",
    ),
    (
        "was proposed by Ba, Kiros and Hinton in 2016",
        _LAYER,
        "The paper is called “Layer Normalization”.",
        "Batch normalization is older: Ioffe and Szegedy, 2015.",
    ),
    (
        "was proposed by Ioffe and Szegedy in 2015",
        _BATCH,
        "They made it for deep image networks.",
        "Layer normalization came a year later, by Ba, Kiros and Hinton.",
    ),
    (
        "learns a scale and a shift for each feature",
        _ALIKE,
        r"Both have one $\gamma$ and one $\beta$ for each feature.",
        "Layer normalization does so, too.",
    ),
    (
        "divides by the root of a variance plus a tiny number",
        _ALIKE,
        r"In both the $\epsilon$ keeps the denominator from being 0.",
        "Layer normalization does so, too.",
    ),
    (
        "subtracts a mean before it divides",
        _ALIKE,
        "Both do; they differ in what the mean is taken over.",
        "Layer normalization does so, too.",
    ),
)


def _which_norm(case: int) -> Values:
    sentence, (norm, other), why, against = _SENTENCES[case]
    third, against_third = "both alike", f"In this point the two differ. {against}"
    if norm == third:
        third, against_third = "layer normalization", "Batch normalization does so, too."
    return {
        "sentence": sentence,
        "norm": norm,
        "other": other,
        "third": third,
        "why": why,
        "against": against,
        "against_third": against_third,
    }


_X = Span(-6, 12)
_CELL = Span(0, 9)

GENERATORS = (
    Generator(
        "feature_norm",
        {
            **dict.fromkeys(("x1", "x2", "x3", "x4"), _X),
            "gamma": Span(5, 30, step=5, places=1),
            "beta": Span(-20, 20, step=5, places=1, zero=False),
            "k": Span(1, 4),
        },
        _feature_norm,
        _spread_out,
    ),
    Generator(
        "norm_axes",
        {
            **dict.fromkeys(("a1", "a2", "a3", "b1", "b2", "b3"), _CELL),
            "k": Span(1, 3),
            "e": Span(1, 2),
        },
        _norm_axes,
    ),
    Generator("norm_sizes", {"d": Span(8, 96, step=4), "m": Span(2, 64), "steps": Span(5, 40)}, _norm_sizes),
    Generator("which_norm", {"case": Span(0, len(_SENTENCES) - 1)}, _which_norm),
)
