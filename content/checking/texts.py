"""Every text of the course that a learner reads, with its file and id."""

from __future__ import annotations

from collections.abc import Iterator

from content.course import Course

Said = tuple[str, str, str]
Parts = tuple[str, str, tuple[str, ...]]

OPTIONS = 3
"""Where the options begin in the texts of a question, each with its text and its reason."""


def all_texts(course: Course) -> Iterator[Said]:
    """(file, id, Markdown), as written where that differs from what is shown."""
    for file, item, texts in parts(course):
        yield file, item, "\n\n".join(texts)


def parts(course: Course) -> Iterator[Parts]:
    """(file, id, the texts of it in their order)."""
    for topic in course.topics:
        yield f"topics/{topic.id}.md", topic.id, (topic.title, topic.summary, course.raw[topic.id])
    for unit in course.units:
        yield f"units/{unit.id}.md", unit.id, (unit.title, unit.body)
    yield from _asked(course)
    for term in course.terms:
        yield f"glossary/{term.unit}.yaml", term.id, (term.term, *term.also, term.says)
    for formula in course.formulas:
        texts = (formula.title, formula.where, formula.note, formula.unchecked)
        yield f"formulas/{formula.unit}.yaml", formula.id, texts
    for diagram in course.diagrams:
        named = [text for part in diagram.parts for text in (part.label, part.says)]
        yield f"diagrams/{diagram.id}.yaml", diagram.id, (diagram.title, *named)


def _asked(course: Course) -> Iterator[Parts]:
    for source in course.cards:
        card = source.card
        if not card.diagram:
            yield f"cards/{card.topic}.yaml", card.id, (card.front, card.back)
    for question in course.questions:
        texts = [question.ask, question.hint, question.solution]
        texts += [text for option in question.options for text in (option.text, option.why)]
        texts += [mistake.why for mistake in question.mistakes]
        yield f"questions/{question.topic}.yaml", question.id, tuple(texts)
