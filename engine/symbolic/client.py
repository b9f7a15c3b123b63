"""SymbolicProcess: asks a killable child, never waits for it, and always gets an answer.

One job is with the child at a time, the rest wait here: so a job that has to be killed takes
no other along, and its time is its own. Knows no Qt and reads no clock: the time comes as an
argument, so a timer of the window or a loop of the command line can drive it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from engine.child import Child
from engine.errors import ChildError
from engine.symbolic.jobs import Job, RecurrenceJob
from engine.symbolic.report import Answer, Answered, Asked, Preparing, Ready, Refusal

SOFT_SECONDS = 0.3  # after this a window should say that it is still working
HARD_SECONDS = 2.0  # after this the job is stopped
START_SECONDS = 30.0  # a process that is not ready by then will not be
PREPARE_SECONDS = 10.0  # nor one that prepares something for so long
_MOST_STARTS = 3  # in a row without a Ready: then the installation is broken, not the job


@dataclass(slots=True)
class _Running:
    asked: Asked
    since: float


class SymbolicProcess:
    """A child that answers jobs, replaced when it dies or has to be killed.

    `target` is a function such as `worker.derive`. Call `poll` often, at least every 100 ms
    while `busy`. Every ticket is answered exactly once, unless it is cancelled.
    """

    def __init__(
        self, target: Callable[[Connection], None], now: float, hard_seconds: float = HARD_SECONDS
    ) -> None:
        self._target = target
        self._hard = hard_seconds
        self._tickets = 0
        self._waiting: deque[Asked] = deque()
        self._running: _Running | None = None
        self._unwanted = 0  # the last ticket that was cancelled while the child was at it
        self._starts = 0
        self._child: Child | None = None
        self._ready = False
        self._start(now)

    # --- asking ---

    def request(self, job: Job, now: float) -> int:
        """Ask for the answer to `job`; the ticket under which `poll` will hand it out."""
        self._tickets += 1
        self._waiting.append(Asked(self._tickets, job))
        if self._child is None:
            self._starts = 0
            self._start(now)
        self._send_next(now)
        return self._tickets

    def poll(self, now: float) -> list[tuple[int, Answer]]:
        """Answers that have come, as (ticket, answer); deals with children that died or take too long."""
        answers: list[tuple[int, Answer]] = []
        alive = self._child is not None and self._child.alive  # asked before reading: nothing said is lost
        for message in self._child.poll() if self._child is not None else []:
            if isinstance(message, Ready):
                self._on_ready(now)
            elif isinstance(message, Preparing):
                self._ready, self._until = False, now + PREPARE_SECONDS
            elif isinstance(message, Answered) and self._running is not None:
                self._running = None
                answers.append((message.ticket, message.answer))
        answers += self._after_death(now) if not alive else self._after_deadline(now)
        self._send_next(now)
        return [(ticket, answer) for ticket, answer in answers if ticket != self._unwanted]

    def cancel(self, ticket: int, now: float) -> None:
        """Forget `ticket`: it will not be answered. A child that has been at it for long is replaced.

        A job that is nearly done is let finish, since a new child takes a second to start.
        """
        self._waiting = deque(asked for asked in self._waiting if asked.ticket != ticket)
        if self.working_on == ticket:
            self._unwanted = ticket
            if self.working_for(now) > SOFT_SECONDS:
                self._running = None
                self._replace(now)

    @property
    def working_on(self) -> int:
        """The ticket that the child is at; 0 if none."""
        return self._running.asked.ticket if self._running is not None else 0

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running is not None or bool(self._waiting)

    @property
    def ready(self) -> bool:
        """Whether the child has started, and prepares nothing; until then, jobs wait."""
        return self._ready

    def working_for(self, now: float) -> float:
        """Seconds since the child got the job it is at; 0.0 if it is at none."""
        return now - self._running.since if self._running is not None else 0.0

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child is not None else None

    def close(self) -> None:
        """End the child. Unanswered tickets stay unanswered."""
        if self._child is not None:
            self._child.kill()
        self._child, self._ready, self._running = None, False, None
        self._waiting.clear()

    # --- the child ---

    def _start(self, now: float) -> None:
        self._ready, self._until = False, now + START_SECONDS
        self._starts += 1
        try:
            self._child = Child(self._target, "symbolic")
        except ChildError:
            self._child = None

    def _on_ready(self, now: float) -> None:
        self._ready, self._starts = True, 0
        if self._running is not None:  # sent while the child was preparing: its time begins now
            self._running.since = now

    def _send_next(self, now: float) -> None:
        if self._child is None or not self._ready or self._running is not None or not self._waiting:
            return
        asked = self._waiting.popleft()
        self._running = _Running(asked, now)
        self._child.send(asked)  # if nobody listens, the next poll finds the child dead

    def _replace(self, now: float) -> None:
        if self._child is not None:
            self._child.kill()
        self._child = None
        if self._starts < _MOST_STARTS:
            self._start(now)

    def _after_deadline(self, now: float) -> list[tuple[int, Answer]]:
        if not self._ready:
            return self._after_death(now) if now > self._until else []
        if self._running is None or now - self._running.since <= self._hard:
            return []
        reason = f"This took longer than {self._hard:g} seconds, so it was stopped."
        return self._give_up(now, Refusal(reason, "Try a simpler problem; nothing else was lost."))

    def _after_death(self, now: float) -> list[tuple[int, Answer]]:
        if self._child is None and not self._waiting:
            return []
        reason = "The process that derives ended while it was at this."
        answers = self._give_up(
            now, Refusal(reason, "It was started anew. Try again, or try another problem.")
        )
        return answers if self._child is not None else answers + self._refuse_all()

    def _give_up(self, now: float, why: Refusal) -> list[tuple[int, Answer]]:
        """Refuse the running job, if there is one, and go on with a new child."""
        running, self._running = self._running, None
        self._replace(now)
        return [] if running is None else [_refused(running.asked, why)]

    def _refuse_all(self) -> list[tuple[int, Answer]]:
        """No child can be had: refuse all that wait."""
        why = Refusal(
            "The process that derives does not start on this machine.",
            "Run studyapp --selftest: it says what is missing.",
        )
        waiting, self._waiting = self._waiting, deque()
        return [_refused(asked, why) for asked in waiting]


def _refused(asked: Asked, why: Refusal) -> tuple[int, Answer]:
    text = asked.job.text if isinstance(asked.job, RecurrenceJob) else ""
    return asked.ticket, Refusal(why.reason, why.way_out, text)
