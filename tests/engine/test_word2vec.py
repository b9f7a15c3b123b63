"""Skip-gram with negative sampling against autograd, and the two questions one asks word vectors."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.errors import TaskError
from engine.models.model import Moment
from engine.models.word2vec import SkipGram, analogy, nearest
from engine.parameters import named
from engine.tasks.task import SkipGrams

CONFIG = RunConfig(task="skipgrams", hidden=4)


def model(words: int, hidden: int = 4) -> SkipGram:
    knobs = RunConfig(task="skipgrams", hidden=hidden)
    return SkipGram(knobs, SimpleNamespace(inputs=words, outputs=words))  # type: ignore[arg-type]  # sizes are all it reads


def drawn(rng: np.random.Generator, words: int, pairs: int, negatives: int) -> SkipGrams:
    return SkipGrams(
        rng.integers(0, words, pairs),
        rng.integers(0, words, pairs),
        rng.integers(0, words, (pairs, negatives)),
    )


@settings(max_examples=40)
@given(
    words=st.integers(2, 9),
    hidden=st.integers(1, 6),
    pairs=st.integers(1, 8),
    negatives=st.integers(1, 5),
    seed=st.integers(0, 2**16),
)
def test_gradient_is_what_autograd_finds(
    words: int, hidden: int, pairs: int, negatives: int, seed: int
) -> None:
    """Few words and many pairs: the same word comes up as centre, neighbour and drawn word at once."""
    rng = np.random.default_rng(seed)
    skip_gram, batch = model(words, hidden), drawn(rng, words, pairs, negatives)
    theta = rng.normal(0, 1.5, 2 * words * hidden)

    flat = torch.tensor(theta, requires_grad=True)
    W_in, W_out = flat.reshape(2, words, hidden)
    loss = torch.zeros((), dtype=torch.float64)
    for b in range(pairs):
        v = W_in[batch.centre[b]]
        loss = loss - torch.nn.functional.logsigmoid(W_out[batch.context[b]] @ v) / pairs
        for word in batch.negatives[b]:
            loss = loss - torch.nn.functional.logsigmoid(-(W_out[word] @ v)) / pairs

    look = skip_gram.look(theta, batch, Moment(1, CONFIG))
    assert look.loss == pytest.approx(loss.item(), rel=1e-12)
    expected = torch.autograd.grad(loss, flat)[0].numpy()
    np.testing.assert_allclose(look.gradient, expected, rtol=0, atol=1e-12)


def test_gradient_by_central_differences() -> None:
    rng = np.random.default_rng(2)
    skip_gram, batch = model(5, 3), drawn(rng, 5, 6, 3)
    theta, moment, step = rng.normal(size=30), Moment(1, CONFIG), 1e-6
    found = [
        (skip_gram.look(theta + e, batch, moment).loss - skip_gram.look(theta - e, batch, moment).loss)
        / 2
        / step
        for e in step * np.eye(30)
    ]
    np.testing.assert_allclose(skip_gram.look(theta, batch, moment).gradient, found, atol=1e-8)


def test_large_scores_do_not_overflow() -> None:
    skip_gram = model(2, 1)
    batch = SkipGrams(np.array([0]), np.array([1]), np.array([[1]]))
    look = skip_gram.look(np.array([1e4, 0.0, 0.0, -1e4]), batch, Moment(1, CONFIG))
    assert look.loss == pytest.approx(1e8)
    assert np.isfinite(look.gradient).all()


def test_picture_has_a_row_for_each_pair() -> None:
    rng = np.random.default_rng(3)
    skip_gram, batch = model(7), drawn(rng, 7, 5, 2)
    theta = rng.normal(size=56)
    W_in, W_out = named(theta, skip_gram.shapes).values()
    picture = skip_gram.look(theta, batch, Moment(1, CONFIG)).picture(0)
    for b in range(5):
        v = W_in[batch.centre[b]]
        words = [batch.context[b], *batch.negatives[b]]
        np.testing.assert_array_equal(picture.hidden[b], v)
        assert picture.inputs[b].argmax() == batch.centre[b]
        assert picture.wanted[b].argmax() == batch.context[b]
        for w in range(7):
            assert picture.outputs[b, w] == pytest.approx(1 / (1 + math.exp(-W_out[w] @ v)))
        for i, w in enumerate(words):
            assert picture.named["score"][b, i] == pytest.approx(W_out[w] @ v)
            assert picture.named["sigma"][b, i] == pytest.approx(picture.outputs[b, w])
            assert picture.named["dscore"][b, i] == pytest.approx((picture.outputs[b, w] - (i == 0)) / 5)
            np.testing.assert_array_equal(picture.named["u"][b, i], W_out[w])
    assert picture.dh is picture.named["dv"]


def test_float32_stays_float32() -> None:
    rng = np.random.default_rng(4)
    skip_gram, batch = model(6), drawn(rng, 6, 5, 2)
    theta = rng.normal(size=48)
    exact = skip_gram.look(theta, batch, Moment(1, CONFIG))
    look = skip_gram.look(theta.astype(np.float32), batch, Moment(1, CONFIG))
    assert look.gradient.dtype == np.float32
    assert {array.dtype for array in look.picture(0).named.values()} == {np.dtype(np.float32)}
    np.testing.assert_allclose(look.gradient, exact.gradient, atol=1e-6)


def test_initial_weights_follow_the_scheme_and_the_gain() -> None:
    skip_gram = model(9)
    one, two = (
        skip_gram.initial(RunConfig(task="skipgrams", hidden=4, gain=gain), np.random.default_rng(1))
        for gain in (1.0, 2.0)
    )
    assert 0.4 < np.abs(one).max() <= 0.5, "±1/√h"
    np.testing.assert_array_equal(2 * one, two)


WORDS = ("king", "queen", "man", "woman", "apple", "none")
VECTORS = np.array([[2, 2, 0], [2, -2, 0.0], [0, 3, 0.1], [0, -3, 0.1], [0, 0, 1], [0, 0, 0]])


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float(a @ b / math.sqrt((a @ a) * (b @ b)))


def test_nearest_by_cosine_not_by_length() -> None:
    found = nearest(VECTORS * np.array([1, 5, 9, 1, 100, 1])[:, None], WORDS, "king", 2)
    assert [word for word, _ in found] == ["man", "apple"]
    assert found[0][1] == pytest.approx(cosine(VECTORS[0], VECTORS[2]))
    everything = nearest(VECTORS, WORDS, "king", 99)
    assert len(everything) == 5, "the word itself is left out"
    assert dict(everything)["none"] == 0, "a vector of zeros is like nothing"
    assert [c for _, c in everything] == sorted((c for _, c in everything), reverse=True)


def test_analogy() -> None:
    ((word, likeness),) = analogy(VECTORS, WORDS, "man", "king", "woman")
    assert word == "queen"
    unit = VECTORS[:4] / np.linalg.norm(VECTORS[:4], axis=1, keepdims=True)
    assert likeness == pytest.approx(cosine(unit[0] - unit[2] + unit[3], unit[1]))
    assert not {"man", "king", "woman"} & {
        word for word, _ in analogy(VECTORS, WORDS, "man", "king", "woman", 9)
    }


@pytest.mark.parametrize(
    "ask", [lambda w: nearest(VECTORS, WORDS, w, 1), lambda w: analogy(VECTORS, WORDS, "man", w, "king")]
)
def test_an_unknown_word_is_named(ask) -> None:  # type: ignore[no-untyped-def]  # a lambda's type says nothing here
    with pytest.raises(TaskError, match=r"'pear' is not among the 6 words"):
        ask("pear")
