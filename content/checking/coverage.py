"""Every claim of the lecture notes has its place in a note and is asked; errata and exam items more often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from content.check_pieces import line_of
from content.checking.syllabus import QUESTIONABLE, Syllabus
from content.course import Course, Problem
from content.records import Kind
from content.topic_reader import CLAIM_MARK

NOTES_SAY = "What the lecture notes say"
_FLAGGED_QUESTIONS = 3
_CARDS, _QUESTIONS = 8, 5  # of each topic on average
_GENERATED = 0.5
_HEADING = re.compile(r"^## +(.*?) *$", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\(diagram:([a-z0-9-]+)\)")


def gaps(course: Course, syllabus: Syllabus) -> Iterator[Problem]:
    """What the course lacks of the syllabus, and claims that the syllabus does not know."""
    yield from _places(course, syllabus)
    yield from _asked(course, syllabus)
    yield from _marks(course, syllabus)
    yield from _pictures(course, syllabus)
    yield from _amounts(course)


def sections(body: str) -> dict[str, str]:
    """Heading -> the text below it, down to the next heading of that level."""
    parts = _HEADING.split(body)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def places(course: Course) -> dict[str, list[tuple[str, str]]]:
    """Claim -> (topic, heading) of every place that is marked with it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for topic, body in course.raw.items():
        for heading, text in sections(body).items():
            for mark in CLAIM_MARK.findall(text):
                claim = mark if "." in mark else f"{topic}.{mark}"
                found.setdefault(claim, []).append((topic, heading))
    return found


def _places(course: Course, syllabus: Syllabus) -> Iterator[Problem]:
    heads = {claim: topic.id for topic in course.topics for claim in topic.claims}
    marked = places(course)
    for claim, verdict in syllabus.verdicts.items():
        if claim not in heads:
            yield Problem(
                "topics", claim, "is in no topic's head; list it under `claims` of the one it is for."
            )
            continue
        file, here = f"topics/{heads[claim]}.md", marked.get(claim, [])
        if not here:
            yield Problem(file, claim, f"has no place in a note; mark its sentence with [^{claim}].")
        elif verdict in QUESTIONABLE and not any(heading == NOTES_SAY for _, heading in here):
            yield Problem(
                file, claim, f"is {verdict} as printed; explain it under “{NOTES_SAY}” and mark it there."
            )
    for claim in sorted((set(marked) | set(heads)) - set(syllabus.verdicts)):
        topic = heads.get(claim, marked.get(claim, [("", "")])[0][0])
        file, mark = f"topics/{topic}.md", f"[^{claim.removeprefix(f'{topic}.')}]"
        sentence = "is no claim of the lecture notes; look at its number in checking/syllabus.yaml."
        yield Problem(file, claim, sentence, line_of(course, file, topic, mark))


def _asked(course: Course, syllabus: Syllabus) -> Iterator[Problem]:
    on_cards = {claim for source in course.cards if not source.card.diagram for claim in source.card.claims}
    questions = Counter(claim for question in course.questions for claim in set(question.claims))
    about = {claim for question in course.questions for claim in question.errata}
    file = {claim: f"questions/{topic.id}.yaml" for topic in course.topics for claim in topic.claims}
    for claim in syllabus.verdicts:
        if claim not in on_cards and not questions[claim]:
            yield Problem(file.get(claim, ""), claim, "is on no card and in no question.")
    for claim in syllabus.errata:
        if claim not in about:
            sentence = "is wrong as printed; a question has to be about it (errata)."
            yield Problem(file.get(claim, ""), claim, sentence)
    for claim in sorted(syllabus.flagged):
        if questions[claim] < _FLAGGED_QUESTIONS:
            sentence = f"is flagged for the exam, with {questions[claim]} of {_FLAGGED_QUESTIONS} questions."
            yield Problem(file.get(claim, ""), claim, sentence)
    for claim in sorted(about - {c for c, v in syllabus.verdicts.items() if v in QUESTIONABLE}):
        yield Problem(file.get(claim, ""), claim, "is named under errata, but it stands as printed.")


def _marks(course: Course, syllabus: Syllabus) -> Iterator[Problem]:
    """A topic that holds a claim flagged for the exam says so in its head, and no other does."""
    for topic in course.topics:
        flagged = any(claim in syllabus.flagged for claim in topic.claims)
        if flagged != bool(topic.exam):
            claims = ", ".join(claim for claim in topic.claims if claim in syllabus.flagged)
            sentence = "has no claim that is flagged for the exam; take `exam` out of its head."
            if flagged:
                sentence = (
                    f"{claims} is flagged for the exam; write `exam: must` or `exam: slide` in the head."
                )
            yield Problem(f"topics/{topic.id}.md", topic.id, sentence)


def _pictures(course: Course, syllabus: Syllabus) -> Iterator[Problem]:
    shown = {topic: set(_PICTURE.findall(body)) for topic, body in course.raw.items()}
    drawn = {diagram.id: {part.id for part in diagram.parts} for diagram in course.diagrams}
    for name, topics in syllabus.diagrams.items():
        for part in syllabus.parts.get(name, ()):
            if part not in drawn.get(name, {part}):
                yield Problem(f"diagrams/{name}.yaml", name, f"lacks the part {part!r}.")
        if name not in drawn:
            yield Problem(f"diagrams/{name}.yaml", name, "is not drawn.")
        for topic in topics:
            if name not in shown.get(topic, ()):
                yield Problem(f"topics/{topic}.md", topic, f"does not show the picture {name!r}.")


def _amounts(course: Course) -> Iterator[Problem]:
    """Enough to learn with: cards and questions on average, and numbers that are new each time."""
    topics = len(course.topics)
    cards = sum(not source.card.diagram for source in course.cards)
    if cards < _CARDS * topics:
        yield Problem("cards", "", f"{cards} cards for {topics} topics; at least {_CARDS} each are wanted.")
    if len(course.questions) < _QUESTIONS * topics:
        yield Problem(
            "questions", "", f"{len(course.questions)} for {topics} topics; {_QUESTIONS} each are wanted."
        )
    for unit in course.units:
        mine = {topic.id for topic in course.topics if topic.unit == unit.id}
        here = [question for question in course.questions if question.topic in mine]
        made = sum(question.kind is Kind.NUMERIC or bool(question.generator) for question in here)
        if here and made < _GENERATED * len(here):
            yield Problem(
                "questions", unit.id, f"{made} of {len(here)} questions are generated; half are wanted."
            )
