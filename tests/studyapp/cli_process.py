"""The command line as a process of its own, for the tests that need one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def started(*words: str, **more: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "studyapp", *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), **pipes, **more)
