"""Each growth that is told, as Θ(n log n), is that of what it is told of: growths.yaml says of what.

There stands for each text, in the order of reading, what grows: code, a recurrence, a count of a derivation
or a function. The engine runs, solves and compares; the class stands in the text alone. It has to be tight
unless it is meant otherwise: `loose` (true, not tight), `untidy` (a factor left in), `wrong`, or `unread`
with the reason why it is no claim. What it equals in the same formula is held too, where that is a function.

A right option says nothing wrong of growth, a wrong one nothing but right is refused. Growths that are told
in words only, as linear, are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from content.check_pieces import line_of
from content.checking.grown import FILE, Sources, judged, sources, with_sizes_of
from content.checking.texts import OPTIONS, Parts, parts
from content.course import Course, Problem
from content.latex.parts import statements
from content.latex.tokens import Tokens, tokens, written
from content.markup import CODE, MATHS
from content.records import Option

_HEADS = frozenset({r"\Theta", r"\Omega", "O"})
_GAP = r"\boxed{?}"
_MARK = re.compile(r"(?:(loose|untidy|wrong) )?([a-z][a-z0-9-]*)|unread: .+")
_MOODS = {"": "tight", "loose": "true, but not tight", "untidy": "true, but untidy", "wrong": "wrong"}


@dataclass(frozen=True, slots=True)
class Growth:
    """A class that is told, as LaTeX.

    Attributes:
        place: which of the texts of the item tells it.
        formula: where it stands, with dollars.
        before: what it is equal to there, each growth without its head.
    """

    place: int
    formula: str
    latex: str
    before: tuple[str, ...] = ()


def untold(course: Course, known: Sources | None = None) -> Iterator[Problem]:
    """Growths that are not those of what grows, and those of which nothing is said."""
    known = known or sources()
    left = dict(known.told)
    questions = {question.id: question for question in course.questions}
    for file, item, texts in _all(course):
        folder = file.partition("/")[0]
        marks = left.pop((folder, item), ())
        options = questions[item].options if folder == "questions" else ()
        for sentence, formula in amiss(texts, marks, known, options):
            yield Problem(file, item, sentence, line_of(course, file, item, formula) if formula else 0)
    for folder, item in left:
        yield Problem(FILE, item, f"stands under {folder}, where no text has this id.")


def amiss(
    texts: Sequence[str], marks: Sequence[str], known: Sources, options: Sequence[Option] = ()
) -> Iterator[tuple[str, str]]:
    """What is wrong with the growths of one item, as a sentence, and the formula that it is about."""
    found = list(_growths(texts))
    if len(marks) != len(found):
        names = ", ".join(growth.latex for growth in found) or "none"
        yield f"the growths told here are {names}; {FILE} says of {len(marks)} what grows so.", ""
        return
    for growth, mark in zip(found, marks, strict=True):
        yield from ((sentence, growth.formula) for sentence in wrong(growth, mark, known))
    for number, option in enumerate(options):
        here = [m for g, m in zip(found, marks, strict=True) if g.place == OPTIONS + 2 * number]
        not_so = [mark for mark in here if mark.split()[0] in _MOODS]
        if option.right and any(not mark.startswith("loose") for mark in not_so):
            yield f"“{option.text.strip()}” is a right option, but its growth is not right.", ""
        if here and not option.right and not not_so:
            yield f"“{option.text.strip()}” is a wrong option, but its growth is right.", ""


def told(course: Course) -> int:
    """How many growths are held; those that are unread are not."""
    here = {(file.partition("/")[0], item) for file, item, _ in _all(course)}
    marks = [mark for key, marks in sources().told.items() if key in here for mark in marks]
    return sum(not mark.startswith("unread") for mark in marks)


def _all(course: Course) -> Iterator[Parts]:
    """Every text, the formulas of the sheet before what is said of them; gaps of cards filled."""
    for formula in course.asides:
        yield f"formulas/{formula.unit}.yaml", formula.id, (f"$${formula.latex}$$",)
    sheet = {formula.id: f"$${formula.latex}$$" for formula in course.formulas}
    for file, item, texts in parts(course):
        if file.startswith("formulas/"):
            yield file, item, (sheet[item], *texts)
        elif file.startswith("cards/") and _GAP in texts[0] and (back := MATHS.search(texts[1])):
            yield file, item, (texts[0].replace(_GAP, f" {back[1] or back[2]} "), texts[1])
        else:
            yield file, item, texts


def _growths(texts: Sequence[str]) -> Iterator[Growth]:
    for place, text in enumerate(texts):
        for formula in MATHS.finditer(CODE.sub(" ", text)):
            latex = formula[1] or formula[2]
            if _HEADS.isdisjoint(tokens(latex)):
                continue
            for statement in statements(latex):
                before: list[str] = []
                for side, relation in zip(statement.sides, (*statement.relations, ""), strict=True):
                    for growth in _in(side):
                        alone = growth == side
                        yield Growth(place, formula[0], written(growth), tuple(before) if alone else ())
                    before = [*before, written(_bare(side))] if relation == "=" and side else []


def _in(side: Tokens) -> Iterator[Tokens]:
    """Theta ( ... ) up to the bracket that closes it."""
    for start, (head, opening) in enumerate(pairwise(side)):
        if head in _HEADS and opening == "(":
            depth, end = 1, start + 2
            while depth and end < len(side):
                depth += (side[end] == "(") - (side[end] == ")")
                end += 1
            yield side[start:end]


def _bare(side: Tokens) -> Tokens:
    """Without the heads of growths: O(n) + O(n) as (n) + (n)."""
    pairs = zip(side, (*side[1:], ""), strict=False)
    return tuple(token for token, behind in pairs if not (token in _HEADS and behind == "("))


def wrong(growth: Growth, mark: str, known: Sources) -> Iterator[str]:
    """What is wrong with a growth that `mark` says is of this or that, as sentences."""
    said = _MARK.fullmatch(mark)
    if said is None or (said[2] and said[2] not in known.of):
        yield f"{growth.latex}: {FILE} says {mark!r}, which is no mark and nothing that stands under `of`."
    elif said[2]:
        mood, sentence = judged(known.of[said[2]], growth.latex)
        if mood != (said[1] or ""):
            meant = _MOODS[said[1] or ""]
            yield f"{growth.latex} is said of {said[2]} and meant to be {meant}. {sentence}"
        for side in growth.before:
            mood, sentence = judged(with_sizes_of(growth.latex, side), growth.latex)
            if mood not in ("", "unreadable", "untidy", said[1]):
                yield f"{side} = {growth.latex}: {sentence}"
