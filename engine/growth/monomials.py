"""Monomials of growth: n^a (log n)^b (log log n)^c ... times e to a sum of larger monomials.

The scale below all else is n, ln n, ln ln n, ...; far below these log* n, ln log* n, ... Two
monomials are compared by their logarithms, which are sums of monomials of less height: the
leading one decides (Hardy's logarithmico-exponential functions; Gruntz 1996, ch. 3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cmp_to_key, lru_cache

from engine.growth.constants import ONE as UNIT
from engine.growth.constants import ZERO, Constant, TooComplex

Level = tuple[int, int]  # (0, k): the k-fold logarithm of n; (1, k): that of log* n
N: Level = (0, 0)
STAR: Level = (1, 0)

_DEEPEST = 12  # towers and repeated logarithms; deeper ones are not told apart


@dataclass(frozen=True, slots=True)
class Monomial:
    """The product of `powers` times e^(sum of `tower`).

    Attributes:
        powers: (level, exponent not 0), the fastest level first.
        tower: (coefficient, monomial that tends to infinity), the largest first; none of them is a
            logarithm by itself: e^(2 ln n) is n^2.
    """

    powers: tuple[tuple[Level, Constant], ...] = ()
    tower: Terms = ()

    def __mul__(self, other: Monomial) -> Monomial:
        return product(self, other)

    def to(self, exponent: Constant) -> Monomial:
        if not exponent.parts:
            return ONE
        powers = tuple((level, own * exponent) for level, own in self.powers)
        return Monomial(powers, tuple((own * exponent, inner) for own, inner in self.tower))

    def compare(self, other: Monomial) -> int:
        """-1 if this is of smaller order, 0 if equal, 1 if of larger order."""
        return compare(self, other)

    @property
    def log(self) -> Terms:
        return log(self)


Term = tuple[Constant, Monomial]
Terms = tuple[Term, ...]  # largest first, no coefficient 0, no monomial twice

ONE = Monomial()


def atom(level: Level) -> Monomial:
    """n, ln n, ..."""
    if level[1] > _DEEPEST:
        raise TooComplex("too many logarithms of logarithms")
    return Monomial(((level, UNIT),))


@lru_cache(maxsize=8192)
def log(monomial: Monomial) -> Terms:
    """ln of it: what its order is decided by."""
    levels = ((own, atom((family, depth + 1))) for (family, depth), own in monomial.powers)
    return merged((*levels, *monomial.tower))


@lru_cache(maxsize=8192)
def product(first: Monomial, second: Monomial) -> Monomial:
    powers = dict(first.powers)
    for level, exponent in second.powers:
        powers[level] = powers.get(level, ZERO) + exponent
    kept = tuple((level, powers[level]) for level in sorted(powers) if powers[level].sign())
    if not first.tower or not second.tower:
        return Monomial(kept, first.tower or second.tower)
    return Monomial(kept, merged((*first.tower, *second.tower)))


@lru_cache(maxsize=16384)
def compare(first: Monomial, second: Monomial) -> int:
    if first == second:
        return 0
    if first.tower == second.tower:
        return _compare_powers(first, second)
    difference = merged((*log(first), *((-own, inner) for own, inner in log(second))))
    return difference[0][0].sign() if difference else 0


def _compare_powers(first: Monomial, second: Monomial) -> int:
    ours, theirs = dict(first.powers), dict(second.powers)
    for level in sorted({*ours, *theirs}):
        side = ours.get(level, ZERO).compare(theirs.get(level, ZERO))
        if side:
            return side
    return 0


def merged(terms: Iterable[Term]) -> Terms:
    """The terms sorted, those of the same monomial added up."""
    alike: dict[Monomial, Constant] = {}
    for own, inner in terms:
        alike[inner] = alike[inner] + own if inner in alike else own
    ordered = sorted(alike, key=cmp_to_key(compare), reverse=True)
    found: list[Term] = []
    for inner in ordered:  # neighbours may be equal though they are written differently
        if found and compare(found[-1][1], inner) == 0:
            found[-1] = (found[-1][0] + alike[inner], found[-1][1])
        else:
            found.append((alike[inner], inner))
    return tuple((own, inner) for own, inner in found if own.sign())


def raised(terms: Terms) -> Monomial:
    """e^(sum of terms), all of which tend to infinity: n^2 from 2 ln n."""
    powers: dict[Level, Constant] = {}
    tower = []
    for own, inner in terms:
        level = _logarithm(inner)
        if level is None:
            tower.append((own, inner))
        else:
            powers[level[0], level[1] - 1] = own
    if _height(tower) > _DEEPEST:
        raise TooComplex("too high a tower of powers")
    return Monomial(tuple(sorted(powers.items(), key=lambda item: item[0])), tuple(tower))


def _logarithm(monomial: Monomial) -> Level | None:
    """The level, if the monomial is just ln n, ln ln n, ... or ln log* n, ..."""
    if monomial.tower or len(monomial.powers) != 1:
        return None
    level, exponent = monomial.powers[0]
    return level if level[1] > 0 and exponent == UNIT else None


def _height(terms: Iterable[Term]) -> int:
    return max((1 + _height(inner.tower) for _, inner in terms), default=0)
