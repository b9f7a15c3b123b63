"""Reads a recurrence statement by statement: equations, cases, conditions, first values.

Statements are split by commas, semicolons, line ends or words such as "and" and "with". What
they say together is put in order by `arms.py`.
"""

from __future__ import annotations

from dataclasses import replace

from engine.symbolic import conditions
from engine.symbolic.arms import Arm, Equation, together
from engine.symbolic.conditions import OTHERWISE, Condition
from engine.symbolic.evaluate import constant
from engine.symbolic.expr import Div, Expr, Mul, Num, Sym, Term, column, put
from engine.symbolic.formula import Reader
from engine.symbolic.heading import named
from engine.symbolic.sides import ahead, has_term, solved
from engine.symbolic.tokens import Token, tokens
from engine.symbolic.vague import CONSTANTS

_BREAKS = (",", ";")
_BREAK_WORDS = ("and", "with", "where", "given", "so", "let", "assume", "assuming", "then")
_FILLERS = (
    *("solve", "find", "the", "recurrence", "relation", "that", "base", "case", "cases", "initial", "by"),
    *("condition", "conditions", "suppose", "consider", "also", "defined", "as", "Solve", "Find", "Let"),
    *("Consider", "Suppose", "Given", "Assume", "Where", "The", "values", "value"),
)
_JOINS_NEXT = ("+", "*", "/", "=")  # a line that begins so goes on with the one before
_RELATIONS = ("=", "<=", ">=", ";")
_ALIGNED = (*_RELATIONS[:3], "+", "-")
_JOINS_LAST = (*_JOINS_NEXT, "-", "(", ",", "&")


