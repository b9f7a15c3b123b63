"""A question as written + a seed -> the question as it is asked. The same pair gives the same question.

Pure. Knows neither bank nor grading.
"""

from __future__ import annotations

from collections.abc import Iterator

from content.course import QuestionSource
from content.generators.registry import generator
from content.placeholders import Values, fill, names, number
from content.records import Kind, Mistake, Option, Question
from content.seeds import shuffled

_WORDS = ("no", "one", "two", "three", "four", "five", "six")


def variant(source: QuestionSource, topic_title: str, seed: int) -> Question:
    """Variant `seed` of a question that the check has passed."""
    if source.kind is Kind.NUMERIC:
        return _numeric(source, topic_title, seed)
    values = values_of(source, seed) if source.generator else {}
    options = [
        Option(fill(option.text, values), option.right, fill(option.why, values)) for option in source.options
    ]
    return Question(
        id=source.id,
        topic=source.topic,
        topic_title=topic_title,
        kind=source.kind,
        seed=seed,
        ask=fill(source.ask, values),
        solution=fill(source.solution, values),
        options=shuffled(options, source.id, seed, "options"),
        hint=source.hint or ("one answer" if source.kind is Kind.CHOICE else "tick all that are right"),
        claims=source.claims,
    )


def values_of(source: QuestionSource, seed: int) -> Values:
    """All numbers of one variant; new ones with each seed of a block, as far as `ask` shows them."""
    shown = names(source.ask).union(*(names(option.text) for option in source.options))
    return generator(source.generator).vary(source.id, seed, shown)


def tolerance_of(source: QuestionSource) -> float:
    """Absolute: as written, else one unit of the last decimal, else 0 for whole numbers."""
    if source.tolerance is not None:
        return source.tolerance
    return 0.0 if source.decimals is None else 10.0**-source.decimals


def _numeric(source: QuestionSource, topic_title: str, seed: int) -> Question:
    values = values_of(source, seed)
    answer, tolerance = number(values[source.wants]), tolerance_of(source)
    return Question(
        id=source.id,
        topic=source.topic,
        topic_title=topic_title,
        kind=source.kind,
        seed=seed,
        ask=fill(source.ask, values),
        solution=fill(source.solution, values),
        answer=answer,
        tolerance=tolerance,
        unit=source.unit,
        mistakes=tuple(_unlike(_mistakes(source, values), answer, tolerance)),
        hint=fill(source.hint, values) or _how_to_type(source.decimals),
        claims=source.claims,
    )


def _mistakes(source: QuestionSource, values: Values) -> Iterator[Mistake]:
    for mistake in source.mistakes:
        yield Mistake(number(values[mistake.value]), fill(mistake.why, values))


def _unlike(mistakes: Iterator[Mistake], answer: float, tolerance: float) -> Iterator[Mistake]:
    """Without those that would be marked right in this variant."""
    return (mistake for mistake in mistakes if abs(mistake.value - answer) > 2 * tolerance)


def _how_to_type(decimals: int | None) -> str:
    if not decimals:
        return "a whole number"
    return f"{_WORDS[decimals]} decimal{'s' if decimals > 1 else ''}"
