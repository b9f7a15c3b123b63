"""A condition of the code -> where it surely holds, where it surely does not; the rest is up to the data."""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass

from engine.algorithms.counts import NEVER, ONCE, Around, Count, of_form, restricted
from engine.algorithms.forms import ONE, Form, period_of
from engine.algorithms.functions import raised, tabulated
from engine.algorithms.known import Known, Listed, Real, Span, Whole, bounds
from engine.algorithms.meaning import Meaning
from engine.symbolic.expr import Call, Expr, Pow, Sym, letters

_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}


@dataclass(frozen=True, slots=True)
class Part:
    """`form` >= 0 ("above"), = 0 ("equal"), != 0 ("unequal"); or "data", "always", "never"."""

    kind: str
    form: Form = ONE


UP_TO_DATA, ALWAYS, NEVER_TRUE = Part("data"), Part("always"), Part("never")


@dataclass(frozen=True, slots=True)
class Test:
    """`yes`: 1 where it surely holds; `no`: 1 where it surely does not; `open`: elsewhere the data decide."""

    yes: Count
    no: Count
    open: bool = False

    def opposite(self) -> Test:
        return Test(self.no, self.yes, self.open)

    @property
    def rest(self) -> Count:
        """1 where the data decide."""
        return ONCE + self.yes.scaled(-1) + self.no.scaled(-1) if self.open else NEVER


def conjuncts(node: ast.expr, place: Meaning, wanted: bool = True) -> list[Part | list[Part]]:  # noqa: PLR0911 - one case a node
    """Parts that must all hold for `node` to be `wanted`; a list among them: one of those must hold."""
    match node:
        case ast.BoolOp(op=op, values=values):
            inner = [conjuncts(value, place, wanted) for value in values]
            if isinstance(op, ast.And) == wanted:
                return [part for parts in inner for part in parts]
            if all(len(parts) == 1 and isinstance(parts[0], Part) for parts in inner):
                return [[part for parts in inner for part in parts if isinstance(part, Part)]]
            return [UP_TO_DATA]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return conjuncts(operand, place, not wanted)
        case ast.Compare(left=left, ops=ops, comparators=others) if len(ops) == 1 or wanted:
            first = [left, *others[:-1]]
            return [_compared(a, op, b, place, wanted) for a, op, b in zip(first, ops, others, strict=True)]
        case ast.Compare(left=left, ops=ops, comparators=others):
            first = [left, *others[:-1]]
            return [[_compared(a, op, b, place, wanted) for a, op, b in zip(first, ops, others, strict=True)]]
        case ast.Constant(value=value):
            return [ALWAYS if bool(value) == wanted else NEVER_TRUE]
    known = place.value(node)
    return [_truth(place.length(known) if isinstance(known, Listed) else known, wanted)]


def _truth(value: Known, wanted: bool) -> Part:
    """Of a number: not 0; of a list, of which this is the length: not empty."""
    return Part("unequal" if wanted else "equal", value.form) if isinstance(value, Whole) else UP_TO_DATA


def _compared(left: ast.expr, op: ast.cmpop, right: ast.expr, place: Meaning, wanted: bool) -> Part:
    kind = type(op) if wanted else _FLIPPED[type(op)]
    first, second = place.value(left), place.value(right)
    if isinstance(op, ast.In | ast.NotIn):
        place.value(ast.copy_location(ast.Compare(left, [op], [right]), left))
        return UP_TO_DATA
    return compared(kind, first, second, place.around)


def compared(kind: type[ast.cmpop], first: Known, second: Known, around: Around) -> Part:  # noqa: PLR0911
    """`first` < `second` and so on, as a part."""
    if isinstance(first, Real) and first.kind != "plain" and kind in _TURNED:
        return compared(_TURNED[kind], second, first, around)
    if isinstance(second, Real) and second.kind != "plain":
        return _with_function(kind, first, second)
    a, b = _rational(first), _rational(second)
    if a is None or b is None:
        return _of_spans(kind, first, second, around)
    difference = b - a
    scale = math.lcm(*(factor.denominator for factor in difference.terms.values()), 1)
    real = isinstance(first, Real) or isinstance(second, Real)
    whole = difference * scale if real else difference
    if real and kind in (ast.Lt, ast.Gt) and any(isinstance(atom, Pow) for atom in whole.atoms()):
        return Part("positive", whole if kind is ast.Lt else -whole)  # 1/2^t is no whole number
    if kind is ast.Lt:
        return Part("above", whole - 1)
    if kind is ast.LtE:
        return Part("above", whole)
    if kind is ast.Gt:
        return Part("above", -whole - 1)
    if kind is ast.GtE:
        return Part("above", -whole)
    if kind in (ast.Eq, ast.Is):
        return Part("equal", whole)
    return Part("unequal", whole) if kind in (ast.NotEq, ast.IsNot) else UP_TO_DATA


