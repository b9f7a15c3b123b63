"""What a student may type about a recurrence or code: a reader of lines, and the keys of the palette.

The parser is imported when it is first needed. Pure: no Qt but the palette's Key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from engine.symbolic.jobs import CodeJob, RecurrenceJob
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
_MOST = 14  # counts of lines among the keys
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


def of_code(job: CodeJob, report: Report) -> Language:
    """The language of the lines about the counts of `job`; of recursive code, that of its recurrence."""
    from engine.practice.reading import TOTAL, read
    from engine.symbolic.formula import Names

    if report.found is not None and report.found.recurrence:
        told = of_recurrence(RecurrenceJob(report.found.recurrence), report)
        return replace(told, name=_name(report, job))
    found = letters(report.lines)
    names = Names("", next((letter for letter in "nmk" if letter in found), "n"))
    counts = sorted((letter for letter in found if "_" in letter), key=lambda one: int(one.partition("_")[2]))
    keys = (
        *(Key(one, one, f"How often line {one.partition('_')[2]} is executed") for one in counts[:_MOST]),
        Key(TOTAL, TOTAL, "How often all lines together are executed"),
        *(Key(letter, letter, f"The letter {letter}") for letter in sorted(found - {TOTAL, *counts})),
    )
    example = f"{counts[0] if counts else TOTAL} = …"
    return Language(lambda text: read(text, names, found).latex, keys, SIGNS, example, _name(report, job))


def _name(report: Report, job: CodeJob) -> str:
    return f"{report.title}\n{job.function}\n{job.case}\n{job.text}"


def letters(lines: Iterable[Line]) -> set[str]:
    """The letters that stand in the lines, with their numbers where they have such: "n", "c_3"."""
    found = (match for line in lines for match in _LETTER.finditer(line.latex))
    return {match[1] or match[2] for match in found if match[1] or match[2]}
