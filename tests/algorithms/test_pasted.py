"""Text as people paste it: fences, prompts, tabs, indentation; line numbers stay those of the paste."""

# ruff: noqa: E501 - a snippet a line is easier to read here
from __future__ import annotations

import ast

import pytest

from engine.algorithms import library, methods, names
from engine.algorithms.interpreter import run
from engine.algorithms.reading import read
from engine.errors import CodeError


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("for i in range(n):\n    x = i\n", {1: 4, 2: 3}),
        ("    for i in range(n):\n        x = i\n", {1: 4, 2: 3}),
        ("\tfor i in range(n):\n\t\tx = i\n", {1: 4, 2: 3}),
        ("for i in range(n):\n\tx = i\n", {1: 4, 2: 3}),
        ("for i in range(n):\r\n    x = i\r\n", {1: 4, 2: 3}),
        ("Here it is:\n```python\nfor i in range(n):\n    x = i\n```\nDone.", {3: 4, 4: 3}),
        (">>> for i in range(n):\n...     x = i\n...\n>>> x = 1\n1\n", {1: 4, 2: 3, 4: 1}),
        ("for i in range(n):\n\u00a0\u00a0\u00a0\u00a0x = i\n", {1: 4, 2: 3}),
        ("\n\nfor i in range(n):\n\n    # a comment\n    x = i\n", {3: 4, 6: 3}),
    ],
)
def test_lines_keep_their_numbers(text: str, lines: dict[int, int]) -> None:
    assert run(read(text), "", {"n": 3}).lines == lines


def test_a_fault_stands_where_it_was_pasted() -> None:
    with pytest.raises(CodeError) as caught:
        read("        x = 1\n        y = open(2)\n")
    assert (caught.value.line, caught.value.column) == (2, 12)
    with pytest.raises(CodeError) as prompted:
        read(">>> x = open(2)\n")
    assert (prompted.value.line, prompted.value.column) == (1, 8)


def test_what_only_runs_as_a_program_and_annotations_are_left_out() -> None:
    code = 'def f(n: "list[int]") -> Foo.bar:\n    "says what"\n    x: int = n\n    return x\n\nif __name__ == "__main__":\n    f(3)\n'
    snippet = read(code)
    assert snippet.top == ()
    assert "Foo" not in ast.dump(snippet.tree)
    assert run(snippet, "f", {"n": 7}).lines == {1: 1, 3: 1, 4: 1}


def test_inputs_are_the_names_without_a_value() -> None:
    assert read("s = 0\nfor i in range(n):\n    s += arr[i] * m\n").free == ("n", "arr", "m")
    assert read("x = sqrt(n)\n").free == ("n",)
    assert read("@lru_cache(None)\ndef f(n):\n    return n\n").free == ()
    assert read("def f(n):\n    return n + k\nx = f(3)\n").free == ("k",)


def test_every_name_that_is_read_is_known_to_the_interpreter() -> None:
    assert set(library.FUNCTIONS) == names.FUNCTIONS
    known = {f"{module}.{name}" for module, found in names.MODULES.items() for name in found} - names.MEMO
    assert set(library.IMPORTED) == known
    assert {name for of_type in methods.METHODS.values() for name in of_type} | {"sort"} == names.METHODS
