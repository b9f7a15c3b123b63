"""Count: how often something happens, piece by piece: a form where some conditions hold, else 0.

Counts are added, restricted by conditions and summed over a loop's variable; conditions on that
variable become ends of the sum's range. Which of two ends is the tighter one is looked up at sample
points of the enclosing loops (`Around`), for large sizes; a wrong guess there shows when the result
is held against the interpreter, which always follows.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from engine.algorithms.forms import ONE, ZERO, Form, as_form, letter
from engine.algorithms.functions import floor_div, floor_log, floor_of, floor_root, indicator
from engine.algorithms.sums import total
from engine.symbolic.expr import Num, Pow, Sym

MAX_PIECES = 40
MAX_DEPTH = 7  # loops in each other that are added up within a second


class Unsolved(Exception):
    """A count has no formula here; `reason` says why, in words that follow "line 4: "."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Piece:
    """`form` where every form of `above` is >= 0 and every one of `equal` is 0; elsewhere 0."""

    form: Form
    above: frozenset[Form] = frozenset()
    equal: frozenset[Form] = frozenset()

    def holds(self, values: dict[str, int]) -> bool:
        return all(form.value(values) >= 0 for form in self.above) and all(
            form.value(values) == 0 for form in self.equal
        )


@dataclass(frozen=True, slots=True)
class Count:
    """The sum of its pieces."""

    pieces: tuple[Piece, ...] = ()

    def __add__(self, other: Count) -> Count:
        found = dict[tuple[frozenset[Form], frozenset[Form]], Form]()
        for piece in (*self.pieces, *other.pieces):
            key = (piece.above, piece.equal)
            found[key] = found.get(key, ZERO) + piece.form
        return Count(tuple(Piece(form, *key) for key, form in found.items() if form.terms))

    def times(self, other: Count) -> Count:
        """The product; 0 where either is."""
        return Count(
            tuple(
                Piece(a.form * b.form, a.above | b.above, a.equal | b.equal)
                for a, b in itertools.product(self.pieces, other.pieces)
            )
        )

    def scaled(self, factor: Form | int | Fraction) -> Count:
        return Count(tuple(Piece(piece.form * factor, piece.above, piece.equal) for piece in self.pieces))

    def put(self, name: str, value: Form) -> Count:
        return Count(
            tuple(
                Piece(
                    piece.form.put(name, value),
                    frozenset(form.put(name, value) for form in piece.above),
                    frozenset(form.put(name, value) for form in piece.equal),
                )
                for piece in self.pieces
            )
        )

    def letters(self) -> set[str]:
        forms = [form for piece in self.pieces for form in (piece.form, *piece.above, *piece.equal)]
        return set[str]().union(*(form.letters() for form in forms))

    def value(self, values: dict[str, int]) -> Fraction:
        return sum((piece.form.value(values) for piece in self.pieces if piece.holds(values)), Fraction(0))

    @property
    def form(self) -> Form:
        """The one form that it is. Raises Unsolved where conditions are left."""
        if any(piece.above or piece.equal for piece in self.pieces):
            raise Unsolved("how often it runs depends on more than one case")
        return sum((piece.form for piece in self.pieces), ZERO)


NEVER = Count()
ONCE = Count((Piece(ONE),))


def of_form(form: Form | int) -> Count:
    form = as_form(form)
    return Count((Piece(form),)) if form.terms else NEVER


