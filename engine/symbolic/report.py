"""What crosses the border between the symbolic process and the window.

Only strings and numbers: reading a Report must never need SymPy, and must never run
anything that came from a text box.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

# --- requests ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecurrenceJob:
    """Solve the recurrence in `text`, e.g. "T(n) = 3T(n-1), T(0) = 1"."""

    text: str


@dataclass(frozen=True, slots=True)
class BpttJob:
    """Derive the gradient of the scalar RNN through `steps` time steps.

    h_t = tanh(w h_{t-1} + u x_t + b), y_hat = v h_T + c, L = (y_hat - y)^2, with a factor
    1/2 in front if `half_loss`.

    Attributes:
        steps: T, 1 to 6.
        wrt: "w" (recurrent), "u" (input), "b", "v" (output), "c" or "h_0".
        half_loss: the named convention about the factor of the loss.
        seed: of the numbers that every line is checked with.
    """

    steps: int = 3
    wrt: str = "w"
    half_loss: bool = True
    seed: int = 1


@dataclass(frozen=True, slots=True)
class AutogradJob:
    """Ask torch for the gradient that `bptt` stands for, with the same numbers."""

    bptt: BpttJob


Job = RecurrenceJob | BpttJob | AutogradJob

# --- answers -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """How one line was held against numbers.

    Attributes:
        what: in words, e.g. "both sides at 8 random points".
        points: how many points.
        error: largest relative error (dimensionless).
        ok: whether that is within the tolerance of the rule.
    """

    what: str
    points: int
    error: float
    ok: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a derivation.

    Attributes:
        number: 1-based; `uses` refers to these.
        rule: key in the catalogue of rules.
        title: the rule's name, e.g. "Chain rule".
        statement: the rule in general, LaTeX.
        latex: this line, LaTeX, display style.
        why: one or two sentences, Markdown with $maths$.
        uses: numbers of the lines this one needs.
        value: this line's left side at the shown numbers, or None where it has none.
        check: how it was checked; None only for lines that state an assumption.
    """

    number: int
    rule: str
    title: str
    statement: str
    latex: str
    why: str
    uses: tuple[int, ...]
    value: float | None
    check: Check | None


class Status(Enum):
    """PROVEN: every line checked. MEASURED: fits the counts, not derived."""

    PROVEN = "proven"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One independent way to the final value, and how far it is from the derivation's.

    `source` is "derivation", "hand-written BPTT", "central difference", "torch autograd",
    "terms of the recurrence" and the like.
    """

    source: str
    value: float
    error: float
    ok: bool


@dataclass(frozen=True, slots=True)
class Method:
    """A way to solve that was considered: `applies`, or `reason` why it does not."""

    name: str
    applies: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """A finished derivation.

    Attributes:
        title: plain text, e.g. "∂L/∂w of the scalar RNN, T = 3".
        problem: the problem as it was understood, LaTeX.
        conventions: (name, choice) pairs that change the answer.
        numbers: (LaTeX name, value) pairs that the lines were evaluated with.
        lines: in order; they form a DAG by `uses`.
        result: LaTeX.
        summary: one plain sentence for the command line and screen readers.
        status: how sure we are.
        agreements: independent ways to the same number.
        methods: which methods apply, and why the others do not.
        milliseconds: time it took to derive and check.
    """

    title: str
    problem: str
    conventions: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, float], ...]
    lines: tuple[Line, ...]
    result: str
    summary: str
    status: Status
    agreements: tuple[Agreement, ...]
    methods: tuple[Method, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """We cannot, or will not, and say why: shown like a result, never an exception.

    Attributes:
        reason: one or two sentences.
        way_out: what to try instead.
        text: what was typed, and
        column: where the fault is in it; -1 when it is not about a place.
        problem: LaTeX of what was understood, empty if nothing was.
    """

    reason: str
    way_out: str
    text: str = ""
    column: int = -1
    problem: str = ""


Answer = Report | Refusal | Agreement

# --- on the pipe ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """To the child: answer `job`."""

    ticket: int
    job: Job


@dataclass(frozen=True, slots=True)
class Ready:
    """From the child, once: everything slow is imported, jobs are answered from now on."""


@dataclass(frozen=True, slots=True)
class Answered:
    """From the child: the answer to the job with this ticket."""

    ticket: int
    answer: Answer
