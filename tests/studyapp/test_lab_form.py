"""The form of knobs: groups, what has a say, what clashes; what is remembered of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.config import RunConfig, knob_of, relevant
from engine.errors import ConfigError
from studyapp.lab_memory import LabMemory
from studyapp.settings import Settings
from studyapp.theme import Theme, dress
from studyapp.widgets.choice_box import ChoiceBox
from studyapp.widgets.config_form import NAMES, ConfigForm


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    dress(qapp)
    return Theme("light")


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> ConfigForm:
    made = ConfigForm(theme)
    qtbot.addWidget(made)
    made.resize(260, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


def choose(form: ConfigForm, name: str, value: str) -> None:
    """As the user would: by the field's own signal."""
    form.row(name).set_value(value)
    form._on_settled(name)


def invalid(form: ConfigForm, name: str) -> bool:
    return bool(form.row(name)._field.property("invalid"))


def test_every_knob_is_in_the_group_that_it_names(form: ConfigForm) -> None:
    for name in NAMES:
        assert form.groups[knob_of(name).group].isAncestorOf(form.row(name)), name
        assert form.row(name)._field.toolTip() == knob_of(name).help


@pytest.mark.parametrize("task", [value for value, _ in knob_of("task").choices])
def test_only_knobs_with_a_say_are_shown(form: ConfigForm, task: str) -> None:
    config = RunConfig(task=task)
    form.set_config(config)
    for name in NAMES:
        assert form.row(name).isHidden() != relevant(config, name), name
    assert form.config() == config


def test_many_choices_are_a_list(form: ConfigForm) -> None:
    for name in ("task", "model", "optimiser", "schedule", "init"):
        assert isinstance(form.row(name)._field, ChoiceBox), name


def test_more_is_folded_until_it_is_opened(qtbot: QtBot, form: ConfigForm) -> None:
    assert not form.row("gain").isVisible()
    form.set_more_open(True)
    assert form.row("gain").isVisible()
    assert form.more_open


def test_a_clash_is_said_under_the_knob_turned_last_and_nothing_is_lost(form: ConfigForm) -> None:
    heard: list[str] = []
    form.live.connect(lambda name, _value: heard.append(name))
    choose(form, "direction", "both")
    form.turn("teacher_forcing", 0.5)
    assert "Teacher forcing is 0.5 and Direction is both" in form.row("teacher_forcing").problem
    assert invalid(form, "teacher_forcing")
    assert invalid(form, "direction")
    assert not form.row("direction").problem
    assert not heard, "a clash never reaches a running training"
    with pytest.raises(ConfigError, match="Direction is both"):
        form.config()
    choose(form, "direction", "one")
    assert not invalid(form, "teacher_forcing")
    choose(form, "direction", "both")
    assert "Direction is both" in form.row("direction").problem
    assert not form.row("teacher_forcing").problem
    choose(form, "direction", "one")
    assert form.config().teacher_forcing == 0.5


def test_a_hidden_knob_that_would_clash_gives_its_default(form: ConfigForm) -> None:
    form.turn("truncate", 20)
    choose(form, "task", "dates")  # its model reads no truncation
    assert form.row("truncate").isHidden()
    form.turn("length", 10)
    assert form.config().truncate == 0
    choose(form, "task", "characters")
    assert form.row("truncate").value == 20, "and is there again when it has a say"


def test_the_keyboard_goes_to_a_problem_that_is_folded_away(qtbot: QtBot, form: ConfigForm) -> None:
    form.turn("gain", 99.0)
    form.focus_first_problem()
    assert form.more_open
    focus: QWidget | None = QApplication.focusWidget()
    assert focus is not None
    assert form.row("gain").isAncestorOf(focus)


# --- memory -----------------------------------------------------------------------------------


def remembered(kept: dict[str, object]) -> RunConfig:
    settings = Settings(None)
    settings.keep_knobs("lab", kept)
    return LabMemory.of(settings).config


def test_what_clashes_in_memory_is_dropped_and_the_rest_kept() -> None:
    found = remembered({"task": "skipgrams", "model": "ntm", "hidden": 9, "cell": "jordan", "layers": 3})
    assert (found.task, found.model, found.hidden) == ("skipgrams", "auto", 9)


def test_values_that_need_each_other_are_both_kept() -> None:
    found = remembered({"task": "latch", "length": 8, "lag": 3, "truncate": 99})
    assert (found.task, found.length, found.lag, found.truncate) == ("latch", 8, 3, 0)


VALUES = {
    name: st.sampled_from([v for v, _ in knob_of(name).choices]) for name in NAMES if knob_of(name).choices
}


@settings(max_examples=60)
@given(
    kept=st.fixed_dictionaries(VALUES, optional={"layers": st.integers(0, 5), "truncate": st.integers(0, 99)})
)
def test_any_memory_gives_a_run(kept: dict[str, object]) -> None:
    found = remembered(kept)
    assert found.task in dict(knob_of("task").choices)
