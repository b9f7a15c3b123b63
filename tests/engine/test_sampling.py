"""Sampling: the probabilities it reports, the frequencies it draws with, and what it refuses."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
import torch

from engine.errors import ConfigError, TaskError
from engine.sampling import MAX_LENGTH, Written, write
from engine.snapshot import Array

SYMBOLS = tuple("\n abcde")
WORDS = (".", "apple", "pear", "salad")


@dataclass(frozen=True)
class Elman:
    """A small network of our own: h ← tanh(W h + U e_place), z = V h."""

    w: Array
    u: Array
    v: Array

    def start(self) -> tuple[Array, ...]:
        return (np.zeros(len(self.w), self.w.dtype),)

    def feed(self, state: tuple[Array, ...], place: int) -> tuple[tuple[Array, ...], Array]:
        h = np.tanh(self.w @ state[0] + self.u[:, place])
        return (h,), self.v @ h


@dataclass(frozen=True)
class Constant:
    """A network that ignores what it reads."""

    z: Array

    def start(self) -> tuple[Array, ...]:
        return ()

    def feed(self, state: tuple[Array, ...], place: int) -> tuple[tuple[Array, ...], Array]:
        return (), self.z


def elman(symbols: int = len(SYMBOLS), h: int = 5) -> Elman:
    rng = np.random.default_rng(1)
    return Elman(rng.normal(size=(h, h)), rng.normal(size=(h, symbols)), rng.normal(0, 2, (symbols, h)))


def torch_logs(net: Elman, text: str, symbols: tuple[str, ...] = SYMBOLS) -> Array:
    """ln p of each next symbol, by one pass of torch.nn.RNN over the whole text."""
    rnn = torch.nn.RNN(net.u.shape[1], len(net.w), bias=False).double()
    rnn.load_state_dict({"weight_ih_l0": torch.tensor(net.u), "weight_hh_l0": torch.tensor(net.w)})
    inputs = torch.eye(len(symbols), dtype=torch.float64)[[symbols.index(symbol) for symbol in text]]
    with torch.no_grad():
        return (rnn(inputs)[0] @ torch.tensor(net.v).T).log_softmax(1).numpy()


def sample(net: Elman | Constant, **wish: object) -> Written:
    arguments: dict[str, object] = {"length": 30, "temperature": 1.0, "seed": 3} | wish
    return write(net, SYMBOLS, "", **arguments)  # type: ignore[arg-type]  # some are meant to be wrong


@pytest.mark.parametrize("prompt", ["", "bad", "a"])
def test_the_candidates_are_those_of_reading_the_text(prompt: str) -> None:
    """Whatever the temperature and top-k, ln p is the network's as it was trained."""
    net = elman()
    written = sample(net, temperature=1.7, top_k=4, prompt=prompt)
    read = (prompt or "\n") + written.text
    logs = torch_logs(net, read)[-31:-1]
    np.testing.assert_allclose(written.candidates, logs, atol=1e-12)
    places = [SYMBOLS.index(symbol) for symbol in written.text]
    np.testing.assert_allclose(written.log_probabilities, logs[np.arange(30), places], atol=1e-12)
    assert written.places.tolist() == places


def test_the_best_candidates_come_by_name() -> None:
    written = sample(Constant(np.array([0.0, 1.0, 3.0, 1.0, -2.0, 0.0, 0.5])))
    logs = written.candidates[4]
    assert written.best(4, 3) == (("a", logs[2]), (" ", logs[1]), ("b", logs[3]))
    assert len(written.best(0, 99)) == 7
    assert sum(math.exp(log) for _, log in written.best(0, 99)) == pytest.approx(1)


@pytest.mark.parametrize("temperature", [0.0, 1e-300, 1e-4])
def test_cold_text_is_always_the_likeliest(temperature: float) -> None:
    net = elman()
    text = sample(net, temperature=temperature).text
    likeliest = torch_logs(net, "\n" + text).argmax(axis=1)
    assert text == "".join(SYMBOLS[place] for place in likeliest[:-1])


def test_top_one_is_the_likeliest_at_any_temperature() -> None:
    assert sample(elman(), temperature=50.0, top_k=1).text == sample(elman(), temperature=0.0).text


