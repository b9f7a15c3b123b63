"""What a function wants to be given: which parameters are sizes, lists, texts, matrices, targets.

Judged by how each is used, in the function and in those it hands it on to. From that, arguments
of any size: sorted, reversed, equal or shuffled lists, with the wanted value in them or not.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.algorithms.list_orders import ORDERS, TEXTS
from engine.algorithms.names import words
from engine.algorithms.reading import Snippet
from engine.algorithms.uses import Uses, reads

SIZE, LIST, TEXT, MATRIX, TARGET, FIRST, LAST, GIVEN = (
    "size", "list", "text", "matrix", "target", "first index", "last index", "default",
)  # fmt: skip
EMPTY, MEMO, TABLE, ANY = "empty list", "empty dictionary", "table", "any"

_TEXT_NAMES: Final = words("s t text word string pattern txt st chars")
_TARGET_NAMES: Final = words("target x key value val item wanted needle elem element")
_LOW_NAMES: Final = words("lo low left l start begin first i idx index pos p")
_HIGH_NAMES: Final = words("hi high h right r end last j stop")
_LENGTH_NAMES: Final = words("n m size length N rows cols")
_FILLED_NAMES: Final = words(
    "res result results out output cur current curr path acc ans answer subset chosen temp prefix so_far"
)
MEMO_NAMES: Final = words("memo cache seen table known lookup dp")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that is wanted.

    Attributes:
        name: as in the code.
        kind: SIZE, LIST (of numbers), TEXT, MATRIX (square), TARGET (a value looked for in `of`),
            FIRST or LAST (an index into `of`: 0, its last place), EMPTY (a list that results are put into),
            MEMO (an empty dictionary), TABLE (a list of marks, to be filled; `of` is the mark), GIVEN (keeps
            its default), ANY (a value that decides nothing).
        letter: of the size that it has or depends on; "" where there is none.
        of: the list that an index or a target belongs to.
    """

    name: str
    kind: str
    letter: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """A way to make arguments: `make({"n": 8})` gives fresh ones for those sizes.

    `words` says what they are like, e.g. "sorted list, target absent"; empty where there is no choice.
    """

    words: str
    make: Callable[[Mapping[str, int]], dict[str, Any]]


def parameters(snippet: Snippet, function: str) -> tuple[Parameter, ...]:
    """What `function` wants, in order; of the top level ("") its free names."""
    if not function:
        uses = [Uses(name, snippet.tree, snippet) for name in snippet.free]
        return _judged(uses, {})
    node = snippet.functions[function]
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    defaults = dict(zip(reversed(names), reversed(node.args.defaults), strict=False))
    judged = _judged([Uses(name, node, snippet) for name in names], defaults)
    found = tuple(_by_direction(one, place, node, judged) for place, one in enumerate(judged))
    outside = [Uses(name, node, snippet) for name in snippet.free if reads(node, name)]
    return (*found, *(one for one in _judged(outside, {}) if one.name not in names))


def letters(wanted: Iterable[Parameter]) -> tuple[str, ...]:
    """The letters of independent sizes, in order."""
    return tuple(
        dict.fromkeys(one.letter for one in wanted if one.letter and one.kind in (SIZE, LIST, TEXT, MATRIX))
    )


def families(wanted: tuple[Parameter, ...]) -> tuple[Family, ...]:
    """Ways to make arguments; the first is the plainest. One only where nothing depends on the data."""
    kinds = {one.kind for one in wanted}
    orders = ORDERS if kinds & {LIST, MATRIX} else TEXTS if TEXT in kinds else ORDERS[:1]
    if TARGET not in kinds:
        return tuple(_family(wanted, order, _PLACES[0]) for order in orders)
    ordered = [_family(wanted, ORDERS[0], place) for place in _PLACES]  # who looks for it may want it sorted
    return (*ordered, _family(wanted, ORDERS[3], _PLACES[2]))


