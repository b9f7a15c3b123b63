"""FSRS-6: memory of a card + a rating + the study day -> the memory after it.

Pure, and the only file that knows FSRS.

Stability S is the number of days after which recall has fallen to 90%, difficulty D runs from
1 to 10, and the chance of recall after t days is R = (1 + FACTOR t / S)^DECAY. The formulas and
the 21 weights are those of FSRS-6 (Ye et al., "The Algorithm", open-spaced-repetition wiki);
names follow it. Time between reviews is counted in study days, never in hours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from content.clock import Moment
from content.records import Memory, Phase, Prospect, Rating

Prospects = tuple[Prospect, Prospect, Prospect, Prospect]

DEFAULT_WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip

_MINUTE = 60_000
_STABILITY_MIN = 0.001


@dataclass(frozen=True, slots=True)
class Scheduler:
    """How cards are scheduled.

    Attributes:
        weights: w_0 to w_20 of FSRS-6.
        retention: chance of recall at which a card comes back.
        steps, relearning: waits in minutes while a card is learnt, or learnt again.
        longest: most days between two reviews.
    """

    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    retention: float = 0.9
    steps: tuple[float, ...] = (1, 10)
    relearning: tuple[float, ...] = (10,)
    longest: int = 36_500

    def review(self, memory: Memory, rating: Rating, now: Moment) -> Memory:
        """The memory after answering at `now`. A clock that went back counts as no time at all."""
        today = now.study_day
        days = max(0, today - memory.last_day) if memory.reviews else 0
        stability, difficulty = self._state_after(memory, rating, days)
        answered = replace(
            memory,
            stability=stability,
            difficulty=difficulty,
            last_day=today,
            reviews=memory.reviews + 1,
            lapses=memory.lapses + (memory.phase is Phase.REVIEW and rating is Rating.AGAIN),
        )
        return self._placed(answered, rating, now)

    def prospects(self, memory: Memory, now: Moment) -> Prospects:
        """What each of the four ratings would do."""
        again, hard, good, easy = (self._prospect(memory, rating, now) for rating in Rating)
        return again, hard, good, easy

    def recall(self, stability: float, days: float) -> float:
        """R: the chance of recall `days` after the last review."""
        return math.pow(1 + self._factor * days / stability, self._decay)

    def interval(self, stability: float) -> int:
        """Days until recall has fallen to `retention`: at least 1, at most `longest`."""
        days = stability / self._factor * (math.pow(self.retention, 1 / self._decay) - 1)
        return min(max(round(days), 1), self.longest)

    def _prospect(self, memory: Memory, rating: Rating, now: Moment) -> Prospect:
        after = self.review(memory, rating, now)
        return Prospect(rating, after, wait_in_words(after, now))

    # Where the card goes: a step of minutes, or a day.

    def _placed(self, memory: Memory, rating: Rating, now: Moment) -> Memory:
        learns = memory.phase in (Phase.NEW, Phase.LEARNING)
        waits = self.steps if learns else self.relearning
        step = _next_step(waits, memory.step, rating)
        if step is None or (memory.phase is Phase.REVIEW and rating is not Rating.AGAIN):
            return self._to_review(memory, now)
        number, minutes = step
        return replace(
            memory,
            phase=Phase.LEARNING if learns else Phase.RELEARNING,
            step=number,
            due_ms=now.utc_ms + round(minutes * _MINUTE),
            due_day=0,
        )

    def _to_review(self, memory: Memory, now: Moment) -> Memory:
        due_day = now.study_day + self.interval(memory.stability)
        return replace(memory, phase=Phase.REVIEW, step=0, due_ms=0, due_day=due_day)

    # Stability and difficulty.

    @property
    def _decay(self) -> float:
        return -self.weights[20]

    @property
    def _factor(self) -> float:
        return math.pow(0.9, 1 / self._decay) - 1

    def _state_after(self, memory: Memory, rating: Rating, days: int) -> tuple[float, float]:
        if memory.reviews == 0:
            first = max(self.weights[rating - 1], _STABILITY_MIN)
            return first, _between(self._first_difficulty(rating), 1, 10)
        if days == 0:
            stability = self._same_day(memory.stability, rating)
        elif rating is Rating.AGAIN:
            stability = self._forgotten(memory, days)
        else:
            stability = self._recalled(memory, rating, days)
        return max(stability, _STABILITY_MIN), self._next_difficulty(memory.difficulty, rating)

    def _first_difficulty(self, rating: Rating) -> float:
        """D_0(G) = w_4 - e^(w_5 (G - 1)) + 1"""
        return self.weights[4] - math.exp(self.weights[5] * (rating - 1)) + 1

    def _next_difficulty(self, difficulty: float, rating: Rating) -> float:
        """D' = w_7 D_0(4) + (1 - w_7) (D - w_6 (G - 3) (10 - D) / 9)"""
        w = self.weights
        moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
        return _between(w[7] * self._first_difficulty(Rating.EASY) + (1 - w[7]) * moved, 1, 10)

    def _same_day(self, stability: float, rating: Rating) -> float:
        """S' = S e^(w_17 (G - 3 + w_18)) S^-w_19, which only Again may lower."""
        w = self.weights
        growth = math.exp(w[17] * (rating - 3 + w[18])) * math.pow(stability, -w[19])
        return stability * (growth if rating is Rating.AGAIN else max(growth, 1))

    def _recalled(self, memory: Memory, rating: Rating, days: int) -> float:
        """S' = S (1 + e^w_8 (11 - D) S^-w_9 (e^(w_10 (1 - R)) - 1) [w_15 if hard] [w_16 if easy])"""
        w = self.weights
        bonus = {Rating.HARD: w[15], Rating.EASY: w[16]}.get(rating, 1.0)
        lost = 1 - self.recall(memory.stability, days)
        ease = math.exp(w[8]) * (11 - memory.difficulty) * math.pow(memory.stability, -w[9])
        return memory.stability * (1 + ease * (math.exp(w[10] * lost) - 1) * bonus)

    def _forgotten(self, memory: Memory, days: int) -> float:
        """S' = min(w_11 D^-w_12 ((S + 1)^w_13 - 1) e^(w_14 (1 - R)), S / e^(w_17 w_18))"""
        w = self.weights
        lost = 1 - self.recall(memory.stability, days)
        long_term = w[11] * math.pow(memory.difficulty, -w[12]) * (math.pow(memory.stability + 1, w[13]) - 1)
        return min(long_term * math.exp(w[14] * lost), memory.stability / math.exp(w[17] * w[18]))


def wait_in_words(memory: Memory, now: Moment) -> str:
    """How long until the card comes back: "1 min", "4 d", "2.1 mo", "1.3 y"."""
    if memory.phase is not Phase.REVIEW:
        return f"{max(1, round((memory.due_ms - now.utc_ms) / _MINUTE))} min"
    days = memory.due_day - now.study_day
    if days < 30:
        return f"{days} d"
    if days < 365:
        return f"{days / 30.4375:.1f} mo"
    return f"{days / 365.25:.1f} y"


def _next_step(waits: tuple[float, ...], step: int, rating: Rating) -> tuple[int, float] | None:
    """The step that follows and its minutes; None when the card has passed them all."""
    if rating is Rating.AGAIN:
        return 0, waits[0]
    if rating is Rating.HARD and step < len(waits):
        return step, waits[step] if step else _first_hard_wait(waits)
    if rating is Rating.GOOD and step + 1 < len(waits):
        return step + 1, waits[step + 1]
    return None


def _first_hard_wait(waits: tuple[float, ...]) -> float:
    """Longer than the first step itself, so that Hard does not equal Again."""
    return (waits[0] + waits[1]) / 2 if len(waits) > 1 else waits[0] * 1.5


def _between(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
