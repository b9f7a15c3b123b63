"""`studyapp search` and `studyapp note`: the course in the terminal, its notes and the pages of its units."""

from __future__ import annotations

import argparse
import dataclasses
import difflib
from pathlib import Path
from typing import Any

from content.records import Topic, Unit
from content.search_hit import Hit
from studyapp.commands.bank import opened_bank
from studyapp.commands.voice import Voice, add_json, whole_number, word
from studyapp.reading.unit import unit_text


def add_to(jobs: Any) -> None:
    """Add both to the command line."""
    search = jobs.add_parser("search", help="find words in notes, cards, questions, glossary, formulas")
    search.add_argument(
        "words", nargs="+", type=word, help="all must be there; each may be the beginning of one"
    )
    search.add_argument("--most", type=whole_number, default=12, help="at most so many (12)")
    search.set_defaults(run=find)
    note = jobs.add_parser("note", help="read a note or the page of a unit, as Markdown")
    note.add_argument(
        "topic", type=word, help="id of a topic or a unit, as `search` shows it: forget-gate, unit:lstm"
    )
    note.set_defaults(run=read)
    for made in (search, note):
        made.add_argument("--bank", type=Path, metavar="FILE", help="this bank instead of your usual one")
        add_json(made)


def find(said: argparse.Namespace, voice: Voice) -> bool:
    with opened_bank(said) as (bank, _):
        hits = bank.search(" ".join(said.words), said.most)
    for hit in hits:
        snippet = hit.snippet.replace("\x02", "").replace("\x03", "")
        facts = {"kind": hit.kind, "id": hit.id, "topic": hit.topic, "title": hit.title, "snippet": snippet}
        voice.say(_shown(hit, snippet), **facts)
    if not hits:
        voice.fail(
            "Nothing in the course has these words; try fewer, or the beginnings of words.", kind="NotFound"
        )
    return bool(hits)


def read(said: argparse.Namespace, voice: Voice) -> bool:
    with opened_bank(said) as (bank, _):
        topics, units = bank.topics(), {f"unit:{unit.id}": unit for unit in bank.units()}
    notes = {topic.id: topic for topic in topics}
    name = said.topic.removeprefix("topic:")
    page = notes.get(name) or units.get(name) or units.get(f"unit:{name}")
    if page is None:
        near = difflib.get_close_matches(name, [*notes, *units])
        hint = f" Near it: {', '.join(near)}." if near else ""
        voice.fail(f"There is no note or unit {said.topic!r}.{hint}", kind="NotFound")
        return False
    voice.say(_as_text(page, topics), **dataclasses.asdict(page))
    return True


def _as_text(page: Topic | Unit, topics: tuple[Topic, ...]) -> str:
    if isinstance(page, Unit):
        return f"# {page.title}\n\n{unit_text(page, topics, ()).markdown.rstrip()}"
    return f"# {page.title}\n\n{page.summary}\n\n{page.body.rstrip()}"


def _shown(hit: Hit, snippet: str) -> str:
    return f"{hit.kind:9} {hit.id:44} {hit.title}\n          {snippet}"
