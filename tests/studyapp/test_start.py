"""Starting, ending, and a bank that cannot be opened: fresh interpreters, and the notice by real clicks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from study_bench import Clock

from content.errors import BankLocked, BankReadOnly, CourseError
from studyapp import __version__
from studyapp.__main__ import main
from studyapp.opening import Opening
from studyapp.options import parse
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme
from studyapp.widgets.page import Page
from studyapp.window import PageSpec, Window

ROOT = Path(__file__).resolve().parents[2]
START = """
import sys
from PySide6.QtCore import QTimer
from studyapp.app import start
def when(ready, deed):
    deed() if ready() else QTimer.singleShot(20, lambda: when(ready, deed))
def all_is_there():
    return "pyqtgraph" in sys.modules  # it is fetched last, some time after the bank was opened
def painted(window):
    {at_first_paint}
code = start(["studyapp", *sys.argv[1:]], on_first_paint=painted)
print("ENDED", code)
"""


def environment(home: Path) -> dict[str, str]:
    places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    return os.environ | places | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(home)}


def run(home: Path, at_first_paint: str, *words: str) -> subprocess.CompletedProcess[str]:
    code = START.format(at_first_paint=at_first_paint)
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=60, check=False
    )


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


# --- starting and ending -----------------------------------------------------------------------


def test_a_throw_away_start_leaves_nothing_behind(tmp_path: Path) -> None:
    done = run(tmp_path, "when(all_is_there, window.close)", "--temp")
    assert done.stdout.split() == ["ENDED", "0"], done.stderr
    assert done.stderr == ""
    assert [name for name in files(tmp_path) if not name.startswith("cache")] == []


def test_the_page_is_there_again_and_costs_the_first_paint_nothing(tmp_path: Path) -> None:
    first = "QTimer.singleShot(0, lambda: (window.show_page('notes'), window.close()))"
    assert run(tmp_path, first).stdout.split() == ["ENDED", "0"]
    assert "config/StudyApp/settings.ini" in files(tmp_path)
    again = (
        "print(window.page_id or 'announced', 'markdown_it' in sys.modules);"
        "when(lambda: window.page_id, lambda: (print(window.page_id), window.close()))"
    )
    done = run(tmp_path, again)
    assert done.stdout.split() == ["announced", "False", "notes", "ENDED", "0"], done.stderr


def test_ctrl_c_in_the_terminal_ends_cleanly(tmp_path: Path) -> None:
    at_first_paint = "when(all_is_there, lambda: print('READY', flush=True))"
    command = [sys.executable, "-c", START.format(at_first_paint=at_first_paint)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "READY"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert out.split() == ["ENDED", "130"]
    assert err == ""
    assert "data/StudyApp/bank.db" in files(tmp_path)


def test_a_file_that_is_not_a_bank_is_said_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8 not a bank" * 100)
    look = "when(window.notice.isVisible, lambda: (print(window.notice.text), window.close()))"
    done = run(tmp_path, look, "--bank", str(file))
    assert "Your bank could not be opened" in done.stdout
    assert "holiday.jpg" in done.stdout
    assert done.stderr == ""
    assert file.read_bytes() == b"\xff\xd8 not a bank" * 100


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"StudyApp {__version__}\n"
    for mistyped in (["--bank"], ["--temp", "--bank", "x"], ["trian"], ["--colour", "pink"]):
        with pytest.raises(SystemExit) as ended:
            main(mistyped)
        assert ended.value.code == 2
        assert "usage: studyapp" in capsys.readouterr().err
    assert parse(["--bank", "x.db"]).bank == Path("x.db")
    assert parse(["--temp"]).throw_away


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--temp"]) == 1
    assert capsys.readouterr().err.startswith("There is no screen here")


def test_the_main_module_imports_next_to_nothing() -> None:
    """Every child process imports it again."""
    code = (
        "import sys\nbefore = set(sys.modules)\nimport studyapp.__main__\nprint(*(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"studyapp", "studyapp.__main__", "__future__"}


# --- a bank that cannot be opened --------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary, " * 200)
    made = Store(file, Clock())
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window(Theme("light"), Settings(None), _pages())
    qtbot.addWidget(made)
    made.show()
    made.show_page("home")
    return made


def _pages() -> list[PageSpec]:
    names = ("home", "notes", "lab", "derive", "cards", "quiz")
    return [PageSpec(name, name.capitalize(), "house", Page) for name in names]


@pytest.fixture
def opening(qtbot: QtBot, store: Store, window: Window) -> Iterator[Opening]:
    made = Opening(store, window)
    with qtbot.waitSignal(store.failed, timeout=20_000):
        made.begin()
    yield made
    store.close()
    made.end()


def ways(window: Window) -> list[str]:
    QApplication.processEvents()
    return [b.text() for b in window.notice.findChildren(QPushButton) if b.isVisible()]


def press(qtbot: QtBot, window: Window, label: str) -> None:
    QApplication.processEvents()
    found = next(b for b in window.notice.findChildren(QPushButton) if b.text() == label and b.isVisible())
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_a_throw_away_bank_is_a_way_out(qtbot: QtBot, opening: Opening, store: Store, window: Window) -> None:
    assert ways(window) == ["Choose another bank…", "Use a throw-away bank", "Quit"]
    with qtbot.waitSignal(store.opened, timeout=20_000):
        press(qtbot, window, "Use a throw-away bank")
    assert not window.notice.isVisible()
    assert store.counts(Clock()()).total > 0
    assert "throw-away" in window.said
    folder = store.path.parent
    assert folder.exists()
    store.close()
    opening.end()
    assert not folder.exists()


def test_another_bank_can_be_chosen(
    qtbot: QtBot,
    opening: Opening,
    store: Store,
    window: Window,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    press(qtbot, window, "Choose another bank…")
    assert window.notice.isVisible(), "the dialog was cancelled"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "other.db"), ""))
    with qtbot.waitSignal(store.opened, timeout=20_000):
        press(qtbot, window, "Choose another bank…")
    assert not window.notice.isVisible()
    assert store.path == tmp_path / "other.db"
    assert (tmp_path / "notes.txt").read_text() == "Dear diary, " * 200


def test_an_open_bank_is_let_go_of_for_another(
    qtbot: QtBot, opening: Opening, store: Store, tmp_path: Path
) -> None:
    for name in ("one.db", "two.db"):
        with qtbot.waitSignal(store.opened, timeout=20_000):
            opening.use(tmp_path / name)
        assert store.path.name == name
    other = Store(tmp_path / "one.db", Clock())
    with qtbot.waitSignal(other.opened, timeout=20_000):
        other.open()
    other.close()


def test_quit_is_a_way_out(qtbot: QtBot, opening: Opening, window: Window) -> None:
    press(qtbot, window, "Quit")
    assert not window.isVisible()


def test_a_locked_bank_can_be_tried_again(
    qtbot: QtBot, opening: Opening, store: Store, window: Window, tmp_path: Path
) -> None:
    store.failed.emit(BankLocked(tmp_path, "Another StudyApp has it open.", "Close that one."))
    assert "Your bank is open in another StudyApp" in window.notice.text
    assert "Another StudyApp has it open. Close that one." in window.notice.text
    assert ways(window)[0] == "Try again"
    store.use(tmp_path / "free.db")  # the other one was closed
    with qtbot.waitSignal(store.opened, timeout=20_000):
        press(qtbot, window, "Try again")
    assert not window.notice.isVisible()


def test_a_bank_that_can_only_be_read_may_be_read(
    qtbot: QtBot, opening: Opening, store: Store, window: Window, tmp_path: Path
) -> None:
    with qtbot.waitSignal(store.opened, timeout=20_000):
        opening.use(tmp_path / "fine.db")
    store.failed.emit(BankReadOnly(tmp_path, "It cannot be written.", "Make it writable."))
    store.opened.emit()  # as the store does after a warning
    assert window.notice.isVisible()
    assert ways(window)[0] == "Only read"
    press(qtbot, window, "Only read")
    assert not window.notice.isVisible()


def test_a_mistake_in_the_course_is_named(opening: Opening, store: Store, window: Window) -> None:
    store.failed.emit(CourseError("topics/forget-gate.md: there is no unit 'lstn'."))
    assert "topics/forget-gate.md: there is no unit 'lstn'." in window.notice.text
    assert ways(window) == ["Go on without the course"]
