"""Numbers into trees, against loops over single times and points written with plain NumPy."""

from __future__ import annotations

import zlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tape import makers as make
from engine.tape.folds import Frame
from engine.tape.index import At, at, last, t
from engine.tape.nodes import Node, Partial, Slope, Var
from engine.tape.numbers import Array, Letters, Times, evaluate, letters_of, measured

SIZES = {"h": 3, "d": 2, "k": 4, "T": 5}
POINTS, LAST = 4, 5
j, k = At("j"), At("k")


def _name(leaf: Node) -> str:
    match leaf:
        case Var():
            return leaf.name
        case Slope():
            return f"slope of {leaf.of.name}"
        case Partial():
            return f"{leaf.of.name} by {leaf.by.name}"
    raise TypeError(leaf)


class Table:
    """Random numbers for every leaf, the same each time."""

    def __init__(self, complex_ones: bool = False) -> None:
        self._complex = complex_ones

    def table(self, leaf: Node, *times: int) -> Array:
        """[P, ..., r, c], an axis of 0 .. T + 1 for each time."""
        shape = (POINTS, *times, *(self.size(name) for name in leaf.shape))
        random = np.random.default_rng(zlib.crc32(_name(leaf).encode()))
        found = random.normal(size=shape)
        return found + 1e-3j * random.normal(size=shape) if self._complex else found

    def of(self, leaf: Var | Slope, times: Times | None) -> Array:
        if times is None:
            return self.table(leaf)[:, None]
        return self.table(leaf, LAST + 2)[:, times]

    def partial(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        assert of is not None and by is not None
        return self.table(leaf, LAST + 2, LAST + 2)[:, of, by]

    def size(self, name: str) -> int:
        return measured(name, SIZES.__getitem__)


def column(name: str, when: At | None = t, size: str = "h") -> Var:
    return make.var(name, (size, "1"), when)


def square(name: str, when: At | None = None) -> Var:
    return make.var(name, ("h", "h"), when)


W, V, a, b, x = square("W"), make.var("V", ("h", "d"), None), column("a"), column("b"), column("x", t, "d")
TIMES = np.array([4, 1, 3])


def worth(node: Node, letters: Letters | None = None, values: Table | None = None) -> Array:
    return evaluate(node, values or Table(), {"T": LAST, "t": TIMES} if letters is None else letters)


def at_each(node: Node, compute: object) -> Array:
    """[P, n, r, c] by asking for one time and one point after the other."""
    found = [
        [
            np.atleast_2d(compute(lambda leaf, p=p, n=n: worth(leaf)[p, n if leaf.at else 0]))
            for n in range(len(TIMES))
        ]  # type: ignore[operator]
        for p in range(POINTS)
    ]
    return np.array(found)


ONE_BY_ONE = {
    "add": (make.add(a, b, make.matmul(W, a)), lambda v: v(a) + v(b) + v(W) @ v(a)),
    "neg": (make.neg(a), lambda v: -v(a)),
    "matmul": (make.matmul(W, make.transpose(W), V, x), lambda v: v(W) @ v(W).T @ v(V) @ v(x)),
    "outer": (make.matmul(a, make.transpose(x)), lambda v: np.outer(v(a), v(x))),
    "hadamard": (make.times(a, b, a), lambda v: v(a) * v(b) * v(a)),
    "over": (make.over(a, b), lambda v: v(a) / v(b)),
    "over a number": (make.over(a, make.norm(b)), lambda v: v(a) / np.linalg.norm(v(b))),
    "power": (make.power(a, 3), lambda v: v(a) * v(a) * v(a)),
    "inverse": (make.power(a, -1), lambda v: 1 / v(a)),
    "softmax": (make.softmax(a), lambda v: np.exp(v(a)) / np.exp(v(a)).sum()),
    "transpose": (make.transpose(V), lambda v: v(V).T),
    "diag": (make.matmul(make.diag(a), W), lambda v: np.diag(v(a)[:, 0]) @ v(W)),
    "length": (make.norm(a), lambda v: np.sqrt((v(a) ** 2).sum())),
    "spectral norm": (make.norm(W), lambda v: np.sqrt(np.linalg.eigvalsh(v(W).T @ v(W)).max())),
    "stack": (make.stack(a, x), lambda v: np.concatenate([v(a), v(x)])),
    "upper": (make.part(make.stack(a, x), True), lambda v: v(a)),
    "lower": (make.part(make.stack(a, x), False), lambda v: v(x)),
    "kron": (make.kron(make.transpose(x), W), lambda v: np.kron(v(x).T, v(W))),
    "kron of matrices": (make.kron(V, W), lambda v: np.kron(v(V), v(W))),
    "fill": (make.add(make.fill(Fraction(1, 3), ("h", "1")), a), lambda v: 1 / 3 + v(a)),
    "eye": (make.add(make.eye("h"), W), lambda v: np.eye(3) + v(W)),
    "sum of entries": (make.total(a), lambda v: v(a).sum()),
}


@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_nodes_are_what_numpy_says_of_one_matrix(name: str) -> None:
    node, compute = ONE_BY_ONE[name]
    expected = at_each(node, compute)
    assert worth(node).shape[1] == (1 if "t" not in letters_of(node) else len(TIMES))
    np.testing.assert_allclose(np.broadcast_to(worth(node), expected.shape), expected, rtol=1e-13)


def test_vec_puts_columns_one_below_the_other() -> None:
    """(Bᵀ ⊗ A) vec(X) = vec(A X B), the identity that products with Kron rely on."""
    A, X, B = (worth(square(name))[0, 0] for name in "AXB")
    turned = worth(make.kron(make.transpose(square("B")), square("A")))[0, 0]
    np.testing.assert_allclose(turned @ X.T.reshape(-1), (A @ X @ B).T.reshape(-1), rtol=1e-12)


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "relu", "identity", "exp", "log", "sqrt", "min1"])
def test_slopes_of_functions_are_their_derivatives(name: str) -> None:
    positive = make.power(a, 2)
    step = 1e-30
    inside = worth(positive)

    class Nudged(Table):
        def of(self, leaf: Var | Slope, times: Times | None) -> Array:
            return inside + 1j * step

    primed = make.neg(make.fn(name, a, primed=True))
    derivative = worth(make.fn(name, a), values=Nudged()).imag / step

    class There(Table):
        def of(self, leaf: Var | Slope, times: Times | None) -> Array:
            return inside

    np.testing.assert_allclose(
        -worth(primed, values=There()) * np.ones_like(derivative), derivative, rtol=1e-12, atol=1e-15
    )


