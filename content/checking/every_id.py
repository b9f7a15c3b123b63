"""every_id.txt: each id that the course has or ever had, so that none can vanish unseen.

One id a line, behind the file where it stands or stood last; sorted. `python -m content keep` adds
what is new and takes nothing away. Knows no bank: a bank asks the same of the ids that it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from content.course import Course, Problem
from content.course_files import RETIRED
from content.lasting import Id, standing, vanished

NAME = "checking/every_id.txt"
_RUN = "run `python -m content keep`."


def every_id() -> dict[Id, str]:
    """The ids of the record -> their files."""
    return read((files("content") / NAME).read_text(encoding="utf-8"))


def read(text: str) -> dict[Id, str]:
    pairs = (line.split(" ") for line in text.splitlines())
    return {(_folder(file), item): file for file, item in pairs}


def written(known: Mapping[Id, str]) -> str:
    return "".join(sorted(f"{file} {item}\n" for (_, item), file in known.items()))


def keep(course: Course) -> int:
    """Add the ids of `course` to the record, where this package is a folder; how many were new."""
    known = every_id()
    now = known | standing(course)
    Path(str(files("content") / NAME)).write_text(written(now), encoding="utf-8")
    return len(now) - len(known)


def untold(course: Course, known: Mapping[Id, str]) -> Iterator[Problem]:
    """Ids gone without a word, lines of retired.yaml about what never was, and ids yet to be kept."""
    yield from vanished(known, course)
    for gone in course.retired:
        if (gone.folder, gone.id) not in known:
            yield Problem(
                RETIRED, gone.id, f"there never was such an id under {gone.folder}; look at its spelling."
            )
    new: dict[str, list[str]] = {}
    for place, file in standing(course).items():
        if place not in known:
            new.setdefault(file, []).append(place[1])
    for file, items in new.items():
        what = "this id is" if len(items) == 1 else f"this id and {len(items) - 1} more are"
        yield Problem(file, items[0], f"{what} not in content/{NAME} yet, so nobody would miss it; {_RUN}")


def _folder(file: str) -> str:
    return file.partition("/")[0].removesuffix(".yaml")
