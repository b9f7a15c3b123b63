"""Process start to first paint, and the memory of the window's process then; how long the selftest takes.

The peer is a bare QMainWindow with a rail and a stack, started the same way in turn: what
PySide6 itself costs. Off screen, files cached; the best of the rounds, as the goal is
worded. Both programs print the moment of their first paint; the start of the process is
read from the operating system, so the interpreter's own start is counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import Figure, options, report

ROOT = Path(__file__).resolve().parent.parent
PROBE = """
import os, sys, time
def since_start():
    ticks = int(open("/proc/self/stat").read().rpartition(")")[2].split()[19])
    uptime = float(open("/proc/uptime").read().split()[0])
    return uptime - ticks / os.sysconf("SC_CLK_TCK")
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
def painted(window):
    print("PAINTED", since_start(), resident(), flush=True)
    os._exit(0)
"""
OURS = PROBE + "from studyapp.app import start\nstart(['studyapp', '--temp'], on_first_paint=painted)\n"
BARE = (
    PROBE
    + """
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel
from PySide6.QtWidgets import QListWidget, QMainWindow, QStackedWidget, QWidget
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        painted(self)
app = QApplication([])
window = Window()
body = QWidget()
row = QHBoxLayout(body)
rail, stack = QListWidget(), QStackedWidget()
rail.addItems(["Home", "Notes", "Lab", "Derive", "Cards", "Quiz"])
stack.addWidget(QLabel("Home"))
row.addWidget(rail)
row.addWidget(stack, 1)
window.setCentralWidget(body)
window.show()
app.exec()
"""
)


def started(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python with a home of its own, at its end."""
    with tempfile.TemporaryDirectory() as home:
        places = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home)
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": home} | places
        return subprocess.run(
            [sys.executable, *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=env,
            timeout=60,
        )


def run(code: str) -> tuple[float, float]:
    """(seconds to first paint, resident megabytes) of one start."""
    done = started("-c", code)
    if "PAINTED" not in done.stdout:
        sys.exit(f"no first paint: {done.stderr}")
    seconds, megabytes = done.stdout.split("PAINTED", 1)[1].split()
    return float(seconds), float(megabytes)


def selftest() -> float:
    """Seconds from the command line back to it."""
    begun = time.perf_counter()
    done = started("-m", "studyapp", "--selftest")
    if done.returncode:
        sys.exit(f"the selftest failed: {done.stdout}{done.stderr}")
    return time.perf_counter() - begun


def main() -> int:
    wanted = options(__doc__ or "")
    rounds = 4 if wanted.quick else 8
    pairs = [(run(OURS), run(BARE)) for _ in range(rounds)][1:]  # the first fills the file cache
    ours, bare = [p[0] for p in pairs], [p[1] for p in pairs]
    figures = (
        Figure("start/first-paint", min(s for s, _ in ours), "s", 0.5, min(s for s, _ in bare)),
        Figure("start/memory", max(m for _, m in ours), "MB", 150.0, max(m for _, m in bare)),
        Figure("start/selftest", min(selftest() for _ in range(2)), "s", 10.0),
    )
    return report(figures, wanted.json)


if __name__ == "__main__":
    sys.exit(main())
