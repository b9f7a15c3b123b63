"""What must hold between the entries of a course, and that every numeric question works for many seeds.

`between` is quick and runs before every load; `numbers` runs each generator and is for authors
and tests. Both return problems and raise nothing. Knows no bank.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from content.check_pieces import Texts, line_of, links, pieces, place_of, texts_of_pieces
from content.course import Course, Problem, QuestionSource
from content.generators.domain import BLOCK
from content.generators.registry import generator, generator_names
from content.lasting import returned
from content.macros import unknown_in, unpaired_in
from content.placeholders import Values, fill, malformed, names, number
from content.records import Card, Kind
from content.variants import tolerance_of, values_of

FEWEST_VARIANTS = 8

_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1|(`+)[^`].*?\2", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^# ", re.MULTILINE)


def between(course: Course) -> list[Problem]:
    """Problems of ids, links, claims, reading order and markup."""
    texts = [*_all_texts(course), *texts_of_pieces(course)]
    found = [
        *_ids(course),
        *_renames(course),
        *returned(course),
        *_topics(course),
        *_claims(course),
        *pieces(course),
        *links(course, texts),
        *_texts(course, texts),
    ]
    return [replace(problem, line=_line(course, problem)) for problem in found]


def _line(course: Course, problem: Problem) -> int:
    return problem.line or course.lines.get((problem.file, problem.item), 0)


def numbers(course: Course) -> list[Problem]:
    """Problems of generated questions, each tried with the seeds of one block."""
    made = (q for q in course.questions if q.generator in generator_names())
    return [Problem(_file(q), q.id, sentence) for q in made for sentence in _tried(q)]


def _file(question: QuestionSource) -> str:
    return f"questions/{question.topic}.yaml"


def _file_of_card(card: Card) -> str:
    """A labelling card is made from its picture."""
    return f"diagrams/{card.diagram}.yaml" if card.diagram else f"cards/{card.topic}.yaml"


def _items(course: Course) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """(file, id, was, claims) of every card and question."""
    for source in course.cards:
        yield _file_of_card(source.card), source.card.id, source.was, source.card.claims
    for question in course.questions:
        yield _file(question), question.id, question.was, question.claims


def _ids(course: Course) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for file, item, _, _ in _items(course):
        if seen.get(item, file) != file:  # two of one file are told when it is read
            yield Problem(file, item, f"this id is also used in {place_of(course, seen[item], item)}.")
        seen[item] = file


def _renames(course: Course) -> Iterator[Problem]:
    live = {item for _, item, _, _ in _items(course)}
    claimed: dict[str, str] = {}
    for file, item, was, _ in _items(course):
        for old in was:
            if old in live:
                yield Problem(file, item, f"was {old!r}, but that id is in use.")
            if old in claimed:
                yield Problem(file, item, f"was {old!r}, but so was {claimed[old]!r}.")
            claimed[old] = item


def _topics(course: Course) -> Iterator[Problem]:
    known = {topic.id for topic in course.topics}
    places = Counter((topic.unit, topic.order) for topic in course.topics)
    for topic in course.topics:
        file = f"topics/{topic.id}.md"
        if places[topic.unit, topic.order] > 1:
            yield Problem(file, topic.id, f"order {topic.order} is taken by another topic of {topic.unit}.")
        for need in topic.needs:
            if need not in known:
                line = course.lines.get((file, "needs:"), 0)
                yield Problem(file, topic.id, f"needs {need!r}, which is no topic.", line)
    for circle in _circles(course):
        file, path = f"topics/{circle[0]}.md", " -> ".join((*circle, circle[0]))
        yield Problem(file, circle[0], f"needs itself: {path}.", course.lines.get((file, "needs:"), 0))
    for file in sorted({file for file, _, _, _ in _items(course)}):
        folder, _, name = file.partition("/")
        if folder != "diagrams" and name.removesuffix(".yaml") not in known:
            yield Problem(file, "", "there is no topic of this name.")


def _circles(course: Course) -> Iterator[list[str]]:
    """Topics of which each needs the next and the last the first, begun with the one shown first.

    Of circles that share a topic one is told, and the next when that one is mended.
    """
    left: Mapping[str, tuple[str, ...]] = {topic.id: topic.needs for topic in course.topics}
    while left := _bound(left):
        path = [next(iter(left))]
        while (need := next(need for need in left[path[-1]] if need in left)) not in path:
            path.append(need)
        circle = path[path.index(need) :]
        first = circle.index(next(topic for topic in left if topic in circle))
        yield circle[first:] + circle[:first]
        left = {topic: needs for topic, needs in left.items() if topic not in circle}


def _bound(left: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """What remains when topics that need none of the others are taken away, again and again."""
    while len(bound := {topic: needs for topic, needs in left.items() if left.keys() & needs}) < len(left):
        left = bound
    return left


def _claims(course: Course) -> Iterator[Problem]:
    claims = {claim for topic in course.topics for claim in topic.claims}
    for file, item, _, named in _items(course):
        for claim in named if not file.startswith("diagrams/") else ():  # told of the picture itself
            if claim not in claims:
                yield Problem(file, item, f"claim {claim!r} is in no topic's head.")


def _texts(course: Course, texts: Texts) -> Iterator[Problem]:
    for file, item, text in texts:
        bare = _CODE.sub("", text).replace(r"\\", "").replace(r"\$", "")
        if bare.count("$") % 2:
            yield Problem(file, item, f"a $ has no partner in {_start(text)}; a price sign is written \\$.")
        if file.startswith("topics/") and _TITLE.search(bare):
            yield Problem(file, item, "headings begin at ##; the page shows the title itself.")
        for sentence in unpaired_in(text):
            yield Problem(file, item, sentence)
        for sentence in unknown_in(bare):
            yield Problem(file, item, sentence, line_of(course, file, item, sentence.split(" ", 1)[0]))
        for attempt in malformed(text):
            line = line_of(course, file, item, attempt)
            yield Problem(file, item, f"{attempt} is no placeholder; see FORMAT.md.", line)
    for question in course.questions:
        yield from (Problem(_file(question), question.id, sentence) for sentence in _placeholders(question))


def _all_texts(course: Course) -> Iterator[tuple[str, str, str]]:
    """(file, id, Markdown) of everything that is shown as Markdown."""
    for topic in course.topics:
        yield f"topics/{topic.id}.md", topic.id, topic.body
    for source in course.cards:
        for text in (source.card.front, source.card.back):
            yield _file_of_card(source.card), source.card.id, text
    for question in course.questions:
        for text in _question_texts(question):
            yield _file(question), question.id, text


def _question_texts(question: QuestionSource) -> list[str]:
    options = [text for option in question.options for text in (option.text, option.why)]
    mistakes = [mistake.why for mistake in question.mistakes]
    return [question.ask, question.solution, question.hint, *options, *mistakes]


def _placeholders(question: QuestionSource) -> Iterator[str]:
    if not question.generator:
        return  # its reader has filled it with the numbers of its topic
    if question.generator not in generator_names():
        near = difflib.get_close_matches(question.generator, generator_names(), 3)
        hint = f"did you mean {' or '.join(near)}?" if near else "they are listed in generators/."
        yield f"there is no generator {question.generator!r}; {hint}"
        return
    known = _values(question.generator)
    asked = {mistake.value for mistake in question.mistakes}
    if question.kind is Kind.NUMERIC:
        asked.add(question.wants)
    for name in sorted(asked.union(*map(names, _question_texts(question))) - known.keys()):
        yield f"{question.generator} has no value {name!r}; it has {', '.join(known)}."
    for name in sorted(asked & known.keys()):
        if isinstance(known[name], (str, tuple)):
            yield f"{name!r} is a text and cannot be asked for."
    if not names(question.ask).union(*(names(option.text) for option in question.options)):
        yield "ask shows no value of the generator."


@cache
def _values(name: str) -> Values:
    """One variant: every variant has the same names, and a load has no time for more."""
    return generator(name).vary(name, 0)


def _tried(question: QuestionSource) -> Iterator[str]:
    """What is wrong with some variant, each complaint once."""
    if any(_placeholders(question)):
        return
    runs = [values_of(question, seed) for seed in range(BLOCK)]
    different = len({_shown(question, values) for values in runs})
    if different < FEWEST_VARIANTS:
        yield f"has {different} different versions in {BLOCK}; at least {FEWEST_VARIANTS} are wanted."
    complaints = {c: seed for seed, values in reversed([*enumerate(runs)]) for c in _unfit(question, values)}
    yield from (f"seed {seed}: {complaint}" for complaint, seed in complaints.items())
    for mistake in question.mistakes:
        gaps = [abs(number(run[mistake.value]) - number(run[question.wants])) for run in runs]
        if all(gap <= 2 * tolerance_of(question) for gap in gaps):
            yield f"the mistake {mistake.value!r} never differs from the right answer."


def _shown(question: QuestionSource, values: Values) -> tuple[str, ...]:
    return (fill(question.ask, values), *sorted(fill(option.text, values) for option in question.options))


def _unfit(question: QuestionSource, values: Values) -> Iterator[str]:
    if question.kind is not Kind.NUMERIC:
        texts = [fill(option.text, values) for option in question.options]
        if len(set(texts)) < len(texts):
            yield "two options have the same text."
        return
    answer, tolerance = number(values[question.wants]), tolerance_of(question)
    if tolerance == 0 and answer != round(answer):
        yield f"{question.wants} is not whole, so it needs `decimals`, or a tolerance above 0."
    elif answer != 0 and abs(answer) <= 2 * tolerance:
        yield f"{question.wants} is too near 0 for the tolerance; ask for more decimals."


def _start(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= 50 else line[:47] + "...")
