"""Numeric gradients from plain arrays, computed from the derivations' own final expressions.

    gradients("rnn", {"W_h": W_h, ...}, x, y, loss="half", wrt="W_h")

Nothing is differentiated numerically, and no hand-written backward pass is used: each gradient is
derived line by line (`derive.py`), and then its lines are evaluated (`interpret.py`).
"""

from __future__ import annotations

import reprlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import index
from typing import Any, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from engine.derivations.catalogue import MOST_STEPS, cleaned, refused, wrt_refused
from engine.derivations.derive import derive
from engine.derivations.interpret import answer, run
from engine.derivations.models import BY_KEY
from engine.derivations.parameters import keys
from engine.derivations.plain_arrays import Floats, given_arrays, numbers, plain
from engine.derivations.programs import asked_for, program
from engine.derivations.steps import Derivation
from engine.derivations.types_of_jobs import mistyped
from engine.errors import ConfigError
from engine.symbolic.jobs import GradientJob


def gradients(
    model: str,
    parameters: Mapping[str, ArrayLike],
    inputs: ArrayLike,
    targets: ArrayLike | None = None,
    *,
    wrt: str | Sequence[str] | None = None,
    **options: str | int | bool,
) -> dict[str, Floats]:
    """dL/d(parameter) of a model of the catalogue.

    Vectors are 1-d arrays, matrices 2-d ones, rows first: W_h h_{t-1} is `W_h @ h`. h is the number of
    units, d of inputs, k of outputs, T of time steps. In all models with time, `inputs` is x [T, d];
    `targets` is y [k], or [T, k] with outputs="each". First states are zero where they are not given.

    model and its parameters; options with their defaults first:

    "rnn"        W_h [h, h], W_i [h, d], b_h [h], W_o [k, h], b_o [k]; h_0 [h].
                 a_t = W_h h_{t-1} + W_i x_t + b_h, h_t = φ(a_t), W_o h_t + b_o.
                 activation="tanh" | "sigmoid" | "relu" | "identity"
    "lstm"       W_f, W_i, W_g, W_o [h, d], U_f, U_i, U_g, U_o [h, h], b_f, b_i, b_g, b_o [h], W_y [k, h],
                 b_y [k]; h_0, c_0 [h]. gates="apart" | "stacked": no U, and W_f .. W_o [h, h + d] of
                 h_{t-1} above x_t.
    "gru"        W_z, W_r, W_n [h, d], U_z, U_r, U_n [h, h], b_z, b_r, b_n [h], c_n [h] with reset="after",
                 W_y [k, h], b_y [k]; h_0 [h]. update="keep" (h_t = z h_{t-1} + (1 - z) n) | "take";
                 reset="after" (n of W_n x + b_n + r (U_n h + c_n)) | "before" (of W_n x + U_n (r h) + b_n).
    "birnn"      W_h, W_h_rev [h, h], W_i, W_i_rev [h, d], b_h, b_h_rev [h], W_o, W_o_rev [k, h], b_o [k];
                 h_0, h_rev_T+1 [h]. activation as above
    "layers"     W_i1 [h, d], W_i2 [h, h], W_h1, W_h2 [h, h], b_1, b_2 [h], W_o [k, h], b_o [k];
                 h1_0, h2_0 [h]. activation as above
    "attention"  W_h, W_d, W_c [h, h], W_i [h, d], b_h, b_d [h], W_a, U_a [n, h], v_a [n], W_o [k, h],
                 b_o [k]; h_0 [h]. y [k]; the loss is cross-entropy.
    "softmax"    no parameters; inputs s [k], targets y [k]. Cross-entropy; gives dL/ds as "s".
    "layernorm"  gamma, beta [h]; inputs x [h], targets y [h]. L = ½|out - y|², ε = 1e-5; gives "x", too.
    "batchnorm"  gamma, beta [h]; inputs X [m, h], targets Y [m, h], one example a row; gives "X", too.
    "clipping"   v, a number > 0; inputs g [n], no targets. Gives no slopes, but "g_by_norm" and "g_by_value".

    All but the last five: outputs="last" | "each", loss="half" (½|ŷ - y|²) | "whole" | "cross-entropy"
    (of softmax), and but for "birnn" truncate=0 | k (nothing goes back from time k + 1 to k, 2k + 1 to
    2k, ...), scalar=False | True (everything is a number: x [T], y a number or [T]).

    Args:
        wrt: name or names of what to differentiate by: parameters, first states ("h_0"), and states and
            pre-activations ("h", "a_f"), whose slopes are [T, h]. By default all but the latter.

    Returns: for each name the gradient, in the shape of the quantity.

    Raises:
        ConfigError: a model, name, option or shape that there is not, or a number that is not finite;
            one sentence for each fault, with what is allowed.
    """
    _check_types(model, parameters, wrt)
    steps = _steps(model, inputs)
    job = _job(model, steps, options)
    network, names = program(job), _wanted(job, wrt)
    with np.errstate(all="ignore"):  # what becomes too large is said below
        running = run(network, given_arrays(network, parameters, inputs, targets, steps), steps)
        jobs = [replace(job, wrt=name) for name in names]
        found = {one.wrt: plain(answer(_derived(one), running), asked_for(one).shape) for one in jobs}
    _check_finite(found)
    return found