class Statements:
    """The statements of one text; `read` once."""

    def __init__(self, text: str) -> None:
        found = _tidy(tokens(text))
        names = named(text, found)
        self._reader = Reader(text, found, names)
        self._reader.constants = CONSTANTS - set(names)
        self._arms: list[Arm] = []
        self._bases: list[tuple[Term, Expr]] = []
        self._holds: Condition | None = None
        self._pending: Condition | None = None
        self._left: Term | None = None
        self._bound = ""  # "O" for T(n) <= ..., "Omega" for T(n) >= ...

    def read(self) -> Equation:
        """What all statements come to. Raises FormulaError."""
        while self._skip_breaks():
            self._statement()
        return together(self._reader, self._arms, self._bases, self._holds, self._bound)

    def _skip_breaks(self) -> bool:
        """Go to the next statement; False at the end."""
        reader = self._reader
        while reader.next.kind in (*_BREAKS, "&") or reader.next.text in (*_BREAK_WORDS, *_FILLERS):
            reader.take()
        return reader.next.kind != "end"

    def _statement(self) -> None:
        reader = self._reader
        if self._is_about_constant():
            return
        if conditions.follows(reader) and reader.next.kind != "(":
            self._condition_first()
            return
        start = reader.next.at
        sides = [reader.sum()]
        if reader.next.kind in ("<=", ">=") and has_term(sides[0]):
            self._bound = "O" if reader.take().kind == "<=" else "Omega"
            sides.append(reader.sum())
        while reader.next.kind == "=" or (reader.next.text == "in" and has_term(sides[-1])):
            reader.take()
            if self._is_cases():
                self._cases(sides, start)
                return
            sides.append(reader.sum())
        self._finish(sides, start)

    def _is_about_constant(self) -> bool:
        """Skip "c is a constant" and "c > 0": that is what such a letter is taken for."""
        reader = self._reader
        after = reader.ahead(1)
        if reader.next.text not in reader.constants or not (after.text == "is" or after.kind in (">", ">=")):
            return False
        while reader.next.kind not in (*_BREAKS, "end") and reader.next.text not in _BREAK_WORDS:
            reader.take()
        return True

    def _finish(self, sides: list[Expr], start: int) -> None:
        """The condition behind the equation, and its end."""
        reader = self._reader
        held = conditions.condition(reader) if conditions.follows(reader) else self._pending
        self._pending = None
        ended = reader.next.kind in (*_BREAKS, "end") or reader.next.text in (*_BREAK_WORDS, *OTHERWISE)
        ended = ended or reader.begins_value()
        if not ended:
            reader.fail(f"“{reader.next.text}” cannot stand here.")
        if len(sides) > 1:
            for left in sides[:-1]:
                self._equation(left, sides[-1], held, start)
        elif held is not None and self._left is not None:
            self._arm(self._left, sides[0], held)
        else:
            reader.fail("An equals sign should follow.", reader.next.at)

    def _condition_first(self) -> None:
        """n >= 1; for n > 0: ...; otherwise 2T(n-1)."""
        reader = self._reader
        held = conditions.condition(reader)
        at_end = reader.next.kind in (*_BREAKS, "end") or reader.next.text in _BREAK_WORDS
        if held.otherwise:
            reader.accept(*_BREAKS)
            if self._left is None or reader.next.kind == "end":
                reader.fail("Before this it should be said what is defined, such as T(n) = ...", held.at)
            self._arm(self._left, reader.sum(), held)
        elif not at_end:
            self._pending = held
        elif held.goes_on:
            self._holds = held
        elif not held.shape:
            if reader.next.kind == "end":
                reader.fail("The recurrence should hold from some number on, as in n >= 1.", held.at)
            self._pending = held

    # --- cases ---

    def _is_cases(self) -> bool:
        """Whether a brace comes next that holds several lines, not one formula."""
        reader = self._reader
        if reader.next.kind != "(" or reader.next.text not in ("{", "\\{"):
            return False
        end, depth = reader.closing(), 0
        for token in reader.tokens[reader.position : end]:
            depth += (token.kind in ("(", "⌊", "⌈")) - (token.kind in (")", "⌋", "⌉"))
            splits = token.kind in (";", "&", ",") or token.text in ("if", "for", "when", *OTHERWISE)
            if depth == 1 and splits:
                return True
        return False

    def _cases(self, sides: list[Expr], start: int) -> None:
        reader = self._reader
        reader.take()
        if len(sides) != 1 or not isinstance(sides[0], Term):
            reader.fail("Left of the brace should stand what is defined, such as T(n).", start)
        self._left = sides[0]
        while not reader.accept(")") and reader.next.kind != "end":
            if reader.next.kind in (*_BREAKS, "&"):
                reader.take()
                continue
            self._case(self._left)

    def _case(self, left: Term) -> None:
        reader = self._reader
        before = conditions.condition(reader) if conditions.follows(reader) else None
        while before is not None and reader.accept(*_BREAKS, "&"):
            pass
        value = reader.sum()
        if before is None and not conditions.follows(reader):
            reader.fail("Behind this it should be said for which n it holds, such as: if n = 1.")
        self._arm(left, value, before or conditions.condition(reader))

    # --- equations ---

    def _equation(self, left: Expr, right: Expr, held: Condition | None, start: int) -> None:
        reader = self._reader
        sequence, variable = reader.names
        if not has_term(left) and not has_term(right):
            reader.fail(f"Left of = should stand {sequence}({variable}) or {sequence}(0).", start)
        if isinstance(left, Term) and constant(left.place) is not None:
            self._bases.append((left, right))
            if held is not None and held.goes_on:
                self._holds = held
            return
        if not isinstance(left, Term):
            found = solved(left, right, variable)
            if found is None:
                reader.fail(
                    f"This cannot be solved for {sequence}({variable}). Write {sequence}({variable}) = ...",
                    start,
                )
            left, right = found
        left, right = _scaled(left, right, variable)
        self._left = left
        self._arm(left, right, held)

    def _arm(self, left: Term, right: Expr, held: Condition | None) -> None:
        reader = self._reader
        sequence, variable = reader.names
        distance = ahead(left.place, variable)
        if distance is None:
            reader.fail(f"On the left, {sequence} can be of {variable} or of {variable} + 1.", left.at)
        self._arms.append(Arm(left, distance, right, held, column(right)))


def _scaled(left: Term, right: Expr, variable: str) -> tuple[Term, Expr]:
    """T(2n) = ... n ... as T(n) = ... n/2 ...: the same for every n that can be halved."""
    match left.place:
        case Mul((Num(times), Sym(name))) if name == variable and times > 1:
            smaller = Div(Sym(variable), Num(times))
            return replace(left, place=Sym(variable)), put(right, variable, smaller)
        case _:
            return left, right


def _tidy(found: list[Token]) -> list[Token]:
    """Without line ends inside a formula, and without the & that only align lines."""
    lines: list[Token] = []
    for token, after in zip(found, [*found[1:], found[-1]], strict=True):
        last = lines[-1].kind if lines else ";"
        brace_twice = (
            token.text == "\\{" and after.kind == "(" and after.text == "{"
        )  # \\left\\{ \\begin{array}
        aligns = token.kind == "&" and (after.kind in _ALIGNED or last in _RELATIONS)
        if not brace_twice and not aligns:
            lines.append(token)
    kept: list[Token] = []
    for token, after in zip(lines, [*lines[1:], lines[-1]], strict=True):
        last = kept[-1].kind if kept else ";"
        is_line_end = token.kind == ";" and token.text.strip() in ("", ";", "\\\\")
        if not is_line_end or (last not in _JOINS_LAST and after.kind not in _JOINS_NEXT):
            kept.append(token)
    return kept
