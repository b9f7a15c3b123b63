"""Number words to digits, and dates as people write them to ISO dates: pairs that never run out."""

from __future__ import annotations

import string
from datetime import date

import numpy as np

from engine.tasks.pairs import Pair, Pairing

# fmt: off
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on
FIRST_YEAR, LAST_YEAR = 1950, 2049  # a hundred years, so that two digits of a year say which


def spelt(number: int) -> list[str]:
    """0 .. 9999 in English words, as in Britain ("three hundred and five"), without hyphens."""
    if number < 20:
        return [ONES[number]]
    if number < 100:
        return [TENS[number // 10 - 2], *(spelt(number % 10) if number % 10 else [])]
    size, unit = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % size
    joint = ["and"] if 0 < rest < 100 else []
    return [*spelt(number // size), unit, *joint, *(spelt(rest) if rest else [])]


def _numbers(rng: np.random.Generator, size: int) -> list[Pair]:
    """First how many digits, then which: else nine of ten would have four."""
    digits = rng.integers(1, 5, size)
    numbers = rng.integers(np.where(digits == 1, 0, 10 ** (digits - 1)), 10**digits)
    return [(spelt(int(number)), str(number)) for number in numbers]


NUMBERS = Pairing(
    source=(*ONES, *TENS, "hundred", "thousand", "and"),
    target=tuple(string.digits),
    longest=(7, 4),
    draw=_numbers,
    joint=" ",
)


def written(day: date, style: int) -> str:
    """`day` in one of the eight `STYLES`; with numbers alone the day comes before the month."""
    month = MONTHS[day.month - 1]
    return STYLES[style].format(
        d=day.day, m=day.month, y=day.year % 100, Y=day.year, Month=month, Mon=month[:3]
    )


STYLES = (
    "{d} {Month} {Y}",
    "{Month} {d}, {Y}",
    "{d} {Mon} {Y}",
    "{Mon} {d}, {y:02}",
    "{d}-{Mon}-{y:02}",
    "{d:02}/{m:02}/{Y}",
    "{d}.{m}.{Y}",
    "{d:02}.{m:02}.{y:02}",
)


def _dates(rng: np.random.Generator, size: int) -> list[Pair]:
    first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    days = [date.fromordinal(int(number)) for number in rng.integers(first, last + 1, size)]
    styles = rng.integers(0, len(STYLES), size)
    return [(written(day, style), day.isoformat()) for day, style in zip(days, styles, strict=True)]


DATES = Pairing(
    source=(*string.digits, *" ,-./", *sorted(set("".join(MONTHS)))),
    target=(*string.digits, "-"),
    longest=(18, 10),  # "September 25, 2021" and "2021-09-25"
    draw=_dates,
)
