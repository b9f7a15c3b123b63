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


class NotCompiledError(Exception):
    """The kernel, or the program around it, does not compile without a warning."""


def compiler(folder: Path) -> list[str]:
    """The first one that links both sanitizers, tried on an empty program. Raises NoSanitizersError."""
    probe, said = folder / "probe.c", ["there is none"]
    probe.write_text("int main(void) { return 0; }\n", encoding="utf-8")
    for tried in hatch_build.compilers():
        wrong = hatch_build.run(
            [*tried, *hatch_build.DEBUG_FLAGS, "-o", str(folder / "probe"), str(probe)], folder
        )
        if not wrong:
            return tried
        said.append(wrong)
    raise NoSanitizersError(said[-1])


def compiled(found: list[str], isa: str, folder: Path, options: Sequence[str] = ()) -> Path:
    """The program for one instruction set, by the compiler that was found. Raises NotCompiledError."""
    out = folder / f"sanitize-{isa}"
    strict = ["-Wall", "-Wextra", "-Werror", '-DCRNN_SOURCE="sanitized"', *options]
    target = hatch_build.target(found, isa)
    command = [*found, *hatch_build.DEBUG_FLAGS, *target, *strict, "-o", str(out), str(CODE), "-lm"]
    if wrong := hatch_build.run(command, folder):
        raise NotCompiledError(wrong)
    return out


def run(program: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The program's end and words; leaks count as faults."""
    env = os.environ | {"ASAN_OPTIONS": "detect_leaks=1", "UBSAN_OPTIONS": "print_stacktrace=1"}
    command = [str(program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=env)


def runnable(found: list[str], folder: Path) -> list[str]:
    """The instruction sets that this machine can run, plainest first; the kernel itself is asked."""
    isas = hatch_build.isas()
    if len(isas) == 1:
        return list(isas)
    level = int(run(compiled(found, isas[0], folder), "level").stdout)
    return [isa for isa in isas if ENOUGH[isa] <= level]


def faults(cases: int, seed: int, isas: Sequence[str] = (), options: Sequence[str] = ()) -> list[str]:
    """What was wrong, nothing if all is sound. Raises NoSanitizersError, NotCompiledError."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        found = compiler(folder)
        wanted = isas or runnable(found, folder)
        programs = list(pool.map(lambda isa: compiled(found, isa, folder, options), wanted))
        ended = list(pool.map(lambda program: run(program, cases, seed), programs))
    print(*(one.stdout for one in ended), sep="", end="", flush=True)
    return [one.stderr or f"ended with {one.returncode}" for one in ended if one.returncode]


def main(arguments: list[str]) -> int:
    numbers = [int(word) for word in arguments]
    try:
        found = faults(*(numbers + [CASES, SEED][len(numbers) :]))
    except (NoSanitizersError, NotCompiledError) as error:
        print(f"{type(error).__doc__} {error}", file=sys.stderr)
        return 1
    print("\n".join(found), file=sys.stderr, end="")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
