"""Sets the course's and the interface's formulas in advance: python -m studyapp.mathtext.prerender [--check].

Writes resources/formulas.z, which shows them on computers without QuickJS, and at once on all others.
`--check` writes nothing and fails when a formula is missing, no longer used, or wrong. Needs QuickJS.
Formulas with numbers drawn later (<<name>>) are left to the engine.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from content.markdown import formulas_of, texts
from studyapp.mathtext import cache, demo, shipped, svg
from studyapp.mathtext.drawing import Drawing
from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.errors import BadTex
from studyapp.mathtext.parts import links, parts
from studyapp.mathtext.shipped import Key, Shipped

_FILE = Path(__file__).parents[2] / "resources" / shipped.NAME
_INTERFACE = ("studyapp.widgets.cell_words",)  # modules whose constants are formulas of the interface
_LONG = 40  # letters of LaTeX; a shorter chain has room everywhere
_TOLD = 10  # at most so many formulas of a kind are listed


def main(arguments: list[str] | None = None) -> int:
    """Write or check the file; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m studyapp.mathtext.prerender", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if the file is out of date"
    )
    parser.add_argument("--file", type=Path, default=_FILE, help="another file than resources/formulas.z")
    options = parser.parse_args(arguments)
    wanted = course_formulas()
    return check(wanted, options.file) if options.check else write(wanted, options.file)


def course_formulas() -> dict[Key, str]:
    """Every formula of course, interface and demonstration, with the text in which it stands first."""
    from content.course_files import course_files, shipped_course
    from content.course_reader import read_course

    course, _ = read_course(list(course_files(shipped_course())))
    found: dict[Key, str] = {}
    for text in [*texts(course), demo.TEXT]:
        for key in formulas_of(text):
            if "<<" not in key[0]:
                found.setdefault(key, text)
    for formula in course.formulas:
        found.setdefault((formula.latex, True), formula.id)
        for part, _ in (*formula.letters, *formula.unread):  # as the sheet tells what was computed
            found.setdefault((part, False), formula.id)
    for tex in [*interface_formulas(), demo.FORMULA]:
        found |= {(tex, display): tex for display in (True, False)}
    for (tex, display), text in list(found.items()):
        for part in parts(tex) if display else (tex,):  # without room they stand below each other
            found.setdefault((part, display), text)
            for link in links(part) if len(part) > _LONG else ():
                found.setdefault((link, display), text)
    return found


def interface_formulas() -> Iterator[str]:
    """The LaTeX among the constants of the modules above: texts, alone or in a mapping, with a backslash."""
    for name in _INTERFACE:
        for known, value in vars(importlib.import_module(name)).items():
            if known.isupper():
                parts = value.values() if isinstance(value, dict) else (value,)
                yield from (part for part in parts if isinstance(part, str) and "\\" in part)


def write(wanted: Mapping[Key, str], file: Path) -> int:
    """Set every formula and write the file; 1 if one of them is wrong."""
    drawings, outlines, wrong = _set_all(wanted)
    packed = shipped.pack(cache.bundle(), drawings, outlines)
    file.write_bytes(packed)
    print(f"{file}: {len(drawings)} formulas, {len(packed) / 1000:.0f} kB")
    return _tell("cannot be set", wrong)


def _set_all(wanted: Mapping[Key, str]) -> tuple[dict[Key, Drawing], dict[str, str], list[str]]:
    engine = MathEngine()
    drawings: dict[Key, Drawing] = {}
    outlines: dict[str, str] = {}
    wrong: list[str] = []
    for key, text in sorted(wanted.items()):
        try:
            drawings[key], glyphs = svg.read(engine.svg(*key))
            outlines |= glyphs
        except BadTex as error:
            wrong.append(f"{key[0]}\n      {error} It stands in: {text.strip().splitlines()[0][:80]}")
    return drawings, outlines, wrong


def check(wanted: Mapping[Key, str], file: Path) -> int:
    """1, and what to do, unless the file holds exactly these formulas, set by this MathJax."""
    held = Shipped(file.read_bytes() if file.exists() else b"")
    bad = _tell("are missing", [tex for tex, _ in sorted(wanted.keys() - held.keys())])
    bad |= _tell("are no longer used", [tex for tex, _ in sorted(held.keys() - wanted.keys())])
    if held.bundle != cache.bundle():
        bad |= _tell("were set by another MathJax", ["all"])
    if bad:
        print("run: python -m studyapp.mathtext.prerender", file=sys.stderr)
    else:
        print(f"{file}: {len(wanted)} formulas, up to date")
    return bad


def _tell(what: str, formulas: list[str]) -> int:
    """Say what is wrong with these; 1 if there are any."""
    if not formulas:
        return 0
    print(f"{len(formulas)} formulas {what}:", file=sys.stderr)
    for tex in formulas[:_TOLD]:
        print(f"    {tex}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
