"""The models whose gradients can be derived: their cards, and which options each one has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Card:
    """A model as it stands in a list. `short` is its name inside a sentence, with its article: "the RNN"."""

    key: str
    title: str
    about: str
    short: str


@dataclass(frozen=True, slots=True)
class Model:
    """What there is to choose.

    Attributes:
        fields: of a GradientJob, those that this model heeds, besides model, wrt, rows, seed and given.
        first: what is asked for unless something else is wanted.
        fixed: fields that it does not leave open, where that is not the default of a GradientJob.
    """

    card: Card
    fields: tuple[str, ...]
    first: str
    fixed: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_steps(self) -> bool:
        return "steps" in self.fields


_ENDING = ("outputs", "loss")

BY_KEY: dict[str, Model] = {
    model.card.key: model
    for model in (
        Model(
            Card(
                "rnn",
                "RNN",
                "One hidden state, handed on from step to step. Start here: it is backpropagation through "
                "time at its shortest.",
                "the RNN",
            ),
            ("steps", "scalar", "activation", *_ENDING, "truncate"),
            "W_h",
        ),
        Model(
            Card(
                "lstm",
                "LSTM",
                "A cell state with gates that forget, write and show. Its gradient travels along the cell "
                "states, times a forget gate a step.",
                "the LSTM",
            ),
            ("steps", "scalar", "gates", *_ENDING, "truncate"),
            "U_f",
        ),
        Model(
            Card(
                "gru",
                "GRU",
                "Two gates and no cell state: one mixes the old state with a new one, the other says how "
                "much of the old one the new one may see.",
                "the GRU",
            ),
            ("steps", "scalar", "update", "reset", *_ENDING, "truncate"),
            "U_z",
        ),
        Model(
            Card(
                "birnn",
                "Two-way RNN",
                "One network reads from the left, one from the right, and each output sees both. So "
                "gradients run through time in both directions too.",
                "the two-way RNN",
            ),
            ("steps", "scalar", "activation", *_ENDING),
            "W_h",
        ),
        Model(
            Card(
                "layers",
                "Two-layer RNN",
                "The second network reads the states of the first. The gradient at a lower state comes from "
                "two sides: from the next step, and from above.",
                "the two-layer RNN",
            ),
            ("steps", "scalar", "activation", *_ENDING, "truncate"),
            "W_h1",
        ),
        Model(
            Card(
                "attention",
                "Encoder, decoder, attention",
                "The decoder takes one step and looks back at every state of the encoder. Attention gives "
                "each of them a short way to the loss.",
                "attention",
            ),
            ("steps",),
            "W_a",
            {"loss": "cross-entropy"},
        ),
        Model(
            Card(
                "softmax",
                "Softmax with cross-entropy",
                "Two bulky derivatives, and nearly all of it cancels: what is left is ŷ - y.",
                "softmax with cross-entropy",
            ),
            (),
            "s",
            {"loss": "cross-entropy"},
        ),
        Model(
            Card(
                "layernorm",
                "Layer norm",
                "Every entry has a say in the mean and in the spread, so each gradient has three parts.",
                "layer norm",
            ),
            (),
            "x",
        ),
        Model(
            Card(
                "batchnorm",
                "Batch norm",
                "As layer norm, but over the examples of a batch, so that they have a say in one another.",
                "batch norm",
            ),
            (),
            "X",
        ),
        Model(
            Card(
                "clipping",
                "Gradient clipping",
                "A gradient that is too long is cut down: by its norm, which keeps its direction, or entry "
                "by entry, which does not.",
                "gradient clipping",
            ),
            (),
            "g_by_norm",
        ),
    )
}

MODELS: tuple[Card, ...] = tuple(model.card for model in BY_KEY.values())
