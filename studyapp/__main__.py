"""`python -m studyapp`, and the installed command `studyapp`.

Imports next to nothing at the top: every child process imports this module again when it starts.
"""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130  # as shells count it
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
NO_SCREEN = """There is no screen here for a window: DISPLAY and WAYLAND_DISPLAY are not set.
Start StudyApp on a desktop, or use it without a window: studyapp {}"""


def main(argv: list[str] | None = None) -> int:
    """Open the window, or do one of the jobs that need none; the exit code."""
    try:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until there is something to end tidily, just end
    except KeyboardInterrupt:
        return INTERRUPTED
    from multiprocessing import freeze_support

    freeze_support()
    words = sys.argv[1:] if argv is None else argv
    if words and not words[0].startswith("-"):  # a job, or a mistyped one: the window takes options only
        from studyapp import cli

        return cli.main(words)
    from studyapp.options import parse

    options = parse(words)
    if options.selftest:
        return _selftest()
    return _window(words)


def _no_screen() -> bool:
    """Qt would end the process with a core dump."""
    return sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS)


def _selftest() -> int:
    from studyapp import places, selftest

    return selftest.run(places.this_moment())


def _window(words: list[str]) -> int:
    if _no_screen():
        from studyapp.commands import NAMES

        print(NO_SCREEN.format(" | ".join(NAMES)), file=sys.stderr)
        return 1
    try:
        from studyapp.app import start
    except ImportError as error:
        from studyapp.selftest import missing_library

        print(*missing_library(error), sep="\n", file=sys.stderr)
        return 1
    return start(["studyapp", *words])


if __name__ == "__main__":
    sys.exit(main())
