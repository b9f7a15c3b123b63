"""Window: sidebar, pages, and what is said on top of them. Knows pages only as `Page`.

A page is built when it is first visited; the factories of `PageSpec` import what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from studyapp import actions, assets
from studyapp.settings import THEMES, Settings
from studyapp.theme import Theme
from studyapp.widgets.nav import NavEntry, NavRail
from studyapp.widgets.notice import Notice
from studyapp.widgets.page import Page
from studyapp.widgets.toast import Toast

SMALLEST = (1240, 720)  # of all presets of the Lab the widest needs 1209, the highest 716
FIRST_SIZE = (1360, 860)
_MOST_STEPS = 100  # that can be gone back


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of the sidebar; `make` builds it at the first visit."""

    id: str
    label: str
    icon: str
    make: Callable[[], Page]


class Window(QMainWindow):
    """The main window.

    Signals:
        painted(): the window has been drawn for the first time.
        search_wanted(): the student wants to search the whole course.
    """

    painted = Signal()
    search_wanted = Signal()

    def __init__(self, theme: Theme, settings: Settings, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self.pages = tuple(pages)
        self._theme, self._settings = theme, settings
        self._built: dict[str, Page] = {}
        self._visited: list[tuple[str, object]] = []  # pages, each with the target to come back to
        self._leading = False  # a page to its place: what it shows until then is no step
        self._was_painted = False
        self._rail = NavRail(theme, [_entry(spec) for spec in pages], actions.tip("window.shortcuts"))
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # what is seen until the first page is asked for
        self.notice = Notice(theme)
        self._lay_out()
        self._toast = Toast(self._stack)
        self._connect()
        self._on_theme()

    # --- pages -------------------------------------------------------------------------------

    @property
    def page_id(self) -> str:
        """The page on screen, or the one that was announced; empty before either."""
        return self._visited[-1][0] if self._visited else ""

    def announce(self, page_id: str) -> None:
        """Mark a page in the sidebar as the one to come, without building it."""
        self._rail.choose(page_id)

    def show_page(self, page_id: str, target: object = None) -> None:
        """Bring a page on screen and hand it `target`. KeyError for an unknown id."""
        try:
            page = self._page(page_id)
        except Exception:
            if self._visited:
                self._rail.choose(self.page_id)
            raise
        coming = self.page_id != page_id
        if coming:
            self._step(page_id)
        self._bring(page_id, page)
        self._open(page, target, leading=coming)
        page.setFocus()
        page.entered()

    def page(self, page_id: str) -> Page | None:
        """The page, if it has been visited."""
        return self._built.get(page_id)

    def back(self) -> None:
        """Go to the page before, or to the place before on the same page; stays when there is none."""
        if len(self._visited) < 2:
            return
        left, _ = self._visited.pop()
        page_id, here = self._visited[-1]
        page = self._page(page_id)
        self._bring(page_id, page)
        self._open(page, here, leading=True)
        if page_id != left:
            page.setFocus()
            page.entered()

    def _bring(self, page_id: str, page: Page) -> None:
        before = self._stack.currentWidget()
        if isinstance(before, Page) and before is not page:
            before.left()
        self._stack.setCurrentWidget(page)
        self._rail.choose(page_id)

    def _open(self, page: Page, target: object, leading: bool) -> None:
        if target is None:
            return
        self._leading = leading
        try:
            page.open(target)
        finally:
            self._leading = False

    def _step(self, page_id: str) -> None:
        """On to a page, or to another place on the same: one can come back to the present one."""
        if self._visited:
            self._visited[-1] = (self.page_id, self._page(self.page_id).here)
        self._visited.append((page_id, None))
        del self._visited[:-_MOST_STEPS]

    def _on_moving(self, page_id: str) -> None:
        if page_id == self.page_id and not self._leading:
            self._step(page_id)

    def _page(self, page_id: str) -> Page:
        if page_id not in self._built:
            spec = next((s for s in self.pages if s.id == page_id), None)
            if spec is None:
                raise KeyError(f"there is no page {page_id!r}")
            page = spec.make()
            page.setAccessibleName(spec.label)
            page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            page.navigate.connect(self.show_page)
            page.said.connect(self.say)
            page.moving.connect(partial(self._on_moving, page_id))
            self._stack.addWidget(page)
            self._built[page_id] = page
        return self._built[page_id]

    # --- words -------------------------------------------------------------------------------

    def say(self, sentence: str) -> None:
        """One sentence over the upper edge of the page, for some seconds."""
        self._toast.say(sentence)

    @property
    def said(self) -> str:
        """The last sentence said."""
        return self._toast.text

    def set_badge(self, page_id: str, number: int, meaning: str) -> None:
        """A number beside a page in the sidebar, 0 for none."""
        self._rail.set_badge(page_id, number, meaning)

    # --- set-up ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle("StudyApp")
        self.setMinimumSize(*SMALLEST)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self._stack, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
        self.setCentralWidget(body)
        self._place()

    def _place(self) -> None:
        saved = self._settings.geometry
        if saved and self.restoreGeometry(saved):
            return
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(FIRST_SIZE[0], room.width()), min(FIRST_SIZE[1], room.height()))

    def _connect(self) -> None:
        self._rail.chosen.connect(self.show_page)
        self._rail.theme_chosen.connect(self._choose_theme)
        self._rail.shortcuts_wanted.connect(self._on_shortcuts)
        self._theme.changed.connect(self._on_theme)
        self._stack.currentChanged.connect(self._on_page_changed)
        visits: dict[str, Callable[[], object]] = {
            f"page.{spec.id}": partial(self.show_page, spec.id) for spec in self.pages
        }
        own: dict[str, Callable[[], object]] = {
            "window.search": self.search_wanted.emit,
            "window.back": self.back,
            "window.theme": self._on_next_theme,
            "window.full_screen": self._on_full_screen,
            "window.shortcuts": self._on_shortcuts,
            "window.quit": self.close,
        }
        actions.bind(self, actions.EVERYWHERE, visits | own)

    # --- slots -------------------------------------------------------------------------------

    def _choose_theme(self, choice: str) -> None:
        self._theme.choose(choice)
        self._settings.theme = choice

    def _on_next_theme(self) -> None:
        following = THEMES[(THEMES.index(self._theme.choice) + 1) % len(THEMES)]
        self._choose_theme(following)
        self.say(f"Colours: {following}.")

    def _on_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _on_shortcuts(self) -> None:
        from studyapp.widgets.shortcut_sheet import KeyGroup, KeyLine, ShortcutSheet

        places = [(actions.EVERYWHERE, "Everywhere"), *((spec.id, spec.label) for spec in self.pages)]
        groups = [
            KeyGroup(title, tuple(KeyLine(*line) for line in actions.lines(where))) for where, title in places
        ]
        sheet = ShortcutSheet(self._theme, [group for group in groups if group.lines], self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def _on_page_changed(self) -> None:
        self._toast.raise_()  # the stack has put the new page on top of it

    def _on_theme(self) -> None:
        self.setWindowIcon(assets.icon("brain", self._theme.colours.accent, size=64))

    # --- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)  # when this pass is on the screen, children too

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.back()
        else:
            super().mouseReleaseEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        for page in self._built.values():
            page.closing()
        self._settings.geometry = bytes(self.saveGeometry().data())
        self._settings.page = self.page_id
        self._settings.save()
        event.accept()


def _entry(spec: PageSpec) -> NavEntry:
    return NavEntry(spec.id, spec.label, spec.icon, actions.tip(f"page.{spec.id}"))
