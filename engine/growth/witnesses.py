"""Sentences that show why a bound between f and g holds, or what breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from engine.growth.far_out import wide
from engine.growth.numbers import constant_expr
from engine.growth.quotient import Quotient
from engine.growth.samples import Samples
from engine.symbolic.typeset import latex, number_latex

_BOUND = 1000  # a constant to break

Bound = tuple[Fraction, int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of f/g, in words (Markdown with $maths$)."""

    found: Quotient
    samples: Samples
    upper: Bound | None
    lower: Bound | None

    def bound(self, symbol: str) -> Bound | None:
        """c and n_0 of a relation that holds; of Θ the upper one, from where both hold."""
        if symbol == "Θ" and self.upper is not None and self.lower is not None:
            return self.upper[0], max(self.upper[1], self.lower[1]), min(self.upper[2], self.lower[2])
        return {"O": self.upper, "Ω": self.lower}.get(symbol)

    # --- what holds ------------------------------------------------------------------------

    def why(self, symbol: str) -> str:
        if symbol in ("o", "ω"):
            return self._tends()
        bound = self.bound(symbol)
        if bound is None:
            return (
                f"{self._tends()} No $c$ and $n_0$ are named: that far out the values are too large to try."
            )
        constant, start, tried = bound
        n = self._n
        c = number_latex(constant)
        if symbol == "O":
            claim = f"${_times('f', n)} \\le {_factor(c)}g({n})$"
        elif symbol == "Ω":
            claim = f"${_times('f', n)} \\ge {_factor(c)}g({n})$"
        else:
            low = number_latex(self.lower[0]) if self.lower else c
            claim = f"${_factor(low)}g({n}) \\le f({n}) \\le {_factor(c)}g({n})$"
            names = f"$c_1 = {low}$, $c_2 = {c}$ and $n_0 = {start}$"
            return f"With {names}: {claim} for all ${n} \\ge {start}$ {self._tried(tried)}. {self._tends()}"
        names = f"$c = {c}$ and $n_0 = {start}$"
        return f"With {names}: {claim} for all ${n} \\ge {start}$ {self._tried(tried)}."

    def _tried(self, tried: int) -> str:
        last = self.samples.all[-1][0]
        return f"(tried at {tried} values of ${self._n}$, up to ${_size(last)}$)"

    # --- what does not ---------------------------------------------------------------------

    def why_not(self, symbol: str) -> str:
        if self.found.swings:
            return self._swings(symbol)
        high = self.found.high
        if symbol == "Θ":
            return self.why_not("O" if high > 0 else "Ω")
        if symbol == "O":
            return f"{self._tends()} So no $c$ is large enough{self._breaks(_BOUND)}."
        if symbol == "Ω":
            return f"{self._tends()} So no $c > 0$ is small enough{self._breaks(-_BOUND)}."
        if high == 0:
            goal = "0" if symbol == "o" else "infinity"
            return f"{self._tends()} For ${symbol_latex(symbol)}$ it would have to tend to {goal}."
        goal = "0" if symbol == "o" else "infinity"
        return f"{self._tends()} That is not {goal}."

    def _breaks(self, bound: int) -> str:
        found = self.samples.above(bound) if bound > 0 else self.samples.below(-bound)
        if found is None:
            return ""
        n, ratio = found
        c = str(bound) if bound > 0 else rf"\tfrac{{1}}{{{-bound}}}"
        return f": $c = {c}$ fails at ${self._n} = {_size(n)}$, where $f/g = {scientific(ratio)}$"

    def _swings(self, symbol: str) -> str:
        n = self._n
        found = self.found
        large = f"at infinitely many ${n}$ the quotient $f/g$ is as large as one likes"
        small = f"at infinitely many ${n}$ " + (
            "$f$ is 0" if found.zero else "the quotient $f/g$ is as close to 0 as one likes"
        )
        between = f"$f/g$ swings and has no limit: at infinitely many ${n}$ it stays away from "
        if symbol in ("O", "o") and found.high > 0:
            return f"{_capital(large)}, so no $c$ is large enough{self._extreme(True)}."
        if symbol in ("Ω", "ω") and (found.low < 0 or found.zero):
            return f"{_capital(small)}, so no $c > 0$ is small enough{self._extreme(False)}."
        if symbol == "Θ":
            return self._swings("O" if found.high > 0 else "Ω")
        return f"{_capital(between)}{'0' if symbol == 'o' else 'infinity'}."

    def _extreme(self, largest: bool) -> str:
        pairs = sorted((ratio, n) for n, ratio in self.samples.all if n > 1)
        if not pairs:
            return ""
        ratio, n = pairs[-1 if largest else 0]
        return f": at ${self._n} = {_size(n)}$ it is ${scientific(ratio)}$"

    # --- the limit -------------------------------------------------------------------------

    def _tends(self) -> str:
        n, found = self._n, self.found
        quotient = rf"\frac{{f({n})}}{{g({n})}}"
        if found.swings:
            return f"$f/g$ stays between two positive numbers for large ${n}$, but has no limit."
        if found.high == 0:
            if found.limit is None:
                return f"$f/g$ stays between two positive numbers for large ${n}$."
            shown = latex(constant_expr(found.limit))
            return rf"$\lim_{{{n} \to \infty}} {quotient} = {shown}$."
        goal = "0" if found.high < 0 else r"\infty"
        like = ""
        if found.growth is not None and not found.growth.vague:
            like = f", as $f/g$ goes like ${latex(found.growth.expr(n))}$"
        return rf"$\lim_{{{n} \to \infty}} {quotient} = {goal}${like}."

    @property
    def _n(self) -> str:
        return self.samples.variable


def symbol_latex(symbol: str) -> str:
    return {"Ω": r"\Omega", "Θ": r"\Theta", "ω": r"\omega"}.get(symbol, symbol)


def _times(name: str, n: str) -> str:
    return f"{name}({n})"


def _factor(constant: str) -> str:
    return "" if constant == "1" else rf"{constant}\, "


def _size(n: int) -> str:
    """n, as a power of 2 where that is shorter, perhaps plus or minus 1."""
    if n < 10_000:
        return str(n)
    exponent = round(n.bit_length() - 1 + (1 if bin(n)[3:6] == "111" else 0))
    off = n - 2**exponent
    if abs(off) > 1:
        return f"{n}" if n < 10**9 else scientific(Decimal(n))
    return f"2^{{{exponent}}}" + ("" if off == 0 else " + 1" if off > 0 else " - 1")


def scientific(value: Decimal) -> str:
    """Three digits: 0.125, 1.41e30 as 1.41 · 10^30."""
    if value == 0:
        return "0"
    exponent = value.adjusted()
    if -4 <= exponent < 6:
        return f"{float(value):.3g}" if exponent < 3 else f"{float(value):.0f}"
    shown = f"{wide().scaleb(value, -exponent):.2f}"
    return rf"{shown} \cdot 10^{{{exponent}}}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
