"""every_id.txt: each id that the course has or ever had, so that none can vanish unseen.

One id a line, behind the file where it stands or stood last; sorted. `python -m content keep` adds
what is new and takes nothing away. Knows no bank: a bank asks the same of the ids that it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from content.course import Course, Problem
from content.course_files import RETIRED, Unreadable
from content.lasting import Id, standing, vanished

NAME = "checking/every_id.txt"
FILE = f"content/{NAME}"
_LINE = re.compile(r"(\S+) (\S+)")
_RUN = "run `python -m content keep`."


def every_id() -> dict[Id, str]:
    """The ids of the record -> their files. Raises Unreadable."""
    return read((files("content") / NAME).read_text(encoding="utf-8"))


def read(text: str) -> dict[Id, str]:
    """Raises Unreadable for a line that is no file and id, such as git leaves behind."""
    found: dict[Id, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not (parts := _LINE.fullmatch(line)):
            raise Unreadable(f"{line[:40]!r} is no `file id`; take the line away and {_RUN}", number)
        found[_folder(parts[1]), parts[2]] = parts[1]
    return found


def written(record: Mapping[Id, str]) -> str:
    return "".join(sorted(f"{file} {item}\n" for (_, item), file in record.items()))


def amiss(course: Course) -> Iterator[Problem]:
    """What is wrong between the course and the record that is shipped with it."""
    try:
        yield from untold(course, every_id())
    except Unreadable as error:
        yield Problem(FILE, "", str(error), error.line)


def keep(course: Course) -> int:
    """Add the ids of `course` to the record, where this package is a folder; how many were new.

    Raises Unreadable for a record with a line that is none.
    """
    record = every_id()
    now = record | standing(course)
    Path(str(files("content") / NAME)).write_text(written(now), encoding="utf-8")
    return len(now) - len(record)


def untold(course: Course, record: Mapping[Id, str]) -> Iterator[Problem]:
    """Ids gone without a word, lines of retired.yaml about what never was, and ids yet to be kept."""
    yield from vanished(record, course)
    for retired in course.retired:
        if (retired.folder, retired.id) not in record:
            sentence = f"there never was such an id under {retired.folder}; look at its spelling."
            yield Problem(RETIRED, retired.id, sentence)
    new: dict[str, list[str]] = {}
    for place, file in standing(course).items():
        if place not in record:
            new.setdefault(file, []).append(place[1])
    for file, items in new.items():
        what = "this id is" if len(items) == 1 else f"this id and {len(items) - 1} more are"
        yield Problem(file, items[0], f"{what} not in {FILE} yet, so nobody would miss it; {_RUN}")


def _folder(file: str) -> str:
    return file.partition("/")[0].removesuffix(".yaml")
