"""A class as the formula that one writes for it: n log n, 3^n, sqrt(n), n!, 2^sqrt(n)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from engine.growth import constants
from engine.growth.constants import Constant, constant
from engine.growth.monomials import STAR, Level, Monomial, N, Terms
from engine.growth.numbers import constant_expr, power_of_prime, simple_base
from engine.symbolic.expr import Call, Div, Expr, Mul, Num, Pow, Sym, over, power, times

_LN_2 = constants.ln(constant(2))


@dataclass
class _Factors:
    above: list[Expr] = field(default_factory=list)
    below: list[Expr] = field(default_factory=list)

    def add(self, base: Expr, exponent: Constant) -> None:
        """One factor base^exponent; a negative power goes below the line."""
        side = self.below if exponent.sign() < 0 else self.above
        size = exponent if exponent.sign() >= 0 else -exponent
        if size.fraction == Fraction(1, 2):
            side.append(Call("sqrt", base))
        elif size.parts:
            side.append(power(base, constant_expr(size)))

    @property
    def expr(self) -> Expr:
        return over(times(*self.above), times(*self.below))


def named(terms: Terms, variable: str) -> Expr:
    """e^(sum of terms), all of which tend to infinity or to minus infinity, as a formula."""
    n = Sym(variable)
    left = {monomial: own for own, monomial in terms}
    factors = _Factors()
    logarithms = [m for m in left if _depth(m) is not None]
    stirling, linear = _powers_of((N, 1), ((0, 1), 1)), _powers_of((N, 1))
    often = left.pop(stirling, constants.ZERO)
    geometric = left.pop(linear, constants.ZERO)
    powers = {_depth(m): left.pop(m) for m in logarithms}
    if often.parts:
        geometric, powers = _superexponential(factors, n, often, geometric, powers)
    first = powers.pop((0, 1), constants.ZERO)
    factors.add(n, first)
    _exponential(factors, n, geometric)
    for monomial, own in left.items():
        _tower(factors, own, monomial, n)
    for level in sorted(level for level in powers if level is not None):
        factors.add(logarithm(level, n), powers[level])
    return factors.expr


def tame(terms: Terms) -> bool:
    """Whether `named` writes it the way one does: without powers of e that nobody typed."""
    plain = {_powers_of((N, 1), ((0, 1), 1)), _powers_of((N, 1))}
    for own, monomial in terms:
        if _depth(monomial) is None and monomial not in plain and _binary(own, monomial) is None:
            return False
    return True


def _depth(monomial: Monomial) -> Level | None:
    """The level, of ln n, ln ln n, ... and of ln log* n: what a power of the level before comes from."""
    if monomial.tower or len(monomial.powers) != 1:
        return None
    level, exponent = monomial.powers[0]
    return level if level[1] > 0 and exponent == constants.ONE else None


def _powers_of(*powers: tuple[Level, int]) -> Monomial:
    return Monomial(tuple((level, constant(exponent)) for level, exponent in powers))


def logarithm(level: Level, n: Expr, name: str = "log") -> Expr:
    """What stands a level above: (0, 1) comes from n, (0, 2) from log n, (1, 1) from log* n."""
    family, depth = level
    inner: Expr = n
    for _ in range(family):
        inner = Call("logstar", inner)
    for _ in range(depth - 1):
        inner = Call(name, inner)
    return inner


def _superexponential(
    factors: _Factors, n: Sym, often: Constant, geometric: Constant, powers: dict[Level | None, Constant]
) -> tuple[Constant, dict[Level | None, Constant]]:
    """n^(often n) as such, or as a power of n! where that leaves no e^n behind."""
    if simple_base(geometric) is not None:
        side = factors.below if often.sign() < 0 else factors.above
        size = -often if often.sign() < 0 else often
        side.append(Pow(n, times(constant_expr(size), n)))
        return geometric, powers
    factors.add(Call("factorial", n), often)
    first = powers.get((0, 1), constants.ZERO) - often.times(Fraction(1, 2))
    return geometric + often, powers | {(0, 1): first}


def _exponential(factors: _Factors, n: Sym, geometric: Constant) -> None:
    """e^(geometric n) as base^n."""
    if not geometric.parts:
        return
    falls = geometric.sign() < 0
    size = -geometric if falls else geometric
    base = simple_base(size)
    factor = Call("exp", times(constant_expr(size), n)) if base is None else power(base, n)
    (factors.below if falls else factors.above).append(factor)


def _tower(factors: _Factors, own: Constant, monomial: Monomial, n: Sym) -> None:
    """e^(own * monomial): 2^sqrt(n), n^log n, with logarithms to base 2; else as a power of e."""
    found = _binary(own, monomial)
    if found is None:
        factors.above.append(Call("exp", times(constant_expr(own), _written(monomial, n, "ln"))))
        return
    factor, left = found
    logs = dict(left.powers).get((0, 1), constants.ZERO).fraction
    if logs is not None and logs >= 1:  # 2^(log^2 n) is n^log n
        rest = times(constant_expr(factor / _LN_2), _written(left * _powers_of(((0, 1), -1)), n))
        factors.above.append(Pow(n, rest))
        return
    base = _base(factor)
    if base is not None:
        factors.above.append(Pow(base[0], times(constant_expr(base[1]), _written(left, n))))


def _binary(own: Constant, monomial: Monomial) -> tuple[Constant, Monomial] | None:
    """The factor in front when ln n is written ln 2 log_2 n; None where e^(...) has no plain base then."""
    powers = dict(monomial.powers)
    if monomial.tower and (0, 1) not in powers:
        return (own, monomial) if _base(own) is not None else None
    if not set(powers) <= {N, (0, 1), STAR}:
        return None
    logs = powers.get((0, 1), constants.ZERO).fraction
    if logs is None:
        return None
    factor = own * _LN_2.to(logs)
    plain = (factor / _LN_2).fraction is not None if logs >= 1 else _base(factor) is not None
    return (factor, monomial) if plain else None


def _base(own: Constant) -> tuple[Expr, Constant] | None:
    """b and f with e^own = b^f, where own is f ln p for a prime p, or b = e^own is simple."""
    whole = simple_base(own)
    if isinstance(whole, Num) and whole.value > 1:
        return whole, constants.ONE
    return power_of_prime(own)


def _written(monomial: Monomial, n: Sym, name: str = "log") -> Expr:
    """A monomial as a formula; its logarithms are natural ones where `name` is ln."""
    factors = _Factors()
    for level, exponent in monomial.powers:
        factors.add(logarithm((level[0], level[1] + 1), n, name), exponent)
    for own, inner in monomial.tower:
        if inner == _powers_of((N, 1)):
            _exponential(factors, n, own)
        else:
            _tower(factors, own, inner, n)
    return factors.expr


# --- with natural logarithms ---------------------------------------------------------------


def natural(expr: Expr) -> Expr:
    """`expr` with the natural logarithm where only a constant factor depends on the base."""
    match expr:
        case Mul(factors):
            return Mul(tuple(map(natural, factors)))
        case Div(above, below):
            return Div(natural(above), natural(below))
        case Pow(base, Num() as exponent):
            return Pow(natural(base), exponent)
        case Call("sqrt", body):
            return Call("sqrt", natural(body))
        case Call("log" | "ln", body):
            return Call("ln", natural(body))
        case _:
            return expr
