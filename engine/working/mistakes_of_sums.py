"""Mistakes with sums: over time, of paths, of terms. Each is a `Kind`."""

from __future__ import annotations

from collections.abc import Iterator

from engine.tape.index import t
from engine.tape.makers import add, neg, sum_over, times
from engine.tape.nodes import Add, Fill, Neg, Node, Slope, Sum, Var
from engine.tape.walk import children, put, walk
from engine.working.mistake import Kind, Told, always, fitting, without
from engine.working.roles import Roles


def _only_last(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Sum):
        yield put(part.body, part.index, part.high)


def _only_first(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Sum):
        yield put(part.body, part.index, part.low)


def _no_sum(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Sum):
        yield put(part.body, part.index, t)


def _one_short(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Sum):
        yield sum_over(part.body, part.index, part.low + 1, part.high)
        yield sum_over(part.body, part.index, part.low, part.high - 1)


def _fed_bias(part: Node, roles: Roles) -> Iterator[Node | None]:
    """Σ δ_t with the state in it, as it is for a weight."""
    if isinstance(part, Sum) and isinstance(part.body, Slope) and part.body.of.at is not None:
        for state in roles.states:
            for shift in (-1, 0):
                fed = fitting(times, part.body, put(state, "t", part.body.of.at + shift))
                yield fed and sum_over(fed, part.index, part.low, part.high)


def _one_path_left_out(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Add) and not any(isinstance(term, Fill) for term in part.terms):
        for term in part.terms:
            yield add(*without(part.terms, term))


def _told_path(right: Node, wrong: Node, roles: Roles) -> Told:
    kept = wrong.terms if isinstance(wrong, Add) else (wrong,)
    (gone,) = without(children(right), *kept)
    every = "Every path to the loss gives one term, and the terms are added: "
    if isinstance(gone, Var) and gone.name in roles.biases:
        return "missing bias", "The bias is missing: $«right»$."
    if not any(isinstance(leaf, Slope) for leaf in walk(right)):
        return "missing term", "A term is missing: it is $«right»$, not $«wrong»$."
    if roles.reads_out(gone):
        return "missing output term", every + "the path through the output at the same time is missing here."
    if all(roles.reads_out(term) for term in kept):
        return "missing recurrent term", every + "the path through the next time step is missing here."
    return "missing term", every + "it is $«right»$, not $«wrong»$."


def _turned_difference(part: Node, _: Roles) -> Iterator[Node | None]:
    match part:
        case Add(_, (Var() as first, Neg(_, Var() as second))) if "yhat" in (first.name, second.name):
            yield add(second, neg(first))


def _turned_sign(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Add):
        for term in part.terms:
            yield add(*(neg(one) if one is term else one for one in part.terms))


KINDS = (
    Kind(
        _only_last,
        always(
            "last term of the sum only",
            "All time steps share the weights, so each has a term in the gradient: $«right»$. This is "
            "its last term alone. With $T = 1$ the two agree; with $T = 2$ you see the difference.",
        ),
    ),
    Kind(
        _only_first,
        always(
            "first term of the sum only",
            "All time steps share the weights, so each has a term in the gradient: $«right»$. This is "
            "its first term alone.",
        ),
    ),
    Kind(
        _no_sum,
        always(
            "no sum over time",
            "This is what one time step gives. The steps share the weights, so their terms are added: "
            "$«right»$.",
        ),
    ),
    Kind(
        _one_short,
        always(
            "sum off by one",
            "A term is missing at one end: it is $«right»$. Ask which steps the parameter had a part in: all "
            "of these, the first and the last as well.",
        ),
    ),
    Kind(
        _fed_bias,
        always(
            "wrong bias sum",
            "A bias is added as it is, as if its input were 1. So no state comes in: $«right»$.",
        ),
    ),
    Kind(_one_path_left_out, _told_path),
    Kind(
        _turned_difference,
        always(
            "y - ŷ for ŷ - y",
            "The slope of the loss is the output minus the target, $«right»$: where the output is too large, "
            "raising it makes the loss grow.",
        ),
        both_ways=True,
    ),
    Kind(
        _turned_sign,
        always("wrong sign", "One term has the wrong sign: it is $«right»$, not $«wrong»$."),
        both_ways=True,
    ),
)
