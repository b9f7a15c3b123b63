"""Byte-pair encoding: which pair is merged first, and how large the vocabulary grows.

Given first, computed after the semicolon; names that begin with a wanted value's name are wrong numbers.

| name | values |
|---|---|
| `bpe_merge` | four words out of row `row`, texts `w1 w2 w3 w4` (such as mat, sat, map, tap), and how often they occur, `n1 n2 n3 n4`; texts `pair1` to `pair5` (ma at sa ap ta) with counts `c1` to `c5`, `best`; texts `right wrong1 wrong2 wrong3` |
| `bpe_vocabulary` | `letters merges`; `size`; `size_merges`, `size_product` |
"""  # noqa: E501 - a row of a table is one line

from __future__ import annotations

from itertools import pairwise

from content.generators.domain import Generator, Span
from content.placeholders import Values

_WORDS = (  # in each row: words 1 and 3 begin alike, 1 and 2 end alike, 3 and 4 end alike
    ("mat", "sat", "map", "tap"),
    ("hot", "pot", "hop", "top"),
    ("bun", "sun", "but", "nut"),
    ("pet", "wet", "pen", "ten"),
    ("tip", "lip", "tin", "pin"),
    ("log", "dog", "lot", "got"),
    ("bat", "cat", "bag", "tag"),
    ("tan", "can", "tap", "nap"),
)


def _pairs(row: int, counts: tuple[int, ...]) -> dict[str, int]:
    """How often each two neighbouring letters stand in the words, `counts` times each."""
    found: dict[str, int] = {}
    for word, count in zip(_WORDS[row], counts, strict=True):
        for first, second in pairwise(word):
            found[first + second] = found.get(first + second, 0) + count
    return found


def _bpe(row: int, **counts: int) -> Values:
    pairs = _pairs(row, tuple(counts.values()))
    ordered = sorted(pairs, key=lambda pair: -pairs[pair])
    named = [" + ".join(pair) for pair in ordered]
    return {
        **{f"w{place}": word for place, word in enumerate(_WORDS[row], 1)},
        **{f"pair{place}": " ".join(pair) for place, pair in enumerate(pairs, 1)},
        **{f"c{place}": count for place, count in enumerate(pairs.values(), 1)},
        "best": pairs[ordered[0]],
        "right": named[0],
        **{f"wrong{place}": named[place] for place in (1, 2, 3)},
        **{
            f"wrong{place}_why": f"Its count is {pairs[pair]}, that of {named[0]} is {pairs[ordered[0]]}."
            for place, pair in enumerate(ordered[1:4], 1)
        },
    }


def _one_best(row: int, **counts: int) -> bool:
    most = sorted(_pairs(row, tuple(counts.values())).values())
    return most[-1] > most[-2]


def _bpe_vocabulary(letters: int, merges: int) -> Values:
    return {"size": letters + merges, "size_merges": merges, "size_product": letters * merges}


GENERATORS = (
    Generator(
        "bpe_merge",
        {"row": Span(0, len(_WORDS) - 1), **{f"n{place}": Span(1, 12) for place in (1, 2, 3, 4)}},
        _bpe,
        _one_best,
    ),
    Generator(
        "bpe_vocabulary", {"letters": Span(26, 120), "merges": Span(500, 40_000, step=500)}, _bpe_vocabulary
    ),
)
