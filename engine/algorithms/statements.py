"""Whitelisted statements -> closures: frame -> how it ended. Counts each line that is executed.

A line counts as Python's own tracing does: the head of a loop once for each test, a `def` once,
several statements on one line once together. A statement over several lines counts on its
first; a comprehension counts on its line as one execution (its rounds are a cost).
"""

# ruff: noqa: ARG001, ARG002, ARG005 - many makers behind one signature; not each needs all of it
from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any, Final

from engine.algorithms.call_profile import Profile
from engine.algorithms.expressions import Closure, Expressions
from engine.algorithms.routines import Routine
from engine.algorithms.scopes import OUTER, RESULT, Frame, Scope, assigned
from engine.algorithms.values import MAX_DEPTH, NEVER_ENDS, SIZED, CodeFault, TooMuch, fault_of
from engine.algorithms.visits import Visits

BREAK, CONTINUE, RETURN = 1, 2, 3  # how a statement ended; None: plainly
End = int | None
Deed = Callable[[Frame], End]
_SELF_COUNTED = (
    ast.For,
    ast.While,
    ast.Global,
    ast.Nonlocal,
)  # loops count their heads; the last are no deeds
_FAILS: Final = (
    TypeError, IndexError, KeyError, ValueError, ArithmeticError, AttributeError, RuntimeError,
)  # fmt: skip