def test_large_numbers_do_not_overflow() -> None:
    class Large(Table):
        def of(self, leaf: Var | Slope, times: Times | None) -> Array:
            return np.array([[[[800.0], [-800.0], [0.0]]]])

    assert worth(make.fn("sigmoid", a), values=Large())[0, 0, :, 0].tolist() == [1, 0, 0.5]
    assert worth(make.softmax(a), values=Large())[0, 0, :, 0].tolist() == [1, 0, 0]
    assert worth(make.fn("sigmoid", a, primed=True), values=Large())[0, 0, :, 0].tolist() == [0, 0, 0.25]


# --- over an index ---

BOUNDS = st.sampled_from([At("", 1), At("", 2), t, t - 1, t + 1, last, At("", 0)])


def naive(body: Node, letter: str, low: At, high: At, when: int, multiply: bool) -> Array:
    """One sum or product at one time, term by term."""
    letters = {"T": LAST, "t": when}
    total = np.broadcast_to(np.eye(3) if multiply else np.zeros((3, 3)), (POINTS, 1, 3, 3))
    for index in range(low.number(letters), high.number(letters) + 1):
        term = evaluate(body, Table(), {**letters, letter: index})
        total = term @ total if multiply else total + term
    return total


@pytest.mark.parametrize("multiply", [False, True])
@pytest.mark.parametrize(
    "body",
    [square("J", k), make.matmul(square("J", k), W), make.matmul(make.diag(a), square("J", k - 1)), W],
    ids=["factor", "times constant", "with outer letter", "constant"],
)
@given(low=BOUNDS, high=BOUNDS, whens=st.lists(st.integers(1, LAST), min_size=1, max_size=4))
def test_sums_and_products_term_by_term(
    body: Node, multiply: bool, low: At, high: At, whens: list[int]
) -> None:
    over = make.prod_over if multiply else make.sum_over
    node = over(body, "k", low, high)
    found = evaluate(node, Table(), {"T": LAST, "t": np.array(whens)})
    found = np.broadcast_to(found, (POINTS, len(whens), 3, 3))
    for n, when in enumerate(whens):
        expected = naive(body, "k", low, high, when, multiply)[:, 0]
        np.testing.assert_allclose(found[:, n], expected, rtol=1e-12, atol=1e-13)