def _by_direction(
    one: Parameter, place: int, node: ast.FunctionDef, judged: tuple[Parameter, ...]
) -> Parameter:
    """An index that a recursion counts up begins in front; one that it counts down at the end.

    Where items are read at `index - 1`, it is a length.
    """
    if one.kind not in (FIRST, LAST):
        return one
    ways = {
        type(step.op)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == node.name
        for step in call.args[place : place + 1]
        if isinstance(step, ast.BinOp) and isinstance(step.left, ast.Name) and step.left.id == one.name
    }
    owners = {
        part.value.id: part.slice
        for part in ast.walk(node)
        if isinstance(part, ast.Subscript)
        and isinstance(part.value, ast.Name)
        and reads(part.slice, one.name)
    }
    of = next((name for name in owners if name in {other.name for other in judged}), one.of)
    letter = next((other.letter for other in judged if other.name == of), one.letter)
    if ways == {ast.Add}:
        return Parameter(one.name, FIRST, letter, of)
    if ways == {ast.Sub}:
        is_length = isinstance(owners.get(of), ast.BinOp)
        return Parameter(one.name, SIZE, letter) if is_length else Parameter(one.name, LAST, letter, of)
    return one


# --- kinds ---------------------------------------------------------------------------------


def _judged(uses: list[Uses], defaults: Mapping[str, ast.expr]) -> tuple[Parameter, ...]:
    kinds = {use.name: GIVEN if use.name in defaults else _collection(use) for use in uses}
    lists = [name for name, kind in kinds.items() if kind in (LIST, TEXT, MATRIX)]
    free_letters = iter(
        letter for letter in ("n", "m", "k", "p", "q") if letter not in kinds or letter in lists
    )
    length_of = _lengths(uses, kinds, lists)
    found: dict[str, Parameter] = {}
    square = ""  # all matrices are n by n
    for name in lists:
        partner = found.get(_zipped_with(name, lists, uses))
        letter = length_of.get(name) or (square if kinds[name] == MATRIX else "")
        letter = letter or (partner.letter if partner else next(free_letters))
        square = square or (letter if kinds[name] == MATRIX else "")
        found[name] = Parameter(name, kinds[name], letter)
    for name, kind in kinds.items():
        if kind and name not in found:
            mark = next(str(use.empty_mark) for use in uses if use.name == name)
            found[name] = Parameter(name, kind, of=mark if kind == TABLE else "")
    ends = [use.name for use in uses if use.name in _HIGH_NAMES and not kinds[use.name]]
    for use in uses:
        if not kinds[use.name]:
            found[use.name] = _number(use, lists, found, bool(ends))
    if not any(one.kind in (SIZE, LIST, TEXT, MATRIX) for one in found.values()):  # one of them has to count
        for name, one in found.items():
            found[name] = Parameter(name, SIZE, name) if one.kind == ANY else one
    return tuple(found[use.name] for use in uses)


def _zipped_with(name: str, lists: list[str], uses: list[Uses]) -> str:
    """The list before `name` in a zip(...): taken to be as long; "" for none."""
    for use in uses:
        for node in ast.walk(use.where) if use.name == name else ():
            match node:
                case ast.Call(func=ast.Name(id="zip"), args=[ast.Name(id=first), *others]) if first in lists:
                    if name in [other.id for other in others if isinstance(other, ast.Name)]:
                        return first
    return ""


def _collection(use: Uses) -> str:
    """LIST, TEXT, MATRIX, MEMO or EMPTY, or "" for a number."""
    if use.name in MEMO_NAMES and (kind := _memo(use)):
        return kind
    if use.name in _FILLED_NAMES and (use.sized or use.indexed):
        return EMPTY
    if use.indexed_twice:
        return MATRIX
    if use.text:
        return TEXT
    if use.indexed or use.sized:
        return TEXT if use.name in _TEXT_NAMES or use.name.startswith(("str", "word")) else LIST
    return ""


def _memo(use: Uses) -> str:
    """TABLE or MEMO, of what is named like one; "" for neither."""
    if use.empty_mark != "" and not use.indexed_twice and not use.looked_up:
        return TABLE
    return MEMO if use.looked_up or (use.indexed and use.name != "dp") else ""


