"""LabTimeline: shows on the Lab's view where a run stands in time, its branches and the faint curves."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.messages import Branches, Moved
from studyapp.lab_presets import LabPresets
from studyapp.lab_time import LabTime, branch_words, listed
from studyapp.widgets.ghosts import Ghost
from studyapp.widgets.lab_view import LabView

IN_THE_PAST = "Steps ahead are kept: Train does them again, a turned live knob begins a branch of its own."
NEW_BRANCH = "Branch {} began here, after step {:,}; branch {} is kept as it was."
NO_PICTURE = "Press Step (.) to see a picture: a saved run holds none."


class LabTimeline(QObject):
    """The page tells it what happened; it keeps scrubber, list, legend and flags up to date.

    Attributes:
        time: the facts.
        exploded: the next step is one whose numbers are not finite.
    """

    def __init__(self, view: LabView, presets: LabPresets) -> None:
        super().__init__(view)
        self._view, self._presets = view, presets
        self.time = LabTime()
        self.exploded = False

    def restart(self) -> None:
        """A new run."""
        self.time.restart()
        self.exploded = False
        self._view.time.say("")
        self.show()

    def advance(self, step: int, *, exploded: bool = False) -> None:
        """The run has gone on to `step`."""
        again = len(self.time.ahead) > 0
        changed = exploded != self.exploded
        self.exploded = exploded
        self.time.advance(step)
        if again or changed:
            self.show()
        else:
            self._show_place()

    def move(self, event: Moved) -> None:
        """The run stands elsewhere; the curve must still show where it stood."""
        self.time.move(event, self._view.curve.history)
        self.exploded = False

    def show_moved(self, event: Moved) -> None:
        """After the picture: flags, scrubber, and what can be done from here."""
        self._view.curve.set_broken(None)
        self._view.loss.keep_marks(event.step)
        self.show()
        note = NO_PICTURE if event.snapshot is None and event.step else ""
        self._view.time.say(IN_THE_PAST if event.step < event.furthest else note)

    def branch(self, event: Branches) -> None:
        """The list of branches has changed."""
        before = self.time.branches
        known = {b.number for b in before.all} if before else {1}
        left = before.current if before else 1
        self.time.branch(event)
        self.show()
        if event.current not in known:
            self._view.time.say(NEW_BRANCH.format(event.current, self.time.step, left))

    def show(self) -> None:
        """Everything, also what seldom changes."""
        self._show_place()
        self._view.time.set_branches(*listed(self.time.branches))
        self._view.loss.set_ghosts(self._ghosts())

    def _show_place(self) -> None:
        time = self.time
        self._view.time.set_place(time.step, time.furthest)
        self._view.transport.set_way_back(time.begun and (time.step > 0 or self.exploded))

    def _ghosts(self) -> list[Ghost]:
        time, compared = self.time, self._presets.ghost
        found = [compared] if compared else []
        for b in time.others:
            if len(b.curve):
                found.append(Ghost(f"branch {branch_words(b)}", b.forked + 1, b.steps, b.curve))
        if len(time.ahead):
            found.append(Ghost("steps ahead", time.step + 1, time.furthest, time.ahead, ahead=True))
        return found
