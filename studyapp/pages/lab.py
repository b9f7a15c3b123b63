"""Lab: train a tiny recurrent network and look inside it at every time step. Knows no process."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from engine.config import RunConfig, knob_of
from engine.errors import ConfigError
from engine.messages import Diverged, Progress, Sampled, Started
from studyapp import actions
from studyapp.lab_memory import LabMemory
from studyapp.settings import Settings
from studyapp.theme import Theme
from studyapp.trainer import Trainer
from studyapp.widgets.lab_view import LabView
from studyapp.widgets.page import Page

WRITE_EVERY = 1000  # ms, while training
WRITE_AFTER = 150  # ms after the last step, when paused
SLOWER = 10.0  # by this the learning rate is divided after a divergence
SMOOTHING = 0.15  # weight of the newest steps/s
GO_ON, RESET = "Lower the learning rate and go on", "Reset"


class LabPage(Page):
    """One training run, its knobs and its pictures.

    Nothing is drawn while the page is off screen; training goes on, and no loss is missed.
    """

    def __init__(self, theme: Theme, trainer: Trainer, settings: Settings) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._trainer, self._settings = trainer, settings
        self._built: RunConfig | None = None  # the config of the run that there is
        self._on_screen = False
        self._knob_told = False  # the banner is about a bad knob
        self._speed = 0.0  # steps a second, smoothed
        self.view = LabView(
            theme,
            (
                actions.tip("lab.train"),
                actions.tip("lab.step"),
                actions.tip("lab.ten"),
                actions.tip("lab.reset"),
            ),
        )
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.view)
        self._write_often = QTimer(self, interval=WRITE_EVERY)
        self._write_soon = QTimer(self, singleShot=True, interval=WRITE_AFTER)
        self._connect_trainer()
        self._connect_view()
        self._recall(LabMemory.of(settings))

    # --- page ------------------------------------------------------------------------------

    def entered(self) -> None:
        self._on_screen = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._built is None and not self._trainer.has_run:
            self._build()
        self._draw()
        self._keep_writing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys that nobody else wants move through time and units."""
        if not self.view.place.press(event):
            super().keyPressEvent(event)

    def left(self) -> None:
        self._on_screen = False
        self._keep_writing()

    def closing(self) -> None:
        self._memory().keep(self._settings)

    # --- commands --------------------------------------------------------------------------

    def train_or_pause(self) -> None:
        """Train at full speed, or pause what trains."""
        if self._trainer.running:
            self._trainer.pause()
        elif self._ready():
            self._trainer.resume()

    def step(self, count: int = 1) -> None:
        """Do `count` steps, then pause."""
        if self._ready():
            self._trainer.step(count)

    def step_ten(self) -> None:
        """Do ten steps, then pause."""
        self.step(10)

    def reset(self) -> None:
        """Drop the run and build a new one from the knobs."""
        self._build()

    def _ready(self) -> bool:
        """Have a run to train: the one that there is, or a new one from the knobs."""
        begun = self._trainer.losses.steps > 0
        return (self._trainer.has_run and (begun or self._config() == self._built)) or self._build()

    def _build(self) -> bool:
        """Start a run with the knobs as they are; False, with the keyboard there, when one is bad."""
        config = self._config()
        if config is None:
            problem = self.view.form.first_problem()
            self._knob_told = True
            self.view.banner.tell(f"Nothing was started: one of the knobs is not right. {problem}")
            self.view.form.focus_first_problem()
            return False
        self.view.banner.clear()
        self._trainer.start(config)
        return self._trainer.has_run

    def _config(self) -> RunConfig | None:
        """The knobs as they are; None when one of them is bad, which is then said under it."""
        try:
            return self.view.form.config()
        except ConfigError:
            return None

    # --- what the training process says ------------------------------------------------------

    def _on_started(self, event: Started) -> None:
        self._built, self._speed = event.config, 0.0
        self.view.banner.clear()
        self.view.show_started(event, self._trainer.losses)
        self.view.set_state("Training" if self._trainer.running else "Ready")

    def _on_progress(self, event: Progress) -> None:
        weight = SMOOTHING if self._speed else 1.0
        self._speed += weight * (event.steps_per_second - self._speed)
        self._draw()
        if not self._trainer.running:
            self._write_soon.start()
            self.view.set_state("Paused")

    def _on_sampled(self, event: Sampled) -> None:
        self.view.sampler.show_text(event.text, event.step, event.mean_log_probability)

    def _on_diverged(self, event: Diverged) -> None:
        self.view.set_state("Diverged")
        self.view.curve.set_broken(event.step)
        self.view.curve.follow_from(event.step)
        self._knob_told = False
        words = f"The loss is no longer a number at step {event.step:,}. {event.advice}"
        self.view.banner.tell(words, GO_ON)

    def _on_failed(self, sentence: str) -> None:
        lost = not self._trainer.has_run
        self.view.set_state("Stopped" if lost else "Paused")
        self._knob_told = False
        self.view.banner.tell(sentence, RESET if lost else "")

    def _on_running_changed(self, running: bool) -> None:
        self.view.transport.set_running(running)
        if running:
            self.view.banner.clear()
            self.view.curve.set_broken(None)
        self.view.set_state("Training" if running else "Paused")
        self._keep_writing()

    def _draw(self) -> None:
        snapshot = self._trainer.snapshot
        if self._on_screen and snapshot is not None:
            self.view.show_picture(snapshot, self._trainer.losses, self._speed)

    # --- what the user does --------------------------------------------------------------------

    def _on_edited(self) -> None:
        begun = self._trainer.losses.steps > 0
        if self._knob_told and self._config() is not None:
            self._knob_told = False
            self.view.banner.clear()
        if not begun and not self._trainer.running and (config := self._config()) is not None:
            self._trainer.start(config)  # nothing is lost
        self.view.say_waiting(begun)

    def _on_live(self, name: str, value: float) -> None:
        self._trainer.change(name, value)
        if name == "clip" and self._built is not None:
            self.view.say_clipping(value)
        step = self._trainer.losses.steps
        if step and self._trainer.has_run:
            self.view.mark(step, f"{knob_of(name).label.lower()} {value:g}")

    def _on_way_out(self) -> None:
        if self.view.banner.button.text() == GO_ON:
            self._slow_down()
            self._trainer.resume()
        else:
            self.reset()

    def _slow_down(self) -> None:
        rate = self.view.form.row("learning_rate").value
        lowest = knob_of("learning_rate").low
        if lowest is not None and not isinstance(rate, str):
            self.view.form.turn("learning_rate", max(lowest, rate / SLOWER))

    def _on_seed(self) -> None:
        self.view.form.row("seed").draw()

    def _write(self) -> None:
        writes = self._built is not None and self._built.task == "characters"
        if self._on_screen and writes and self._trainer.losses.steps:
            self.view.sampler.ask()

    def _keep_writing(self) -> None:
        if self._on_screen and self._trainer.running:
            self._write_often.start()
        else:
            self._write_often.stop()

    # --- memory and wires ------------------------------------------------------------------------

    def _recall(self, memory: LabMemory) -> None:
        self.view.form.set_config(memory.config)
        self.view.set_kind(memory.config)
        self.view.set_state("Ready")
        self.view.sampler.set_temperature(memory.temperature)
        self.view.log.setChecked(memory.log_loss)
        self.view.sequence.log.setChecked(memory.log_gradient)

    def _memory(self) -> LabMemory:
        view = self.view
        config = self._config() or self._built or RunConfig()
        return LabMemory(
            config, view.sampler.temperature, view.log.isChecked(), view.sequence.log.isChecked()
        )

    def _connect_trainer(self) -> None:
        trainer = self._trainer
        trainer.started.connect(self._on_started)
        trainer.progress.connect(self._on_progress)
        trainer.sampled.connect(self._on_sampled)
        trainer.diverged.connect(self._on_diverged)
        trainer.failed.connect(self._on_failed)
        trainer.running_changed.connect(self._on_running_changed)

    def _connect_view(self) -> None:
        view = self.view
        view.transport.toggled.connect(self.train_or_pause)
        view.transport.stepped.connect(self.step)
        view.transport.reset.connect(self.reset)
        view.form.edited.connect(self._on_edited)
        view.form.live.connect(self._on_live)
        view.banner.accepted.connect(self._on_way_out)
        view.sampler.asked.connect(self._trainer.sample)
        self._write_often.timeout.connect(self._write)
        self._write_soon.timeout.connect(self._write)
        actions.bind(
            self,
            "lab",
            {
                "lab.train": self.train_or_pause,
                "lab.step": self.step,
                "lab.ten": self.step_ten,
                "lab.reset": self.reset,
                "lab.sample": view.sampler.button.click,
                "lab.seed": self._on_seed,
            },
        )
