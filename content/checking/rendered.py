"""Every formula of the course can be set: MathJax has done so, and resources/formulas.z is its record.

`python -m studyapp.mathtext.prerender` sets each formula and writes the file; it leaves out what MathJax
refuses. So a formula that stands there is right, and one that does not is new or wrong.

What is not proved: a formula with <<numbers>> is set when it is shown. It is looked at with the numbers of
one seed: commands are known, braces have partners, and no number stands where only its first sign counts.
That MathJax takes it with these numbers is shown by a test, with other numbers nowhere.

Knows the form of formulas.z (studyapp/mathtext/shipped.py) and nothing else of the window; a test holds the
formulas found here against those that the window asks for.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from importlib.resources import files

from content.check_pieces import line_of
from content.course import Course, Problem
from content.generators.registry import generator_names
from content.macros import unknown_in_maths, unpaired_in_maths
from content.markdown import formulas_of, texts
from content.placeholders import Values, fill, names
from content.variants import values_of

FILE = "resources/formulas.z"
_RUN = "python -m studyapp.mathtext.prerender"
_ONE_SIGN = re.compile(r"(?:[\^_]|\\(?:[dt]?frac|binom|sqrt))\s*<<[^<>\n]*>>")

_LONGEST_TOLD = 60

Key = tuple[str, bool]
"""LaTeX, and whether it is displayed on lines of its own."""


def unset(course: Course, packed: bytes) -> Iterator[Problem]:
    """Formulas that `packed`, the bytes of formulas.z, does not hold, and wrong ones with <<numbers>>."""
    try:
        held = keys(packed)
    except (zlib.error, ValueError):
        yield Problem(FILE, "", f"cannot be read; run `{_RUN}`.")
        return
    made = generator_names()
    drawn = {question.id: question for question in course.questions if question.generator in made}
    for file, item, key in wanted(course):
        sentences: list[str] = []
        if "<<" not in key[0]:
            sentences = [] if key in held else [_not_set(key)]
        elif item in drawn:
            sentences = _faults(key[0], values_of(drawn[item], 0))
        for sentence in sentences:
            words = key[0] if key[1] else f"${key[0]}$"  # a lone letter stands in many words
            yield Problem(file, item, sentence, line_of(course, file, item, words))


def shipped() -> bytes:
    """formulas.z, which stands beside this package; nothing where it does not."""
    file = files("content") / ".." / FILE
    return file.read_bytes() if file.is_file() else b""


def keys(packed: bytes) -> set[Key]:
    """The formulas that such a file holds. Raises zlib.error or ValueError for other bytes."""
    _, _, *lines = zlib.decompress(packed).decode().rstrip("\n").split("\n")
    named = (line.split("\t", 1)[0] for line in lines)
    return {(json.loads(name[1:]), name.startswith("d")) for name in named}


def wanted(course: Course) -> Iterator[tuple[str, str, Key]]:
    """(file, id, formula) of everything that can be shown, numbers of notes filled in; each once."""
    found: dict[tuple[str, str, Key], None] = {}
    for file, item, record in _records(course):
        for text in texts(record):
            found |= {(file, item, key): None for key in formulas_of(text)}
    for formula in course.formulas:
        file = f"formulas/{formula.unit}.yaml"
        found[file, formula.id, (formula.latex, True)] = None
        # The sheet tells what was computed with which letters.
        found |= {(file, formula.id, (part, False)): None for part, _ in (*formula.letters, *formula.unread)}
    return iter(found)


def _records(course: Course) -> Iterator[tuple[str, str, object]]:
    for topic in course.topics:
        yield f"topics/{topic.id}.md", topic.id, topic
    for unit in course.units:
        yield f"units/{unit.id}.md", unit.id, unit
    for source in course.cards:
        if not source.card.diagram:  # its texts are those of the picture
            yield f"cards/{source.card.topic}.yaml", source.card.id, source.card
    for question in course.questions:
        yield f"questions/{question.topic}.yaml", question.id, question
    for term in course.terms:
        yield f"glossary/{term.unit}.yaml", term.id, term
    for formula in course.formulas:
        yield f"formulas/{formula.unit}.yaml", formula.id, formula
    for diagram in course.diagrams:
        yield f"diagrams/{diagram.id}.yaml", diagram.id, diagram


def _not_set(key: Key) -> str:
    tex = " ".join(key[0].split())
    start = tex if len(tex) <= _LONGEST_TOLD else tex[: _LONGEST_TOLD - 3] + "..."
    return f"${start}$ has not been set; run `{_RUN}`, which says if it is wrong."


def _faults(tex: str, values: Values) -> list[str]:
    """What is wrong with a formula once these numbers stand in it."""
    if not names(tex) <= values.keys():
        return []  # told elsewhere
    filled = fill(tex, values)
    alone = [
        f"{place} needs braces: without them only its first sign counts." for place in _ONE_SIGN.findall(tex)
    ]
    return [*alone, *unknown_in_maths(filled), *unpaired_in_maths(filled)]
