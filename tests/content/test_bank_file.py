"""Files that are no bank, banks that cannot be written, two programs at once: words, nothing overwritten."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from content.bank import Bank
from content.bank_file import BankFile
from content.clock import Moment
from content.errors import BankError, BankLocked, BankReadOnly, BankWriteFailed, NotABank
from content.records import Rating

resource = pytest.importorskip("resource", reason="needs fork, rights and limits of a Unix")
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*fork:DeprecationWarning"
)  # other tests may have left threads

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


def refusal(path: Path, now: Moment) -> BankError:
    """The error that opening `path` raises."""
    with pytest.raises(BankError) as caught:
        Bank.open(path, now).close()
    error = caught.value
    assert str(path) in str(error)
    assert error.sentence.endswith(".")
    assert error.way_out.endswith(".")
    return error


def _database(path: Path, *statements: str) -> None:
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty file"),
        (b"Dear diary", "file of another kind"),
        (b"SQLite format 3\0", "cut off"),
        (os.urandom(100_000), "file of another kind"),
        (b"\0" * 4096, "file of another kind"),
    ],
)
def test_other_files_are_refused_and_left_alone(
    tmp_path: Path, noon: Moment, content: bytes, words: str
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    error = refusal(path, noon)
    assert isinstance(error, NotABank)
    assert words in error.sentence
    assert path.read_bytes() == content
    assert list(tmp_path.glob("notes*")) == [path]


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, noon: Moment) -> None:
    path = tmp_path / "music.db"
    _database(
        path, "CREATE TABLE song (title)", "PRAGMA journal_mode = WAL", "INSERT INTO song VALUES ('La')"
    )
    before = path.read_bytes()
    error = refusal(path, noon)
    assert isinstance(error, NotABank)
    assert "another program" in error.sentence
    assert path.read_bytes() == before
    assert list(tmp_path.glob("music*")) == [path]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("~nobody-of-this-name/b.db", "home directory"),
        ("circle.db", "loop"),
        ("nul\0.db", "null"),
        ("x" * 300, "too long"),
    ],
)
def test_a_place_where_no_file_can_be(
    tmp_path: Path, noon: Moment, monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("circle.db").symlink_to("circle.db")
    assert words in refusal(Path(name), noon).sentence


def test_a_folder_is_no_bank(tmp_path: Path, noon: Moment) -> None:
    assert "folder" in refusal(tmp_path, noon).sentence


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_bank_is_refused_and_left_alone(
    bank: Bank, path: Path, noon: Moment, part: float
) -> None:
    bank.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    before = path.read_bytes()
    error = refusal(path, noon)
    assert isinstance(error, NotABank)
    assert "damaged" in error.sentence
    assert path.read_bytes() == before


def test_a_scribbled_page_is_noticed(bank: Bank, path: Path, noon: Moment) -> None:
    bank.close()
    whole = bytearray(path.read_bytes())
    whole[4096 * 2 : 4096 * 3] = os.urandom(4096)
    path.write_bytes(whole)
    assert isinstance(refusal(path, noon), NotABank)


def test_folders_are_made_and_the_bank_is_whole_or_not_there(tmp_path: Path, noon: Moment) -> None:
    path = tmp_path / "a" / "b c#?%" / "böse.db"
    bank = Bank.open(path, noon)
    bank.close()
    assert {p.name for p in path.parent.iterdir()} == {"böse.db", "böse.db.lock"}


def test_every_commit_is_flushed_to_the_disk(bank: Bank, path: Path) -> None:
    """kill -9 cannot tell; a power cut would. FULL is 2."""
    bank.close()
    file = BankFile(path)
    with file.reading() as connection:
        asked = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "journal_mode")
        ]
    file.close()
    assert asked == [2, "wal"]


def test_a_second_bank_in_the_same_program_is_refused(bank: Bank, path: Path, noon: Moment) -> None:
    error = refusal(path, noon)
    assert isinstance(error, BankLocked)
    assert f"process {os.getpid()}" in error.sentence
    link = path.with_name("alias.db")
    link.symlink_to(path)
    with pytest.raises(BankLocked):
        Bank.open(link, noon)


HOLD = """
import sys, time
from pathlib import Path
from content.bank import Bank
from content.clock import Moment
bank = Bank.open(Path(sys.argv[1]), Moment(int(sys.argv[2])))
print("open", flush=True)
time.sleep(60)
"""


def test_another_process_is_refused_until_the_first_is_gone_however_it_goes(
    bank: Bank, path: Path, noon: Moment
) -> None:
    bank.close()
    command = [sys.executable, "-c", HOLD, str(path), str(noon.utc_ms)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        error = refusal(path, noon)
        assert other.poll() is None, "we did not wait for the other one to end"
        assert isinstance(error, BankLocked)
        assert f"process {other.pid}" in error.sentence
        other.send_signal(signal.SIGKILL)
        other.wait()
    Bank.open(path, noon).close()  # the lock file is still there, and blocks nobody


def as_nobody(work: Callable[[], str]) -> str:
    """What `work` returns in a process without root's rights; the system does the refusing."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(NOBODY)
            answer = work()
        except BaseException as error:  # noqa: BLE001 - the parent reports it
            answer = f"{type(error).__name__}: {error}"
        os.write(write, answer.encode())
        os._exit(0)
    os.close(write)
    os.waitpid(child, 0)
    with os.fdopen(read, encoding="utf-8") as answer_file:
        return answer_file.read()