# --- where we are ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Around:
    """The loops around a place, outermost first: (variable, its least value, its greatest).

    `sizes` are letters with values to try, all large: below them other formulas may hold.
    """

    sizes: tuple[dict[str, int], ...]
    loops: tuple[tuple[str, Form, Form], ...] = ()
    points: tuple[dict[str, int], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", tuple(self._points()))

    def inside(self, index: str, low: Form, high: Form) -> Around:
        """The same with one more loop. Raises Unsolved where they are too many."""
        if sum(not name.endswith("'") for name, _, _ in self.loops) >= MAX_DEPTH:
            raise Unsolved(f"it is nested deeper than {MAX_DEPTH} loops")
        made = object.__new__(Around)
        object.__setattr__(made, "sizes", self.sizes)
        object.__setattr__(made, "loops", (*self.loops, (index, low, high)))
        object.__setattr__(made, "points", tuple(_thinned(_deeper(self.points, index, low, high))))
        return made

    def _points(self) -> Iterator[dict[str, int]]:
        found: Sequence[dict[str, int]] = self.sizes
        for index, low, high in self.loops:
            found = list(_thinned(_deeper(found, index, low, high)))
        yield from found

    def sign(self, form: Form) -> int | None:
        """1 where form >= 0 throughout, -1 where it is < 0 throughout, None where both happen."""
        if (number := form.constant) is not None:
            return 1 if number >= 0 else -1
        signs = {_sign(form, point) for point in self.points} - {0}
        return signs.pop() if len(signs) == 1 else None

    def vanishes(self, form: Form) -> bool | None:
        """Whether form = 0 throughout (True), nowhere (False), or now and then (None)."""
        if (number := form.constant) is not None:
            return number == 0
        found = {form.value(point) == 0 for point in self.points}
        return found.pop() if len(found) == 1 and found != {False} else (None if form.terms else True)


def _sign(form: Form, point: dict[str, int]) -> int:
    try:
        return 1 if form.value(point) >= 0 else -1
    except (ValueError, ZeroDivisionError):
        return 0  # not defined there, such as the logarithm of 0: says nothing


def _deeper(points: Iterable[dict[str, int]], index: str, low: Form, high: Form) -> Iterator[dict[str, int]]:
    for number, point in enumerate(points):
        try:
            first, last = math.ceil(low.value(point)), math.floor(high.value(point))
        except (ValueError, ZeroDivisionError):
            continue
        inner = first + (last - first) * (number % 5 + 1) // 7
        for place in sorted({first, first + 1, inner, last - 1, last}):
            if first <= place <= last:
                yield {**point, index: place}


def _thinned(points: Iterable[dict[str, int]]) -> list[dict[str, int]]:
    """At most 160 of them, spread over all."""
    found = list(points)
    if len(found) <= 160:
        return found
    share = (160 << 32) // len(found)  # a multiplicative hash of the place: no stride meets a stride
    return [point for place, point in enumerate(found) if place * 2654435761 % (1 << 32) < share]


def restricted(
    count: Count, around: Around, *, above: Form | None = None, equal: Form | None = None
) -> Count:
    """`count` where above >= 0 (or equal = 0), and 0 elsewhere; nothing is noted that always holds."""
    if above is not None:
        sign = around.sign(above)
        if sign is not None:
            return count if sign > 0 else NEVER
        return Count(tuple(Piece(p.form, p.above | {above}, p.equal) for p in count.pieces))
    if equal is None or around.vanishes(equal):
        return count
    if around.sign(equal - 1) == 1 or around.sign(-equal - 1) == 1:
        return NEVER
    return Count(tuple(Piece(p.form, p.above, p.equal | {equal}) for p in count.pieces))


# --- sums over a loop -------------------------------------------------------------------------


def summed(count: Count, index: str, low: Form, high: Form, around: Around) -> Count:
    """The sum of `count` for index = low, ..., high; `around` is the place of the loop itself."""
    result = NEVER
    for piece in count.pieces:
        result = result + _summed_piece(piece, index, low, high, around)
        if len(result.pieces) > MAX_PIECES:
            raise Unsolved("it depends on too many cases")
    return result


def _summed_piece(piece: Piece, index: str, low: Form, high: Form, around: Around) -> Count:
    for equation in piece.equal:
        if index in equation.letters():
            return _at_solution(piece, equation, index, low, high, around)
    kept = Piece(piece.form, frozenset(f for f in piece.above if index not in f.letters()), piece.equal)
    lows, highs = [low], [high]
    for condition in piece.above - kept.above:
        bound, is_low = bound_of(condition, index, low, around)
        (lows if is_low else highs).append(bound)
    result = NEVER
    for (first, more), (last, less) in itertools.product(
        _extreme(lows, around, 1), _extreme(highs, around, -1)
    ):
        part = Count((kept,))
        for condition in (*more, *less):
            part = restricted(part, around, above=condition)
        part = restricted(part, around, above=last - first + 1)
        for p in part.pieces:
            result = result + Count((Piece(total(p.form, index, first, last), p.above, p.equal),))
    return result


def _at_solution(piece: Piece, equation: Form, index: str, low: Form, high: Form, around: Around) -> Count:
    """The sum where index must solve `equation`: one place, if it is in the range."""
    linear = equation.linear_in(index)
    if linear is None or not linear[0]:
        raise Unsolved("a condition on the loop's variable is not linear")
    slope, rest = linear
    scale = math.lcm(slope.denominator, *(f.denominator for f in rest.terms.values()))
    whole_slope, rest = int(slope * scale), rest * scale
    rest, whole_slope = (-rest, whole_slope) if whole_slope > 0 else (rest, -whole_slope)
    place = floor_div(rest, whole_slope)
    found = Count((Piece(piece.form, piece.above, piece.equal - {equation}),)).put(index, place)
    if whole_slope > 1:
        fits = indicator(rest, whole_slope, 0)
        if fits is None:
            raise Unsolved("a condition on the loop's variable has no formula")
        found = found.scaled(fits)
    result = Count(tuple(Piece(p.form) for p in found.pieces))
    for p in found.pieces:
        for condition in p.above:
            result = restricted(result, around, above=condition)
        for condition in p.equal:
            result = restricted(result, around, equal=condition)
    return restricted(restricted(result, around, above=place - low), around, above=high - place)


def bound_of(condition: Form, index: str, low: Form, around: Around) -> tuple[Form, bool]:
    """(bound, whether it is a least value) that `condition` >= 0 sets for `index`."""
    linear = condition.linear_in(index)
    if linear is None:
        found = _exponential_bound(condition, index, around)
        return _power_bound(condition, index, low, around) if found is None else found
    slope, rest = linear
    scale = math.lcm(slope.denominator, *(f.denominator for f in rest.terms.values()))
    whole_slope, rest = int(slope * scale), rest * scale
    if whole_slope > 0:
        return -floor_div(rest, whole_slope), True
    return floor_div(rest, -whole_slope), False


def _exponential_bound(condition: Form, index: str, around: Around) -> tuple[Form, bool] | None:
    """The same where the condition is f b^i + c, as for a loop in one that doubles; None where it is not."""
    factor, base, rest = Fraction(0), Fraction(0), ZERO
    for key, value in condition.terms.items():
        match key:
            case ((Pow(Num(base), Sym(name)), 1),) if name == index and not factor:
                factor = value
            case _ if index in Form({key: value}).letters():
                return None
            case _:
                rest = rest + Form({key: value})
    if not factor or base.denominator != 1 or base < 2:
        return None
    # f > 0: b^i must be above the quotient; else it may be as large as it
    most = _quotient(-rest - 1, factor) if factor > 0 else _quotient(rest, -factor)
    if (number := most.whole) is not None and number < 1:
        return (ZERO, True) if factor > 0 else (as_form(-1), False)
    if number is None and around.sign(most - 1) != 1:
        return None
    return floor_log(most, int(base)) + (1 if factor > 0 else 0), factor > 0


def _power_bound(condition: Form, index: str, low: Form, around: Around) -> tuple[Form, bool]:
    """The same where the condition is c - f i^k or f i^k - c."""
    degrees = {
        dict(key).get(Sym(index), 0) for key in condition.terms if index in Form({key: Fraction(1)}).letters()
    }
    if len(degrees) != 1 or around.inside(index, low, low).sign(letter(index)) != 1:
        raise Unsolved("a condition on the loop's variable has no formula")
    [degree] = degrees
    factor, rest = ZERO, ZERO
    for key, value in condition.terms.items():
        part = Form({key: value})
        if index in part.letters():
            factor = factor + Form({tuple((a, e) for a, e in key if a != Sym(index)): value})
        else:
            rest = rest + part
    number = factor.constant
    if number is None and degree == 1 and around.sign(-factor - 1) == 1:
        return floor_of(rest, -factor), False
    if number is None or degree < 2 or not number:
        raise Unsolved("a condition on the loop's variable has no formula")
    if number < 0:  # rest >= |number| i^k
        return floor_root(_quotient(rest, -number), degree), False
    return floor_root(_quotient(-rest - 1, number), degree) + 1, True


def _quotient(form: Form, number: Fraction) -> Form:
    return floor_div(form * number.denominator, int(number * number.denominator))


def _extreme(bounds: list[Form], around: Around, sign: int) -> list[tuple[Form, list[Form]]]:
    """The greatest (sign 1) or least (-1) of `bounds`: (it, conditions under which it is that one)."""
    kept = list[Form]()
    for bound in dict.fromkeys(bounds):
        if any(around.sign((other - bound) * sign) == 1 for other in kept):
            continue
        kept = [other for other in kept if around.sign((bound - other) * sign) != 1] + [bound]
    found = list[tuple[Form, list[Form]]]()
    for place, bound in enumerate(kept):
        before = [(bound - other) * sign - 1 for other in kept[:place]]
        after = [(bound - other) * sign for other in kept[place + 1 :]]
        found.append((bound, before + after))
    return found
