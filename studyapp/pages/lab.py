"""Lab: train a tiny recurrent network and look inside it at every time step. Knows no process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from engine.config import RunConfig, knob_of
from engine.errors import ConfigError
from engine.messages import Diverged, Moved, Progress, Sampled, Started
from studyapp import actions, lab_words
from studyapp.lab_files import LabFiles
from studyapp.lab_focus import LabFocus
from studyapp.lab_memory import LabMemory
from studyapp.lab_presets import LabPresets
from studyapp.lab_rescue import RESET, STEP_BACK, rescue, way_on
from studyapp.lab_time import live_knobs
from studyapp.lab_timeline import LabTimeline
from studyapp.settings import Settings
from studyapp.theme import Theme
from studyapp.trainer import Trainer
from studyapp.widgets.lab_view import LabView
from studyapp.widgets.numbers import figure
from studyapp.widgets.page import Page

if TYPE_CHECKING:
    from engine.presets import Preset

WRITE_EVERY = 1000  # ms, while training
WRITE_AFTER = 150  # ms after the last step, when paused
SMOOTHING = 0.15  # weight of the newest steps/s
TIPS = ("train", "step", "ten", "back", "back_ten", "reset", "branch", "presets")


class LabPage(Page):
    """One training run with its branches, its knobs and its pictures.

    Nothing is drawn while the page is off screen; training goes on, and no loss is missed.
    """

    def __init__(
        self,
        theme: Theme,
        trainer: Trainer,
        settings: Settings,
        titles: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """`titles` gives those of the course's topics, by id, as far as there is a course."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._trainer, self._settings = trainer, settings
        self._built: RunConfig | None = None  # the config of the run that there is
        self._on_screen = False
        self._loading = False  # the next run comes from a file: the knobs follow it
        self._knob_told = False  # the banner is about a bad knob
        self._speed = 0.0  # steps a second, smoothed
        self.view = LabView(theme, {name: actions.tip(f"lab.{name}") for name in TIPS})
        self.presets = LabPresets(self, theme, self.start_preset, titles)
        self._line = LabTimeline(self.view, self.presets)
        self.files = LabFiles(self, trainer, self._tell, self._on_opening)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.view)
        LabFocus(self)
        self._write_often = QTimer(self, interval=WRITE_EVERY)
        self._write_soon = QTimer(self, singleShot=True, interval=WRITE_AFTER)
        self._connect_trainer()
        self._connect_view()
        self._recall(LabMemory.of(settings))

    # --- page ------------------------------------------------------------------------------

    def open(self, target: object) -> None:
        """Start the preset of this name; None leaves the run as it is."""
        from engine.presets import preset_of

        if isinstance(target, str):
            try:
                self.start_preset(preset_of(target))
            except KeyError:
                self.said.emit(f"The Lab has no preset called “{target[:60]}”.")

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
        """Do `count` steps, then pause; undo them where negative."""
        if count < 0:
            self._back(-count)
        elif self._ready():
            self._trainer.step(count)

    def step_ten(self) -> None:
        """Do ten steps, then pause."""
        self.step(10)

    def step_back(self) -> None:
        """Undo the last step; after an explosion, be at the last step that was sound."""
        self._back(1)

    def step_back_ten(self) -> None:
        """Undo ten steps."""
        self._back(10)

    def branch(self) -> None:
        """Keep the run as it is, and go on in a second one."""
        if self._line.time.begun:
            self._trainer.branch()

    def reset(self) -> None:
        """Drop the run and build a new one from the knobs."""
        self._build()

    def start_preset(self, preset: Preset) -> None:
        """Turn the knobs to those of `preset` and do the steps after which there is something to see."""
        self.view.sampler.draw_from_all()
        self._begin(self.presets.begin(preset))

    def compare(self) -> None:
        """Start the other run of the preset's pair; the curve of this one stays."""
        config = self.presets.swap(self._built, self._trainer.losses)
        if config is not None:
            self._begin(config)

    def show_other_part(self) -> None:
        """The cell in bars, its picture, or everything that was computed."""
        self.view.inside.show_next_part()

    def _begin(self, config: RunConfig) -> None:
        self.view.form.set_config(config)
        if self._build() and (preset := self.presets.active) is not None:
            self._trainer.run(preset.steps)

    def _back(self, count: int) -> None:
        if not self._line.time.begun:
            return
        if self._line.exploded:  # the step that exploded was never done
            self._line.exploded, count = False, count - 1
        self._trainer.back(count)

    def _ready(self) -> bool:
        """Have a run to train: the one that there is, or a new one from the knobs."""
        begun = self._line.time.begun
        return (self._trainer.has_run and (begun or self._config() == self._built)) or self._build()

    def _build(self) -> bool:
        """Start a run with the knobs as they are; False, with the keyboard there, when one is bad."""
        config = self._config()
        if config is None:
            problem = self.view.form.first_problem()
            self._knob_told = True
            self.view.banner.tell(f"Nothing was started: one of the knobs is not right. {problem}")
            self.view.show_knobs()
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
        self.presets.follow(event.config)
        if self._loading:
            self._loading = False
            self.view.form.set_config(event.config)
        self.view.banner.clear()
        self.view.show_started(event, self._trainer.losses)
        self._show_preset()
        self._line.restart()
        self.view.set_state("Training" if self._trainer.running else "Ready")

    def _on_progress(self, event: Progress) -> None:
        weight = SMOOTHING if self._speed else 1.0
        self._speed += weight * (event.steps_per_second - self._speed)
        self._draw()
        self._line.advance(self._trainer.losses.steps)
        if not self._trainer.running:
            self._write_soon.start()
            self.view.set_state("Paused")
            self.view.time.say(self.presets.done(self._trainer.losses.steps))

    def _on_moved(self, event: Moved) -> None:
        self._line.move(event)
        self.view.banner.clear()
        self.view.form.show_values(live_knobs(event.knobs))
        if event.snapshot is None:
            self.view.show_nothing(self._trainer.losses)
        self._draw()
        self.view.curve.set_history(self._trainer.losses)  # also off screen: the next move starts from it
        self.view.say_clipping(event.knobs.clip)
        self._line.show_moved(event)
        if not self._trainer.running:
            self.view.set_state("Paused" if event.furthest else "Ready")
        self._write_soon.start()

    def _on_sampled(self, event: Sampled) -> None:
        self.view.sampler.show_text(event.text, event.step, event.mean_log_probability)
        self.view.image.show_written(event.text)

    def _on_diverged(self, event: Diverged) -> None:
        self._draw()
        self._line.advance(self._trainer.losses.steps, exploded=True)
        self.view.set_state("Exploded")
        self.view.curve.set_broken(event.step)
        self._knob_told = False
        words = f"Exploded at step {event.step:,}, gradient norm {figure(event.norm)}. {event.advice}"
        back = (STEP_BACK,) if self._line.time.begun else ()
        self.view.banner.tell(words, way_on(self.view.form), *back, RESET)

    def _on_failed(self, sentence: str) -> None:
        lost = not self._trainer.has_run
        self._loading = False
        self.view.set_state("Stopped" if lost else "Paused")
        self._knob_told = False
        self.view.banner.tell(sentence, *((RESET,) if lost else ()))

    def _on_running_changed(self, running: bool) -> None:
        self.view.transport.set_running(running)
        if running:
            self.view.banner.clear()
            self.view.curve.set_broken(None)
            self.view.time.say("")
        if not self._line.exploded or running:
            self.view.set_state("Training" if running else "Paused")
        self._keep_writing()

    def _tell(self, sentence: str) -> None:
        self._knob_told = False
        self.view.banner.tell(sentence)

    def _draw(self) -> None:
        snapshot = self._trainer.snapshot
        if self._on_screen and snapshot is not None:
            self.view.show_picture(snapshot, self._trainer.losses, self._speed)

    def _show_preset(self) -> None:
        active = self.presets.active
        if active is not None:
            self.view.knobs.say_preset(active.title, active.look_at, active.shows, active.steps)
        self.view.knobs.offer(*self.presets.offer)

    # --- what the user does --------------------------------------------------------------------

    def _on_edited(self) -> None:
        begun = self._line.time.begun
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
            self.view.loss.mark(step, f"{knob_of(name).label.lower()} {value:g}")

    def _on_way_out(self, words: str) -> None:
        if rescue(self.view.form, words):
            self._trainer.resume()
        elif words == STEP_BACK:
            self.step_back()
        else:
            self.reset()

    def _on_seed(self) -> None:
        self.view.form.row("seed").draw()

    def _on_opening(self) -> None:
        self._loading = True

    def _write(self) -> None:
        writes = self._built is not None and lab_words.writes(self._built)
        if self._on_screen and writes and self._trainer.losses.steps and not self._line.exploded:
            self.view.sampler.ask()

    def _keep_writing(self) -> None:
        if self._on_screen and self._trainer.running:
            self._write_often.start()
        else:
            self._write_often.stop()

    # --- memory and wires ------------------------------------------------------------------------

    def _recall(self, memory: LabMemory) -> None:
        self.view.form.set_config(memory.config)
        self.view.form.set_more_open(memory.more_open)
        self.view.set_kind(memory.config)
        self.view.set_state("Ready")
        self.view.sampler.set_temperature(memory.temperature)
        self.view.log.setChecked(memory.log_loss)
        self.view.sequence.log.setChecked(memory.log_gradient)

    def _memory(self) -> LabMemory:
        view = self.view
        config = self._config() or self._built or RunConfig()
        return LabMemory(
            config,
            view.sampler.temperature,
            view.log.isChecked(),
            view.sequence.log.isChecked(),
            view.form.more_open,
        )

    def _connect_trainer(self) -> None:
        trainer = self._trainer
        trainer.started.connect(self._on_started)
        trainer.progress.connect(self._on_progress)
        trainer.moved.connect(self._on_moved)
        trainer.branched.connect(self._line.branch)
        trainer.sampled.connect(self._on_sampled)
        trainer.unwritten.connect(self.view.sampler.say_problem)
        trainer.diverged.connect(self._on_diverged)
        trainer.failed.connect(self._on_failed)
        trainer.running_changed.connect(self._on_running_changed)

    def _connect_view(self) -> None:
        view = self.view
        view.transport.toggled.connect(self.train_or_pause)
        view.transport.stepped.connect(self.step)
        view.transport.reset.connect(self.reset)
        view.time.sought.connect(self._trainer.go_to)
        view.time.branched.connect(self.branch)
        view.time.switched.connect(self._trainer.switch)
        view.form.edited.connect(self._on_edited)
        view.form.live.connect(self._on_live)
        view.knobs.presets_wanted.connect(self.presets.choose)
        view.knobs.compared.connect(self.compare)
        view.banner.accepted.connect(self._on_way_out)
        view.sampler.asked.connect(self._trainer.sample)
        self._write_often.timeout.connect(self._write)
        self._write_soon.timeout.connect(self._write)
        for name, slot in self._of_menu().items():
            action = actions.find(f"lab.{name}")
            view.knobs.menu.addAction(f"{action.text}\t{actions.key_text(action.keys[0])}", slot)
        actions.bind(self, "lab", {f"lab.{name}": slot for name, slot in self._of_keys().items()})

    def _of_menu(self) -> dict[str, Callable[[], object]]:
        return {"save": self.files.save, "open": self.files.open, "export": self.files.export}

    def _of_keys(self) -> dict[str, Callable[[], object]]:
        return self._of_menu() | {
            "train": self.train_or_pause,
            "step": self.step,
            "ten": self.step_ten,
            "back": self.step_back,
            "back_ten": self.step_back_ten,
            "branch": self.branch,
            "reset": self.reset,
            "presets": self.presets.choose,
            "compare": self.compare,
            "inside": self.show_other_part,
            "sample": self.view.sampler.button.click,
            "seed": self._on_seed,
        }
