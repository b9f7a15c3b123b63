"""The numbers of the pattern unit, worked out a second time, and its tables of tasks and tags looked over."""

from __future__ import annotations

import math

import pytest
import torch

from content.generators.patterns import GENERATORS
from content.generators.registry import generator

SEEDS = range(40)


def _values(name: str, seed: int) -> dict[str, float]:
    found = generator(name).vary("an-item", seed)
    return {key: value for key, value in found.items() if not isinstance(value, str)}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_encoder_decoder_takes_as_many_steps_as_it_reads_and_writes(seed: int) -> None:
    v = _values("pattern_lengths", seed)
    source, target = ["word"] * int(v["n"]), ["word"] * int(v["m"]) + ["<EOS>"]
    assert (v["reading"], v["writing"]) == (len(source), len(target))
    assert v["steps"] == len(source + target) == v["steps_without_end"] + 1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_context_is_as_large_as_torch_hands_over(seed: int) -> None:
    v = _values("encoder_context", seed)
    states, last = torch.nn.GRU(1, int(v["h"]))(torch.zeros(int(v["n"]), 1, 1))
    assert (v["context"], v["all_states"]) == (last.numel(), states.numel())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_is_that_of_a_layer_of_torch(seed: int) -> None:
    v = _values("sentiment_answer", seed)
    layer = torch.nn.Linear(2, 1, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[v["v1"], v["v2"]]], dtype=torch.float64))
        layer.bias.fill_(v["b"])
        z = layer(torch.tensor([v["h1"], v["h2"]], dtype=torch.float64))
        layer.bias.zero_()
        bare = layer(torch.tensor([v["h1"], v["h2"]], dtype=torch.float64))
    assert v["z"] == pytest.approx(z.item())
    assert v["yhat"] == pytest.approx(torch.sigmoid(z).item())
    assert v["label"] == round(v["yhat"])
    assert v["label_without_bias"] == round(torch.sigmoid(bare).item())
    assert v["label_other"] == round(torch.sigmoid(-z).item())
    assert v["yhat_by_tanh"] == pytest.approx(2 / (1 + math.exp(-2 * z.item())) - 1)
    assert v["yhat_without_bias"] == pytest.approx(torch.sigmoid(bare).item())


@pytest.mark.parametrize("seed", SEEDS)
def test_outputs_and_captions_are_counted(seed: int) -> None:
    v = _values("labels_kept", seed)
    assert v["kept"] + v["ignored"] == v["tagged"] == v["n"]
    assert v["labels"] == sum(1 for _ in range(v["texts"]))
    assert v["labels_each_word"] == sum(v["n"] for _ in range(v["texts"]))
    assert v["labels_one"] == 1
    w = _values("caption_steps", seed)
    assert w["steps"] == w["fed"] + 1 == w["words"] + 1


@pytest.mark.parametrize("name", ["pattern_of_task", "entity_tag"])
def test_the_four_options_differ_and_each_has_its_reason(name: str) -> None:
    for seed in SEEDS:
        v = generator(name).vary("an-item", seed)
        options = [v["right"], v["wrong1"], v["wrong2"], v["wrong3"]]
        reasons = [v["why_right"], v["why_wrong1"], v["why_wrong2"], v["why_wrong3"]]
        assert len(set(options)) == len(set(reasons)) == len(options)


def test_both_namings_hold_the_same_pairs() -> None:
    pairs = {
        (v["right"], v["ours"]) for v in (generator("pattern_of_task").vary("x", seed) for seed in SEEDS)
    }
    assert pairs == {
        ("one to one", "no sequence at all"),
        ("one to many", "vector to sequence"),
        ("many to one", "sequence to vector"),
        ("many to many, equal lengths", "sequence to sequence"),
        ("many to many, different lengths", "encoder-decoder"),
    }


def test_words_have_the_tags_that_a_reader_gives_them() -> None:
    by_hand = {"Amina": "PERSON", "Lahore": "PLACE", "Monday": "TIME", "6pm": "TIME", "Berlin": "PLACE"}
    by_hand |= {"UNESCO": "ORGANISATION", "Siemens": "ORGANISATION", "noon": "TIME", "flies": "O (no entity)"}
    found = {v["word"]: v["right"] for v in (generator("entity_tag").vary("x", seed) for seed in SEEDS)}
    assert {word: found[word] for word in by_hand} == by_hand


def test_every_generator_is_looked_at() -> None:
    assert {made.name for made in GENERATORS} == {
        *("pattern_of_task", "entity_tag", "pattern_lengths", "labels_kept"),
        *("caption_steps", "encoder_context", "sentiment_answer"),
    }
