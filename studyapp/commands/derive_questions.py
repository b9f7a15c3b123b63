"""`studyapp derive recurrence | code | compare | sort`: one question, answered in words or as JSON."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from engine.errors import FormulaError, TaskError
from engine.symbolic.jobs import CodeJob, CompareJob, Question, RecurrenceJob, SortJob
from engine.symbolic.report import Answer, Refusal, Report
from studyapp.commands import derive_asking, derive_json, derive_words
from studyapp.commands.voice import Voice, add_json, word

MAX_FILE = 100_000  # bytes of pasted code


def add_to(kinds: Any) -> None:
    """Add the four kinds to `studyapp derive`."""
    recurrence = kinds.add_parser("recurrence", help='e.g. "T(n) = 2T(n/2) + n, T(1) = 1"')
    recurrence.add_argument("text", type=word, help='in quotes: "T(n) = 3T(n-1), T(0) = 1"')
    recurrence.add_argument("--method", default="", type=word, help="tell it by this method, if it applies")
    recurrence.set_defaults(job=lambda said: RecurrenceJob(said.text, said.method))
    code = kinds.add_parser("code", help="how often each line of a Python file is executed; it is never run")
    code.add_argument("file", help="the file, or - for standard input")
    code.add_argument("--function", default="", type=word, help="the one to count (found by itself)")
    code.add_argument("--case", choices=("worst", "best"), default="worst", help="where it depends on data")
    code.set_defaults(job=lambda said: CodeJob(code_of(said.file), said.function, said.case))
    compare = kinds.add_parser("compare", help='O, Omega, Theta, o, omega of two functions: "n log n" "n^2"')
    compare.add_argument("first", type=word)
    compare.add_argument("second", type=word)
    compare.set_defaults(job=lambda said: CompareJob(said.first, said.second))
    sort = kinds.add_parser("sort", help='functions by growth: "n^2" "n log n" "2^n"')
    sort.add_argument("functions", nargs="+", type=word)
    sort.set_defaults(job=lambda said: SortJob(tuple(said.functions)))
    for kind in (recurrence, code, compare, sort):
        kind.set_defaults(run=_run)
        add_json(kind)


def code_of(name: str) -> str:
    """The text of the file `name`; "-" is standard input. Line ends become \\n.

    Raises:
        TaskError: it is too large, or no text.
        OSError: it cannot be read.
    """
    raw = sys.stdin.buffer.read(MAX_FILE + 1) if name == "-" else Path(name).read_bytes()
    if len(raw) > MAX_FILE:
        raise TaskError(f"{name} is larger than {MAX_FILE:,} bytes, the most that is read. Leave parts out.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TaskError(
            f"{name} is no text in UTF-8: byte {error.start} cannot be read. Save it so."
        ) from None
    return "\n".join(text.splitlines())


def _run(said: argparse.Namespace, voice: Voice) -> bool:
    """Derive and print; False for a refusal, or if two ways to the result disagree."""
    job: Question = said.job(said)
    answer, seconds = derive_asking.ask_timed(job, derive_asking.questions_like(job))
    if voice.as_json:
        voice.say("", **derive_json.fields(job, answer, seconds))
    elif isinstance(answer, Report):
        voice.say(derive_words.words(answer))
    elif isinstance(answer, Refusal):
        refused(answer, voice)
    return is_sound(answer)


def is_sound(answer: Answer) -> bool:
    """A report whose ways to the result all agree."""
    return isinstance(answer, Report) and all(way.ok for way in answer.agreements)


def refused(refusal: Refusal, voice: Voice) -> None:
    """Say why, with a caret below the place where that is known."""
    caret = ""
    if refusal.column >= 0 and refusal.text:
        shown = refusal.text.splitlines()[refusal.line - 1] if refusal.line else refusal.text
        caret = FormulaError(refusal.reason, shown, refusal.column).caret() + "\n"
    where = f"Line {refusal.line}: " if refusal.line else ""
    sentence = f"{caret}{where}{refusal.reason} {refusal.way_out}".rstrip()
    voice.fail(sentence, kind="Refusal", column=refusal.column, way_out=refusal.way_out)
