"""RunConfig: every knob of a training run, declared once as data.

The form in the Lab, the command line's options and the messages about bad values are all
built from the `Knob` that each field carries. Knows nothing of tasks, cells or windows.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from engine.combinations import clashes, model_of
from engine.errors import ConfigError
from engine.knobs import Knob, knob, plain, problem

MAX_TEXT = 200_000  # characters of own text or table
YES_NO = (("no", "No"), ("yes", "Yes"))

TASKS = (
    ("characters", "Next character"),
    ("words", "Next word"),
    ("sentences", "Sentence probability"),
    ("sentiment", "Sentiment of a sentence"),
    ("tagging", "Tag every word"),
    ("bank", "Which bank: river or money"),
    ("sine", "Sine forecast"),
    ("noisy", "Noisy series"),
    ("table", "Own series (CSV)"),
    ("caption", "Caption of a glyph"),
    ("melody", "Melody from a mood"),
    ("numbers", "Number words to digits"),
    ("dates", "Dates to ISO dates"),
    ("reversal", "Reverse"),
    ("copy", "Copy"),
    ("repeat-copy", "Repeat copy"),
    ("recall", "Associative recall"),
    ("sorting", "Sort"),
    ("adding", "Adding problem"),
    ("parity", "Parity"),
    ("latch", "Latch (long memory)"),
    ("pixels", "8x8 image, pixel by pixel"),
    ("skipgrams", "Word vectors (word2vec)"),
)
_RECURRENT = ("model", ("recurrent",))
_WITH_CELL = ("model", ("recurrent", "encoder-decoder", "attention"))


@dataclass(frozen=True, slots=True)
class RunConfig:
    """One training run, fully described: the same config gives the same run, bit for bit.

    Raises:
        ConfigError: naming every field that is out of bounds, or every pair that cannot be together.
    """

    # --- task: what is learnt ------------------------------------------------------------------
    task: str = knob("characters", "Task", "What the network learns.", choices=TASKS, group="task")
    length: int = knob(
        24,
        "Time steps T",
        "How many steps the network is unrolled, and how far the gradient travels back.",
        low=2,
        high=100,
        group="task",
    )
    batch: int = knob(16, "Batch", "Sequences per training step.", low=1, high=64, group="task")
    lag: int = knob(
        10,
        "Lag",
        "How many steps the latch task asks the network to remember; less than T.",
        low=1,
        high=99,
        live=True,
        group="task",
        when=(("task", ("latch",)),),
    )
    noise: float = knob(
        0.1,
        "Noise",
        "Standard deviation of the noise added to the series; 0 is a clean one.",
        low=0.0,
        high=2.0,
        live=True,
        group="task",
        when=(("task", ("noisy",)),),
    )
    state: str = knob(
        "stateless",
        "Between batches",
        "Stateless: each batch starts at zeros. Stateful: it goes on where the last one stopped.",
        choices=(("stateless", "Stateless"), ("stateful", "Stateful")),
        group="more",
        when=(("task", ("characters", "words", "sine", "noisy", "table")), _RECURRENT),
    )
    teacher_forcing: float = knob(
        1.0,
        "Teacher forcing",
        "Share of steps that are fed the true last output instead of the network's own (0 to 1).",
        low=0.0,
        high=1.0,
        live=True,
        group="more",
    )
    text: str = knob(
        "",
        "Own text",
        f"Text or table to learn from, up to {MAX_TEXT:,} characters. Empty: the built-in sample.",
        high=MAX_TEXT,
        group="task",
        when=(("task", ("characters", "words", "sentences", "sentiment", "tagging", "table", "skipgrams")),),
    )
    # --- network: what learns it -----------------------------------------------------------------
    model: str = knob(
        "auto",
        "Model",
        "The architecture around the cell; automatic takes what suits the task.",
        choices=(
            ("auto", "What suits the task"),
            ("recurrent", "Recurrent network"),
            ("encoder-decoder", "Encoder-decoder"),
            ("attention", "Encoder-decoder with attention"),
            ("skip-gram", "Skip-gram"),
            ("ntm", "Neural Turing machine"),
        ),
        group="network",
    )
    cell: str = knob(
        "lstm",
        "Cell",
        "Elman RNN, LSTM with forget gate, GRU, or the Jordan RNN, whose output is what comes back.",
        choices=(("rnn", "RNN"), ("lstm", "LSTM"), ("gru", "GRU"), ("jordan", "Jordan")),
        group="network",
        when=(_WITH_CELL,),
    )
    hidden: int = knob(
        16,
        "Hidden units",
        "Size h of the hidden state. More units remember more and train slower.",
        low=1,
        high=128,
        group="network",
    )
    layers: int = knob(
        1,
        "Layers",
        "Recurrent layers, one above the other.",
        low=1,
        high=4,
        group="network",
        when=(_RECURRENT,),
    )
    direction: str = knob(
        "one",
        "Direction",
        "Forward in time, or a second network that reads from the end as well.",
        choices=(("one", "Forward"), ("both", "Bidirectional")),
        group="network",
        when=(("model", ("recurrent", "attention")),),
    )
    residual: str = knob(
        "no",
        "Residual links",
        "Each layer above the first adds its input to its output.",
        choices=YES_NO,
        group="more",
        when=(_RECURRENT,),
    )
    dropout: float = knob(
        0.0,
        "Dropout",
        "Share of the units between two layers that is silenced at each training step.",
        low=0.0,
        high=0.9,
        live=True,
        group="more",
        when=(_RECURRENT,),
    )
    norm: str = knob(
        "none",
        "Normalisation",
        "Inside the cell: over the units of one sequence (layer), or over the sequences of a batch (batch).",
        choices=(("none", "None"), ("layer", "Layer norm"), ("batch", "Batch norm")),
        group="more",
        when=(_RECURRENT,),
    )
    activation: str = knob(
        "tanh",
        "Activation",
        "What the simple RNN applies to its sum.",
        choices=(("tanh", "tanh"), ("relu", "ReLU"), ("sigmoid", "sigmoid"), ("identity", "identity")),
        group="network",
        when=(("cell", ("rnn", "jordan")), _RECURRENT),
    )
    peepholes: str = knob(
        "no",
        "Peepholes",
        "The LSTM's gates see the cell state too (Gers & Schmidhuber 2000).",
        choices=YES_NO,
        group="more",
        when=(("cell", ("lstm",)), _RECURRENT),
    )
    forget_bias: float = knob(
        1.0,
        "Forget bias",
        "Where the forget gate's bias starts; above 0 the cell remembers before it has learnt to.",
        low=-5.0,
        high=5.0,
        group="more",
        when=(("cell", ("lstm",)), _WITH_CELL),
    )
    gru_update: str = knob(
        "keep",
        "GRU z means",
        "With z near 1, is the old state kept (Cho et al. 2014, PyTorch) or the new one taken "
        "(Chung et al. 2014, Ng)? Both conventions are published.",
        choices=(("keep", "z keeps (Cho, PyTorch)"), ("take", "z takes (Chung, Ng)")),
        group="network",
        when=(("cell", ("gru",)),),
    )
    gru_reset: str = knob(
        "after",
        "GRU reset",
        "The reset gate acts after the product with the weights (PyTorch) or on the state before it (Cho).",
        choices=(("after", "after the product (PyTorch)"), ("before", "before the product (Cho)")),
        group="more",
        when=(("cell", ("gru",)), _RECURRENT),
    )
    biases: str = knob(
        "two",
        "Biases",
        "PyTorch has one bias for the input and one for the state; books have one in all.",
        choices=(("two", "Two (PyTorch)"), ("one", "One (books)")),
        group="more",
        when=(_RECURRENT,),
    )
    # --- training: how ---------------------------------------------------------------------------
    optimiser: str = knob(
        "adam",
        "Optimiser",
        "How the gradient becomes a step.",
        choices=(
            ("sgd", "SGD"),
            ("momentum", "Momentum"),
            ("nesterov", "Nesterov"),
            ("rmsprop", "RMSprop"),
            ("adam", "Adam"),
            ("adamw", "AdamW"),
        ),
    )
    learning_rate: float = knob(
        0.01,
        "Learning rate",
        "Size of one step. Too large and the loss explodes, too small and nothing happens.",
        low=1e-6,
        high=100.0,
        live=True,
    )
    clip: float = knob(
        1.0,
        "Clip norm",
        "The gradient is cut down when it is above this. 0 turns clipping off.",
        low=0.0,
        high=1000.0,
        live=True,
    )
    clip_by: str = knob(
        "norm",
        "Clip by",
        "Norm: the whole gradient is scaled, its direction stays. Value: each entry is cut by itself.",
        choices=(("norm", "Norm"), ("value", "Value")),
        group="more",
    )
    momentum: float = knob(
        0.9,
        "Momentum",
        "How much of the last step is kept.",
        low=0.0,
        high=0.999,
        live=True,
        when=(("optimiser", ("momentum", "nesterov")),),
        group="more",
    )
    schedule: str = knob(
        "constant",
        "Schedule",
        "How the learning rate changes over the run.",
        choices=(
            ("constant", "Constant"),
            ("step", "Halved every n steps"),
            ("exponential", "Exponential decay"),
            ("cosine", "Cosine to 0"),
            ("warmup", "Warm-up, then constant"),
        ),
        group="more",
    )
    schedule_steps: int = knob(
        500,
        "Schedule steps n",
        "The n of the schedule: half-life, length of the cosine, or of the warm-up.",
        low=1,
        high=1_000_000,
        group="more",
        when=(("schedule", ("step", "exponential", "cosine", "warmup")),),
    )
    l2: float = knob(
        0.0,
        "Weight decay",
        "Strength of the pull of all weights to 0 (L2; decoupled in AdamW).",
        low=0.0,
        high=10.0,
        live=True,
        group="more",
    )
    regulariser: float = knob(
        0.0,
        "Gradient regulariser",
        "Strength of Pascanu's penalty, which keeps the error signal's norm from one step to the one before.",
        low=0.0,
        high=100.0,
        live=True,
        group="more",
        when=(("cell", ("rnn",)), _RECURRENT),
    )
    truncate: int = knob(
        0,
        "Truncate BPTT",
        "The gradient stops after this many steps back; 0 lets it travel all the way.",
        low=0,
        high=100,
        group="more",
        when=(_RECURRENT,),
    )
    init: str = knob(
        "uniform",
        "Initial weights",
        "How the weights are drawn before the first step.",
        choices=(
            ("uniform", "Uniform ±1/√h (PyTorch)"),
            ("xavier", "Xavier (Glorot)"),
            ("he", "He"),
            ("orthogonal", "Orthogonal"),
            ("identity", "Identity"),
            ("scaled", "Normal, scaled"),
        ),
        group="more",
    )
    gain: float = knob(
        1.0, "Gain", "The initial weights are multiplied by this.", low=0.0, high=10.0, group="more"
    )
    engine: str = knob(
        "auto",
        "Arithmetic",
        "Automatic: the compiled float32 kernel where it can do the run, else NumPy in float64.",
        choices=(("auto", "Automatic"), ("numpy", "NumPy, float64")),
        group="more",
    )
    seed: int = knob(
        1, "Seed", "The same seed and knobs give the same run, bit for bit.", low=0, high=2**31 - 1
    )

    def __post_init__(self) -> None:
        for f in dataclasses.fields(self):
            object.__setattr__(self, f.name, plain(f, getattr(self, f.name)))
        problems = tuple(p for f in dataclasses.fields(self) if (p := problem(f, getattr(self, f.name))))
        if problems := problems or clashes(self):
            raise ConfigError(problems)


def clipping(norm: float, by: str = "norm") -> str:
    """What the clip norm does, in words for the screen."""
    if not norm:
        return "off"
    return (
        f"above {norm:g}, by the norm of the whole gradient" if by == "norm" else f"each entry, to ±{norm:g}"
    )


def field_of(name: str) -> dataclasses.Field[Any]:
    """The field `name` of RunConfig; KeyError if there is none."""
    return {f.name: f for f in dataclasses.fields(RunConfig)}[name]


def knob_of(name: str) -> Knob:
    """The `Knob` of the field `name` of RunConfig; KeyError if there is none."""
    return field_of(name).metadata["knob"]  # type: ignore[no-any-return]  # metadata is a mapping to Any


def problem_of(name: str, value: object) -> str:
    """The sentence about a bad value of one knob by itself; empty when it is good."""
    spec = field_of(name)
    return problem(spec, plain(spec, value))


def relevant(config: RunConfig, name: str) -> bool:
    """Whether the knob has a say in this run; the model counts as what "auto" stands for."""
    says = {"model": model_of(config)}
    return all(says.get(other, getattr(config, other)) in values for other, values in knob_of(name).when)
