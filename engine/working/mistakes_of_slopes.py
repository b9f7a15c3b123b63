"""Mistakes with the slope of an activation: left out, of another function, of another number."""

from __future__ import annotations

from collections.abc import Iterator

from engine.tape.makers import diag, fill, fn, minus, power, slope, times, var
from engine.tape.nodes import Add, Diag, Fill, Fn, Hadamard, MatMul, Neg, Node, Power, Slope, Transpose, Var
from engine.tape.walk import walk
from engine.working.mistake import Kind, Told, always, called, fitting, swapped, without
from engine.working.roles import Roles

_WRITTEN = {"sigmoid": "σ"}


def _one_minus(node: Node) -> Node | None:
    """x of 1 - x."""
    match node:
        case Add(_, (Fill(_, value), Neg(_, body))) if value == 1:
            return body
    return None


def _tanh_slope(node: Node) -> Node | None:
    """h of 1 - h² or 1 - h ⊙ h."""
    match _one_minus(node):
        case Power(_, h, 2):
            return h
        case Hadamard(_, (h, again)) if h is again:
            return h
    return None


def _slopes(factors: tuple[Node, ...]) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """(function, the factors that are its slope) for every slope of a function among the factors."""
    for factor in factors:
        if isinstance(factor, Fn) and factor.primed:
            yield factor.name, (factor,)
        elif _tanh_slope(factor) is not None:
            yield "tanh", (factor,)
        elif (gate := _one_minus(factor)) is not None and any(other is gate for other in factors):
            yield "sigmoid", (gate, factor)


def _product(rest: tuple[Node, ...], like: Node) -> Node:
    return times(*rest) if rest else fill(1, like.shape)


def _left_out(part: Node, roles: Roles) -> Iterator[Node | None]:
    match part:
        case Hadamard(_, factors):
            for _, found in _slopes(factors):
                yield _product(without(factors, *found), part)
        case Diag(_, body):
            factors = body.factors if isinstance(body, Hadamard) else (body,)
            for _, found in _slopes(factors):
                yield diag(_product(without(factors, *found), body))
        case Fn(_, name, body, False) if name in ("tanh", "sigmoid"):
            yield body
        case Slope(_, of):
            after = roles.becomes(of)
            yield after and slope(after)


def _told_left_out(right: Node, wrong: Node, roles: Roles) -> Told:
    if isinstance(right, Fn):
        name = _WRITTEN.get(right.name, right.name)
        return f"missing {name}", "It still has to go through the function: $«right»$, not $«wrong»$."
    name = _function(right, wrong, roles)
    return (
        f"missing {name}'",
        f"On its way back the gradient goes through ${_latex(name)}$ and is multiplied by its derivative "
        "there: it is $«right»$, not $«wrong»$. As the derivative of tanh is at most 1 and that of σ "
        "at most 1/4, leaving it out makes gradients too large.",
    )


def _function(right: Node, wrong: Node, roles: Roles) -> str:
    if isinstance(right, Slope):
        return _WRITTEN.get(name := roles.squashed[right.of.name][1], name)
    body = right.body if isinstance(right, Diag) else right
    kept = wrong.body if isinstance(wrong, Diag) else wrong
    factors = body.factors if isinstance(body, Hadamard) else (body,)
    left = kept.factors if isinstance(kept, Hadamard) else (kept,)
    gone = without(factors, *left)
    found = [name for name, parts in _slopes(factors) if all(any(one is g for g in gone) for one in parts)]
    return _WRITTEN.get(name := found[0], name)


def _latex(name: str) -> str:
    return {"σ": r"\sigma", "tanh": r"\tanh", "relu": r"\mathrm{ReLU}"}.get(name, rf"\mathrm{{{name}}}")


def _half_left_out(part: Node, _: Roles) -> Iterator[Node | None]:
    if isinstance(part, Hadamard):
        for name, found in _slopes(part.factors):
            if name == "sigmoid" and len(found) == 2:
                for gone in found:
                    yield _product(without(part.factors, gone), part)


def _not_squared(part: Node, _: Roles) -> Iterator[Node | None]:
    h = _tanh_slope(part)
    if h is not None:
        yield minus(fill(1, part.shape), h)


def _squashed_twice(part: Node, roles: Roles) -> Iterator[Node | None]:
    h = _tanh_slope(part)
    if h is not None:
        yield minus(fill(1, part.shape), power(fn("tanh", h), 2))
    match part:
        case Fn(_, name, Var() as a, True):
            after = roles.becomes(a)
            yield after and fn(name, after, primed=True)


def _not_primed(part: Node, _: Roles) -> Iterator[Node | None]:
    h = _tanh_slope(part)
    if h is not None:
        yield h
    match part:
        case Fn(_, name, body, True) if name != "relu":
            yield fn(name, body)


