"""`studyapp --selftest`: try each part of an installation for a few seconds and say in words what is missing.

Every check does the real thing on a small scale: opens a window, writes a bank, trains three
steps in the training process, derives a gradient and asks torch. Knows nothing of pages.
Imports nothing heavy until its check runs, so that one broken library cannot hide the rest.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from content.clock import Moment

DEBIAN_PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
WINDOW_PACKAGES = "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's outcome: what was seen, and what to do if it is not right."""

    name: str
    ok: bool
    sentence: str
    way_out: str = ""


class _Missing(Exception):
    """A check failed: what is wrong, and what to do."""

    def __init__(self, sentence: str, way_out: str) -> None:
        super().__init__(sentence)
        self.way_out = way_out


SLOWER = "4 to 40"  # benchmarks/engine.py: engine/numpy against engine/step, XL to S
SAME_STEP = 1e-5  # float32 has 7 digits, and some hundred are added up
REINSTALL = "Install again: .venv/bin/pip install --force-reinstall ."


def findings(now: Moment) -> Iterator[Finding]:
    """Run all checks in order; one that breaks does not stop the next."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("Python", _python),
        ("Qt libraries", _qt),
        ("Window", _window),
        ("Fonts and icons", _resources),
        ("Formulas", _formulas),
        ("Course", _course),
        ("Bank", lambda: _bank(now)),
        ("Data folder", _data_folder),
        ("Arithmetic", _arithmetic),
        ("Training process", _training),
        ("Derivations", _derivation),
        ("torch", _torch),
    )
    for name, check in checks:
        try:
            yield Finding(name, True, check())
        except _Missing as missing:
            yield Finding(name, False, str(missing), missing.way_out)
        except Exception as error:  # noqa: BLE001 - whatever is broken here is what we came to report
            yield Finding(name, False, f"{type(error).__name__}: {error}", REINSTALL)


def run(now: Moment) -> int:
    """Print every finding as it is made; 0 if all is well, else 1."""
    started, wrong = time.monotonic(), 0
    for finding in findings(now):
        wrong += not finding.ok
        print(f"{'ok     ' if finding.ok else 'MISSING'}  {finding.name}: {finding.sentence}", flush=True)
        if finding.way_out:
            print(f"         -> {finding.way_out}", flush=True)
    seconds = time.monotonic() - started
    verdict = "All is well." if not wrong else f"{wrong} of the checks above failed."
    print(f"{verdict} ({seconds:.1f} s)")
    return int(wrong > 0)


def missing_library(error: ImportError) -> tuple[str, str]:
    """What an ImportError of Qt means, and what to do: for people, not for programmers."""
    for library, package in DEBIAN_PACKAGES.items():
        if library in str(error):
            return (
                f"Qt cannot be loaded because {library} is not on this machine.",
                f"On Debian or Ubuntu: sudo apt install {package}",
            )
    return f"Qt cannot be loaded: {error}.", REINSTALL


def _python() -> str:
    return f"{platform.python_version()} on {platform.system()}"


def _qt() -> str:
    try:
        from PySide6.QtCore import QObject, qVersion
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise _Missing(*missing_library(error)) from error
    probe, before = QObject(), sys.getrefcount(None)
    for _ in range(2_000):
        probe.setObjectName("a")
    if before - sys.getrefcount(None) > 1_000:
        raise _Missing(
            f"Qt {qVersion()} loses a reference to None at each call and would abort within seconds.",
            'Install a version that works: .venv/bin/pip install "PySide6-Essentials<6.12"',
        )
    return f"Qt {qVersion()} ({QApplication.__name__} loads)"


def _window() -> str:
    """Open a window in a process of its own: where a plugin is missing Qt aborts the whole process."""
    screen = sys.platform != "linux" or any(os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY"))
    if not screen and not os.environ.get("QT_QPA_PLATFORM"):
        return "no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set); the command line works without"
    code = "from PySide6.QtWidgets import QApplication as A; a = A([]); print(a.platformName())"
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise _Missing(
            f"Qt cannot open a window: {last}", f"On Debian or Ubuntu: sudo apt install {WINDOW_PACKAGES}"
        )
    return f"opens ({done.stdout.strip()})"


def _resources() -> str:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from studyapp import assets

    keep = QGuiApplication.instance() or QGuiApplication([])
    families = assets.load_fonts()
    if "Inter" not in families:
        raise _Missing(f"the shipped fonts could not be loaded (found {families}).", REINSTALL)
    assets.icon("house", "#000000")
    return f"{', '.join(families)} ({keep.applicationName() or 'Qt'} takes them)"


def _formulas() -> str:
    from studyapp.mathtext.engine import MathEngine

    if importlib.util.find_spec("quickjs") is None:
        return "no JavaScript engine for this machine: the course's formulas show, new ones as their source"
    svg = MathEngine().svg(r"\frac{\partial L}{\partial W_h}", display=True)
    if "<svg" not in svg:
        raise _Missing("a test formula could not be drawn.", REINSTALL)
    return "drawn by the bundled MathJax"


def _course() -> str:
    from content.loader import read_course

    course = read_course()
    return f"{len(course.topics)} topics, {len(course.cards)} cards, {len(course.questions)} questions"


def _bank(now: Moment) -> str:
    from content.bank import Bank
    from content.records import Rating

    with tempfile.TemporaryDirectory() as folder:
        bank = Bank.open(Path(folder) / "bank.db", now)
        try:
            due = bank.next_due(now)
            if due is None:
                raise _Missing("a new bank has no cards.", REINSTALL)
            bank.answer(due.card.id, Rating.GOOD, now, 1000)
            bank.undo(now)
        finally:
            bank.close()
    return "a review was written, and taken back"


def _data_folder() -> str:
    from studyapp.places import data_folder

    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _Missing(
            f"{folder} cannot be written: {error.strerror}.",
            "Make it writable, or keep the bank elsewhere: studyapp --bank FILE",
        ) from error
    return f"{folder} can be written"


def _arithmetic() -> str:
    """What trains here; the compiled kernel must do the same step as NumPy."""
    from engine.kernels import door

    try:
        kernel = door.load()
    except door.NoKernelError as error:
        return f"no compiled kernel here: the NumPy engine runs, {SLOWER} times slower. {error}"
    apart = max(_apart(cell) for cell in ("rnn", "lstm", "gru"))
    if not apart < SAME_STEP:  # also where it is not a number
        raise _Missing(
            f"the C kernel, {kernel.name}, does another training step than NumPy, {apart:.0e} apart.",
            f"{REINSTALL}; until then set CRNN_ISA=none, and NumPy trains",
        )
    return f"C kernel, {kernel.name}; one training step is that of NumPy to {apart:.0e}"


def _apart(cell: str) -> float:
    """The largest difference between a training step by the kernel in float32 and by NumPy in float64."""
    from engine.config import RunConfig
    from engine.train import Run

    config = RunConfig(cell=cell, hidden=5, length=6, batch=3, optimiser="sgd", learning_rate=0.1)
    fast, plain = Run(config), Run(dataclasses.replace(config, engine="numpy"))
    losses = abs(fast.advance() - plain.advance())
    pairs = [(fast.weights[name], plain.weights[name]) for name in plain.weights]
    return max(losses, *(float(abs(ours - theirs).max()) for ours, theirs in pairs))


def _training() -> str:
    from engine import worker
    from engine.child import Child
    from engine.config import RunConfig
    from engine.messages import Progress, Start, Step, Stop

    child = Child(worker.main, "training")
    try:
        child.send(Start(RunConfig(hidden=4, length=8, batch=2)))
        child.send(Step(3))
        until = time.monotonic() + 8
        while time.monotonic() < until and child.alive:
            for event in child.wait(0.2):
                if isinstance(event, Progress) and event.snapshot.step == 3:
                    return f"trains; loss {event.snapshot.losses[-1]:.3f} after three steps"
    finally:
        child.stop(Stop())
    raise _Missing("the training process gave no answer within 8 s.", REINSTALL)


def _derivation() -> str:
    from engine.symbolic.jobs import RecurrenceJob
    from engine.symbolic.report import Report
    from studyapp.commands.derive_asking import ask

    answer = ask(RecurrenceJob("T(n) = 3T(n-1), T(0) = 1"))
    if not isinstance(answer, Report):
        raise _Missing(f"a test derivation was refused: {answer}.", REINSTALL)
    return answer.summary


def _torch() -> str:
    from engine.symbolic.jobs import GradientJob, OpinionJob
    from engine.symbolic.report import Agreement
    from studyapp.commands.derive_asking import ask

    if importlib.util.find_spec("torch") is None:
        raise _Missing("torch is not installed.", ".venv/bin/pip install torch==2.13.0")
    answer = ask(OpinionJob(GradientJob()))
    if not isinstance(answer, Agreement) or not answer.ok:
        raise _Missing(f"torch does not confirm our gradient: {answer}.", REINSTALL)
    return f"autograd agrees with a derived gradient to {answer.error:.0e}"
