"""Library: all there is to read, from the bank, and each page of it as text, heading and paper. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from content.diagram import Diagram
from content.glossing import ADDRESS, Glossary
from content.records import SheetFormula, Term, Topic, TopicProgress, Unit
from studyapp.reading import heading, place
from studyapp.reading.contents import contents
from studyapp.reading.gallery import gallery
from studyapp.reading.gathered import in_the_exam, put_right
from studyapp.reading.glossary import glossary
from studyapp.reading.heading import Heading
from studyapp.reading.memory import ReadingMemory
from studyapp.reading.place import ReadingPlace
from studyapp.reading.sheet import checked, sheet
from studyapp.reading.special import BY_KEY
from studyapp.reading.text import Text, plain
from studyapp.reading.unit import unit_text
from studyapp.store import Store


@dataclass(frozen=True, slots=True)
class Paper:
    """A page as it is printed."""

    markdown: str
    title: str
    two_columns: bool = False


class Library:
    """What the bank held when it was made, and how far one was at the last `refresh`."""

    def __init__(self, store: Store, memory: ReadingMemory) -> None:
        self._store, self._memory = store, memory
        self.topics: Mapping[str, Topic] = {topic.id: topic for topic in store.topics()}
        self.units: Mapping[str, Unit] = {unit.id: unit for unit in store.units()}
        self.terms: Mapping[str, Term] = {term.id: term for term in store.terms()}
        self.formulas: Mapping[str, SheetFormula] = {one.id: one for one in store.formulas()}
        self.diagrams: Mapping[str, Diagram] = {one.id: one for one in store.diagrams()}
        self._glossary = Glossary(self.terms.values())
        self._progress: dict[str, TopicProgress] = {}

    @property
    def explained(self) -> Mapping[str, tuple[str, str, str]]:
        """Address of a link -> (title, Markdown, what a click does), of what explains itself."""
        where = "Click, or Enter: show it in the glossary"
        made = {f"{ADDRESS}{term.id}": (term.term, term.says, where) for term in self.terms.values()}
        for one in self.formulas.values():
            made[f"check:{one.id}"] = (one.title, checked(one), "")
        return made

    @property
    def progress(self) -> Mapping[str, TopicProgress]:
        """How far each topic has come, as it was at the last `refresh`."""
        if not self._progress:
            self._progress = {one.topic: one for one in self._store.progress()}
        return self._progress

    def refresh(self) -> None:
        """Something was learnt."""
        self._progress = {}

    @property
    def order(self) -> tuple[str, ...]:
        """The keys of all pages that follow on each other: a unit, then its notes, then the next unit."""
        keys: list[str] = []
        for topic in self.topics.values():
            if f"unit:{topic.unit}" not in keys:
                keys.append(f"unit:{topic.unit}")
            keys.append(f"topic:{topic.id}")
        return tuple(keys)

    def neighbour(self, where: ReadingPlace, offset: int) -> str:
        """The key of the page before (-1) or after (1); empty for none.

        The contents lead to the first unit, the formulas of a unit to those of the next one.
        """
        if where.page == place.CONTENTS:
            return self.order[0] if offset > 0 else ""
        order = self.order
        if where.page == place.SHEET:
            units = {formula.unit for formula in self.formulas.values()}
            order = tuple(f"{place.SHEET}:{unit}" for unit in self.units if unit in units)
        if where.key not in order:
            return ""
        number = order.index(where.key) + offset
        return order[number] if 0 <= number < len(order) else ""

    def missing(self, where: ReadingPlace) -> str:
        """Why this place cannot be shown, in a sentence; empty when it can."""
        tables: list[tuple[str, str, Mapping[str, object]]] = [
            ("note", where.id if where.page == place.NOTE else "", self.topics),
            ("unit", where.id if where.page in (place.UNIT, place.SHEET) else "", self.units),
            ("term in the glossary", where.item if where.page == place.GLOSSARY else "", self.terms),
            ("formula on the sheet", where.item if where.page == place.SHEET else "", self.formulas),
            ("diagram", where.item if where.page == place.DIAGRAMS else "", self.diagrams),
        ]
        for what, name, table in tables:
            if name and name not in table:
                return f"There is no {what} called “{name[:60]}” in this course."
        if where.page in (place.NOTE, place.UNIT) and not where.id:
            return "This link says no name of a note."
        return ""

    def title(self, key: str) -> str:
        """Of a page, by its key."""
        where = ReadingPlace.read(key)
        return self.heading(where).title if where is not None else ""

    def text(self, where: ReadingPlace, words: str = "") -> Text:
        """What stands on the page; `words` filter the special ones."""
        if where.page == place.NOTE:
            return Text(self._glossary.marked(self.topics[where.id].body, where.id))
        if where.page == place.UNIT:
            made = unit_text(self.units[where.id], tuple(self.topics.values()), self._memory.read)
            return Text(self._glossary.marked(made.markdown), count=made.count)
        return self._special(where, words)

    def heading(self, where: ReadingPlace) -> Heading:
        """What stands above the page."""
        read, progress = self._memory.read, self.progress
        if where.page == place.NOTE:
            return heading.of_topic(self.topics[where.id], self.topics, progress.get(where.id), read)
        if where.page == place.UNIT:
            unit = self.units[where.id]
            return heading.of_unit(unit, tuple(self.topics.values()), tuple(progress.values()), read)
        if where.page == place.SHEET and where.id:
            return heading.of_unit_sheet(self.units[where.id])
        is_counted = where.page in (place.EXAM, place.PUT_RIGHT)
        return heading.of_special(where.page, self._special(where, on_paper=True).count if is_counted else 0)

    def paper(self, where: ReadingPlace, words: str = "") -> Paper:
        """The page for a printer; of a special one, what the filter has left."""
        if where.page == place.NOTE:
            topic = self.topics[where.id]
            return Paper(f"# {plain(topic.title)}\n\n*{plain(topic.summary)}*\n\n{topic.body}", topic.title)
        if where.page == place.UNIT:
            unit = self.units[where.id]
            return Paper(f"# {plain(unit.title)}\n\n{unit.body or self.text(where).markdown}", unit.title)
        above, columns = self.heading(where), where.page in (place.SHEET, place.GLOSSARY)
        explained = BY_KEY[where.page].explained
        said = above.summary if explained and not words.strip() else explained  # the summary counts all
        blocks = (f"# {above.title}", f"*{said}*" if said else "", self._special(where, words, True).markdown)
        return Paper("\n\n".join(filter(None, blocks)), above.title, two_columns=columns)

    def _special(self, where: ReadingPlace, words: str = "", on_paper: bool = False) -> Text:
        """What stands on one of the special pages."""
        topics, marked = tuple(self.topics.values()), None if on_paper else self._glossary.marked
        match where.page:
            case place.GLOSSARY:
                return glossary(tuple(self.terms.values()), self.topics, words, on_paper)
            case place.SHEET:
                formulas, units = tuple(self.formulas.values()), tuple(self.units.values())
                return sheet(formulas, units, self.topics, words, where.id, on_paper)
            case place.DIAGRAMS:
                return gallery(tuple(self.diagrams.values()), self.topics, words)
            case place.EXAM:
                return in_the_exam(topics, words, marked)
            case place.PUT_RIGHT:
                return put_right(topics, words, marked)
            case _:
                return contents(topics, self.progress, self._memory.read)