def _check_types(model: object, parameters: object, wrt: object) -> None:
    problems = []
    if not isinstance(model, str):
        problems.append(f"The model is {reprlib.repr(model)}; give its name, such as “rnn”.")
    if not isinstance(parameters, Mapping):
        problems.append(f"The parameters are {reprlib.repr(parameters)}; give a dict of arrays by name.")
    names = wrt if isinstance(wrt, Sequence) else () if wrt is None else (wrt,)
    problems += [
        f"wrt has {reprlib.repr(name)}; give names, such as “W_h”."
        for name in names
        if not isinstance(name, str)
    ]
    if problems:
        raise ConfigError(tuple(problems))


def _check_finite(found: Mapping[str, Floats]) -> None:
    wrong = [name for name, gradient in found.items() if not np.isfinite(gradient).all()]
    if wrong:
        why = "on the way something grew beyond 1.8e308, or was 0 / 0"
        told = f"The gradient by {', '.join(wrong)} has a number that is not finite"
        raise ConfigError((f"{told}: {why}. Give smaller numbers.",))


@lru_cache(maxsize=256)
def _derived(job: GradientJob) -> Derivation:
    """A derivation does not depend on the numbers: one who trains with it waits for it once."""
    return derive(job)


def _steps(model: str, inputs: ArrayLike) -> int:
    """T; 1 for a model without time."""
    if model not in BY_KEY or not BY_KEY[model].has_steps:
        return 1
    rows = numbers("inputs", inputs)
    if not rows.ndim or not len(rows):
        raise ConfigError(("inputs have no time steps; give x as an array [T, d] with T at least 1.",))
    return len(rows)


def _job(model: str, steps: int, options: Mapping[str, Any]) -> GradientJob:
    """The job that a gradient is derived for; T is a letter where it is more than what is written out."""
    known = BY_KEY[model].fields if model in BY_KEY else ()
    unknown = [name for name in options if name not in known or name == "steps"]
    if unknown and known:
        allowed = ", ".join(name for name in known if name != "steps") or "none"
        raise ConfigError((f"{model} has no option {', '.join(unknown)}; its options are {allowed}.",))
    chosen = dict(options) if known else {}
    window = _window(chosen.pop("truncate", 0), steps)
    job = GradientJob(model, steps=steps if steps <= MOST_STEPS else 0, **chosen)
    reason = mistyped(job) or refused(replace(job, wrt=cleaned(job).wrt))
    if reason:
        raise ConfigError((" ".join(reason),))
    return replace(cleaned(job), truncate=window)


def _window(truncate: object, steps: int) -> int:
    """The window of truncated BPTT as a whole number, of any integer type; 0 where it cuts nothing."""
    if isinstance(truncate, bool) or not isinstance(truncate, SupportsIndex):
        raise ConfigError((f"truncate is {truncate!r}; give a whole number of steps, 0 for none.",))
    window = index(truncate)
    if window < 0:
        raise ConfigError((f"The window of truncated BPTT is {window} steps; give 1 or more, 0 for none.",))
    return window if window < steps else 0


def _wanted(job: GradientJob, wrt: str | Sequence[str] | None) -> list[str]:
    if wrt is None:
        timed = {definition.var.name for definition, span in program(job).definitions() if span}
        return [name for name in keys(job) if name not in timed]
    names = [wrt] if isinstance(wrt, str) else list(wrt)
    problems = [wrt_refused(replace(job, wrt=name)) for name in names]
    if any(problems):
        raise ConfigError(tuple(" ".join(problem) for problem in problems if problem))
    return names
