"""retired.yaml -> records: what has left the course on purpose. FORMAT.md says what the file looks like."""

from __future__ import annotations

from content.course import Retired
from content.course_files import FOLDERS
from content.reading import Reading


def read_retired(reading: Reading, name: str, text: str) -> None:
    listed: set[Retired] = set()
    for entry in reading.entries(name, text):
        entry.text("why")
        lines = [Retired(folder, item) for folder, _ in FOLDERS for item in entry.ids(folder)]
        if not lines:
            entry.complain(f"names no id; give a list under {', '.join(folder for folder, _ in FOLDERS)}.")
        for line in lines:
            if line in listed:
                entry.complain(f"{line.id!r} is listed twice under {line.folder}.")
            listed.add(line)
            reading.lines[name, line.id] = entry.line
            reading.retired.append(line)
        entry.finish()
