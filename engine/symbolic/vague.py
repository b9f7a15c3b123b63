"""Θ(n), O(1), c n: parts of a formula of which only the class is known.

A letter such as c stands for some positive number, so c n is Θ(n). All such parts become one
way of writing: a Call "Theta", "O", "Omega", "o" or "omega" of a function that is known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, NoReturn

from engine.errors import FormulaError
from engine.symbolic.evaluate import constant
from engine.symbolic.expr import ONE, Add, Big, Call, Div, Expr, Mul, Neg, Pow, Sym, column, num, times, walk
from engine.symbolic.sides import has_term

CONSTANTS = frozenset("abcdkABCDK")  # letters that may stand for an unknown positive number
CLASSES = ("Theta", "O", "Omega", "o", "omega")

_WRITE_NUMBER = "Put a number in its place."


class Found(NamedTuple):
    """`expr` with its vague parts as classes; `name` of the weakest of them, "" if there is none.

    `letters` are the unknown numbers in it.
    """

    expr: Expr
    name: str
    letters: tuple[str, ...]


def found(text: str, expr: Expr, known: frozenset[str]) -> Found:
    """`expr`, in which all letters but those `known` are unknown positive numbers.

    Raises:
        FormulaError: one stands where the class depends on its value, or classes contradict each other.
    """
    reader = _Vague(text, known)
    folded = reader.folded(expr)
    letters = sorted({part.name for part in walk(expr) if isinstance(part, Sym) and part.name not in known})
    names = {part.name for part in walk(folded) if isinstance(part, Call) and part.name in CLASSES}
    return Found(folded, reader.weakest(names, column(expr)), tuple(letters))


class _Vague:
    def __init__(self, text: str, known: frozenset[str]) -> None:
        self._text = text
        self._known = known

    def weakest(self, names: set[str], at: int) -> str:
        """What can be said of a sum of parts of these classes."""
        upper, lower = names & {"O", "o"}, names & {"Omega", "omega"}
        if upper and lower:
            raise FormulaError(
                "One part is bounded only from above and another only from below, so nothing follows.",
                self._text,
                at,
            )
        if upper or lower:
            order = ("O", "o") if upper else ("Omega", "omega")
            return next(name for name in order if name in names)
        return "Theta" if names else ""

    def is_vague(self, expr: Expr) -> bool:
        return any(self._is_leaf(part) for part in walk(expr))

    def _is_leaf(self, part: Expr) -> bool:
        if isinstance(part, Sym):
            return part.name not in self._known
        return isinstance(part, Call) and part.name in CLASSES

    def folded(self, expr: Expr) -> Expr:  # noqa: PLR0911 - one case a node
        """`expr` with each largest vague part that has no term in it as one class."""
        if not self.is_vague(expr):
            return expr
        match expr:
            case Neg(body):
                return Neg(self.folded(body))
            case Add(parts):
                return Add(tuple(self.folded(part) for part in parts))
            case Mul(parts) if has_term(expr):
                return Mul(tuple(self._beside_term(part) for part in parts))
            case Div(above, below) if has_term(above) and not self.is_vague(below):
                return Div(self.folded(above), below)
            case _ if has_term(expr):
                self._depends(expr)
        name, body = self._class(expr)
        if isinstance(body, Neg):  # a class is of what is positive
            return Neg(Call(name, body.body, at=column(expr)))
        return Call(name, body, at=column(expr))

    def _beside_term(self, part: Expr) -> Expr:
        if self.is_vague(part) and not has_term(part):
            self._depends(part)
        return self.folded(part)

    def _depends(self, expr: Expr) -> NoReturn:
        leaf = next(part for part in walk(expr) if self._is_leaf(part))
        what = leaf.name if isinstance(leaf, Sym) else "this"
        raise FormulaError(
            f"How fast it grows depends on how large {what} is here. {_WRITE_NUMBER}",
            self._text,
            column(leaf),
        )

    def _class(self, expr: Expr) -> tuple[str, Expr]:  # noqa: PLR0911 - one case a node
        """The class of a vague part, and the function it is the class of."""
        if not self.is_vague(expr):
            return "Theta", expr
        match expr:
            case Sym():
                return "Theta", ONE
            case Call(name, body) if name in CLASSES:
                inner, function = self._class(body)
                return name if inner == "Theta" else inner, function
            case Mul(parts):
                return self._joined(parts, lambda bodies: times(*bodies))
            case Add(parts) if not any(isinstance(part, Neg) for part in parts):
                return self._joined(parts, lambda bodies: Add(tuple(bodies)))
            case Div(above, below):
                under, divisor = self._class(below)
                if under != "Theta":
                    self._depends(below)
                name, body = self._class(above)
                return name, body if divisor == ONE else Div(body, divisor)
            case Pow(base, exponent) if (size := constant(exponent)) is not None:
                name, body = self._class(base)
                if name != "Theta" and size <= 0:
                    self._depends(base)
                return name, body if body == ONE else Pow(body, exponent)
            case Call("log", body, Sym(letter)) if letter not in self._known and not self.is_vague(body):
                return "Theta", Call("log", body, num(2))
            case Call("sqrt", inside):
                name, body = self._class(inside)
                return name, body if body == ONE else Call("sqrt", body)
            case Big("sum", summand, index, low, high) if not self.is_vague(low) and not self.is_vague(high):
                name, body = self._class(summand)
                return name, Big("sum", body, index, low, high)
        return self._depends(expr)

    def _joined(self, parts: tuple[Expr, ...], join: Callable[[list[Expr]], Expr]) -> tuple[str, Expr]:
        classes = [self._class(part) for part in parts]
        return self.weakest({name for name, _ in classes}, column(parts[0])), join(
            [body for _, body in classes]
        )
