"""Mistakes with sums: over time, of paths, of terms. Each is a `Kind`."""

from __future__ import annotations

from collections.abc import Iterator

from engine.tape.index import t
from engine.tape.makers import add, fill, minus, neg, over, sum_over, times
from engine.tape.nodes import Add, Fill, MatMul, Neg, Node, Over, Slope, Sum, Var
from engine.tape.walk import children, put, walk
from engine.working.mistake import Kind, Told, always, fitting, without
from engine.working.mistakes_of_slopes import of_softmax
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
    if (half := _told_half(right, gone, roles)) is not None:
        return half
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


def _is_target(term: Node, roles: Roles) -> bool:
    leaf = term.body if isinstance(term, Neg) else term
    return isinstance(leaf, Var) and leaf.name in roles.targets


def _told_difference(of_target: bool) -> Told:
    what = "target" if of_target else "output"
    return f"missing {what}", (
        f"The {what} is left out: it is $«right»$, not $«wrong»$. Where the two agree, there is no gradient."
    )


def _told_half(right: Node, gone: Node, roles: Roles) -> Told | None:
    """One of the two in ŷ - y, or in p ⊙ g - p pᵀ g: with the slope g of a cross-entropy, -y / ŷ, that is
    -y + ŷ. None for another sum."""
    if any(_is_target(term, roles) for term in children(right)) and len(children(right)) == 2:
        return _told_difference(_is_target(gone, roles))
    p = of_softmax(right)
    if p is None:
        return None
    if isinstance(p, Var) and p.name == "yhat":
        return _told_difference(not isinstance(gone, Neg))
    return "half of softmax'", "The derivative of softmax has two parts: it is $«right»$, not $«wrong»$."


def _one_less(part: Node, _: Roles) -> Iterator[Node | None]:
    """A mean over one less than there are."""
    match part:
        case Over(_, above, MatMul(_, (Fill(), Fill())) as count):
            yield over(above, minus(count, fill(1)))


def _told_one_less(right: Node, _wrong: Node, _roles: Roles) -> Told:
    assert isinstance(right, Over)  # noqa: S101 - what `_one_less` is about
    size = children(right.below)[0].shape[1]
    return f"{size} - 1 for {size}", (
        f"This is the mean over all ${size}$ of them: $«right»$. Dividing by ${size} - 1$ is for "
        "estimating a variance from a sample."
    )


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
    Kind(_one_less, _told_one_less),
    Kind(
        _turned_difference,
        always(
            "y - ŷ for ŷ - y",
            "The gradient of the loss is the output minus the target, $«right»$: where the output is too "
            "large, raising it makes the loss grow.",
        ),
        both_ways=True,
    ),
    Kind(
        _turned_sign,
        always("wrong sign", "One term has the wrong sign: it is $«right»$, not $«wrong»$."),
        both_ways=True,
    ),
)
