"""The many ways in which students write one and the same recurrence, and what is read back from print."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import FormulaError
from engine.symbolic.evaluate import Number, evaluate
from engine.symbolic.expr import Add, Big, Div, Expr, Mul, Neg, Num, Sym, Term, children, num, swap, walk
from engine.symbolic.parser import RecurrenceInput, parse_recurrence
from engine.symbolic.plain import plain

HALVES = "T(n) = 2 T(n/2) + n"
DOUBLES = "T(n) = 2 T(n - 1) + 1"
LINEAR = "a(n) = 3 a(n - 1) - 2 a(n - 2)"


def told(text: str) -> tuple[str, list[tuple[int, Fraction]], int | None, str]:
    """What was understood: equation, first values, where it begins, and how vague it is."""
    found = parse_recurrence(text)
    equation = f"{plain(found.left)} = {plain(found.right)}"
    return equation, [(base.index, base.value) for base in found.bases], found.first, found.vague


@pytest.mark.parametrize(
    "text",
    [
        "T(n) = 2T(n/2) + n",
        "$T(n) = 2T(n/2) + n$.",
        "$$T(n)=2T(n/2)+n$$",
        r"\(T(n) = 2T(n/2) + n\).",
        r"\[ T(n) = 2\,T\left(\frac{n}{2}\right) + n \]",
        r"T(n) = 2 \cdot T(\frac n2) + n",
        "T(n) = 2*T(n / 2) + n",
        "T(n) = 2 × T(n ÷ 2) + n",
        "T(n) := 2T(n/2) + n",
        "𝑇(𝑛) = 2𝑇(𝑛/2) + 𝑛",
        "T（n） = ２T（n／2）＋n",
        "\ufeffT(n)\u00a0=\u20092T(n/2)\u200b + n",
        "Solve the recurrence T(n) = 2T(n/2) + n.",
        "T(n) - 2T(n/2) = n",
        "T(n) - 2T(n/2) - n = 0",
        "2T(n/2) + n = T(n)",
        "T(n) =\n 2T(n/2)\n + n",
        r"\begin{align*} T(n) &= 2T(n/2) \\ &+ n \end{align*}",
        "T(n) = 2T(n/2) + n, where n is a power of 2",
        "T(n) = 2T(n/2) + n for n = 2^k",
        "T(n) ∈ 2T(n/2) + n",
    ],
)
def test_one_recurrence_in_many_hands(text: str) -> None:
    assert told(text) == (HALVES, [], None, "")


@pytest.mark.parametrize(
    "text",
    [
        r"T(n) = \begin{cases} 1 & n = 1 \\ 2T(n/2)+n & n>1 \end{cases}",
        r"T(n) = \begin{cases} 1 & \text{if } n = 1, \\[2pt] 2T(n/2)+n & \text{otherwise.} \end{cases}",
        "T(n) = { 1 if n = 1; 2T(n/2)+n otherwise",
        "T(n) = { 1, n = 1; 2T(n/2)+n, n > 1 }",
        "T(n) = { 2T(n/2)+n, n >= 2\n 1, n = 1 }",
        "T(n) = 1 if n = 1, 2T(n/2) + n if n > 1",
        "T(n) = 1 if n == 1 else 2*T(n/2) + n",
        "T(n) = 2T(n/2) + n for n > 1, T(1) = 1",
        "T(n) = 2T(n/2) + n (n > 1), T(1) = 1",
        "T(n) = 2T(n/2) + n (for all n ≥ 2) and T(1) = 1",
        "T(1) = 1; for n > 1: T(n) = 2T(n/2) + n",
        "For n ≥ 2, T(n) = 2T(n/2) + n, and T(1) = 1",
        "T(n) = 2T(n/2) + n, n > 1\nT(1) = 1",
        "T(n) = 2T(n/2) + n for n = 2, 3, 4, ..., T(1) = 1",
        "T(n) = 1, if n = 1. T(n) = 2T(n/2) + n, if 1 < n.",
        r"T(n) = \begin{cases} 1 & : n = 1 \\ 2T(n/2)+n & : n>1 \end{cases}",
        "T(n) = 2T(n/2) + n for all n in N, n >= 2, T(1) = 1",
        "T(n) = 2T(n/2) + n (n ≥ 2) T(1) = 1",
    ],
)
def test_first_values_in_many_places(text: str) -> None:
    assert told(text) == (HALVES, [(1, Fraction(1))], 2, "")


@pytest.mark.parametrize(
    "text",
    [
        "a_n = 3a_{n-1} - 2a_{n-2}, a_0 = 2, a_1 = 7",
        "aₙ = 3aₙ₋₁ − 2aₙ₋₂; a₀ = 2; a₁ = 7",
        "a0 = 2, a1 = 7, a(n) = 3a(n-1) - 2a(n-2)",
        "a[n] = 3a[n-1] - 2a[n-2], a[0] = 2, a[1] = 7",
        "a_n - 3a_{n-1} + 2a_{n-2} = 0 with a_0 = 2 and a_1 = 7",
        "a_{n} = 3 a_{n - 1} - 2 a_{n - 2}\na_{0} = 2\na_{1} = 7",
    ],
)
def test_indices_are_places(text: str) -> None:
    assert told(text) == (LINEAR, [(0, Fraction(2)), (1, Fraction(7))], None, "")


HISTORY = "T(n) = sum over i = 0 .. n - 1 of T(i)"


@pytest.mark.parametrize(
    "text",
    [
        r"T(n) = \sum_{i=0}^{n-1} T(i)",
        r"T(n) = \sum\limits_{i=0}^{n-1}{T(i)}",
        r"T(n) = \sum_{0 \le i < n} T(i)",
        "T(n) = ∑_{i=0}^{n-1} T(i)",
        "T(n) = sum_{i=0}^{n-1} T(i)",
        "T(n) = sum_{i=0..n-1} T(i)",
        "T(n) = sum(T(i), i, 0, n-1)",
        "T(n) = Sum(T(i), (i, 0, n-1))",
        "T(n) = sum(T(i), i=0..n-1)",
        "T(n) = sum(T(i) for i in range(n))",
        "T(n) = sum(T(i) for i in range(0, n))",
        "T(n) = sum from i=0 to n-1 of T(i)",
        "T(n) = sum(i=0 to n-1) T(i)",
        "T(n) = sum of T(i) for i = 0 to n-1",
        "T(n) = T(0) + T(1) + ... + T(n-1)",
        "T(n) = T(0) + … + T(n-2) + T(n-1)",
        r"T(n) = T(n-1) + T(n-2) + \cdots + T(1) + T(0)",
    ],
)
def test_sums_over_all_that_came_before(text: str) -> None:
    assert told(text)[0] == HISTORY


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("n + T(0) + T(1) + ... + T(n-1)", "n + sum over i = 0 .. n - 1 of T(i)"),
        ("2T(1) + 2T(2) + ... + 2T(n-1)", "sum over i = 1 .. n - 1 of 2 T(i)"),
        ("T(n-1) + 1 + 1/2 + ... + 1/n", "T(n - 1) + 1 + sum over i = 2 .. n of 1/i"),
        ("T(n-1) + 1^2 + 2^2 + ... + n^2", "T(n - 1) + sum over i = 1 .. n of i^2"),
        ("T(n-1) + n + (n-1) + ... + 1", "T(n - 1) + sum over i = 1 .. n of i"),
        ("2/n * sum_{k=1}^{n-1} T(k) + n", "2/n sum over k = 1 .. n - 1 of T(k) + n"),
        ("T(n//2) + |n| + n mod 2", "T(floor(n/2)) + |n| + mod(n, 2)"),
        ("T(⌊n/2⌋) + T(⌈n/2⌉)", "T(floor(n/2)) + T(ceil(n/2))"),
        ("√n T(√n) + log* n", "sqrt(n) T(sqrt(n)) + log* n"),
        ("nT(n-1) + nlogn + lglgn", "n T(n - 1) + n log_2 n + log_2 (log_2 n)"),
        (r"T(n-1) + \log_2^2 n + \ln n", "T(n - 1) + (log_2 n)^2 + ln n"),
        ("T(n-1) + log^{3/2} n + log_e n", "T(n - 1) + (log_2 n)^(3/2) + ln n"),
        ("T(n-1) + H_n + H(n-1)", "T(n - 1) + H_n + H_(n - 1)"),
        (r"T(n-1) + \binom{n}{2} + n choose 2", "T(n - 1) + binomial(n, 2) + binomial(n, 2)"),
        ("T(n-1) + e^{2n} + exp(n) + ½", "T(n - 1) + e^(2 n) + e^n + 1/2"),
        ("T(n-1) + max(n, 5) + \\min(n, 2, 3)", "T(n - 1) + max(n, 5) + min(min(n, 2), 3)"),
        ("2T(n-1) + n2^n", "2 T(n - 1) + n * 2^n"),
        ("T(n/4) + T(3n/4) + cos(n) sin n", "T(n/4) + T(3 n/4) + cos(n) sin(n)"),
    ],
)
def test_right_sides(text: str, right: str) -> None:
    assert told(f"T(n) = {text}")[0] == f"T(n) = {right}"


@pytest.mark.parametrize(
    ("text", "right", "vague"),
    [
        ("2T(n/2) + Θ(n)", "2 T(n/2) + Θ(n)", "Theta"),
        (r"2T(n/2) + \mathcal{O}(n)", "2 T(n/2) + O(n)", "O"),
        (r"2T(n/2) + \Theta(n \log n) + O(1)", "2 T(n/2) + Θ(n log_2 n) + O(1)", "O"),
        ("T(n/2) + o(n)", "T(n/2) + o(n)", "o"),
        ("T(n/2) + Ω(n)", "T(n/2) + Ω(n)", "Omega"),
        ("T(n/2) + c", "T(n/2) + Θ(1)", "Theta"),
        ("2T(n/2) + cn + d", "2 T(n/2) + Θ(n) + Θ(1)", "Theta"),
        ("2T(n/2) + c_1 n log n", "2 T(n/2) + Θ(n log_2 n)", "Theta"),
        ("2T(n/2) + n/c + (cn)^2", "2 T(n/2) + Θ(n) + Θ(n^2)", "Theta"),
        ("2(T(n/2) + c)", "2 (T(n/2) + Θ(1))", "Theta"),
        ("T(n/2) + log_b n", "T(n/2) + Θ(log_2 n)", "Theta"),
        ("T(n-1) + n O(1)", "T(n - 1) + O(n)", "O"),
        ("T(n/2) + c, where c > 0 is a constant", "T(n/2) + Θ(1)", "Theta"),
        ("T(n/2) + c for some constant c", "T(n/2) + Θ(1)", "Theta"),
    ],
)
def test_what_is_known_only_by_its_class(text: str, right: str, vague: str) -> None:
    assert told(f"T(n) = {text}") == (f"T(n) = {right}", [], None, vague)


def test_a_constant_as_first_value_leaves_the_class() -> None:
    for value in ("Θ(1)", "O(1)", "c", "a"):
        found = parse_recurrence(f"T(n) = 2T(n/2) + n, T(1) = {value}")
        assert (found.bases, found.unknown, found.vague) == ((), (1,), "Theta")
        assert "T(1)" in found.notes[0][1] if value in "ca" else found.notes
        assert r"\Theta(1)" in found.latex


def test_first_values_somewhere_leave_the_class() -> None:
    found = parse_recurrence("T(n) = Θ(1) for n ≤ n_0, T(n) = 2T(n/2) + n for n > n_0")
    assert (found.bases, found.first, found.vague) == ((), None, "Theta")
    assert "only the class" in found.notes[0][1]


def test_a_multiple_on_the_left_is_divided_away() -> None:
    assert told("T(2n) = 2T(n) + 2n")[0] == "T(n) = 2 T(n/2) + 2 (n/2)"


def test_an_inequality_leaves_a_bound() -> None:
    found = parse_recurrence(r"T(n) \le T(n/5) + T(7n/10) + n")
    assert found.vague == "O"
    assert r"\le" in found.latex
    assert parse_recurrence("T(n) >= 2T(n/2) + n").vague == "Omega"
    assert r"\le " not in parse_recurrence("T(n) = 2T(n/2) + O(n)").latex


def test_letters_are_told_as_constants_and_echoed_as_typed() -> None:
    found = parse_recurrence("T(n) = T(n/2) + c")
    assert found.notes[0][0] == "c"
    assert found.latex.endswith("+ c")


def test_an_equation_is_solved_for_its_latest_term() -> None:
    found = parse_recurrence("nT(n) = (n+1)T(n-1) + 2n, T(0)=0")
    assert plain(found.right) == "((n + 1) T(n - 1) + 2 n)/n"
    second = parse_recurrence("2a_{n+2} + 4a_n = 6a_{n+1}")
    assert (second.ahead, plain(second.right)) == (2, "(-4 a(n) + 6 a(n + 1))/2")


class Places:
    """Letters and terms of a sequence as a table."""

    def __init__(self, n: int, terms: dict[int, Fraction]) -> None:
        self._n, self._terms = n, terms

    def letter(self, leaf: Sym) -> Fraction:
        assert leaf.name == "n"
        return Fraction(self._n)

    def term(self, place: Number) -> Fraction:
        return self._terms[int(place)]


NONZERO = st.integers(-4, 4).filter(bool)


@settings(max_examples=100, deadline=None)
@given(NONZERO, NONZERO, NONZERO, st.integers(0, 3), st.integers(2, 5))
def test_what_is_solved_fulfils_the_equation(a: int, b: int, c: int, left: int, n: int) -> None:
    """Each summand stands left or right of the sign by `left`; the table is filled by hand."""
    first, second = (f"+ ({b})T(n-1)", "") if left & 1 else ("", f"- ({b})T(n-1)")
    third, fourth = (f"- ({c})n^2", "") if left & 2 else ("", f"+ ({c})n^2")
    found = parse_recurrence(f"({a}) T(n) {first} {third} = 5 {second} {fourth}")
    before = Fraction(7, 3)
    expected = (5 - b * before + c * n**2) / Fraction(a)
    assert evaluate(found.right, Places(n, {n - 1: before})) == expected


# --- print and read again ------------------------------------------------------------------


def _same_shape(expr: Expr) -> Expr:
    """Without what print cannot show: how numbers were typed, a bracket in a longer sum or product,
    and to which part of a product, quotient or sum its sign belongs: it goes to the front of the whole."""

    def change(part: Expr) -> Expr | None:  # noqa: PLR0911 - one case a node
        match part:
            case Num(value) if value < 0:
                return Neg(_same_shape(Num(-value)))
            case Num(value) if value.denominator > 1:
                return Div(num(value.numerator), num(value.denominator))
            case Neg(body):
                inner = _same_shape(body)
                return inner.body if isinstance(inner, Neg) else Neg(inner)
            case Add(parts):
                return Add(tuple(each for one in map(_same_shape, parts) for each in _terms(one)))
            case Mul(parts):
                signs, plain_parts = _unsigned(map(_same_shape, parts))
                return _signed(signs, Mul(tuple(each for one in plain_parts for each in _factors(one))))
            case Div(above, below):
                signs, (first, second) = _unsigned(map(_same_shape, (above, below)))
                return _signed(signs, Div(first, second))
            case Big("sum", body, index, low, high):
                signs, (inner,) = _unsigned([_same_shape(body)])
                return _signed(signs, Big("sum", inner, index, _same_shape(low), _same_shape(high)))
            case Term(name, place):
                return Term(name, _same_shape(place))
            case _:
                return None

    return swap(expr, change)


def _unsigned(parts: Iterable[Expr]) -> tuple[int, list[Expr]]:
    """How many of them have a sign in front, and all of them without."""
    found = list(parts)
    return sum(isinstance(one, Neg) for one in found), [
        one.body if isinstance(one, Neg) else one for one in found
    ]


def _signed(signs: int, expr: Expr) -> Expr:
    return Neg(expr) if signs % 2 else expr


def _terms(expr: Expr) -> tuple[Expr, ...]:
    return expr.terms if isinstance(expr, Add) else (expr,)


def _factors(expr: Expr) -> tuple[Expr, ...]:
    return expr.factors if isinstance(expr, Mul) else (expr,)


def _reread(found: RecurrenceInput) -> Expr:
    return parse_recurrence(f"{plain(found.left)} = {plain(found.right)}").right


PIECES = st.sampled_from(
    [
        *(
            "T(n-1)",
            "T(n/2)",
            "n",
            "2",
            "1/2",
            "0.5",
            "log n",
            "log_3^2 n",
            "sqrt(n)",
            "n!",
            "H_n",
            "e^n",
            "2^n",
        ),
        *(
            "(n+1)",
            "(n-1)",
            "⌊n/2⌋",
            "|n|",
            "lg lg n",
            "log* n",
            "max(n,2)",
            "binom(n,2)",
            "n^{3/2}",
            "(-1)^n",
        ),
        *(
            "sum_{i=0}^{n-1} T(i)",
            "sum_{i=1}^n i",
            "(T(n-1)+1)",
            "(n/2)",
            "-n",
            "mod(n, 2)",
            "Θ(n)",
            "cos(n)",
            "(1/n)",
        ),
    ]
)
SIGNS = st.sampled_from(["+", "-", "*", "/", " ", "^"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(PIECES, SIGNS), min_size=1, max_size=6), PIECES)
def test_print_is_read_as_the_same_tree(pairs: list[tuple[str, str]], last: str) -> None:
    text = "T(n) = T(n-1) + " + "".join(piece + sign for piece, sign in pairs) + last
    try:
        found = parse_recurrence(text)
    except FormulaError as error:
        assert 0 <= error.column <= len(text)
        return
    assert _same_shape(_reread(found)) == _same_shape(found.right)


WORDS = st.sampled_from(
    [
        *(
            "T(n)",
            "T(n-1)",
            "a_n",
            "a_{n-1}",
            "=",
            "+",
            "-",
            "*",
            "/",
            "^",
            "(",
            ")",
            "{",
            "}",
            "&",
            "\\\\",
            ",",
            ";",
        ),
        *(
            "\n",
            "if",
            "for",
            "otherwise",
            "else",
            "n",
            "n > 1",
            "n = 1",
            "1",
            "T(0)",
            "T(1)",
            "...",
            "\\sum_",
            "sum",
        ),
        *(
            "i",
            "=0",
            "from",
            "to",
            "of",
            "range",
            "in",
            "log",
            "*",
            "c",
            "Θ(1)",
            "O(n)",
            "\\begin{cases}",
            "and",
        ),
        *(
            "\\end{cases}",
            "\\frac",
            "\\text{if }",
            "is",
            "a power of 2",
            "<=",
            ">=",
            "½",
            "₀",
            "ⁿ",
            "|",
            "//",
            "e",
            "H_",
        ),
    ]
)


@settings(max_examples=1000, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_any_heap_of_pieces_is_read_or_refused(words: list[str]) -> None:
    for text in (" ".join(words), "T(n) = " + "".join(words)):
        try:
            found = parse_recurrence(text)
        except FormulaError as error:
            assert 0 <= error.column <= len(text)
            assert error.reason
        else:
            assert any(isinstance(part, Term) for part in walk(found.right))
            assert all(children(part) is not None for part in walk(found.right))
