"""Sums and products over many terms: exactly where there is a formula, else by the size of their ends.

A positive sum whose terms grow like a power is its number of terms times the last one, over
the power plus 1 (Karamata); one that grows faster is its last term over the share by which it
grows (Graham, Knuth, Patashnik, ch. 9); one that falls fast is a constant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

from engine.growth import constants, sizes
from engine.growth import series as expansions
from engine.growth.constants import ONE, Constant, constant
from engine.growth.monomials import ONE as M_ONE
from engine.growth.monomials import Level, Monomial, atom
from engine.growth.parting import parted
from engine.growth.series import Series, Undecided, of_constant, of_monomial
from engine.growth.sizes import Rough, Size
from engine.growth.special import harmonic, is_whole
from engine.symbolic.expr import Big, Expr, letters

if TYPE_CHECKING:
    from engine.growth.nodes import Reader

_I = of_monomial(atom((0, 0)))
_LARGEST_POWER = 20
_PARTS = 4  # of an integral


def big(expr: Big, reader: Reader) -> Size:
    """The sum or product for large n. Raises Undecided."""
    low, high = reader.read(expr.low), reader.read(expr.high)
    start = _number(low)
    high = _whole(high)
    if not sizes.grows(high):
        raise Undecided("it has a sum whose number of terms does not grow")
    if expr.kind == "prod":
        return _product(expr, reader, start, high)
    found: Size = Series()
    for factor, body in _split(expr.body, expr.index, reader):
        if start is None:
            whole = sizes.total(_summed(body, high, 1), sizes.negated(_summed(body, _before(low), 1)))
        else:
            whole = _summed(body, high, start)
        found = sizes.total(found, sizes.product(factor, whole))
    return found


def _whole(high: Size) -> Size:
    """A sum ends at the last whole number: up to log n is up to floor(log n)."""
    return high if isinstance(high, Rough) or is_whole(high) else high.bounded()


def _before(low: Size) -> Size:
    return sizes.total(low, of_constant(constant(-1)))


def _number(size: Size) -> int | None:
    """The number that a sum starts from; None: it is not a fixed one."""
    if isinstance(size, Rough) or size.error is not None:
        return None
    if size.zero:
        return 0
    known = size.terms[0][0].fraction if len(size.terms) == 1 and size.terms[0][1] == M_ONE else None
    return int(known) if known is not None and known.denominator == 1 else None


# --- the terms -----------------------------------------------------------------------------


def _split(body: Expr, index: str, reader: Reader) -> list[tuple[Size, Series]]:
    """The body as a sum of (what has no index in it) * (a series in the index, read as if it were n)."""
    return [(reader.read(outer), _of_index(inner, index, reader)) for outer, inner in parted(body, index)]


def _of_index(body: Expr, index: str, reader: Reader) -> Series:
    if letters(body) - {index, "e", "π", "pi"}:
        raise Undecided("it has a sum whose terms do not fall apart into n and the index")
    inner = type(reader)(index)
    found = inner.read(body)
    if inner.swings or isinstance(found, Rough):
        raise Undecided("it has a sum whose terms swing, or are rounded")
    return found


def _summed(body: Series, high: Size, start: int) -> Size:
    """The sum of body(i) for i from `start` to `high`."""
    if body.zero:
        return Series()
    exact = _exact_sum(body, high, start)
    return exact if exact is not None else _by_size(body, high, start)


def _exact_sum(body: Series, high: Size, start: int) -> Size | None:
    """Powers, i c^i and the like apart; 1/i is a harmonic number, ln i a logarithm of a factorial.

    What falls so fast that its sum converges, the error among it, is some number: known up to O(1).
    """
    if isinstance(high, Rough) or (body.error is not None and not _converges(body.error)):
        return None
    if len(body.terms) > 1 and _converges(body.terms[0][1]):
        return None
    found: Size = Series() if body.error is None else Series((), M_ONE)
    for own, monomial in body.terms:
        part = _sum_of(monomial, high, start)
        if part is None and len(body.terms) > 1 and _converges(monomial):
            part = Series((), M_ONE)
        if part is None:
            return None
        found = sizes.total(found, sizes.product(of_constant(own), part))
    return found


def _converges(monomial: Monomial) -> bool:
    return _class_at_end(monomial) is None


def _sum_of(monomial: Monomial, high: Series, start: int) -> Size | None:
    if monomial == M_ONE:
        return high - of_constant(constant(start - 1))
    if monomial.tower:
        return _geometric(monomial, high, start)
    for level, exponents, starts, formula in _FORMULAS:
        known = dict(monomial.powers).get(level, constants.ZERO).fraction
        if known is not None and len(monomial.powers) == 1 and start in starts and known in exponents:
            return formula(int(known), high)
    return _integrated(monomial, high)


def _integrated(monomial: Monomial, high: Series) -> Series | None:
    """The sum of i^p ln^q i, p > -1, by its integral, in parts; the first and last terms are the error."""
    powers = dict(monomial.powers)
    p, q = powers.pop((0, 0), constants.ZERO), powers.pop((0, 1), constants.ZERO)
    if powers or p.compare(constant(0)) < 0:
        return None
    found, share, exponent = Series(), ONE / (p + ONE), q
    first = expansions.power(high, p + ONE)
    logarithm = expansions.log(high)
    for _ in range(_PARTS):
        found = found + (first * expansions.power(logarithm, exponent)).scaled(share)
        share = -share * exponent / (p + ONE)
        exponent = exponent - ONE
        if not share.parts:
            break
    else:
        found = found + Series((), (first * expansions.power(logarithm, exponent)).order)
    ends = expansions.power(high, p) * expansions.power(logarithm, q)
    return found + Series((), ends.order)


def _faulhaber(k: int, high: Series) -> Series:
    """1^k + ... + high^k = 1/(k+1) * sum of C(k+1, j) B_j high^(k+1-j), B_1 = +1/2."""
    found = Series()
    for j, bernoulli in enumerate(_bernoulli(k)):
        if bernoulli:
            share = constant(Fraction(comb(k + 1, j), k + 1) * bernoulli)
            found = found + expansions.power(high, constant(k + 1 - j)).scaled(share)
    return found


def _bernoulli(most: int) -> list[Fraction]:
    numbers: list[Fraction] = []
    for m in range(most + 1):
        known = sum((comb(m + 1, j) * numbers[j] for j in range(m)), Fraction(0))
        numbers.append(Fraction(1) if m == 0 else -known / (m + 1))
    return [-value if m == 1 else value for m, value in enumerate(numbers)]


def _geometric(monomial: Monomial, high: Series, start: int) -> Size | None:
    """r^start + ... + r^high, r != 1."""
    if monomial.powers or len(monomial.tower) != 1 or monomial.tower[0][1] != atom((0, 0)):
        return None
    rate = constants.exp(monomial.tower[0][0])
    last = sizes.exp((high + of_constant(ONE)).scaled(monomial.tower[0][0]))
    first = of_constant(_whole_power(rate, start))
    difference = sizes.total(last, sizes.negated(first))
    return sizes.product(difference, of_constant(ONE / (rate - ONE)))


def _whole_power(rate: Constant, exponent: int) -> Constant:
    return rate.to(Fraction(exponent))


_FORMULAS: tuple[tuple[Level, Sequence[int], Sequence[int], Callable[[int, Series], Size]], ...] = (
    ((0, 1), (1,), (1, 2), lambda _, high: sizes.log_factorial(high)),
    ((0, 0), (-1,), (1,), lambda _, high: harmonic(high)),
    ((0, 0), range(1, _LARGEST_POWER + 1), (0, 1), _faulhaber),
)


# --- by size -------------------------------------------------------------------------------


def _by_size(body: Series, high: Size, start: int) -> Size:
    """The class of a sum of terms that are positive from some i on."""
    own, monomial = body.leading
    if own.sign() < 0:
        return sizes.negated(_by_size(-body, high, start))
    at_end = _class_at_end(monomial)
    if at_end is None:
        if len({coefficient.sign() for coefficient, _ in body.terms}) > 1:
            raise Undecided("it has a sum that converges, with terms of both signs")
        return Rough(sizes.UNIT.bounded())  # it converges
    return Rough(_put(at_end, high).bounded())


def _class_at_end(monomial: Monomial) -> Series | None:
    """ln of the class of the sum up to n; None where it stays bounded."""
    leading = monomial.log[0] if monomial.log else None
    side = leading[1].compare(atom((0, 1))) if leading is not None else -1
    if leading is not None and side > 0:  # faster than any power
        if leading[0].sign() < 0:
            return None
        return Series(monomial.log) + _log_of_step(leading)
    exponent = dict(monomial.powers).get((0, 0), constants.ZERO) + ONE
    if exponent.sign() > 0:
        return Series(monomial.log) + Series(atom((0, 0)).log)
    return None if exponent.sign() < 0 else _repeated_logarithms(monomial)


def _log_of_step(leading: tuple[Constant, Monomial]) -> Series:
    """ln of 1/(ln t)' for terms t that grow like e^(c m) between powers and c n; 0 beyond."""
    if leading[1].compare(atom((0, 0))) >= 0:
        return Series()
    if leading[1].tower:
        raise Undecided("it has a sum of terms that grow in too unusual a way")
    slope = atom((0, 0)) * leading[1].to(constant(-1))
    levels = [level for level, _ in leading[1].powers]
    first = min(levels)
    for depth in range(1, first[1] + 1):  # m' is m / (n ln n ...) down to the first level in it
        slope = slope * atom((0, depth))
    return Series(slope.log)


