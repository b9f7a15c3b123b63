"""Searching: Ctrl+K. What is typed is looked up in the bank, or among the commands; what is chosen is opened.

Joins the palette with the store and the window; knows no page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from content.errors import ContentError
from content.search_hit import Hit
from studyapp import actions
from studyapp.actions import EVERYWHERE, Action
from studyapp.quiz_wish import QuizWish
from studyapp.reading import place
from studyapp.reading.place import ReadingPlace
from studyapp.search_results import ANY, EMPTY, NOTHING, by_kind, matched, special_pages
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.card_preview import CardPreview
from studyapp.widgets.palette import Entry, Palette
from studyapp.window import Window

_COMMAND = ">"
_MOST, _KEPT = 150, 8  # hits, of which the palette shows some of each kind; searches
_PLACES = {"unit": place.UNIT, "term": place.GLOSSARY, "formula": place.SHEET, "diagram": place.DIAGRAMS}


@dataclass(frozen=True, slots=True)
class _Again:
    """Search for this once more."""

    text: str


class Searching(QObject):
    """One palette over one window.

    Attributes:
        palette: the box and its list. preview: the card that is looked at, or None.
    """

    def __init__(self, theme: Theme, store: Store, settings: Settings, window: Window) -> None:
        super().__init__(window)
        self._theme, self._store, self._settings, self._window = theme, store, settings, window
        self._titles: dict[str, tuple[str, str]] = {}  # topic -> title, unit
        self._asked = ""
        self.palette = Palette(theme, window)
        self.preview: CardPreview | None = None
        self.palette.asked.connect(self._on_asked)
        self.palette.chosen.connect(self._on_chosen)
        window.search_wanted.connect(self.begin)
        store.opened.connect(self._titles.clear)

    def begin(self) -> None:
        """Open the palette, or close it when it is open."""
        if self.palette.isVisible():
            self.palette.close_palette()
        else:
            self.palette.begin()

    @property
    def last(self) -> tuple[str, ...]:
        """What was searched for, the latest first."""
        kept = self._settings.knobs("search").get("last")
        return tuple(text for text in kept if isinstance(text, str)) if isinstance(kept, list) else ()

    # --- what is typed ---

    def _on_asked(self, text: str) -> None:
        self._asked = text.strip()
        if self._asked.startswith(_COMMAND):
            found = self._commands(self._asked[1:])
            self.palette.show_entries(found, "Enter does it." if found else "No command has these words.")
        elif not self._asked:
            last = [Entry("Last searches", "history", text, target=_Again(text)) for text in self.last]
            self.palette.show_entries(last, EMPTY)
        elif not self._store.is_open:
            self.palette.show_entries((), "Your bank is not open yet: there is nothing to search.")
        else:
            found = special_pages(self._asked)
            found += by_kind(self._store.search(self._asked, _MOST), self._topic_titles())
            self.palette.show_entries(found, ANY if found else NOTHING)

    def _commands(self, text: str) -> Sequence[Entry]:
        """Those of the page on screen first, then of everywhere, then of the other pages."""
        words = text.casefold().split()
        labels = {spec.id: spec.label for spec in self._window.pages} | {EVERYWHERE: "Everywhere"}
        here = self._window.page_id
        order = [here, EVERYWHERE, *(name for name in labels if name not in (here, EVERYWHERE))]
        return [
            Entry(labels[where], "terminal", action.text, side=_keys(action), target=action)
            for where in order
            for action in actions.of(where)
            if not action.by_widget and action.id != "window.search"
            if all(word in f"{labels[where]} {action.text}".casefold() for word in words)
        ]

    def _topic_titles(self) -> dict[str, tuple[str, str]]:
        if not self._titles:
            self._titles.update({t.topic: (t.title, t.unit_title) for t in self._store.progress()})
        return self._titles

    # --- what is chosen ---

    def _on_chosen(self, target: object) -> None:
        if isinstance(target, _Again):
            self.palette.begin(target.text)
            return
        if isinstance(target, Action):
            self._do(target)
        elif isinstance(target, (Hit, ReadingPlace)):
            self._remember(self._asked)
            self._open(target)

    def _do(self, action: Action) -> None:
        if action.where not in (EVERYWHERE, self._window.page_id):
            self._window.show_page(action.where)
        page = None if action.where == EVERYWHERE else self._window.page(action.where)
        actions.do(page or self._window, action.id)

    def _open(self, hit: Hit | ReadingPlace) -> None:
        if isinstance(hit, ReadingPlace):
            self._window.show_page("notes", hit)
        elif hit.kind == "card":
            self._preview(hit)
        elif hit.kind == "question":
            self._window.show_page("quiz", QuizWish(question=hit.id))
        elif hit.kind == "note":
            self._window.show_page("notes", ReadingPlace(place.NOTE, hit.id, words=matched(hit)))
        elif hit.kind == "unit":
            self._window.show_page("notes", ReadingPlace(place.UNIT, hit.id, words=matched(hit)))
        else:
            self._window.show_page("notes", ReadingPlace(_PLACES[hit.kind], item=hit.id))

    def _preview(self, hit: Hit) -> None:
        try:
            card = next((c for c in self._store.cards(hit.topic) if c.id == hit.id), None)
        except ContentError as error:
            self._window.say(str(error))
            return
        if card is None:
            self._window.say("This card is no longer in the course.")
        elif card.diagram:
            self._window.show_page("notes", ReadingPlace(place.DIAGRAMS, item=card.diagram))
        else:
            title, _ = self._topic_titles().get(card.topic, (card.topic, ""))
            self.preview = preview = CardPreview(self._theme, card, title, self._window)
            preview.note.connect(lambda: self._window.show_page("notes", card.topic))
            preview.review.connect(lambda: self._window.show_page("cards", card.topic))
            preview.link.connect(self._on_link)
            preview.finished.connect(self._on_preview_closed)
            preview.open()

    def _on_link(self, address: str) -> None:
        page = self._window.page(self._window.page_id)
        if page is not None:
            page.follow(address)

    def _on_preview_closed(self) -> None:
        if self.preview is not None:
            self.preview.deleteLater()
            self.preview = None

    def _remember(self, text: str) -> None:
        kept = [text, *(old for old in self.last if old.casefold() != text.casefold())]
        self._settings.keep_knobs("search", {"last": kept[:_KEPT]})


def _keys(action: Action) -> str:
    return actions.key_text(action.keys[0]) if action.keys else ""
