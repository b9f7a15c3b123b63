"""Numbers of the units on text and attention, worked out a second time: PyTorch, fractions, strings."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest
import torch

from content.generators import attention, decoding, language, sentences
from content.generators.registry import generator

V = Mapping[str, Any]
SEEDS = range(30)


def _tensor(numbers: object) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def _logits(v: V, letter: str = "z") -> torch.Tensor:
    return _tensor([v[f"{letter}{k}"] for k in (1, 2, 3)])


def _states(v: V) -> torch.Tensor:
    return _tensor([[v[f"h{row}1"], v[f"h{row}2"]] for row in (1, 2, 3)])


def _token_count(v: V) -> dict[str, Any]:
    spaced = v["sentence"].replace(",", " ,").replace(".", " .").split()
    marks = v["sentence"].count(",") + v["sentence"].count(".")
    return {
        "tokens": len(spaced),
        "marks": marks,
        "words": len(spaced) - marks,
        "tokens_end": len(spaced) + 1,
    }


def _unknown_words(v: V) -> dict[str, Any]:
    tokens = v["sentence"].lower().replace(",", " ,").replace(".", " .").split()
    known = [token for token in tokens if token in (*v["vocabulary"].split(", "), ",", ".")]
    return {"known": len(known), "unknown": len(tokens) - len(known)} | {
        "replaced": " ".join(token if token in known else "<UNK>" for token in tokens)
    }


def _embedding_lookup(v: V) -> dict[str, Any]:
    table = torch.nn.Embedding.from_pretrained(_tensor([[v[f"e{r}{c}"] for c in (1, 2)] for r in (1, 2, 3)]))
    found = table(torch.tensor(v["k"] - 1))
    return {"entry": found[v["j"] - 1].item(), "first": found[0].item(), "second": found[1].item()}


def _cosine(u: list[float], w: list[float]) -> float:
    return torch.cosine_similarity(_tensor(u), _tensor(w), dim=0).item()


def _nearest_word(v: V) -> dict[str, Any]:
    query = [v["q1"], v["q2"]]
    cosines = {
        name: _cosine(query, [v[f"{w}1"], v[f"{w}2"]])
        for name, w in ((v["x_word"], "x"), (v["y_word"], "y"), (v["z_word"], "z"))
    }
    best = max(cosines, key=cosines.__getitem__)
    third = min(cosines, key=cosines.__getitem__)
    return {"best": best, "third": third, "cos_best": cosines[best], "cos_third": cosines[third]}


_ENDINGS = {"est": "superlative", "ed": "past tense", "er": "comparative", "ly": "adverb", "ing": "ing form"}


def _relation(one: str, other: str) -> tuple[str, str]:
    """Kind and name of the relation, by looking at the letters; places by a list of our own."""
    if other == f"un{one}":
        return "syntactic", "opposite"
    if one[:3] == other[:3]:
        by_ending = [name for ending, name in _ENDINGS.items() if other.endswith(ending)]
        return "syntactic", (by_ending or ["nationality" if one.istitle() else "plural"])[0]
    if one.islower():
        return "semantic", "gender"
    if other.islower():
        return "semantic", "currency"
    return "semantic", "capital" if other in ("France", "Italy", "Spain", "Egypt") else "city and state"


def _word_analogy(v: V) -> dict[str, Any]:
    kind, meant = _relation(v["a"], v["b"])
    assert len({v["a"], v["b"], v["c"], v["d"]}) == 4
    assert v["slip"].endswith("form is syntactic." if kind == "syntactic" else "their meaning.")
    assert _relation(v["c"], v["d"]) == (kind, meant) != _relation(v["e"], v["f"])
    other_meant = _relation(v["e"], v["f"])[1]
    other_kind = {"syntactic": "semantic", "semantic": "syntactic"}[kind]
    assert _relation(v["e"], v["f"])[0] == kind
    return {"kind": kind, "meant": meant, "other_kind": other_kind, "other_meant": other_meant}


def _pairs(v: V) -> dict[str, Any]:
    """n words, each with `window` on either side, less what falls over the two ends."""
    n, window = v["n"], v["window"]
    lost = 2 * sum(range(1, window + 1))
    return {"pairs": 2 * n * window - lost, "pairs_one_side": n * window - lost // 2}


def _sentence_probability(v: V) -> dict[str, Any]:
    product = math.prod(Fraction(str(v[f"p{k}"])) for k in (1, 2, 3, 4))
    nll = torch.nn.functional.nll_loss(
        _tensor([v[f"p{k}"] for k in (1, 2, 3, 4)]).log()[:, None], torch.zeros(4).long()
    )
    return {"p": float(product), "loss": nll.item(), "total": 4 * nll.item(), "ppl": float(product) ** -0.25}


def _candidate_ratio(v: V) -> dict[str, Any]:
    one, other = (Fraction(str(v[f"m{n}"])) / 10 ** v[f"k{n}"] for n in (1, 2))
    powers = Fraction(10) ** (v["k2"] - v["k1"])
    return {"ratio": float(one / other), "ratio_upside_down": float(other / one), "ratio_powers": int(powers)}


def _token_loss(v: V) -> dict[str, Any]:
    z, true = _logits(v), torch.tensor(v["k"] - 1)
    loss = torch.nn.functional.cross_entropy(z, true).item()
    shares = torch.softmax(z, 0)
    return {
        "loss": loss,
        "p": shares[true].item(),
        "p_next": shares[(true + 1) % 3].item(),
        "powers": z.exp().sum().item(),
        "loss_base_two": -torch.log2(shares[true]).item(),
    }


def _shifted_inputs(v: V) -> dict[str, Any]:
    tokens = v["sentence"].lower().replace(",", " ,").replace(".", " .").split()
    return dict(zip(("fed", "wanted", "later"), tokens[v["t"] - 2 : v["t"] + 1], strict=True))


def _sampled_token(v: V) -> dict[str, Any]:
    place, rest = 1, Fraction(str(v["u"]))
    while rest >= Fraction(str(v[f"p{place}"])):
        rest -= Fraction(str(v[f"p{place}"]))
        place += 1
    shares = [v[f"p{k}"] for k in (1, 2, 3, 4)]
    assert math.isclose(sum(shares), 1)
    return {"place": place, "place_greedy": max(range(4), key=shares.__getitem__) + 1}


def _greedy_and_beam(v: V) -> dict[str, Any]:
    a, b = v["a"], v["b"]
    first = {a: v["first_a"], b: 1 - v["first_a"]}
    after = {a: {a: v["after_a"], b: 1 - v["after_a"]}, b: {a: v["after_b"], b: 1 - v["after_b"]}}
    p = {f"{one} {two}": first[one] * after[one][two] for one, two in itertools.product((a, b), repeat=2)}
    best = max(p, key=p.__getitem__)
    one = max(first, key=first.__getitem__)
    greedy = f"{one} {max(after[one], key=after[one].__getitem__)}"
    assert best != greedy
    return {"best": best, "best_p": p[best], "greedy": greedy, "greedy_p": p[greedy], "p_ba": p[f"{b} {a}"]}


def _temperature(v: V) -> dict[str, Any]:
    at = torch.softmax(_logits(v) / v["t"], 0)
    return {
        **{f"p{k}": at[k - 1].item() for k in (1, 2, 3)},
        "p1_plain": torch.softmax(_logits(v), 0)[0].item(),
        "p1_multiplied": torch.softmax(_logits(v) * v["t"], 0)[0].item(),
    }


def _state_windows(v: V) -> dict[str, Any]:
    start = (v["r"] - 1) * v["steps"] * v["windows"] + (v["q"] - 1) * v["steps"] + 1
    read = sum(v["steps"] for _batch in range(v["q"]))
    return {
        "start": start,
        "end": start + v["steps"] - 1,
        "n": v["rows"] * v["steps"] * v["windows"],
        "seen": read,
        "seen_all": sum(read for _row in range(v["rows"])),
    }


def _prefix_pairs(v: V) -> dict[str, Any]:
    lengths = [v["n1"], v["n2"], v["n3"]]
    filled = sum(n * (n - 1) // 2 for n in lengths)
    pairs = sum(lengths) - 3
    return {"pairs": pairs, "filled": filled, "padding": pairs * (max(lengths) - 1) - filled}


def _prefix_example(v: V) -> dict[str, Any]:
    words = v["sentence"].lower().replace(",", "").replace(".", "").split()
    assert len({v["prefix"], v["shorter"]}) == 2
    return {"prefix": " ".join(words[: v["cut"]]), "following": words[v["cut"]], "last": words[-1]}


def _count(*layers: torch.nn.Module) -> int:
    return sum(p.numel() for layer in layers for p in layer.parameters())


def _next_word_network(v: V) -> dict[str, Any]:
    embedding = torch.nn.Embedding(v["vocab"], v["m"])
    lstm = torch.nn.LSTM(v["m"], v["h"])
    dense = torch.nn.Linear(v["h"], v["vocab"])
    one_bias = _count(lstm) - lstm.bias_hh_l0.numel()
    return {
        "embedding": _count(embedding),
        "lstm": one_bias,
        "dense": _count(dense),
        "total": _count(embedding, dense) + one_bias,
    }


def _encoder_read(v: V) -> dict[str, Any]:
    net = torch.nn.RNN(1, 1, bias=False, dtype=torch.float64)
    with torch.no_grad():
        net.weight_ih_l0.fill_(v["w_x"])
        net.weight_hh_l0.fill_(v["w_h"])
        states = net(_tensor([[[v["x1"]], [v["x2"]], [v["x3"]]]]).transpose(0, 1))[0].flatten()
    return {f"h{k}": states[k - 1].item() for k in (1, 2, 3)} | {"h3_one_short": states[1].item()}


def _read(v: V) -> tuple[torch.Tensor, torch.Tensor]:
    """All states and the last one, of a real network of that size."""
    states, last = torch.nn.RNN(1, v["units"], bias=False)(torch.zeros(v["source"], 1))
    return states, last


def _decoder_step(v: V) -> dict[str, Any]:
    a = math.fsum((v["w_h"] * v["h"], v["w_y"] * v["y"], v["w_c"] * v["c"]))
    return {
        "a": a,
        "new": 1 - 2 / (math.exp(2 * a) + 1),
        "new_without_c": math.tanh(v["w_h"] * v["h"] + v["w_y"] * v["y"]),
        "new_without_y": math.tanh(v["w_h"] * v["h"] + v["w_c"] * v["c"]),
        "new_without_h": math.tanh(v["w_y"] * v["y"] + v["w_c"] * v["c"]),
    }


def _output_layer(v: V) -> dict[str, Any]:
    W = _tensor([[v[f"w{row}1"], v[f"w{row}2"]] for row in (1, 2, 3)])
    z = W @ _tensor([v["h1"], v["h2"]])
    return {"p": torch.softmax(z, 0)[v["k"] - 1].item(), "p_score": z[v["k"] - 1].item(), "z2": z[1].item()}


def _output_size(v: V) -> dict[str, Any]:
    weight, bias = torch.empty(v["vocab"], v["h"], device="meta"), torch.empty(v["vocab"], device="meta")
    return {"with_bias": weight.numel() + bias.numel(), "weights": weight.numel()}


def _translation_feed(v: V) -> dict[str, Any]:
    written = v["spanish"].split()
    return {
        "fed": written[v["t"] - 2],
        "wanted": written[v["t"] - 1],
        "read": v["english"].split()[v["t"] - 1],
    }


def _attention_weights(v: V) -> dict[str, Any]:
    alpha = torch.softmax(_logits(v, "e"), 0)
    return {**{f"alpha{k}": alpha[k - 1].item() for k in (1, 2, 3)}, "alpha": alpha[v["k"] - 1].item()}


def _attention_context(v: V) -> dict[str, Any]:
    c = torch.einsum("i,ij->j", _logits(v, "a"), _states(v))
    return {"c1": c[0].item(), "c2": c[1].item(), "c1_mean": _states(v)[:, 0].mean().item()}


def _attention_dot(v: V) -> dict[str, Any]:
    query, H = _tensor([[v["s1"], v["s2"]]]), _states(v)
    c = torch.nn.functional.scaled_dot_product_attention(query[None], H[None], H[None], scale=1.0).flatten()
    scores = (query @ H.T).flatten()
    order = (scores.argsort(descending=True) + 1).tolist()
    return {
        "c1": c[0].item(),
        "c2": c[1].item(),
        "e2": scores[1].item(),
        **dict(zip(("most", "most_second", "most_smallest"), order, strict=True)),
        "most_unsigned": scores.abs().argmax().item() + 1,
        "most_longest": H.norm(dim=1).argmax().item() + 1,
    }


ORACLES: dict[str, Callable[[V], Mapping[str, Any]]] = {
    "token_count": _token_count,
    "unknown_words": _unknown_words,
    "embedding_sizes": lambda v: {
        "table": torch.empty(v["vocab"], v["m"], device="meta").numel(),
        "one_hot": torch.zeros(v["n"], v["vocab"], device="meta").numel(),
        "dense": torch.zeros(v["n"], v["m"], device="meta").numel(),
        "zeros": v["one_hot"] - v["n"],
        "factor": float(Fraction(v["vocab"], v["m"])),
    },
    "embedding_lookup": _embedding_lookup,
    "cosine_similarity": lambda v: {
        "cosine": _cosine([v["u1"], v["u2"]], [v["v1"], v["v2"]]),
        "dot": torch.dot(_tensor([v["u1"], v["u2"]]), _tensor([v["v1"], v["v2"]])).item(),
        "cosine_distance": math.dist((v["u1"], v["u2"]), (v["v1"], v["v2"])),
    },
    "nearest_word": _nearest_word,
    "word_analogy": _word_analogy,
    "analogy_vector": lambda v: {
        f"aim{k}": float(
            sum(Fraction(str(sign * v[f"{name}{k}"])) for name, sign in (("a", -1), ("b", 1), ("c", 1)))
        )
        for k in (1, 2)
    },
    "skip_gram_pairs": _pairs,
    "sentence_probability": _sentence_probability,
    "candidate_ratio": _candidate_ratio,
    "token_loss": _token_loss,
    "shifted_inputs": _shifted_inputs,
    "sampled_token": _sampled_token,
    "greedy_and_beam": _greedy_and_beam,
    "temperature": _temperature,
    "temperature_ratio": lambda v: {
        "ratio": torch.softmax(_tensor([v["gap"], 0.0]) / v["t"], 0).log().diff().neg().exp().item(),
        "ratio_plain": torch.softmax(_tensor([v["gap"], 0.0]), 0).log().diff().neg().exp().item(),
    },
    "state_windows": _state_windows,
    "prefix_pairs": _prefix_pairs,
    "prefix_example": _prefix_example,
    "next_word_network": _next_word_network,
    "encoder_read": _encoder_read,
    "context_size": lambda v: {
        "size": _read(v)[1].numel(),
        "states": _read(v)[0].numel(),
    },
    "decoder_step": _decoder_step,
    "output_layer": _output_layer,
    "output_size": _output_size,
    "translation_steps": lambda v: {
        "decoder": len([*range(v["target"]), "<EOS>"]),
        "steps": len([*range(v["source"]), *range(v["target"]), "<EOS>"]),
        "encoder": v["source"],
    },
    "translation_feed": _translation_feed,
    "attention_weights": _attention_weights,
    "attention_context": _attention_context,
    "attention_dot": _attention_dot,
    "additive_score": lambda v: {
        "score": v["v"] * math.tanh(v["w"] * v["s"] + v["u"] * v["h"]),
        "score_without_v": math.tanh(v["w"] * v["s"] + v["u"] * v["h"]),
    },
    "attention_sizes": lambda v: {
        "weights": torch.zeros(v["target"], v["source"]).numel(),
        "context": torch.nn.LSTM(1, v["units"], bidirectional=True)(torch.zeros(1, 1))[0].numel(),
    },
}
OURS = [made.name for module in (language, decoding, attention) for made in module.GENERATORS]


def test_every_generator_of_these_files_has_an_oracle() -> None:
    assert sorted(OURS) == sorted(ORACLES)


@pytest.mark.parametrize("name", OURS)
def test_values_agree_with_another_way_of_working_them_out(name: str) -> None:
    for seed in SEEDS:
        values = generator(name).vary("some-item", seed)
        for key, expected in ORACLES[name](values).items():
            if isinstance(expected, str):
                assert values[key] == expected, (seed, key)
            else:
                assert values[key] == pytest.approx(expected, rel=1e-12, abs=1e-12), (seed, key)


@pytest.mark.parametrize("name", OURS)
def test_thirty_seeds_bring_thirty_variants(name: str) -> None:
    drawn = {str(generator(name).vary("some-item", seed)) for seed in SEEDS}
    assert len(drawn) == len(SEEDS)


@pytest.mark.parametrize(
    ("name", "answer"),
    [("nearest_word", "best"), ("word_analogy", "meant"), ("greedy_and_beam", "greedy")],
)
def test_the_right_answers_are_many(name: str, answer: str) -> None:
    assert len({generator(name).vary("some-item", seed)[answer] for seed in range(50)}) >= 8


def test_a_translation_agrees_in_number() -> None:
    both = [sentences.translated(s, v) for s in range(sentences.SUBJECTS) for v in range(sentences.VERBS)]
    assert (["the", "boys", "drink", "water"], ["los", "chicos", "beben", "agua"]) in both
    assert (["Ana", "drinks", "water"], ["Ana", "bebe", "agua"]) in both
    assert (["the", "boys", "will", "buy", "bread"], ["los", "chicos", "comprarán", "pan"]) in both
