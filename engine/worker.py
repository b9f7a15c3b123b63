"""The training process: commands in, pictures out. The target of `Child(worker.main, "training")`.

The process ends when it is told to, or when the other end of its pipe is gone. NumPy is
imported only inside `main`: its number of threads can be chosen only before.
"""

from __future__ import annotations

import signal
import time
from multiprocessing.connection import Connection

from engine import interrupt
from engine.threads import one_thread

_LAST_WORDS = 0.5  # seconds for what is still to be sent when told to stop


def main(connection: Connection) -> None:
    """Serve until Stop or the end of `connection`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too, but it is meant for our parent
    one_thread()
    try:
        _serve(connection)
    except (EOFError, OSError):
        return  # our parent is gone


def _serve(connection: Connection) -> None:
    from engine.inbox import Inbox
    from engine.outbox import Outbox
    from engine.session import Session

    outbox = Outbox(connection.send)
    session = Session(outbox.post, time.perf_counter)
    interrupt.listen()
    inbox = Inbox(connection.recv)
    while not session.over:
        if not session.busy:
            session.obey(inbox.wait())
            continue
        session.advance()
        while session.busy and (command := inbox.next()) is not None:
            session.obey(command)
        session.report()
    outbox.close(_LAST_WORDS)
