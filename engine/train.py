"""Training: `Run` does one step at a time, goes back to any step, and branches; `train` is its plain form.

A step is: next batch, forward, loss, backward, penalties, clip, update; the learner does it.
Batches and the model's random numbers depend on the number of the step alone, so a step done
again is the same step, bit for bit. Knows nothing of processes.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.config import RunConfig, knob_of
from engine.conventions import Told, conventions
from engine.errors import ConfigError, DivergenceError
from engine.history import BUDGET, Comparison, Keyframes, Timeline, Turn, common_steps
from engine.models.catalogue import learner_of, shapes_of
from engine.models.model import Learner, Moment, Outcome
from engine.parameters import count
from engine.remedies import remedies
from engine.snapshot import Array, Snapshot, lengths
from engine.tasks.catalogue import task_of
from engine.tasks.task import Task

if TYPE_CHECKING:
    from engine.checkpoint import Checkpoint

LIVE = tuple(f.name for f in dataclasses.fields(RunConfig) if knob_of(f.name).live)
_WHOLE = ("lag",)  # live knobs that are whole numbers
_MOVED = ("step", "exploded", "_sound", "_norm", "_asked")  # what a way back changes, the learner aside
_OF_TASK = ("lag", "noise")  # live knobs that change what is learnt


@dataclass(frozen=True, slots=True)
class Explosion:
    """A step that could not be done, because its numbers were no longer finite.

    Attributes:
        step: which one; the run stands before it.
        loss, norm: what the step found, infinite or not a number.
    """

    step: int
    loss: float
    norm: float


class Run:
    """One training run, with the reins in hand.

    Attributes:
        config: what was started. now: the same with the live knobs as they are.
        task, learner: what is learnt, and what learns it.
        step: steps done so far, in this place of time.
        exploded: set while the next step is one whose numbers are not finite.

    Raises:
        ConfigError, TaskError: nothing can be learnt as `config` has it.
    """

    def __init__(self, config: RunConfig, *, budget: int = BUDGET) -> None:
        """`budget` bytes are for the way back; with 0 it always leads over the start."""
        self.config = self.now = config
        self._timeline = Timeline.of(config)
        self.task: Task = task_of(config)
        self.learner: Learner = learner_of(config, self.task)
        self.step = 0
        self.exploded: Explosion | None = None
        self._losses: list[float] = []  # of all steps, also those ahead after a way back
        self._frames = Keyframes(budget)
        self._frames.keep(0, self.learner.memory())
        self._norm = 0.0
        self._seen = False
        self._asked: Array | None = None  # [T, B] how much each output counts in the batch of the picture
        self._coming: Array | None = None  # the same of the batch that is being done
        self._sound = 0  # the last step after which the weights were no worse than at the start

    @classmethod
    def of(cls, saved: Checkpoint) -> Run:
        """The run of a checkpoint, to go on from; there is no picture before its next step."""
        run = cls(saved.config)
        run._timeline.replay(saved.turns)
        run._losses = saved.losses.tolist()
        run.step = saved.step
        run._sound = max((s for s, loss in enumerate(run._losses) if loss <= run._losses[0]), default=0)
        run._set_now(run._timeline.at(run.step))
        run.learner.recall(saved.memory)
        run._frames.keep(run.step, run.learner.memory())
        return run

    def checkpoint(self) -> Checkpoint:
        """All that `of` needs to go on from here exactly."""
        from engine.checkpoint import Checkpoint  # few runs are saved, and all should be ready at once

        memory = self.learner.memory()
        return Checkpoint(self.config, self.step, self.turns, self.losses, memory, self.conventions)

    # --- what is so ----------------------------------------------------------------------------

    @property
    def weights(self) -> dict[str, Array]:
        """The weights of now, by name, never to be written to."""
        return self.learner.weights

    @property
    def seen(self) -> bool:
        """Whether there is a picture of the last step; a loaded run has none before its next one."""
        return self._seen

    @property
    def losses(self) -> Array:
        """[step] the loss of every step up to now."""
        return np.array(self._losses[: self.step])

    @property
    def all_losses(self) -> Array:
        """[furthest] the loss of every step ever done, those ahead included."""
        return np.array(self._losses)

    @property
    def furthest(self) -> int:
        """The last step ever done; greater than `step` after a way back."""
        return len(self._losses)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Every turn of a live knob up to now."""
        return self._timeline.turns(self.step)

    @property
    def all_turns(self) -> tuple[Turn, ...]:
        """Every turn of a live knob, those ahead included."""
        return self._timeline.turns(self.furthest)

    @property
    def conventions(self) -> Told:
        """(name, choice) pairs that change the numbers of this run, for the screen."""
        return conventions(self.now, self.task, self.learner.shapes, self.learner.arithmetic)

    @property
    def memory_used(self) -> int:
        """Bytes that the way back takes."""
        return self._frames.size

    # --- forward ---------------------------------------------------------------------------------

    def advance(self) -> float:
        """Do one step and return its loss.

        Raises:
            DivergenceError: loss, gradient or updated weights are not finite. The update is not
                made and the broken step can be looked at; the next `advance` goes on from the last
                step that was sound, with the knobs as they are then.
        """
        if self.exploded:
            self._retreat()
        return self.conclude(self._do())

    def upcoming(self) -> tuple[Any, Moment]:
        """The batch of the next step and where it stands, for whoever does the step in place of `advance`."""
        self._set_now(self._timeline.at(self.step))
        batch = self.task.batch(self.step + 1)
        self._coming = getattr(batch, "weights", None)  # of sequences only
        return batch, Moment(self.step + 1, self.now)

    def conclude(self, outcome: Outcome) -> float:
        """The learner has done the step that was upcoming; returns and raises what `advance` does."""
        self._seen, self._asked = True, self._coming
        if not outcome.finite:
            self.exploded = Explosion(self.step + 1, outcome.loss, outcome.norm)
            raise DivergenceError(
                self.exploded.step, self._sound, self.now.learning_rate, outcome.norm, *remedies(self.now)
            )
        self._note(outcome)
        return outcome.loss

    def turn(self, name: str, value: float) -> None:
        """Set one live knob from the next step on; steps ahead, after a way back, are forgotten.

        Raises:
            ConfigError: the knob is not live, or the value out of bounds.
        """
        if name not in LIVE:
            raise ConfigError((f"{name!r} cannot be changed during a run; {', '.join(LIVE)} can.",))
        if name in _WHOLE and isinstance(value, float) and value.is_integer():
            value = int(value)
        now = dataclasses.replace(self.now, **{name: value})  # type: ignore[arg-type]  # it checks
        self._forget_ahead()
        self._timeline.turn(self.step, now)
        self._set_now(now)

    # --- through time ------------------------------------------------------------------------------

    def go_to(self, step: int) -> None:
        """Be where the run was after `step` steps, or go on to there; the steps ahead can be done again.

        The state is exact: the last keyframe before it is recalled and the steps since are done anew.

        Raises:
            ConfigError: `step` is negative.
            DivergenceError: on the way to a step that was never done.
        """
        if step < 0:
            raise ConfigError((f"Step {step} cannot be gone to; it must be 0 or more.",))
        if step < self.step or self.exploded:
            self._back(min(step, self.step))
        while self.step < step:
            self.advance()

    def back(self, count: int = 1) -> None:
        """Undo the last `count` steps, or all there are."""
        self.go_to(max(0, self.step - count))

    def branch(self) -> Run:
        """A second run that is the same up to here and has a future of its own."""
        twin = Run(self.config)
        twin.step, twin._sound, twin._norm = self.step, min(self._sound, self.step), self._norm
        twin._losses = self._losses[: self.step]
        twin._timeline = self._timeline.copy()
        twin._timeline.cut(self.step)
        twin._frames = self._frames.copy()
        twin._frames.cut(self.step)
        twin._set_now(self.now)
        if self.step:
            twin._back(self.step)  # so that it has the picture of its last step as well
        return twin

    def rest(self) -> None:
        """Nobody looks at this run for a while: take little memory; the way back stays, but is longer."""
        self._frames.shrink()

    # --- showing -----------------------------------------------------------------------------------

    def snapshot(self, losses: Sequence[float], sequence: int = 0) -> Snapshot:
        """The last step as a picture of one sequence, in arrays of its own; an exploded one if it was.

        The weights are those that the step ran with, before its update, so that they reproduce
        its hidden state. `losses` are those since the last picture. Asks for a step done before.
        """
        with np.errstate(all="ignore"):
            picture, weights = self.learner.picture(sequence)
        task = self.task
        return Snapshot(
            step=self.exploded.step if self.exploded else self.step,
            losses=np.array(losses),
            gradient_norm=self.exploded.norm if self.exploded else self._norm,
            inputs=task.input_labels(picture.inputs),
            targets=task.labels(picture.wanted),
            predictions=task.labels(picture.outputs),
            outputs=picture.outputs,
            wanted=picture.wanted,
            hidden=picture.hidden,
            dh=picture.dh,
            dh_norm=lengths(picture.dh),
            gates=picture.gates,
            weights=weights,
            named={"x": picture.inputs, **picture.named},
            gradients=self.learner.gradients(),
            right=picture.right,
            asked=None if self._asked is None else self._asked[:, sequence] > 0,
        )

    # --- inside --------------------------------------------------------------------------------------

    def _do(self) -> Outcome:
        batch, moment = self.upcoming()
        with np.errstate(all="ignore"):  # overflow is looked for in all of its forms by the learner
            return self.learner.advance(batch, moment)

    def _note(self, outcome: Outcome) -> None:
        self.step += 1
        self._norm = outcome.norm
        if self.step > len(self._losses):
            self._losses.append(outcome.loss)
        if outcome.loss <= self._losses[0]:
            self._sound = self.step - 1
        if self._frames.wants(self.step):
            self._frames.keep(self.step, self.learner.memory())
        elif self.learner.slow:
            self._frames.keep_near(self.step, self.learner.memory())

    def _back(self, step: int) -> None:
        """Recall and replay, or stay as it was: a replay can be broken off."""
        held = {name: getattr(self, name) for name in _MOVED}
        memory, now = self.learner.memory(), self.now
        try:
            self._replay(step)
        except BaseException:
            for name, value in held.items():
                setattr(self, name, value)
            self._seen = False  # what was last computed is no picture of this place
            self._set_now(now)
            self.learner.recall(memory)
            raise

    def _replay(self, step: int) -> None:
        """At least one step is done anew, so that there is a picture of the last one."""
        start, memory = self._frames.before(max(0, step - 1))
        self.learner.recall(memory)
        self.step, self._seen, self.exploded = start, False, None
        self._sound = min(self._sound, step)
        while self.step < step:
            self._frames.keep_near(self.step, self.learner.memory())
            self.conclude(self._do())
        self._set_now(self._timeline.at(self.step))

    def _retreat(self) -> None:
        """Take up again after the last sound step, with the knobs as they are now."""
        wanted = self.now
        self._back(self._sound)
        self._forget_ahead()
        self._timeline.turn(self.step, wanted)
        self._set_now(wanted)

    def _forget_ahead(self) -> None:
        del self._losses[self.step :]
        self._timeline.cut(self.step)
        self._frames.cut(self.step)

    def _set_now(self, now: RunConfig) -> None:
        if now is not self.now and any(getattr(now, name) != getattr(self.now, name) for name in _OF_TASK):
            self.task = task_of(now)
        self.now = now


