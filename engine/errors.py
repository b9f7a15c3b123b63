"""The error tree of the engine.

    EngineError          something in the world is not as we need it: one sentence, fit to show
    ├── ConfigError      knobs out of bounds; names every one of them at once
    ├── TaskError        a text or table that nothing can be learnt from
    ├── DivergenceError  a run whose loss or gradient is no longer finite; knows the step
    ├── CheckpointError  a saved run that cannot be read or does not fit
    ├── FormulaError     a formula that cannot be read; knows the column
    ├── CodeError        pasted code that is not read, or fails; knows line and column
    └── ChildError       a helper process that did not start, or died

Anything else that escapes is a bug of ours. A derivation that cannot be done is not an
error but a `Refusal`, a value that is shown like a result (see `symbolic/report.py`).
"""

from __future__ import annotations

import math


class EngineError(Exception):
    """Base of all that can be told to the user; `str(error)` is the sentence."""


class ConfigError(EngineError):
    """Knobs out of bounds.

    Attributes:
        problems: one sentence for each offending knob.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class TaskError(EngineError):
    """A text or table that nothing can be learnt from."""


class DivergenceError(EngineError):
    """A step whose loss, gradient or updated weights are no longer finite numbers.

    Attributes:
        step: the step that could not be done.
        sound: the step after which training takes up again.
        norm: the gradient's global norm at that step, perhaps infinite or not a number.
        advice: what was done about it, and what to try.
    """

    def __init__(
        self,
        step: int,
        sound: int,
        learning_rate: float,
        norm: float,
        live: tuple[str, ...] = ("set a clip norm",),
        anew: tuple[str, ...] = (),
    ) -> None:
        """`live` and `anew` are other ways than the learning rate, as `engine.remedies` names them."""
        self.step, self.sound, self.norm = step, sound, norm
        back_to = f"after step {sound:,}, where the loss was last sound" if sound else "from the start"
        now = _either(f"Lower the learning rate (now {learning_rate:g})", *live)
        self.advice = f"{now}, then go on: training takes up again {back_to}."
        if anew:
            self.advice += f" Or start a new run with {_either(*anew)}."
        size = "not a number" if math.isnan(norm) else f"{norm:.3g}"
        super().__init__(f"Exploded at step {step:,}, gradient norm {size}. {self.advice}")


def _either(*ways: str) -> str:
    """ "a, b or c"."""
    *first, last = ways
    return f"{', '.join(first)} or {last}" if first else last


class CheckpointError(EngineError):
    """A file that is no saved run, damaged, newer or crafted; names the field, its value, what is allowed."""


class FormulaError(EngineError):
    """A formula that cannot be read.

    Attributes:
        text: what was typed.
        column: 0-based place in `text` where reading stopped.
        reason: the sentence, without the caret.
    """

    def __init__(self, reason: str, text: str, column: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.text = text
        self.column = max(0, min(column, len(text)))

    def caret(self) -> str:
        """Two lines: the text around the fault (60 characters at most) and a caret under it."""
        start = max(0, self.column - 40)
        shown = self.text[start : start + 60].replace("\n", " ").replace("\t", " ")
        return f"{shown}\n{' ' * (self.column - start)}^"


class CodeError(EngineError):
    """Pasted code that is not read, or that fails while it is interpreted.

    Attributes:
        reason: the sentence.
        way_out: what to do instead.
        line: where, from 1; 0 when it is not about a place.
        column: in that line as it was pasted, from 0; -1 when it is about the whole line.
    """

    def __init__(self, reason: str, way_out: str, line: int = 0, column: int = -1) -> None:
        super().__init__(f"Line {line}: {reason}" if line else reason)
        self.reason = reason
        self.way_out = way_out
        self.line = line
        self.column = column


class ChildError(EngineError):
    """A helper process did not start, or died; says what to do next."""
