"""An expression of the code -> what is known of its value, and what evaluating it costs.

Costs are those of `builtin_costs.py`: work beyond the first step, such as the length of a slice. A
call of a function of the snippet is followed into it; its lines are added to those of the caller.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.algorithms.arithmetic import of_reals, of_spans, of_wholes, trips
from engine.algorithms.counts import NEVER, Around, Unsolved
from engine.algorithms.forms import ONE, ZERO, Form, as_form
from engine.algorithms.known import (
    DATA,
    Environment,
    Iterated,
    Known,
    Listed,
    Real,
    Several,
    Span,
    Steps,
    Whole,
    bounds,
    either,
    form_of,
    number,
)

if TYPE_CHECKING:
    from engine.algorithms.following import Follower


class Meaning:
    """Values of expressions at one place of the code.

    Attributes:
        work: of built-ins met on the way, for one execution.
        bound: whether a cost or value on the way is only bounded, not exact.
    """

    def __init__(self, follower: Follower, env: Environment, around: Around) -> None:
        self.follower = follower
        self.env = env
        self.around = around
        self.work = ZERO

    # --- values ---

    def value(self, node: ast.expr | None) -> Known:
        if node is None:
            return DATA
        method: Callable[[ast.expr], Known] | None = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    self.value(child)
            return DATA
        return method(node)

    def _constant(self, node: ast.Constant) -> Known:
        match node.value:
            case bool() as truth:
                return number(int(truth))
            case int() as value:
                return number(value)
            case float() as real if real.is_integer() and abs(real) < 1e15:
                return Real(as_form(int(real)))
            case float() as real:
                return Real(as_form(Fraction(str(real))))
            case str() as text:
                return self.made(node, as_form(len(text)), "str")
        return DATA

    def _name(self, node: ast.Name) -> Known:
        return self.env.get(node.id, DATA)

    def _tuple(self, node: ast.Tuple) -> Known:
        return Several(tuple(map(self.value, node.elts)))

    def _list(self, node: ast.List) -> Known:
        values = [self.value(part) for part in node.elts]
        item = values[0] if values and all(value == values[0] for value in values) else None
        return self.made(node, as_form(len(values)), "list", _constant_item(item) if item else None)

    def _set(self, node: ast.Set) -> Known:
        for part in node.elts:
            self.value(part)
        return self.made(node, as_form(len(node.elts)), "set")

    def _dict(self, node: ast.Dict) -> Known:
        for part in (*node.keys, *node.values):
            self.value(part)
        return self.made(node, as_form(len(node.keys)), "dict")

    def made(
        self, node: ast.AST, length: Form | Known, kind: str = "list", item: Known | None = None
    ) -> Listed:
        """A new list of this length."""
        key = f"#{getattr(node, 'lineno', 0)}.{getattr(node, 'col_offset', 0)}.{kind}"
        self.env[key] = Whole(length) if isinstance(length, Form) else length
        return Listed(key, kind, item)

    def length(self, value: Known) -> Known:
        """How many items it gives when gone through."""
        match value:
            case Listed(key):
                return self.env.get(key, DATA)
            case Iterated(count):
                return count
            case Several(parts):
                return number(len(parts))
            case Steps():
                return trips(value, self.around)
        return DATA

    def spend(self, amount: Known) -> None:
        """Add work; of a length that is not known exactly its greatest, or in the best case its least."""
        low, high = bounds(amount)
        best = self.follower.case == "best"
        taken = (low if low is not None else ZERO) if best else high
        if low != high:
            self.follower.inexact = True
        if taken is None:
            raise Unsolved("the length of what it works on is not known")
        if self.around.sign(taken) == 1:
            self.work = self.work + taken

    # --- operators ---

    def _unaryop(self, node: ast.UnaryOp) -> Known:
        value = self.value(node.operand)
        if isinstance(node.op, ast.USub):
            return self._combine(ast.Sub(), number(0), value, node)
        return value if isinstance(node.op, ast.UAdd) else DATA

    def _binop(self, node: ast.BinOp) -> Known:
        first, second = self.value(node.left), self.value(node.right)
        return self._combine(node.op, first, second, node)

    def combine(self, op: ast.operator, first: Known, second: Known, node: ast.AST) -> Known:
        return self._combine(op, first, second, node)

    def _combine(self, op: ast.operator, first: Known, second: Known, node: ast.AST) -> Known:
        if isinstance(first, Listed | Several) or isinstance(second, Listed | Several):
            return self._joined(op, first, second, node)
        if isinstance(first, Whole) and isinstance(second, Whole):
            return of_wholes(op, first.form, second.form, self.around)
        if isinstance(first, Real) or isinstance(second, Real):
            return of_reals(op, first, second)
        return of_spans(op, first, second, self.around)

    def _joined(self, op: ast.operator, first: Known, second: Known, node: ast.AST) -> Known:
        """Lists and texts added to each other or repeated."""
        lists = [part for part in (first, second) if isinstance(part, Listed | Several)]
        kind = lists[0].kind if isinstance(lists[0], Listed) else "list"
        if isinstance(op, ast.Mult):
            other = second if lists[0] is first else first
            length = self._combine(op, self.length(lists[0]), other, node)
            self.spend(length)
            return self.made(node, length, kind, self._item((lists[0],)))
        if isinstance(op, ast.Add) and len(lists) == 2:
            length = self._combine(op, self.length(lists[0]), self.length(lists[1]), node)
            self.spend(length)
            return self.made(node, length, kind, self._item(lists))
        if isinstance(op, ast.Add) and kind != "str":
            raise Unsolved("the length of a list that is joined is not known")
        return DATA

    def _item(self, lists: Sequence[Listed | Several]) -> Known | None:
        """What every item of these lists is; None where that is not one thing."""
        items = [
            item
            for part in lists
            for item in (part.parts if isinstance(part, Several) else (part.item,))
            if not isinstance(part, Listed) or self.env.get(part.length) != number(0)
        ]
        return items[0] if items and all(item == items[0] for item in items) else None

    def _ifexp(self, node: ast.IfExp) -> Known:
        from engine.algorithms.conditions import tested

        self.test(node.test)
        test = tested(node.test, Meaning(self.follower, dict(self.env), self.around))
        if not test.open and test.no == NEVER:
            return self.value(node.body)
        if not test.open and test.yes == NEVER:
            return self.value(node.orelse)
        return either(self.value(node.body), self.value(node.orelse), self.around)

    # --- conditions ---

    def test(self, node: ast.expr) -> None:
        """Only its cost: `conditions.py` says when it holds."""
        if isinstance(node, ast.Call):
            self.value(node)
            return
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.value(child)

    def _compare(self, node: ast.Compare) -> Known:
        self.value(node.left)
        for op, part in zip(node.ops, node.comparators, strict=True):
            value = self.value(part)
            is_search = isinstance(op, ast.In | ast.NotIn) and isinstance(value, Listed)
            if is_search and isinstance(value, Listed) and value.kind in ("list", "str", "deque"):
                self.search(self.length(value))
        return DATA

    def search(self, length: Known) -> None:
        """A search that may stop at the first item."""
        self.follower.decided.add(self.follower.line)
        if self.follower.case == "best":
            self.work = self.work + 1
        else:
            self.spend(length)

    # --- parts of lists ---

    def _subscript(self, node: ast.Subscript) -> Known:
        value = self.value(node.value)
        if isinstance(node.slice, ast.Slice):
            length = self._slice_length(node.slice, self.length(value))
            self.spend(length)
            kind = value.kind if isinstance(value, Listed) else "list"
            return self.made(node, length, kind, value.item if isinstance(value, Listed) else None)
        place = self.value(node.slice)
        if isinstance(value, Several):
            at = form_of(place)
            if at is not None and at.whole is not None and -len(value.parts) <= at.whole < len(value.parts):
                return value.parts[at.whole]
        return value.item or DATA if isinstance(value, Listed) else DATA

    def _slice_length(self, part: ast.Slice, length: Known) -> Known:
        step = 1
        if part.step is not None:
            size = form_of(self.value(part.step))
            if size is None or size.whole is None or size.whole == 0:
                return DATA
            step = size.whole
        low = self._end(part.lower, number(0), length)
        high = self._end(part.upper, length, length)
        if step < 0:
            if part.lower is not None or part.upper is not None:
                return DATA
            low, high, step = number(0), length, -step
        distance = self._combine(ast.Sub(), high, low, part)
        if step > 1:
            more = self._combine(ast.Add(), distance, number(step - 1), part)
            distance = self._combine(ast.FloorDiv(), more, number(step), part)
        return self._at_least_none(distance, length)

    def _end(self, node: ast.expr | None, missing: Known, length: Known) -> Known:
        if node is None:
            return missing
        value = self.value(node)
        least, _ = bounds(value)
        if least is not None and least.constant is not None and least.constant < 0:
            return self._combine(ast.Add(), length, value, node)
        return value

    def _at_least_none(self, value: Known, length: Known) -> Known:
        """A length: not below 0, and not above that of the whole."""
        low, high = bounds(value)
        _, most = bounds(length)
        fits = most is None or (low is not None and self.around.sign(most - low) == 1)
        if low is not None and low == high and self.around.sign(low) == 1 and fits:
            return Whole(low)
        if high is None or (most is not None and self.around.sign(most - high) == -1):
            high = most
        if high is not None and self.around.sign(high) == -1:
            return number(0)
        return Span(low if low is not None and self.around.sign(low) == 1 else ZERO, high)

    # --- comprehensions ---

    def _listcomp(self, node: ast.ListComp) -> Known:
        return self._comprehension(node, [node.elt], node.generators, "list")

    def _setcomp(self, node: ast.SetComp) -> Known:
        return self._comprehension(node, [node.elt], node.generators, "set")

    def _generatorexp(self, node: ast.GeneratorExp) -> Known:
        return self._comprehension(node, [node.elt], node.generators, "list")

    def _dictcomp(self, node: ast.DictComp) -> Known:
        return self._comprehension(node, [node.key, node.value], node.generators, "dict")

    def _comprehension(
        self, node: ast.AST, results: list[ast.expr], parts: list[ast.comprehension], kind: str
    ) -> Known:
        inner = Meaning(self.follower, dict(self.env), self.around)
        length, work, item = self._passes(inner, results, parts)
        self.work = self.work + work
        unsure = kind in ("set", "dict") or any(part.ifs for part in parts)
        known: Known = Span(ZERO, length) if unsure else Whole(length)
        for key, value in inner.env.items():
            if key.startswith("#"):
                self.env[key] = value
        return self.made(node, known, kind, item)

    def _passes(
        self, inner: Meaning, results: list[ast.expr], parts: list[ast.comprehension]
    ) -> tuple[Form, Form, Known | None]:
        """(items made, work of making them, what is known of each) of the loops `parts`."""
        if not parts:
            before = inner.work
            values = [inner.value(result) for result in results]
            return ONE, inner.work - before, _constant_item(values[-1])
        part, *others = parts
        source = inner.value(part.iter)
        count, item, index = self.follower.passes(source, inner, part.target)
        deeper = Meaning(self.follower, inner.env, inner.around.inside(index, ZERO, count - 1))
        self.follower.bind(part.target, item, deeper)
        for condition in part.ifs:
            deeper.test(condition)
        tests = deeper.work
        made, work, result = self._passes(deeper, results, others)
        for key, value in deeper.env.items():
            inner.env[key] = value
        return (
            self.follower.sum_form(made, index, count, inner.around),
            inner.work + self.follower.sum_form(work + tests + 1, index, count, inner.around),
            result,
        )

    # --- calls ---

    def _call(self, node: ast.Call) -> Known:
        if isinstance(node.func, ast.Attribute):
            name = self._module_function(node.func)
            if name is None:
                return self._method(node, node.func)
        elif isinstance(node.func, ast.Name):
            name = self.follower.snippet.imported.get(node.func.id, node.func.id).rpartition(".")[2]
            if node.func.id in self.follower.snippet.functions:
                return self._own(node, node.func.id)
        else:
            raise Unsolved("it calls a function that is not named")
        values = [self.value(part) for part in node.args]
        values += [self.value(part.value) for part in node.keywords if part.arg not in ("key", "reverse")]
        return self._built_in(name, values, node)

    def _module_function(self, node: ast.Attribute) -> str | None:
        if isinstance(node.value, ast.Name) and node.value.id not in self.env:
            module = self.follower.snippet.imported.get(node.value.id, node.value.id)
            if module in ("math", "collections", "functools", "heapq", "bisect"):
                return node.attr
        return None

    def _own(self, node: ast.Call, name: str) -> Known:
        values = [self.value(part) for part in node.args]
        named = {part.arg: self.value(part.value) for part in node.keywords if part.arg}
        return self.follower.call(name, values, named, self)

    def _built_in(self, name: str, values: list[Known], node: ast.Call) -> Known:
        from engine.algorithms.built_ins import FUNCTIONS

        known = FUNCTIONS.get(name)
        return known(self, values, node) if known else DATA

    def _method(self, node: ast.Call, func: ast.Attribute) -> Known:
        from engine.algorithms.built_ins import METHODS

        owner = self.value(func.value)
        values = [self.value(part) for part in node.args]
        known = METHODS.get(func.attr)
        return known(self, owner, values, node) if known else DATA


# --- small ones --------------------------------------------------------------------------------


def _constant_item(value: Known) -> Known | None:
    return value if isinstance(value, Listed | Several) else None