def train(config: RunConfig) -> Iterator[Snapshot]:
    """Train for ever, one Snapshot a step with the one loss of that step; the same config, the same bits.

    Raises:
        ConfigError, TaskError: at the first step, if nothing can be learnt as `config` has it.
        DivergenceError: at a step whose numbers are not finite.
    """
    run = Run(config)
    while True:
        loss = run.advance()
        yield run.snapshot([loss])


def compare(left: Run, right: Run) -> Comparison:
    """Two runs side by side from where they part; ConfigError if they are not of the same network."""
    if left.learner.shapes != right.learner.shapes:
        raise ConfigError(("Two runs can be compared only if their networks have the same weights.",))
    forked = common_steps(left.losses, right.losses)
    ours, theirs = left.weights, right.weights
    distance = math.sqrt(sum(float(((ours[name] - theirs[name]) ** 2).sum()) for name in ours))
    only_left = tuple(turn for turn in left.turns if turn not in right.turns)
    only_right = tuple(turn for turn in right.turns if turn not in left.turns)
    return Comparison(forked, left.losses[forked:], right.losses[forked:], (only_left, only_right), distance)


def parameter_count(config: RunConfig) -> int:
    """How many numbers are trained; TaskError if nothing can be learnt from the text."""
    return count(shapes_of(config, task_of(config)))
