"""What crosses the border between the symbolic process and the window.

Only strings and numbers: reading a Report must never need SymPy, and must never run
anything that came from a text box.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.symbolic.findings import Findings
from engine.symbolic.jobs import ExerciseJob, Job

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
class Value:
    """A matrix as far as it can be shown.

    Attributes:
        at: which time, e.g. "t = 3"; empty for a single line.
        shape: rows and columns of the whole.
        rows: its upper left corner, 6 by 6 at most.
        norm: Frobenius norm of the whole.
    """

    at: str
    shape: tuple[int, int]
    rows: tuple[tuple[float, ...], ...]
    norm: float


@dataclass(frozen=True, slots=True)
class Place:
    """A quantity in the picture of the unrolled network.

    Attributes:
        key: "name@time", e.g. "h@2"; "name" where there is no time.
        latex: what to write on it.
        time: its column: 0 for the first state, 1 .. T; T + 1 for what comes after the last.
        row: its height, 0 at the bottom (inputs), rising.
        kind: "input", "state", "gate", "sum" (pre-activation), "output", "loss", "target", "parameter".
    """

    key: str
    latex: str
    time: int
    row: float
    kind: str


@dataclass(frozen=True, slots=True)
class Wire:
    """`target` is computed from `source` (keys of places); `latex` names the weight on it, may be empty.

    `key` is "source>target", as a Line's path has it, there with times such as "t", "t-1", "T" or
    "*" (at all times) in place of numbers: "h@t-1>a@t".
    """

    source: str
    target: str
    latex: str = ""

    @property
    def key(self) -> str:
        return f"{self.source}>{self.target}"


@dataclass(frozen=True, slots=True)
class Network:
    """The unrolled network as a picture: T columns of places, and the wires between them."""

    steps: int
    places: tuple[Place, ...]
    wires: tuple[Wire, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """A count that was read off the derivation, and held against counting.

    Attributes:
        name: e.g. "Parameters, one bias", "Multiplications of BPTT".
        latex: as a formula in h, d, k, T.
        value: at the shown sizes.
        grows: how it grows with T, LaTeX, e.g. "\\Theta(T)"; empty where that is not the point.
        check: what it was held against.
    """

    name: str
    latex: str
    value: int
    grows: str
    check: Check


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
        span: the times it holds for, LaTeX, e.g. "t = T-1, \\dots, 1"; empty for a single line.
        level: 0 where it belongs in a compact telling, 1 in a normal one, 2 only in a fine one.
        focus: `latex` with what is new in it inside \\focus{...}; empty where that says nothing.
        scalar: the same line of the network with one unit, LaTeX; empty where there is none.
        shape: of the left side in words, e.g. "h × d"; empty for a number.
        source: book or paper with its equation, plain text; may be empty.
        values: the left side at the shown numbers, for each time of the span, in its order.
        path: what of the network it talks about (see `Wire.key`), with times such as "t-1" or "*"; of code
            the lines it talks about, e.g. "line:4".
        unfolds: how many lines an UnfoldJob gives for it; 0 for a single line.
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
    span: str = ""
    level: int = 1
    focus: str = ""
    scalar: str = ""
    shape: str = ""
    source: str = ""
    values: tuple[Value, ...] = ()
    path: tuple[str, ...] = ()
    unfolds: int = 0


class Status(Enum):
    """PROVEN: every line checked. MEASURED: fits the counts, not derived."""

    PROVEN = "proven"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One independent way to the final value, and how far it is from the derivation's.

    `source` is "derivation", "hand-written BPTT", "central difference", "torch autograd",
    "terms of the recurrence" and the like. `value` is None where only some of many entries were
    compared: their norm would be another number than that of all.
    """

    source: str
    value: float | None
    error: float
    ok: bool


@dataclass(frozen=True, slots=True)
class Method:
    """A way to solve that was considered: `applies`, or `reason` why it does not.

    One that applies and whose name a `RecurrenceJob.method` may take has lines of its own.
    """

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
        network: the picture that the lines' paths speak of; None where there is none.
        costs: parameters, time and memory.
        matrices: (LaTeX name, value) pairs of numbers that are no single numbers.
        found: formulas, counts, pictures and curves of a recurrence or of code.
        source: the code that was counted, as it was pasted; empty for all else.
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
    network: Network | None = None
    costs: tuple[Cost, ...] = ()
    matrices: tuple[tuple[str, Value], ...] = ()
    found: Findings | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """We cannot, or will not, and say why: shown like a result, never an exception.

    Attributes:
        reason: one or two sentences.
        way_out: what to try instead.
        text: what was typed, and
        column: where the fault is in it, from 0; -1 when it is not about a place.
        problem: LaTeX of what was understood, empty if nothing was.
        line: of pasted code, from 1; `column` then counts from that line's beginning. 0: no line.
    """

    reason: str
    way_out: str
    text: str = ""
    column: int = -1
    problem: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The line `number`, once for each time of its span; the lines have the same number."""

    number: int
    lines: tuple[Line, ...]


class Judged(Enum):
    """What a student's line is."""

    RIGHT = "equivalent"
    SKIPS = "true, but skips a step"
    CONVENTION = "true under another convention"
    WRONG = "wrong"
    UNREADABLE = "cannot be read"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a student's line.

    Attributes:
        judged: which of the five.
        sentence: what to say, Markdown with $maths$: the convention, the mistake by its name, or
            what could not be read and what would be.
        latex: the line as it was read; empty if it was not.
        line: number of the line that it is, or would have been; 0 where that is not known.
        where: the first place where the numbers differ, e.g. "t = 2, row 1, column 3"; may be empty.
        yours, right: the numbers there.
        mistake: the mistake's name, plain, e.g. "W not transposed"; empty where none was recognised.
        text: what was typed, and
        column: where the fault is in it, from 0; -1 when it is not about a place.
    """

    judged: Judged
    sentence: str
    latex: str = ""
    line: int = 0
    where: str = ""
    yours: float | None = None
    right: float | None = None
    mistake: str = ""
    text: str = ""
    column: int = -1


@dataclass(frozen=True, slots=True)
class Gap:
    """Something left out of a line.

    Attributes:
        line: number of the line.
        kind: "rule", "factor", "index" or "line" (which line comes next).
        latex: the line with \\boxed{?} in place of what is asked for.
        prompt: what to do, Markdown with $maths$.
        choices: what to choose from; LaTeX for factors, indices and lines, plain titles for rules;
            empty where the answer is typed (judged by a GapJob).
        answer: index of the right choice; -1 where it is typed.
        because: why that is right, Markdown with $maths$.
        wrong: for each choice, the mistake it stands for, Markdown; empty for the right one.
    """

    line: int
    kind: str
    latex: str
    prompt: str
    choices: tuple[str, ...]
    answer: int
    because: str
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exercise:
    """A derivation with gaps, in the order of its lines."""

    asked: ExerciseJob
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]


Answer = Report | Refusal | Agreement | Unfolded | Verdict | Exercise

# --- on the pipe ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """To the child: answer `job`."""

    ticket: int
    job: Job


@dataclass(frozen=True, slots=True)
class Ready:
    """From the child: jobs are answered from now on, until it says that it is `Preparing`."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """From the child: it loads something slow before the next job, whose time has not begun yet."""


@dataclass(frozen=True, slots=True)
class Answered:
    """From the child: the answer to the job with this ticket."""

    ticket: int
    answer: Answer
