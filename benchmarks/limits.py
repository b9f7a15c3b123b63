"""The largest that is taken and the worst that is refused: tables, saved runs, and hostile text of all kinds.

Milliseconds of this process's time until it is read, shown or refused. Of each kind the slowest
counts: the best of the rounds of each text, as what is measured is the text and not the machine.
A formula's time is that of the thread of MathJax too; what is made once for a process is there.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from figures import Figure, options, report

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QApplication

from engine.checkpoint import MAX_STEPS, MAX_TURNS, load, save
from engine.config import RunConfig
from engine.derivations.programs import program
from engine.errors import EngineError
from engine.history import Turn
from engine.recurrences.answers import answer
from engine.symbolic.jobs import GradientJob, RecurrenceJob
from engine.tasks.catalogue import task_of
from engine.tasks.columns import read_table
from engine.tasks.sheets import MAX_ROWS
from engine.train import Run
from engine.working.typed import read, vocabulary
from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.errors import MathError
from studyapp.mathtext.style import Style
from studyapp.mathtext.writer import write
from studyapp.theme import LIGHT, dress
from tests import hostile


def spent(deed: Callable[[], object]) -> float:
    begun = time.process_time()
    with suppress(EngineError, MathError):  # refused in words, as it should be
        deed()
    return (time.process_time() - begun) * 1000


def slowest(deed: Callable[[str], object], texts: Iterable[str], rounds: int) -> float:
    return max(min(spent(lambda text=text: deed(text)) for _ in range(rounds)) for text in texts)


def figures(rounds: int) -> Iterator[Figure]:
    def table(text: str) -> object:
        return task_of(RunConfig(task="table", text=text))

    full = "value\n" + "\n".join(str(n % 100) for n in range(MAX_ROWS))
    yield Figure("limits/table", slowest(table, [full], rounds), "ms", 500)
    yield Figure("limits/table-refused", slowest(read_table, ["a,b\n" + "1,2\n" * 10**6], rounds), "ms", 1000)
    yield from saved_runs(rounds)
    yield Figure("limits/recurrence", slowest(recurrence, hostile.RECURRENCES, rounds), "ms", 50)
    words = vocabulary(program(GradientJob("rnn", outputs="each")))
    yield Figure("limits/line", slowest(lambda text: read(text, words), hostile.LINES, rounds), "ms", 50)
    engine = MathEngine()
    engine.svg("x", display=True)
    yield Figure(
        "limits/formula",
        slowest(lambda tex: engine.svg(tex, True), hostile.LATEX.values(), rounds),
        "ms",
        1000,
    )
    yield Figure("limits/note", slowest(note, hostile.MARKDOWN.values(), rounds), "ms", 1000)


def recurrence(text: str) -> object:
    return answer(RecurrenceJob(text))


def note(source: str) -> object:
    """The text as a page of notes, laid out."""
    document = QTextDocument()
    write(document, source, Style(QFont("Inter"), 15, LIGHT, LIGHT.text))
    document.setTextWidth(600)
    return document.size()


def saved_runs(rounds: int) -> Iterator[Figure]:
    """Files with as many steps, and as many turns of knobs, as they may have."""
    run = Run(RunConfig(hidden=3, length=4, batch=2, text="a pear and an apple. " * 3))
    run.advance()
    small = run.checkpoint()
    long = replace(small, step=MAX_STEPS, losses=np.ones(MAX_STEPS))
    turned = replace(small, turns=(Turn(1, "clip", 1.0),) * MAX_TURNS)
    with tempfile.TemporaryDirectory() as folder:
        for name, checkpoint, goal in (("steps", long, 1500), ("turns", turned, 2000)):
            path = Path(folder) / name
            save(path, checkpoint)
            took = slowest(lambda text: load(Path(text)), [str(path)], rounds)
            yield Figure(f"limits/run-{name}", took, "ms", goal)


def main() -> int:
    wanted = options(__doc__ or "")
    app = QApplication(["limits"])
    dress(app)
    return report(figures(2 if wanted.quick else 5), wanted.json)


if __name__ == "__main__":
    sys.exit(main())
