"""A tree as LaTeX, for MathJax 3 with the base and ams packages.

Prints what the tree says and nothing else: brackets where the tree needs them, so that the
echo under a text box shows how the text was understood.
"""

from __future__ import annotations

from fractions import Fraction

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

# how tightly a piece of LaTeX holds together; a looser one inside a tighter one gets brackets
SUM, SIGN, PRODUCT, POWER, ATOM = range(5)


def latex(expr: Expr) -> str:
    """`expr` as LaTeX, for display style."""
    return _piece(expr)[0]


def name_latex(name: str) -> str:
    """A letter as it stands, a word upright."""
    return name if len(name) == 1 else rf"\mathrm{{{name}}}"


def number_latex(value: Fraction) -> str:
    digits = decimals(value)
    if digits is not None:
        return rf"{shortened(digits)}\ldots"
    sign = "-" if value < 0 else ""
    above, below = abs(value.numerator), value.denominator
    return f"{sign}{above}" if below == 1 else rf"{sign}\frac{{{above}}}{{{below}}}"


def _within(expr: Expr, tightness: int) -> str:
    """`expr`, in brackets if it holds together less tightly than `tightness`."""
    text, own = _piece(expr)
    return text if own >= tightness else rf"\left({text}\right)"


def bracketed(text: str) -> str:
    """`text` in brackets behind a function's name; growing ones, which stand off, only where needed."""
    tall = any(piece in text for piece in (r"\frac", r"\left", r"\sum", r"\prod", r"\sqrt"))
    return rf"\left({text}\right)" if tall else f"({text})"


def _piece(expr: Expr) -> tuple[str, int]:  # noqa: PLR0911 - one case a node
    """LaTeX of `expr`, and how tightly it holds together."""
    match expr:
        case Num(value):
            whole = value.denominator == 1 or decimals(value) is not None
            return number_latex(value), SIGN if value < 0 else ATOM if whole else PRODUCT
        case Sym(name):
            return name_latex(name), ATOM
        case Term(name, place, True):
            return f"{name_latex(name)}_{{{latex(place)}}}", ATOM
        case Term(name, place):
            return f"{name_latex(name)}{bracketed(latex(place))}", ATOM
        case Neg(body):
            return f"-{_within(body, PRODUCT)}", SIGN
        case Add(terms):
            return _sum(terms), SUM
        case Mul(factors):
            return _product(factors), PRODUCT
        case Div(above, below):
            return rf"\frac{{{latex(above)}}}{{{latex(below)}}}", PRODUCT
        case Pow(base, exponent):
            return _power(base, exponent), POWER
        case Call():
            return _call(expr)
        case Big(kind, body, index, low, high):
            start, end = f"{name_latex(index)}={latex(low)}", latex(high)
            return rf"\{kind}_{{{start}}}^{{{end}}} {_within(body, PRODUCT)}", SIGN


def _sum(terms: tuple[Expr, ...]) -> str:
    last = len(terms) - 1
    text = ""
    for place, term in enumerate(terms):
        negative = place > 0 and is_negative(term)
        open_ended = isinstance(term, Big) and place < last  # else what follows looks summed too
        tightness = ATOM if open_ended else PRODUCT if place else SIGN
        if place:
            text += " - " if negative else " + "
        shown = neg(term) if negative else term
        big = isinstance(shown, Big) and not open_ended
        text += latex(shown) if big else _within(shown, tightness)
    return text


def _product(factors: tuple[Expr, ...]) -> str:
    text, last = "", len(factors) - 1
    for place, factor in enumerate(factors):
        is_open = isinstance(factor, Big) and place == last
        piece = latex(factor) if is_open else _within(factor, PRODUCT)
        text += _between(factors[place - 1], piece, factor) + piece if place else piece
    return text


def _between(before: Expr, piece: str, factor: Expr) -> str:
    """What stands between two factors: a dot where they would run together, else a thin space or none."""
    if piece[0].isdigit() or (isinstance(before, Call) and not _call_is_closed(before)):
        return r" \cdot "
    two_numbers = isinstance(before, Num) and isinstance(factor, Div | Num)
    if two_numbers:
        return r" \cdot "
    return r"\, " if isinstance(before, Div | Big) or isinstance(factor, Div | Big) else " "


def _power(base: Expr, exponent: Expr) -> str:
    inline = isinstance(exponent, Num) and exponent.value.denominator != 1 and not decimals(exponent.value)
    above = str(exponent.value) if inline and isinstance(exponent, Num) else latex(exponent)
    if isinstance(base, Call) and base.name in ("log", "ln") and not inline:
        return _log(base, f"^{{{above}}}")
    if isinstance(base, Num) and decimals(base.value) is not None:
        return f"({latex(base)})^{{{above}}}"  # else the dots have the power
    return f"{_within(base, ATOM)}^{{{above}}}"


_AROUND = {
    "sqrt": (r"\sqrt{", "}"),
    "floor": (r"\left\lfloor ", r"\right\rfloor"),
    "abs": (r"\left|", r"\right|"),
    "ceil": (r"\left\lceil ", r"\right\rceil"),
    "harmonic": ("H_{", "}"),
}
_BEFORE = {
    "cos": r"\cos", "sin": r"\sin", "acos": r"\arccos", "max": r"\max", "min": r"\min",
    "Theta": r"\Theta", "O": "O", "Omega": r"\Omega", "o": "o", "omega": r"\omega",
}  # fmt: skip


def _call(call: Call) -> tuple[str, int]:  # noqa: PLR0911 - one case a kind of notation
    body, base = latex(call.body), "" if call.base is None else latex(call.base)
    if call.name in _AROUND:
        before, after = _AROUND[call.name]
        return f"{before}{body}{after}", ATOM
    if call.name in _BEFORE:
        return _BEFORE[call.name] + bracketed(f"{body}, {base}" if base else body), ATOM
    match call.name:
        case "cospi" | "sinpi":
            return rf"\{call.name[:3]}{bracketed(latex(_times_pi(call.body)))}", ATOM
        case "factorial":
            return f"{_within(call.body, ATOM)}!", POWER
        case "exp":
            return f"e^{{{body}}}", POWER
        case "binomial":
            return rf"\binom{{{body}}}{{{base}}}", ATOM
        case "mod":
            return rf"\left({_within(call.body, PRODUCT)} \bmod {_piece_of(call.base)}\right)", ATOM
        case _:
            return _log(call, ""), PRODUCT


def _times_pi(body: Expr) -> Expr:
    """π times `body`, with π above a line that is there."""
    pi = Sym("π")
    match body:
        case Div(above, below):
            return Div(_times_pi(above), below)
        case Num(value) if value == 1:
            return pi
        case _:
            return Mul((body, pi))


def _piece_of(divisor: Expr | None) -> str:
    return "" if divisor is None else _within(divisor, POWER)


def _log(call: Call, exponent: str) -> str:
    base = "" if call.base is None else f"_{{{latex(call.base)}}}"
    body = latex(call.body) if _call_is_bare(call) else rf"\left({latex(call.body)}\right)"
    if call.name == "logstar":
        return rf"\log^{{*}} {body}"
    return rf"\{call.name}{base}{exponent} {body}"


def _call_is_bare(call: Call) -> bool:
    """Whether a logarithm needs no brackets around what it is taken of."""
    return isinstance(call.body, Sym) or (isinstance(call.body, Num) and _piece(call.body)[1] == ATOM)


def _call_is_closed(call: Call) -> bool:
    """Whether the LaTeX of a function shows where it ends."""
    return call.name not in ("log", "ln", "logstar") or not _call_is_bare(call)
