"""A recursion with a memo, argued from the text: each argument is worked out once, and looked up after that.

A call that works its result out makes k calls; the one on n - 1 works out all smaller arguments, so
the other k - 1 are look-ups. What the text says of both kinds of call gives what n adds to the counts.
"""

from __future__ import annotations

from functools import partial

from engine.algorithms import inputs
from engine.algorithms.call_tree import keeps
from engine.algorithms.one_call import OneCall, Subject, Untold, ways
from engine.algorithms.reading import Snippet
from engine.algorithms.recursion_text import environment, size_of
from engine.algorithms.shape import Call, Sized
from engine.algorithms.solved_recursion import Recursion
from engine.algorithms.totals import Total, value

_AT = (150, 151, 200, 201, 1000, 1001)


def argued(snippet: Snippet, functions: tuple[str, ...], fitted: Recursion) -> bool:
    """Whether the text gives what `fitted` found in the runs, from one size to the next."""
    if len(functions) > 1 or not keeps(snippet.functions[functions[0]]):
        return False
    wanted = inputs.parameters(snippet, functions[0])
    places = [place for place, one in enumerate(wanted) if one.kind == inputs.SIZE]
    if len(places) != 1:
        return False
    try:
        return _gives(*_kinds(snippet, functions, Sized("n", {}, (), (places[0],))), fitted)
    except Untold:
        return False


def _kinds(snippet: Snippet, functions: tuple[str, ...], found: Sized) -> tuple[OneCall, OneCall]:
    """(a call that looks its result up, one that works it out). Raises Untold for other ways."""
    env, around = environment(snippet, functions[0], found)
    subject = Subject(snippet, functions, functions[0], env, around, partial(size_of, found))
    all_ways = ways(subject)
    looked_up = [one for one in all_ways if not one.made]
    worked_out = [one for one in all_ways if one.made]
    alike = (
        {tuple(one.at(size) for size in _AT) for one in looked_up},
        {tuple(one.at(size) for size in _AT) for one in worked_out},
    )
    if len(alike[0]) != 1 or len(alike[1]) != 1:
        raise Untold("the data decide in more than whether the result is known")
    return looked_up[0], worked_out[0]


def _gives(looked_up: OneCall, worked_out: OneCall, fitted: Recursion) -> bool:
    name = fitted.functions[0]
    for size in _AT:
        more, known = worked_out.at(size), looked_up.at(size)
        if not more.children or more.children[0] != size - 1:
            return False
        others = len(more.children) - 1
        added = {
            line: dict(more.own).get(line, 0) + others * dict(known.own).get(line, 0) for line in fitted.lines
        }
        if any(_step(fitted.lines[line], size) != amount for line, amount in added.items()):
            return False
        if _step(fitted.total, size) != sum(added.values()) or name not in fitted.calls:
            return False
        if _step(fitted.calls[name], size) != others + 1:
            return False
        if _step(fitted.work, size) != sum(added.values()) + _cost(more) + others * _cost(known):
            return False
    return True


def _cost(call: Call) -> int:
    if call.cost is None:
        raise Untold("what its built-ins cost is not known")
    return call.cost


def _step(total: Total, size: int) -> object:
    """What the size adds to that before it."""
    after, before = value(total.closed, size), value(total.closed, size - 1)
    return None if after is None or before is None else after - before
