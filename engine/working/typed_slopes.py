"""Reading derivatives: dL/dh_t, \\frac{\\partial L}{\\partial W_h}, ∂h_t/∂h_{t-1}, ∂⁺h_j/∂W_h, and J_k."""

from __future__ import annotations

from typing import NamedTuple

from engine.symbolic.tokens import Token
from engine.tape import makers
from engine.tape.nodes import NUMBER, Node, Slope, Var
from engine.working.typed_names import Cursor


class _Half(NamedTuple):
    """One half of a derivative: of (or by) what; ∂⁺ or not; as a vec; and with the mark of a transpose."""

    leaf: Var
    immediate: bool
    vec: bool
    turned: bool


class Slopes(Cursor):
    """Reads what is a derivative, from its first half on."""

    def is_differential(self, token: Token, after: Token) -> bool:
        """Whether half of a derivative begins at `token`: ∂, dh_t, or a d that stands before a name."""
        word = token.text
        if token.kind == "∂":
            return True
        if token.kind != "word" or word[0] != "d":
            return False
        if word == "d":
            return after.kind in ("word", "^", "+")
        if word in self.known.words:
            return False
        rest = word[1:]
        return rest == "vec" or not {rest, rest.rstrip("0123456789")}.isdisjoint(self.known.words)

    def _half(self, token: Token, below: bool) -> _Half:
        word, immediate = token.text[1:], False
        if token.kind == "∂" or not word:
            immediate = self._plus()
            token = self.take()
            word = token.text
            if token.kind != "word":
                self.fail("Here it should say of what, such as L or h_t.", token.at)
        if word == "vec":
            opening = self.take()
            if opening.kind != "(" or self.next.kind != "word":
                self.fail("After “vec” a matrix should follow: vec(W_h).", opening.at)
            inner = self.take()
            leaf = self.quantity(inner, inner.text)
            self.close(opening, ")")
        else:
            leaf = self.quantity(token, word)
        if isinstance(leaf, Slope):
            self.fail("Slopes of slopes are not read here.", token.at)
        return _Half(leaf, immediate, word == "vec", below and self._turn())

    def _plus(self) -> bool:
        """Takes the + of ∂⁺."""
        for shape in (("+",), ("^", "+"), ("^", "(", "+", ")")):
            if self.kinds(*shape):
                for _ in shape:
                    self.take()
                return True
        return False

    def _turn(self) -> bool:
        """Takes the mark of a transpose."""
        for count in (2, 4):
            if self.next.kind == "^" and self.ahead(count // 2).text == "T":
                for _ in range(count):
                    self.take()
                return True
        return self.next.kind == "'" and bool(self.take())

    def derivative(self, token: Token) -> Node:
        of = self._half(token, False)
        if self.next.kind != "/" or not self.is_differential(self.ahead(), self.ahead(2)):
            if of.leaf.name == self.known.loss or of.immediate:
                self.fail("Say by what: a slope is written dL/dW_h, ∂h_t/∂h_{t-1} and the like.")
            return makers.slope(of.leaf)  # dh_t for dL/dh_t, as programs do
        self.take()
        return self._slope(of, self._half(self.take(), True), token)

    def typeset_derivative(self, token: Token) -> Node:
        r"""\frac{\partial L}{\partial h_t}, and \left.\frac{..}{..}\right|_{\text{gates held}} as ∂⁺."""
        opening = self.take()
        of = self._half(self.take(), False)
        self.close(opening, ")")
        opening = self.take()
        if opening.kind != "(" or not self.is_differential(self.next, self.ahead()):
            self.fail(r"Below the line it should say by what, such as \partial h_t.", opening.at)
        by = self._half(self.take(), True)
        self.close(opening, ")")
        if self.next.kind == "held":
            self.take()
            of = of._replace(immediate=True)
        return self._slope(of, by, token)

    def _slope(self, of: _Half, by: _Half, token: Token) -> Node:
        """A slope has the shape of what it is taken by; a derivative of a column is a Jacobian."""
        whole_loss = of.leaf.name == self.known.loss and of.leaf.at is None
        if whole_loss and not (of.immediate or by.vec):
            slope = makers.slope(by.leaf)
            column = by.leaf.shape[1] == "1" and by.leaf.shape != NUMBER
            if by.turned and column:
                return makers.partial(of.leaf, by.leaf)
            return makers.transpose(slope) if by.turned else slope
        if of.leaf.shape[1] != "1":
            self.fail("A derivative of a matrix is not read; take one of a column or of L.", token.at)
        held = self.known.held(of.leaf, by.leaf) if of.immediate else None
        found = makers.partial(of.leaf, by.leaf, held)
        if of.leaf.shape != NUMBER or by.turned:
            return found
        if "1" not in by.leaf.shape and not by.vec:
            self.fail(
                "Only the whole loss L has a slope by a matrix here. Write dL/dW_h and the like.", token.at
            )
        return makers.transpose(found)

    def jacobian(self, token: Token) -> Node:
        """J_k, the derivative of a state by the one before it."""
        if self.next.kind != "_" or not self.known.states:
            self.fail("J needs its time, such as J_k: the derivative of h_k by h_{k-1}.", token.at)
        self.take()
        time = self.time()
        state = self.known.entries[self.known.states[0]]
        return makers.partial(state.at(time), state.at(time - 1))
