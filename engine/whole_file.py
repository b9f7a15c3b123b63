"""Files written whole or not at all, to where their names lead.

What is no regular file (a device, a pipe, a folder) is refused, a link is followed, and a file that
is replaced keeps its mode. Knows nothing of what is written.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path


def write(files: Mapping[Path, bytes]) -> None:
    """Give every file its new content; none gets it before all of it is on the disk.

    Raises:
        ValueError: a name leads nowhere that can be written to; the sentence says why.
        OSError: the disk refused. What was there is still there.
    """
    places = [place_of(path) for path in files]
    parts = [place.with_name(f".{os.getpid()}-{number}.part") for number, place in enumerate(places)]  # short
    try:
        for part, place, content in zip(parts, places, files.values(), strict=True):
            _write(part, content, _mode(place))
        for part, place in zip(parts, places, strict=True):
            part.replace(place)
        for folder in {place.parent for place in places}:
            _settle(folder)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def place_of(path: Path) -> Path:
    """Where `path` leads: a regular file, or a new name in a folder that is there.

    Raises:
        ValueError: neither; the sentence says what it is.
    """
    place = resolved(path)
    try:
        mode = _mode(place)
    except OSError as error:
        raise ValueError(_sentence(path, error.strerror or str(error))) from None
    if mode is None and not place.parent.is_dir():
        raise ValueError(_sentence(path, f"there is no folder {path.parent}"))
    if mode is not None and not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a device, a pipe or a socket"
        raise ValueError(_sentence(path, f"it is {kind}, not a file"))
    touched = [place.parent] if mode is None else [place.parent, place]
    if not all(os.access(each, os.W_OK) for each in touched):
        raise ValueError(_sentence(path, "you may not write there"))
    return place


def resolved(path: Path) -> Path:
    """`path` with every link followed; ValueError with a sentence where that cannot be done."""
    try:
        return path.resolve()
    except UnicodeEncodeError:
        raise ValueError(_sentence(path, "its name has half a character")) from None
    except ValueError:
        raise ValueError(_sentence(path, "its name has a zero byte")) from None
    except (OSError, RuntimeError):  # which of the two depends on Python's version
        raise ValueError(_sentence(path, "its links lead in a circle")) from None


def _sentence(path: Path, why: str) -> str:
    name = str(path)
    return f"{name if name.isprintable() else ascii(name)} cannot be written: {why}. Choose another name."


def _mode(place: Path) -> int | None:
    """The mode of a file, its kind included; None where there is none."""
    try:
        return place.stat().st_mode
    except FileNotFoundError:
        return None


def _write(part: Path, content: bytes, mode: int | None) -> None:
    part.unlink(missing_ok=True)  # of a process that was killed, with our number
    permissions = 0o666 if mode is None else stat.S_IMODE(mode)
    part.touch(permissions, exist_ok=False)  # never readable by more than the old file was
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        part.chmod(permissions)  # what the process masks, the old file may have had


def _settle(folder: Path) -> None:
    """Make the new name itself last, where a folder can be synced: not on Windows, nor on every disk."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        with contextlib.suppress(OSError):
            os.fsync(handle)
        os.close(handle)
