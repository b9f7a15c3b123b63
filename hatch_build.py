"""Compiles engine/kernels/crnn.c while the package is installed, with whatever compiler there is.

`cc`, `clang` or `gcc` where one works; else the pip package ziglang, which is a C compiler in
a wheel and is asked for only then; where nothing compiles, the package is installed without
and says so: NumPy does the same passes. Developers run it alone, from the clone:

    python hatch_build.py           compile again, in place
    python hatch_build.py --debug   libcrnn-debug: bounds asserted, sanitizers on

STUDYAPP_PURE=1 installs without compiling. Knows nothing of what the C file computes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shlex
import struct
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run alone, as above

    class BuildHookInterface:  # the hook below is never made then
        pass


KERNELS = Path(__file__).resolve().parent / "engine" / "kernels"
FLAGS = ("-O3", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=fast", "-Wno-psabi")
DEBUG_FLAGS = ("-g", "-O2", "-fno-omit-frame-pointer", "-Wno-psabi", "-DCRNN_DEBUG",
               "-fsanitize=address,undefined", "-fno-sanitize-recover=all")  # fmt: skip
SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
ZIG = "ziglang>=0.17"
ZIG_SYSTEMS = ("linux", "win32", "darwin")  # ziglang has wheels for these and no source to build elsewhere
PROBE = """typedef float lane __attribute__((vector_size(16)));
lane twice(lane a) { return a + a; }
"""
NOTHING = (
    "No C compiler works here: installed without the compiled kernel. Everything runs, "
    "training by NumPy, 4 to 40 times slower."
)

Command = list[str]


def isas() -> tuple[str, ...]:
    """The instruction sets that this machine's libraries are built for, plainest first."""
    machine = platform.machine().lower()
    if struct.calcsize("P") != 8:  # a 32-bit Python, maybe on a system of 64 bits
        return ("generic",)
    if machine in ("x86_64", "amd64"):
        return ("x86-64-v2", "x86-64-v3", "x86-64-v4")
    return ("arm64",) if machine in ("arm64", "aarch64") else ("generic",)


def source() -> str:
    """16 hex digits that name the C sources; a library carries those that it was made from."""
    digest = hashlib.sha256()
    for path in sorted([*KERNELS.glob("*.c"), *KERNELS.glob("*.h")]):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def library(isa: str) -> Path:
    return KERNELS / f"libcrnn-{isa}{SUFFIX}"


def fresh(isa: str) -> bool:
    """Is the library there, made from the sources as they are now?"""
    path = library(isa)
    return path.is_file() and source().encode() in path.read_bytes()


def compilers() -> list[Command]:
    """The commands to try, in this order; not all of them exist."""
    named = shlex.split(os.environ.get("CC", ""), posix=sys.platform != "win32")
    zig = [[sys.executable, "-m", "ziglang", "cc"]] if importlib.util.find_spec("ziglang") else []
    return [*([named] if named else []), ["cc"], ["clang"], ["gcc"], *zig]


def target(compiler: Command, isa: str) -> Command:
    """The options that name an instruction set; zig builds for this very processor unless told."""
    zig = "ziglang" in compiler
    if isa.startswith("x86-64"):
        return [f"-march={isa.replace('-', '_') if zig else isa}"]
    return ["-mcpu=baseline"] if zig else []


def run(command: Command, scratch: Path) -> str:
    """Run a compiler; what it complained about, "" if it succeeded."""
    caches = dict.fromkeys(("ZIG_GLOBAL_CACHE_DIR", "ZIG_LOCAL_CACHE_DIR"), str(scratch / "zig"))
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=300,
            env=os.environ | caches,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else done.stderr.strip() or f"it ended with {done.returncode}"


def shared(compiler: Command, isa: str, code: Path, out: Path, flags: tuple[str, ...]) -> Command:
    """The whole command line for a shared library."""
    position = [] if sys.platform == "win32" else ["-fPIC"]
    maths = [] if sys.platform == "win32" else ["-lm"]
    return [
        *compiler,
        *flags,
        *target(compiler, isa),
        "-shared",
        *position,
        "-o",
        str(out),
        str(code),
        *maths,
    ]


def working() -> Command | None:
    """The first compiler that can build for every instruction set here, tried on three lines of C."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        code = scratch / "probe.c"
        code.write_text(PROBE, encoding="utf-8")
        for compiler in compilers():
            commands = [shared(compiler, isa, code, scratch / "probe.out", FLAGS) for isa in isas()]
            if not any(run(command, scratch) for command in commands):
                return compiler
    return None


def build(compiler: Command, isa: str, flags: tuple[str, ...] = FLAGS, name: str = "") -> str:
    """Compile one library in place; what went wrong, "" if nothing. Never leaves half a library."""
    path = library(name or isa)
    try:
        with tempfile.TemporaryDirectory(dir=KERNELS, prefix=".build-") as folder:
            made = Path(folder) / path.name
            stamp = (*flags, f'-DCRNN_SOURCE="{source()}"')
            wrong = run(shared(compiler, isa, KERNELS / "crnn.c", made, stamp), Path(folder))
            if not wrong:
                made.replace(path)  # a running program keeps the old file
            return wrong
    except OSError as error:
        return f"{path} cannot be written: {error.strerror}"


def build_all(again: bool = False) -> tuple[list[Path], str]:
    """Make every library that is not fresh: those that are fresh now, and what is to be said."""
    wanted = [isa for isa in isas() if again or not fresh(isa)]
    compiler = working() if wanted else None
    said = NOTHING if wanted and compiler is None else ""
    if compiler is not None:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            wrongs = [wrong for wrong in pool.map(lambda isa: build(compiler, isa), wanted) if wrong]
        said = "\n".join(dict.fromkeys(wrongs))
    return [library(isa) for isa in isas() if fresh(isa)], said


def platform_tag() -> str:
    """py3-none-PLATFORM: any Python 3 of this platform, since ctypes loads the library."""
    from packaging.tags import platform_tags

    ours = (tag for tag in platform_tags() if "manylinux" not in tag and "musllinux" not in tag)
    return f"py3-none-{next(ours)}"


class KernelHook(BuildHookInterface):
    """What hatchling calls while it makes a wheel, or an editable install."""

    def dependencies(self) -> list[str]:
        unneeded = os.environ.get("STUDYAPP_PURE") or all(map(fresh, isas())) or working() is not None
        return [] if unneeded or sys.platform not in ZIG_SYSTEMS or isas() == ("generic",) else [ZIG]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        made, said = ([], "") if os.environ.get("STUDYAPP_PURE") else build_all()
        if said:
            self.app.display_warning(said)
        if made:
            build_data["artifacts"] += [f"/engine/kernels/{path.name}" for path in made]
            build_data["pure_python"] = False
            build_data["tag"] = platform_tag()


def main(arguments: list[str]) -> int:
    if arguments == ["--debug"]:
        compiler = working()
        wrong = build(compiler, isas()[-1], DEBUG_FLAGS, "debug") if compiler else NOTHING
        print(wrong or f"made {library('debug')}")
        return int(bool(wrong))
    if arguments:
        print(__doc__)
        return 2
    made, said = build_all(again=True)
    print(*(f"made {path}" for path in made), *([said] if said else []), sep="\n")
    return int(len(made) < len(isas()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
