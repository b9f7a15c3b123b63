"""The learner that a config names: which architecture, and which arithmetic does it.

torch is loaded only for the models that need it. Knows every model by name.
"""

from __future__ import annotations

import importlib

from engine.combinations import model_of
from engine.config import RunConfig
from engine.models.by_hand import ByHand
from engine.models.model import Learner, Model
from engine.parameters import Shapes
from engine.tasks.task import Task

_MODELS = {
    "recurrent": ("recurrent", "Recurrent"),
    "jordan": ("jordan", "Jordan"),
    "encoder-decoder": ("seq2seq", "EncoderDecoder"),
    "attention": ("attention", "Attention"),
    "skip-gram": ("word2vec", "SkipGram"),
    "ntm": ("turing", "TuringMachine"),
}


def model_for(config: RunConfig, task: Task) -> Model:
    """The architecture of `config` for the sizes of `task`."""
    kind = model_of(config)
    file, name = _MODELS["jordan" if kind == "recurrent" and config.cell == "jordan" else kind]
    made: Model = getattr(importlib.import_module(f"engine.models.{file}"), name)(config, task)
    return made


def learner_of(config: RunConfig, task: Task) -> Learner:
    """What trains: the compiled kernel where it can do all that `config` asks, else the model in NumPy."""
    if config.engine == "auto":
        from engine.kernels import learner

        if learner.fits(config, task):
            return learner.ByKernel(config, task)
    return ByHand(config, model_for(config, task))


def shapes_of(config: RunConfig, task: Task) -> Shapes:
    """Name -> shape of every trained array."""
    return model_for(config, task).shapes