def test_the_latest_factor_stands_on_the_left() -> None:
    J = [worth(square("J", at(n)))[0, 0] for n in range(LAST + 1)]
    found = worth(make.prod_over(square("J", k), "k", at(3), last))[0, 0]
    np.testing.assert_allclose(found, J[5] @ J[4] @ J[3], rtol=1e-13)


@pytest.mark.parametrize("when", [None, 1, 3])
def test_the_boxed_sum_has_all_its_factors(when: int | None) -> None:
    """A product inside a sum: Σ_j (J_T .. J_{j+1}) b_j, and with t for T."""
    end = last if when is None else t
    node = make.sum_over(
        make.matmul(make.prod_over(square("J", k), "k", j + 1, end), column("b", j)), "j", at(1), end
    )
    found = evaluate(node, Table(), {"T": LAST, "t": np.array([when or 1, 5])})
    J = [worth(square("J", at(n)))[0, 0] for n in range(LAST + 1)]
    total = np.zeros((3, 1))
    for index in range(1, (when or LAST) + 1):
        term = worth(column("b", at(index)))[0, 0]
        for factor in J[index + 1 : (when or LAST) + 1]:
            term = factor @ term
        total += term
    np.testing.assert_allclose(found[0, 0], total, rtol=1e-12)


def test_columns_side_by_side_and_one_of_them() -> None:
    H = make.beside(column("h", j), "j", at(1), last, "T")
    columns = [worth(column("h", at(n)))[:, 0, :, 0] for n in range(1, LAST + 1)]
    np.testing.assert_array_equal(worth(H)[:, 0], np.stack(columns, axis=-1))
    np.testing.assert_array_equal(worth(make.column_of(H, t))[:, 1, :, 0], columns[TIMES[1] - 1])
    whole = make.var("H", ("h", "T"), None)
    np.testing.assert_array_equal(
        worth(make.column_of(whole, t))[:, 2, :, 0], worth(whole)[:, 0, :, TIMES[2] - 1]
    )


def test_times_and_letters() -> None:
    np.testing.assert_array_equal(
        worth(column("h", t - 1)), worth(column("h", t), {"T": LAST, "t": TIMES - 1})
    )
    jacobian = make.partial(column("h", t), column("h", j - 1))
    found = worth(jacobian, {"t": TIMES, "j": 2})
    np.testing.assert_array_equal(found, worth(make.partial(column("h", t), column("h", at(1)))))
    assert letters_of(make.sum_over(column("h", j), "j", at(1), last - 1)) == {"T"}
    with pytest.raises(KeyError, match="j"):
        worth(column("h", j))


def test_a_shared_part_is_computed_once() -> None:
    asked: list[Var | Slope] = []

    class Counting(Table):
        def of(self, leaf: Var | Slope, times: Times | None) -> Array:
            asked.append(leaf)
            return super().of(leaf, times)

    worth(make.add(make.matmul(W, a), make.times(a, make.fn("tanh", a))), values=Counting())
    assert sorted(leaf.name for leaf in asked if isinstance(leaf, Var)) == ["W", "a"]


def test_complex_numbers_go_through() -> None:
    """The series of exp(W) for a complex W, against its eigenvalues: nothing drops an imaginary part."""
    node: Node = make.eye("h")
    term: Node = make.eye("h")
    for n in range(1, 40):
        term = make.times(make.fill(Fraction(1, n)), make.matmul(term, W))
        node = make.add(node, term)
    values = Table(complex_ones=True)
    found = worth(node, values=values)
    assert np.iscomplexobj(found)
    roots, vectors = np.linalg.eig(values.table(W)[1])
    np.testing.assert_allclose(found[1, 0], vectors * np.exp(roots) @ np.linalg.inv(vectors), rtol=1e-9)


def test_frames_are_what_folds_say() -> None:
    """A sum asks for its body at all indices at once, and no letters that the body does not use."""
    frames: list[Frame] = []

    class Watching(Table):
        def of(self, leaf: Var | Slope, times: Times | None) -> Array:
            if times is not None:
                frames.append({leaf.name if isinstance(leaf, Var) else "": times})
            return super().of(leaf, times)

    worth(make.sum_over(column("h", j), "j", at(1), last), values=Watching())
    assert [frame["h"].tolist() for frame in frames] == [[1, 2, 3, 4, 5]]
