"""The error tree of the engine.

    EngineError          something in the world is not as we need it: one sentence, fit to show
    ├── ConfigError      knobs out of bounds; names every one of them at once
    ├── TaskError        a text or table that nothing can be learnt from
    ├── DivergenceError  a run whose loss or gradient is no longer finite; knows the step
    ├── FormulaError     a formula that cannot be read; knows the column
    └── ChildError       a helper process that did not start, or died

Anything else that escapes is a bug of ours. A derivation that cannot be done is not an
error but a `Refusal`, a value that is shown like a result (see `symbolic/report.py`).
"""

from __future__ import annotations


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
    """A run whose loss, gradient or weights are no longer finite numbers.

    Attributes:
        step: the step that could not be done.
        restored: the step after which the weights were as they now are again.
        advice: what was done about it, and what to try.
    """

    def __init__(self, step: int, restored: int, learning_rate: float) -> None:
        self.step = step
        self.restored = restored
        back_to = f"those after step {restored:,}, the last good ones" if restored else "the start"
        self.advice = (
            f"The weights were put back to {back_to}. "
            f"Lower the learning rate (now {learning_rate:g}) or set a clip norm, then go on."
        )
        super().__init__(f"At step {step} the loss is no longer a finite number. {self.advice}")


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


class ChildError(EngineError):
    """A helper process did not start, or died; says what to do next."""
