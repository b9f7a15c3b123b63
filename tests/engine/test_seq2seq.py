"""Encoder-decoder and attention against torch.nn, loops over the paper's equations, central differences."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config import RunConfig
from engine.errors import TaskError
from engine.losses import log_softmax
from engine.models.attention import Attention
from engine.models.model import Moment
from engine.models.seq2seq import EncoderDecoder, exact_match
from engine.parameters import count, named
from engine.snapshot import Array
from engine.tasks.task import END, GO, PAD, Codes, Pairs

SOURCE, TARGET, H = 6, 5, 4  # words of the two vocabularies, hidden units
CELLS = ("rnn", "lstm", "gru")
MODELS = {"encoder-decoder": EncoderDecoder, "attention": Attention}
KINDS = [("encoder-decoder", "one"), ("attention", "one"), ("attention", "both")]


def config(model: str = "attention", **knobs: Any) -> RunConfig:
    return RunConfig(**({"task": "numbers", "model": model, "hidden": H} | knobs))


def model_of(knobs: RunConfig) -> EncoderDecoder:
    return MODELS[knobs.model](knobs, SimpleNamespace(inputs=SOURCE, outputs=TARGET))  # type: ignore[arg-type]  # sizes are all it reads


def pairs(
    rng: np.random.Generator, sources: tuple[int, ...] = (4, 2, 3), targets: tuple[int, ...] = (2, 4, 3)
) -> Pairs:
    """Random words of these lengths, padded; each target is ended."""
    source = np.full((max(sources), len(sources)), PAD)
    target = np.full((max(targets), len(targets)), PAD)
    for b, (n, m) in enumerate(zip(sources, targets, strict=True)):
        source[:n, b] = rng.integers(END + 1, SOURCE, n)
        target[: m - 1, b] = rng.integers(END + 1, TARGET, m - 1)
        target[m - 1, b] = END
    return Pairs(source, target)


def example(
    model: str, direction: str, cell: str, **knobs: Any
) -> tuple[EncoderDecoder, Array, Pairs, Moment]:
    made = config(model, direction=direction, cell=cell, **knobs)
    network, rng = model_of(made), np.random.default_rng(8)
    return network, rng.normal(0, 0.5, count(network.shapes)), pairs(rng), Moment(2, made)


def by_library(
    kind: str, w: dict[str, Array], prefix: str, inputs: Array, start: Array | None = None, suffix: str = ""
) -> Array:
    """States [T, h] of one sequence by torch.nn, from zeros or from h_0 (and c_0, one row each)."""
    module = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](
        inputs.shape[1], H
    ).double()
    names = {"W_ih": "weight_ih_l0", "W_hh": "weight_hh_l0", "b_ih": "bias_ih_l0", "b_hh": "bias_hh_l0"}
    module.load_state_dict(
        {theirs: torch.tensor(w[f"{prefix}.{ours}{suffix}"]) for ours, theirs in names.items()}
    )
    first = None
    if start is not None:
        parts = tuple(torch.tensor(part)[None] for part in start)
        first = parts if kind == "lstm" else parts[0]
    with torch.no_grad():
        found: Array = module(torch.tensor(inputs), first)[0].numpy()
    return found


def words_read(target: Codes) -> Codes:
    return np.concatenate(([GO], target[:-1]))


@pytest.mark.parametrize("cell", CELLS)
def test_encoder_and_decoder_states_are_those_of_torch(cell: str) -> None:
    network, theta, batch, moment = example("encoder-decoder", "one", cell)
    w = named(theta, network.shapes)
    look = network.look(theta, batch, moment)
    for b, n in enumerate((4, 2, 3)):
        named_b = look.picture(b).named
        inputs = w["encoder.E"][batch.source[:n, b]]
        states = by_library(cell, w, "encoder", inputs)
        np.testing.assert_allclose(named_b["encoder.h"][:n], states, atol=1e-12)
        np.testing.assert_array_equal(
            named_b["encoder.h"][n:], np.repeat(named_b["encoder.h"][n - 1 : n], 4 - n, 0)
        )
        last = [named_b["encoder.h"][-1:]] + ([named_b["encoder.c"][-1:]] if cell == "lstm" else [])
        np.testing.assert_array_equal(named_b["context"], last[0])
        read = w["decoder.E"][words_read(batch.target[:, b])]
        states = by_library(cell, w, "decoder", read, np.stack([part[0] for part in last]))
        np.testing.assert_allclose(named_b["decoder.h"], states, atol=1e-12)
        np.testing.assert_allclose(named_b["z"], states @ w["W_o"].T + w["b_o"], atol=1e-12)


@pytest.mark.parametrize("direction", ["one", "both"])
@pytest.mark.parametrize("cell", CELLS)
def test_attention_is_that_of_a_loop_over_the_paper(cell: str, direction: str) -> None:
    network, theta, batch, moment = example("attention", direction, cell)
    w = named(theta, network.shapes)
    look = network.look(theta, batch, moment)
    for b, n in enumerate((4, 2, 3)):
        seen = look.picture(b).named
        inputs = w["encoder.E"][batch.source[:n, b]]
        h = by_library(cell, w, "encoder", inputs)
        last = h[-1]
        if direction == "both":
            back = by_library(cell, w, "encoder", inputs[::-1].copy(), suffix="_reverse")[::-1]
            np.testing.assert_allclose(seen["encoder.h_reverse"][:n], back, atol=1e-12)
            h, last = np.concatenate((h, back), axis=1), back[0]
        s = np.tanh(w["W_s"] @ last)
        np.testing.assert_allclose(seen["s_0"][0], s, atol=1e-12)
        for i in range(len(batch.target)):
            e = np.array(
                [w["attention.v"] @ np.tanh(w["attention.W"] @ s + w["attention.U"] @ h_j) for h_j in h]
            )
            alpha = np.exp(e) / np.exp(e).sum()
            c = sum(alpha[j] * h[j] for j in range(n))
            np.testing.assert_allclose(seen["scores"][i, :n], e, atol=1e-12)
            np.testing.assert_allclose(seen["attention"][i, :n], alpha, atol=1e-12)
            assert not seen["attention"][i, n:].any(), "no attention is paid to PAD"
            np.testing.assert_allclose(seen["context"][i], c, atol=1e-12)
            s = seen["decoder.h"][i]
            np.testing.assert_allclose(seen["z"][i], w["W_o"] @ np.concatenate((s, c)) + w["b_o"], atol=1e-12)
        read = np.concatenate((w["decoder.E"][words_read(batch.target[:, b])], seen["context"]), axis=1)
        start = np.stack([seen["s_0"][0], np.zeros(H)] if cell == "lstm" else [seen["s_0"][0]])
        np.testing.assert_allclose(seen["decoder.h"], by_library(cell, w, "decoder", read, start), atol=1e-12)


@pytest.mark.parametrize(("model", "direction"), KINDS)
def test_loss_is_the_mean_over_the_words_that_are_not_pad(model: str, direction: str) -> None:
    network, theta, batch, moment = example(model, direction, "gru")
    look = network.look(theta, batch, moment)
    lost = []
    for b in range(3):
        picture = look.picture(b)
        logs = log_softmax(picture.named["z"])
        lost += [-logs[i, word] for i, word in enumerate(batch.target[:, b]) if word != PAD]
        np.testing.assert_allclose(picture.outputs, np.exp(logs), atol=1e-12)
        assert list(picture.wanted.argmax(1)) == list(batch.target[:, b])
        assert list(picture.inputs.argmax(1)) == list(batch.source[:, b])
    assert look.loss == pytest.approx(np.mean(lost))


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("model", "direction"), KINDS)
def test_gradient_by_central_differences(model: str, direction: str, cell: str, share: float) -> None:
    network, theta, batch, moment = example(model, direction, cell, hidden=2, teacher_forcing=share)
    found = network.look(theta, batch, moment).gradient
    size = 1e-6
    rng = np.random.default_rng(1)
    for way in rng.normal(size=(6, len(theta))):
        ahead, behind = (network.look(theta + sign * size * way, batch, moment).loss for sign in (1, -1))
        assert found @ way == pytest.approx((ahead - behind) / (2 * size), abs=1e-7)


@pytest.mark.parametrize(("model", "direction"), KINDS)
def test_slopes_of_states_add_up_to_the_gradients(model: str, direction: str) -> None:
    """dh_t through all paths is what BPTT needs: dL/db = Σ_t dh_t ⊙ (1 - h_t²) in a plain RNN."""
    network, theta, batch, moment = example(model, direction, "rnn")
    picture = network.look(theta, Pairs(batch.source[:, :1], batch.target[:, :1]), moment).picture(0)
    w = named(theta, network.shapes)
    gradient = named(
        network.look(theta, Pairs(batch.source[:, :1], batch.target[:, :1]), moment).gradient, network.shapes
    )
    da = picture.dh * (1 - picture.hidden**2)
    np.testing.assert_allclose(gradient["decoder.b_ih"], da.sum(axis=0), atol=1e-12)
    for suffix in ("", "_reverse")[: 1 + (direction == "both")]:
        h, dh = (picture.named[f"encoder.{letter}{suffix}"] for letter in ("h", "dh"))
        da = dh * (1 - h**2)
        np.testing.assert_allclose(gradient[f"encoder.b_ih{suffix}"], da.sum(axis=0), atol=1e-12)
        np.testing.assert_allclose(
            gradient[f"encoder.W_ih{suffix}"], da.T @ w["encoder.E"][batch.source[:, 0]], atol=1e-12
        )


@settings(max_examples=15)
@given(more=st.integers(1, 3), kind=st.sampled_from(KINDS), cell=st.sampled_from(CELLS))
def test_more_padding_changes_nothing(more: int, kind: tuple[str, str], cell: str) -> None:
    network, theta, batch, moment = example(*kind, cell)
    wider = Pairs(
        *(np.pad(codes, ((0, more), (0, 0)), constant_values=PAD) for codes in (batch.source, batch.target))
    )
    one, other = network.look(theta, batch, moment), network.look(theta, wider, moment)
    assert one.loss == pytest.approx(other.loss, rel=1e-12)
    np.testing.assert_allclose(one.gradient, other.gradient, atol=1e-12)
    written = [network.translate(named(theta, network.shapes), p.source, 5) for p in (batch, wider)]
    np.testing.assert_array_equal(*written)


def test_coin_decides_which_word_is_fed() -> None:
    network, theta, batch, moment = example("attention", "one", "gru", teacher_forcing=0.5)
    batch = pairs(np.random.default_rng(3), (3, 2), (9, 9))
    heads = moment.rng().random(9) < 0.5
    assert heads[:-1].any()
    assert not heads[:-1].all()
    for b in range(2):
        picture = network.look(theta, batch, moment).picture(b)
        fed, own = picture.named["fed"].argmax(1), picture.outputs.argmax(1)
        assert fed[0] == GO
        for i in range(8):
            assert fed[i + 1] == (batch.target[i, b] if heads[i] else own[i])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("model", "direction"), KINDS)
def test_stepper_and_translation_agree_with_the_free_running_decoder(
    model: str, direction: str, cell: str
) -> None:
    network, theta, batch, moment = example(model, direction, cell, teacher_forcing=0.0)
    weights = named(theta, network.shapes)
    written = network.translate(weights, batch.source, 6)
    longer = Pairs(batch.source, np.full((6, 3), END))
    look = network.look(theta, longer, moment)
    for b in range(3):
        stepper = network.stepper(weights, batch.source[:, b])
        z = look.picture(b).named["z"]
        state, word = stepper.start(), GO
        first = [part.copy() for part in state]
        expected: list[int] = []
        for i in range(6):
            state, found = stepper.feed(state, word)
            np.testing.assert_allclose(found, z[i], atol=1e-12)
            word = int(found.argmax())
            expected.append(PAD if END in expected else word)
        assert list(written[:, b]) == expected
        for before, after in zip(first, stepper.start(), strict=True):
            np.testing.assert_array_equal(before, after)
        assert "z" not in stepper.tape.names(), "feeding leaves nothing behind"


def test_translation_stops_at_its_end() -> None:
    network, theta, batch, _ = example("encoder-decoder", "one", "gru")
    weights = {name: array.copy() for name, array in named(theta, network.shapes).items()}
    weights["b_o"][END] = 100
    written = network.translate(weights, batch.source, 4)
    np.testing.assert_array_equal(written, [[END] * 3, [PAD] * 3, [PAD] * 3, [PAD] * 3])


def test_exact_match_is_word_for_word() -> None:
    target = np.array([[3, 4, 3], [4, END, 3], [END, PAD, END]])
    written = np.array([[3, 4, 3], [4, END, 4], [END, PAD, END], [PAD, PAD, PAD]])
    assert exact_match(written, target) == pytest.approx(2 / 3)
    assert exact_match(target[:2], target) == pytest.approx(1 / 3), (
        "a sentence that was not ended is not right"
    )


@pytest.mark.parametrize(("model", "direction"), KINDS)
def test_an_empty_source_is_refused(model: str, direction: str) -> None:
    network, theta, _, _ = example(model, direction, "gru")
    weights = named(theta, network.shapes)
    for source in (np.full((2, 1), PAD), np.zeros((0, 1), dtype=int)):
        with pytest.raises(TaskError, match="no word"):
            network.translate(weights, source, 3)
        with pytest.raises(TaskError, match="no word"):
            network.stepper(weights, source[:, 0])


@pytest.mark.parametrize("cell", CELLS)
def test_gates_are_pictured_by_letter(cell: str) -> None:
    network, theta, batch, moment = example("attention", "both", cell)
    picture = network.look(theta, batch, moment).picture(1)
    letters = {"rnn": "", "lstm": "figoc", "gru": "zrn"}[cell]
    assert "".join(picture.gates) == letters
    states = "hc" if cell == "lstm" else "h"
    for place, steps in (("encoder", 4), ("decoder", 4)):
        for letter in (*letters, *states, *(f"d{part}" for part in states)):
            assert picture.named[f"{place}.{letter}"].shape == (steps, H)
    if cell == "lstm":
        n = picture.named
        np.testing.assert_allclose(n["decoder.h"], n["decoder.o"] * np.tanh(n["decoder.c"]), atol=1e-12)
        before = np.concatenate((np.zeros((1, H)), n["decoder.c"][:-1]))
        np.testing.assert_allclose(
            n["decoder.c"], n["decoder.f"] * before + n["decoder.i"] * n["decoder.g"], atol=1e-12
        )


def test_gru_that_takes_mirrors_the_one_that_keeps() -> None:
    """σ(-a) = 1 - σ(a): with the signs of z's rows turned the two conventions are one."""
    keep, theta, batch, moment = example("attention", "both", "gru")
    take = model_of(config(direction="both", cell="gru", gru_update="take"))
    mirrored = theta.copy()
    for name, array in named(mirrored, take.shapes).items():
        if name.split(".")[-1][:4] in ("W_ih", "W_hh", "b_ih", "b_hh"):
            array[H : 2 * H] *= -1
    assert keep.look(theta, batch, moment).loss == pytest.approx(
        take.look(mirrored, batch, moment).loss, rel=1e-12
    )


