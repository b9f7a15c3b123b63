"""The rules of several earlier terms beside an f of any kind, for the catalogue."""

from __future__ import annotations

from engine.recurrences.verify import same_class, same_numbers
from engine.symbolic.rule import Rule

RULES = (
    Rule(
        "in-steps",
        "Go back in steps",
        r"T(d m + s) = c^m\,T(s) + \sum_{i=1}^{m} c^{m-i} f(d i + s)",
        "Each step goes back «step» places. From the first value with rest «rest» on, all $f$ on the way add "
        "up; the other rests are alike.",
        same_numbers,
    ),
    Rule(
        "positive-root",
        "The root that decides",
        r"r^d = c_1 r^{d-1} + \dots + c_d,\quad c_i \ge 0,\ r > 0",
        "What $T$ would be without the part that is added. All factors are positive, so there is one "
        "positive root, and no other one is larger in size: $«r» = «digits»$.",
        same_numbers,
    ),
    Rule(
        "weighed-sum",
        "What is added on the way",
        r"\sum_{j} \frac{f(j)}{r^j}",
        "What is added at place $j$ has grown by $r^{n-j}$ when it reaches $n$, up to constant factors. "
        "Divided by $r^n$, these are the summands.",
        same_class,
    ),
    Rule(
        "driven",
        "Class of growth",
        r"T(n) \in \Theta\left(r^n \left(1 + \sum_{j \le n} \frac{f(j)}{r^j}\right)\right)",
        "The first values count $r^n$, all that is added counts $r^n$ times the sum. Nothing is negative, so "
        "nothing cancels, and the larger of both wins.",
        same_class,
    ),
)
