"""QuizWish: a quiz that another page asks for, to begin at once. Plain data; knows no page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuizWish:
    """Either all questions of one topic, or this one question."""

    topic: str = ""
    question: str = ""
