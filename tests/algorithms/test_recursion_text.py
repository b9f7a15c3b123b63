"""The text of one call against doctored runs: a count that differs anywhere is not derived."""

from __future__ import annotations

from dataclasses import replace

import pytest
from recursive_snippets import BINARY_SEARCH, FIB, FIB_CACHED

from engine.algorithms import inputs
from engine.algorithms.call_graph import group
from engine.algorithms.one_call import Untold
from engine.algorithms.reading import read
from engine.algorithms.recursion_runs import interpreted
from engine.algorithms.recursion_text import Asked, Told, told
from engine.algorithms.shape import Sized, shape, sized

UNEQUAL = "def f(a, n):\n    if n < 3:\n        return 1\n    if a[0] < a[1]:\n        return f(a, n-1) + f(a, n-1)\n    return f(a, n-3) + f(a, n-3)\n"  # noqa: E501 - code in a line
TERNARY = (
    "def ts(a, lo, hi, x):\n    if lo > hi:\n        return -1\n"
    "    m = lo + (hi - lo) // 3\n    k = hi - (hi - lo) // 3\n"
    "    if x < a[m]:\n        return ts(a, lo, m-1, x)\n    if x > a[k]:\n        return ts(a, k+1, hi, x)\n"
    "    return ts(a, m+1, k-1, x)\n"
)


def counted(code: str, words: str = "") -> tuple[Asked, Sized]:
    """What to ask of the text, and the calls of the runs of the family that `words` are of."""
    snippet = read(code)
    [function] = functions = group(snippet, next(iter(snippet.functions)))
    wanted = inputs.parameters(snippet, function)
    family = next(one for one in inputs.families(wanted) if words in one.words)
    runs = interpreted(snippet, function, functions, family, inputs.letters(wanted))
    names = [argument.arg for argument in snippet.functions[function].args.args]
    sequences = [one.kind == inputs.LIST for one in wanted]
    found = sized({n: profile.root for n, profile in runs.roots.items()}, names, sequences)
    form = shape(found.table)
    first = form.first if form else min(size for size, call in found.table.items() if call.children)
    return Asked(snippet, functions, found, first), found


def of(code: str, words: str = "") -> Told:
    return told(counted(code, words)[0])


def doctored(code: str, at: int, **changes: object) -> Asked:
    asked, found = counted(code)
    call = replace(found.table[at], **changes)  # type: ignore[arg-type] # whatever a test changes
    return replace(asked, found=replace(found, table=found.table | {at: call}))


def test_calls_of_fib_are_read_from_the_text() -> None:
    found = of(FIB)
    assert found.far[1000].children == (999, 998)
    assert found.far[65536].own == ((2, 1), (4, 1))
    assert found.ways == 1
    assert found.extreme


@pytest.mark.parametrize("changes", [{"own": ((2, 1), (4, 2))}, {"children": (8, 8)}, {"cost": 1}])
def test_a_count_that_differs_is_not_derived(changes: dict[str, object]) -> None:
    with pytest.raises(Untold, match="at size 10"):
        told(doctored(FIB, 10, **changes))


def test_only_the_larger_half_is_the_worst_case_of_binary_search() -> None:
    assert of(BINARY_SEARCH, "larger than all").extreme
    assert not of(BINARY_SEARCH, "smaller than all").extreme


def test_a_cache_leaves_the_call_on_one_less() -> None:
    assert of(FIB_CACHED).far[200].children == (199,)


def test_thirds_are_alike_and_steps_of_one_and_three_are_not() -> None:
    assert of(TERNARY, "smaller than all").alike
    assert not of(UNEQUAL, "sorted").alike
