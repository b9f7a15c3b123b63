"""Children for tests of the bridge to the symbolic process: one answers, one never does, one dies."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

from engine.symbolic.jobs import RecurrenceJob
from engine.symbolic.report import Agreement, Answered, Ready


def obedient(connection: Connection) -> None:
    """Does what the text of a RecurrenceJob says: "sleep 1", "die", or gives its length back."""
    connection.send(Ready())
    try:
        while True:
            asked = connection.recv()
            text = asked.job.text if isinstance(asked.job, RecurrenceJob) else ""
            if text.startswith("sleep "):
                time.sleep(float(text.split()[1]))
            if text == "die":
                os._exit(1)
            connection.send(Answered(asked.ticket, Agreement("length", float(len(text)), 0.0, True)))
    except (EOFError, OSError):
        return