def _lengths(uses: list[Uses], kinds: Mapping[str, str], lists: list[str]) -> dict[str, str]:
    """List -> the parameter that tells its length: f(arr, n), where len(arr) is never asked for."""
    sized = {use.name for use in uses if use.has_len}
    numbers = [use.name for use in uses if not kinds[use.name] and use.name in _LENGTH_NAMES]
    unasked = [name for name in lists if name not in sized]
    if not numbers:
        return {}
    return {name: numbers[min(place, len(numbers) - 1)] for place, name in enumerate(unasked)}


def _number(use: Uses, lists: list[str], found: Mapping[str, Parameter], has_end: bool) -> Parameter:
    """What a parameter is that holds no list."""
    name = use.name
    if lists:
        of = use.index_of if use.index_of in lists else lists[0]
        if name in _LENGTH_NAMES:
            letter = next((one.letter for one in found.values() if one.letter == name), name)
            return Parameter(name, SIZE, letter)
        if name in _HIGH_NAMES:
            return Parameter(name, LAST, found[of].letter, of)
        if name in _LOW_NAMES and (has_end or use.is_index or name not in _TARGET_NAMES):
            return Parameter(name, FIRST, found[of].letter, of)
        if (name in _TARGET_NAMES or use.compared_to_items) and not use.is_index:
            return Parameter(name, TARGET, found[of].letter, of)
    if not use.counted and name not in _LENGTH_NAMES:
        return Parameter(name, ANY)
    return Parameter(name, SIZE, name)


# --- arguments -----------------------------------------------------------------------------


_PLACES: Final = (
    ("value absent, larger than all", lambda items: max(items, default=0) + 1),
    ("value absent, smaller than all", lambda items: min(items, default=0) - 1),
    ("value in first place", lambda items: items[0] if items else 0),
    ("value in last place", lambda items: items[-1] if items else 0),
    ("value in the middle", lambda items: items[(len(items) - 1) // 2] if items else 0),
    ("value just behind the middle", lambda items: items[len(items) // 2] if items else 0),
)


def _family(
    wanted: tuple[Parameter, ...],
    order: tuple[str, Callable[[int], list[int]]],
    place: tuple[str, Callable[[list[int]], int]],
) -> Family:
    kinds = {one.kind for one in wanted}
    words = [order[0]] if kinds & {LIST, MATRIX, TEXT} else []
    words += [place[0]] if TARGET in kinds else []

    def make(sizes: Mapping[str, int]) -> dict[str, Any]:
        return dict(_arguments(wanted, sizes, order[1], place[1]))

    return Family(", ".join(words), make)


def _arguments(
    wanted: tuple[Parameter, ...],
    sizes: Mapping[str, int],
    order: Callable[[int], list[int]],
    place: Callable[[list[int]], int],
) -> Iterator[tuple[str, Any]]:
    lists = {one.name: order(max(sizes[one.letter], 0)) for one in wanted if one.kind in (LIST, TEXT)}
    texts = {one.name for one in wanted if one.kind == TEXT}
    for one in wanted:
        size = sizes.get(one.letter, 0)
        match one.kind:
            case "size":
                yield one.name, size
            case "list":
                yield one.name, list(lists[one.name])
            case "text":
                yield one.name, "".join(map(as_letter, lists[one.name]))
            case "matrix":
                twice = order(size) * 2  # each row begins one item later
                yield one.name, [twice[i : i + size] for i in range(size)]
            case "target":
                found = place(lists.get(one.of, []))
                yield one.name, as_letter(found) if one.of in texts else found
            case "first index":
                yield one.name, 0
            case "last index":
                yield one.name, size - 1
            case "empty list":
                yield one.name, []
            case "empty dictionary":
                yield one.name, {}
            case "table":
                mark = None if one.of == "None" else int(one.of)
                yield one.name, [mark] * (max(sizes.values(), default=0) + 2)
            case "any":
                yield one.name, 2


def as_letter(item: int) -> str:
    """The item of a text that stands for this number."""
    return chr(ord("a") + item % 26)
