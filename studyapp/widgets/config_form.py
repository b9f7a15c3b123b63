"""ConfigForm: the knobs of a training run, built from RunConfig's own description of them.

Knows what RunConfig knows (names, bounds, help, groups, what is live) and nothing of trainers.
Run it alone: python -m studyapp.widgets.config_form
"""

from __future__ import annotations

import dataclasses
import re
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.config import RunConfig, knob_of, problem_of, relevant
from engine.errors import ConfigError
from studyapp.theme import Theme
from studyapp.widgets.knob_group import KnobGroup
from studyapp.widgets.knob_row import KnobRow

NAMES = tuple(f.name for f in dataclasses.fields(RunConfig))
GROUPS = {"task": "Task", "network": "Network", "training": "Training", "more": "More"}
FOLDING = "more"


class ConfigForm(QWidget):
    """One row a knob, those that have a say. What is wrong with a value is said under it, at once.

    Knobs that are good by themselves but cannot be together are all marked; why is said under one.

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
        self.groups = {key: KnobGroup(theme, title, folds=key == FOLDING) for key, title in GROUPS.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for group in self.groups.values():
            column.addWidget(group)
        column.addStretch(1)
        for name, row in self._rows.items():
            row.settled.connect(self._on_settled)
            self.groups[knob_of(name).group].add(row)
        self._built: RunConfig | None = None
        self._turned = ""  # the knob that was turned last
        self.set_config(config or RunConfig())

    @property
    def more_open(self) -> bool:
        """Whether the knobs that are turned seldom are shown."""
        return self.groups[FOLDING].open

    def set_more_open(self, wanted: bool) -> None:
        """Show or fold the knobs that are turned seldom."""
        self.groups[FOLDING].set_open(wanted)

    def row(self, name: str) -> KnobRow:
        """The row of the field `name`."""
        return self._rows[name]

    def set_config(self, config: RunConfig) -> None:
        """Show `config` without signals."""
        self.show_values({name: getattr(config, name) for name in NAMES})

    def show_values(self, values: dict[str, Any]) -> None:
        """Show these values of these knobs without signals."""
        for name, value in values.items():
            self._rows[name].set_value(value)
        self._after_change()

    def config(self) -> RunConfig:
        """What is set now; a knob without a say has its default where its own value would clash.

        Raises:
            ConfigError: naming every bad knob, or those that cannot be together; they are marked as well.
        """
        problems = tuple(p for name in self._shown() if (p := self._check(name)))
        if problems:
            raise ConfigError(problems)
        try:
            return RunConfig(**{name: self._value(name) for name in NAMES})
        except ConfigError:
            shown = self._shown()
            return RunConfig(**{name: self._value(name) for name in shown})

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
        """Put the keyboard on the first knob with a bad value, unfolding it."""
        if bad := self._bad():
            if bad[0] in self.groups[FOLDING].findChildren(KnobRow):
                self.groups[FOLDING].set_open(True)
            bad[0].focus()

    def first_problem(self) -> str:
        """The sentence about the first bad value; empty when all are good."""
        return bad[0].problem if (bad := self._bad()) else ""

    def _bad(self) -> list[KnobRow]:
        return [row for row in self._rows.values() if row.problem and not row.isHidden()]

    def _shown(self) -> list[str]:
        return [name for name, row in self._rows.items() if not row.isHidden()]

    def _on_settled(self, name: str) -> None:
        self._turned = name
        self._after_change()
        self.edited.emit()
        row = self._rows[name]
        if not row.problem and knob_of(name).live:
            self.live.emit(name, float(row.value))

    def _check(self, name: str) -> str:
        """The sentence about a value that is bad by itself; empty when it is good."""
        return problem_of(name, self._rows[name].value)

    def _value(self, name: str) -> Any:
        """The knob's value; a hidden knob has no say, so it gives its default unless it is good."""
        return knob_default(name) if self._check(name) else self._rows[name].value

    def _differs(self, name: str) -> bool:
        row = self._rows[name]
        if self._built is None or row.isHidden() or knob_of(name).live:
            return False
        return bool(row.value != getattr(self._built, name))

    def _after_change(self) -> None:
        self._show_relevant()
        for name, row in self._rows.items():
            row.set_waiting(self._differs(name))
            row.set_problem(self._check(name) if not row.isHidden() else "")
            row.set_clashing(False)
        self._mark_clashes()

    def _show_relevant(self) -> None:
        """Show the knobs that have a say, the others being what they are."""
        now = SimpleNamespace(**{name: row.value for name, row in self._rows.items()})
        for name, row in self._rows.items():
            row.setVisible(relevant(now, name))  # type: ignore[arg-type]  # reads it by names only
        for group in self.groups.values():
            group.settle()

    def _mark_clashes(self) -> None:
        """Mark the knobs that the first clash names; under the one turned last, or the first, say why."""
        try:
            self.config()
        except ConfigError as error:
            if self._bad():
                return  # bad by themselves; said already
            sentence = error.problems[0]
        else:
            return
        named = [name for name in self._shown() if _names(sentence, knob_of(name).label)]
        blamed = self._turned if self._turned in named else (named or ["task"])[0]
        self._rows[blamed].set_problem(sentence)
        for name in named:
            self._rows[name].set_clashing(True)


def knob_default(name: str) -> Any:
    """The value of `name` in a fresh RunConfig."""
    return getattr(RunConfig(), name)


def _names(sentence: str, label: str) -> bool:
    return re.search(rf"\b{re.escape(label)}\b", sentence) is not None


def _show(theme: Theme) -> ConfigForm:
    form = ConfigForm(theme, RunConfig(cell="gru", hidden=20))
    form.set_built(RunConfig(cell="gru"))
    return form


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