class Statements(Expressions):
    """Adds statements and functions to `Expressions`."""

    visits: Visits
    profile: Profile | None = None

    # --- blocks ----------------------------------------------------------------------------

    def block(self, body: list[ast.stmt], scope: Scope, line: int = 0) -> Deed:
        """All of `body`, the first of which stands on `line` if the head before it does, too."""
        before = [line, *(statement.end_lineno or 0 for statement in body)]
        deeds = [
            self._statement(statement, scope, counted=statement.lineno != last)
            for statement, last in zip(body, before, strict=False)
        ]
        places = [statement.lineno for statement in body]
        where = dict(zip(deeds, places, strict=True))

        def run(frame: Frame) -> End:
            try:
                for deed in deeds:
                    end = deed(frame)
                    if end:
                        return end
            except _FAILS as error:
                raise fault_of(error, where[deed]) from error
            return None

        return run

    def _statement(self, node: ast.stmt, scope: Scope, counted: bool) -> Deed:
        deed: Deed = getattr(self, f"_{type(node).__name__.lower()}")(node, scope)
        if not counted or isinstance(node, _SELF_COUNTED):
            return deed
        lines, line = self.meter.lines, node.lineno

        def run(frame: Frame) -> End:
            lines[line] += 1
            return deed(frame)

        return run

    # --- simple statements -----------------------------------------------------------------

    def _expr(self, node: ast.Expr, scope: Scope) -> Deed:
        value = self.expression(node.value, scope)

        def run(frame: Frame) -> End:
            value(frame)
            return None

        return run

    def _pass(self, node: ast.stmt, scope: Scope) -> Deed:
        return lambda frame: None

    _import = _importfrom = _global = _nonlocal = _pass

    def _break(self, node: ast.Break, scope: Scope) -> Deed:
        return lambda frame: BREAK

    def _continue(self, node: ast.Continue, scope: Scope) -> Deed:
        return lambda frame: CONTINUE

    def _return(self, node: ast.Return, scope: Scope) -> Deed:
        if node.value is None:
            return lambda frame: RETURN
        value = self.expression(node.value, scope)

        def run(frame: Frame) -> End:
            frame[RESULT] = value(frame)
            return RETURN

        return run

    def _assert(self, node: ast.Assert, scope: Scope) -> Deed:
        test, line = self.expression(node.test, scope), node.lineno

        def run(frame: Frame) -> End:
            if not test(frame):
                raise CodeFault("The assert fails.", "Choose other values.", line)
            return None

        return run

    def _raise(self, node: ast.Raise, scope: Scope) -> Deed:
        line = node.lineno

        def run(frame: Frame) -> End:
            raise CodeFault("The code raises an error here.", "Choose values that it accepts.", line)

        return run

    # --- assignments -----------------------------------------------------------------------

    def _assign(self, node: ast.Assign, scope: Scope) -> Deed:
        value = self.expression(node.value, scope)
        puts = [self.store(target, scope) for target in node.targets]
        match node.targets:
            case [ast.Name(id=name)] if (place := scope.find(name)) and not place[0]:
                slot = place[1]

                def run_one(frame: Frame) -> End:
                    frame[slot] = value(frame)
                    return None

                return run_one

        def run(frame: Frame) -> End:
            found = value(frame)
            for put in puts:
                put(frame, found)
            return None

        return run

    def _augassign(self, node: ast.AugAssign, scope: Scope) -> Deed:
        """x += y; a list is extended in place, which costs what is added."""
        value, apply, line, meter = self.expression(node.value, scope), None, node.lineno, self.meter
        apply = self.operator(node.op, line)
        extends = isinstance(node.op, ast.Add)

        def changed(old: Any, new: Any) -> Any:
            if extends and type(old) is list:
                added = meter.taken(line, new)
                meter.fits(line, len(old) + len(added))
                old += added
                return old
            return apply(old, new)

        if isinstance(node.target, ast.Subscript):
            return self._augmented_item(node.target, scope, value, changed)
        if not isinstance(node.target, ast.Name):
            raise CodeFault("This cannot be added to.", "Add to a variable or an item of a list.", line)
        read = self.expression(ast.copy_location(ast.Name(node.target.id, ast.Load()), node.target), scope)
        put = self.store(node.target, scope)
        place = scope.find(node.target.id)
        if place and not place[0]:
            slot = place[1]

            def run_one(frame: Frame) -> End:
                frame[slot] = changed(read(frame), value(frame))
                return None

            return run_one

        def run(frame: Frame) -> End:
            put(frame, changed(read(frame), value(frame)))
            return None

        return run

    def _augmented_item(
        self, target: ast.Subscript, scope: Scope, value: Closure, changed: Callable[[Any, Any], Any]
    ) -> Deed:
        if isinstance(target.slice, ast.Slice):
            raise CodeFault("Adding to a slice is not read.", "Use a loop.", target.lineno)
        owner, place = self.expression(target.value, scope), self.expression(target.slice, scope)

        def run(frame: Frame) -> End:
            items, key = owner(frame), place(frame)
            items[key] = changed(items[key], value(frame))
            return None

        return run

    def store(self, target: ast.expr, scope: Scope) -> Callable[[Frame, Any], None]:
        """How a value is put where `target` says."""
        match target:
            case ast.Name():
                return self._store_name(target, scope)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return self._store_parts([self.store(part, scope) for part in parts], target.lineno)
            case ast.Subscript(slice=ast.Slice() as part):
                return self._store_slice(target.value, part, scope)
            case ast.Subscript():
                owner, place = self.expression(target.value, scope), self.expression(target.slice, scope)
                key_of, meter, line = self._key, self.meter, target.lineno

                def put_item(frame: Frame, value: Any) -> None:
                    owner(frame)[key_of(meter, line, place(frame))] = value

                return put_item
        raise CodeFault(
            "This cannot be assigned to.", "Assign to a variable or an item of a list.", target.lineno
        )

    def _store_name(self, target: ast.Name, scope: Scope) -> Callable[[Frame, Any], None]:
        levels, slot = scope.find(target.id) or (0, 0)  # a name that is stored has a place in its scope

        def put(frame: Frame, value: Any) -> None:
            for _ in range(levels):
                frame = frame[OUTER]
            frame[slot] = value

        return put

    def _store_parts(
        self, puts: list[Callable[[Frame, Any], None]], line: int
    ) -> Callable[[Frame, Any], None]:
        meter = self.meter

        def put_all(frame: Frame, value: Any) -> None:
            found = list(value) if isinstance(value, SIZED) and len(value) == len(puts) else None
            if found is None:
                found = [item for item, _ in zip(value, range(len(puts) + 1), strict=False)]
                meter.spend(line, len(found))
            if len(found) != len(puts):
                raise CodeFault(
                    f"{len(puts)} values are wanted here, others come.", "Count both sides.", line
                )
            for put, item in zip(puts, found, strict=True):
                put(frame, item)

        return put_all

    def _store_slice(self, items_of: ast.expr, part: ast.Slice, scope: Scope) -> Callable[[Frame, Any], None]:
        owner, cut = self.expression(items_of, scope), self.slice(part, scope)
        meter, line = self.meter, items_of.lineno

        def put(frame: Frame, value: Any) -> None:
            items, new = owner(frame), meter.taken(line, value)
            meter.fits(line, len(items) + len(new))
            items[cut(frame)] = new

        return put

    # --- branches and loops ----------------------------------------------------------------

    def _if(self, node: ast.If, scope: Scope) -> Deed:
        test = self.expression(node.test, scope)
        yes = self.block(node.body, scope, node.lineno)
        no = self.block(node.orelse, scope, node.lineno)

        def run(frame: Frame) -> End:
            return yes(frame) if test(frame) else no(frame)

        return run

    def _for(self, node: ast.For, scope: Scope) -> Deed:
        items, put = self.expression(node.iter, scope), self.store(node.target, scope)
        body, other = self.block(node.body, scope, node.lineno), self.block(node.orelse, scope)
        meter, lines, line = self.meter, self.meter.lines, node.lineno
        weight = _weight(node.body)

        def run(frame: Frame) -> End:
            lines[line] += 1
            for item in items(frame):
                put(frame, item)
                meter.steps -= weight
                if meter.steps < 0:
                    raise TooMuch("This takes too many steps to be followed.", NEVER_ENDS, line)
                end = body(frame)
                if end and end != CONTINUE:
                    return None if end == BREAK else end
                lines[line] += 1
            return other(frame)

        return run

    def _while(self, node: ast.While, scope: Scope) -> Deed:
        test = self.expression(node.test, scope)
        body, other = self.block(node.body, scope, node.lineno), self.block(node.orelse, scope)
        meter, lines, line = self.meter, self.meter.lines, node.lineno
        weight = _weight(node.body)
        last_shown = node.body[-1].lineno != line  # on one line, Python's tracing does not see the last test

        def run(frame: Frame) -> End:
            lines[line] += 1
            while test(frame):
                meter.steps -= weight
                if meter.steps < 0:
                    raise TooMuch("This takes too many steps to be followed.", NEVER_ENDS, line)
                end = body(frame)
                if end and end != CONTINUE:
                    return None if end == BREAK else end
                lines[line] += 1
            return other(frame)

        def run_one_line(frame: Frame) -> End:
            before = lines[line]
            end = run(frame)
            lines[line] -= lines[line] > before + 1
            return end

        return run if last_shown else run_one_line

    # --- functions -------------------------------------------------------------------------

    def _functiondef(self, node: ast.FunctionDef, scope: Scope) -> Deed:
        parameters = tuple(argument.arg for argument in (*node.args.posonlyargs, *node.args.args))
        inner = Scope(scope, *assigned(node.body, parameters))
        body = self.block(node.body, inner)
        defaults = self.expressions(node.args.defaults, scope)
        put = self._store_name(ast.copy_location(ast.Name(node.name, ast.Store()), node), scope)
        invoke = self._invoke(node, inner, body)

        def run(frame: Frame) -> End:
            given = tuple(default(frame) for default in defaults)
            put(frame, Routine(node.name, parameters, given, invoke(frame)))
            return None

        return run

    def _invoke(
        self, node: ast.FunctionDef, scope: Scope, body: Deed
    ) -> Callable[[Frame], Callable[[list[Any]], Any]]:
        """How the function is entered: counted, watched, and not deeper than allowed."""
        meter, calls, visits, name, line = self.meter, self.meter.calls, self.visits, node.name, node.lineno
        spare = scope.frame(None)[2 + len(node.args.posonlyargs) + len(node.args.args) :]
        weight = _weight(node.body)

        def within(outer: Frame) -> Callable[[list[Any]], Any]:
            memo: dict[Any, Any] | None = {} if node.decorator_list else None

            def invoke(values: list[Any]) -> Any:
                key = tuple(values)
                if memo is not None and key in memo:
                    visits.recall(name, values, memo[key])
                    return memo[key]
                calls[name] = calls.get(name, 0) + 1
                meter.steps -= weight
                meter.depth += 1
                if meter.steps < 0:
                    raise TooMuch("This takes too many steps to be followed.", NEVER_ENDS, line)
                if meter.depth > MAX_DEPTH:
                    raise TooMuch(f"{name} calls itself more than {MAX_DEPTH} deep.", NEVER_ENDS, line)
                visits.enter(name, values)
                if self.profile is not None:
                    self.profile.enter(meter, name, values)
                frame = [outer, None, *values, *spare]
                body(frame)
                visits.leave(frame[RESULT])
                if self.profile is not None:
                    self.profile.leave(meter, name)
                meter.depth -= 1
                if memo is not None:
                    memo[key] = frame[RESULT]
                return frame[RESULT]

            return invoke

        return within


def _weight(body: Iterable[ast.stmt]) -> int:
    """Steps that a run through `body` counts for: its statements, those in branches included."""
    return sum(
        1 + sum(_weight(part) for part in (getattr(s, "body", ()), getattr(s, "orelse", ())))
        if isinstance(s, ast.If)
        else 1
        for s in body
    )
