"""LaTeX -> SVG: everything the course needs is set, nothing hostile hurts, no formula changes the next."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from formula_samples import DISPLAY, INLINE, RARE
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.mathtext import svg
from studyapp.mathtext.engine import MAX_LENGTH, MathEngine
from studyapp.mathtext.errors import BadTex, MathError, NoEngine
from tests.hostile import LATEX

ALL = [*DISPLAY.values(), *RARE.values(), *INLINE]


@pytest.mark.parametrize("tex", ALL)
def test_sets(engine: MathEngine, tex: str) -> None:
    for display in (True, False):
        drawing, outlines = svg.read(engine.svg(tex, display))
        assert drawing.width > 0
        assert drawing.ascent + drawing.descent > 0
        assert drawing.glyphs() == outlines.keys()
        assert len(drawing.marks) >= 2


def test_display_is_larger(engine: MathEngine) -> None:
    heights = [svg.read(engine.svg(r"\sum_{t=1}^T x_t", display))[0].ascent for display in (False, True)]
    assert heights[1] > 1.2 * heights[0]


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\frac{a", "Missing close brace."),
        ("a & b", "Misplaced &."),
        (r"\forgetgate", r"Undefined control sequence \forgetgate."),
        (r"\begin{matrix}a", r"Missing \end{matrix}."),
        ("x" * (MAX_LENGTH + 1), f"{MAX_LENGTH + 1} characters; at most {MAX_LENGTH}"),
        ("{" * 101 + "}" * 101, "101 braces inside each other; at most 100"),
    ],
)
def test_says_what_is_wrong(engine: MathEngine, tex: str, words: str) -> None:
    with pytest.raises(BadTex) as caught:
        engine.svg(tex, True)
    assert words in str(caught.value)


@pytest.mark.parametrize("tex", LATEX.values(), ids=LATEX)
def test_hostile_latex_ends_and_hurts_no_other_formula(engine: MathEngine, tex: str) -> None:
    """The engine ends what takes long; when, is a figure of benchmarks/limits.py."""
    engine.svg("x", False)
    try:
        engine.svg(tex, True)
    except BadTex as error:
        assert len(str(error)) < 200
    assert engine.svg("x", False).startswith("<svg")


LEAKS = {
    r"\def\frac{\sqrt}x": r"\frac12",
    r"\newcommand{\mine}{x}\mine": r"\mine",
    r"\renewcommand{\alpha}{b}\alpha": r"\alpha",
    r"\let\sum\prod x": r"\sum",
    r"\newenvironment{mine}{(}{)}\begin{mine}x\end{mine}": r"\begin{mine}x\end{mine}",
    r"\DeclareMathOperator{\mine}{mine}\mine": r"\mine",
    r"\DeclarePairedDelimiter{\mine}{(}{)}\mine{x}": r"\mine{x}",
    r"\definecolor{red}{rgb}{0,0,1}\color{red}x": r"\color{red}x",
    r"\mathtoolsset{smallmatrix-align=r}x": r"\begin{smallmatrix*}a\\bbb\end{smallmatrix*}",
    r"x\label{mine}": r"x\label{mine}",
    r"\frac{a": r"\frac ab",
}


@pytest.mark.parametrize(("first", "second"), LEAKS.items(), ids=range(len(LEAKS)))
def test_no_formula_changes_the_next(engine: MathEngine, first: str, second: str) -> None:
    """The oracle is an engine that has never seen anything."""
    assert _answer(engine, first) is not None
    assert _answer(engine, second) == _answer(MathEngine(), second)


def _answer(engine: MathEngine, tex: str) -> str:
    try:
        return engine.svg(tex, True)
    except BadTex as error:
        return str(error)


def test_without_quickjs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "quickjs", None)  # makes the import fail
    fresh = MathEngine()
    for _ in range(2):
        with pytest.raises(NoEngine, match="quickjs-ng"):
            fresh.svg("x", True)


def test_threads_get_their_own_answers(engine: MathEngine) -> None:
    wanted = [rf"x_{{{number}}}" for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda tex: engine.svg(tex, False), wanted))
    assert answers == [engine.svg(tex, False) for tex in wanted]


@settings(max_examples=60)
@given(st.text(max_size=60) | st.text(alphabet=r"\{}^_&$%#ab12 frac", max_size=40))
def test_any_text_is_set_or_refused(engine: MathEngine, tex: str) -> None:
    try:
        svg.read(engine.svg(tex, False))
    except MathError as error:
        assert str(error).endswith(".")


def test_nothing_typed_is_executed(
    engine: MathEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.chdir(str(tmp_path))
    for tex in ("__import__('os').system('touch pwned')", "']);globalThis.typeset=null;(['", "${typeset=1}"):
        _answer(engine, tex)
    assert engine.svg("x", False).startswith("<svg")
