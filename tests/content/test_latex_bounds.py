"""However large a formula is or becomes, it is refused in a sentence, soon, and never by a traceback."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from content.checking.chains import broken_in
from content.checking.explained import Shown
from content.latex import meaning
from content.latex.cursor import Names, Unread
from content.latex.meaning import Meaning
from content.latex.reading import read
from content.latex.tokens import tokens
from content.worked.drawing import drawn
from content.worked.evaluate import Value, evaluate
from content.worked.reading import WorkedError

_SECONDS = 5  # each takes some hundredths


def _late(*_: object) -> None:
    raise TimeoutError


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """Ends what would run for ever."""
    before = signal.signal(signal.SIGALRM, _late)
    signal.alarm(_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def value(latex: str) -> Value:
    return Meaning({}, {}).value(read(tokens(latex), Names()))


@pytest.mark.parametrize(
    ("latex", "sentence"),
    [
        (r"9^{9^{9^{9}}}", "more than 4000 bits"),
        (r"\sum_{i=1}^{9999}\sum_{j=1}^{9999} 1", "more than 10000 terms are not summed"),
        (r"\sum_{i=1}^{9999} i+\sum_{j=1}^{9999} j", "more than 10000 terms are not summed"),
        (r"\prod_{i=1}^{9999} 10^{1000}", "more than 4000 bits"),
        ("10^{400}", "the result is too large"),
        (r"10^{1000}\cdot 10^{1000}", "more than 4000 bits"),
        ("99999999!", "whole number from 0 to 500"),
        (r"(-2)^{0.5}", "complex"),
        (r"\sqrt" * 3000 + "2", "a side of 3001 signs is not read"),
        (r"\sqrt" * 300 + "2", "pieces inside each other"),
        (r"\tanh" * 300 + "2", "pieces inside each other"),
        ("1+" * 3000 + "1", "a side of 6001 signs is not read"),
        ("1" + "!" * 490, "cannot be computed: maximum recursion"),
        ("9" * 5000, "a number of 5000 digits is not read"),
        (r"\frac{1}{0}", "divided by 0"),
        (r"5\bmod 0", "divided by 0"),
        (r"[1,2]/0", "divided by 0"),
        (r"[1,2]\oslash[0,1]", "not finite"),
    ],
)
def test_what_is_too_large_is_refused(latex: str, sentence: str) -> None:
    with pytest.raises((Unread, WorkedError)) as refusal:
        value(latex)
    assert sentence in str(refusal.value)
    assert list(broken_in(Shown("f", "i", f"${latex} = 1$"))) == []


def test_what_is_just_small_enough_is_computed() -> None:
    assert value(r"\sum_{i=1}^{99}\sum_{j=1}^{99} 1") == 99 * 99
    assert value("10^{300}") == 10**300
    assert value("1+" * 200 + "1") == 201


def test_a_value_begins_to_count_its_terms_anew() -> None:
    once = Meaning({}, {})
    node = read(tokens(r"\sum_{i=1}^{6000} 1"), Names())
    assert [once.value(node), once.value(node)] == [6000, 6000]


def test_an_alarm_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "joined", _late)
    with pytest.raises(TimeoutError):
        value("1+1")


@pytest.mark.parametrize("kind", ["[120000, 500000]", "unit [20001]", "1..99999999999999999999"])
def test_what_is_drawn_has_a_bound(kind: str) -> None:
    with pytest.raises(WorkedError, match=r"entries; at most 20000|goes beyond 1000000000"):
        list(drawn("x", {"W": kind}))


def test_a_number_of_a_note_that_no_float_holds_is_refused() -> None:
    with pytest.raises(WorkedError, match="too large; it has to stay below"):
        evaluate("10 ** 400", {})
