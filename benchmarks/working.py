"""A student's line of working: read at each key press, judged on Return, and written back as LaTeX.

Milliseconds of this process's time, medians; the slowest of the lines. "working/verdict" is a wrong
line at T = 50, held against the derivation and against what other conventions and usual mistakes
would give; "working/latex" is for one definition of a model, the longest.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from figures import Figure, options, report

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engine.derivations.catalogue import cleaned
from engine.derivations.programs import program
from engine.symbolic.jobs import GradientJob, WorkingJob
from engine.tape.latex import latex
from engine.working.judging import judged
from engine.working.typed import read, vocabulary

TYPED = r"\frac{\partial L}{\partial h_t} = W_h^{\top} \delta_{t+1} + W_o^{\top} (\hat{y}_t - y_t)"
WRONG = ("dh_t/dh_j = W_h", "dh_t/dh_1 = W_h", "delta_t = W_h^T delta_{t+1}")
MODELS = ("rnn", "lstm", "gru", "birnn", "attention", "layernorm")
A_CALL = 20


def spent(deed: Callable[[], object]) -> float:
    begun = time.process_time()
    deed()
    return (time.process_time() - begun) * 1000


def often(deed: Callable[[], object], rounds: int) -> float:
    """What takes too little for one look at the clock."""
    return median(spent(lambda: [deed() for _ in range(A_CALL)]) / A_CALL for _ in range(rounds))


def figures(rounds: int) -> Iterator[Figure]:
    each = GradientJob("rnn", outputs="each")
    words = vocabulary(program(each))
    yield Figure("working/read", often(lambda: read(TYPED, words), rounds), "ms", 2)
    long = cleaned(GradientJob(steps=50))
    judged(WorkingJob(long, 0, "dL/dh_t = h_t"))  # the derivation, and those of other conventions
    verdicts = (
        median(spent(lambda text=text: judged(WorkingJob(long, 0, text))) for _ in range(rounds))
        for text in WRONG
    )
    yield Figure("working/verdict", max(verdicts), "ms", 100)
    values = [made.value for model in MODELS for made, _ in program(GradientJob(model)).definitions()]
    longest = max(values, key=lambda value: len(latex(value)))
    yield Figure("working/latex", often(lambda: latex(longest), rounds), "ms", 0.1)


def main() -> int:
    wanted = options(__doc__ or "")
    return report(figures(6 if wanted.quick else 20), wanted.json)


if __name__ == "__main__":
    sys.exit(main())