def _repeated_logarithms(monomial: Monomial) -> Series | None:
    """The sum of 1/(i ln i ... (ln_k i)^p ...): 1/i gives ln n, 1/(i ln i) gives ln ln n."""
    powers = dict(monomial.powers)
    depth = 1
    while True:
        level: Level = (0, depth)
        exponent = powers.pop(level, constants.ZERO) + ONE
        if exponent.sign() < 0:
            return None
        if exponent.sign() > 0:
            rest = tuple(sorted(powers.items(), key=lambda item: item[0]))
            kept = tuple((at, own) for at, own in rest if at > level)
            return Series((Monomial(kept) * atom(level).to(exponent)).log)
        depth += 1


def _put(log_of_n: Series, high: Size) -> Series:
    """The logarithm of a class with `high` in place of n, up to a bounded error."""
    if high == _I:
        return log_of_n
    found = Series()
    for own, monomial in log_of_n.terms:
        found = found + _monomial_at(monomial, high).scaled(own)
    return found


def _monomial_at(monomial: Monomial, high: Size) -> Series:
    result: Size = sizes.UNIT
    for (family, depth), exponent in monomial.powers:
        if family:
            raise Undecided("it has a sum with log* in it")
        inner: Size = high
        for _ in range(depth):
            inner = sizes.log(inner)
        result = sizes.product(result, sizes.power(inner, exponent))
    for own, inner_monomial in monomial.tower:
        result = sizes.product(result, sizes.exp(_monomial_at(inner_monomial, high).scaled(own)))
    if isinstance(result, Rough):
        raise Undecided("it has a sum whose number of terms is only known up to a factor")
    return result


# --- products ------------------------------------------------------------------------------


def _product(expr: Big, reader: Reader, start: int | None, high: Size) -> Size:
    """e^(sum of logarithms)."""
    if start is None or expr.index not in letters(expr.body):
        if start is None:
            raise Undecided("it has a product that does not start at a fixed number")
        count = sizes.total(high, of_constant(constant(1 - start)))
        return sizes.exp(sizes.product(count, sizes.log(reader.read(expr.body))))
    logarithm = expansions.log(_of_index(expr.body, expr.index, reader))
    total = _summed(logarithm, high, max(start, 1))
    return sizes.exp(total)
