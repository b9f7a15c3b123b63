"""Start the installed `studyapp` in a real window and open each page with the keyboard.

Run under Xvfb: `xvfb-run -a python .ci/smoke.py PATH_TO_STUDYAPP [FOLDER_FOR_PICTURES]`.
Fails on a blank page, on two pages that look the same, on a Qt warning or anything else on
standard error, and on a window that does not close. Looks from outside, as a person would:
the picture is of the screen, the keys go through the X server.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

PAGES = ("Home", "Notes", "Lab", "Derive", "Cards", "Quiz")
PATIENCE = 30.0


def xdotool(*words: str) -> str:
    done = subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=20, check=False)
    return done.stdout.strip()


def window_of(pid: int) -> str:
    """The visible window of the program, waited for."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = xdotool("search", "--onlyvisible", "--pid", str(pid), "--name", "StudyApp")
        if found:
            return found.splitlines()[0]
        time.sleep(0.2)
    raise SystemExit("no window appeared")


def screen(app: QGuiApplication) -> QImage:
    app.processEvents()
    return app.primaryScreen().grabWindow(0).toImage().convertToFormat(QImage.Format.Format_RGB32)


def ink(image: QImage) -> float:
    """Share of pixels right of the sidebar that differ from the commonest colour there."""
    counts: dict[int, int] = {}
    for y in range(0, image.height(), 3):
        for x in range(220, image.width(), 3):
            counts[image.pixel(x, y)] = counts.get(image.pixel(x, y), 0) + 1
    return 1 - max(counts.values()) / sum(counts.values())


def difference(one: QImage, other: QImage) -> float:
    points = [(x, y) for y in range(0, one.height(), 4) for x in range(220, one.width(), 4)]
    return sum(one.pixel(*p) != other.pixel(*p) for p in points) / len(points)


def settled(app: QGuiApplication, before: QImage | None) -> QImage:
    """A picture that shows something, is not `before`, and has stopped changing."""
    end, last = time.monotonic() + PATIENCE, screen(app)
    while time.monotonic() < end:
        time.sleep(0.4)
        now = screen(app)
        changed = before is None or difference(now, before) > 0.005
        if changed and ink(now) > 0.02 and difference(now, last) < 0.002:
            return now
        last = now
    raise SystemExit(f"the page is blank or did not change: ink {ink(last):.3f}")


def main() -> None:
    pictures = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    pictures.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    app = QGuiApplication(["smoke"])
    with tempfile.TemporaryFile("w+") as errors:
        program = subprocess.Popen([sys.argv[1], "--temp"], stderr=errors, stdout=subprocess.DEVNULL)
        try:
            visit(app, program, pictures)
        finally:
            program.kill()
        errors.seek(0)
        said = errors.read().strip()
    if said or program.returncode:
        raise SystemExit(f"exit code {program.returncode}; standard error:\n{said}")
    print(f"1 passed, 0 failed (pictures in {pictures})")


def visit(app: QGuiApplication, program: subprocess.Popen[bytes], pictures: Path) -> None:
    """Open each page with its key, look, and quit with Ctrl+Q."""
    window = window_of(program.pid)
    xdotool("windowsize", "--sync", window, "1280", "800", "windowmove", window, "0", "0")
    xdotool("windowfocus", "--sync", window)
    shown: QImage | None = None
    for number, page in enumerate(PAGES, start=1):
        xdotool("key", f"ctrl+{number}")
        shown = settled(app, shown if number > 1 else None)
        shown.save(str(pictures / f"{page.lower()}.png"))
        print(f"{page}: {ink(shown):.0%} of the page is drawn")
    xdotool("key", "ctrl+q")
    program.wait(PATIENCE)


if __name__ == "__main__":
    main()
