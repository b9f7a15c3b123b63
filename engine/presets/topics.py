"""Every topic of the course by its unit, and for those without a preset the reason. Knows no preset."""

from __future__ import annotations

UNITS: dict[str, tuple[str, ...]] = {
    "sequences": (
        "sequential-data",
        "sequential-vs-tabular",
        "why-not-ann-cnn",
        "rnn-applications",
        "rnn-data-shape",
    ),
    "rnn-core": (
        "rnn-idea",
        "recurrent-layer-equation",
        "memory-cell",
        "rnn-forward-pass",
        "unrolling-parameter-sharing",
        "rnn-parameters",
        "rnn-computational-power",
    ),
    "rnn-types": (
        "types-overview",
        "one-to-many",
        "many-to-one",
        "many-to-many-equal",
        "many-to-many-unequal",
    ),
    "training": (
        "sequence-loss",
        "weight-update-chain-rule",
        "bptt-derivation",
        "bptt-cost",
        "teacher-forcing",
    ),
    "gradients": (
        "vanishing-exploding-gradients",
        "long-term-dependencies",
        "activation-and-initialisation",
        "gradient-clipping",
        "gradient-regularisation",
        "residual-connections",
        "batch-normalization",
        "layer-normalization",
    ),
    "lstm": (
        "lstm-motivation",
        "lstm-states",
        "lstm-equations",
        "forget-gate",
        "input-gate-and-cell-update",
        "output-gate",
        "pointwise-operations",
    ),
    "gru": (
        "gru-idea",
        "gru-gates",
        "gru-candidate",
        "gru-state-update",
        "gru-ng-notation",
        "lstm-vs-gru",
    ),
    "deep-bidirectional": (
        "bidirectional-rnn",
        "bidirectional-lstm",
        "bidirectional-cost-limits",
        "deep-rnn",
    ),
    "language": (
        "tokenization",
        "word-embeddings",
        "word2vec-analogy",
        "sentence-probability",
        "rnn-language-model",
        "sampling-sequences",
        "temperature",
        "stateful-stateless",
        "next-word-predictor",
    ),
    "seq2seq": (
        "encoder-decoder",
        "encoder-and-context",
        "decoder-and-softmax",
        "neural-machine-translation",
        "attention-mechanism",
    ),
    "extensions": (
        "pixelrnn",
        "neural-turing-machine",
    ),
    "complexity": (
        "big-o-rules",
        "logarithmic-loops",
        "digit-loops",
        "fibonacci-recursion",
        "power-set",
        "linear-recurrences",
        "warm-up-exercises",
    ),
}
TOPICS = tuple(topic for topics in UNITS.values() for topic in topics)
_COUNTING = "it counts steps of an algorithm; no network learns anything"

NOT_SIMULATED: dict[str, str] = {  # topic -> why
    "tokenization": "cutting text into tokens is done before any network; `characters` and `words` do it",
    **dict.fromkeys(UNITS["complexity"], _COUNTING),
    "linear-recurrences": "solved line by line on the Derive page; no network learns anything",
    "warm-up-exercises": "arithmetic and lists; no network learns anything",
}
