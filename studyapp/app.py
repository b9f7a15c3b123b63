"""Builds everything once and runs it. The only module that knows all the others.

Before the first paint nothing heavy is imported: no NumPy, SQLAlchemy, Markdown. The
bank is opened after it; the libraries that the pages need are then fetched in a thread.
"""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from studyapp import places
from studyapp.context import Context
from studyapp.interrupts import Interrupts
from studyapp.last_resort import LastResort
from studyapp.opening import Opening
from studyapp.options import Options, parse
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme, dress
from studyapp.widgets.page import Page
from studyapp.window import PageSpec, Window

if TYPE_CHECKING:
    from studyapp.searching import Searching

FOR_TEXT = ("markdown_it", "mdit_py_plugins.dollarmath")  # libraries for the formula on Home
FOR_LAB = ("numpy", "pyqtgraph")
LAB_AFTER = 300  # ms after the bank is there
EVERY_MINUTE = 60_000  # ms


def start(argv: list[str], on_first_paint: Callable[[Window], object] | None = None) -> int:
    """Run the window until it is closed; the exit code.

    `argv` begins with the program's name. `on_first_paint` is called once, when the window is on
    the screen for the first time, before anything heavy is imported.
    """
    options = parse(argv[1:])
    app = QApplication(argv[:1])  # Qt's own options are not ours to offer
    app.setApplicationName("StudyApp")
    app.setDesktopFileName("studyapp")
    dress(app)
    with tempfile.TemporaryDirectory(prefix="studyapp-") if options.throw_away else nullcontext() as folder:
        return _run(app, options, Path(folder) if folder else None, on_first_paint)


def _run(
    app: QApplication,
    options: Options,
    folder: Path | None,
    on_first_paint: Callable[[Window], object] | None,
) -> int:
    settings = Settings(None if folder else places.settings_file())
    bank = folder / "bank.db" if folder else options.bank or places.data_folder() / "bank.db"
    context = Context(Theme(settings.theme), settings, Store(bank, places.this_moment))
    window = Window(context.theme, settings, pages(context))
    last_resort = LastResort(window, context.theme)
    interrupts = Interrupts(app)
    running = Running(context, window)
    if on_first_paint is not None:
        window.painted.connect(lambda: on_first_paint(window))
    window.painted.connect(running.on_painted)
    running.first_page()
    window.show()
    try:
        code = app.exec()
    finally:
        context.close()
        running.end()
        interrupts.restore()
        last_resort.restore()
    return interrupts.exit_code or code


def pages(context: Context) -> tuple[PageSpec, ...]:
    """The pages in the order of the sidebar. Each factory imports its page when it is first visited."""

    def home() -> Page:
        from studyapp.pages.home import HomePage

        return HomePage(context.theme, context.store, context.now)

    def notes() -> Page:
        from studyapp.pages.notes import NotesPage

        return NotesPage(context.theme, context.store, context.settings)

    def lab() -> Page:
        from studyapp.pages.lab import LabPage

        def titles() -> dict[str, str]:
            store = context.store
            return {topic.id: topic.title for topic in store.topics()} if store.is_open else {}

        return LabPage(context.theme, context.trainer, context.settings, titles)

    def derive() -> Page:
        from studyapp.pages.derive import DerivePage

        return DerivePage(context.theme, context.jobs, context.trainer, context.settings)

    def cards() -> Page:
        from studyapp.pages.cards import CardsPage

        return CardsPage(context.theme, context.store, context.now)

    def quiz() -> Page:
        from studyapp.pages.quiz import QuizPage

        return QuizPage(context.theme, context.store, context.now)

    return (
        PageSpec("home", "Home", "house", home),
        PageSpec("notes", "Notes", "notebook-text", notes),
        PageSpec("lab", "Lab", "flask-conical", lab),
        PageSpec("derive", "Derive", "sigma", derive),
        PageSpec("cards", "Cards", "layers", cards),
        PageSpec("quiz", "Quiz", "list-checks", quiz),
    )


class Running:
    """What happens by itself while the window is open: the bank, the badge, fetching libraries."""

    def __init__(self, context: Context, window: Window) -> None:
        self._context, self._window = context, window
        self._opening = Opening(context.store, window)
        self._searching: Searching | None = None
        self._threads: list[Thread] = []
        self._minutes = QTimer(window, interval=EVERY_MINUTE)
        self._minutes.timeout.connect(self.count_due)
        window.search_wanted.connect(self._search)
        context.store.opened.connect(self._on_opened)
        context.store.changed.connect(self.count_due)

    def first_page(self) -> None:
        """Home is light enough to be built before the first paint; any other page only announced."""
        wanted = self._context.settings.page or "home"
        known = {spec.id for spec in self._window.pages}
        if wanted == "home" or wanted not in known:
            self._window.show_page("home")
        else:
            self._window.announce(wanted)

    def on_painted(self) -> None:
        """The window is on the screen: now the heavy things."""
        self._fetch(FOR_TEXT)
        self._opening.begin()
        if not self._window.page_id:
            self._window.show_page(self._context.settings.page)

    def _search(self) -> None:
        """The first time: from then on the palette listens by itself."""
        if self._searching is None:
            from studyapp.searching import Searching

            context = self._context
            self._searching = Searching(context.theme, context.store, context.settings, self._window)
            self._searching.begin()

    def count_due(self) -> None:
        """Bring the number beside Cards up to date."""
        store = self._context.store
        if store.is_open:
            due = store.counts(self._context.now()).total
            self._window.set_badge("cards", due, "card due" if due == 1 else "cards due")

    def end(self) -> None:
        """Tidy up, after the bank was closed."""
        for thread in self._threads:
            thread.join()  # an import that is cut off at exit can crash Python
        self._opening.end()

    def _on_opened(self) -> None:
        self.count_due()
        self._minutes.start()
        if len(self._threads) == 1:  # else a second bank was opened
            QTimer.singleShot(LAB_AFTER, self._window, partial(self._fetch, FOR_LAB))

    def _fetch(self, names: tuple[str, ...]) -> None:
        """Import in a thread what a page will need, so that the first visit is quick."""
        thread = Thread(target=_import_all, args=(names,), name="fetch libraries", daemon=True)
        thread.start()
        self._threads.append(thread)


def _import_all(names: tuple[str, ...]) -> None:
    for name in names:
        importlib.import_module(name)
