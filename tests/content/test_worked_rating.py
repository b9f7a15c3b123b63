"""Measures of text against other ways to the same number: listing, torch's attention, a hand-made example."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from content.worked import rating

TOKENS = st.lists(st.integers(1, 4), min_size=4, max_size=9)
SHARES = st.lists(st.integers(1, 50), min_size=3, max_size=6, unique=True)


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=5))
def test_tf_idf_of_each_cell(rows: list[list[int]]) -> None:
    rows = [[*row, 1] for row in rows]  # a word that stands everywhere
    rows[0] = [1, 1, 1, 1]  # and none that stands nowhere
    found = rating.tf_idf(np.array(rows, float))
    for d, row in enumerate(rows):
        for t, count in enumerate(row):
            holders = len([other for other in rows if other[t]])
            assert found[d, t] == pytest.approx(count * math.log(len(rows) / holders))
    assert not found[:, -1].any()


def _clipped(candidate: list[int], reference: list[int], n: int) -> int:
    """Cross matches off one by one."""
    left = [tuple(reference[i : i + n]) for i in range(len(reference) - n + 1)]
    matched = 0
    for i in range(len(candidate) - n + 1):
        if (gram := tuple(candidate[i : i + n])) in left:
            left.remove(gram)
            matched += 1
    return matched


@given(TOKENS, TOKENS)
def test_bleu_by_crossing_off(candidate: list[int], reference: list[int]) -> None:
    matched = [_clipped(candidate, reference, n) for n in (1, 2)]
    one, two = (rating.clipped_matches(np.array(candidate), np.array(reference), n) for n in (1, 2))
    assert [one, two] == matched
    precisions = matched[0] / len(candidate), matched[1] / (len(candidate) - 1)
    penalty = 1 if len(candidate) >= len(reference) else math.exp(1 - len(reference) / len(candidate))
    right = penalty * math.sqrt(math.prod(precisions))
    assert rating.bleu(np.array(candidate), np.array(reference), 2) == pytest.approx(right)


@given(SHARES, st.integers(1, 3), st.floats(0.05, 0.98))
def test_what_a_draw_may_choose_from(shares: list[int], k: int, share: float) -> None:
    p = np.array(shares) / sum(shares)
    kept = rating.top_k(p, k)
    largest, places = torch.tensor(p).topk(k)
    assert sorted(kept.nonzero()[0]) == sorted(places.tolist())
    assert kept[places.tolist()] == pytest.approx((largest / largest.sum()).numpy())
    size = int(rating.nucleus(p, share))
    falling = sorted(p, reverse=True)
    assert sum(falling[:size]) >= share - 1e-9 > sum(falling[: size - 1]) - 1e-9 - 1e-9
    assert rating.top_p(p, share) == pytest.approx(rating.top_k(p, size))


def test_a_nucleus_ends_where_the_share_is_reached_exactly() -> None:
    assert rating.nucleus(np.array([0.1, 0.2, 0.7]), 0.9) == 2
    assert rating.nucleus(np.array([0.1, 0.2, 0.7]), 0.91) == 3


@given(st.integers(0, 9999), st.integers(1, 4), st.integers(1, 5), st.integers(1, 6))
def test_attention_is_pytorchs(seed: int, queries: int, keys: int, width: int) -> None:
    rng = np.random.default_rng(seed)
    Q, K, V = (rng.normal(size=(n, width)) for n in (queries, keys, keys))
    right = torch.nn.functional.scaled_dot_product_attention(*(torch.tensor(m)[None] for m in (Q, K, V)))
    assert rating.scaled_attention(Q, K, V) == pytest.approx(right[0].numpy())
