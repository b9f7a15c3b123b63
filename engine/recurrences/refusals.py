"""Why no family takes a recurrence, in words, with the column where there is one."""

from __future__ import annotations

from fractions import Fraction

from engine.recurrences.normal import WHAT_IS_SOLVED, NotSolved, Piece, Pieces, has_term
from engine.symbolic.evaluate import constant
from engine.symbolic.expr import Big, Call, Expr, Pow, column, letters, walk
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.plain import plain


def refused(problem: RecurrenceInput, pieces: Pieces) -> NotSolved:
    """The best that can be said of `problem`, which no family takes."""
    if pieces.odd is not None:
        return _odd(problem, pieces.odd)
    if not pieces.pieces and not pieces.histories:
        return NotSolved("The terms on the right cancel, so nothing is left of the recurrence.")
    found = (_of_piece(problem, piece) for piece in pieces.pieces)
    return next((why for why in found if why is not None), None) or _together(problem, pieces)


def negative_base(problem: RecurrenceInput, forcing: Expr) -> NotSolved | None:
    """Of (-1)^(n/2) and the like, which have values at some n only."""
    variable = problem.names.variable
    if not any(_has_negative_base(part, variable) for part in walk(forcing)):
        return None
    return NotSolved(
        f"A negative number to the power of anything but whole steps of {variable} is not solved.",
        f"Write it with {variable} alone above, such as (-1)^{variable}.",
        column(forcing),
    )


def _has_negative_base(part: Expr, variable: str) -> bool:
    if not isinstance(part, Pow) or variable not in letters(part.exponent):
        return False
    base = constant(part.base)
    return base is not None and base < 0


def _odd(problem: RecurrenceInput, odd: Expr) -> NotSolved:
    """Of terms that are not simply added up."""
    name = problem.names.sequence
    if isinstance(odd, Call) and odd.name in ("max", "min"):
        which = "larger" if odd.name == "max" else "smaller"
        return NotSolved(
            f"The {which} of several terms of the sequence is taken; which one that is can change from place "
            "to place, so it is not solved.",
            f"If one of them is always the {which} one, type that alone.",
            column(odd),
        )
    if isinstance(odd, Big):
        return NotSolved(
            f"How many terms are summed up or multiplied depends on {name} itself; that is not solved.",
            column=column(odd),
        )
    return NotSolved(
        "The terms of the sequence are multiplied with each other or stand inside a function, so the "
        "recurrence is not linear; such ones have no general method, and this one is not solved.",
        "The first terms can still be worked out by hand. " + WHAT_IS_SOLVED,
        column(odd),
    )


def _of_piece(  # noqa: PLR0911 - one return a reason
    problem: RecurrenceInput, piece: Piece
) -> NotSolved | None:
    """What is wrong with one summand, if anything."""
    name, n = problem.names
    at, place = piece.term.at, piece.place
    if has_term(piece.term.place):
        return NotSolved("A term of the sequence stands inside another one; such are not solved.", column=at)
    if place is None:
        root = any(isinstance(part, Call) and part.name == "sqrt" for part in walk(piece.term.place))
        how = "to its square root" if root else f"to {plain(piece.term.place)}"
        return NotSolved(f"{n} shrinks {how} on the right; that is not solved here.", column=at)
    if place.slope == 1 and (piece.lag or 0) <= 0:
        return _no_step_back(problem, piece)
    if place.slope > 1 or place.slope <= 0:
        return NotSolved(f"On the right {n} does not get smaller, so this never ends.", column=at)
    if piece.lag is not None and piece.lag.denominator > 1:
        return _no_step_back(problem, piece)
    if piece.constant is None:
        what = f"changes with {n}" if n in letters(piece.factor) else "is not a fraction"
        return NotSolved(
            f"The factor in front of {name}(...) {what}; here only numbers and fractions are solved there.",
            column=at,
        )
    return None


def _no_step_back(problem: RecurrenceInput, piece: Piece) -> NotSolved:
    name, n = problem.names
    way_out = f"On the right, earlier terms should stand, such as {name}({n}-1)."
    if piece.lag == 0:
        reason = f"{name}({n}) stands on both sides, so it is explained by itself."
    else:
        reason = f"On the right a term stands that does not come whole steps before {name}({n})."
    return NotSolved(reason, way_out, piece.term.at)


def _together(problem: RecurrenceInput, pieces: Pieces) -> NotSolved:
    """Of summands that are each of a known kind."""
    name, n = problem.names
    slopes = {piece.place.slope for piece in pieces.pieces if piece.place is not None}
    if pieces.histories:
        return NotSolved(
            "Telescoping does not get rid of this sum over earlier terms, so it is not solved.",
            f"Solved are sums of {name}(i) over all earlier i, with a factor such as 2 or 2/{n} in front.",
            column(pieces.histories[0].total),
        )
    if len(slopes) > 1:
        kinds = "by subtraction and by division" if 1 in slopes else "to several different fractions of n"
        return NotSolved(f"The terms on the right shrink {kinds} at once; such mixtures are not solved.")
    if sum((piece.constant or Fraction(0) for piece in pieces.pieces), Fraction(0)) == 0:
        return NotSolved("The terms on the right cancel, so nothing is left of the recurrence.")
    if slopes == {1}:
        return NotSolved(
            f"Beside these earlier terms, the part without {name} is of a kind that is not solved.",
            f"Powers of {n} and numbers to the power of {n} are; beside {name}({n}-1) alone, logs, roots "
            "and factorials as well.",
            column(pieces.forcing),
        )
    back = f"{name}({n}/b)"
    return NotSolved(
        f"The part without {name} on the right is of a kind that is not solved beside {back}.",
        f"Powers of {n}, logarithms and numbers to the power of {n} are.",
        column(pieces.forcing),
    )