def _rational(value: Known) -> Form | None:
    if isinstance(value, Real):
        return value.form if value.kind == "plain" else None
    return value.form if isinstance(value, Whole) else None


def _with_function(kind: type[ast.cmpop], first: Known, second: Real) -> Part:
    """i <= sqrt(n) is i^2 <= n; i < log_2(n) is 2^i < n: for i that are not negative."""
    place = _rational(first)
    if place is None or isinstance(first, Real):
        return UP_TO_DATA
    if second.kind == "root":
        turned: Form = place**second.number
    elif second.kind == "log" and second.number > 1:
        turned = raised(ONE.terms[()] * second.number, place)
    else:
        return UP_TO_DATA
    distance = second.form - turned
    if kind is ast.Lt:
        return Part("above", distance - 1)
    if kind is ast.LtE:
        return Part("above", distance)
    if kind is ast.Gt:
        return Part("above", -distance - 1)
    return Part("above", -distance) if kind is ast.GtE else UP_TO_DATA


def _of_spans(kind: type[ast.cmpop], first: Known, second: Known, around: Around) -> Part:
    """Decided where the spans do not meet."""
    if not isinstance(first, Whole | Span) or not isinstance(second, Whole | Span):
        return UP_TO_DATA
    (low, high), (other_low, other_high) = bounds(first), bounds(second)
    if kind in (ast.Gt, ast.GtE):
        low, high, other_low, other_high = other_low, other_high, low, high
        kind = _TURNED[kind]
    margin = 1 if kind is ast.Lt else 0
    if kind in (ast.Lt, ast.LtE):
        if high is not None and other_low is not None and around.sign(other_low - high - margin) == 1:
            return ALWAYS
        if low is not None and other_high is not None and around.sign(other_high - low - margin) == -1:
            return NEVER_TRUE
    return UP_TO_DATA


def tested(node: ast.expr, place: Meaning) -> Test:
    """When `node` holds."""
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return _both([tested(value, place) for value in values])
        case ast.BoolOp(op=ast.Or(), values=values):
            return _both([tested(value, place).opposite() for value in values]).opposite()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return tested(operand, place).opposite()
    return _both([test_of(part, place.around) for part in conjuncts(node, place) if isinstance(part, Part)])


def _both(tests: list[Test]) -> Test:
    found = tests[0]
    for test in tests[1:]:
        yes = found.yes.times(test.yes)
        if found.open:
            no = test.no + found.no + found.no.times(test.no).scaled(-1)
        else:  # disjoint: where the first does not hold, or holds and the second does not
            no = found.no + found.yes.times(test.no)
        found = Test(yes, no, (found.open or test.open) and no != ONCE)
    return found


def test_of(part: Part, around: Around) -> Test:  # noqa: PLR0911 - one case a kind
    form = part.form
    if part.kind in ("equal", "unequal") and not _solvable(form, around):
        return Test(NEVER, NEVER, open=True)
    match part.kind:
        case "always":
            return Test(ONCE, NEVER)
        case "never":
            return Test(NEVER, ONCE)
        case "above":
            return Test(restricted(ONCE, around, above=form), restricted(ONCE, around, above=-form - 1))
        case "equal":
            return _equal(form, around)
        case "unequal":
            return _equal(form, around).opposite()
    return Test(NEVER, NEVER, open=True)


def _solvable(form: Form, around: Around) -> bool:
    """Whether passes in which `form` has a sign can be told: no loop variable in floors or squares."""
    inside = {name for name, _, _ in around.loops}
    if any(form.linear_in(name) is None for name in inside & form.letters() if not _periodic_in(form, name)):
        return False
    return (
        not any(
            inside & letters(atom) and not isinstance(atom, Sym) and not (period_of(atom) and _plain(atom))
            for atom in form.atoms()
        )
        or around.vanishes(form) is not None
    )


def _periodic_in(form: Form, name: str) -> bool:
    return any(name in letters(atom) and not isinstance(atom, Sym) for atom in form.atoms())


def _plain(atom: Expr) -> bool:
    return isinstance(atom, Call) and isinstance(atom.body, Sym)


def _equal(form: Form, around: Around) -> Test:
    if form.atoms() and all(map(period_of, form.atoms())):
        table = tabulated(form, 1, lambda value: int(value == 0))
        if table is not None:
            return Test(of_form(table), of_form(1 - table))
    held = restricted(ONCE, around, equal=form)
    return Test(held, ONCE + held.scaled(-1))
