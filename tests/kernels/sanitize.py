"""Compile sanitize.c for every instruction set of this machine and run it: under a minute.

    python tests/kernels/sanitize.py [CASES [SEED]]

Ends with 0 if all was sound, else with what the sanitizers or the kernel's own bounds said.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CODE = Path(__file__).resolve().with_suffix(".c")
ROOT = CODE.parents[2]
sys.path.insert(0, str(ROOT))

import hatch_build  # noqa: E402 - the build hook beside pyproject.toml: it knows compilers and flags

CASES, SEED = 300, 1
ENOUGH = {"x86-64-v2": 2, "x86-64-v3": 3, "x86-64-v4": 4}


class NoSanitizersError(Exception):
    """No compiler here links a program with both sanitizers."""


def compiled(isa: str, folder: Path, options: Sequence[str] = ()) -> Path:
    """The program for one instruction set. Raises NoSanitizersError with what the compilers said."""
    out, said = folder / f"sanitize-{isa}", "there is none"
    strict = ["-Wall", "-Wextra", "-Werror", '-DCRNN_SOURCE="sanitized"', *options]
    for compiler in hatch_build.compilers():
        target = hatch_build.target(compiler, isa)
        command = [*compiler, *hatch_build.DEBUG_FLAGS, *target, *strict, "-o", str(out), str(CODE), "-lm"]
        wrong = hatch_build.run(command, folder)
        if not wrong:
            return out
        said = said if "No such file" in wrong else wrong
    raise NoSanitizersError(said)


def run(program: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The program's end and words; leaks count as faults."""
    env = os.environ | {"ASAN_OPTIONS": "detect_leaks=1", "UBSAN_OPTIONS": "print_stacktrace=1"}
    command = [str(program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=env)


def runnable(folder: Path) -> list[str]:
    """The instruction sets that this machine can run, plainest first; the kernel itself is asked."""
    isas = hatch_build.isas()
    if len(isas) == 1:
        return list(isas)
    level = int(run(compiled(isas[0], folder), "level").stdout)
    return [isa for isa in isas if ENOUGH[isa] <= level]


def faults(cases: int, seed: int, isas: Sequence[str] = (), options: Sequence[str] = ()) -> list[str]:
    """What was wrong, nothing if all is sound. Raises NoSanitizersError."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        programs = list(pool.map(lambda isa: compiled(isa, folder, options), isas or runnable(folder)))
        ended = list(pool.map(lambda program: run(program, cases, seed), programs))
    print(*(one.stdout for one in ended), sep="", end="", flush=True)
    return [one.stderr or f"ended with {one.returncode}" for one in ended if one.returncode]


def main(arguments: list[str]) -> int:
    numbers = [int(word) for word in arguments]
    try:
        found = faults(*(numbers + [CASES, SEED][len(numbers) :]))
    except NoSanitizersError as error:
        print(f"No compiler here links sanitizers: {error}", file=sys.stderr)
        return 1
    print("\n".join(found), file=sys.stderr, end="")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
