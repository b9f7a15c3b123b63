"""A tree as text that SymPy's `sympify` reads back to the same value; SymPy itself is not needed.

For other programs: closed forms and classes on the command line. `log` is natural, `**` a power.
Numbers stay exact: a fraction is written behind what it multiplies, 3*n/2.
"""

from __future__ import annotations

from fractions import Fraction

from engine.symbolic.decimals import decimals
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

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)

_NAMES = {
    "ceil": "ceiling", "abs": "Abs", "max": "Max", "min": "Min", "mod": "Mod", "ln": "log",
}  # fmt: skip
_CLASSES = ("Theta", "O", "Omega", "o", "omega")
_BIGS = {"sum": "Sum", "prod": "Product"}
_TAKEN_CAPITALS = frozenset("NSEIQO")  # names of SymPy's own that are no letters there
_TAKEN_WORDS = frozenset(
    {
        *("pi", "oo", "zoo", "nan", "beta", "gamma", "zeta", "lambda", "re", "im", "arg", "sign", "var"),
        *("rank", "trace", "det", "log", "exp", "sin", "cos", "tan", "sqrt", "floor", "ceiling", "ff", "rf"),
        *("factorial", "harmonic", "binomial", "prime", "lcm", "gcd", "degree", "test", "order", "diff"),
        *("limit", "series", "sum", "product", "max", "min", "len", "range", "list", "set", "tuple", "int"),
        *("float", "abs"),
    }
)


def sympy_text(expr: Expr) -> str:
    """`expr` for SymPy, e.g. "n*log(n)/log(2)"; log* is an undefined function `logstar` there.

    A sum is SymPy's `Sum`, which agrees with ours unless it ends two or more below its start. A
    letter that means something else to SymPy (N, E, ...) is written small, a word gets an underscore.

    Raises:
        ValueError: a class such as O(n) stands in it: that is no one function.
    """
    return _piece(expr)[0]


def _within(expr: Expr, tightness: int) -> str:
    text, own = _piece(expr)
    return text if own >= tightness else f"({text})"


def _piece(expr: Expr) -> tuple[str, int]:  # noqa: PLR0911 - one case a node
    match expr:
        case Num(value) if (digits := decimals(value)) is not None:
            return digits, SUM if value < 0 else ATOM
        case Num(value):
            tightness = SUM if value < 0 else ATOM if value.denominator == 1 else PRODUCT
            return str(value), tightness
        case Sym(name):
            return letter(name), ATOM
        case Term(name, place):
            return f"{letter(name)}({sympy_text(place)})", ATOM
        case Neg(body):
            return f"-{_within(body, PRODUCT)}", SUM
        case Add(terms):
            return _sum(terms), SUM
        case Mul(factors):
            return _product(factors), PRODUCT
        case Div(above, below):
            return f"{_within(above, PRODUCT)}/{_within(below, POWER)}", PRODUCT
        case Pow(base, exponent):
            return f"{_within(base, ATOM)}**{_within(exponent, ATOM)}", POWER
        case Call():
            return _call(expr)
        case Big(kind, body, index, low, high):
            span = f"({letter(index)}, {sympy_text(low)}, {sympy_text(high)})"
            return f"{_BIGS[kind]}({sympy_text(body)}, {span})", ATOM


def letter(name: str) -> str:
    """`name` as SymPy reads a symbol."""
    if name in _TAKEN_CAPITALS:
        return name.lower()
    return f"{name}_" if name in _TAKEN_WORDS else name


def _sum(terms: tuple[Expr, ...]) -> str:
    text = _within(terms[0], SUM)
    for term in terms[1:]:
        text += f" - {_within(neg(term), PRODUCT)}" if is_negative(term) else f" + {_within(term, PRODUCT)}"
    return text


def _product(factors: tuple[Expr, ...]) -> str:
    """Numerators first, then what they are divided by: 3*n/2, never 3/2*n."""
    above, below = list[str](), list[str]()
    for factor in factors:
        match factor:
            case Num(Fraction(numerator=top, denominator=bottom) as value) if (
                bottom != 1 and top > 0 and decimals(value) is None
            ):
                above += [str(top)] * (top != 1)
                below.append(str(bottom))
            case Div(Num(Fraction(numerator=1, denominator=1)), bottom):
                below.append(_within(bottom, POWER))
            case Call("log", body, base):
                above.append(f"log({sympy_text(body)})")
                below.append(f"log({2 if base is None else sympy_text(base)})")
            case _:
                above.append(_within(factor, PRODUCT if not above else POWER))
    return "/".join(["*".join(above) or "1", *below])


def _call(call: Call) -> tuple[str, int]:
    body = sympy_text(call.body)
    base = "" if call.base is None else sympy_text(call.base)
    if call.name in _CLASSES:
        raise ValueError(f"{call.name}({body}) is a class, not one function")
    if call.name in ("cospi", "sinpi"):
        return f"{call.name[:3]}(pi*{_within(call.body, POWER)})", ATOM
    if call.name == "log":
        return f"log({body})/log({base or 2})", PRODUCT
    inside = f"{body}, {base}" if base else body
    return f"{_NAMES.get(call.name, call.name)}({inside})", ATOM
