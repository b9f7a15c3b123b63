"""The text of an exported script: the template's lines that a run needs, with its numbers.

Of what a run is, only numbers and words of closed choices come into the script; nothing that
somebody typed. The template is `export_script.txt`.
"""

from __future__ import annotations

import string
from pathlib import Path
from typing import Protocol

from engine.config import RunConfig
from engine.schedules import rate
from engine.snapshot import Array
from engine.tasks.task import Task

_ACTIVATIONS = {
    "tanh": "torch.tanh(a)",
    "relu": "torch.relu(a)",
    "sigmoid": "torch.sigmoid(a)",
    "identity": "a",
}
_LAYERS = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}


class Trained(Protocol):
    """What is exported; a Run is one."""

    @property
    def now(self) -> RunConfig: ...
    @property
    def task(self) -> Task: ...
    @property
    def step(self) -> int: ...
    @property
    def weights(self) -> dict[str, Array]: ...


def script_of(run: Trained, batches: int) -> str:
    """The script for this run, which has `batches` batches beside it to go on training with."""
    template = Path(__file__).with_name("export_script.txt").read_text(encoding="utf-8")
    return string.Template(_chosen(template, _features(run))).substitute(_values(run, batches))


def in_torch(c: RunConfig) -> bool:
    """Whether torch.nn has a layer with the equations of this cell."""
    same = {
        "rnn": c.activation in ("tanh", "relu"),
        "lstm": c.peepholes == "no",
        "gru": c.gru_reset == "after",
    }
    return c.norm == "none" and same.get(c.cell, False)


def _chosen(template: str, features: dict[str, bool]) -> str:
    """The lines between "%if feature" (or "%if !feature") and "%end" only where it is so; these nest."""
    lines, holds = [], [True]
    for line in template.splitlines(keepends=True):
        if line.startswith("%if "):
            wanted = line.split()[1]
            holds.append(holds[-1] and features[wanted.removeprefix("!")] != wanted.startswith("!"))
        elif line.startswith("%end"):
            holds.pop()
        elif holds[-1]:
            lines.append(line)
    return "".join(lines)


def _features(run: Trained) -> dict[str, bool]:
    """What the template asks about."""
    c = run.now
    jordan = c.cell == "jordan"
    own = not jordan and not in_torch(c)
    stack = own or (not jordan and c.residual == "yes")
    return {
        "jordan": jordan,
        "own-cell": own,
        "plain": not jordan and not stack,
        "stack": stack,
        "rnn": c.cell == "rnn",
        "lstm": c.cell == "lstm",
        "gru": c.cell == "gru",
        "norm": c.norm != "none",
        "layer": c.norm == "layer",
        "batch": c.norm == "batch",
        "peepholes": c.peepholes == "yes",
        "before": c.gru_reset == "before",
        "take": c.gru_update == "take",
        "turned": c.cell == "gru" and c.gru_update == "take" and not own,
        "two": c.biases == "two",
        "both": c.direction == "both",
        "residual": c.residual == "yes",
        "softmax": run.task.loss == "cross-entropy",
        "clip-norm": c.clip > 0 and c.clip_by == "norm",
        "clip-value": c.clip > 0 and c.clip_by == "value",
    }


def _values(run: Trained, batches: int) -> dict[str, str]:
    """What the template's $names stand for: numbers, and words of closed choices."""
    c, features = run.now, _features(run)
    two, both = features["two"], features["both"]
    softmax = features["softmax"]
    return {
        "summary": _summary(run),
        "about_cell": _about_cell(c),
        "inputs": str(run.task.inputs),
        "outputs": str(run.task.outputs),
        "hidden": str(c.hidden),
        "width": str(c.hidden * (1 + both)),
        "above": str(c.layers - 1),
        "layers_of": f"{c.layers} layers of " if c.layers > 1 else "",
        "directions": "both directions" if both else "one direction",
        "layer": _LAYERS.get(c.cell, ""),
        "options": _options(c, features),
        "dropout": repr(c.dropout),
        "activation": _ACTIVATIONS[c.activation],
        "meaning": "whose softmax are the probabilities" if softmax else "which are the values",
        "plus_b_hh": " + self.b_hh" if two else "",
        "plus_b_hh_rows": " + self.b_hh[rows]" if two else "",
        "plus_b_yh": " + self.b_yh" if two else "",
        "optimiser": _optimiser(c, run.step),
        "clip": repr(c.clip),
        "batches": str(batches),
        "left_out": _left_out(c),
    }


def _summary(run: Trained) -> str:
    c = run.now
    kind = {"rnn": f"RNN ({c.activation})", "lstm": "LSTM", "gru": "GRU", "jordan": "Jordan RNN"}[c.cell]
    return (
        f"{kind}, {run.task.inputs} inputs, {c.hidden} hidden units, {run.task.outputs} outputs, "
        f"after {run.step:,} steps"
    )


def _about_cell(c: RunConfig) -> str:
    """Why torch.nn has no layer for it."""
    kind = _LAYERS.get(c.cell, "")
    reasons = {
        "with peepholes": c.cell == "lstm" and c.peepholes == "yes",
        "with the reset before the product": c.cell == "gru" and c.gru_reset == "before",
        f"with {c.activation}": c.cell == "rnn" and c.activation in ("sigmoid", "identity"),
        f"with {c.norm} norm inside": c.norm != "none",
    }
    found = " and ".join(reason for reason, so in reasons.items() if so)
    return f"{kind} {found}, for which torch.nn has no layer."


def _options(c: RunConfig, features: dict[str, bool]) -> str:
    """The further arguments of the torch.nn layer."""
    options = {
        f"nonlinearity={c.activation!r}": c.cell == "rnn",
        f"num_layers={c.layers}": features["plain"] and c.layers > 1,
        f"dropout={c.dropout!r}": features["plain"] and c.layers > 1 and c.dropout > 0,
        "bidirectional=True": features["both"],
    }
    return "".join(f", {option}" for option, so in options.items() if so)


def _optimiser(c: RunConfig, step: int) -> str:
    """The same rule in torch, at the learning rate of the next step."""
    options = {
        "sgd": "",
        "momentum": f", momentum={c.momentum!r}",
        "nesterov": f", momentum={c.momentum!r}, nesterov=True",
    }
    rule = {"rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW"}.get(c.optimiser, "SGD")
    decay = f", weight_decay={c.l2!r}" if c.l2 or c.optimiser == "adamw" else ""
    speed = f"lr={rate(c, step + 1)!r}"
    return f"{rule}(network.parameters(), {speed}{options.get(c.optimiser, '')}{decay})"


def _left_out(c: RunConfig) -> str:
    """What the run did and the script does not."""
    knobs = {
        f"the schedule ({c.schedule}; the rate stays what it was)": c.schedule != "constant",
        f"truncation after {c.truncate} steps": c.truncate > 0,
        "Pascanu's gradient regulariser": c.regulariser > 0,
        f"teacher forcing of {c.teacher_forcing!r}": c.teacher_forcing < 1 or c.cell == "jordan",
        "the state handed from batch to batch": c.state == "stateful",
    }
    names = [f"\n      - {name}" for name, so in knobs.items() if so]
    return "".join(("\n    What the run did and this does not:", *names)) if names else ""
