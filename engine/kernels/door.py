"""The door to the compiled kernel: finds the library that suits this processor, and loads it.

A library is loaded only if it was made from the sources beside it and lays out memory as
`kernel.Net` does. Where there is none, the reason is a sentence, and NumPy does the work. The
variable CRNN_ISA names one instruction set ("x86-64-v3", "avx2", ...), or "none" for NumPy.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine.errors import EngineError

FOLDER = Path(__file__).resolve().parent
SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
LEVELS = {"x86-64-v2": 2, "x86-64-v3": 3, "x86-64-v4": 4}
WORDS = {"x86-64-v2": "SSE4", "x86-64-v3": "AVX2", "x86-64-v4": "AVX-512", "arm64": "NEON"}
_ALIASES = {"sse4": "x86-64-v2", "avx2": "x86-64-v3", "avx512": "x86-64-v4", "avx-512": "x86-64-v4"}
_AGAIN = "install the package again to compile it"

_NET, _INT = ctypes.c_void_p, ctypes.c_int32
_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "crnn_source": (ctypes.c_char_p, []),
    "crnn_size": (ctypes.c_int64, []),
    "crnn_level": (_INT, []),
    "crnn_forward": (None, [_NET]),
    "crnn_passes": (None, [_NET]),
    "crnn_train": (_INT, [_NET, _INT]),
    "crnn_train_many": (None, [_NET, _INT, _INT]),
    "crnn_update": (None, [_NET]),
    "crnn_forward_at": (None, [_NET, _INT]),
    "crnn_prepare": (None, [_NET]),
    "crnn_step": (None, [_NET]),
    "crnn_sample": (None, [_NET, _INT, ctypes.c_double, ctypes.c_void_p, ctypes.c_void_p]),
}


class NoKernelError(EngineError):
    """No compiled kernel can be used; the sentence says why."""


@dataclass(frozen=True)
class Library:
    """The kernel's functions for one instruction set. They let go of the GIL while they run.

    Attributes:
        isa: "x86-64-v4", ...
    """

    isa: str
    source: Callable[[], bytes]
    size: Callable[[], int]
    level: Callable[[], int]
    forward: Callable[[int], None]
    passes: Callable[[int], None]
    train: Callable[[int, int], int]
    train_many: Callable[[Any, int, int], None]
    update: Callable[[int], None]
    forward_at: Callable[[int, int], None]
    prepare: Callable[[int], None]
    step: Callable[[int], None]
    sample: Callable[[int, int, float, Any, int], None]

    @property
    def name(self) -> str:
        """With the words that people know: "x86-64-v4 (AVX-512)"."""
        return f"{self.isa} ({WORDS[self.isa]})" if self.isa in WORDS else self.isa


def load(isa: str | None = None) -> Library:
    """The library for `isa`, else for CRNN_ISA, else the best that this processor can run.

    Raises:
        NoKernelError: there is none, it is of other sources, or this processor cannot run it.
    """
    wanted = isa or os.environ.get("CRNN_ISA", "")
    if wanted == "none":
        raise NoKernelError("CRNN_ISA is none.")
    return _chosen(_ALIASES.get(wanted, wanted))


def found() -> bool:
    """There is a library to load."""
    try:
        load()
    except NoKernelError:
        return False
    return True


def state() -> str:
    """One sentence about what runs: "C kernel, x86-64-v4 (AVX-512)", or why it is NumPy."""
    try:
        return f"C kernel, {load().name}"
    except NoKernelError as error:
        return f"NumPy instead of the C kernel: {error}"


def available() -> tuple[str, ...]:
    """The instruction sets that have a library here which this processor can run, plainest first."""
    return tuple(isa for isa in candidates() if not _trouble(isa))


def candidates() -> tuple[str, ...]:
    """The instruction sets of this family of processors, plainest first; the build has the same."""
    machine = platform.machine().lower()
    if struct.calcsize("P") != 8:  # a 32-bit Python, maybe on a system of 64 bits
        return ("generic",)
    if machine in ("x86_64", "amd64"):
        return tuple(LEVELS)
    return ("arm64",) if machine in ("arm64", "aarch64") else ("generic",)


def path_of(isa: str) -> Path:
    return FOLDER / f"libcrnn-{isa}{SUFFIX}"


@cache
def source() -> str:
    """16 hex digits that name the C sources beside this file; a library carries those of its own."""
    digest = hashlib.sha256()
    for path in sorted([*FOLDER.glob("*.c"), *FOLDER.glob("*.h")]):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


@cache
def _chosen(wanted: str) -> Library:
    if wanted:
        if wanted not in candidates():
            known = ", ".join(candidates())
            raise NoKernelError(
                f"The instruction set {wanted!r} is not of this processor; {known} or none are."
            )
        _refuse(_trouble(wanted))
        return opened(path_of(wanted), wanted)
    good = available()
    if not good:
        _refuse(_trouble(candidates()[0]))
    return opened(path_of(good[-1]), good[-1])


def _refuse(trouble: str) -> None:
    if trouble:
        raise NoKernelError(trouble)


@cache
def _trouble(isa: str) -> str:
    """Why the library of `isa` cannot be used; "" if it can. Never runs what this processor cannot."""
    if isa in LEVELS and isa != "x86-64-v2":
        if trouble := _trouble("x86-64-v2"):  # only it can be asked: any processor since 2009 runs it
            return trouble
        if (level := opened(path_of("x86-64-v2"), "x86-64-v2").level()) < LEVELS[isa]:
            return f"This processor has x86-64-v{level} and cannot run {isa}."
    try:
        opened(path_of(isa), isa)
    except NoKernelError as error:
        return str(error)
    return ""


@cache
def opened(path: Path, isa: str) -> Library:
    """The library in this file, whatever processor it is for.

    Raises:
        NoKernelError: it is not there, cannot be loaded, or does not fit the Python beside it.
    """
    from engine.kernels.net import Net

    if not path.is_file():
        raise NoKernelError(f"{path.name} is not there; {_AGAIN}.")
    try:
        library = ctypes.CDLL(str(path))
        functions = {name.removeprefix("crnn_"): _signed(library, name) for name in _SIGNATURES}
    except (OSError, AttributeError) as error:
        raise NoKernelError(f"{path.name} cannot be loaded ({error}); {_AGAIN}.") from error
    found = Library(isa, **functions)
    if found.source().decode() != source():
        raise NoKernelError(f"{path.name} was made from other sources than those beside it; {_AGAIN}.")
    if found.size() != ctypes.sizeof(Net):
        raise NoKernelError(f"{path.name} lays out memory in another way than Python; {_AGAIN}.")
    return found


def _signed(library: ctypes.CDLL, name: str) -> Any:
    function = getattr(library, name)
    function.restype, function.argtypes = _SIGNATURES[name]
    return function
