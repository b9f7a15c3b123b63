"""`studyapp derive --batch FILE.jsonl`: an exercise sheet, one request a line, one answer a line.

All in one process, which is replaced when a request hangs or kills it. A line that is no request
gets a refusal in its place and stops nothing; empty lines are skipped.

    {"recurrence": "T(n) = 2T(n/2) + n"}    {"code": "..."}    {"compare": ["n", "n^2"]}
    {"sort": ["n^2", "n"]}    {"f": "n", "g": "n^2"}    {"kind": "recurrence", "input": "..."}

"id" is echoed; "method" goes with a recurrence, "function" and "case" with code.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from engine.symbolic.jobs import CodeJob, CompareJob, Question, RecurrenceJob, SortJob
from engine.symbolic.report import Report
from studyapp.commands import derive_asking, derive_json
from studyapp.commands.derive_questions import is_sound
from studyapp.commands.voice import Voice

MAX_LINE = 200_000  # bytes
MAX_SHOWN = 200  # bytes of a line that is no request
MAX_FUNCTIONS = 100  # that are sorted at once
_KINDS = ("recurrence", "code", "compare", "sort")
_INPUTS = ("input", "text", "source", "functions")


class NotAsked(Exception):
    """A line that is no request; `str(error)` says why and what is."""


def run(name: str) -> bool:
    """Answer all lines of the file `name`, "-" for standard input; False if one way disagrees with another.

    Raises:
        OSError: the file cannot be read.
    """
    sound, voice = True, Voice(as_json=True)
    with _opened(name) as file:
        asker = derive_asking.Asker(derive_asking.questions)
        try:
            for raw in _lines(file):
                sound = _line(raw, asker, voice) and sound
        finally:
            asker.close()
    return sound


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
    else:
        with Path(name).open("rb") as file:
            yield file


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines that say something; of one that is too long only the beginning."""
    while raw := file.readline(MAX_LINE + 1):
        tail = raw
        while len(tail) > MAX_LINE and not tail.endswith(b"\n"):
            tail = file.readline(MAX_LINE + 1)  # read past the rest, a piece at a time
        if raw.strip():
            yield raw


def _line(raw: bytes, asker: derive_asking.Asker, voice: Voice) -> bool:
    said: Any = None
    try:
        said = _read(raw)
        job = job_of(said)
    except NotAsked as why:
        shown = raw[:MAX_SHOWN].decode("utf-8", "replace").strip()
        told = derive_json.refused(str(why), "Correct this line.")
        voice.say("", **_key(said), kind=None, input=shown, **told, seconds=0.0)
        return True
    answer, seconds = asker.answer(job)
    voice.say("", **_key(said), **derive_json.fields(job, answer, seconds))
    return is_sound(answer) or not isinstance(answer, Report)


def _key(said: Any) -> dict[str, Any]:
    """The "id" of a request, where it is one that can be echoed."""
    key = said.get("id") if isinstance(said, dict) else None
    plain = isinstance(key, str | int) or (isinstance(key, float) and math.isfinite(key))
    return {"id": key} if plain else {}


def _read(raw: bytes) -> Any:
    if len(raw) > MAX_LINE:
        raise NotAsked(f"The line is longer than {MAX_LINE:,} bytes, the most that is read.")
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotAsked('The line is not JSON, such as {"recurrence": "T(n) = T(n-1) + 1"}.') from None


def _no_number(name: str) -> None:
    raise ValueError(name)


def job_of(said: Any) -> Question:
    """The request that a line's object makes.

    Raises:
        NotAsked: it makes none.
    """
    if not isinstance(said, dict):
        raise NotAsked('The line is no object, such as {"recurrence": "T(n) = T(n-1) + 1"}.')
    kind, given = _kind(said)
    if kind == "recurrence":
        return RecurrenceJob(_text(kind, given), _option(said, "method", ""))
    if kind == "code":
        case = _option(said, "case", "worst")
        if case not in ("worst", "best"):
            raise NotAsked(f"“case” is {case[:40]!r}; it can be worst or best.")
        return CodeJob(_text(kind, given), _option(said, "function", ""), case)
    functions = _functions(kind, given)
    if kind == "sort":
        return SortJob(functions)
    if len(functions) != 2:
        raise NotAsked(f"Two functions are compared; here are {len(functions)}.")
    return CompareJob(*functions)


def _kind(said: Mapping[str, Any]) -> tuple[str, Any]:
    """What is asked for, and about what."""
    kind = said.get("kind")
    if isinstance(kind, str) and kind in _KINDS:
        given = next((said[key] for key in (kind, *_INPUTS) if key in said), None)
        if given is None and "f" in said and "g" in said:
            given = [said["f"], said["g"]]
        return kind, given
    if kind is not None:
        raise NotAsked(f"“kind” can be {', '.join(_KINDS)}.")
    found = [key for key in _KINDS if key in said]
    if len(found) == 1:
        return found[0], said[found[0]]
    if not found and "f" in said and "g" in said:
        return "compare", [said["f"], said["g"]]
    raise NotAsked(f"It should have one of the keys {', '.join(_KINDS)}.")


def _text(kind: str, given: Any) -> str:
    if not isinstance(given, str):
        raise NotAsked(f"What is given for “{kind}” should be text.")
    return given


def _functions(kind: str, given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not given or not all(isinstance(each, str) for each in given):
        raise NotAsked(f"What is given for “{kind}” should be a list of functions, each as text.")
    if len(given) > MAX_FUNCTIONS:
        raise NotAsked(f"There are {len(given)} functions; {MAX_FUNCTIONS} is the most.")
    return tuple(given)


def _option(said: Mapping[str, Any], key: str, default: str) -> str:
    value = said.get(key, default)
    if not isinstance(value, str):
        raise NotAsked(f"“{key}” should be text.")
    return value
