"""Logarithms of functions at huge n by mpmath, whose exponents have no end: knows nothing of our classes."""

from __future__ import annotations

from mpmath import mp, mpf

from engine.symbolic.expr import Add, Big, Call, Div, Expr, Mul, Neg, Num, Pow, Sym

mp.prec = 700
_NAMED = {
    "sqrt": mp.sqrt,
    "exp": mp.exp,
    "ceil": mp.ceil,
    "floor": mp.floor,
    "abs": abs,
}


def log_at(expr: Expr, n: object) -> mpf:
    """ln of the value at n, found without the value, which may be too large to write down."""
    return _log(expr, {"n": mpf(n)})


def _log(expr: Expr, letters: dict[str, mpf]) -> mpf:  # noqa: PLR0911 - one case a node
    match expr:
        case Pow(base, exponent):
            return _log(base, letters) * value(exponent, letters)
        case Mul(parts):
            return mp.fsum(_log(part, letters) for part in parts)
        case Div(above, below):
            return _log(above, letters) - _log(below, letters)
        case Call("exp", body):
            return value(body, letters)
        case Call("factorial", body):
            return _log_factorial(value(body, letters))
        case Call("binomial", body, base) if base is not None:
            n, k = value(body, letters), value(base, letters)
            return _log_factorial(n) - _log_factorial(k) - _log_factorial(n - k)
    return mp.ln(value(expr, letters))


def value(expr: Expr, letters: dict[str, mpf]) -> mpf:  # noqa: PLR0911, PLR0912 - one case a node
    match expr:
        case Num(fraction):
            return mpf(fraction.numerator) / fraction.denominator
        case Sym(name):
            return letters[name]
        case Neg(body):
            return -value(body, letters)
        case Add(parts):
            return mp.fsum(value(part, letters) for part in parts)
        case Mul(parts):
            return mp.fprod(value(part, letters) for part in parts)
        case Div(above, below):
            return value(above, letters) / value(below, letters)
        case Pow(base, exponent):
            return mp.exp(mp.ln(value(base, letters)) * value(exponent, letters))
        case Big(kind, body, index, low, high):
            steps = range(int(value(low, letters)), int(mp.floor(value(high, letters))) + 1)
            values = [value(body, {**letters, index: mpf(i)}) for i in steps]
            return mp.fsum(values) if kind == "sum" else mp.fprod(values)
        case Call("ln", body):
            return _log(body, letters)
        case Call("log", body, base):
            return _log(body, letters) / mp.ln(2 if base is None else value(base, letters))
        case Call("factorial", body):
            return mp.exp(_log(expr, letters))
        case Call("harmonic", body):
            return mp.harmonic(value(body, letters))
        case Call("binomial"):
            return mp.exp(_log(expr, letters))
        case Call("logstar", body):
            return _log_star(value(body, letters))
        case Call(name, body):
            return _NAMED[name](value(body, letters))
    raise AssertionError(expr)


def _log_factorial(x: mpf) -> mpf:
    if x < 10_000:
        return mp.ln(mp.factorial(x))
    return x * mp.ln(x) - x + mp.ln(2 * mp.pi * x) / 2 + 1 / (12 * x)


def _log_star(x: mpf) -> mpf:
    times = 0
    while x > 1:
        x = mp.log(x, 2)
        times += 1
    return mpf(times)
