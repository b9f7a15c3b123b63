"""The recurrence of a recursion read from the text, held against what its calls did when they were run.

`one_call.py` follows the body with letters; here its parameters are given their sizes, the ways
through it are compared with the counted calls, and where the data choose among ways, it is asked
whether one is never outdone by the others.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Final

from engine.algorithms import inputs
from engine.algorithms.call_profile import Entry
from engine.algorithms.counts import NEVER, ONCE, Around, Unsolved
from engine.algorithms.forms import Form, letter
from engine.algorithms.known import DATA, Environment, Known, Listed, Whole, form_of
from engine.algorithms.names import words
from engine.algorithms.one_call import SIZE, OneCall, Subject, Untold, ways
from engine.algorithms.orders import in_one
from engine.algorithms.reading import Snippet
from engine.algorithms.shape import Call, Sized, Table
from engine.growth.classes import Growth
from engine.growth.reading import NoGrowth

_TRIED: Final = (16, 17, 18, 19, 24, 37, 64, 101)  # sizes at which what happens for all large ones is seen
_FAR: Final = (150, 151, 200, 201, 1000, 1001, 4096, 4097, 65536, 65537)
_NEAR: Final = (150, 151, 200, 201)  # where calls are counted one by one
_NEARLY: Final = 4  # by how much sizes may differ, and how many times work
_MANY: Final = 20  # calls of one call
_LENGTH, _BEGIN = "L", "s"


@dataclass(frozen=True)
class Told:
    """What the text says one call does.

    Attributes:
        call: along the way that the runs took; where not `exact`, an upper bound of its work.
        far: calls of sizes that were not run, from the text; empty where not `exact`.
        ways: how many there are through the body, where the data choose; 1 where they do not.
        extreme: whether no other way takes more (in the worst case), or less (in the best).
        alike: whether on all ways that make as many calls as any, these are of about the same sizes.
        exact: whether a call's work is known, and not only that it lies between two bounds of one class.
    """

    call: OneCall
    far: Table
    ways: int
    extreme: bool
    alike: bool = True
    exact: bool = True


@dataclass(frozen=True)
class Asked:
    """The recursion that the text is asked about.

    Attributes:
        functions: that call themselves or each other. found: the calls that were counted, by size.
        first: sizes from which on they follow a rule.
        result: length of what a call of size n returned, as it seems; None where it is no list.
        case: "worst" or "best": which the counted calls are taken for.
    """

    snippet: Snippet
    functions: tuple[str, ...]
    found: Sized
    first: int
    result: Form | None = None
    case: str = "worst"


def told(asked: Asked) -> Told:
    """The way through the text that gives all calls of size >= first that were counted.

    Raises:
        Untold: none does, or the text cannot be followed.
    """
    if len(asked.functions) > 1:
        raise Untold("several functions call each other")
    all_ways = _ways(asked, asked.case)
    if asked.functions[0] in asked.snippet.memoised:
        all_ways = [_first_time(one) for one in all_ways]
    if not all(one.exact for one in all_ways):
        return _bounded(asked, all_ways)
    counted = {size: call for size, call in asked.found.table.items() if size >= asked.first}
    why = Untold("what is counted differs from what the text says")
    for one in all_ways:
        try:
            _held(one, counted)
            far = _far(one)
        except Untold as error:
            why = error
            continue
        table = counted | far
        others = [_at_all(other, table) for other in all_ways if other is not one]
        pairs = [(other, table) if asked.case == "worst" else (table, other) for other in others]
        extreme = not others or (_rises(table) and all(_within(*pair) for pair in pairs))
        return Told(one, far, len(all_ways), extreme, _alike([_at_all(way, far) for way in all_ways]))
    raise why


def _ways(asked: Asked, case: str) -> list[OneCall]:
    env, around = environment(asked.snippet, asked.functions[0], asked.found)
    size = partial(size_of, asked.found)
    subject = Subject(
        asked.snippet, asked.functions, asked.functions[0], env, around, size, asked.result, case
    )
    found = ways(subject)
    lengths = {one.result for one in found}
    if asked.result is not None and (
        found[0].result is None or not all(_same(length, asked.result) for length in lengths - {None})
    ):
        raise Untold("the length of what it returns is not known")
    return found


def _first_time(one: OneCall) -> OneCall:
    """The calls that lru_cache does not answer: the one on n - 1, in which all smaller ones are made."""
    before = letter(SIZE) - 1
    first = [made for made in one.made if made.size == before and made.times == ONCE]
    if not first:
        raise Untold("which of its calls are answered by the cache is not known")
    return replace(one, made=(first[0],))


def _same(first: Form | None, second: Form) -> bool:
    """Whether both are the same number: n (n-1)! is n!."""
    return first is not None and all(
        first.value({SIZE: size}) == second.value({SIZE: size}) for size in (3, 4, 7, 12, 20, 33)
    )


def _held(one: OneCall, counted: Table) -> None:
    """Raises Untold where a call that was counted does something else."""
    for size, call in counted.items():
        said = one.at(size)
        if (said.children, said.own) != (call.children, call.own):
            raise Untold(f"at size {size} it does something else than the text says")
        if call.cost is not None and said.cost is not None and said.cost != call.cost:
            raise Untold(f"at size {size} its built-ins cost something else than the text says")


def _far(one: OneCall) -> Table:
    plain = all(made.size is not None and made.size.letters() <= {SIZE} for made in one.made)
    few = plain and len(one.at(201).children) < _MANY
    return {size: one.at(size) for size in (_FAR if few else _NEAR)}


def _bounded(asked: Asked, above: list[OneCall]) -> Told:
    """The same calls on every way, and work between two bounds of the same class.

    A total is linear in the work of its calls, so it then has one class on all inputs.
    """
    below = _ways(asked, "best")
    counted = {size: call for size, call in asked.found.table.items() if size >= asked.first}
    for size, call in counted.items():
        high, low = ([one.at(size) for one in some] for some in (above, below))
        if any(one.children != call.children for one in (*high, *low)):
            raise Untold("its work and its calls depend on the data")
        if any(one.cost is None for one in (call, *high, *low)):
            raise Untold("what its built-ins cost is not known")
        if not min(map(_work, low)) <= _work(call) <= max(map(_work, high)):
            raise Untold(f"at size {size} its work is not within the bounds of the text")
    classes = {_class(one) for one in (*above, *below)}
    if len(classes) > 1:
        raise Untold("the data decide how much one call does")
    return Told(above[0], {}, len(above), True, exact=False)


def _class(one: OneCall) -> Growth:
    work = NEVER
    for count in (*one.lines.values(), *one.work.values()):
        work = work + count
    try:
        return in_one(work.form, SIZE)
    except (NoGrowth, Unsolved) as error:
        raise Untold("the bounds of its work have no class that is known here") from error


def size_of(found: Sized, values: Sequence[Known]) -> Form | None:
    """The size of a call with these arguments."""
    parts = [form_of(values[place]) for place in found.places]
    first, *others = parts
    if first is None or any(part is None for part in others):
        return None
    return sum((-part for part in others if part is not None), first) - found.ahead


# --- which way takes the most ----------------------------------------------------------------


def _at_all(one: OneCall, table: Table) -> Table | None:
    try:
        return {size: one.at(size) for size in table}
    except Untold:
        return None


def _alike(tables: list[Table | None]) -> bool:
    """Whether the ways with the most calls make calls of nearly the same part of the size, and work alike.

    A constant more or less in n/b does not change the class: Akra and Bazzi's theorem; in n - 1 it would.
    """
    known = [table for table in tables if table is not None]
    if len(known) < len(tables):
        return False
    for size in known[0]:
        calls = [table[size] for table in known]
        most = max(len(call.children) for call in calls)
        full = [call for call in calls if len(call.children) == most]
        columns = list(zip(*(call.children for call in full), strict=True))
        if any(max(column) - min(column) > _NEARLY or 5 * max(column) > 4 * size for column in columns):
            return False
        if max(map(_work, calls)) > _NEARLY * min(map(_work, full)):
            return False
    return True


def _rises(table: Table) -> bool:
    """Whether a larger call does no less, so that by induction its total is no less."""
    ordered = sorted(table)
    return all(_under(table[small], table[large]) for small, large in pairwise(ordered))


def _within(less: Table | None, more: Table | None) -> bool:
    """Whether at each size the calls of one way are no more and no larger, and its own work no more."""
    return less is not None and more is not None and all(_under(less[n], more[n]) for n in more)


def _under(less: Call, more: Call) -> bool:
    smaller = all(a <= b for a, b in zip(less.children, more.children, strict=False))
    return len(less.children) <= len(more.children) and smaller and _work(less) <= _work(more)


def _work(call: Call) -> int:
    return sum(count for _, count in call.own) + (call.cost or 0)


# --- what the parameters are ------------------------------------------------------------------


def environment(snippet: Snippet, function: str, found: Sized) -> tuple[Environment, Around]:
    """What is known at the beginning of a call of size n, and sizes to try."""
    node = snippet.functions[function]
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    kinds = {one.name: one for one in inputs.parameters(snippet, function)}
    changed = _changed(node)
    env: Environment = {}
    for place, name in enumerate(names):
        kind = kinds[name].kind if name in kinds else inputs.ANY
        size = _size(place, found)
        if kind in (inputs.LIST, inputs.TEXT, inputs.MATRIX, inputs.EMPTY, inputs.MEMO, inputs.TABLE):
            length: Known = DATA if name in changed else Whole(letter(_LENGTH))
            length = Whole(size) if size is not None else length
            env[name] = _list(name, length, env, _KINDS.get(kind, "list"))
            if kind == inputs.MATRIX:
                env[name] = _list(name, length, env, "list", _list(f"{name} row", length, env, "list"))
        else:
            env[name] = Whole(size) if size is not None else DATA
    start = 2 * _largest_number(node)
    tried = tuple({SIZE: start + n, _LENGTH: 3 * (start + n) + 7, _BEGIN: 3 + n % 4} for n in _TRIED)
    return env, Around(tried)


_KINDS: Final[Mapping[str, str]] = {inputs.TEXT: "str", inputs.MEMO: "dict"}


def _size(place: int, found: Sized) -> Form | None:
    """The parameter at this place, as a form in n."""
    if place not in found.places:
        return None
    if len(found.places) == 1:
        return letter(SIZE) + found.ahead
    begin = letter(_BEGIN)
    return letter(SIZE) + found.ahead + begin if place == found.places[0] else begin


def _list(name: str, length: Known, env: Environment, kind: str, item: Known | None = None) -> Listed:
    env[f"#{name}"] = length
    return Listed(f"#{name}", kind, item)


_CHANGES: Final = words("append pop insert extend remove clear add popleft appendleft update")


def _changed(node: ast.FunctionDef) -> set[str]:
    """Lists that the body makes longer or shorter."""
    return {
        part.func.value.id
        for part in ast.walk(node)
        if isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and part.func.attr in _CHANGES
        and isinstance(part.func.value, ast.Name)
    }


def _largest_number(node: ast.AST) -> int:
    values = [
        abs(part.value)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, int) and abs(part.value) < 10**7
    ]
    return max((value for value in values if value > 8), default=0)


# --- what stands around the recursion ----------------------------------------------------------


def around_it(
    snippet: Snippet,
    function: str,
    functions: tuple[str, ...],
    roots: Mapping[int, Entry],
) -> None:
    """Holds what is executed outside of the recursion against the text. Raises Untold where it differs.

    Nothing is but the def lines, where the recursive function itself is asked for.
    """
    defs = {node.lineno: 1 for node in snippet.tree.body if isinstance(node, _QUIET)}
    if function in functions:
        if any(set(root.own) - set(defs) for root in roots.values()):
            raise Untold("more is executed around it than its text says")
        return
    raise Untold(f"what {function or 'the code'} does around the recursion is only counted")


_QUIET: Final = (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Assign)
