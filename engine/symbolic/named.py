"""The named functions of a formula: logarithms with their bases and exponents, roots, classes, sums.

Each reads what follows the name from the `Reader` that has just taken it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from engine.symbolic import bigs
from engine.symbolic.expr import Call, Expr, Mul, Num, Pow, Sym, column
from engine.symbolic.tokens import Token

if TYPE_CHECKING:
    from engine.symbolic.formula import Reader

CLASSES = {"Theta": "Theta", "theta": "Theta", "Omega": "Omega", "omega": "omega", "O": "O", "o": "o"}
_LOGARITHMS = {"log": "log", "lg": "log", "lb": "log", "ld": "log", "ln": "ln"}
_ONE = {
    **{"sqrt": "sqrt", "floor": "floor", "ceil": "ceil", "ceiling": "ceil", "exp": "exp", "cos": "cos"},
    **{"sin": "sin", "abs": "abs", "factorial": "factorial", "fact": "factorial", "harmonic": "harmonic"},
    **{"logstar": "logstar", "Abs": "abs"},
}
_TWO = {
    **{"max": "max", "min": "min", "Max": "max", "Min": "min", "binomial": "binomial", "binom": "binomial"},
    **{"Mod": "mod", "mod": "mod", "C": "binomial"},
}
_BIGS = {"sum": "sum", "Sum": "sum", "prod": "prod", "product": "prod", "Product": "prod"}

_BEGINS = ("word", "(", "number", "⌊", "⌈", "|")

FUNCTIONS = _LOGARITHMS | _ONE  # those that may be run together with letters: nlogn


def function(reader: Reader, token: Token) -> Expr | None:  # noqa: PLR0911 - one case a kind
    """The function that `token` begins, or None if it is no name of one."""
    word = token.text
    if word in _LOGARITHMS:
        return _logarithm(reader, token)
    if word in _BIGS:
        return bigs.big(reader, _BIGS[word], token)
    if word in CLASSES and reader.next.kind == "(":
        return Call(CLASSES[word], reader.group(reader.take()), at=token.at)
    if word == "H" and reader.next.kind in ("_", "("):
        reader.accept("_")
        return Call("harmonic", reader.simple(), at=token.at)
    if word == "e" and is_euler(reader, taken=True):
        return Call("exp", Num(Fraction(1)), at=token.at)
    if word in _TWO and reader.next.kind in ("(", "number", "word") and (word != "C" or _has_comma(reader)):
        return _of_two(reader, token)
    if word in _ONE:
        return _of_one(reader, token)
    return None


def _of_one(reader: Reader, token: Token) -> Expr:
    if token.text == "sqrt" and reader.next.text == "[":
        return _root(reader, token)
    if reader.next.kind == "^" and token.text in ("sin", "cos"):
        reader.take()
        exponent = reader.simple()
        return Pow(Call(_ONE[token.text], _argument(reader, token), at=token.at), exponent)
    return Call(_ONE[token.text], _argument(reader, token), at=token.at)


def _argument(reader: Reader, token: Token) -> Expr:
    if reader.next.kind == "(":
        return reader.group(reader.take())
    if not reader.is_factor(reader.next) and reader.next.kind != "|":
        reader.fail(
            f"After “{token.text}” it should say of what, such as {token.text}({reader.names.variable})."
        )
    reader.deeper()
    factors = [reader.power()]
    while reader.next.text == reader.names.variable:  # log 2n is the logarithm of 2n
        factors.append(reader.power())
    reader.higher()
    return Mul(tuple(factors)) if len(factors) > 1 else factors[0]


def _root(reader: Reader, token: Token) -> Expr:
    degree = reader.group(reader.take())
    size = reader.constant(degree, token.at)
    if size is None or size.denominator != 1 or not 2 <= size <= 64:
        reader.fail("The degree of a root must be a whole number from 2.", token.at)
    return Pow(_argument(reader, token), Num(1 / size))


def _has_comma(reader: Reader) -> bool:
    """Whether the bracket that comes next holds two things."""
    end = reader.closing()
    return any(token.kind == "," for token in reader.tokens[reader.position : end])


def _of_two(reader: Reader, token: Token) -> Expr:
    """max(a, b, ...), binomial(n, k), \\binom{n}{k}."""
    name = _TWO[token.text]
    if token.text == "binom" and not (reader.next.kind == "(" and _has_comma(reader)):
        above = reader.figure()
        return Call(name, above, reader.figure(), token.at)
    if reader.next.kind != "(":
        reader.fail(f"After “{token.text}” two things should follow, in brackets.")
    opening = reader.take()
    parts = [reader.sum()]
    while reader.accept(","):
        parts.append(reader.sum())
    reader.close(opening)
    if len(parts) < 2 or (len(parts) > 2 and name not in ("max", "min")):
        reader.fail(f"{token.text} is of two things, with a comma between them.", token.at)
    result = parts[0]
    for part in parts[1:]:
        result = Call(name, result, part, token.at)
    return result


# --- e^n -----------------------------------------------------------------------------------


def is_euler(reader: Reader, taken: bool = False) -> bool:
    """Whether the letter e, next or just taken, is Euler's number and no name of something else."""
    after = reader.next if taken else reader.ahead(1)
    names = (*reader.names, *reader.bound)
    return "e" not in names and after.kind not in ("_",)


def exponential(reader: Reader) -> Expr:
    """e^x, or e alone; the letter comes next."""
    token = reader.take()
    if not reader.accept("^"):
        return Call("exp", Num(Fraction(1)), at=token.at)
    return Call("exp", reader.exponent(), at=token.at)


# --- logarithms ----------------------------------------------------------------------------


def _logarithm(reader: Reader, token: Token) -> Expr:
    """log n, log_2 n, log2(n), log^2 n, log_2^2 n, log* n."""
    base = _base(reader, token)
    if _is_star(reader):
        return Call("logstar", _argument(reader, token), at=token.at)
    exponent: Expr | None = None
    if reader.accept("^"):
        exponent = reader.simple()
    if base is None and token.text != "ln":
        base = _base(reader, token)  # log^2_3 n
    if base is None and token.text != "ln":
        base = Num(Fraction(2))
    name = _LOGARITHMS[token.text]
    if base == Call("exp", Num(Fraction(1))):
        name, base = "ln", None
    call = Call(name, _argument(reader, token), base, token.at)
    return call if exponent is None else Pow(call, exponent)


def _is_star(reader: Reader) -> bool:
    """Take the star of log*, log^* or log^{*}."""
    kinds = [reader.ahead(step).kind for step in range(4)]
    for pattern in (["*"], ["^", "*"], ["^", "(", "*", ")"]):
        if kinds[: len(pattern)] == pattern:
            for _ in pattern:
                reader.take()
            return True
    return False


def _base(reader: Reader, token: Token) -> Expr | None:
    """The base of a logarithm, if it is written."""
    if token.text == "ln":
        return None
    if reader.next.kind == "_":
        reader.take()
        letter = reader.next
        if letter.kind == "word" and letter.text in reader.constants:
            return Sym(reader.take().text, at=letter.at)
        if letter.kind == "word" and letter.text == "e" and is_euler(reader):
            return Call("exp", Num(Fraction(1)), at=reader.take().at)
        base = reader.simple()
    elif reader.next.kind == "number" and reader.next.glued and reader.ahead(1).kind in _BEGINS:
        base = reader.simple()
    else:
        return None
    value = reader.constant(base, column(base))
    if isinstance(base, Sym) and base.name in reader.constants:
        return base
    if value is None or value <= 1:
        reader.fail("The base of a logarithm must be a number above 1.", column(base))
    return base
