"""What learners type as a number: read as they mean it, asked back when it could mean two things."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.number_input import NotANumber, read_number
from tests.counted import counted

READ = {
    "0.5": 0.5,
    ".5": 0.5,
    "5.": 5.0,
    "1/2": 0.5,
    "1 / 2": 0.5,
    "-1/-2": 0.5,
    ".5/2": 0.25,
    "5e-1": 0.5,
    "5E-1": 0.5,
    "+5e+2": 500.0,
    "−3": -3.0,
    "–3": -3.0,
    "- 3": -3.0,
    "1⁄4": 0.25,
    "1,5": 1.5,
    "0,125": 0.125,
    "-0,125": -0.125,
    "12,3456": 12.3456,
    "1 225": 1225.0,
    "16\u00a0000\u202f000": 16_000_000.0,
    "1,234,567": 1234567.0,
    "1,234.5": 1234.5,
    "1.234,5": 1234.5,
    "1.225.000": 1225000.0,
    "5*10^-1": 0.5,
    "4.1 × 10^(10)": 4.1e10,
    "4,1·10^10": 4.1e10,
    "= 0.5": 0.5,
    "≈0.5": 0.5,
    "  7\t": 7.0,
    "140 bytes": 140.0,
    "140Bytes": 140.0,
    "1e308": 1e308,
}
REFUSED = {
    "": "no number yet",
    "   ": "no number yet",
    "bytes": "no number yet",
    "half": "Type one number",
    "1,225": "could mean 1.225 or 1225",
    "1/0": "divided by zero",
    "1e999": "too large",
    "1e99999999999999999999999": "too large",
    "1e300/1e-300": "too large",
    "1e-999": "too close to zero",
    "nan": "Type one number",
    "inf": "Type one number",
    "-Infinity": "Type one number",
    "1/2/3": "Type one number",
    "1 2": "Type one number",
    "12 34": "Type one number",
    "1.2.3": "Type one number",
    "1,2,3": "Type one number",
    "1,234,56": "Type one number",
    "12,345.678.9": "Type one number",
    "0x10": "Type one number",
    "1_000": "Type one number",
    "1e": "Type one number",
    "2^10": "Type one number",
    "10^3": "Type one number",
    "1e2*10^3": "Type one number",
    "½": "Type one number",
    "٣": "Type one number",
    "9**9**9": "Type one number",
    "__import__('os').system('touch pwned')": "Type one number",
    "(" * 10_000: "10000 characters long",
    "9" * 10_000: "10000 characters long",
    "x\0y": "Type one number",
}


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_read(text: str, value: float) -> None:
    assert read_number(text, "bytes") == value


@pytest.mark.parametrize(("text", "words"), REFUSED.items(), ids=lambda t: t[:20])
def test_refused(text: str, words: str) -> None:
    with pytest.raises(NotANumber, match=words) as caught, counted(most=2_000):  # none takes over 500
        read_number(text, "bytes")
    assert str(caught.value).endswith(".")
    assert not Path("pwned").exists()


@given(st.text(st.sampled_from("0123456789.,-+eE/*^() ×−'_xj%"), max_size=70) | st.text(max_size=70))
@example("1" * 60)
@example("1 " * 30)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = read_number(text)
    except NotANumber as refusal:
        assert str(refusal)
    else:
        assert -float("inf") < value < float("inf")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_pythons_own_numbers_are_read_exactly(value: float) -> None:
    assert read_number(repr(value)) == value


@given(st.integers(-999, 999), st.integers(1, 999), st.sampled_from(["{}/{}", "{} / {}", "{}⁄{}"]))
def test_fractions_are_what_fractions_say(above: int, below: int, form: str) -> None:
    assert read_number(form.format(above, below)) == pytest.approx(float(Fraction(above, below)), rel=1e-15)


@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from(["{:,}", "{:,}.{:02}"]))
def test_groups_of_three(whole: int, part: int, form: str) -> None:
    text = form.format(whole, part)
    spaced = text.replace(",", " ")
    expected = Fraction(whole) + (Fraction(part, 100) if "." in text else 0)
    assert read_number(spaced) == float(expected)
    if text.count(",") > 1 or "." in text:
        assert read_number(text) == float(expected)
