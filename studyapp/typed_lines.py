"""What a student may type about a recurrence: a reader of lines, and the keys of the palette.

The parser is imported when it is first needed. Pure: no Qt but the palette's Key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.report import Line, Report
from studyapp.typed_names import Language
from studyapp.widgets.typed_line import Key

SIGNS = (
    Key("Σ", "sum_{i=1}^{n} |", "Sum: sum_{i=1}^{n} i"),
    Key("Π", "prod_{i=1}^{n} |", "Product: prod_{i=1}^{n} i"),
    Key("√", "sqrt(|)", "Square root"),
    Key("⌊ ⌋", "floor(|)", "Rounded down"),
    Key("⌈ ⌉", "ceil(|)", "Rounded up"),
    Key("log", "log ", "Logarithm to base 2; log_3 n has another base, ln n is natural"),
    Key("Θ", "Theta(|)", "Class of growth; O(...) and Omega(...) as well"),
)
_SILENT = r"\\(?:begin|end|text)\{[^{}]*\}|\[[0-9]+pt\]"
_LETTER = re.compile(rf"{_SILENT}|\\mathrm\{{([A-Za-z]_[0-9]+)\}}|\\[A-Za-z]+|([A-Za-z])")


def of_recurrence(job: RecurrenceJob, report: Report) -> Language:
    """The language of the lines about the recurrence of `job`."""
    from engine.practice.reading import read
    from engine.symbolic.parser import parse_recurrence

    names = parse_recurrence(job.text).names
    sequence, variable = names
    found = letters(report.lines) - set(names)
    keys = (
        Key(f"{sequence}({variable})", f"{sequence}(|)", f"A term: {sequence}({variable}-1)"),
        *(Key(letter, letter, f"The letter {letter}") for letter in sorted({*found, variable})),
    )
    name = f"{report.title}\n{job.method}\n{job.text}"
    example = f"{sequence}({variable}) = …"
    return Language(lambda text: read(text, names, found).latex, keys, SIGNS, example, name)


def letters(lines: Iterable[Line]) -> set[str]:
    """The letters that stand in the lines, with their numbers where they have such: "n", "c_3"."""
    found = (match for line in lines for match in _LETTER.finditer(line.latex))
    return {match[1] or match[2] for match in found if match[1] or match[2]}
