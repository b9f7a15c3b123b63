"""The house rules that a linter cannot see: what is loaded when, sizes of files, one door to each library.

Each runs a fresh interpreter or reads the source; none trusts the import contracts alone,
since a contract can be aimed at the wrong door.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(p for top in ("engine", "content", "studyapp") for p in (ROOT / top).rglob("*.py"))
HEAVY = ("torch", "sympy", "pyqtgraph", "sqlalchemy.orm", "numpy", "matplotlib")


def fresh(code: str, home: Path, timeout: float = 60) -> str:
    """Standard output of `code` run by a fresh interpreter with its own home."""
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"} | {name: str(home / name) for name in names}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=ROOT, env=env, timeout=timeout
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


AT_FIRST_PAINT = """
import sys, json
from studyapp.app import start
seen = {}
def painted(window):
    seen["modules"] = sorted(sys.modules)
    window.close()
start(["studyapp", "--temp"], on_first_paint=painted)
print("MODULES", json.dumps(seen["modules"]))
"""


@pytest.mark.parametrize("module", HEAVY)
def test_first_paint_does_not_pay_for(module: str, modules_at_first_paint: frozenset[str]) -> None:
    assert module not in modules_at_first_paint


@pytest.fixture(scope="module")
def modules_at_first_paint(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    out = fresh(AT_FIRST_PAINT, tmp_path_factory.mktemp("home"))
    found = frozenset(json.loads(out.split("MODULES", 1)[1]))
    assert "PySide6.QtWidgets" in found, "the probe did not see a real start"
    return found


ALL_PAGES = """
import sys, json
from multiprocessing import active_children
from PySide6.QtCore import QTimer
from studyapp.app import start
seen = {}
def visit(window):
    pages = [spec.id for spec in window.pages]
    for number, page in enumerate(pages):
        QTimer.singleShot(300 + 200 * number, lambda p=page: window.show_page(p))
    def end():
        helpers = {process.name for process in active_children()}
        if window.page_id != pages[-1] or helpers != {"training", "symbolic"}:
            return QTimer.singleShot(50, end)
        seen["pages"] = pages
        seen["modules"] = sorted(sys.modules)
        window.close()
    QTimer.singleShot(800 + 200 * len(pages), end)
start(["studyapp", "--temp"], on_first_paint=visit)
print("SEEN", json.dumps(seen))
"""


def test_window_process_never_loads_torch_or_sympy(tmp_path: Path) -> None:
    """Every page is opened, both helper processes run, and still neither is in this process."""
    seen = json.loads(fresh(ALL_PAGES, tmp_path).split("SEEN", 1)[1])
    assert seen["pages"] == ["home", "notes", "lab", "derive", "cards", "quiz"]
    assert "studyapp.pages.derive" in seen["modules"], "the pages were not built"
    assert not {"torch", "sympy", "sqlalchemy.orm"} & set(seen["modules"])


def test_qt_void_calls_keep_their_reference_to_none(tmp_path: Path) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one per call and aborts after some thousands."""
    code = (
        "import sys\nfrom PySide6.QtCore import QObject\no = QObject()\nbefore = sys.getrefcount(None)\n"
        "for _ in range(10_000): o.setObjectName('a')\nprint(before - sys.getrefcount(None))"
    )
    assert int(fresh(code, tmp_path)) < 100


