"""LaTeX -> SVG: MathJax 3 in QuickJS (the module `quickjs` of the package quickjs-ng).

The JavaScript runs in a thread of its own, made at the first formula: its stack has a known size on
every system, and other threads run on meanwhile. Time, memory, depth and length are limited, and a
context that ran into a limit is thrown away. Knows no Qt and no cache.
"""

from __future__ import annotations

import queue
import re
import threading
from concurrent.futures import Future
from typing import Any

from studyapp import assets
from studyapp.mathtext.errors import BadTex, MathError, NoEngine

MAX_LENGTH = 4000  # characters
MAX_DEPTH = 100  # braces inside braces
_SECONDS = 0.7  # of this process's CPU for one formula; the usual one takes 0.003 to 0.04
_BYTES = 256 << 20
_MOST = 200  # formulas to a context: MathJax keeps 0.13 MB of each, and QuickJS stops to search it all
_STACK = 16 << 20  # of the JavaScript; the thread's own is four times that
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

Job = tuple[str, bool, "Future[str]"]
_TOO_LONG = "This formula takes too long to set; make it shorter."


class MathEngine:
    """MathJax. `svg` may be called from any thread and blocks until the answer is there."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def svg(self, tex: str, display: bool) -> str:
        """The formula as an SVG document of MathJax's kind.

        Raises:
            BadTex: the LaTeX is wrong, or over a limit.
            NoEngine: QuickJS cannot be imported.
        """
        refuse_monsters(tex)
        self._start()
        answer: Future[str] = Future()
        self._jobs.put((_UNREADABLE.sub("�", tex), display, answer))
        return answer.result()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="mathjax", daemon=True)
                before = threading.stack_size(4 * _STACK)
                try:
                    self._thread.start()
                finally:
                    threading.stack_size(before)

    def _run(self) -> None:
        context: _Context | None = None
        while True:
            tex, display, answer = self._jobs.get()
            context = context if context and context.formulas < _MOST else None
            try:
                context, svg = _patiently(context, tex, display)
                answer.set_result(svg)
            except MathError as error:
                answer.set_exception(error)
            except Exception:  # noqa: BLE001  quickjs raises several kinds
                context = None  # half-done work may be in it
                answer.set_exception(BadTex(_TOO_LONG))


def _patiently(context: _Context | None, tex: str, display: bool) -> tuple[_Context, str]:
    """Set it; what runs into a limit is tried once more, in a new context.

    The limit counts the CPU of the whole process, so another busy thread can use it up, and a full
    memory is no fault of the formula either.
    """
    context = context or _Context()
    try:
        return context, context.svg(tex, display)
    except MathError:
        raise
    except Exception:  # noqa: BLE001  quickjs raises several kinds
        context = _Context()
        return context, context.svg(tex, display)


def refuse_monsters(tex: str) -> None:
    """Say no at once to what would only run into the limits.

    Raises:
        BadTex: longer than MAX_LENGTH, or deeper than MAX_DEPTH.
    """
    if len(tex) > MAX_LENGTH:
        raise BadTex(f"This formula has {len(tex)} characters; at most {MAX_LENGTH} can be set.")
    depth = deepest = 0
    for char in tex:
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise BadTex(f"This formula has {deepest} braces inside each other; at most {MAX_DEPTH} can be set.")


class _Context:
    """One JavaScript world with MathJax in it. Lives in the engine's thread only."""

    def __init__(self) -> None:
        try:
            import quickjs
        except ImportError as error:
            raise NoEngine from error
        self._context: Any = quickjs.Context()
        self._context.set_max_stack_size(_STACK)
        self._context.set_memory_limit(_BYTES)
        self._context.eval(assets.data("mathjax/mathjax.js").decode())
        self._context.set_time_limit(_SECONDS)
        self._typeset = self._context.get("typeset")
        self.formulas = 0  # that were asked for

    def svg(self, tex: str, display: bool) -> str:
        self.formulas += 1
        answer: str = self._typeset(tex, display)
        kind, text = answer[0], answer[1:]
        if kind == "T":
            raise BadTex(text.rstrip(".") + ".")
        if kind == "X":  # something in MathJax broke: out of stack or memory, or a bug
            raise RuntimeError(text)
        return text
