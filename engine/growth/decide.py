"""Which of O, Omega, Theta, o and omega hold between f and g, each with what shows it.

The limit of f/g decides (Graham, Knuth, Patashnik, 9.2); where there is none, its ends do.
Constants c and n_0 are held against the values of f and g themselves, far out.
"""

from __future__ import annotations

import logging
from decimal import Decimal
from fractions import Fraction

from engine.growth import witnesses
from engine.growth.quotient import Quotient, as_decimal, quotient
from engine.growth.reading import NoGrowth
from engine.growth.samples import Samples
from engine.symbolic.expr import Expr
from engine.symbolic.findings import Relation

_LOG = logging.getLogger(__name__)

SYMBOLS = ("O", "Ω", "Θ", "o", "ω")

Bound = tuple[Fraction, int, int]  # c, n_0, how many n it was tried at


def relations(first: Expr, second: Expr, variable: str) -> tuple[Relation, ...]:
    """O, Ω, Θ, o and ω of `first` and `second`, in this order. Raises NoGrowth."""
    return decided(quotient(first, second, variable), Samples(first, second, variable))


def decided(found: Quotient, samples: Samples) -> tuple[Relation, ...]:
    """The five relations for a quotient that is known. Raises NoGrowth where the numbers contradict it."""
    holding = holds(found)
    upper = _bound(samples, found, above=True) if holding["O"] else None
    lower = _bound(samples, found, above=False) if holding["Ω"] else None
    told = witnesses.Told(found, samples, upper, lower)
    return tuple(_relation(symbol, holding[symbol], told) for symbol in SYMBOLS)


def holds(found: Quotient) -> dict[str, bool]:
    """Which of the five hold. Raises NoGrowth where the ends of f/g are only bounds, and do not decide."""
    low = -1 if found.zero else found.low
    known = {
        "O": found.high <= 0,
        "Ω": low >= 0,
        "Θ": found.high <= 0 <= low,
        "o": found.high < 0,
        "ω": low > 0,
    }
    if not found.certain and low != found.high:
        raise NoGrowth(
            "What is rounded in it lets f/g lie in too wide a range to decide.",
            "Leave out the floor or ceiling, and compare what is inside.",
        )
    return known


def _bound(samples: Samples, found: Quotient, above: bool) -> Bound | None:
    """c and n_0; None where f or g is too large to try."""
    if not samples.all:
        return None
    limit = as_decimal(found.limit)
    bound = samples.upper(Decimal(0) if found.high < 0 else limit) if above else samples.lower(limit)
    if _contradicts(samples, found):
        _LOG.error("numbers contradict the class of %r / %r", samples.first, samples.second)
        raise NoGrowth(
            "Our result does not match the values of f and g far out, so it is not shown.",
            "Please report these two functions.",
        )
    return bound


def _contradicts(samples: Samples, found: Quotient) -> bool:
    """Whether f/g goes the other way, at the farthest n that can be tried."""
    return not found.swings and found.high != 0 and not samples.goes(found.high)


def _relation(symbol: str, holds_: bool, told: witnesses.Told) -> Relation:
    bound = told.bound(symbol) if holds_ else None
    sentence = told.why(symbol) if holds_ else told.why_not(symbol)
    if bound is None:
        return Relation(symbol, holds_, sentence)
    return Relation(symbol, holds_, sentence, float(bound[0]), bound[1])
