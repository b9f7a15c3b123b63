"""Export to PyTorch: a script that rebuilds the network with torch.nn, and its numbers beside it.

The way out for whoever outgrows tiny models. The numbers go into an .npz, since whoever has torch
has NumPy, and np.load without pickle runs nothing; all words of the student, the symbols of a text
above all, travel there as JSON and never in the script (`export_script`). Imports no torch: it only
writes what torch will read.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine import parameters, whole_file
from engine.combinations import model_of
from engine.config import RunConfig, knob_of
from engine.errors import ConfigError
from engine.export_script import Trained, in_torch, script_of
from engine.models.catalogue import model_for
from engine.models.model import Moment
from engine.snapshot import Array
from engine.tasks.task import Batch

SCRIPT, NUMBERS = "network.py", "network.npz"
_CHECKED = 4  # sequences of the batch that the script checks itself on
_BATCHES = 64  # batches to go on training with, at most
_ROOM = 16 * 2**20  # bytes of those batches, before they are compressed


def export(folder: Path, run: Trained) -> Path:
    """Write the script and its numbers into `folder`, which is made if need be; the script's path.

    Raises:
        ConfigError: the model is none that can be exported, the folder already holds an export, or
            the disk refused.
    """
    check(folder, run)
    numbers = _numbers(run)
    script = script_of(run, len(numbers["data/inputs"])).encode()
    try:
        place = whole_file.resolved(folder)
        place.mkdir(parents=True, exist_ok=True)
        whole_file.write({place / NUMBERS: _compressed(numbers), place / SCRIPT: script})
    except ValueError as fault:
        raise ConfigError((str(fault),)) from None
    except OSError as error:
        raise ConfigError((f"{folder} could not be written to: {error.strerror or error}.",)) from None
    return folder / SCRIPT


def check(folder: Path, run: Trained) -> None:
    """What can be said before a long training: ConfigError if the model or the folder will not do."""
    model = model_of(run.now)
    if model != "recurrent":
        raise ConfigError(
            (
                f"Model is {model}, which cannot be exported to PyTorch; recurrent networks can, "
                "of RNN, LSTM, GRU or Jordan cells.",
            )
        )
    try:
        place = whole_file.resolved(folder)
        taken = [name for name in (SCRIPT, NUMBERS) if _is_there(place / name)]
    except ValueError as fault:
        raise ConfigError((str(fault),)) from None
    except OSError as error:
        raise ConfigError((f"{folder} could not be written to: {error.strerror or error}.",)) from None
    if taken:
        raise ConfigError((f"{folder} already holds {taken[0]}. Choose an empty folder.",))


def _is_there(path: Path) -> bool:
    """Whatever it is, a link to nowhere included; OSError for a name that no folder can hold."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


# --- the numbers -----------------------------------------------------------------------------------


def _numbers(run: Trained) -> dict[str, Array]:
    """The arrays of the .npz by name."""
    weights = {f"weights/{name}": array for name, array in _torch_weights(run).items()}
    return weights | _checked(run) | _data(run) | {"about": np.array(json.dumps(_about(run)))}


