"""Whole-number polynomials in named sizes, such as 4(dh + h² + h) + hk + k. Knows nothing of networks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Monomial = tuple[str, ...]  # letters in order, a square twice


@dataclass(frozen=True)
class Polynomial:
    """A sum of monomials: letters -> how often, no zeros among them."""

    terms: Mapping[Monomial, int]

    def __add__(self, other: Polynomial) -> Polynomial:
        return _polynomial((*self.terms.items(), *other.terms.items()))

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + other * number(-1)

    def __mul__(self, other: Polynomial) -> Polynomial:
        return _polynomial(
            (tuple(sorted(a + b)), m * n) for a, m in self.terms.items() for b, n in other.terms.items()
        )

    def at(self, sizes: Mapping[str, int]) -> int:
        """Its value. Raises KeyError: a letter has no size."""
        return sum(many * math.prod(sizes[each] for each in x) for x, many in self.terms.items())

    def put(self, letter: str, value: Polynomial) -> Polynomial:
        """With `value` in place of a letter."""
        return added(
            _one(tuple(each for each in letters if each != letter), many)
            * power(value, letters.count(letter))
            for letters, many in self.terms.items()
        )

    def degree(self, letter: str) -> int:
        return max((letters.count(letter) for letters in self.terms), default=0)

    def by(self, letter: str) -> dict[int, Polynomial]:
        """What its powers of `letter` are multiplied with, the highest first."""
        parts: dict[int, Polynomial] = {}
        for letters, many in self.terms.items():
            rest = _one(tuple(each for each in letters if each != letter), many)
            parts[letters.count(letter)] = parts.get(letters.count(letter), NONE) + rest
        return dict(sorted(parts.items(), reverse=True))


def _polynomial(terms: Iterable[tuple[Monomial, int]]) -> Polynomial:
    found: Counter[Monomial] = Counter()
    for letters, many in terms:
        found[letters] += many
    return Polynomial({letters: many for letters, many in found.items() if many})


def _one(letters: Monomial, many: int) -> Polynomial:
    return Polynomial({letters: many} if many else {})


NONE = Polynomial({})


def number(value: int) -> Polynomial:
    return _one((), value)


def letter(name: str) -> Polynomial:
    return _one((name,), 1)


def added(parts: Iterable[Polynomial]) -> Polynomial:
    return _polynomial(item for part in parts for item in part.terms.items())


def power(body: Polynomial, exponent: int) -> Polynomial:
    found = number(1)
    for _ in range(exponent):
        found = found * body
    return found


def size(name: str) -> Polynomial:
    """Of a size of the tape language: "1", "h", "h+d", "h·d"."""
    if "+" in name:
        return added(size(part) for part in name.split("+"))
    if "·" in name:
        first, _, rest = name.partition("·")
        return size(first) * size(rest)
    return number(int(name)) if name.isdigit() else letter(name)


def latex(body: Polynomial, outside: Iterable[str] = (), written: Mapping[str, str] | None = None) -> str:
    """In LaTeX, by powers of the letters `outside`, e.g. T(dh + h^2) + hk; `written`: how letters are."""
    spelling = written or {}
    for name in outside:
        parts = body.by(name)
        if max(parts, default=0) > 0:
            rest = parts.pop(0, NONE)
            shown = [_times(spelling.get(name, name), n, part, spelling) for n, part in parts.items()]
            return _joined([*shown, *([latex(rest, outside, spelling)] if rest.terms else [])])
    ordered = sorted(body.terms.items(), key=lambda item: (-len(item[0]), item[0]))
    return _joined([_monomial(letters, many, spelling) for letters, many in ordered]) or "0"


def _times(outside: str, exponent: int, inside: Polynomial, spelling: Mapping[str, str]) -> str:
    raised = outside + (f"^{exponent}" if exponent > 1 else "")
    if max(inside.terms.values()) < 0:
        return "-" + _times(outside, exponent, NONE - inside, spelling)
    if len(inside.terms) > 1:
        return rf"{raised}\left({latex(inside, (), spelling)}\right)"
    shown = latex(inside, (), spelling)
    return raised if shown == "1" else shown + raised


def _monomial(letters: Monomial, many: int, spelling: Mapping[str, str]) -> str:
    counted = Counter(letters)
    shown = "".join(spelling.get(x, x) + (f"^{n}" if n > 1 else "") for x, n in counted.items())
    if not shown:
        return str(many)
    return {1: shown, -1: f"-{shown}"}.get(many, f"{many}{shown}")


def _joined(parts: list[str]) -> str:
    return " + ".join(parts).replace("+ -", "- ")
