"""What is kept of "Check my working" between two starts: the notes of one derivation, as plain JSON.

Read with mistrust: what is no number of a line, no verdict or too long is left out. Pure: no Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.symbolic.report import Judged
from studyapp.working_notes import Notes, Tried

MOST, LONGEST = 30, 400  # texts that are kept, characters of one
_LINES = 1000  # no derivation has more
_JUDGED = {one.name: one for one in Judged}


def kept(key: str, notes: Notes) -> dict[str, Any]:
    """The notes of the derivation that is called `key`."""
    texts = [one for one in notes.tried if len(one.text) <= LONGEST][-MOST:]
    return {
        "key": key,
        "known": notes.known,
        "found": sorted(notes.found),
        "revealed": sorted(notes.revealed),
        "skipped": sorted(notes.skipped),
        "tried": [[one.text, one.line, one.judged.name if one.judged else ""] for one in texts],
        "draft": notes.draft if len(notes.draft) <= LONGEST else "",
    }


def recalled(found: object) -> tuple[str, Notes] | None:
    """What `kept` gave, without lines: they come with the derivation. None where there is no such thing."""
    if not isinstance(found, Mapping) or not isinstance(found.get("key"), str):
        return None
    key, draft = found["key"], found.get("draft")
    notes = Notes((), known=next(iter(_numbers([found.get("known")])), 0))
    notes.found, notes.revealed = _numbers(found.get("found")), _numbers(found.get("revealed"))
    notes.skipped = _numbers(found.get("skipped"))
    notes.tried = tuple(_tried(found.get("tried")))
    notes.draft = draft if isinstance(draft, str) and _is_text(draft) else ""
    return key, notes


def _numbers(found: object) -> set[int]:
    """The numbers of lines in it."""
    listed = found if isinstance(found, list) else []
    return {one for one in listed if type(one) is int and 0 <= one <= _LINES}


def _tried(found: object) -> list[Tried]:
    listed = found[-MOST:] if isinstance(found, list) else []
    made = []
    for one in listed:
        match one:
            case [str(text), int(line), str(name)] if _is_text(text) and 0 <= line <= _LINES:
                made.append(Tried(text, int(line), _JUDGED.get(name)))
    return made


def _is_text(text: object) -> bool:
    return isinstance(text, str) and len(text) <= LONGEST and text.isprintable()
