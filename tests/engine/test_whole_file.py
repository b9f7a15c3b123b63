"""Files appear whole or not at all, where their names lead, and only where a file may be."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.whole_file import place_of, write

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes, links and pipes are other there")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_several_files_come_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b").write_bytes(b"old")
    done: list[int] = []
    sync = os.fsync

    def full(handle: int) -> None:
        if done:
            raise OSError(28, "No space left on device")
        done.append(handle)
        sync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            write({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert names(tmp_path) == ["b"]
    assert (tmp_path / "b").read_bytes() == b"old"
    write({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert names(tmp_path) == ["a", "b"]
    assert (tmp_path / "b").read_bytes() == b"2"


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_a_file_that_is_replaced_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(mode)
    write({path: b"new"})
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", mode)


@POSIX
def test_a_new_file_has_the_mode_of_any(tmp_path: Path) -> None:
    write({tmp_path / "a": b"new"})
    (tmp_path / "b").write_bytes(b"new")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@POSIX
@pytest.mark.parametrize("there", [True, False])
def test_links_are_followed(there: bool, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    if there:
        (real / "a").write_bytes(b"old")
    (tmp_path / "first").symlink_to("second")
    (tmp_path / "second").symlink_to(real / "a")
    write({tmp_path / "first": b"new"})
    assert (real / "a").read_bytes() == b"new"
    assert (tmp_path / "first").is_symlink()
    assert names(real) == ["a"]


def test_the_longest_names_fit(tmp_path: Path) -> None:
    write({tmp_path / ("n" * 250): b"new"})
    assert names(tmp_path) == ["n" * 250]


def test_what_a_killed_process_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / f".{os.getpid()}-0.part").write_bytes(b"half")
    write({tmp_path / "a": b"new"})
    assert names(tmp_path) == ["a"]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def plug(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        folder = Path.cwd()
        os.chdir(path.parent)  # the name of a socket has to be short
        made.bind(path.name)
        os.chdir(folder)


def circle(path: Path) -> None:
    path.symlink_to(path)


@POSIX
@pytest.mark.parametrize(
    ("made", "says"),
    [
        (pipe, "a device, a pipe or a socket, not a file"),
        (plug, "a device, a pipe or a socket, not a file"),
        (Path.mkdir, "a folder, not a file"),
        (circle, "links lead in a circle"),
    ],
)
def test_what_is_no_file_is_left_alone(made: Callable[[Path], None], says: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    made(path)
    before = path.lstat()
    with pytest.raises(ValueError, match=says):
        write({path: b"new"})
    assert (path.lstat().st_mode, path.lstat().st_ino) == (before.st_mode, before.st_ino)
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "it is a folder"),
        ("/", "it is a folder"),
        ("..", "it is a folder"),
        ("a\0b", r"'a\\x00b' cannot be written: its name has a zero byte. Choose another name"),
        ("n" * 300, "File name too long"),
        ("no/such/a", "there is no folder no/such"),
        pytest.param("/dev/null", "a device", marks=POSIX),
        pytest.param("\ud800", r"'\\ud800' cannot be written: its name has half a char", marks=POSIX),
        pytest.param("/dev/null/a", "Not a directory", marks=POSIX),
    ],
)
def test_names_that_lead_nowhere_are_told(
    name: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=says):
        place_of(Path(name))


@POSIX
@pytest.mark.parametrize("there", [True, False])
def test_where_one_may_not_write_is_told(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if there:
        (tmp_path / "a").touch()
    last = tmp_path / "a" if there else tmp_path

    def refused(path: Path, _mode: int) -> bool:  # who tests may be root, who may write everywhere
        return path != last

    monkeypatch.setattr(os, "access", refused)
    with pytest.raises(ValueError, match="you may not write there"):
        place_of(tmp_path / "a")
