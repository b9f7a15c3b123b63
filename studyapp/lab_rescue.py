"""What can be done at once after an explosion: the words of the buttons, and the knob each one turns."""

from __future__ import annotations

from engine.config import knob_of
from studyapp.widgets.config_form import ConfigForm

SLOWER = 10.0  # by this the learning rate is divided
CLIP = 1.0  # the norm that a gradient is cut to, where it was not cut at all
GO_ON, CLIP_ON = "Lower the learning rate and go on", "Clip at 1 and go on"
STEP_BACK, RESET = "Step back", "Reset"


def way_on(form: ConfigForm) -> str:
    """How this run can go on. A lower rate alone does not help where nothing holds the gradient."""
    return GO_ON if form.row("clip").value else CLIP_ON


def rescue(form: ConfigForm, words: str) -> bool:
    """Turn the knob that these words are about; False when they are about none."""
    if words == CLIP_ON:
        form.turn("clip", CLIP)
    elif words == GO_ON:
        _slow_down(form)
    return words in (GO_ON, CLIP_ON)


def _slow_down(form: ConfigForm) -> None:
    rate, lowest = form.row("learning_rate").value, knob_of("learning_rate").low
    if lowest is not None and not isinstance(rate, str):
        form.turn("learning_rate", max(lowest, rate / SLOWER))
