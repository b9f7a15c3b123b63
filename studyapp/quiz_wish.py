"""QuizWish: a quiz that another page asks for, to begin at once. Plain data; knows no page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuizWish:
    """Either the questions of these topics (of one: all of them), or this one question."""

    topics: tuple[str, ...] = ()
    question: str = ""
