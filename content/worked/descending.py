"""One step of each optimiser, whole descents on a bowl, and schedules, for the numbers in notes.

Through engine.optim and engine.schedules, but for AdaGrad, which the engine has not. Numbers or
vectors may be given; a step's result holds the new parameters first, then what is remembered, one a
row (or one number each). Knows no texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.optim import Optimiser

    Numbers = NDArray[np.float64]
    Value = float | Numbers

EPSILON = 1e-8  # in AdaGrad's denominator, under the root
_STEP = 1e-30


def sgd_step(theta: Value, g: Value, eta: float) -> Value:
    """θ - η g."""
    after: Value = _stepped("sgd", theta, {}, g, eta)[0]
    return after


def momentum_step(theta: Value, v: Value, g: Value, eta: float, mu: float) -> Numbers:
    """v ← μ v + g, θ ← θ - η v: the rows θ, v. In books with m ← β m - η g, m is -η v."""
    return _stepped("momentum", theta, {"v": v}, g, eta, momentum=mu)


def nesterov_step(theta: Value, v: Value, g: Value, eta: float, mu: float) -> Numbers:
    """v ← μ v + g, θ ← θ - η (g + μ v): the rows θ, v (PyTorch's form; its θ is the point ahead)."""
    return _stepped("nesterov", theta, {"v": v}, g, eta, momentum=mu)


def adagrad_step(theta: Value, s: Value, g: Value, eta: float) -> Numbers:
    """s ← s + g², θ ← θ - η g / √(s + ε): the rows θ, s (Duchi et al. 2011)."""
    import numpy as np

    theta, g = np.asarray(theta, float), np.asarray(g, float)
    s = s + g * g
    return np.array([theta - eta * g / np.sqrt(s + EPSILON), s])


def rmsprop_step(theta: Value, v: Value, g: Value, eta: float) -> Numbers:
    """v ← ρ v + (1 - ρ) g², θ ← θ - η g / (√v + ε), with the engine's ρ = 0.99: the rows θ, v."""
    return _stepped("rmsprop", theta, {"v": v}, g, eta)


def adam_step(theta: Value, m: Value, v: Value, t: float, g: Value, eta: float) -> Numbers:
    """Adam's step number t + 1, after t steps that left m and v: the rows θ, m, v."""
    return _stepped("adam", theta, {"m": m, "v": v, "t": t}, g, eta)[:3]


def adamw_step(theta: Value, m: Value, v: Value, t: float, g: Value, eta: float, decay: float) -> Numbers:
    """`adam_step` on θ (1 - η λ), with the gradient of the loss alone: the rows θ, m, v."""
    return _stepped("adamw", theta, {"m": m, "v": v, "t": t}, g, eta, l2=decay)[:3]


def bowl_path(curvature: Numbers, start: Numbers, eta: float, mu: float, steps: float) -> Numbers:
    """The points from `start` down J = ½ Σ_k a_k θ_k², by momentum μ (0: plain descent): [steps + 1, n]."""
    import numpy as np

    from engine.optim import Plain, optimiser_of

    a, theta = np.atleast_1d(curvature).astype(float), np.atleast_1d(start).astype(float)
    optimiser, points = optimiser_of("momentum", len(theta)), [theta]
    for _ in range(int(steps)):
        theta, optimiser = optimiser.update(theta, a * theta, eta, Plain(momentum=mu))
        points.append(theta)
    return np.array(points)


def bowl_loss(curvature: Value, theta: Any) -> Any:
    """J = ½ Σ_k a_k θ_k²: the bowl that `bowl_path` goes down."""
    import numpy as np

    a, at = np.asarray(curvature), np.asarray(theta)
    return (a * at * at).sum() / 2


def bowl_slope(curvature: Value, theta: Value) -> Value:
    """∇J of that bowl at θ, measured along the imaginary axis (Squire & Trapp 1998), not worked out."""
    import numpy as np

    at = np.atleast_1d(np.asarray(theta, float))
    moved = at + 1j * _STEP * np.eye(len(at))
    found = np.array([bowl_loss(curvature, place).imag / _STEP for place in moved])
    return found.item() if np.ndim(theta) == 0 else found


def momentum_on_slope(g: float, eta: float, mu: float, steps: float) -> float:
    """The last of `steps` steps of momentum, from rest, where the gradient is g everywhere."""
    import numpy as np

    from engine.optim import Plain, optimiser_of

    theta, before, optimiser = np.zeros(1), np.zeros(1), optimiser_of("momentum", 1)
    for _ in range(int(steps)):
        before = theta
        theta, optimiser = optimiser.update(theta, np.full(1, g), eta, Plain(momentum=mu))
    return float((theta - before)[0])


def adam_run(theta: Value, gradients: Numbers, eta: float, decay: float) -> Numbers:
    """AdamW (without decay: Adam) from θ with one gradient a row: the rows θ, m, v after the last."""
    import numpy as np

    rows = np.array([theta, np.zeros_like(theta), np.zeros_like(theta)])
    for t, g in enumerate(gradients):
        rows = adamw_step(rows[0], rows[1], rows[2], t, g, eta, decay)
    return rows


def faded_mean(values: Numbers, beta: float) -> Numbers:
    """The mean of the rows, each weighing β times the next one: what a corrected average should be."""
    import numpy as np

    found: Numbers = np.average(values, axis=0, weights=beta ** np.arange(len(values))[::-1])
    return found


def rate_step(eta: float, n: float, step: float) -> float:
    """η halved after every n steps, at step 1, 2, ..."""
    return _rate("step", eta, n, step)


def rate_exponential(eta: float, n: float, step: float) -> float:
    """η halved over n steps, a little at each."""
    return _rate("exponential", eta, n, step)


def rate_cosine(eta: float, n: float, step: float) -> float:
    """η along half a cosine, at 0 after n steps."""
    return _rate("cosine", eta, n, step)


def rate_warmup(eta: float, n: float, step: float) -> float:
    """η reached in n equal steps, then kept."""
    return _rate("warmup", eta, n, step)


def _stepped(
    name: str, theta: Value, memory: Mapping[str, Value], g: Value, eta: float, **knobs: float
) -> Numbers:
    import numpy as np

    from engine.optim import Plain, restored

    flat = np.atleast_1d(theta).astype(float)
    remembered = {
        letter: np.array(float(value)) if letter == "t" else np.zeros_like(flat) + value
        for letter, value in memory.items()
    }
    before: Optimiser = restored(name, remembered)
    after, optimiser = before.update(flat, np.zeros_like(flat) + g, eta, Plain(**knobs))
    kept = [array for letter, array in optimiser.memory().items() if letter != "t"]
    rows = np.array([after, *kept])
    return rows[:, 0] if np.ndim(theta) == 0 else rows


def _rate(schedule: str, eta: float, n: float, step: float) -> float:
    from engine.config import RunConfig
    from engine.schedules import rate

    return rate(RunConfig(learning_rate=eta, schedule=schedule, schedule_steps=int(n)), int(step))


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    made.__name__: made
    for made in (
        sgd_step,
        momentum_step,
        nesterov_step,
        adagrad_step,
        rmsprop_step,
        adam_step,
        adamw_step,
        bowl_path,
        bowl_loss,
        bowl_slope,
        momentum_on_slope,
        adam_run,
        faded_mean,
        rate_step,
        rate_exponential,
        rate_cosine,
        rate_warmup,
    )
}
