"""Jacobian matrices of definitions: entry (i, j) is the slope of the i-th by the j-th number.

Forward mode, for columns and numbers: what stands left of the variable is multiplied together. A
matrix as the variable is read column after column (vec), so that W u has the Jacobian uᵀ ⊗ I
(Magnus & Neudecker 2019, section 9.13). Some things have no such matrix in the tape language: None.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.tape import nodes
from engine.tape.local import derivative
from engine.tape.makers import add, diag, eye, fill, kron, matmul, minus, neg, over, times, transpose
from engine.tape.nodes import NUMBER, Node, Var
from engine.tape.program import Definition
from engine.tape.tidy import tidy
from engine.tape.walk import variables


def jacobian(definition: Definition, by: Var) -> Node | None:
    """d(var)/d(by), everything else in the definition held; None where it cannot be written.

    `by` must stand in the value. A `by` that is no column must be the left factor of a product with
    a column: W in W u.
    """
    found = _Jacobian(definition, by).of(definition.value)
    return None if found is None else tidy(found)


class _Jacobian:
    def __init__(self, definition: Definition, by: Var) -> None:
        self._definition, self._by = definition, by

    def of(self, node: Node) -> Node | None:
        """The Jacobian of a part; None where it cannot be written, or where the variable is not in it."""
        if node is self._by:
            return eye(node.shape[0]) if node.shape[1] == "1" else None
        rule = _RULES.get(type(node))
        return rule(self, node) if rule and self._in(node) else None

    def _in(self, node: Node) -> bool:
        return self._by in variables(node)

    def _named(self, node: Node) -> Node:
        return self._definition.var if node is self._definition.value else node

    def add(self, node: nodes.Add) -> Node | None:
        parts = [self.of(term) for term in node.terms if self._in(term)]
        known = [part for part in parts if part is not None]
        return add(*known) if len(known) == len(parts) else None

    def neg(self, node: nodes.Neg) -> Node | None:
        body = self.of(node.body)
        return body and neg(body)

    def matmul(self, node: nodes.MatMul) -> Node | None:
        *left, last = node.factors
        if not any(map(self._in, left)):
            body = self.of(last)
            return body and matmul(*left, body)
        if left == [self._by] and not self._in(last) and last.shape[1] == "1":
            return kron(transpose(last), eye(node.shape[0]))
        return None

    def hadamard(self, node: nodes.Hadamard) -> Node | None:
        depending = [factor for factor in node.factors if self._in(factor)]
        if len(depending) > 1 or depending[0].shape != node.shape or node.shape[1] != "1":
            return None
        others = times(*(factor for factor in node.factors if factor is not depending[0]))
        if others.shape != node.shape:
            others = times(others, fill(1, node.shape))
        body = self.of(depending[0])
        return body and matmul(diag(others), body)

    def over(self, node: nodes.Over) -> Node | None:
        body = None if self._in(node.below) else self.of(node.above)
        if body is None or node.below.shape == NUMBER:
            return body and over(body, node.below)
        return matmul(diag(over(fill(1, node.shape), node.below)), body)

    def fn(self, node: nodes.Fn) -> Node | None:
        body = None if node.primed or node.shape[1] != "1" else self.of(node.body)
        return body and matmul(diag(derivative(node.name, node.body, self._named(node))), body)

    def softmax(self, node: nodes.Softmax) -> Node | None:
        p, body = self._named(node), self.of(node.body)
        return body and matmul(minus(diag(p), matmul(p, transpose(p))), body)


_RULES: dict[type[Node], Callable[..., Node | None]] = {
    nodes.Add: _Jacobian.add,
    nodes.Neg: _Jacobian.neg,
    nodes.MatMul: _Jacobian.matmul,
    nodes.Hadamard: _Jacobian.hadamard,
    nodes.Over: _Jacobian.over,
    nodes.Fn: _Jacobian.fn,
    nodes.Softmax: _Jacobian.softmax,
}
