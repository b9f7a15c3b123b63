"""What a search result shows reads truly: formulas in Unicode, no Markdown, never cut in the midst."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.bank import Bank
from content.clock import Moment
from content.readable import TIED, readable
from content.readable_maths import readable_maths
from content.search_snippet import MATCH, snippet, wanted


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\sigma\left(W_f[h_{t-1},\,x_t]+b_f\right)", "σ(W_f[hₜ₋₁, xₜ] + b_f)"),
        (r"\theta\leftarrow\theta-\eta\nabla J(\theta)", "θ ← θ − η∇J(θ)"),
        (r"|w|<1", "|w| < 1"),
        (r"1-\tanh^2 z", "1 − tanh² z"),
        (r"(-1,1)", "(−1, 1)"),
        (r"\frac{\partial L}{\partial W}=\sum_{t=1}^{T}\frac1n\,x_tW", "∂L/∂W = ∑ₜ₌₁ᵀ (1/n) xₜ W"),
        (r"\frac{a+b}{2c}", "(a + b)/(2c)"),
        (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
        (r"\frac{a}{b}^2", "(a/b)²"),
        (r"-|x-y|-|-z|", "−|x − y| − |−z|"),
        (r"\hat y^{\langle t\rangle}\approx1{,}000", "ŷ^⟨t⟩ ≈ 1,000"),
        (r"e^{z_i}/\sqrt{d_k+\epsilon}", "e^(zᵢ)/√(dₖ + ε)"),
        (r"\begin{bmatrix}1&-2\\3&4\end{bmatrix}x", "[1, −2; 3, 4]x"),
        (r"\Theta(n\log n)\subseteq\{f\}", "Θ(n log n) ⊆ {f}"),
        (r"x^10, \sqrt2, <<n>>\cdot<<m:()>>", "x¹ 0, √2, □ · □"),
        (r"P(\text{rain}\mid a), \mathbb{R}^{d\times h}, \binom{n}{k}", "P(rain | a), ℝ^(d×h), C(n, k)"),
        (r"W^{\top}h'_t \odot f'(x)", "Wᵀ h′ₜ ⊙ f′(x)"),
    ],
)
def test_a_formula_reads_as_it_is_meant(latex: str, text: str) -> None:
    assert readable_maths(latex).replace("y\u0302", "ŷ") == text


def test_a_note_reads_as_it_is_meant() -> None:
    note = (
        "All of it.\n\n## The idea\n\nA **big** $w_1$ and `a = {}`:\n\n- [one](topic:x), \\$5\n\n> quoted\n\n"
    )
    note += "| a | b |\n|---|---|\n| $|x|$ | 3 * 4 |\n\n```python\nfor i in x:\n    go(<<n>>)\n```\n"
    shown = "All of it. The idea: A big w₁ and a = {}: • one, $5 quoted a · b |x| · 3 * 4 for i in x: go(□)"
    assert readable(note).replace(TIED, " ") == shown


@given(st.text(alphabet="\\{}[]_^&$ab1 -+=|'<>.,;~", max_size=40) | st.text(max_size=30))
def test_anything_is_read(latex: str) -> None:
    assert "\n" not in readable_maths(latex.replace("\n", " "))


@given(
    st.lists(st.sampled_from(["zebra", "a", "the okapi", "x = 1 + 2".replace(" ", TIED)]), max_size=90),
    st.sampled_from(['"zebra"*', '"okapi" OR "z"', '"1 2"', '"none"']),
)
def test_a_snippet_is_whole_words_of_the_text(words: list[str], forms: str) -> None:
    shown = " ".join(words)
    cut = snippet(shown, wanted(forms))
    bare = cut.replace(MATCH[0], "").replace(MATCH[1], "")
    inner = bare.removeprefix("…").removesuffix("…")
    assert f" {inner} " in f" {shown} ".replace(TIED, " ")
    assert inner.count("x =") == inner.count("x = 1 + 2")
    assert len(bare) < 150
    if "zebra" in shown and "zebra" in forms:
        assert f"{MATCH[0]}zebra{MATCH[1]}" in cut
    assert cut.count(MATCH[0]) == cut.count(MATCH[1])


@pytest.mark.parametrize(
    ("forms", "shown", "marked"),
    [
        ('"sigma"*', "it is σ(x)", "it is <σ>(x)"),
        ('"h_t"*', "so hₜ₋₁ is old", "so <hₜ₋₁> is old"),
        ('"h"', "so hₜ and h", "so hₜ and <h>"),
        ('"1 z"', "1 − z, z − 1", "<1 − z>, z − 1"),
        ('"h_ t 1"', "hₜ₋₁ and (1)", "<hₜ₋₁> and (1)"),
        ('"forget"* OR "for"', "Forgetful for", "<Forgetful> <for>"),
        ('"gate"*', "to delegate a gate", "to delegate a <gate>"),
    ],
)
def test_what_was_asked_is_marked(forms: str, shown: str, marked: str) -> None:
    cut = snippet(shown, wanted(forms))
    assert cut.replace(MATCH[0], "<").replace(MATCH[1], ">") == marked


def test_the_place_with_most_of_the_words_is_shown() -> None:
    shown = "A zebra alone. " + "Much else stands here. " * 20 + "A zebra and an okapi."
    assert snippet(shown, wanted('"zebra"* OR "okapi"*')).endswith(
        f"{MATCH[0]}zebra{MATCH[1]} and an {MATCH[0]}okapi{MATCH[1]}."
    )


def test_other_names_are_found_but_not_shown(course: Any, opened: Callable[[], Bank]) -> None:
    course.glossary["basics"] = [
        {"id": "okapi", "term": "okapi", "also": ["mondonga"], "says": "It is $w<1$.", "topic": "loops"}
    ]
    course.write()
    assert opened().search("mondonga")[0].snippet == "It is w < 1."


def test_symbols_typed_as_one_are_one(course: Any, opened: Callable[[], Bank]) -> None:
    course.cards["gates"][0]["back"] = "It is $1-z$."
    course.cards["gates"][1]["back"] = "Here $z$ is at most $1$."
    course.write()
    bank = opened()
    for words in ("1-z", "1 - z", "1−z"):
        assert [hit.id for hit in bank.search(words)] == ["gates-1"]
    assert len(bank.search("1 z")) == 3  # a 1 or a z
    assert {hit.id for hit in bank.search("z-1")} >= {"gates-1", "gates-2"}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    path: Path = tmp_path_factory.mktemp("bank") / "bank.db"
    bank = Bank.open(path, Moment(1_795_435_200_000))
    yield bank
    bank.close()


def test_no_snippet_of_the_course_shows_markup(shipped: Bank) -> None:
    """Braces are those of sets and of code: none follows a letter or hangs above or below."""
    queries = [word for topic in shipped.topics() for word in (topic.title, topic.id, topic.summary)]
    queries += ["σ", "W_f", "h_t", "1-z", "tanh", "theta", "sum", "partial", "softmax", "for range", "a b"]
    assert len(queries) >= 200
    snippets = [hit.snippet for query in queries for hit in shipped.search(query)]
    assert len(snippets) > 5000
    assert not [said for said in snippets if re.search(r"##|\$|\\|<<|[\w^]\{", said)]


def test_snippets_of_the_course_keep_their_signs(shipped: Bank) -> None:
    def shown(words: str, item: str) -> str:
        text = next(hit.snippet for hit in shipped.search(words) if hit.id == item)
        return text.replace(MATCH[0], "").replace(MATCH[1], "")

    assert "θ ← θ − η∇J(θ)" in shown("gradient descent", "gradient-descent")
    assert "σ(W_f[hₜ₋₁, xₜ] + b_f)" in shown("W_f", "forget-gate")
