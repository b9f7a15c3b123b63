"""Whitelisted expressions -> closures: frame -> value. Nothing is compiled to Python's own code.

Each closure holds what it needs: the closures of its parts, slots of the frame, the meter.
"""

# ruff: noqa: ARG002, ARG005 - many makers behind one signature; not each needs all of it
from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from typing import Any, Final, cast

from engine.algorithms import library, methods, names
from engine.algorithms.routines import Builtin, Routine
from engine.algorithms.scopes import OUTER, UNSET, Frame, Scope, assigned
from engine.algorithms.values import SIZED, CodeFault, Meter

Closure = Callable[[Frame], Any]


_BINARY: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Sub: operator.sub, ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv,
    ast.BitAnd: operator.and_, ast.BitOr: operator.or_, ast.BitXor: operator.xor, ast.RShift: operator.rshift,
}  # fmt: skip
_COMPARED: Final[dict[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
}  # fmt: skip
_UNARY: Final[dict[type[ast.unaryop], Callable[[Any], Any]]] = {
    ast.UAdd: operator.pos, ast.USub: operator.neg, ast.Not: operator.not_, ast.Invert: operator.invert,
}  # fmt: skip


class Expressions:
    """Turns expressions into closures. `statements.Statements` adds statements and functions."""

    def __init__(self, meter: Meter, imported: dict[str, str]) -> None:
        self.meter = meter
        self._imported = imported

    def expression(self, node: ast.expr, scope: Scope) -> Closure:
        maker = getattr(self, f"_{type(node).__name__.lower()}")
        return cast("Closure", maker(node, scope))

    def expressions(self, nodes: list[ast.expr], scope: Scope) -> list[Closure]:
        return [self.expression(node, scope) for node in nodes]

    # --- leaves ----------------------------------------------------------------------------

    def _constant(self, node: ast.Constant, scope: Scope) -> Closure:
        value = node.value
        return lambda frame: value

    def _name(self, node: ast.Name, scope: Scope) -> Closure:
        place, line, name = scope.find(node.id), node.lineno, node.id
        if place is None:
            value = self._library(node)
            return lambda frame: value
        levels, slot = place

        def read(frame: Frame) -> Any:
            value = frame[slot]
            if value is UNSET:
                raise CodeFault(f"{name} has no value here.", f"Give {name} a value before.", line)
            return value

        def read_outside(frame: Frame) -> Any:
            for _ in range(levels):
                frame = frame[OUTER]
            return read(frame)

        return read_outside if levels else read

    def _library(self, node: ast.Name) -> Any:
        """What a name means that is no variable: a built-in, or something imported."""
        full = self._imported.get(node.id)
        if full is None and node.id in library.FUNCTIONS:
            return Builtin(node.id, library.FUNCTIONS[node.id], self.meter, node.lineno)
        full = full or next((f"{m}.{node.id}" for m in names.MODULES if node.id in names.MODULES[m]), node.id)
        return self._of_module(full, node.lineno)

    def _of_module(self, full: str, line: int) -> Any:
        found = library.IMPORTED.get(full)
        if found is None:
            raise CodeFault(f"{full} is not known.", "Use lists, numbers and your own functions.", line)
        return Builtin(full, found, self.meter, line) if callable(found) else found

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Closure:
        if isinstance(node.value, ast.Name) and scope.find(node.value.id) is None:
            value = self._of_module(f"{node.value.id}.{node.attr}", node.lineno)
            return lambda frame: value
        raise CodeFault(f".{node.attr} stands here without being called.", "Call it with ().", node.lineno)

    # --- operators -------------------------------------------------------------------------

    def _binop(self, node: ast.BinOp, scope: Scope) -> Closure:
        first, second = self.expression(node.left, scope), self.expression(node.right, scope)
        apply = self.operator(node.op, node.lineno)
        return lambda frame: apply(first(frame), second(frame))

    def operator(self, kind: ast.operator, line: int) -> Callable[[Any, Any], Any]:
        """Of two values; where the result may become large, it is asked for first."""
        meter = self.meter
        match kind:
            case ast.Add():
                return lambda a, b: a + b if type(a) is float else library.total(meter, line, a, b)
            case ast.Mult():
                return lambda a, b: library.product(meter, line, a, b)
            case ast.Pow():
                return lambda a, b: library.power(line, a, b)
            case ast.LShift():
                return lambda a, b: library.shifted(line, a, b)
            case ast.Mod():
                return lambda a, b: library.remainder(line, a, b)
        return _BINARY[type(kind)]

    def _unaryop(self, node: ast.UnaryOp, scope: Scope) -> Closure:
        body, apply = self.expression(node.operand, scope), _UNARY[type(node.op)]
        return lambda frame: apply(body(frame))

    def _boolop(self, node: ast.BoolOp, scope: Scope) -> Closure:
        *early, last = self.expressions(node.values, scope)
        stops = isinstance(node.op, ast.Or)

        def both(frame: Frame) -> Any:
            for part in early:
                value = part(frame)
                if bool(value) is stops:
                    return value
            return last(frame)

        return both

    def _compare(self, node: ast.Compare, scope: Scope) -> Closure:
        first = self.expression(node.left, scope)
        tests = [self._test(op, node.lineno) for op in node.ops]
        others = self.expressions(node.comparators, scope)
        if len(tests) == 1:
            [test], [other] = tests, others
            return lambda frame: test(first(frame), other(frame))

        def chain(frame: Frame) -> Any:
            left = first(frame)
            for test, other in zip(tests, others, strict=True):
                right = other(frame)
                if not test(left, right):
                    return False
                left = right
            return True

        return chain

    def _test(self, kind: ast.cmpop, line: int) -> Callable[[Any, Any], Any]:
        meter = self.meter
        match kind:
            case ast.In():
                return lambda a, b: library.contains(meter, line, a, b)
            case ast.NotIn():
                return lambda a, b: not library.contains(meter, line, a, b)
        compare = _COMPARED[type(kind)]

        def test(a: Any, b: Any) -> Any:
            if type(a) is not int and isinstance(a, SIZED):
                meter.compared(line, a, b)
            return compare(a, b)

        return test

    def _ifexp(self, node: ast.IfExp, scope: Scope) -> Closure:
        test, yes, no = self.expressions([node.test, node.body, node.orelse], scope)
        return lambda frame: yes(frame) if test(frame) else no(frame)

    # --- lists and their like --------------------------------------------------------------

    def _spread(self, nodes: list[ast.expr], scope: Scope) -> Callable[[Frame], list[Any]]:
        """Values side by side, those with a star spread out."""
        if not any(isinstance(node, ast.Starred) for node in nodes):
            parts = self.expressions(nodes, scope)
            return lambda frame: [part(frame) for part in parts]
        meter, line = self.meter, nodes[0].lineno
        pieces = [
            (
                self.expression(node.value if isinstance(node, ast.Starred) else node, scope),
                isinstance(node, ast.Starred),
            )
            for node in nodes
        ]

        def spread(frame: Frame) -> list[Any]:
            found = list[Any]()
            for part, starred in pieces:
                found += meter.taken(line, part(frame)) if starred else [part(frame)]
            return found

        return spread

    def _list(self, node: ast.List, scope: Scope) -> Closure:
        return self._spread(node.elts, scope)

    def _tuple(self, node: ast.Tuple, scope: Scope) -> Closure:
        parts = self._spread(node.elts, scope)
        return lambda frame: tuple(parts(frame))

    def _set(self, node: ast.Set, scope: Scope) -> Closure:
        parts, meter, line = self._spread(node.elts, scope), self.meter, node.lineno
        return lambda frame: {self._key(meter, line, part) for part in parts(frame)}

    @staticmethod
    def _key(meter: Meter, line: int, key: Any) -> Any:
        if type(key) is tuple:
            meter.spend(line, meter.weight(line, key))
        return key

    def _dict(self, node: ast.Dict, scope: Scope) -> Closure:
        if not all(node.keys):
            raise CodeFault("** in a dictionary is not read.", "Use update.", node.lineno)
        keys = self.expressions([key for key in node.keys if key], scope)
        pairs = list(zip(keys, self.expressions(node.values, scope), strict=True))
        meter, line = self.meter, node.lineno
        return lambda frame: {self._key(meter, line, key(frame)): value(frame) for key, value in pairs}

    def _joinedstr(self, node: ast.JoinedStr, scope: Scope) -> Closure:
        parts, meter, line = self.expressions(node.values, scope), self.meter, node.lineno

        def joined(frame: Frame) -> str:
            text = "".join([part(frame) for part in parts])
            meter.fits(line, len(text))
            return text

        return joined

    def _formattedvalue(self, node: ast.FormattedValue, scope: Scope) -> Closure:
        body, meter, line = self.expression(node.value, scope), self.meter, node.lineno
        spec = "".join(str(part.value) for part in getattr(node.format_spec, "values", ()))

        def text(frame: Frame) -> str:
            value = body(frame)
            meter.spend(line, meter.weight(line, value))
            return format(value, spec)

        return text

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Closure:
        owner, line, meter = self.expression(node.value, scope), node.lineno, self.meter
        if isinstance(node.slice, ast.Slice):
            cut = self.slice(node.slice, scope)

            def piece(frame: Frame) -> Any:
                found = owner(frame)[cut(frame)]
                meter.charge(line, 0 if isinstance(found, range) else len(found))
                return found

            return piece
        place = self.expression(node.slice, scope)

        def item(frame: Frame) -> Any:
            items, key = owner(frame), place(frame)
            return items[key if type(key) is int else self._key(meter, line, key)]

        return item

    def slice(self, node: ast.Slice, scope: Scope) -> Callable[[Frame], slice]:
        bounds = [
            self.expression(part, scope) if part else None for part in (node.lower, node.upper, node.step)
        ]
        return lambda frame: slice(*[bound(frame) if bound else None for bound in bounds])

    # --- comprehensions --------------------------------------------------------------------

    def _listcomp(self, node: ast.ListComp, scope: Scope) -> Closure:
        made = self._made(node.generators, self.expression(node.elt, scope), node.lineno, scope)
        return lambda frame: list(made(frame))

    def _setcomp(self, node: ast.SetComp, scope: Scope) -> Closure:
        made = self._made(node.generators, self.expression(node.elt, scope), node.lineno, scope)
        meter, line = self.meter, node.lineno
        return lambda frame: {self._key(meter, line, value) for value in made(frame)}

    def _dictcomp(self, node: ast.DictComp, scope: Scope) -> Closure:
        key, value = self.expression(node.key, scope), self.expression(node.value, scope)
        made = self._made(node.generators, lambda frame: (key(frame), value(frame)), node.lineno, scope)
        meter, line = self.meter, node.lineno
        return lambda frame: {self._key(meter, line, key): value for key, value in made(frame)}

    def _generatorexp(self, node: ast.GeneratorExp, scope: Scope) -> Closure:
        return self._made(node.generators, self.expression(node.elt, scope), node.lineno, scope)

    def _made(
        self, loops: list[ast.comprehension], value: Closure, line: int, scope: Scope
    ) -> Callable[[Frame], Iterator[Any]]:
        """The values of a comprehension, innermost loop last; each round is charged to its line.

        Its variables have places in the frame of the function around it: those of another name
        are not disturbed, one of the same name is put back.
        """
        meter = self.meter
        stages = [
            (
                self.expression(loop.iter, scope),
                self.store(loop.target, scope),
                self.expressions(loop.ifs, scope),
            )
            for loop in loops
        ]

        def rounds(frame: Frame, level: int) -> Iterator[Any]:
            items, put, tests = stages[level]
            for item in items(frame):
                meter.charge(line, 1)
                put(frame, item)
                for test in tests:
                    if not test(frame):
                        break
                else:
                    if level + 1 < len(stages):
                        yield from rounds(frame, level + 1)
                    else:
                        yield value(frame)

        def made(frame: Frame) -> Iterator[Any]:
            before = list(frame)
            count = 0
            for count, found in enumerate(rounds(frame, 0), 1):
                meter.fits(line, count)
                yield found
            restore(frame, before)

        slots = [place for place in map(scope.find, _targets(loops)) if place]

        def restore(frame: Frame, before: list[Any]) -> None:
            for _, slot in slots:
                frame[slot] = before[slot]

        return made

    def store(self, target: ast.expr, scope: Scope) -> Callable[[Frame, Any], None]:
        raise NotImplementedError  # statements.py: a target is half of an assignment

    # --- calls -----------------------------------------------------------------------------

    def _call(self, node: ast.Call, scope: Scope) -> Closure:
        values = self._spread(node.args, scope)
        named = {word.arg: self.expression(word.value, scope) for word in node.keywords if word.arg}
        meter, line = self.meter, node.lineno
        if isinstance(node.func, ast.Attribute) and not self._is_module(node.func, scope):
            owner, name = self.expression(node.func.value, scope), node.func.attr

            def send(frame: Frame) -> Any:
                options = {word: value(frame) for word, value in named.items()}
                return methods.method(meter, line, owner(frame), name, tuple(values(frame)), options)

            return send
        function = self.expression(node.func, scope)

        def call(frame: Frame) -> Any:
            routine = function(frame)
            if type(routine) is Routine:
                arguments = values(frame)
                if named or len(arguments) != len(routine.parameters):
                    options = {word: value(frame) for word, value in named.items()}
                    arguments = routine.complete(arguments, options, line)
                return routine.invoke(arguments)
            if type(routine) is not Builtin:
                raise CodeFault("What is called here is no function.", "Call a function by its name.", line)
            options = {word: value(frame) for word, value in named.items()}
            return routine.function(meter, line, *values(frame), **options)

        return call

    def _is_module(self, node: ast.Attribute, scope: Scope) -> bool:
        return (
            isinstance(node.value, ast.Name)
            and node.value.id in names.MODULES
            and not scope.find(node.value.id)
        )

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Closure:
        names_of = tuple(argument.arg for argument in node.args.args)
        inner = Scope(scope, *assigned([ast.Expr(node.body)], names_of))
        body, meter, line = self.expression(node.body, inner), self.meter, node.lineno
        spare = inner.frame(None)[2 + len(names_of) :]
        defaults = self.expressions(node.args.defaults, scope)

        def make(frame: Frame) -> Routine:
            def invoke(values: list[Any]) -> Any:
                meter.lines[line] += 1
                meter.steps -= 1
                return body([frame, None, *values, *spare])

            return Routine("lambda", names_of, tuple(default(frame) for default in defaults), invoke)

        return make


def _targets(loops: list[ast.comprehension]) -> list[str]:
    return [part.id for loop in loops for part in ast.walk(loop.target) if isinstance(part, ast.Name)]
