"""A long page of formulas: loading it, switching its colours, one step of scrolling; and a new formula.

680 formulas, 17 of them different, all known but the last figure's: milliseconds of this
process's time, off screen, medians. The peer of the page is the same text in a plain
QTextBrowser, its formulas left as LaTeX: what Qt's own text costs.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from figures import Figure, options, report

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtWidgets import QApplication, QTextBrowser

from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme, dress

INLINE = (
    r"h_t = \tanh(W_h h_{t-1} + W_x x_t + b)", r"\sigma(x)(1 - \sigma(x))",
    r"\frac{\partial L}{\partial W_h}",
    r"C_t = f_t \odot C_{t-1} + i_t \odot \tilde C_t", r"\prod_{k=j+1}^{T} J_k", r"\mathcal{O}(n^2)",
    r"\sqrt{h}", r"\hat y_t", r"\sum_{t=1}^{T} \delta_t", r"\gamma \sigma_{\max}(W_h) < 1",
)  # fmt: skip
SOURCE = "\n\n".join(
    f"Line {n} with ${INLINE[n % 10]}$, ${INLINE[n % 7]}$ and **words**." for n in range(340)
)


def spent(deed: Callable[[], object]) -> float:
    """Milliseconds of this process until the deed is done and painted."""
    begun = time.process_time()
    deed()
    QApplication.processEvents()
    return (time.process_time() - begun) * 1000


def figures(rounds: int) -> Iterator[Figure]:
    theme, plain = Theme("light"), QTextBrowser()
    view = MathView(theme, 15)
    for widget in (view, plain):
        widget.resize(760, 700)
        widget.show()
    view.set_markdown(SOURCE)
    plain.setMarkdown(SOURCE)
    QApplication.processEvents()
    loads = [
        (spent(lambda: view.set_markdown(SOURCE)), spent(lambda: plain.setMarkdown(SOURCE)))
        for _ in range(rounds)
    ]
    yield Figure("mathtext/load-680", median(a for a, _ in loads), "ms", 500, median(b for _, b in loads))
    switches = [spent(lambda name=name: theme.choose(name)) for name in ("dark", "light") * rounds]
    yield Figure("mathtext/theme-switch", median(switches), "ms", 500)
    bar = view.verticalScrollBar()
    steps = [spent(lambda: bar.setValue(bar.value() + 60)) for _ in range(20 * rounds)]
    yield Figure("mathtext/scroll-step", median(steps), "ms", 10)
    engine = MathEngine()
    engine.svg("x", display=True)
    new = [
        spent(lambda n=n: engine.svg(rf"\frac{{a_{{{n}}}}}{{b}} + \sum_k c_k", display=True))
        for n in range(10 * rounds)
    ]
    yield Figure("mathtext/new-formula", median(new), "ms", 60)


def main() -> int:
    wanted = options(__doc__ or "")
    app = QApplication(["mathtext"])
    dress(app)
    return report(figures(3 if wanted.quick else 10), wanted.json)


if __name__ == "__main__":
    sys.exit(main())