@pytest.mark.parametrize(
    "package",
    [
        *("engine", "content", "studyapp", "engine.symbolic", "engine.tape", "engine.derivations"),
        *("engine.checking", "engine.counting", "engine.working"),
        *("engine.recurrences", "engine.growth", "engine.algorithms", "engine.practice"),
    ],
)
def test_importing_a_package_imports_nothing_else(package: str, tmp_path: Path) -> None:
    code = f"import sys\nbefore = set(sys.modules)\nimport {package}\nprint(*(set(sys.modules) - before))"
    assert set(fresh(code, tmp_path).split()) <= {package, package.split(".", maxsplit=1)[0]}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_file_is_of_readable_size_and_says_what_it_is_for(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "a file's first lines say what it is for and what it must not know"
    assert len(source.splitlines()) <= 400, "over 400 lines: it holds two ideas"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            docstring = ast.get_docstring(node) or ""
            assert length - len(docstring.splitlines()) <= 50, f"{node.name} has {length} lines"


WINDOW_SIDE = (
    *("derivations.catalogue", "derivations.programs", "derivations.network", "derivations.steps"),
    *("working.typed", "working.reading", "practice.reading"),
)


@pytest.mark.parametrize("module", WINDOW_SIDE)
def test_what_the_window_reads_of_a_derivation_is_light(module: str, tmp_path: Path) -> None:
    code = f"import sys\nimport engine.{module}\nprint(*sys.modules)"
    assert not {"numpy", "sympy", "torch", "mpmath"} & set(fresh(code, tmp_path).split())


ORACLES = sorted((ROOT / "engine/checking").glob("oracles*.py"))


@pytest.mark.parametrize("path", ORACLES, ids=lambda p: p.name)
def test_an_oracle_knows_nothing_of_what_it_checks(path: Path) -> None:
    """Neither the tape language nor the derivation: a wrong line cannot agree with it by construction."""
    source = path.read_text(encoding="utf-8")
    assert not re.search(
        r"engine\.(tape|working|counting)|engine\.derivations\.(?!catalogue)|engine\.checking\.(?!oracles)",
        source,
    )


def test_no_drawers_without_a_name() -> None:
    assert not [p for p in SOURCES if p.stem in ("utils", "misc", "helpers", "manager", "common")]


def test_no_test_measures_a_time() -> None:
    """benchmarks/ do. A test may count (tests/counted.py), or see what comes before what."""
    clocks = re.compile("time[.](" + "process_time|perf_counter|thread_time)")
    assert not [p for p in (ROOT / "tests").rglob("*.py") if clocks.search(p.read_text(encoding="utf-8"))]


def test_test_files_have_names_of_their_own() -> None:
    """pytest refuses to collect two of one name."""
    names = [p.name for p in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(set(names)) == sorted(names)


def test_no_folder_is_deeper_than_two() -> None:
    tops = ("engine", "content", "studyapp", "tests", "benchmarks")
    folders = {p.parent.relative_to(ROOT) for top in tops for p in (ROOT / top).rglob("*.py")}
    assert all(len(folder.parts) <= 2 for folder in folders)


ONE_DOOR = {
    "torch": {
        "engine/nets.py",
        "engine/checking/opinions.py",
        "engine/checking/torch_forwards.py",
        "engine/models/addressing.py",
        "engine/models/attention.py",
        "engine/models/seq2seq.py",
        "engine/models/taped.py",
        "engine/models/taped_cells.py",
        "engine/models/turing.py",
    },
    "quickjs": {"studyapp/mathtext/engine.py"},
    "multiprocessing": {
        "engine/child.py",
        "engine/worker.py",
        "engine/symbolic/client.py",
        "engine/symbolic/worker.py",
        "studyapp/__main__.py",
    },
    "pickle": set(),
    "sqlalchemy.orm": set(),
}


@pytest.mark.parametrize("module", ONE_DOOR)
def test_only_its_own_door_opens(module: str) -> None:
    pattern = re.compile(rf"^\s*(import {re.escape(module)}\b|from {re.escape(module)}\b)", re.M)
    users = {str(p.relative_to(ROOT)) for p in SOURCES if pattern.search(p.read_text(encoding="utf-8"))}
    assert users <= ONE_DOOR[module]


def test_only_assets_opens_resources() -> None:
    users = {
        str(p.relative_to(ROOT))
        for p in SOURCES
        if re.search(r"files\(.resources.\)|(import|from) resources\b", p.read_text(encoding="utf-8"))
    }
    assert users <= {"studyapp/assets.py"}


def test_pages_never_import_pages_and_widgets_know_neither_pages_nor_bridges() -> None:
    for path in SOURCES:
        where = path.relative_to(ROOT).as_posix()
        source = path.read_text(encoding="utf-8")
        if where.startswith("studyapp/pages/"):
            assert "studyapp.pages" not in source, where
        if where.startswith(("studyapp/widgets/", "studyapp/mathtext/")):
            assert not re.search(r"studyapp\.(pages|store|trainer|jobs|app|window)\b", source), where


def test_nothing_is_executed() -> None:
    """No eval, exec, pickle, yaml.load or SymPy text entry anywhere in the product."""
    banned_calls = {"eval", "exec", "compile", "__import__"}
    banned_attributes = {"parse_expr", "sympify", "parse_latex", "unsafe_load", "full_load", "rsolve"}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in banned_calls | banned_attributes, (path, node.lineno)
            if isinstance(node, ast.Attribute):
                assert node.attr not in banned_attributes, (path, node.lineno)
