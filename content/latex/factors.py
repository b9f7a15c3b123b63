"""The smallest pieces of a formula: names, numbers, brackets, fractions, roots, functions, sums, matrices.

Each function here begins at its first token and ends behind its last. Knows no values.
"""

from __future__ import annotations

import re

from content.latex.cursor import Cursor, Unread
from content.latex.tree import Applied, Joined, Named, Node, Number, Powered, Series, Stacked, Turned

FUNCTIONS = {
    r"\sigma": "sigmoid",
    r"\tanh": "tanh",
    r"\exp": "exp",
    r"\ln": "ln",
    r"\log": "ln",
    r"\max": "maximum",
    r"\min": "minimum",
    r"\det": "det",
    r"\text{softmax}": "softmax",
    r"\text{diag}": "diag",
    r"\text{ReLU}": "relu",
    r"\text{sgn}": "sign",
}
"""What these mean where they are given no other meaning. A logarithm without a base is the natural one."""

_LOGARITHMS = {2: "log2", 10: "log10"}
_AROUND = {
    "|": ("|", "abs"),
    r"\|": (r"\|", "norm"),
    r"\lfloor": (r"\rfloor", "floor"),
    r"\lceil": (r"\rceil", "ceil"),
}
_SERIES = (r"\sum", r"\prod")
_TAKING = {r"\frac": 2, r"\binom": 2, r"\sqrt": 1}
_GROUPS = {"(": ")", "[": "]", "{": "}"}
_MOST_DIGITS = 300  # what a float can hold
_NUMBER = re.compile(r"\d+(?:\.(\d+))?")
_MATRIX = re.compile(r"\\begin\{([bp]matrix)\}")


def factor(cursor: Cursor) -> Node:
    """One factor with its powers, transposes, factorials and per cent signs."""
    node = _atom(cursor)
    while cursor.here in ("^", "!", r"\%"):
        mark = cursor.take()
        if mark == "!":
            node = Applied("factorial", (node,))
        elif mark == r"\%":
            node = Joined(node, "/", Number(100))
        elif cursor.here == r"\top":
            cursor.skip()
            node = Turned(node)
        else:
            node = Powered(node, _argument(cursor))
    return node


def _argument(cursor: Cursor) -> Node:
    """As TeX reads it: a group in braces, or one token; of the number 12 the 1."""
    if cursor.here == "{":
        return _atom(cursor)
    if cursor.here.isdigit():
        digits = cursor.take()
        cursor.rest = (*((digits[1:],) if digits[1:] else ()), *cursor.rest)
        return Number(int(digits[0]))
    if cursor.here in (r"\frac", r"\sqrt"):
        return _atom(cursor)
    name, length = cursor.names.beginning(cursor.rest[:1])
    cursor.skip(length)
    return Named(name) if length else _plain(cursor.take())


def _atom(cursor: Cursor) -> Node:
    with cursor.inside():
        return _piece(cursor)


def _piece(cursor: Cursor) -> Node:
    here = cursor.here
    if here in _SERIES or (here in (r"\max", r"\min") and cursor.rest[1:2] == ("_",)):
        return _series(cursor)
    if name := cursor.take_name():
        return _called(cursor, name) if cursor.names.is_function(name) else Named(name)
    if here in FUNCTIONS:
        return _function(cursor)
    if here in _AROUND or here in _GROUPS or _MATRIX.fullmatch(here):
        return _bracketed(cursor)
    cursor.take()
    return _with_arguments(cursor, here) if here in _TAKING else _plain(here)


def _with_arguments(cursor: Cursor, command: str) -> Node:
    parts = tuple(_argument(cursor) for _ in range(_TAKING[command]))
    if command == r"\frac":
        return Joined(parts[0], "/", parts[1])
    return Applied("comb" if command == r"\binom" else "sqrt", parts)


def _plain(said: str) -> Node:
    """A number, a letter that means itself, Euler's e, a number of the text."""
    if number := _NUMBER.fullmatch(said):
        if len(said) > _MOST_DIGITS:
            raise Unread(f"a number of {len(said)} digits is not read; at most {_MOST_DIGITS} are.")
        return Number(float(said) if number[1] else int(said), len(number[1] or ""))
    if said == "e":
        return Applied("exp", (Number(1),))
    if said.startswith("<<") or (len(said) == 1 and said.isascii() and said.isalpha()):
        return Named(said)
    raise Unread(f"{said} has no meaning here.")


def _bracketed(cursor: Cursor) -> Node:
    opening = cursor.take()
    if matrix := _MATRIX.fullmatch(opening):
        return _matrix(cursor, rf"\end{{{matrix[1]}}}")
    if opening in _AROUND:
        end, function = _AROUND[opening]
        cursor.closing.append(end)
        parts = cursor.listed(end)
        cursor.closing.pop()
        return Applied(function, parts)
    inner = cursor.expression()
    if opening == "[" and cursor.here == r"\mid":
        cursor.skip()
        return Stacked(((inner, *cursor.listed("]")),), beside=True)
    if opening == "[" and cursor.here in (",", ";"):
        cursor.skip()
        return Stacked(tuple((part,) for part in (inner, *cursor.listed("]"))))
    cursor.must(_GROUPS[opening])
    return inner


def _matrix(cursor: Cursor, end: str) -> Node:
    rows: list[list[Node]] = [[cursor.expression()]]
    while cursor.here != end:
        if cursor.take() == "&":
            rows[-1].append(cursor.expression())
        else:
            rows.append([cursor.expression()])
    cursor.skip()
    return Stacked(tuple(map(tuple, rows)))


def _called(cursor: Cursor, name: str) -> Node:
    """A function of the author's: f(x)."""
    if cursor.here not in ("(", "["):
        raise Unread(f"{name} means a function, but no bracket follows it.")
    return Applied(name, cursor.listed(_GROUPS[cursor.take()]))


def _function(cursor: Cursor) -> Node:
    """sigma(a), tanh^2 a, log_2 n."""
    command = cursor.take()
    function, power = FUNCTIONS[command], None
    if command == r"\log" and cursor.here == "_":
        cursor.skip()
        base = _argument(cursor)
        if not isinstance(base, Number) or base.value not in _LOGARITHMS:
            raise Unread("logarithms are read to the bases 2, 10 and e.")
        function = _LOGARITHMS[int(base.value)]
    if cursor.here == "^":
        cursor.skip()
        power = _argument(cursor)
    bracket = cursor.here == "(" and not cursor.name_here()
    parts = cursor.listed(_GROUPS[cursor.take()]) if bracket else (_open_argument(cursor),)
    return Powered(Applied(function, parts), power) if power else Applied(function, parts)


def _open_argument(cursor: Cursor) -> Node:
    """Without a bracket: the names and numbers side by side."""
    node = factor(cursor)
    while cursor.name_here() or _NUMBER.fullmatch(cursor.here):
        node = Joined(node, "", factor(cursor))
    return node


def _series(cursor: Cursor) -> Node:
    """A sum, product or maximum, between numbers or over values that have a name; its body is a product."""
    kind = cursor.here
    start = cursor.rest
    if over := cursor.take_name():
        used = start[: len(start) - len(cursor.rest)]
        letters = tuple(token for token in used if len(token) == 1 and token.isalpha())
        return Series(kind, letters, cursor.product(cursor), over=over)
    cursor.skip()
    cursor.must("_")
    cursor.must("{")
    variable = cursor.take()
    cursor.must("=")
    first = cursor.expression()
    cursor.must("}")
    cursor.must("^")
    last = _argument(cursor)
    return Series(kind, (variable,), cursor.product(cursor), first, last)
