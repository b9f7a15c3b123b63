"""What can be chosen about a derivation, in words for the screen: labels, and tips that name the source.

Fields of a GradientJob apart from its model, the quantity asked for, the number of steps and the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.derivations.models import BY_KEY
from engine.symbolic.jobs import GradientJob

SHOWN_STEPS = 4  # what T is in numbers where it stays a letter
MOST_STEPS = 50
_WINDOWS = (1, 2, 3, 4, 5, 8, 10, 12, 16, 20, 25, 32, 40)

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a field, and what it is called."""

    value: Value
    label: str


@dataclass(frozen=True, slots=True)
class Option:
    """A field of GradientJob with what it may be. `tip` says what it changes, and whose convention it is."""

    field: str
    label: str
    choices: tuple[Choice, ...]
    tip: str


def options(job: GradientJob) -> tuple[Option, ...]:
    """What the job's model leaves open, in the order of a form; () for an unknown model."""
    model = BY_KEY.get(job.model)
    if model is None:
        return ()
    fields = [name for name in (*model.fields, "rows") if name not in _hidden(job)]
    return tuple(_option(name, job) for name in fields)


def _hidden(job: GradientJob) -> tuple[str, ...]:
    """Steps are a field of their own; one number has nothing to be stacked, and no rows."""
    return ("steps", "gates", "rows") if job.scalar and "scalar" in BY_KEY[job.model].fields else ("steps",)


def _option(name: str, job: GradientJob) -> Option:
    if name == "truncate":
        return Option(name, "Truncated BPTT", _windows(job), _TRUNCATED)
    option = _FIXED[name]
    if name == "loss" and job.scalar:
        return Option(name, option.label, option.choices[:2], option.tip)
    labels = (Choice(choice.value, as_written(choice.label, job)) for choice in option.choices)
    return Option(name, option.label, tuple(labels), option.tip)


def as_written(text: str, job: GradientJob) -> str:
    """`text` with its products turned round where vectors are rows."""
    for columns, rows in _PRODUCTS.items() if job.rows else ():
        text = text.replace(columns, rows)
    return text


_PRODUCTS = {
    "W x_t + U h_{t-1}": "x_t W + h_{t-1} U",
    "W_f x_t + U_f h_{t-1}": "x_t W_f + h_{t-1} U_f",
    "W [h_{t-1}; x_t]": "[h_{t-1}, x_t] W",
    "W_f [h_{t-1}; x_t]": "[h_{t-1}, x_t] W_f",
    "U_n h_{t-1} + c_n": "h_{t-1} U_n + c_n",
    "U_n (r ⊙ h_{t-1})": "(r ⊙ h_{t-1}) U_n",
    "v_aᵀ tanh(W_a d_0 + U_a h_j)": "tanh(d_0 W_a + h_j U_a) v_aᵀ",
}


def _windows(job: GradientJob) -> tuple[Choice, ...]:
    """Pieces that are shorter than the whole, and the one that is chosen."""
    steps = job.steps or SHOWN_STEPS
    sizes = sorted({k for k in _WINDOWS if k < steps} | ({job.truncate} if job.truncate > 0 else set()))
    told = (Choice(k, f"pieces of {k} {'step' if k == 1 else 'steps'}") for k in sizes)
    return (Choice(0, "no: through all steps"), *told)


_TRUNCATED = (
    "The sequence is cut into pieces of k steps; states cross a cut, gradients do not. Cheaper in memory, "
    "and an approximation: what an early step does to a later piece is left out (Williams & Peng 1990; cut "
    "into pieces as in most frameworks)."
)

_FIXED: dict[str, Option] = {
    option.field: option
    for option in (
        Option(
            "scalar",
            "Size",
            (Choice(False, "matrices"), Choice(True, "one unit: all letters are numbers")),
            "With one unit there are no transposes and no order of factors to watch: the same chain rule, "
            "with the bare bones showing.",
        ),
        Option(
            "activation",
            "Activation φ",
            (
                Choice("tanh", "tanh"),
                Choice("sigmoid", "sigmoid σ"),
                Choice("relu", "ReLU"),
                Choice("identity", "none: a linear network"),
            ),
            "tanh is the default of PyTorch. The derivative of ReLU at 0 is taken as 0, as PyTorch "
            "does. Without an activation every step Jacobian is W_h itself.",
        ),
        Option(
            "outputs",
            "Outputs",
            (
                Choice("last", "one, after the last step (many to one)"),
                Choice("each", "one at each step (many to many)"),
            ),
            "With an output at each step L is the sum of all L_t (Goodfellow et al. 2016, eq. 10.12-10.14). "
            "Some take the mean, as the Lab does: then every gradient is smaller by a factor of T.",
        ),
        Option(
            "loss",
            "Loss",
            (
                Choice("half", "½ ‖ŷ - y‖²"),
                Choice("whole", "‖ŷ - y‖²"),
                Choice("cross-entropy", "softmax, then cross-entropy"),
            ),
            "The ½ is there to cancel the 2 of the derivative; without it every gradient is twice as large. "
            "The logarithm of the cross-entropy is the natural one.",
        ),
        Option(
            "gates",
            "Gates",
            (
                Choice("apart", "apart: W_f x_t + U_f h_{t-1}"),
                Choice("stacked", "stacked: W_f [h_{t-1}; x_t]"),
            ),
            "Two ways to write one network. Apart: PyTorch and most papers; stacked: Olah (2015) and many "
            "lectures. The stacked matrix is U_f and W_f in one, and so is its gradient.",
        ),
        Option(
            "update",
            "Update gate z",
            (
                Choice("keep", "keeps the old: z ⊙ h_{t-1} + (1 - z) ⊙ n"),
                Choice("take", "takes the new: (1 - z) ⊙ h_{t-1} + z ⊙ n"),
            ),
            "Keeps: Cho et al. (2014), eq. 7, and PyTorch. Takes: Chung et al. (2014). They are one network "
            "with z and 1 - z exchanged, so gradients at z change their sign.",
        ),
        Option(
            "reset",
            "Reset gate r",
            (
                Choice("after", "after the product: r ⊙ (U_n h_{t-1} + c_n)"),
                Choice("before", "before the product: U_n (r ⊙ h_{t-1})"),
            ),
            "Before: Cho et al. (2014), eq. 8, and Chung et al. (2014). After: PyTorch and cuDNN, which is "
            "faster and has a bias c_n of its own. These are different networks.",
        ),
        Option(
            "rows",
            "Vectors are",
            (Choice(False, "columns: a = W x"), Choice(True, "rows: a = x W")),
            "Columns: Goodfellow et al. (2016) and most lectures. Rows: as the lines of a batch in code. "
            "With rows W stands for the transposed matrix: all lines and all numbers are shown transposed.",
        ),
    )
}
