"""A tree as plain text, for the command line and screen readers: 2^(n + 1) - n - 2, n log_2 n + n."""

from __future__ import annotations

from engine.symbolic.decimals import decimals, shortened
from engine.symbolic.expr import (
    Add,
    Big,
    Call,
    Div,
    Expr,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    is_negative,
    neg,
)

SUM, PRODUCT, POWER, ATOM = range(4)


def plain(expr: Expr) -> str:
    """`expr` in one line of text that reads as it is meant."""
    return _piece(expr)[0]


def _within(expr: Expr, tightness: int) -> str:
    text, own = _piece(expr)
    return text if own >= tightness else f"({text})"


def _piece(expr: Expr) -> tuple[str, int]:  # noqa: PLR0911 - one case a node
    match expr:
        case Num(value) if (digits := decimals(value)) is not None:
            return f"{shortened(digits)}...", SUM if value < 0 else ATOM
        case Num(value):
            return str(value), SUM if value < 0 else ATOM if value.denominator == 1 else PRODUCT
        case Sym(name):
            return name, ATOM
        case Term(name, place):
            return f"{name}({plain(place)})", ATOM
        case Neg(body):
            return f"-{_within(body, PRODUCT)}", SUM
        case Add(terms):
            return _sum(terms), SUM
        case Mul(factors):
            return _product(factors), PRODUCT
        case Div(above, below):
            return f"{_within(above, PRODUCT)}/{_within(below, ATOM)}", PRODUCT
        case Pow(base, exponent):
            return f"{_within(base, ATOM)}^{_within(exponent, ATOM)}", POWER
        case Call():
            return _call(expr)
        case Big(kind, body, index, low, high):
            return f"{kind} over {index} = {plain(low)} .. {plain(high)} of {_within(body, PRODUCT)}", SUM


def _sum(terms: tuple[Expr, ...]) -> str:
    text = ""
    for place, term in enumerate(terms):
        negative = place > 0 and is_negative(term)
        shown, is_last = neg(term) if negative else term, place == len(terms) - 1
        loose = isinstance(shown, Big) and is_last  # else what follows looks summed too
        first = place == 0 and not isinstance(shown, Big | Add)
        piece = plain(shown) if loose or first else _within(shown, PRODUCT)
        text += (" - " if negative else " + ") + piece if place else piece
    return text


def _product(factors: tuple[Expr, ...]) -> str:
    text = ""
    for place, factor in enumerate(factors):
        is_last = place == len(factors) - 1
        if isinstance(factor, Big) and is_last:
            piece = plain(factor)
        elif place and isinstance(factor, Div | Num) and not _is_whole(factor):
            piece = f"({plain(factor)})"  # n (1/2): without brackets, all that stands before is divided
        else:
            piece = _within(factor, PRODUCT)
        dotted = (
            piece[0].isdigit() or piece.startswith(("|", "mod(")) or (place and _is_open(factors[place - 1]))
        )
        text += f" * {piece}" if text and dotted else f" {piece}" if text else piece
    return text


def _is_open(factor: Expr) -> bool:
    """Whether what follows could be taken for a part of it: log n m."""
    return isinstance(factor, Call) and factor.name in ("log", "ln", "logstar")


def _is_whole(factor: Expr) -> bool:
    return isinstance(factor, Num) and factor.value.denominator == 1 and factor.value >= 0


_NAMES = {"Theta": "Θ", "Omega": "Ω", "omega": "ω"}


def _call(call: Call) -> tuple[str, int]:  # noqa: PLR0911 - one case a kind of notation
    body = plain(call.body)
    match call.name:
        case "abs":
            return f"|{body}|", ATOM
        case "factorial":
            return f"{_within(call.body, ATOM)}!", POWER
        case "cospi" | "sinpi":
            return f"{call.name[:3]}(π {_within(call.body, PRODUCT)})", ATOM
        case "exp":
            return f"e^{_within(call.body, ATOM)}", POWER
        case "harmonic":
            return f"H_{_within(call.body, ATOM)}", ATOM
        case "logstar":
            return f"log* {_within(call.body, ATOM)}", PRODUCT
        case "log" | "ln":
            base = "" if call.base is None else f"_{_within(call.base, ATOM)}"
            return f"{call.name}{base} {_within(call.body, ATOM)}", PRODUCT
        case _:
            inside = body if call.base is None else f"{body}, {plain(call.base)}"
            return f"{_NAMES.get(call.name, call.name)}({inside})", ATOM
