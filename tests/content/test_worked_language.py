"""The functions behind the numbers of notes on text and attention, against torch, the engine and counting."""

from __future__ import annotations

import itertools
import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from content.worked import language
from engine.config import RunConfig
from engine.models.attention import Attention
from engine.models.model import Moment
from engine.parameters import count, named
from engine.tasks.task import END, Pairs

Numbers = NDArray[np.float64]


def _random(seed: int, *shape: int) -> Numbers:
    return np.random.default_rng(seed).normal(size=shape)


def _shares(seed: int, *shape: int) -> Numbers:
    return np.random.default_rng(seed).dirichlet(np.ones(shape[-1]), shape[:-1])


@given(st.integers(0, 99), st.integers(1, 7), st.integers(1, 5), st.integers(1, 5), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_attention_is_torchs(seed: int, source: int, a: int, h: int, wide: int) -> None:
    H, U, W = _random(seed, source, a), _random(seed + 1, wide, a), _random(seed + 2, wide, h)
    s, v = _random(seed + 3, h), _random(seed + 4, wide)
    loop = [sum(v[k] * math.tanh(W[k] @ s + U[k] @ annotation) for k in range(wide)) for annotation in H]
    alpha = torch.softmax(torch.tensor(loop, dtype=torch.float64), 0)
    assert language.attention_scores(v, W, U, s, H) == pytest.approx(np.array(loop), abs=1e-12)
    assert language.attention_weights(loop) == pytest.approx(alpha.numpy(), abs=1e-12)
    context = language.attention_context(alpha.numpy(), H)
    assert context == pytest.approx((alpha @ torch.tensor(H)).numpy(), abs=1e-12)


def test_attention_is_the_engines() -> None:
    """The engine's own model of attention, step by step over one source."""
    knobs = RunConfig(task="numbers", model="attention", hidden=4, cell="gru", direction="both")
    network = Attention(knobs, SimpleNamespace(inputs=6, outputs=5))  # type: ignore[arg-type]  # sizes are all it reads
    theta = _random(5, count(network.shapes))
    w = named(theta, network.shapes)
    batch = Pairs(np.array([[3], [5], [4]]), np.array([[4], [3], [END]]))
    seen = network.look(theta, batch, Moment(1, knobs)).picture(0).named
    annotations = np.hstack((seen["encoder.h"], seen["encoder.h_reverse"]))
    states = np.vstack((seen["s_0"], seen["decoder.h"]))
    for step in range(3):
        e = language.attention_scores(
            w["attention.v"], w["attention.W"], w["attention.U"], states[step], annotations
        )
        assert e == pytest.approx(seen["scores"][step], abs=1e-9)
        alpha = language.attention_weights(e)
        assert alpha == pytest.approx(seen["attention"][step], abs=1e-9)
        assert language.attention_context(alpha, annotations) == pytest.approx(
            seen["context"][step], abs=1e-9
        )


@given(st.integers(0, 99), st.integers(2, 6), st.floats(0.2, 5))
@settings(deadline=None)
def test_softmax_and_loss_are_torchs(seed: int, size: int, temperature: float) -> None:
    z = _random(seed, size)
    expected = torch.softmax(torch.tensor(z) / temperature, 0).numpy()
    assert language.softmax_at(z, temperature) == pytest.approx(expected, abs=1e-12)
    for k in range(size):
        loss = torch.nn.functional.cross_entropy(torch.tensor(z), torch.tensor(k)).item()
        assert language.token_loss(z, k) == pytest.approx(loss, abs=1e-12)


def test_perplexity_of_a_uniform_model_is_its_vocabulary() -> None:
    assert language.perplexity([1 / 7] * 5) == pytest.approx(7)
    assert language.perplexity([0.5, 0.125]) == pytest.approx(4)


@given(st.integers(0, 99), st.integers(2, 4), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_a_wide_beam_is_a_search_through_everything(seed: int, tokens: int, length: int) -> None:
    first, after = _shares(seed, tokens), _shares(seed + 1, tokens, tokens)

    def p(row: tuple[int, ...]) -> float:
        return float(first[row[0]] * math.prod(after[a][b] for a, b in itertools.pairwise(row)))

    best = max(p(row) for row in itertools.product(range(tokens), repeat=length))
    found = language.best_tokens(first, after, min(64, tokens**length), length)
    assert p(tuple(int(token) for token in found)) == pytest.approx(best, rel=1e-12), (
        "two may be equally likely"
    )
    assert language.chain_probability(first, after, found) == pytest.approx(best)


def test_a_beam_of_one_takes_the_likeliest_each_time() -> None:
    first, after = np.array([0.6, 0.4]), np.array([[0.55, 0.45], [0.1, 0.9]])
    assert list(language.best_tokens(first, after, 1, 3)) == [0, 0, 0]
    assert list(language.best_tokens(first, after, 2, 3)) == [1, 1, 1]


def test_drawing_gives_each_token_its_share() -> None:
    p = [0.25, 0.5, 0.25]
    assert [language.drawn_place(p, u) for u in (0, 0.24, 0.25, 0.74, 0.75, 0.99)] == [0, 0, 1, 1, 2, 2]


def test_an_analogy_leaves_its_own_words_out() -> None:
    #            man     woman   king    queen    stone
    E = np.array([[1, 0.1], [1, 1.1], [3, 0.1], [3, 2.9], [3, -2.0]])
    assert language.analogy_place(E, 0, 1, 2) == 3
    assert language.analogy_place(E, 1, 0, 2) == 4
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    aim = unit[1] - unit[0] + unit[2]
    cosines = [language.cosine(row, aim) for row in E]
    assert max((0, 1, 2, 3, 4), key=lambda k: cosines[k] if k > 2 else -2) == 3


@given(st.integers(0, 99), st.integers(1, 6))
@settings(deadline=None)
def test_cosine_is_torchs(seed: int, size: int) -> None:
    u, v = _random(seed, size), _random(seed + 1, size)
    expected = torch.cosine_similarity(torch.tensor(u), torch.tensor(v), dim=0).item()
    assert language.cosine(u, v) == pytest.approx(expected, abs=1e-12)


@given(st.integers(1, 12), st.integers(1, 5))
@settings(deadline=None)
def test_pairs_are_those_of_slices(n: int, window: int) -> None:
    words = list(range(n))
    neighbours = [words[max(0, i - window) : i] + words[i + 1 : i + 1 + window] for i in words]
    assert language.skip_gram_pairs(n, window) == sum(map(len, neighbours))


def test_prefixes_and_parameters() -> None:
    sentences = ["we met a bear", "it ran", "the bear met us again"]
    rows = [text.split()[:cut] for text in sentences for cut in range(1, len(text.split()))]
    assert language.prefix_pairs([len(text.split()) for text in sentences]) == len(rows)
    layers = (torch.nn.Embedding(50, 6), torch.nn.LSTM(6, 7), torch.nn.Linear(7, 50))
    both = sum(p.numel() for layer in layers for p in layer.parameters())
    assert language.next_word_count(50, 6, 7) == both - 4 * 7
