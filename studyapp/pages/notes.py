"""Notes: everything there is to read, page by page. Knows the bank only by the Store and the Library."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.errors import ConfigError
from studyapp import actions
from studyapp.diagrams.window import show_large
from studyapp.printing import Printing
from studyapp.quiz_wish import QuizWish
from studyapp.reading import place
from studyapp.reading.library import Library
from studyapp.reading.links import way
from studyapp.reading.memory import ReadingMemory
from studyapp.reading.place import ReadingPlace
from studyapp.reading.special import PAGES
from studyapp.settings import NOTE_SIZE, NOTE_SIZES, Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.course_tree import CourseTree
from studyapp.widgets.empty_state import EmptyState
from studyapp.widgets.note_card import NoteCard
from studyapp.widgets.note_pictures import NotePictures
from studyapp.widgets.outline import Outline
from studyapp.widgets.page import Page
from studyapp.widgets.progress_dot import Share

_LIST, _OUTLINE = 252, 176  # px
_OUTLINE_FROM = 1000  # px of the page: below, text of the usual size needs the room
_SPARE_FROM = 1300  # px of the page: from here on an outline of one heading stands in nobody's way
_ROOM = 27  # px that the text needs more for each px of its size
_SPECIAL = tuple((page.key, page.icon, page.title, page.tip) for page in PAGES)
_FILTERS = {page.key: page.filter for page in PAGES if page.filter}
_HERE = ("copy:", "check:")  # links that lead nowhere else
_OUTLINED = {page.key: page.outlined for page in PAGES}  # the deepest heading listed; else all


@dataclass(frozen=True, slots=True)
class _Left:
    """A page as it was left: `down` px of it, whatever had been looked for on it."""

    where: ReadingPlace
    down: int


class NotesPage(Page):
    """The course on the left, what is read in the middle, its headings on the right."""

    def __init__(self, theme: Theme, store: Store, settings: Settings) -> None:
        super().__init__()
        self._theme, self._store, self._settings = theme, store, settings
        self._memory = ReadingMemory(store, settings)
        self._library: Library | None = None
        self._shown = ReadingPlace("")
        self._downs: dict[str, int] = {}  # how far down each page was left, px
        self._wanted: ReadingPlace | None = None  # until the bank is open
        self._at_first: ReadingPlace | None = None  # until the page is on screen
        self._pictures = NotePictures(lambda: theme.colours)
        self._tree, self._outline = CourseTree(theme, _SPECIAL), Outline()
        self._card = NoteCard(theme, settings.note_size, self._pictures)
        self._printing = Printing(self, theme)
        self._empty = EmptyState(theme)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._bind()
        self._on_opened()

    # --- what the window calls ---------------------------------------------------------------

    def open(self, target: object) -> None:
        """Show this place: a ReadingPlace, or its address, e.g. "forget-gate" or "unit:lstm"; or what
        was `here` before.
        """
        if isinstance(target, _Left):
            self._return_to(target)
            return
        where = ReadingPlace.read(target) if isinstance(target, str) else target
        if not isinstance(where, ReadingPlace):
            return
        if self._library is None:
            self._wanted = where
        elif missing := self._library.missing(where):
            self.said.emit(missing)
        else:
            self._go_to(where)

    @property
    def here(self) -> object:
        """The page that is read, and how far down it is."""
        shown = self._shown
        return _Left(ReadingPlace(shown.page, shown.id), self._card.reader.down) if shown.page else None

    def follow(self, address: str) -> None:
        """Most links of a text stay on this page."""
        if address.startswith(_HERE):
            self._copy(address)
            return
        try:
            found = way(address)
        except ConfigError as error:
            self.said.emit(str(error))
            return
        if address.startswith("diagram:") and self._shown.page == place.DIAGRAMS:
            self._enlarge(address.removeprefix("diagram:"))
        elif found.page == "notes":
            self.open(found.target)
        else:
            self.navigate.emit(found.page, found.target)

    def entered(self) -> None:
        self._refresh_progress()
        if self._at_first is not None:  # now there is a size in which to scroll
            first, self._at_first = self._at_first, None
            QTimer.singleShot(0, self, lambda: self._look_at(first))
        self._tree.tree.setFocus()

    def closing(self) -> None:
        self._leave()
        if self._shown.page:
            self._settings.topic = self._shown.key
        self._memory.keep()

    # --- what is shown -----------------------------------------------------------------------

    def _on_opened(self) -> None:
        if not self._store.is_open:
            self._show_empty("notebook-text", "Opening your bank …", "The notes will be here in a moment.")
            return
        self._memory.forget()
        self._library = library = Library(self._store, self._memory)
        if not library.topics:
            self._library = None
            self._show_empty("notebook-text", "No notes", "This bank holds no course.")
            return
        self._pictures.show_diagrams(library.diagrams.values())
        self._card.reader.show_explained(library.explained)
        self._tree.show_course(tuple(library.topics.values()), self._memory.folded)
        self._shown = ReadingPlace("")
        kept = ReadingPlace.read(self._settings.topic) if self._settings.topic else None
        first = next((w for w in (self._wanted, kept) if w and not library.missing(w)), None)
        self._wanted = None
        self._at_first = first or ReadingPlace(place.CONTENTS)
        self._go_to(self._at_first)
        self._refresh_progress()
        self._stack.setCurrentIndex(0)

    def _on_failed(self, _error: object) -> None:
        if not self._store.is_open:
            self._show_empty(
                "circle-alert", "No bank is open", "Above is what happened, and what you can do."
            )

    def _show_empty(self, icon: str, title: str, sentence: str) -> None:
        self._empty.show_words(icon, title, sentence)
        self._stack.setCurrentWidget(self._empty)

    def _go_to(self, where: ReadingPlace) -> None:
        """Show a place that there is; the tree follows."""
        self._turn_to(where)
        self._look_at(where)
        QTimer.singleShot(0, self, lambda: self._look_at(where))  # a page just built has its size then

    def _return_to(self, left: _Left) -> None:
        if self._library is None or self._library.missing(left.where):
            return  # another bank has been opened since
        self._turn_to(left.where)
        self._card.reader.verticalScrollBar().setValue(left.down)

    def _turn_to(self, where: ReadingPlace) -> None:
        if where.key != self._shown.key:
            self._show_page(where)
        if not self._tree.choose(where.key):
            self._tree.choose(where.page)

    def _show_page(self, where: ReadingPlace) -> None:
        assert self._library is not None  # noqa: S101 - for the type checker: nothing is chosen without one
        if self._shown.page:
            self.moving.emit()
        self._leave()
        self._shown = where
        self._settings.topic = where.key
        text = self._library.text(where)
        self._show_outline(text.markdown)
        self._card.show_filter(_FILTERS.get(where.page, ""))
        self._card.show_text(self._library.heading(where), text.markdown, self._downs.get(where.key, 0))
        self._show_ways()

    def _look_at(self, where: ReadingPlace) -> None:
        """At the thing on the page that was asked for, if any."""
        item = where.item or (where.id if where.page == place.SHEET else "")
        if self._library is None or where.key != self._shown.key:
            return
        if item:
            if self._card.filter.text():
                self._card.show_filter(_FILTERS[where.page])
                self._show_filtered("")
            self._card.reader.go_to_heading(self._library.text(where).anchors.get(item, -1))
        elif where.words:
            self._card.reader.go_to_words(where.words)
        elif where.key not in self._downs and self._card.reader.down == 0:
            self._card.reader.go_to_place(self._memory.place(where.key))

    def _show_filtered(self, words: str) -> None:
        """Show only what has these words."""
        if self._library is None or self._shown.page not in _FILTERS:
            return
        text = self._library.text(self._shown, words)
        nothing = "Nothing here has these words. Ctrl+K searches the whole course.\n"
        self._card.reader.show_note(text.markdown if text.count else nothing)
        self._show_outline(text.markdown)
        self._card.count.setText(f"{text.count} found" if words else "")
        self._card.finder.again()

    def _show_outline(self, markdown: str) -> None:
        self._outline.show_note(markdown, _OUTLINED.get(self._shown.key, 6))
        self._make_room()

    def _leave(self) -> None:
        """Remember how far down the present page is."""
        if self._shown.page:
            self._downs[self._shown.key] = self._card.reader.down
            self._memory.leave(self._shown.key, self._card.reader.place if self._card.reader.down else 0)

    def _show_ways(self) -> None:
        def named(key: str) -> tuple[str, str]:
            return (key, self._library.title(key)) if key and self._library is not None else ("", "")

        self._card.show_ways(named(self._neighbour(-1)), named(self._neighbour(1)))

    def _neighbour(self, offset: int) -> str:
        """The key of the page before or after; empty for none."""
        return self._library.neighbour(self._shown, offset) if self._library is not None else ""

    def _refresh_progress(self) -> None:
        library = self._library
        if library is None or not self._shown.page:
            return
        library.refresh()
        shares: dict[str, Share] = {}
        for one in library.progress.values():
            share = Share(one.cards, one.seen, one.known, 1, one.topic in self._memory.read)
            shares[f"topic:{one.topic}"] = share
            shares[f"unit:{one.unit}"] = shares.get(f"unit:{one.unit}", Share()) + share
        self._tree.show_progress(shares)
        self._card.head.show_heading(library.heading(self._shown))
        if self._shown.page in (place.CONTENTS, place.UNIT):
            down = self._card.reader.down
            self._card.reader.show_note(library.text(self._shown).markdown, down)

    # --- set-up ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        aside = QWidget()
        self._tree.setFixedWidth(_LIST)
        self._outline.setFixedWidth(_OUTLINE)
        row = QHBoxLayout(aside)
        row.setContentsMargins(28, 22, 28, 24)
        row.setSpacing(16)
        row.addWidget(self._tree)
        row.addWidget(self._card, 1)
        row.addWidget(self._outline)
        self._stack.addWidget(aside)
        self._stack.addWidget(self._empty)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)

    def _connect(self) -> None:
        card, head = self._card, self._card.head
        self._tree.chosen.connect(self._on_chosen)
        self._tree.folding.connect(lambda: self._memory.fold(self._tree.folded))
        self._outline.chosen.connect(card.reader.go_to_heading)
        card.reader.heading_reached.connect(self._outline.mark)
        card.reader.link.connect(self.follow)
        card.filtered.connect(self._show_filtered)
        card.went.connect(self.open)
        head.link.connect(self.follow)
        head.review.connect(lambda: self.navigate.emit("cards", self._shown.id or None))
        head.quiz.connect(self._on_test)
        head.read.connect(self._on_read)
        head.larger.connect(lambda: self._resize_text(self._settings.note_size + 1))
        head.smaller.connect(lambda: self._resize_text(self._settings.note_size - 1))
        head.printing.connect(self._on_print)
        self._printing.said.connect(self.said)
        self._store.opened.connect(self._on_opened)
        self._store.failed.connect(self._on_failed)
        self._store.changed.connect(self._on_changed)

    def _bind(self) -> None:
        find, head = self._card.finder, self._card.head
        slots = {
            "notes.find": find.begin,
            "notes.find_next": find.find_next,
            "notes.find_before": find.find_before,
            "notes.filter": self._on_filter,
            "notes.next": lambda: self._go(1),
            "notes.before": lambda: self._go(-1),
            "notes.fold": lambda: self._tree.set_folded(len(self._tree.folded) < len(self._units())),
            "notes.read": lambda: self._on_read(not head.mark.isChecked()),
            "notes.test": self._on_test,
            "notes.print": self._on_print,
            "notes.larger": head.larger.emit,
            "notes.smaller": head.smaller.emit,
            "notes.normal": lambda: self._resize_text(NOTE_SIZE),
        }
        actions.bind(self, "notes", slots)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The outline goes where the text needs its place more."""
        needed = self._outline.list.count() > 1
        more = _ROOM * max(0, self._settings.note_size - NOTE_SIZE)
        self._outline.setVisible(self.width() >= (_OUTLINE_FROM if needed else _SPARE_FROM) + more)

    # --- slots -------------------------------------------------------------------------------

    def _on_chosen(self, key: str) -> None:
        if key not in (self._shown.key, self._shown.page):
            self.open(key)

    def _on_changed(self, _changes: object, _by: object) -> None:
        if self.isVisible():  # else `entered` will do it
            self._refresh_progress()

    def _on_test(self) -> None:
        """A quiz about this note, or mixed from the notes of this unit."""
        topics = (self._shown.id,) if self._shown.page == place.NOTE else self._topics_of(self._shown.id)
        if topics:
            self.navigate.emit("quiz", QuizWish(topics))

    def _on_read(self, read: bool) -> None:
        if self._shown.page != place.NOTE:
            return
        trouble = self._memory.mark(self._shown.id, read)
        if trouble:
            self.said.emit(trouble)
        self._refresh_progress()

    def _on_print(self) -> None:
        if self._library is not None:
            self._printing.show_preview(
                self._library.paper(self._shown, self._card.filter.text()), self._library.diagrams.values()
            )

    def _on_filter(self) -> None:
        box = self._card.filter if self._card.filter.isVisible() else self._tree.box
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    def _go(self, offset: int) -> None:
        if key := self._neighbour(offset):
            self.open(key)

    def _copy(self, address: str) -> None:
        """A formula of the sheet, if that is asked for; how it was checked is said beside the word."""
        kind, _, formula = address.partition(":")
        if kind == "check":
            return
        if self._library is not None and formula in self._library.formulas:
            QGuiApplication.clipboard().setText(self._library.formulas[formula].latex.strip())
            self.said.emit("The formula is on the clipboard, as LaTeX.")

    def _enlarge(self, name: str) -> None:
        if self._library is not None and name in self._library.diagrams:
            show_large(self._theme, self._library.diagrams[name], self)

    def _topics_of(self, unit: str) -> tuple[str, ...]:
        topics = self._library.topics.values() if self._library is not None else ()
        return tuple(topic.id for topic in topics if topic.unit == unit)

    def _units(self) -> tuple[str, ...]:
        return tuple(self._library.units) if self._library is not None else ()

    def _resize_text(self, pixels: int) -> None:
        if pixels in NOTE_SIZES:
            self._settings.note_size = pixels
            self._card.reader.set_px(pixels)
            self._make_room()
            self._card.finder.again()