def _compressed(numbers: Mapping[str, Array]) -> bytes:
    """The .npz, as np.savez_compressed has it; older ones of that cannot be forbidden to pickle."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in numbers.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, array, allow_pickle=False)
    return whole.getvalue()


def _about(run: Trained) -> dict[str, Any]:
    """What a reader of the file may want to know, as JSON."""
    return {
        "task": dict(knob_of("task").choices)[run.now.task],
        "step": run.step,
        "symbols": run.task.symbols,
        "answers": run.task.answers,
        "joint": run.task.joint,
        "knobs": {name: value for name, value in dataclasses.asdict(run.now).items() if name != "text"},
    }


def _checked(run: Trained) -> dict[str, Array]:
    """A batch, and what our own model makes of it in float64, without dropout, fed with true inputs."""
    whole = _batch(run, run.step + 1)
    count = min(_CHECKED, whole.inputs.shape[1])
    inputs, targets, weights = whole.inputs[:, :count], whole.targets[:, :count], _counts(whole)[:, :count]
    if not weights.any():
        weights = np.ones_like(weights)
    model = model_for(run.now, run.task)
    theta = parameters.flat(run.weights, model.shapes).astype(np.float64)
    forcing = 0.0 if run.now.cell == "jordan" else 1.0  # a Jordan network reads its own last output
    knobs = dataclasses.replace(run.now, dropout=0.0, teacher_forcing=forcing, regulariser=0.0)
    with np.errstate(all="ignore"):
        look = model.look(theta, Batch(inputs, targets, weights), Moment(run.step + 1, knobs))
        outputs = np.stack([look.picture(b).outputs for b in range(count)], axis=1)
    named = {"inputs": inputs, "targets": targets, "weights": weights}
    named |= {"outputs": outputs, "loss": np.array(look.loss)}
    return {f"check/{name}": array.astype(np.float64) for name, array in named.items()}


def _data(run: Trained) -> dict[str, Array]:
    """Batches that would have come next, [N, T, B, ...], in float32."""
    first = _batch(run, run.step + 1)
    count = max(1, min(_BATCHES, _ROOM // (4 * (first.inputs.size + first.targets.size))))
    batches = [_batch(run, run.step + 1 + number) for number in range(count)]
    named = {
        "inputs": [batch.inputs for batch in batches],
        "targets": [batch.targets for batch in batches],
        "weights": [_counts(batch) for batch in batches],
    }
    return {f"data/{name}": np.stack(arrays).astype(np.float32) for name, arrays in named.items()}


def _batch(run: Trained, step: int) -> Batch:
    batch = run.task.batch(step)
    assert isinstance(batch, Batch)  # noqa: S101 - a recurrent model learns from nothing else
    return batch


def _counts(batch: Batch) -> Array:
    return np.ones(batch.inputs.shape[:2]) if batch.weights is None else batch.weights


def _torch_weights(run: Trained) -> dict[str, Array]:
    """Our weights under the names of the script's `state_dict`, in torch's conventions."""
    found = {}
    own = run.now.cell != "jordan" and not in_torch(run.now)
    for name, array in run.weights.items():
        if name in ("W_o", "b_o"):
            found["out." + {"W_o": "weight", "b_o": "bias"}[name]] = array
        elif run.now.cell == "jordan":
            found[name] = array
        else:
            place = _own_name(name) if own else _torch_name(run.now, name)
            found[place] = array if own else _as_torch(run.now, array)
    if not own and run.now.biases == "one" and run.now.cell != "jordan":
        ours = [name for name in found if "bias_ih" in name]
        found |= {name.replace("bias_ih", "bias_hh"): np.zeros_like(found[name]) for name in ours}
    return {name: array.astype(np.float64) for name, array in found.items()}


def _parts(name: str) -> tuple[str, int, bool]:
    """ "W_ih_l2_reverse" -> ("W_ih", 1, True)."""
    plain, reverse = name.removesuffix("_reverse"), name.endswith("_reverse")
    stem, _, number = plain.rpartition("_l")
    return (stem, int(number) - 1, reverse) if stem and number.isdecimal() else (plain, 0, reverse)


def _own_name(name: str) -> str:
    """Where the script's own `Layer` has it."""
    stem, layer, reverse = _parts(name)
    return f"layers.{layer}.{'backwards' if reverse else 'forwards'}.{stem}"


def _torch_name(config: RunConfig, name: str) -> str:
    """Where torch.nn has it; with residual links every layer is a module of its own."""
    stem, layer, reverse = _parts(name)
    kind = {"W": "weight", "b": "bias"}[stem[0]]
    module, number = (f"layers.{layer}", 0) if config.residual == "yes" else ("rnn", layer)
    return f"{module}.{kind}_{stem[2:]}_l{number}{'_reverse' if reverse else ''}"


def _as_torch(config: RunConfig, array: Array) -> Array:
    """A GRU whose z takes the new state is torch's with 1 - z = σ(-a): the rows of z change their sign."""
    if config.cell != "gru" or config.gru_update == "keep":
        return array
    turned = array.copy()
    turned[config.hidden : 2 * config.hidden] *= -1
    return turned
