"""Nothing pasted runs, reaches out, hangs or fills the memory: it is refused, in words, at its place."""

# ruff: noqa: E501 - a snippet a line is easier to read here
from __future__ import annotations

import resource
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.algorithms.interpreter import run
from engine.algorithms.reading import read
from engine.algorithms.values import CodeFault, TooMuch
from engine.errors import CodeError

BOMBS = [
    "x = 9**9**9",
    "x = 'a' * 10**9",
    "x = [[0] * 10**6] * 10**6",
    "while True:\n    x = 1",
    "x = 2\nwhile True:\n    x = x * x",
    "x = 1\nwhile True:\n    x <<= 1",
    "x = []\nwhile True:\n    x = [x, x]",
    "x = [1]\nwhile True:\n    x = [x, x]\n    y = x == x[0]",
    "x = [1]\nwhile True:\n    x = x + x",
    "x = 'a'\nwhile True:\n    x += x",
    "x = []\nfor i in range(10**9):\n    x.append(i)",
    "x = list(range(10**9))",
    "x = [*range(10**9)]",
    "x = sum(range(10**12))",
    "x = max(range(10**12))",
    "x = 5.5 in range(10**12)",
    "x = ()\nwhile True:\n    x = (x, x)\n    d = {x: 1}",
    "x = [0]\nx.append(x)\ny = [0]\ny.append(y)\nz = x == y",
    "x = round(5, -10**9)",
    "x = '%1000000000d' % 1",
    "x = [i for i in range(10**9)]",
    "x = any(False for i in range(10**12))",
    "for a in map(str, range(10**12)):\n    pass",
    "x = [1] * 100000\nwhile True:\n    y = x[:]",
    "x = [1] * 100000\nwhile True:\n    -1 in x",
    "x = 1 << 10**9",
    "x = pow(3, 10**9)",
    "x = 'a' * 90000\nx = x.replace('a', x)",
    "x = 'a'.join(['b' * 90000] * 90000)",
    "from math import factorial\nx = factorial(10**6)",
    "def f(n):\n    return f(n)\nf(1)",
    "def f(n):\n    return f(n + 1) + f(n - 1)\nf(1)",
    "f = lambda: f()\nf()",
    "x = 1.5 ** 10**6",
    "d = dict(zip(range(10**9), range(10**9)))",
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_ends_soon_and_in_words(bomb: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CodeFault) as caught:
        run(read(bomb), "", {})
    assert caught.value.line >= 1
    assert caught.value.reason.endswith(".")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


def test_an_endless_loop_is_told_from_a_mistake() -> None:
    with pytest.raises(TooMuch) as caught:
        run(read("i = 0\nwhile True:\n    i += 0\n"), "", {})
    assert caught.value.line == 2
    with pytest.raises(CodeFault) as mistake:
        run(read("a = [1]\nx = a[5]\n"), "", {})
    assert not isinstance(mistake.value, TooMuch)
    assert (mistake.value.line, mistake.value.reason) == (2, "The index is out of range.")


FORBIDDEN = [
    ("x = open('f')", 1, 4, "opens files"),
    ("y = 1\nx = eval('1')", 2, 4, "runs text as code"),
    ("__import__('os')", 1, 0, "loads other code"),
    ("import os", 1, 0, "os cannot be imported"),
    ("from sys import path", 1, 0, "cannot be imported"),
    ("for i in range(n):\n    x = input()", 2, 8, "waits"),
    ("import random", 1, 0, "random cannot be imported"),
    ("x = ().__class__", 1, 4, "__class__"),
    ("x = [].append.__self__", 1, 4, "__self__"),
    ("x = __builtins__", 1, 4, "__builtins__"),
    ("x = getattr([], 'a')", 1, 4, "by name"),
    ("with a as f:\n    pass", 1, 0, "with"),
    ("try:\n    x = 1\nexcept Exception:\n    pass", 1, 0, "try"),
    ("class A:\n    pass", 1, 0, "class"),
    ("def f():\n    yield 1", 2, 4, "yield"),
    ("async def f():\n    pass", 1, 0, "Asynchronous"),
    ("x = [1]\ndel x[0]", 2, 0, "del"),
    ("if (y := 5) > 3:\n    pass", 1, 4, ":="),
    ("def f(*a):\n    pass", 1, 7, "*"),
    ("x = 5j", 1, 4, "complex"),
    ("x = b'a'", 1, 4, "bytes"),
    ("*x", 1, 0, "star"),
    ("x = a[1:2, 3]", 1, 6, "slice"),
    ("return 5", 1, 0, "outside a function"),
    ("def f(n):\n    continue", 2, 4, "outside a loop"),
    ("foo(3)", 1, 0, "not defined"),
    ("x = [1]\nx.sort2()", 2, 0, "sort2"),
    ("@staticmethod\ndef f():\n    pass", 1, 1, "decorator"),
    ("ｏｐｅｎ('x')", 1, 0, "letters"),
    ("оpen('x')", 1, 0, "letters"),
    ("a\0b", 1, 1, "null byte"),
    ("x = 1\n  y = 2", 2, 1, "indentation"),
    ("print 5", 1, 0, "Python 2"),
    ("for i in range(n)\n    pass", 1, 17, "':'"),
    ("x = [1, 2", 1, 4, "never closed"),
    ("def f():\n    def f():\n        pass", 2, 4, "defined twice"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), FORBIDDEN)
def test_what_is_not_read_is_refused_at_its_place(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(CodeError) as caught:
        read(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert words in caught.value.reason
    assert caught.value.way_out


TOWERS = [
    "(" * 100_000, "(" * 5000, "[" * 7000, "-" * 7000 + "1", "~" * 7000 + "1", "not " * 1900 + "1",
    "lambda:" * 1000 + "1", "x" + ".a" * 3900, "1" + "+1" * 2000, "x" + "[0]" * 2000, "9" * 5000,
    "a if b else " * 600 + "c", "if 1:\n pass\n" + "elif 1:\n pass\n" * 200, "", "   \n# nothing\n", "x = 1\n" * 1300,
]  # fmt: skip


@pytest.mark.parametrize("tower", TOWERS, ids=range(len(TOWERS)))
def test_towers_and_emptiness_are_refused(tower: str) -> None:
    with pytest.raises(CodeError):
        read(tower)


@given(st.text(alphabet=string.printable + "é≤\u200b", max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        snippet = read(text)
    except CodeError as error:
        assert error.reason
        return
    try:
        run(snippet, "", dict.fromkeys(snippet.free, 3), 2000)
    except CodeError as error:
        assert error.reason


PIECES = [
    "x",
    "n",
    "[1, 2]",
    "'ab'",
    "0",
    "-3",
    "x[0]",
    "len(x)",
    "range(n)",
    "{1: 2}",
    "None",
    "x + n",
    "n // x",
    "not x",
]


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(PIECES)), max_size=4))
def test_any_values_fail_in_words(pairs: list[tuple[str, str]]) -> None:
    """Wrong types are the code's fault, never an error of ours."""
    lines = [f"y = ({a}) + ({b})\nfor x in {a}:\n    x = {b}\nx = {b}\ny = {a} < {b}" for a, b in pairs]
    try:
        run(read("x = 1\n" + "\n".join(lines)), "", {"n": 4}, 2000)
    except CodeError as error:
        assert error.reason
