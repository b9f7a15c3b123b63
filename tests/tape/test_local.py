"""What definitions pass back, and their Jacobians, against differences of an independent evaluator."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import numpy as np
import pytest

from engine.derivations.programs import program
from engine.symbolic.jobs import GradientJob
from engine.tape import makers as make
from engine.tape.index import At, at, first, last, t
from engine.tape.jacobian import jacobian
from engine.tape.local import NoLocalRule, passed
from engine.tape.nodes import Beside, Node, Sum, Var
from engine.tape.program import Definition
from engine.tape.walk import variables, walk
from tests.tape import tree_values
from tests.tape.tree_values import Array, size, valued

LETTERS = {"t": 2, "T": 3}
EPSILON = 1e-6
H, D, K = ("h", "1"), ("d", "1"), ("k", "1")
u, v, x = make.var("u", H, t), make.var("v", H, t), make.var("x", D, t)
W, V = make.var("W", ("k", "h")), make.var("V", ("h", "d"))
n, A = make.var("n", make.NUMBER), make.var("A", ("h", "k"))
j = At("j")

EXPRESSIONS: dict[str, Node] = {
    "sum, sign": make.add(make.neg(u), v, make.matmul(V, x)),
    "product of three": make.matmul(W, A, W, u),
    "square": make.matmul(make.transpose(u), u),
    "inner product twice": make.matmul(make.transpose(u), make.diag(v), u),
    "product with a row": make.matmul(u, make.transpose(x)),
    "by elements": make.times(u, v, u),
    "number times column": make.times(n, u),
    "number times matrix": make.times(n, A),
    "quotient by elements": make.over(u, make.add(v, u)),
    "quotient by a number": make.over(make.times(u, v), make.add(n, make.norm(u))),
    "matrix over a number": make.over(A, n),
    "power": make.power(make.add(u, v), 3),
    "reciprocal": make.power(u, -1),
    "square of a length": make.power(make.norm(make.minus(u, v)), 2),
    "length": make.norm(u),
    "tanh inside": make.matmul(W, make.fn("tanh", make.times(u, v))),
    "tanh": make.fn("tanh", u),
    "sigmoid": make.fn("sigmoid", make.matmul(W, u)),
    "relu": make.fn("relu", make.minus(u, v)),
    "exp": make.fn("exp", u),
    "log": make.fn("log", u),
    "root": make.fn("sqrt", make.add(u, make.fill(1, H))),
    "softmax": make.softmax(make.matmul(W, u)),
    "softmax inside": make.times(u, make.softmax(u)),
    "transpose": make.matmul(make.transpose(u), A),
    "diagonal": make.matmul(make.diag(u), A),
    "stacked": make.stack(make.times(u, v), x),
    "part": make.part(make.stack(u, x), upper=False),
    "upper part": make.times(v, make.part(make.stack(u, x), upper=True)),
    "part of a variable": make.part(make.var("s", ("h+d", "1")), upper=True),
    "lower part of a variable": make.part(make.var("s", ("h+d", "1")), upper=False),
    "column": make.column_of(make.var("M", ("h", "T")), at(2)),
    "sum over time": make.sum_over(make.fn("tanh", make.var("u", H, j)), "j", first, last),
    "sum over pairs": make.sum_over(
        make.times(make.var("u", H, j), make.var("u", H, j - 1)), "j", at(2), last
    ),
    "sum with a parameter": make.sum_over(make.matmul(W, make.var("u", H, j)), "j", first, last),
    "columns": make.matmul(
        make.beside(make.var("u", H, j), "j", first, last, "T"), make.var("p", ("T", "1"))
    ),
    "columns with a parameter": make.beside(make.matmul(W, make.var("u", H, j)), "j", first, last, "T"),
}


def definitions() -> Iterator[tuple[str, Definition]]:
    for name, value in EXPRESSIONS.items():
        yield name, Definition(make.var("made", value.shape), value, "")
    for job in (
        GradientJob(outputs="each", loss="cross-entropy", activation="sigmoid"),
        GradientJob(loss="whole", activation="relu"),
        GradientJob("lstm"),
        GradientJob("lstm", gates="stacked"),
        GradientJob("lstm", scalar=True),
        GradientJob("gru", reset="before", update="take"),
        GradientJob("gru"),
        GradientJob("birnn"),
        GradientJob("attention"),
        GradientJob("layernorm"),
        GradientJob("batchnorm"),
    ):
        for definition, _ in program(job).definitions():
            yield f"{job.model}: {definition.kind}", definition


def cases() -> Iterator[object]:
    """Every variable of every definition, one inside a sum over time at one time of that."""
    for name, definition in definitions():
        over = {part.index for part in walk(definition.value) if isinstance(part, Sum | Beside)}
        for leaf in variables(definition.value):
            bound = leaf.at is not None and leaf.at.base in over
            of = make.var(leaf.name, leaf.shape, at(2)) if bound else leaf
            yield pytest.param(definition, of, id=f"{name}: {leaf.name}")


def nudged(node: Node, of: Var, direction: Array) -> Array:
    """The slope of `node` in a direction of one variable, wherever that stands."""
    name = of.name, None if of.at is None else of.at.number(LETTERS)
    plain = tree_values._leaf
    ends = []
    for sign in (1, -1):

        def leaf(key: object, shape: tuple[int, int], sign: int = sign) -> Array:
            return plain(key, shape) + (sign * EPSILON * direction if key == name else 0)

        with mock.patch.object(tree_values, "_leaf", leaf):
            ends.append(valued(node, LETTERS))
    return (ends[0] - ends[1]) / (2 * EPSILON)


def worth(node: Node, definition: Definition) -> Array:
    """Where the defined variable stands for its value, it has that value."""
    made = definition.var
    name = made.name, None if made.at is None else made.at.number(LETTERS)
    value, plain = valued(definition.value, LETTERS), tree_values._leaf

    def leaf(key: object, shape: tuple[int, int]) -> Array:
        return value if key == name else plain(key, shape)

    with mock.patch.object(tree_values, "_leaf", leaf):
        return valued(node, LETTERS)


@pytest.mark.parametrize(("definition", "of"), list(cases()))
def test_passed_slopes_are_what_differences_say(definition: Definition, of: Var) -> None:
    random = np.random.default_rng(3)
    direction = random.normal(size=(size(of.shape[0]), size(of.shape[1])))
    share = passed(definition, of)
    assert share.shape == of.shape
    above = valued(make.slope(definition.var), LETTERS)
    expected = (above * nudged(definition.value, of, direction)).sum()
    found = (worth(share, definition) * direction).sum()
    assert found == pytest.approx(expected, rel=1e-7, abs=1e-8)


@pytest.mark.parametrize(("definition", "of"), list(cases()))
def test_jacobians_are_what_differences_say(definition: Definition, of: Var) -> None:
    if definition.var.shape[1] != "1" or of not in variables(definition.value):
        return
    found = jacobian(definition, of)
    if found is None:
        return
    rows, columns = size(of.shape[0]), size(of.shape[1])
    expected = []
    for entry in range(rows * columns):  # column after column
        direction = np.zeros((rows, columns))
        direction[entry % rows, entry // rows] = 1
        expected.append(nudged(definition.value, of, direction)[:, 0])
    assert np.allclose(worth(found, definition), np.array(expected).T, rtol=1e-7, atol=1e-8)


def test_most_jacobians_can_be_written() -> None:
    """Not None for the definitions of the recurrent networks, by anything in them."""
    for job in (GradientJob(), GradientJob("lstm"), GradientJob("gru"), GradientJob("gru", reset="before")):
        for definition, span in program(job).definitions():
            for of in variables(definition.value) if span else ():
                assert jacobian(definition, of) is not None, (definition.kind, of.name)


@pytest.mark.parametrize("shift", [0, 1])
def test_a_slope_is_nothing_for_what_is_not_there(shift: int) -> None:
    state = program(GradientJob()).definition("h")
    assert passed(state, make.var("a", H, t + 1)) is make.fill(0, H)
    assert passed(state, make.var("z", H, t + shift)) is make.fill(0, H)


def test_the_slope_of_tanh_and_sigmoid_is_written_with_their_value() -> None:
    a, h = make.var("a", H, t), make.var("h", H, t)
    ones, above = make.fill(1, H), make.slope(h)
    tanh = passed(Definition(h, make.fn("tanh", a), "state"), a)
    assert tanh is make.times(make.minus(ones, make.times(h, h)), above)
    sigmoid = passed(Definition(h, make.fn("sigmoid", a), "state"), a)
    assert sigmoid is make.times(h, make.minus(ones, h), above)


def test_one_slope_is_taken_out_of_several_terms() -> None:
    state = program(GradientJob("gru")).definition("h")
    z, n_t, before = make.var("z", H, t), make.var("n", H, t), make.var("h", H, t - 1)
    assert passed(state, z) is make.times(make.minus(before, n_t), make.slope(state.var))


def test_a_given_slope_stands_in_place_of_the_name() -> None:
    loss = program(GradientJob()).definition("L")
    yhat, y = (make.var(name, K) for name in ("yhat", "y"))
    assert passed(loss, yhat, make.ONE) is make.minus(yhat, y)


@pytest.mark.parametrize(
    ("value", "of"),
    [
        pytest.param(make.kron(make.transpose(u), make.eye("h")), u, id="kron"),
        pytest.param(make.norm(make.matmul(u, make.transpose(x))), u, id="norm of a matrix"),
        pytest.param(make.fn("tanh", u, primed=True), u, id="slope of a function"),
        pytest.param(make.prod_over(make.diag(u), "j", first, last), u, id="product over time"),
    ],
)
def test_what_has_no_rule_is_said_to_have_none(value: Node, of: Var) -> None:
    with pytest.raises(NoLocalRule, match="No local rule"):
        passed(Definition(make.var("made", value.shape), value, ""), of)
