"""Context: what pages are made of. Each bridge is built when it is first asked for.

Knows no page and no window.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from content.clock import Moment
from studyapp.places import this_moment
from studyapp.settings import Settings
from studyapp.store import Store
from studyapp.theme import Theme

if TYPE_CHECKING:
    from studyapp.jobs import Jobs
    from studyapp.trainer import Trainer


class Context:
    """Theme, settings, clock and the three bridges: store, trainer, jobs."""

    def __init__(
        self, theme: Theme, settings: Settings, store: Store, now: Callable[[], Moment] = this_moment
    ) -> None:
        self.theme, self.settings, self.store, self.now = theme, settings, store, now

    @cached_property
    def trainer(self) -> Trainer:
        from studyapp.trainer import Trainer

        return Trainer()

    @cached_property
    def jobs(self) -> Jobs:
        from studyapp.jobs import Jobs

        return Jobs()

    def close(self) -> None:
        """End the helper processes that were started, and let go of the bank."""
        for name in ("trainer", "jobs"):
            if name in self.__dict__:
                getattr(self, name).close()
        self.store.close()