@contextmanager
def allowed(path: Path, file: int, folder: int) -> Iterator[None]:
    """`path` and its folder with these rights, every folder above it open."""
    above = [
        parent
        for parent in path.parent.parents
        if parent.stat().st_uid == os.geteuid() and parent != Path("/")
    ]
    old = {place: place.stat().st_mode for place in (path, path.parent, *above)}
    for place in above:
        place.chmod(old[place] | 0o555)
    path.chmod(file)
    path.parent.chmod(folder)
    try:
        yield
    finally:
        for place, mode in old.items():
            place.chmod(mode)


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)])
def test_a_read_only_bank_can_be_looked_at(
    opened: Callable[[], Bank], path: Path, course: Any, noon: Moment, file: int, folder: int
) -> None:
    bank = opened()
    bank.answer("gates-1", Rating.GOOD, noon, 100)
    bank.close()
    before = path.read_bytes()

    def look() -> str:
        bank = Bank.open(path, noon, course.path)  # nobody may not read the sources of just any checkout
        assert isinstance(bank.warning, BankReadOnly)
        assert bank.progress()[0].seen == 1
        try:
            bank.answer("gates-2", Rating.GOOD, noon, 100)
        except BankReadOnly as error:
            return f"{bank.read_only} {error}"
        return "it was written"

    with allowed(path, file, folder):
        answer = as_nobody(look)
    assert answer.startswith(f"True {path} cannot be written")
    assert "--bank" in answer
    assert path.read_bytes() == before


def test_a_bank_that_may_not_be_read_is_told_as_such(bank: Bank, path: Path, noon: Moment) -> None:
    bank.close()
    with allowed(path, 0o000, 0o777):
        answer = as_nobody(lambda: str(Bank.open(path, noon)))
    assert answer.startswith(f"BankReadOnly: {path} cannot be used: you are not allowed")


def test_a_folder_that_may_not_be_written(bank: Bank, path: Path, noon: Moment) -> None:
    bank.close()
    with allowed(path, 0o644, 0o555):
        answer = as_nobody(lambda: str(Bank.open(path.with_name("new.db"), noon)))
    assert answer.startswith("BankReadOnly")


def test_a_full_disk_is_told_and_half_writes_nothing(
    opened: Callable[[], Bank], path: Path, noon: Moment, dump: Callable[[], list[str]]
) -> None:
    """A limit on the size of files stands for the full disk: the write itself fails, at any page."""
    bank = opened()
    bank.answer("gates-1", Rating.GOOD, noon, 100)
    before = dump()
    log = path.with_name("bank.db-wal")
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        for room in (0, 1, 4096, 9000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + room, old[1]))
            with pytest.raises(BankWriteFailed, match="nothing was saved") as caught:
                for number in range(40):
                    bank.set_meta(f"key {number}", "x" * 3000)
                    bank.answer("gates-2", Rating.GOOD, noon, 100)
                    bank.undo(noon)
            assert "try again" in caught.value.way_out
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    assert bank.check() == ()
    bank.answer("gates-2", Rating.GOOD, noon, 100)
    bank.undo(noon)
    kept = [line for line in dump() if 'INSERT INTO "meta" VALUES(\'key' not in line]
    assert [line for line in kept if "gates-2" in line] == [line for line in before if "gates-2" in line]


def test_creating_on_a_full_disk_leaves_nothing_behind(tmp_path: Path, noon: Moment) -> None:
    path = tmp_path / "bank.db"
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, old[1]))
    try:
        with pytest.raises(BankWriteFailed):
            Bank.open(path, noon)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    assert [p.name for p in tmp_path.glob("bank*")] == ["bank.db.lock"]
    Bank.open(path, noon).close()


def test_another_program_inside_the_file_is_told(bank: Bank, path: Path, noon: Moment) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BankLocked, match="Another program is using"):
        bank.answer("gates-1", Rating.GOOD, noon, 100)
    other.execute("ROLLBACK")
    other.close()
    bank.answer("gates-1", Rating.GOOD, noon, 100)
