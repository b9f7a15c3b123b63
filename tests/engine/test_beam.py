"""Beam search against a search of everything, against greedy writing, and the story its tree tells."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.beam import LENGTHS, MAX_LENGTH, Beam, search
from engine.errors import ConfigError, TaskError
from engine.sampling import write
from engine.snapshot import Array

SYMBOLS = ("a", "b", "c", "#")
END = 3
NORMS = tuple(name for name, _ in LENGTHS)
FAR = 64  # wider than all sequences of three symbols


@dataclass(frozen=True)
class Remembering:
    """z depends on the last two symbols: `table` [k, k, k]."""

    table: Array

    def start(self) -> tuple[Array, ...]:
        return (np.array(0),)

    def feed(self, state: tuple[Array, ...], place: int) -> tuple[tuple[Array, ...], Array]:
        return (np.array(place),), self.table[int(state[0]), place]


def network(seed: int, spread: float = 2.0, symbols: int = 4) -> Remembering:
    return Remembering(np.random.default_rng(seed).normal(0, spread, (symbols, symbols, symbols)))


def log_p(net: Remembering, places: tuple[int, ...]) -> float:
    """ln p of a sequence after the opening symbol 0, by the definition."""
    total, (before, last) = 0.0, (0, 0)
    for place in places:
        z = net.table[before, last]
        total += z[place] - math.log(sum(math.exp(v) for v in z))
        before, last = last, place
    return total


def every_sequence(length: int, end: int | None) -> list[tuple[int, ...]]:
    """All that a search may find: of full length, or ended before; nothing after the end sign."""
    found = []
    for n in range(1, length + 1):
        for places in itertools.product(range(4), repeat=n):
            ended = end is not None and places[-1] == end
            if (end is None or end not in places[:-1]) and (n == length or ended):
                found.append(places)
    return found


def normalised(total: float, n: int, lengths: str) -> float:
    return {"none": total, "mean": total / n, "gnmt": total / ((5 + n) ** 0.6 / 6**0.6)}[lengths]


def places(beam: Beam, leaf: int) -> tuple[int, ...]:
    return tuple(beam.nodes[number].place for number in beam.path(leaf))


@pytest.mark.parametrize("lengths", NORMS)
@pytest.mark.parametrize("end", [None, END])
@given(seed=st.integers(0, 10**6))
def test_a_beam_that_is_wide_enough_finds_the_best_of_all(end: int | None, lengths: str, seed: int) -> None:
    net = network(seed)
    beam = search(net, SYMBOLS, "", width=FAR, length=3, lengths=lengths, end=end)
    scores = {each: normalised(log_p(net, each), len(each), lengths) for each in every_sequence(3, end)}
    best = max(scores, key=lambda each: scores[each])
    assert places(beam, beam.leaves[0]) == best
    assert beam.nodes[beam.leaves[0]].score == pytest.approx(scores[best], rel=1e-12)
    assert {places(beam, leaf) for leaf in beam.leaves} == set(
        sorted(scores, key=lambda each: -scores[each])[:FAR]
    )


@given(seed=st.integers(0, 10**6))
def test_width_one_is_the_greedy_text(seed: int) -> None:
    net = network(seed)
    beam = search(net, SYMBOLS, "", width=1, length=8, prompt="ab")
    greedy = write(net, SYMBOLS, "", length=8, temperature=0, seed=1, prompt="ab")
    assert beam.text(beam.leaves[0]) == greedy.text
    assert beam.nodes[beam.leaves[0]].total == pytest.approx(greedy.log_probabilities.sum(), rel=1e-12)


@given(seed=st.integers(0, 10**6), width=st.integers(1, 6), lengths=st.sampled_from(NORMS))
def test_the_tree_tells_what_happened(seed: int, width: int, lengths: str) -> None:
    net = network(seed)
    beam = search(net, SYMBOLS, "", width=width, length=5, lengths=lengths, end=END)
    nodes = beam.nodes
    alive = {number for leaf in beam.leaves for number in beam.path(leaf)}
    children = {
        number: [n for n, node in enumerate(nodes) if node.parent == number] for number in range(len(nodes))
    }
    for number, node in enumerate(nodes):
        path = places(beam, number)
        assert node.depth == len(path)
        assert node.symbol == SYMBOLS[node.place]
        assert node.total == pytest.approx(log_p(net, path), rel=1e-12)
        assert node.score == pytest.approx(normalised(node.total, len(path), lengths), rel=1e-12)
        assert node.finished == (node.place == END)
        assert (node.pruned == 0) == (number in alive)
        assert node.kept or node.pruned == node.depth
        assert node.parent < number
        if children[number]:
            assert node.kept
            assert len(children[number]) == 4
            assert node.pruned == 0 or node.pruned == max(nodes[n].pruned for n in children[number])


@given(seed=st.integers(0, 10**6), width=st.integers(1, 6), lengths=st.sampled_from(NORMS))
def test_each_step_keeps_the_best_of_what_it_looked_at(seed: int, width: int, lengths: str) -> None:
    beam = search(network(seed), SYMBOLS, "", width=width, length=5, lengths=lengths, end=END)
    for step in range(1, max(node.depth for node in beam.nodes) + 1):
        new = [node for node in beam.nodes if node.depth == step]
        kept_on = [
            node
            for node in beam.nodes
            if node.finished and node.kept and node.depth < step and not 0 < node.pruned < step
        ]
        rivals = sorted([node.score for node in new + kept_on], reverse=True)
        stays = [node.score for node in new if node.kept] + [n.score for n in kept_on if n.pruned != step]
        assert sorted(stays, reverse=True) == rivals[:width]


def test_normalising_by_length_lets_a_long_one_win() -> None:
    """Either the end at once with p = 0.4, or "ab" and the end with p = 0.6 · 0.7 · 0.9 = 0.378."""
    table = np.full((4, 4, 4), math.log(1e-9))
    table[:, 0, END], table[:, 0, 1], table[:, 1, 2], table[:, 2, END] = np.log([0.4, 0.6, 0.7, 0.9])
    table[:, 1, END], table[:, 2, 0] = np.log([0.3, 0.1])
    found = {
        lengths: search(Remembering(table), SYMBOLS, "", width=8, length=5, lengths=lengths, end=END)
        for lengths in NORMS
    }
    assert {lengths: beam.text(beam.leaves[0]) for lengths, beam in found.items()} == {
        "none": "",
        "mean": "bc",
        "gnmt": "bc",
    }


def test_places_can_be_read_in_place_of_a_prompt() -> None:
    found = [
        search(network(3), SYMBOLS, "", width=2, length=4, **start).nodes  # type: ignore[arg-type]  # two kinds of start
        for start in ({"prompt": "cb"}, {"opened": (2, 1)}, {"opened": (2,)})
    ]
    assert found[0] == found[1] != found[2]


def test_of_equals_the_first_are_kept() -> None:
    beam = search(Remembering(np.zeros((4, 4, 4))), SYMBOLS, "", width=3, length=2)
    assert [beam.text(leaf) for leaf in beam.leaves] == ["aa", "ab", "ac"]


def test_words_are_joined_and_the_search_ends_when_all_have_ended() -> None:
    table = np.full((3, 3, 3), -30.0)
    table[:, 0, 1] = table[:, 1, 2] = 0.0  # . -> pear -> end
    beam = search(Remembering(table), (".", "pear", "end"), " ", width=1, length=50, end=2)
    assert max(node.depth for node in beam.nodes) == 2
    assert beam.text(beam.leaves[0]) == "pear"
    open_end = search(Remembering(table), (".", "pear", "end"), " ", width=1, length=2)
    assert open_end.text(open_end.leaves[0]) == "pear end"


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"width": 0}, "width is 0; it must be from 1 to 64"),
        ({"width": 65}, "width is 65"),
        ({"length": 0}, "length is 0"),
        ({"length": MAX_LENGTH + 1}, "from 1 to 200"),
        ({"lengths": "bits"}, "'bits'; it must be one of none, mean, gnmt"),
        ({"end": 4}, "symbol 4; it must be from 0 to 3"),
        ({"end": -1}, "symbol -1"),
    ],
)
def test_bad_wishes_are_refused_in_words(wish: dict[str, object], says: str) -> None:
    arguments: dict[str, object] = {"width": 2, "length": 3} | wish
    with pytest.raises(ConfigError, match=says):
        search(network(1), SYMBOLS, "", **arguments)  # type: ignore[arg-type]  # some are meant to be wrong


def test_a_tree_that_nobody_could_look_at_is_refused() -> None:
    symbols = tuple(chr(200 + n) for n in range(100))
    with pytest.raises(ConfigError, match="1,280,000 continuations; 200,000 is the most"):
        search(network(1, symbols=2), symbols, "", width=64, length=200)


def test_unknown_symbols_and_broken_numbers_are_told() -> None:
    with pytest.raises(TaskError, match="'q', number 2 of the prompt"):
        search(network(1), SYMBOLS, "", width=2, length=3, prompt="aq")
    with pytest.raises(TaskError, match="no longer a number"):
        search(Remembering(np.full((4, 4, 4), np.nan)), SYMBOLS, "", width=2, length=3)
