"""What is said of pasted Python without a process: against what Python's own compiler says."""

from __future__ import annotations

import ast
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp import code_check
from studyapp.code_examples import EXAMPLES
from studyapp.flat_fractions import flat


@pytest.mark.parametrize(("label", "text"), EXAMPLES)
def test_every_example_can_be_read(label: str, text: str) -> None:
    assert code_check.fault(text) is None, label
    assert len(code_check.functions(text)) == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("for i in range(3)\n    pass", 1, "expected ':'"),
        ("x = 1\n  y = 2", 2, "unexpected indent"),
        ("def f(n):\n    return (n", 2, "was never closed"),
        ("while True:\npass", 2, "expected an indented block"),
        ("x = 1\ny = = 2", 2, "not Python"),
        ("a = '", 1, "unterminated"),
        ("x\0y", 1, "cannot read"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, words: str) -> None:
    found = code_check.fault(text)
    assert found is not None
    assert found.line == line or "\0" in text
    assert words in found.sentence or "null" in found.sentence


@pytest.mark.parametrize(
    "text", ["(" * 300 + ")" * 300, "-" * 9000 + "1", "x" * 30_000, "[" * 150, "f" + "()" * 3000, "9" * 9000]
)
def test_bombs_get_a_sentence(text: str) -> None:
    found = code_check.fault(text)
    assert found is None or found.sentence
    code_check.functions(text)


@given(st.text(alphabet="defn(i):=+ \n\t'\"#[]0x", max_size=60))
def test_it_agrees_with_the_compiler(text: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
        readable = True
    except (SyntaxError, ValueError):
        readable = False
    assert (code_check.fault(text) is None) == readable


def test_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []
    monkeypatch.setattr("builtins.print", ran.append)
    assert code_check.fault("print('here')\nimport os\nos.remove('/')") is None
    assert not ran


@pytest.mark.parametrize(
    ("pasted", "wanted"),
    [
        ("Look:\n```python\nx = 1\ny = 2\n```\nas above", "x = 1\ny = 2"),
        ("```\nx = 1\n```", "x = 1"),
        (">>> for i in range(3):\n...     print(i)", "for i in range(3):\n    print(i)"),
        ("if x:\r\n\ty = 1", "if x:\n    y = 1"),
        ("x\u00a0=\u00a01", "x = 1"),
        ("x = 1", "x = 1"),
    ],
)
def test_pasted_text_becomes_code(pasted: str, wanted: str) -> None:
    assert code_check.cleaned(pasted) == wanted


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\frac{n(n-1)}{2}", "{n(n-1)/2}"),
        (r"\frac{n^{2} + n}{2} + 1", "{(n^{2} + n)/2} + 1"),
        (r"\frac{1}{\log n}", r"{1/(\log n)}"),
        (r"\frac{\frac{n}{2}}{3}", "{{n/2}/3}"),
        (r"n \log_{2} n", r"n \log_{2} n"),
        (r"\frac{n}", r"\frac{n}"),
    ],
)
def test_fractions_are_written_in_one_line(latex: str, wanted: str) -> None:
    assert flat(latex) == wanted
