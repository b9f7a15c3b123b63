"""Which library is loaded, and the sentences when none is."""

from __future__ import annotations

import dataclasses
import importlib.util
import platform
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from engine.kernels import door

ROOT = Path(__file__).resolve().parents[2]
HERE = pytest.mark.skipif(not door.available(), reason=door.state())


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What one test found out about the libraries is not for the next."""
    for remembered in (door._chosen, door._trouble, door.source):
        remembered.cache_clear()
    yield
    for remembered in (door._chosen, door._trouble, door.source):
        remembered.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sources with no library, where the door now looks."""
    for path in (*door.FOLDER.glob("*.c"), *door.FOLDER.glob("*.h")):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(door, "FOLDER", tmp_path)
    monkeypatch.delenv("CRNN_ISA", raising=False)
    return tmp_path


def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_door_and_the_build_name_the_same_sources_and_files() -> None:
    built = hook()
    assert door.source() == built.source()
    assert door.candidates() == built.isas()
    assert [door.path_of(isa) for isa in door.candidates()] == [built.library(isa) for isa in built.isas()]


@pytest.mark.parametrize("bits", [32, 64])
@pytest.mark.parametrize("machine", ["x86_64", "AMD64", "i686", "arm64", "aarch64", "armv7l", "riscv64"])
def test_the_door_looks_for_what_is_built_also_in_a_32_bit_python_on_a_64_bit_system(
    monkeypatch: pytest.MonkeyPatch, machine: str, bits: int
) -> None:
    built = hook()
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(struct, "calcsize", lambda _: bits // 8)
    assert door.candidates() == built.isas()
    assert (door.candidates() == ("generic",)) == (bits == 32 or machine in ("i686", "armv7l", "riscv64"))


def test_without_a_library_numpy_runs_and_says_why(folder: Path) -> None:
    assert door.available() == ()
    assert not door.found()
    assert door.state().startswith("NumPy instead of the C kernel: libcrnn-")
    assert "is not there" in door.state()
    with pytest.raises(door.NoKernelError, match="is not there"):
        door.load()


@HERE
def test_a_library_of_other_sources_is_refused(folder: Path) -> None:
    for isa in door.candidates():
        original = ROOT / "engine" / "kernels" / door.path_of(isa).name
        if original.is_file():
            shutil.copy(original, folder)
    assert door.found()
    for remembered in (door._chosen, door._trouble, door.source, door.opened):
        remembered.cache_clear()
    with (folder / "net.h").open("a", encoding="utf-8") as header:
        header.write("// one more line\n")
    assert not door.found()
    assert "made from other sources" in door.state()


def test_a_file_that_is_no_library_is_refused(folder: Path) -> None:
    for isa in door.candidates():
        door.path_of(isa).write_bytes(b"not a library at all")
    assert not door.found()
    assert "cannot be loaded" in door.state()


def test_line_ends_do_not_make_a_source_another(folder: Path) -> None:
    before = door.source()
    for path in folder.glob("*.h"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    door.source.cache_clear()
    assert door.source() == before


@HERE
def test_what_is_loaded_is_the_best_that_runs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CRNN_ISA", raising=False)
    best = door.load()
    assert best.isa == door.available()[-1]
    assert door.state() == f"C kernel, {best.name}"


@HERE
@pytest.mark.skipif("x86-64-v3" not in door.available(), reason="this processor or build has no x86-64-v3")
def test_an_instruction_set_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRNN_ISA", "avx2")
    assert door.load().isa == "x86-64-v3"
    assert door.state() == "C kernel, x86-64-v3 (AVX2)"
    assert door.load("x86-64-v2").isa == "x86-64-v2", "an argument is above the variable"


def test_an_instruction_set_of_nobody_is_named_in_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRNN_ISA", "mmx")
    with pytest.raises(door.NoKernelError, match="'mmx' is not of this processor; "):
        door.load()


@HERE
@pytest.mark.skipif("x86-64-v2" not in door.candidates(), reason="not an x86-64 processor")
def test_a_processor_without_an_instruction_set_is_not_asked_to_run_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = door.opened
    opened = []

    def older(path: Path, isa: str) -> object:
        opened.append(isa)
        library = real(path, isa)
        return dataclasses.replace(library, level=lambda: 2)

    monkeypatch.setattr(door, "opened", older)
    monkeypatch.delenv("CRNN_ISA", raising=False)
    assert door.available() == ("x86-64-v2",)
    assert set(opened) == {"x86-64-v2"}, "the others were not even loaded"
    with pytest.raises(door.NoKernelError, match="cannot run x86-64-v4"):
        door.load("avx512")


@HERE
def test_the_level_is_what_the_system_says() -> None:
    flags = Path("/proc/cpuinfo")
    if "x86-64-v2" not in door.candidates() or not flags.is_file():
        pytest.skip("no list of the processor's features to compare with")
    known = next(line for line in flags.read_text().splitlines() if line.startswith("flags")).split()
    v3 = {"avx2", "bmi1", "bmi2", "fma", "f16c", "movbe"} <= set(known)
    v4 = v3 and {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"} <= set(known)
    assert door.load("x86-64-v2").level() == (4 if v4 else 3 if v3 else 2)
