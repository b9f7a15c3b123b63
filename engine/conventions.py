"""What changes the numbers of a run and is not an obvious knob, in words for the screen.

One line for each choice between published conventions. Knows configs and names, computes nothing.
"""

from __future__ import annotations

import math

from engine.combinations import model_of
from engine.config import RunConfig, clipping, relevant
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
_LOSS_OF_PAIRS = "cross-entropy in nats, mean over the words of the targets, the end sign included"
_NEGATIVE_SAMPLING = "-ln σ(u·v) of the pair and -ln σ(-u·v) of each negative, summed; mean over the pairs"
_INIT = {
    "uniform": "uniform in ±1/√h",
    "xavier": "uniform in ±√(6 / (fan in + fan out)) (Glorot & Bengio 2010)",
    "he": "normal of variance 2 / fan in (He et al. 2015)",
    "orthogonal": "orthogonal blocks (Saxe et al. 2013)",
    "identity": "W_hh the identity (Le et al. 2015), the rest as uniform",
    "scaled": "normal of deviation 1/√(fan in)",
}
_TAPED_CELLS = {
    "rnn": "tanh, two biases a unit",
    "lstm": "without peepholes, two biases a gate",
    "gru": f"reset {GRU_RESET['after']}; two biases a gate",
}


def conventions(config: RunConfig, task: Task, shapes: Shapes, arithmetic: str) -> Told:
    """(name, choice) pairs that change the numbers of this run; nothing of a knob without a say in it."""
    return (
        ("Loss", _loss(config, task)),
        *_first_state(config),
        ("Initial weights", _initial(config, shapes)),
        *_of_model(config, task, shapes),
        ("Clipping", clipping(config.clip, config.clip_by)),
        *_of_optimiser(config),
        *_of_training(config),
        ("Arithmetic", arithmetic),
    )


def _loss(config: RunConfig, task: Task) -> str:
    own = {
        "skip-gram": _NEGATIVE_SAMPLING,
        "encoder-decoder": _LOSS_OF_PAIRS,
        "attention": _LOSS_OF_PAIRS,
    }
    return own.get(model_of(config), _LOSS[task.loss])


def _first_state(config: RunConfig) -> Told:
    if model_of(config) == "skip-gram":
        return ()
    if relevant(config, "state") and config.state == "stateful":
        handed_on = "the last batch's last state; zeros when the data begins again. No gradient crosses"
        return (("First state", handed_on),)
    return (("First state", "zeros, for every sequence"),)


def _initial(config: RunConfig, shapes: Shapes) -> str:
    """Of the arrays that there are: not every model has a W_hh, or biases."""
    kinds = {name.rpartition(".")[2] for name in shapes}
    has = {start: any(kind.startswith(start) for kind in kinds) for start in ("W_hh", "b_")}
    scheme = "uniform" if config.init == "identity" and not has["W_hh"] else config.init
    biases = ", biases 0" if has["b_"] else ""
    gain = f", times {config.gain:g}" if config.gain != 1 else ""
    return _INIT[scheme] + biases + gain


def _of_model(config: RunConfig, task: Task, shapes: Shapes) -> Told:
    match model_of(config):
        case "skip-gram":
            return (
                ("Negatives", "5 for each pair, drawn by frequency to the power ¾ (Mikolov et al. 2013)"),
            )
        case "ntm":
            return _of_turing_machine(config)
        case "encoder-decoder":
            handed_on = ("Context", "the encoder's last state starts the decoder")
            return (*_of_decoder(config), handed_on, *_of_cell(config))
        case "attention":
            scores = "vᵀ tanh(W s + U h_j), softmax over the source (Bahdanau et al. 2015)"
            last = "←h_1" if config.direction == "both" else "h_S"
            memory = ", its cell state 0" if config.cell == "lstm" else ""
            start = f"s_0 = tanh(W_s {last}){memory}; the output reads [s_i, c_i]"
            told = (("Scores", scores), ("Decoder starts", start))
            return (*_of_decoder(config), *told, *_of_cell(config))
    return (*_of_network(config, shapes), *_of_cell(config), *_of_feedback(config, task))


def _of_turing_machine(config: RunConfig) -> Told:
    controller = f"LSTM {_TAPED_CELLS['lstm']}, its forget bias starts at {config.forget_bias:g}"
    return (
        ("Controller", f"{controller}; one read head and one write head (Graves et al. 2014)"),
        ("Addresses", "from M_{t-1}, read after write; both heads start at place 0; M_0 is learnt"),
        ("Sharpening", "γ = 1 + softplus; keys and what is added pass through tanh"),
    )


def _of_decoder(config: RunConfig) -> Told:
    return (
        ("Embeddings", f"learnt, start normal with deviation {config.gain:g}"),
        ("Teacher forcing", "one coin a step for the whole batch; the network's own word is its likeliest"),
        ("Cells", _TAPED_CELLS[config.cell]),
    )


def _of_network(config: RunConfig, shapes: Shapes) -> Told:
    told = [("Biases", _biases(config, shapes))]
    if config.layers > 1 and config.dropout:
        told.append(("Dropout", "between layers, kept units divided by 1 - p"))
    if config.norm != "none":
        over = {"layer": "the units of one sequence (Ba et al. 2016)", "batch": "the batch, at each step"}
        told.append(("Normalisation", f"over {over[config.norm]}, ε 1e-5"))
    if config.direction == "both":
        told.append(("Two directions", "outputs side by side: [forward; backward]"))
    return tuple(told)


def _of_cell(config: RunConfig) -> Told:
    """The cell's own knobs, of which the models with autograd heed fewer."""
    peepholes = "from the cell state to i, f and o" if config.peepholes == "yes" else "none"
    choices = {
        "activation": ("Activation", config.activation),
        "forget_bias": ("Forget bias", f"starts at {config.forget_bias:g}"),
        "peepholes": ("Peepholes", peepholes),
        "gru_update": ("GRU z", GRU_Z[config.gru_update]),
        "gru_reset": ("GRU reset", GRU_RESET[config.gru_reset]),
    }
    return tuple(told for knob, told in choices.items() if relevant(config, knob))


def _of_feedback(config: RunConfig, task: Task) -> Told:
    if config.cell != "jordan":
        return ()
    softmaxed = task.loss == "cross-entropy"
    return (("What comes back", "the output, after softmax" if softmaxed else "the output itself"),)


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
    if relevant(config, "truncate") and config.truncate:
        pieces = f"pieces of {config.truncate} {'step' if config.truncate == 1 else 'steps'}"
        told.append(("Truncated BPTT", f"in {pieces}; no gradient crosses from one to the one before"))
    if relevant(config, "regulariser") and config.regulariser:
        told.append(("Gradient regulariser", "Pascanu et al. 2013, eq. 9, its gradient for W_hh alone"))
    return tuple(told)


def _biases(config: RunConfig, shapes: Shapes) -> str:
    """Why there are more parameters than in books, which have one bias where PyTorch has two."""
    each = "a unit" if config.cell in ("rnn", "jordan") else "a gate"
    if config.biases == "one":
        return f"one {each}, as in books"
    other = "b_yh" if config.cell == "jordan" else "b_hh"
    second = sum(math.prod(shape) for name, shape in shapes.items() if name.startswith(other))
    kin = "" if config.cell == "jordan" else ", as PyTorch"
    return f"two {each}, b_ih and {other}{kin} (one would give {count(shapes) - second:,})"
