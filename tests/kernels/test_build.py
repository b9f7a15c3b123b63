"""hatch_build.py: one library an instruction set, made once, or the package without and a sentence.

The module is loaded as hatchling loads it, from its path. It compiles three lines of C into a
folder of its own; which compilers exist is decided by PATH.
"""

from __future__ import annotations

import ctypes
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = "const char *crnn_source(void) { return CRNN_SOURCE; }\nfloat half(float x) { return x / 2; }\n"


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def hatch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The build hook over a folder with a C file of our own, for two instruction sets."""
    module = loaded()
    kernels = tmp_path / "engine" / "kernels"
    kernels.mkdir(parents=True)
    (kernels / "crnn.c").write_text(CODE, encoding="utf-8")
    monkeypatch.setattr(module, "KERNELS", kernels)
    for name in ("CC", "STUDYAPP_PURE"):
        monkeypatch.delenv(name, raising=False)
    return module


@pytest.fixture
def compiler(hatch: ModuleType) -> Any:
    found = hatch.working()
    if found is None:
        pytest.skip("no C compiler here, nor ziglang")
    return found


@pytest.fixture
def no_compiler(hatch: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    find_spec: Callable[..., Any] = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "ziglang" else find_spec(name, *more)
    )


def hook(hatch: ModuleType) -> tuple[Any, list[str]]:
    """The hook as hatchling would make it, and what it warned of."""
    warned: list[str] = []
    app = SimpleNamespace(display_warning=warned.append)
    return type("Hook", (hatch.KernelHook,), {"__init__": lambda self: None, "app": app})(), warned


def test_each_instruction_set_has_its_library_and_it_says_what_it_was_made_from(
    hatch: ModuleType, compiler: Any
) -> None:
    made, said = hatch.build_all()
    assert said == ""
    assert [path.name for path in made] == [f"libcrnn-{isa}{hatch.SUFFIX}" for isa in hatch.isas()]
    library = ctypes.CDLL(str(made[0]))  # the plainest one runs everywhere
    library.crnn_source.restype = ctypes.c_char_p
    assert library.crnn_source().decode() == hatch.source()
    library.half.restype, library.half.argtypes = ctypes.c_float, [ctypes.c_float]
    assert library.half(3.0) == 1.5
    assert sorted(p.name for p in hatch.KERNELS.iterdir()) == sorted(["crnn.c", *(p.name for p in made)])


def test_a_fresh_library_is_not_made_again_and_a_stale_one_is(hatch: ModuleType, compiler: Any) -> None:
    made, _ = hatch.build_all()
    before = [path.stat().st_mtime_ns for path in made]
    assert [path.stat().st_mtime_ns for path in hatch.build_all()[0]] == before
    (hatch.KERNELS / "lanes.h").write_text("// one more source\n", encoding="utf-8")
    assert not any(hatch.fresh(isa) for isa in hatch.isas())
    hatch.build_all()
    assert all(hatch.fresh(isa) for isa in hatch.isas())
    assert all(path.stat().st_mtime_ns > old for path, old in zip(made, before, strict=True))


def test_the_name_of_the_sources_is_the_same_with_the_line_ends_of_windows(hatch: ModuleType) -> None:
    named = hatch.source()
    (hatch.KERNELS / "crnn.c").write_bytes(CODE.replace("\n", "\r\n").encode())
    assert hatch.source() == named
    (hatch.KERNELS / "crnn.c").write_text(CODE.replace("2", "3"), encoding="utf-8")
    assert hatch.source() != named


def test_code_that_does_not_compile_leaves_the_old_library_and_is_named(
    hatch: ModuleType, compiler: Any
) -> None:
    made, _ = hatch.build_all()
    old = made[0].read_bytes()
    (hatch.KERNELS / "crnn.c").write_text("int broken(\n", encoding="utf-8")
    now, said = hatch.build_all()
    assert now == []
    assert "crnn.c:1" in said
    assert made[0].read_bytes() == old
    seen, warned = hook(hatch)
    data: dict[str, Any] = {"artifacts": [], "pure_python": True}
    seen.initialize("standard", data)
    assert data == {"artifacts": [], "pure_python": True}, "the stale libraries were packed"
    assert warned == [said]


def test_without_a_compiler_ziglang_is_asked_for(hatch: ModuleType, no_compiler: None) -> None:
    if hatch.isas() == ("generic",) or sys.platform not in hatch.ZIG_SYSTEMS:
        pytest.skip("ziglang has no wheel for this machine")
    assert hook(hatch)[0].dependencies() == [hatch.ZIG]


def test_where_nothing_compiles_the_package_is_plain_python_and_says_so(
    hatch: ModuleType, no_compiler: None
) -> None:
    seen, warned = hook(hatch)
    data: dict[str, Any] = {"artifacts": [], "pure_python": True}
    seen.initialize("standard", data)
    assert data == {"artifacts": [], "pure_python": True}
    assert len(warned) == 1
    assert "without the compiled kernel" in warned[0]


@pytest.mark.parametrize("system", ["freebsd14", "sunos5"])
def test_ziglang_is_not_asked_for_where_it_does_not_exist(
    hatch: ModuleType, no_compiler: None, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert hook(hatch)[0].dependencies() == []


def test_with_a_compiler_or_fresh_libraries_or_a_wish_for_none_nothing_is_asked_for(
    hatch: ModuleType, compiler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hook(hatch)[0].dependencies() == []
    hatch.build_all()
    monkeypatch.setattr(hatch, "compilers", list)
    assert hook(hatch)[0].dependencies() == [], "nothing is to be compiled"
    (hatch.KERNELS / "crnn.c").write_text("// changed\n", encoding="utf-8")
    monkeypatch.setenv("STUDYAPP_PURE", "1")
    assert hook(hatch)[0].dependencies() == []


def test_the_wheel_gets_the_libraries_and_the_name_of_its_platform(hatch: ModuleType, compiler: Any) -> None:
    data: dict[str, Any] = {"artifacts": [], "pure_python": True}
    seen, warned = hook(hatch)
    seen.initialize("standard", data)
    assert not warned
    assert data["artifacts"] == [f"/engine/kernels/libcrnn-{isa}{hatch.SUFFIX}" for isa in hatch.isas()]
    assert data["pure_python"] is False
    assert data["tag"].startswith("py3-none-") and not data["tag"].endswith("-any")


def test_a_compiler_that_was_named_but_does_not_work_is_passed_over(
    hatch: ModuleType, compiler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CC", "no-such-compiler -pipe")
    assert hatch.compilers()[0] == ["no-such-compiler", "-pipe"]
    assert hatch.working() == compiler


def test_zig_spells_processors_its_own_way(hatch: ModuleType) -> None:
    zig = [sys.executable, "-m", "ziglang", "cc"]
    assert hatch.target(zig, "x86-64-v3") == ["-march=x86_64_v3"]
    assert hatch.target(zig, "arm64") == ["-mcpu=baseline"], "otherwise it builds for this very processor"
    assert hatch.target(["cc"], "x86-64-v3") == ["-march=x86-64-v3"]
    assert hatch.target(["cc"], "arm64") == []


@pytest.mark.parametrize(
    ("machine", "names"),
    [
        ("x86_64", ("x86-64-v2", "x86-64-v3", "x86-64-v4")),
        ("AMD64", ("x86-64-v2", "x86-64-v3", "x86-64-v4")),
        ("arm64", ("arm64",)),
        ("aarch64", ("arm64",)),
        ("riscv64", ("generic",)),
    ],
)
def test_what_a_machine_is_built_for(
    hatch: ModuleType, monkeypatch: pytest.MonkeyPatch, machine: str, names: tuple[str, ...]
) -> None:
    monkeypatch.setattr(hatch.platform, "machine", lambda: machine)
    assert hatch.isas() == names


def test_an_unknown_option_compiles_nothing(hatch: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert hatch.main(["--fast"]) == 2
    assert "--debug" in capsys.readouterr().out
    assert [p.name for p in hatch.KERNELS.iterdir()] == ["crnn.c"]
