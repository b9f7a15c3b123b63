"""What students type, and what of the shipped course must then be first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from content.bank import Bank
from content.clock import Moment


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    path: Path = tmp_path_factory.mktemp("bank") / "bank.db"
    bank = Bank.open(path, Moment(1_795_435_200_000))
    assert bank.warning is None
    yield bank
    bank.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("forget gate", ("term", "forget-gate")),
        ("definition of forget gate", ("term", "forget-gate")),
        ("lstm vs gru", ("note", "lstm-vs-gru")),
        ("picture of lstm cell", ("diagram", "lstm-cell")),
        ("picture of the lstm architecture", ("diagram", "lstm-cell")),
        ("layernorm formula", ("formula", "layer-norm")),
        ("gradcam formula", ("formula", "xai-grad-cam")),
        ("vanshing gradient", ("term", "vanishing-gradient")),
        ("gradeint cliping", ("term", "gradient-clipping")),
        ("language modle", ("term", "language-model")),
        ("attension", ("term", "attention")),
        ("nested lops", ("term", "nested-loops")),
        ("pixel rnn", ("term", "pixelrnn")),
        ("one to one", ("term", "one-to-one")),
        ("tfidf", ("term", "tf-idf")),
        ("ntm", ("term", "neural-turing-machine")),
    ],
)
def test_the_thing_itself(shipped: Bank, words: str, found: tuple[str, str]) -> None:
    hit = shipped.search(words)[0]
    assert (hit.kind, hit.id) == found


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("gradient clipping formula", {"gradient-clipping"}),
        ("number of parameters of LSTM", {"lstm-equations", "lstm-vs-gru"}),
        ("bidirctional", {"bidirectional-rnn", "bidirectional-lstm"}),
        ("back prop through time", {"bptt-derivation"}),
        ("gru vs lstm", {"lstm-vs-gru"}),
        ("fibbonaci recursion", {"fibonacci-recursion"}),
        ("why lstm", {"lstm-motivation"}),
    ],
)
def test_its_topic(shipped: Bank, words: str, topics: set[str]) -> None:
    assert shipped.search(words)[0].topic in topics