def _of_another(part: Node, _: Roles) -> Iterator[Node | None]:
    h = _tanh_slope(part)
    if h is not None:
        yield times(h, minus(fill(1, h.shape), h))
    if isinstance(part, Hadamard):
        for name, found in _slopes(part.factors):
            if name == "sigmoid" and len(found) == 2:
                squared = minus(fill(1, part.shape), power(found[0], 2))
                yield fitting(times, squared, *without(part.factors, *found))


def _told_of_another(right: Node, _wrong: Node, _roles: Roles) -> Told:
    if _tanh_slope(right) is not None:
        return (
            "σ' for tanh'",
            "$h(1 - h)$ is the derivative of $\\sigma$; of $\\tanh$ it is $1 - h^2$: $«right»$.",
        )
    return (
        "tanh' for σ'",
        "$1 - g^2$ is the derivative of $\\tanh$; of $\\sigma$ it is $g(1 - g)$: $«right»$.",
    )


def _of_another_step(part: Node, _: Roles) -> Iterator[Node | None]:
    """1 - h_{t-1}² for 1 - h_t², and so on: one of its leaves a step earlier or later."""
    whole = part.factors if isinstance(part, Hadamard) else (part,)
    for _name, found in _slopes(whole):
        leaf = next((leaf for one in found for leaf in walk(one) if isinstance(leaf, Var) and leaf.at), None)
        if leaf is not None and leaf.at is not None:
            for shift in (-1, 1):
                yield swapped(part, leaf, var(leaf.name, leaf.shape, leaf.at + shift))


def _told_of_another_step(right: Node, wrong: Node, _: Roles) -> Told:
    pairs = zip(walk(right), walk(wrong), strict=False)
    taken, given = next((a, b) for a, b in pairs if isinstance(a, Var) and isinstance(b, Var) and a is not b)
    return f"{called(given)} for {called(taken)}", (
        "The derivative of a function is taken at the step that the function is in, from what that step "
        "makes: it is $«right»$, not $«wrong»$."
    )


def of_softmax(node: Node) -> Node | None:
    """p of diag(p) - p pᵀ, or of that times g as it is written out: p ⊙ g - p pᵀ g."""
    match node:
        case Add(_, (Diag(_, p), Neg(_, MatMul(_, (again, Transpose(_, third)))))) if p is again is third:
            return p
        case Add(_, (Hadamard(_, (p, g)), Neg(_, MatMul(_, (again, Transpose(_, third), behind))))) if (
            p is again is third and g is behind
        ):
            return p
    return None


def _softmax_by_elements(part: Node, _: Roles) -> Iterator[Node | None]:
    """p (1 - p) for diag(p) - p pᵀ."""
    if isinstance(part, Add) and (p := of_softmax(part)) is not None:
        rest, first = minus(fill(1, p.shape), p), part.terms[0]
        yield diag(times(p, rest)) if isinstance(first, Diag) else times(first, rest)


def _before_squashing(part: Node, roles: Roles) -> Iterator[Node | None]:
    """tanh(c) or σ(a), called m or f: the argument in its place."""
    if isinstance(part, Var):
        for name, (after, _) in roles.squashed.items():
            if after.name == part.name:
                yield var(name, part.shape, part.at)


KINDS = (
    Kind(_of_another_step, _told_of_another_step, both_ways=True),
    Kind(
        _softmax_by_elements,
        always(
            "softmax by elements",
            "Softmax does not go element by element: raising one entry of its input lowers all the other "
            "outputs. So there is more than a diagonal: it is $«right»$, not $«wrong»$.",
        ),
    ),
    Kind(_left_out, _told_left_out),
    Kind(
        _half_left_out,
        always(
            "half of σ'",
            "The derivative of $\\sigma$ has two factors, $g(1 - g)$, and one is missing: $«right»$.",
        ),
    ),
    Kind(
        _not_squared,
        always(
            "1 - h for 1 - h²", "The derivative of $\\tanh$ is $1 - \\tanh^2$: $«right»$, with the square."
        ),
    ),
    Kind(
        _squashed_twice,
        always(
            "tanh of h, not of a",
            "The derivative is taken where the function was: at $a$, before it. As $h = \\tanh(a)$ already "
            "has the $\\tanh$ in it, it is $«right»$, not $«wrong»$.",
        ),
    ),
    Kind(
        _not_primed,
        always("φ for φ'", "Going back needs the function's derivative, not the function: $«right»$."),
    ),
    Kind(_of_another, _told_of_another),
    Kind(
        _before_squashing,
        always(
            "before the function, not after",
            "It is what comes out of the function that counts here, $«right»$, not what goes in, $«wrong»$.",
        ),
    ),
)
