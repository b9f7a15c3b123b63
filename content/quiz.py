"""Which questions make up a quiz. Pure: standings in, ids out; the same seed chooses the same.

What was never answered or went wrong last time comes first; topics take turns, because mixed
practice is remembered better than blocks (Rohrer et al. 2014).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.seeds import keyed, shuffled


@dataclass(frozen=True, slots=True)
class Standing:
    """How a question stands.

    Attributes:
        tries: how often it was answered.
        score: of the last answer, 0 to 1; 0 when it was never answered.
        last: place of that answer among all answers; 0 when there is none.
    """

    id: str
    topic: str
    tries: int = 0
    score: float = 0.0
    last: int = 0

    @property
    def known(self) -> bool:
        return self.score >= 1


def choose(standings: Sequence[Standing], count: int, seed: int) -> tuple[Standing, ...]:
    """At most `count` questions, neighbours from different topics as far as possible."""
    open_ones = [standing for standing in standings if not standing.known]
    known = sorted((s for s in standings if s.known), key=lambda s: s.last)
    wanted = [*_in_turns(open_ones, seed, mix=True), *_in_turns(known, seed, mix=False)]
    return tuple(_spread(wanted[:count]))


def _in_turns(standings: Sequence[Standing], seed: int, mix: bool) -> Iterator[Standing]:
    """One of each topic, then the next of each; within a topic shuffled, or as they come."""
    topics = shuffled(sorted({standing.topic for standing in standings}), seed, "topics")
    piles = {topic: [s for s in standings if s.topic == topic] for topic in topics}
    if mix:
        for pile in piles.values():
            pile.sort(key=lambda s: keyed(seed, s.id))
    while any(piles.values()):
        for pile in piles.values():
            if pile:
                yield pile.pop(0)


def _spread(standings: Sequence[Standing]) -> Iterator[Standing]:
    """The same ones, the fullest topic that was not just asked first."""
    left, previous = list(standings), ""
    while left:
        sizes = {s.topic: sum(other.topic == s.topic for other in left) for s in left}
        others = [s for s in left if s.topic != previous] or left
        chosen = max(others, key=lambda s: sizes[s.topic])
        left.remove(chosen)
        previous = chosen.topic
        yield chosen
