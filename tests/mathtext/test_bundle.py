"""The MathJax file is what its recipe made: hashes of both are recorded, and its licence lies beside it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from studyapp.mathtext.cache import bundle

HERE = Path(__file__).parents[2] / "resources" / "mathjax"
SUMS = dict(reversed(line.split()) for line in (HERE / "SHA256SUMS").read_text().splitlines())


def test_bundle_and_recipe_are_as_recorded() -> None:
    assert set(SUMS) == {"mathjax.js", "entry.js", "package.json", "package-lock.json", "build.sh"}
    for name, recorded in SUMS.items():
        assert hashlib.sha256((HERE / name).read_bytes()).hexdigest() == recorded, name


def test_cached_formulas_depend_on_the_bundle() -> None:
    assert SUMS["mathjax.js"].startswith(bundle())
    assert len(bundle()) == 16


def test_versions_are_exact() -> None:
    wanted = json.loads((HERE / "package.json").read_text())
    lock = json.loads((HERE / "package-lock.json").read_text())["packages"]
    assert wanted["dependencies"] == {"mathjax-full": "3.2.2"}
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert lock[f"node_modules/{name}"]["version"] == version
        assert lock[f"node_modules/{name}"]["integrity"].startswith("sha512-")


def test_licence_is_there_and_nothing_else_is_inside() -> None:
    assert "Apache License" in (HERE / "LICENSE").read_text()
    assert "MathJax" in (HERE / "NOTICE.md").read_text()
    modules = set((HERE / "entry.js").read_text().split("from '")[1:])
    assert all(line.startswith("mathjax-full/") for line in modules)


@pytest.mark.skipif(
    "STUDYAPP_REBUILD" not in os.environ, reason="STUDYAPP_REBUILD=1 asks for npm and network"
)
@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_recipe_makes_the_bundle(tmp_path: Path) -> None:
    subprocess.run([HERE / "build.sh", tmp_path], check=True)
    assert (tmp_path / "mathjax.js").read_bytes() == (HERE / "mathjax.js").read_bytes()
