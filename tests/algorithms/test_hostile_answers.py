"""Whole answers to code that means no good: refused in words, nothing worked out that is too long."""

from __future__ import annotations

import pytest

from engine.symbolic.dispatch import solve
from engine.symbolic.jobs import CodeJob
from engine.symbolic.report import Refusal

BOMBS = (
    "x = 9 ** 9 ** 9",
    "x = 2 << 10 ** 12",
    "x = 1 >> 10 ** 12\nfor i in range(x):\n    pass\nwhile True:\n    pass",
    "for i in range(9 ** 9 ** 9):\n    pass",
    "for i in range(n):\n    x = (n ** 9) ** (9 ** 9)",
    "x = 3\nfor i in range(n):\n    x = x ** x\nfor j in range(x):\n    pass",
    "def f(n):\n    return f(n ** n ** n)",
    "x = 'a' * 10 ** 9",
    "x = [[0] * 10 ** 6] * 10 ** 6\nfor i in range(len(x)):\n    pass\nwhile x:\n    pass",
    "for i in range(10 ** 30):\n    for j in range(i ** 12):\n        while True:\n            pass",
    "while n:\n    n = n * n",
    "x = " + "(" * 300 + "1" + ")" * 300,
)
TOO_LONG = ("x = " + "-" * 3000 + "1", "x = " + "+".join(["1"] * 5000))
FORBIDDEN = (
    "import os\nos.remove('x')",
    "open('/etc/passwd').read()",
    "eval('1')",
    "().__class__.__bases__[0].__subclasses__()",
    "__import__('os').system('true')",
    "def f(n):\n    exec('n = 1')\n    return n",
)


@pytest.mark.parametrize("text", [*BOMBS, *FORBIDDEN, *TOO_LONG])
def test_refused_in_words(text: str) -> None:
    answer = solve(CodeJob(text))
    assert isinstance(answer, Refusal), answer.__class__
    assert "Our fault" not in answer.reason
    assert answer.reason.endswith(".")
    assert answer.line >= 1 or text in TOO_LONG