@pytest.mark.parametrize("top_k", [0, 2, 3, 99])
@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_symbols_come_as_often_as_the_temperature_says(temperature: float, top_k: int) -> None:
    """p ∝ exp(b / temperature) over the likeliest, held against 5000 draws (χ², 99.99 %)."""
    b = np.array([0.0, 1.0, -0.5, 0.3])
    places = write(Constant(b), "abcd", "", length=5000, temperature=temperature, seed=1, top_k=top_k).places
    among = sorted(range(4), key=lambda place: -b[place])[: top_k or 4]
    share = np.array([math.exp(b[place] / temperature) for place in among])
    expected = 5000 * share / share.sum()
    seen = np.array([(places == place).sum() for place in among])
    assert seen.sum() == 5000
    assert ((seen - expected) ** 2 / expected).sum() < 21.1


def test_of_equals_the_first_are_the_likeliest() -> None:
    symbols = [chr(200 + place) for place in range(40)]
    written = write(Constant(np.zeros(40)), symbols, "", length=200, temperature=1, seed=1, top_k=2)
    assert set(written.text) == set(symbols[:2])


def test_words_are_joined_and_a_prompt_is_read_as_the_tasks_read() -> None:
    net = elman(len(WORDS))
    written = write(net, WORDS, " ", length=6, temperature=1, seed=1, prompt="Apple, pear".replace(",", "."))
    assert set(written.text.split(" ")) <= set(WORDS)
    assert len(written.text.split(" ")) == 6
    first = net.start()
    for place in (1, 0, 2):
        first, z = net.feed(first, place)
    np.testing.assert_allclose(written.candidates[0], z - math.log(np.exp(z).sum()), atol=1e-12)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_any_line_ends_are_line_ends(end: str) -> None:
    assert sample(elman(), prompt=f"a{end}b").text == sample(elman(), prompt="a\nb").text


@pytest.mark.parametrize(("symbols", "opens"), [("\n ab", 0), ("a \n", 2), ("ab ", 2), ("ab.", 2), ("ba", 0)])
def test_without_a_prompt_a_line_has_just_ended(symbols: str, opens: int) -> None:
    net = elman(len(symbols))
    _, z = net.feed(net.start(), opens)
    written = write(net, symbols, "", length=1, temperature=1, seed=1)
    np.testing.assert_allclose(written.candidates[0], z - math.log(np.exp(z).sum()), atol=1e-12)


def test_the_seed_decides() -> None:
    assert sample(elman(), seed=1).text == sample(elman(), seed=1).text != sample(elman(), seed=2).text


def test_a_float32_network_is_sampled_in_float32() -> None:
    net = elman()
    small = Elman(*(array.astype(np.float32) for array in (net.w, net.u, net.v)))
    assert sample(small).candidates.dtype == np.float32
    np.testing.assert_allclose(sample(small).candidates[:3], sample(net).candidates[:3], atol=1e-5)


def test_outputs_far_apart_are_no_overflow() -> None:
    z = np.array([-1e308, 1e308, 0, 0, 0, 0, 0])
    assert sample(Constant(z), temperature=0.01).text == " " * 30


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"length": 0}, "The length is 0"),
        ({"length": MAX_LENGTH + 1}, "from 1 to 5000"),
        ({"temperature": -0.1}, "The temperature is -0.1"),
        ({"temperature": math.nan}, "The temperature is nan"),
        ({"seed": -1}, "The seed is -1"),
        ({"top_k": -2}, "Top-k is -2"),
    ],
)
def test_bad_wishes_are_refused_in_words(wish: dict[str, object], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        sample(elman(), **wish)


def test_all_bad_wishes_are_named_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        sample(elman(), length=0, temperature=-1.0, seed=-1, top_k=-1)
    assert len(caught.value.problems) == 4


def test_the_first_unknown_symbol_of_a_prompt_is_named_with_what_is_known() -> None:
    with pytest.raises(TaskError, match=r"'q', number 3 of the prompt. It knows ↵ ␣ a b c d e"):
        sample(elman(), prompt="abqz")
    with pytest.raises(TaskError, match=r"'pearl', number 2 of the prompt. Did you mean pear"):
        write(elman(4), WORDS, " ", length=3, temperature=1, seed=1, prompt="apple pearl")


def test_a_prompt_without_end_is_refused() -> None:
    with pytest.raises(TaskError, match="5,001 characters; 5,000 is the most"):
        sample(elman(), prompt="a" * 5001)


@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
def test_weights_beyond_all_bounds_are_told_not_sampled(broken: float) -> None:
    with pytest.raises(TaskError, match="no longer a number"):
        sample(Constant(np.array([0, 0, 0, broken, 0, 0, 0])))
