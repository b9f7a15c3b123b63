"""Text in numbers, worked out a second time: by listing, by fractions, and by PyTorch."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product

import pytest
import torch
from torch.nn.utils.rnn import pad_sequence

from content.generators import merges, named_text, text
from content.generators.registry import generator

V = Mapping[str, float]
SEEDS = range(25)
TABLES = ("pipeline_step", "word_form", "word_vector", "decoder_name", "task_pattern")


def _padding(v: V) -> dict[str, float]:
    batch = pad_sequence([torch.ones(int(v[f"t{k}"])) for k in (1, 2, 3, 4)])
    pads = int((batch == 0).sum())
    return {
        "longest": len(batch),
        "cells": batch.numel(),
        "pads": pads,
        "tokens": batch.sum().item(),
        "percent": 100 * pads / batch.numel(),
    }


def _bpe(v: V) -> dict[str, float]:
    """The sums that the solution prints; the text itself is counted further down."""
    sums = [v["n1"] + v["n3"], v["n1"] + v["n2"], v["n2"], v["n3"] + v["n4"], v["n4"]]
    return {"best": max(sums), **{f"c{k}": total for k, total in enumerate(sums, 1)}}


def _bigrams(v: V) -> dict[str, float]:
    """One count more for each of the v words that may follow."""
    after = Counter({0: int(v["pair"]), 1: int(v["first"]) - int(v["pair"])})
    more = after + Counter(range(int(v["v"])))
    return {
        "p": float(Fraction(after[0], after.total())),
        "smoothed": float(Fraction(more[0], more.total())),
        "unseen": float(Fraction(more[2], more.total())),
    }


def _perplexity(v: V) -> dict[str, float]:
    p = torch.tensor([v[f"p{k}"] for k in (1, 2, 3, 4)], dtype=torch.float64)
    loss = torch.nn.functional.nll_loss(p.log()[:, None], torch.zeros(4, dtype=torch.long)).item()
    return {
        "nats": loss,
        "perplexity": p.prod().item() ** -0.25,
        "perplexity_inverse_mean": 1 / p.mean().item(),
        "nats_total": 4 * loss,
    }


def _top(v: V) -> dict[str, float]:
    p = [Fraction(int(v[f"c{k}"]), 100) for k in (1, 2, 3, 4, 5)]
    assert sum(p) == 1
    size = next(n for n in range(1, 6) if sum(p[:n]) >= Fraction(int(v["share"]), 100))
    kept = sum(p[: int(v["k"])])
    return {
        "kept_k": float(kept),
        "best_k": float(p[0] / kept),
        "nucleus": size,
        "best_p": float(p[0] / sum(p[:size])),
    }


def _beam_two(v: V) -> dict[str, float]:
    a, b, after_a, after_b = (Fraction(int(v[name]), 100) for name in ("a", "b", "after_a", "after_b"))
    greedy = a * after_a if a > b else b * after_b
    return {"greedy": float(greedy), "beam": float(max(a * after_a, b * after_b))}


def _beam_cost(v: V) -> dict[str, float]:
    small = product(range(int(v["k"])), range(int(v["v"]) // 500))
    return {
        "candidates": 500 * sum(1 for _ in small),
        "all_texts": math.log(v["v"] ** v["steps"], 10),
    }


def _clip(v: V) -> dict[str, float]:
    candidate = ["the"] * int(v["said"]) + [f"w{k}" for k in range(int(v["others"] + v["more"]))]
    reference = ["the"] * int(v["allowed"]) + [f"w{k}" for k in range(int(v["others"]))]
    both = Counter(candidate) & Counter(reference)
    return {"clipped": both.total(), "precision": both.total() / len(candidate), "length": len(candidate)}


def _two(v: V) -> dict[str, float]:
    mean = math.exp((math.log(v["c1"] / 100) + math.log(v["c2"] / 100)) / 2)
    penalty = math.exp((v["c"] - v["r"]) / v["c"])
    return {"mean": mean, "penalty": penalty, "bleu": mean * penalty}


def _attention(v: V) -> dict[str, float]:
    """One query of width d_k that has just these products with the keys."""
    d = int(v["d_k"])
    q, keys = torch.zeros(1, 1, d, dtype=torch.float64), torch.zeros(1, 3, d, dtype=torch.float64)
    q[..., 0] = 1
    keys[0, :, 0] = torch.tensor([v["s1"], v["s2"], v["s3"]])
    shares = torch.nn.functional.scaled_dot_product_attention(
        q, keys, torch.eye(3, dtype=torch.float64)[None]
    )
    first, second, third = shares.flatten().tolist()
    return {
        "a1": first,
        "a2": second,
        "a3": third,
        "root": math.sqrt(d),
        "a1_unscaled": keys[0, :, 0].softmax(0)[0].item(),
        "a1_by_d": (keys[0, :, 0] / d).softmax(0)[0].item(),
    }


def _scores(v: V) -> dict[str, float]:
    n = int(v["length"])
    longer = torch.zeros(1, int(v["factor"]) * n)
    return {
        "scores": (torch.zeros(n, 1) @ torch.zeros(1, n)).numel(),
        "longer": longer.numel() ** 2,
        "times": longer.numel() ** 2 / n**2,
        "scores_half": math.comb(n, 2),
    }


ORACLES: dict[str, Callable[[V], Mapping[str, float]]] = {
    "padding": _padding,
    "embedding_size": lambda v: {
        "weights": torch.nn.Embedding(int(v["v"]), int(v["d"]), device="meta").weight.numel()
    },
    "bpe_merge": _bpe,
    "bpe_vocabulary": lambda v: {"size": len(range(int(v["letters"]))) + len(range(int(v["merges"])))},
    "word_count": lambda v: {
        "entry": v[f"c{int(v['k'])}"],
        "length": v["c1"] + v["c2"] + v["c3"],
        "bigrams": v["c1"] + v["c2"] + v["c3"] - 1,
        "trigrams": v["c1"] + v["c2"] + v["c3"] - 2,
        "distinct": 3,
    },
    "tf_idf": lambda v: {
        "idf": math.log(v["documents"]) - math.log(v["containing"]),
        "weight": v["count"] * (math.log(v["documents"]) - math.log(v["containing"])),
        "weight_log10": v["count"] * math.log(v["documents"] / v["containing"], 10),
    },
    "bigram_model": _bigrams,
    "perplexity": _perplexity,
    "perplexity_loss": lambda v: {"perplexity": math.e ** v["nats"], "bits": math.log2(math.e ** v["nats"])},
    "uniform_model": lambda v: {
        "perplexity": v["v"],
        "nats": torch.nn.functional.cross_entropy(
            torch.zeros(1, int(v["v"]), dtype=torch.float64), torch.tensor([0])
        ).item(),
        "nats_bits": math.log2(v["v"]),
    },
    "top_choices": _top,
    "beam_two": _beam_two,
    "beam_cost": _beam_cost,
    "bleu_clip": _clip,
    "brevity": lambda v: {"penalty": math.exp((v["c"] - v["r"]) / v["c"]), "penalty_ratio": v["c"] / v["r"]},
    "bleu_two": _two,
    "scaled_attention": _attention,
    "attention_cost": _scores,
}


def test_each_generator_has_an_oracle_or_is_a_table() -> None:
    assert {made.name for made in (*text.GENERATORS, *merges.GENERATORS)} == set(ORACLES)
    assert {made.name for made in named_text.GENERATORS} == set(TABLES)


@pytest.mark.parametrize("name", ORACLES)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in SEEDS:
        values = generator(name).vary("some-item", seed)
        numbers = {key: value for key, value in values.items() if not isinstance(value, str)}
        for key, expected in ORACLES[name](numbers).items():
            assert values[key] == pytest.approx(expected), (seed, key)


def test_the_pair_to_merge_is_the_most_frequent_one() -> None:
    answers = set()
    for seed in range(50):
        v = generator("bpe_merge").vary("some-item", seed)
        corpus = " ".join(str(v[f"w{k}"]) for k in (1, 2, 3, 4) for _ in range(int(v[f"n{k}"])))
        counts = {
            pair: corpus.count(str(pair).replace(" ", "")) for pair in (v[f"pair{k}"] for k in range(1, 6))
        }
        assert list(counts.values()) == [v[f"c{k}"] for k in range(1, 6)]
        named = [str(v[place]).replace(" + ", " ") for place in ("right", "wrong1", "wrong2", "wrong3")]
        assert counts[named[0]] == v["best"] > max(counts[name] for name in named[1:])
        assert all(str(v[f"wrong{k}_why"]).startswith(f"Its count is {counts[named[k]]},") for k in (1, 2, 3))
        answers.add(named[0])
    assert len(answers) >= 8


def test_greedy_loses_in_every_variant() -> None:
    for seed in SEEDS:
        v = generator("beam_two").vary("some-item", seed)
        assert float(v["beam"]) > float(v["greedy"])


def test_the_sentence_holds_the_words_that_are_counted() -> None:
    for seed in SEEDS:
        v = generator("word_count").vary("some-item", seed)
        assert str(v["sentence"]).split().count(str(v["word"])) == v["entry"]
