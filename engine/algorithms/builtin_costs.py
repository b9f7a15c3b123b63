"""What a built-in costs beyond the one execution of its line: a named convention, in words for the screen.

k is the length of the list or text that it works on. The interpreter counts the same
(`library.py`, `methods.py`, `expressions.py`); a test holds the two together. What is not listed costs
nothing more: append, pop(), popleft, len, an index, a look-up in a set or dictionary.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """One convention.

    Attributes:
        built_in: as it is written, `a` a list or text of length k, `h` a heap.
        cost: how much, of k: "k", "2k", "k log k" (k times log2 k, rounded up) or "log k" (digits of k in
            base 2).
        because: what takes the time.
    """

    built_in: str
    cost: str
    because: str


CONVENTION = (
    Cost("a[:]", "k", "copies a slice of k items"),
    Cost("list(a)", "k", "copies k items"),
    Cost("a.copy()", "k", "copies k items"),
    Cost("a + a", "2k", "copies both into a new list"),
    Cost("[0] * k", "k", "makes k items"),
    Cost("[x for x in a]", "k", "goes through k items"),
    Cost("-1 in a", "k", "compares with up to k items"),
    Cost("a.count(-1)", "k", "compares with k items"),
    Cost("a.index(k - 1)", "k", "compares until it is found"),
    Cost("a.insert(0, 1)", "k", "moves k items by one place"),
    Cost("a.pop(0)", "k", "moves k items by one place"),
    Cost("a.extend(a)", "k", "copies k items"),
    Cost("a.reverse()", "k", "moves k items"),
    Cost("sum(a)", "k", "goes through k items"),
    Cost("min(a)", "k", "goes through k items"),
    Cost("max(a)", "k", "goes through k items"),
    Cost("set(a)", "k", "goes through k items"),
    Cost("a.sort()", "k log k", "sorts k items by comparing"),
    Cost("heappush(h, 0)", "log k", "moves up a heap of k items"),
)
