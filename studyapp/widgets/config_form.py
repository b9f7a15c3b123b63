"""ConfigForm: the knobs of a training run, built from RunConfig's own description of them.

Knows what RunConfig knows (names, bounds, help, what is live) and nothing of trainers.
Run it alone: python -m studyapp.widgets.config_form
"""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.config import RunConfig, knob_of
from engine.errors import ConfigError
from studyapp.theme import Theme
from studyapp.widgets.knob_row import KnobRow

NAMES = tuple(f.name for f in dataclasses.fields(RunConfig))
ONLY_WITH = {"gru_update": ("cell", "gru"), "text": ("task", "characters")}  # knob -> (knob, value)


class ConfigForm(QWidget):
    """One row a knob. What is wrong with a value is said under it, at once.

    Signals:
        edited(): some knob has another value, good or bad.
        live(str, float): a knob that acts on a running training has this new good value.
    """

    edited = Signal()
    live = Signal(str, float)

    def __init__(self, theme: Theme, config: RunConfig | None = None) -> None:
        super().__init__()
        self.setObjectName("knobs")
        self._rows = {name: KnobRow(theme, name) for name in NAMES}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for name, row in self._rows.items():
            row.settled.connect(self._on_settled)
            column.addWidget(row, 1 if name == "text" else 0)
        column.addStretch(0)
        self._built: RunConfig | None = None
        self.set_config(config or RunConfig())

    def row(self, name: str) -> KnobRow:
        """The row of the field `name`."""
        return self._rows[name]

    def set_config(self, config: RunConfig) -> None:
        """Show `config` without signals."""
        for name, row in self._rows.items():
            row.set_value(getattr(config, name))
            row.set_problem("")
        self._after_change()

    def config(self) -> RunConfig:
        """What is set now.

        Raises:
            ConfigError: naming every bad knob; each is marked in the form as well.
        """
        problems = {name: self._check(name) for name in self._rows if not self._rows[name].isHidden()}
        if any(problems.values()):
            raise ConfigError(tuple(p for p in problems.values() if p))
        return RunConfig(**{name: self._value(name) for name in NAMES})

    def set_built(self, config: RunConfig | None) -> None:
        """`config` is what trains now: knobs that differ from it are marked."""
        self._built = config
        self._after_change()

    def waiting(self) -> tuple[str, ...]:
        """Labels of the knobs that differ from what trains now and need a Reset to take effect."""
        return tuple(knob_of(name).label for name in NAMES if self._differs(name))

    def turn(self, name: str, value: float) -> None:
        """Set one knob as if the user had: its signals follow."""
        self._rows[name].set_value(value)
        self._on_settled(name)

    def focus_first_problem(self) -> None:
        """Put the keyboard on the first knob with a bad value."""
        if bad := self._bad():
            bad[0].focus()

    def first_problem(self) -> str:
        """The sentence about the first bad value; empty when all are good."""
        return bad[0].problem if (bad := self._bad()) else ""

    def _bad(self) -> list[KnobRow]:
        return [row for row in self._rows.values() if row.problem and not row.isHidden()]

    def _on_settled(self, name: str) -> None:
        good = not self._check(name)
        self._after_change()
        self.edited.emit()
        if good and knob_of(name).live:
            self.live.emit(name, float(self._value(name)))

    def _check(self, name: str) -> str:
        """The sentence about a bad value, also shown under it; empty when it is good."""
        problem = ""
        try:
            RunConfig(**{name: self._rows[name].value})  # type: ignore[arg-type]  # it checks
        except ConfigError as error:
            problem = str(error)
        self._rows[name].set_problem(problem)
        return problem

    def _value(self, name: str) -> Any:
        """The knob's value; a hidden knob has no say, so it gives its default unless it is good."""
        row = self._rows[name]
        return knob_default(name) if row.isHidden() and row.problem else row.value

    def _differs(self, name: str) -> bool:
        row = self._rows[name]
        if self._built is None or row.isHidden() or knob_of(name).live:
            return False
        return bool(row.value != getattr(self._built, name))

    def _after_change(self) -> None:
        for name, (other, value) in ONLY_WITH.items():
            self._rows[name].setVisible(self._rows[other].value == value)
        for name, row in self._rows.items():
            row.set_waiting(self._differs(name))


def knob_default(name: str) -> Any:
    """The value of `name` in a fresh RunConfig."""
    return getattr(RunConfig(), name)


def _show(theme: Theme) -> ConfigForm:
    form = ConfigForm(theme, RunConfig(cell="gru", hidden=20))
    form.set_built(RunConfig(cell="gru"))
    return form


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
