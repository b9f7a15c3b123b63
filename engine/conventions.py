"""What changes the numbers of a run and is not an obvious knob, in words for the screen.

One line for each choice between published conventions. Knows configs and names, computes nothing.
"""

from __future__ import annotations

import math

from engine.combinations import model_of
from engine.config import RunConfig, clipping
from engine.optim import ALPHA, BETA_1, BETA_2, EPSILON
from engine.parameters import Shapes, count
from engine.tasks.task import Task

Told = tuple[tuple[str, str], ...]

GRU_Z = {
    "keep": "z keeps the old state (Cho et al. 2014, PyTorch)",
    "take": "z takes the new state (Chung et al. 2014, Ng)",
}
GRU_RESET = {
    "after": "after the product, r ⊙ (W h + b), as in PyTorch",
    "before": "before the product, W (r ⊙ h) + b (Cho et al. 2014)",
}
_LOSS = {
    "cross-entropy": "cross-entropy in nats, mean over the outputs that are asked for",
    "half squared error": "½ (ŷ - y)², mean over the outputs that are asked for",
}
_INIT = {
    "uniform": "uniform in ±1/√h, biases 0",
    "xavier": "uniform in ±√(6 / (fan in + fan out)) (Glorot & Bengio 2010), biases 0",
    "he": "normal of variance 2 / fan in (He et al. 2015), biases 0",
    "orthogonal": "orthogonal blocks (Saxe et al. 2013), biases 0",
    "identity": "W_hh the identity (Le et al. 2015), the rest as uniform, biases 0",
    "scaled": "normal of deviation 1/√(fan in), biases 0",
}


def conventions(config: RunConfig, task: Task, shapes: Shapes, arithmetic: str) -> Told:
    """(name, choice) pairs that change the numbers of this run."""
    return (
        ("Loss", _LOSS[task.loss]),
        ("First state", _first_state(config)),
        ("Initial weights", _INIT[config.init] + (f", times {config.gain:g}" if config.gain != 1 else "")),
        *_of_model(config, shapes),
        ("Clipping", clipping(config.clip, config.clip_by)),
        *_of_optimiser(config),
        *_of_training(config),
        ("Arithmetic", arithmetic),
    )


def _first_state(config: RunConfig) -> str:
    if config.state == "stateful" and model_of(config) == "recurrent":
        return "the last batch's last state; zeros when the data begins again. No gradient crosses"
    return "zeros, for every sequence"


def _of_model(config: RunConfig, shapes: Shapes) -> Told:
    match model_of(config):
        case "skip-gram":
            return (
                ("Negatives", "5 for each pair, drawn by frequency to the power ¾ (Mikolov et al. 2013)"),
            )
        case "ntm":
            return (
                ("Controller", "LSTM; one read head and one write head (Graves et al. 2014)"),
                ("Addresses", "from M_{t-1}, read after write; both heads start at place 0; M_0 is learnt"),
                ("Sharpening", "γ = 1 + softplus; keys and what is added pass through tanh"),
            )
        case "encoder-decoder":
            return (*_DECODER, ("Context", "the encoder's last state starts the decoder"), *_of_cell(config))
        case "attention":
            scores = "vᵀ tanh(W s + U h_j), softmax over the source (Bahdanau et al. 2015)"
            start = "s_0 = tanh(W_s h_last), c_0 = 0; the output reads [s_i, c_i]"
            return (*_DECODER, ("Scores", scores), ("Decoder starts", start), *_of_cell(config))
    return (*_of_network(config, shapes), *_of_cell(config))


_DECODER = (
    ("Embeddings", "learnt, start normal with deviation 1"),
    ("Teacher forcing", "one coin a step for the whole batch; the network's own word is its likeliest"),
)


def _of_network(config: RunConfig, shapes: Shapes) -> Told:
    told: list[tuple[str, str]] = []
    if model_of(config) == "recurrent" and config.cell != "jordan":
        told.append(("Biases", _biases(config, shapes)))
    if config.layers > 1 and config.dropout:
        told.append(("Dropout", "between layers, kept units divided by 1 - p"))
    if config.norm != "none":
        over = {"layer": "the units of one sequence (Ba et al. 2016)", "batch": "the batch, at each step"}
        told.append(("Normalisation", f"over {over[config.norm]}, ε 1e-5"))
    if config.direction == "both":
        told.append(("Two directions", "outputs side by side: [forward; backward]"))
    return tuple(told)


def _of_cell(config: RunConfig) -> Told:
    match config.cell:
        case "rnn":
            return (("Activation", config.activation),)
        case "jordan":
            return (("Activation", config.activation), ("What comes back", "the output, after softmax"))
        case "lstm":
            peepholes = "from the cell state to i, f and o" if config.peepholes == "yes" else "none"
            return (("Forget bias", f"starts at {config.forget_bias:g}"), ("Peepholes", peepholes))
    return (("GRU z", GRU_Z[config.gru_update]), ("GRU reset", GRU_RESET[config.gru_reset]))


def _of_optimiser(config: RunConfig) -> Told:
    adam = f"β₁ {BETA_1:g}, β₂ {BETA_2:g}, ε {EPSILON:g} added outside the root"
    return (
        {
            "sgd": ("SGD", "no momentum"),
            "momentum": ("Momentum", "v = μ v + g, step η v (PyTorch)"),
            "nesterov": ("Nesterov", "step η (g + μ v) after v = μ v + g (PyTorch)"),
            "rmsprop": ("RMSprop", f"α {ALPHA:g}, ε {EPSILON:g} added outside the root"),
            "adam": ("Adam", adam),
            "adamw": ("AdamW", f"{adam}; decay η λ θ beside the gradient"),
        }[config.optimiser],
    )


def _of_training(config: RunConfig) -> Told:
    told = []
    if config.l2 and config.optimiser != "adamw":
        told.append(("Weight decay", "λ θ added to the clipped gradient: the loss plus ½ λ ‖θ‖²"))
    if config.truncate:
        told.append(("Truncated BPTT", f"no gradient crosses every {config.truncate}th step"))
    if config.regulariser:
        told.append(("Gradient regulariser", "Pascanu et al. 2013, eq. 9, its gradient for W_hh alone"))
    return tuple(told)


def _biases(config: RunConfig, shapes: Shapes) -> str:
    """Why there are more parameters than in books, which have one bias where PyTorch has two."""
    each = "a unit" if config.cell == "rnn" else "a gate"
    if config.biases == "one":
        return f"one {each}, as in books"
    second = sum(math.prod(shape) for name, shape in shapes.items() if name.startswith("b_hh"))
    return f"two {each}, b_ih and b_hh, as PyTorch (one would give {count(shapes) - second:,})"