@pytest.mark.parametrize(("model", "direction"), KINDS)
def test_same_arguments_same_bits_and_the_picture_outlives_the_weights(model: str, direction: str) -> None:
    network, theta, batch, moment = example(model, direction, "lstm", teacher_forcing=0.5)
    one, other = (network.look(theta, batch, moment) for _ in range(2))
    assert one.loss == other.loss
    np.testing.assert_array_equal(one.gradient, other.gradient)
    before = one.picture(0)
    theta[:] = 0
    after = one.picture(0)
    for name, array in before.named.items():
        np.testing.assert_array_equal(array, after.named[name])


def test_codes_may_be_read_only_and_views() -> None:
    network, theta, batch, moment = example("attention", "both", "gru")
    source, target = (codes[::-1].copy()[::-1] for codes in (batch.source, batch.target))
    for codes in (source, target, theta):
        codes.setflags(write=False)
    assert network.look(theta, Pairs(source, target), moment).loss == network.look(theta, batch, moment).loss


def test_float32_stays_float32() -> None:
    network, theta, batch, moment = example("attention", "both", "lstm")
    exact = network.look(theta, batch, moment)
    look = network.look(theta.astype(np.float32), batch, moment)
    assert look.gradient.dtype == np.float32
    assert {array.dtype for array in look.picture(0).named.values()} == {np.dtype(np.float32)}
    np.testing.assert_allclose(look.gradient, exact.gradient, atol=1e-5)


def test_initial_weights() -> None:
    knobs = config(cell="lstm", direction="both", forget_bias=2.5, init="identity", gain=3.0)
    network = model_of(knobs)
    theta = network.initial(knobs, np.random.default_rng(0))
    w = named(theta, network.shapes)
    for name in ("encoder.b_ih", "encoder.b_ih_reverse", "decoder.b_ih"):
        np.testing.assert_array_equal(w[name], np.repeat([0, 2.5, 0, 0], H))
    np.testing.assert_array_equal(w["encoder.W_hh_reverse"], 3 * np.tile(np.eye(H), (4, 1)))
    assert not w["encoder.b_hh"].any()
    assert w["attention.v"].any()
    again = network.initial(dataclasses.replace(knobs), np.random.default_rng(0))
    np.testing.assert_array_equal(theta, again)
