"""How large a product of step Jacobians can be: when slopes must vanish, and what explosion takes.

‖J_k‖ ≤ ‖diag(φ'(a_k))‖ ‖W_h‖ ≤ γ ‖W_h‖ with γ = 1 for tanh, ReLU and the identity, 1/4 for the
sigmoid (Pascanu, Mikolov & Bengio 2013, section 2.1). γ ‖W_h‖ < 1 is enough for vanishing; for explosion
γ ‖W_h‖ > 1 is necessary, but not enough.
"""

from __future__ import annotations

from fractions import Fraction

from engine.derivations.products import STEP_PATH, Chain, J, K
from engine.derivations.sheet import Sheet
from engine.derivations.steps import COMPACT, NORMAL
from engine.tape.index import Span, at, first, last
from engine.tape.makers import fill, fn, norm, partial, power, prod_over, slope, times, var
from engine.tape.nodes import NUMBER, Node
from engine.tape.program import Program

LARGEST_SLOPE = {
    "tanh": Fraction(1),
    "sigmoid": Fraction(1, 4),
    "relu": Fraction(1),
    "identity": Fraction(1),
}


def _written(gamma: Fraction) -> str:
    """As LaTeX for a sentence."""
    above, below = gamma.as_integer_ratio()
    return str(above) if below == 1 else rf"\tfrac{{{above}}}{{{below}}}"


def length(of: Node) -> Node:
    """‖A‖, |a| of a number."""
    return fn("sqrt", power(of, 2)) if of.shape == NUMBER else norm(of)


class Bounds:
    """Writes the bounds of one plain network with this activation."""

    def __init__(self, program: Program, sheet: Sheet, activation: str) -> None:
        self._sheet, self._linear = sheet, activation == "identity"
        self._chain = Chain(program)
        self._gamma = fill(LARGEST_SLOPE[activation])
        self._weights = next(weight for weight in program.parameters if weight.name == "W_h")
        self._facts = {"gamma": _written(LARGEST_SLOPE[activation])}

    def write(self, steps: int, whole: bool) -> None:
        """`whole`: slopes pass through all steps, so there are products of them."""
        if steps == 1:
            return
        self._of_step()
        if whole:
            self._of_product()
            self._vanishing()
            self._exploding()

    @property
    def _most(self) -> Node:
        """γ ‖W_h‖."""
        return times(self._gamma, length(self._weights))

    def _here(self) -> Node:
        """‖diag(φ'(a_k))‖ ‖W_h‖: with the slopes that the activation really has."""
        return self._most if self._linear else times(length(self._chain.squashing), length(self._weights))

    def _over_path(self, factor: Node) -> Node:
        return prod_over(factor, K.base, J + 1, last)

    def _of_step(self) -> None:
        step = self._chain.step(K)
        sides = (self._here(), self._most)
        self._say("jacobian-bound", length(step), *sides, span=Span("k", at(2), last), needs=(step,))

    def _of_product(self) -> None:
        product = self._chain.steps(J + 1, last)
        sides = (self._over_path(length(self._chain.step(K))), self._over_path(self._most))
        self._say("product-bound", length(product), *sides, needs=(self._chain.step(K),))

    def _vanishing(self) -> None:
        """What is left at time j of the slope at the end; of many losses, of the last one's."""
        at_j, at_end = self._chain.h(J), self._chain.h(last)
        if self._chain.output.at:
            loss = var("L", NUMBER, last)
            before, end = length(partial(loss, at_j)), length(partial(loss, at_end))
        else:
            before, end = length(slope(at_j)), length(slope(at_end))
        self._say("vanishing", before, times(self._over_path(self._most), end), needs=(), level=COMPACT)

    def _exploding(self) -> None:
        product = length(self._chain.steps(J + 1, last))
        if self._linear:
            left, power = self._chain.steps(J + 1, last), self._over_path(self._weights)
            self._sheet.add(
                "linear-power", left, power, span=_BEFORE_LAST, needs=(self._chain.step(K),), path=STEP_PATH
            )
        else:
            sides = (self._over_path(self._here()), self._over_path(self._most))
            self._say("exploding", product, *sides, needs=(self._chain.step(K),), level=COMPACT)

    def _say(
        self,
        rule: str,
        left: Node,
        *sides: Node,
        needs: tuple[Node, ...],
        span: Span | None = None,
        level: int = NORMAL,
    ) -> None:
        self._sheet.add(
            rule,
            left,
            *sides,
            span=span or _BEFORE_LAST,
            relation="≤",
            needs=needs,
            facts=self._facts,
            level=level,
            path=STEP_PATH,
        )


_BEFORE_LAST = Span("j", first, last - 1, falling=True)
