"""A number as a learner types it -> float, or a plain sentence. Nothing is evaluated.

Taken: `0.5` `.5` `1/2` `5e-1` `5*10^-1` `−3` (any minus sign), `1 225` and `1,234.5` with groups of
three, `0,5` with a decimal comma. `1,225` could mean two numbers and is asked back. Knows no question.
"""

from __future__ import annotations

import math
import re

LONGEST = 60

_EXAMPLES = "Type one number, such as 0.5, 1/2, 5e-1 or -3."
_SAME = str.maketrans(
    {
        **dict.fromkeys("−–—‐‑‒﹣－", "-"),
        **dict.fromkeys("⁄∕", "/"),
        **dict.fromkeys("×·⋅∙", "*"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "),
    }
)
_DIGITS = r"[0-9][0-9.,]*|[.,][0-9]+"
_NUMBER = re.compile(rf"([+-]?) ?({_DIGITS})(?:[eE]([+-]?[0-9]+))?")
_POWER = re.compile(r" ?\* ?10 ?\^ ?(?:\(([+-]?[0-9]+)\)|([+-]?[0-9]+))")
_SPACED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")


class NotANumber(Exception):
    """The message is a sentence for the learner."""


def read_number(text: str, unit: str = "") -> float:
    """The number in `text`, which may end with `unit`. Raises NotANumber."""
    if len(text) > LONGEST:
        raise NotANumber(
            f"That is {len(text)} characters long; a number needs at most {LONGEST}. {_EXAMPLES}"
        )
    plain = text.translate(_SAME).strip().lstrip("=≈~ ")
    if unit and plain.casefold().endswith(unit.casefold()):
        plain = plain[: -len(unit)].rstrip()
    if not plain:
        raise NotANumber(f"There is no number yet. {_EXAMPLES}")
    value = _quotient(_SPACED.sub(lambda group: group[0].replace(" ", ""), plain))
    if not math.isfinite(value):
        raise NotANumber("That number is too large to be meant.")
    return value


def _quotient(plain: str) -> float:
    above, slash, below = plain.partition("/")
    if not slash:
        return _number(above)
    divisor = _number(below.lstrip())
    if divisor == 0:
        raise NotANumber("Nothing can be divided by zero.")
    return _number(above.rstrip()) / divisor


def _number(plain: str) -> float:
    found = _NUMBER.match(plain)
    if found is None:
        raise NotANumber(_EXAMPLES)
    sign, digits, exponent = found.groups()
    rest = plain[found.end() :]
    if rest:
        power = _POWER.fullmatch(rest)
        if power is None or exponent is not None:
            raise NotANumber(_EXAMPLES)
        exponent = power[1] or power[2]
    digits = _with_point(digits)
    value = float(f"{sign}{digits}e{exponent or 0}")
    if value == 0 and digits.strip("0."):
        raise NotANumber("That number is too close to zero to be meant.")
    return value


def _with_point(digits: str) -> str:
    """`digits` with a decimal point and no group marks."""
    marks = [mark for mark in digits if mark in ".,"]
    if len(set(marks)) == 2:
        whole, _, part = digits.rpartition(marks[-1])
        return _grouped(whole, part, marks[0])
    if len(marks) > 1:
        return _grouped(digits, "", marks[0])
    if marks == [","]:
        whole, _, part = digits.partition(",")
        if len(part) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
            either = f"{whole}.{part}"
            raise NotANumber(
                f"That could mean {either} or {whole}{part}. Type it without the comma, as one of these."
            )
    return digits.replace(",", ".")


def _grouped(whole: str, part: str, group: str) -> str:
    """Groups of three, then the decimals."""
    if not re.fullmatch(rf"[1-9][0-9]{{0,2}}({re.escape(group)}[0-9]{{3}})+", whole):
        raise NotANumber(_EXAMPLES)
    return f"{whole.replace(group, '')}.{part}"
