"""What the window asks the symbolic process: requests as plain values, nothing computed.

Only strings, numbers and tuples of them: asking must never need SymPy or NumPy.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecurrenceJob:
    """Solve the recurrence in `text`, e.g. "T(n) = 3T(n-1), T(0) = 1".

    `method` is the name of the `report.Method` whose lines are told; empty: the one that suits best.
    Whichever is told, all that apply are tried and must agree.
    """

    text: str
    method: str = ""


@dataclass(frozen=True, slots=True)
class CodeJob:
    """Count how often each line of the pasted Python in `text` is executed. It is never run.

    `function` is the one to count; empty: the one that calls the others, or the last. `case` is
    "worst" or "best": which lines are told where branches depend on the data.
    """

    text: str
    function: str = ""
    case: str = "worst"


@dataclass(frozen=True, slots=True)
class CompareJob:
    """Decide which of O, Omega, Theta, o, omega hold between f and g, with witnesses."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class SortJob:
    """Sort `functions` of n by growth, slowest first, the same class side by side."""

    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundJob:
    """Judge `claim`, such as "O(n^2)" or "Theta(n log n)", about `about`. Answered by a Verdict.

    `about` is a function of n, a recurrence or pasted code.
    """

    about: str | RecurrenceJob | CodeJob
    claim: str


Rows = tuple[tuple[float, ...], ...]  # a matrix, row by row; a column vector has rows of one


@dataclass(frozen=True, slots=True)
class Given:
    """Numbers to put in, in place of random ones.

    Attributes:
        source: where they are from, for a reader, e.g. "the Lab's run, step 120".
        parameters: (name in the derivation, e.g. "W_h"; matrix) pairs, the first state included.
        inputs: x_1 .. x_T, one row a time step.
        targets: y, one row a time step that is asked for.
    """

    source: str
    parameters: tuple[tuple[str, Rows], ...]
    inputs: Rows
    targets: Rows


@dataclass(frozen=True, slots=True)
class GradientJob:
    """Derive dL/d(wrt) of a model of the catalogue (`engine.derivations.catalogue`) line by line.

    Every option is a named choice; one that the model does not have is ignored, and
    `catalogue.cleaned` sets it to its default.

    Attributes:
        model: key of the catalogue, e.g. "rnn", "lstm".
        wrt: name of a parameter as the model writes it, e.g. "W_h", or "h_0".
        steps: T, 1 to 50; 0: T stays a letter.
        scalar: one unit, one input, one output: all letters are numbers.
        activation: "tanh", "sigmoid", "relu" or "identity", of a plain RNN.
        outputs: "last" (many-to-one) or "each" (many-to-many: L is the sum of the L_t).
        loss: "half" ((1/2)|y_hat - y|^2), "whole" (without the 1/2) or "cross-entropy" (of a softmax).
        truncate: window k of truncated BPTT, pieces 1 .. k, k + 1 .. 2k, ...; 0: not truncated.
        gates: "apart" (W_f x_t + U_f h_{t-1}) or "stacked" (W_f [h_{t-1}; x_t]), of an LSTM.
        update: of a GRU, "keep": h_t = z h_{t-1} + (1 - z) n_t; "take": the other way round.
        reset: of a GRU, "after" (r (U_n h_{t-1})) or "before" (U_n (r h_{t-1})).
        rows: write vectors as rows: everything is transposed.
        seed: of the random numbers.
        given: numbers to put in instead of random ones.
    """

    model: str = "rnn"
    wrt: str = "W_h"
    steps: int = 3
    scalar: bool = False
    activation: str = "tanh"
    outputs: str = "last"
    loss: str = "half"
    truncate: int = 0
    gates: str = "apart"
    update: str = "keep"
    reset: str = "after"
    rows: bool = False
    seed: int = 1
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class OpinionJob:
    """Ask torch's autograd for the gradient of `job`, at the same numbers. Answered by an Agreement."""

    job: GradientJob


@dataclass(frozen=True, slots=True)
class UnfoldJob:
    """The line `number` of the derivation, once for each time of its span. Answered by Unfolded."""

    job: GradientJob
    number: int


def gradient_of(job: WorkingJob | ExerciseJob) -> GradientJob:
    """The gradient that it is about. Raises TypeError where it is about something else: a slip of ours."""
    if not isinstance(job.job, GradientJob):
        raise TypeError(f"{job.job!r} is no gradient")
    return job.job


@dataclass(frozen=True, slots=True)
class WorkingJob:
    """Judge `text`, a student's next line after the first `known` lines. Answered by a Verdict."""

    job: GradientJob | RecurrenceJob | CodeJob
    known: int
    text: str


@dataclass(frozen=True, slots=True)
class ExerciseJob:
    """Make an exercise of the derivation. Answered by an Exercise.

    Attributes:
        kind: "gaps" (blanks in the lines) or "order" (which line comes next).
        level: 1 (rules), 2 (factors as well), 3 (factors and indices, typed).
        seed: of what is left blank, and of the order of choices.
    """

    job: GradientJob | RecurrenceJob | CodeJob
    kind: str
    level: int
    seed: int


@dataclass(frozen=True, slots=True)
class GapJob:
    """Judge what was typed into gap `gap` (from 0) of the exercise. Answered by a Verdict."""

    exercise: ExerciseJob
    gap: int
    text: str


Question = RecurrenceJob | CodeJob | CompareJob | SortJob
Job = Question | BoundJob | GradientJob | OpinionJob | UnfoldJob | WorkingJob | ExerciseJob | GapJob
