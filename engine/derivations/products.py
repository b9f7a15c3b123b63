"""What a gradient over many steps is made of: step Jacobians, their products, and the sum of all paths.

For the plain network: J_k = dh_k/dh_{k-1} = diag(φ'(a_k)) W_h, and

    dL/dW = Σ_j dL/dŷ dŷ/dh_T (Π_{k=j+1..T} J_k) d⁺h_j/dW     (Pascanu, Mikolov & Bengio 2013, eq. 3-5)

with matrices read column after column, so that every factor is an ordinary Jacobian.
"""

from __future__ import annotations

from functools import cached_property

from engine.derivations import wording
from engine.derivations.flow import moved
from engine.derivations.sheet import Sheet
from engine.derivations.steps import FINE, NORMAL
from engine.derivations.wording import Words
from engine.tape.index import At, Span, at, first, last, t
from engine.tape.jacobian import jacobian
from engine.tape.makers import matmul, partial, prod_over, slope, sum_over, transpose, var
from engine.tape.nodes import NUMBER, Node, Partial, Var
from engine.tape.opened import opened
from engine.tape.program import Definition, Program
from engine.tape.tidy import tidy
from engine.tape.walk import put, swap

J, K = At("j"), At("k")
HELD = ("h",)  # what an immediate derivative holds: the earlier states
STEP_PATH = ("h@t-1>a@t", "a@t", "a@t>h@t", "h@t")
_ALL_PATHS = ("h@*>a@*", "a@*>h@*", "h@*>yhat@*", "yhat@*>L@*", "h@T>yhat", "yhat>L")
_MOST_PATHS = 10  # more of them are not written out


class Chain:
    """The factors of paths through one plain network."""

    def __init__(self, program: Program) -> None:
        self.state, self.sum = (program.definition(name) for name in ("h", "a"))
        self.output, self.loss = (program.definition(name).var for name in ("yhat", "L"))

    def h(self, when: At) -> Var:
        return var("h", self.state.var.shape, when)

    def a(self, when: At) -> Var:
        return var("a", self.sum.var.shape, when)

    def step(self, when: At) -> Partial:
        """dh_k/dh_{k-1}, by name."""
        return partial(self.h(when), self.h(when - 1))

    def steps(self, low: At, high: At) -> Node:
        """Their product, the latest on the left."""
        return prod_over(self.step(K), "k", low, high)

    @cached_property
    def squashing(self) -> Node:
        """diag(φ'(a_k))."""
        return _known(jacobian(moved(self.state, t.base, K), self.a(K)))

    @cached_property
    def step_value(self) -> Node:
        """diag(φ'(a_k)) W_h."""
        return tidy(matmul(self.squashing, _known(jacobian(moved(self.sum, t.base, K), self.h(K - 1)))))

    def immediate(self, wrt: Var, when: At) -> Partial:
        """d⁺h_j/d(wrt): only its use at time j counts."""
        return partial(self.h(when), wrt, HELD)

    def immediate_value(self, wrt: Var) -> Node:
        """diag(φ'(a_j)) (h_{j-1}ᵀ ⊗ I), or what stands there instead of h_{j-1}."""
        used = _known(jacobian(moved(self.sum, t.base, J), wrt))
        return tidy(matmul(put(self.squashing, K.base, J), used))

    def head(self, end: At) -> tuple[Partial, Partial]:
        """dL/dŷ and dŷ/dh at the end of a path."""
        when = end if self.output.at else None
        loss, output = var("L", NUMBER, when), var("yhat", self.output.shape, when)
        return partial(loss, output), partial(output, self.h(end))


def _known(found: Node | None) -> Node:
    if found is None:
        raise TypeError("A step of the plain network has no Jacobian: its program must have changed.")
    return found


class Products:
    """Writes the lines about products. `wrt`: a parameter inside the recurrence, or the first state."""

    def __init__(self, program: Program, sheet: Sheet, wrt: Var, steps: int, words: Words) -> None:
        self._program, self._sheet, self._wrt, self._steps = program, sheet, wrt, steps
        self._chain = Chain(program)
        self._facts = {"of": words.name(wrt)}
        self._to_start = wrt.at == at(0)

    def write(self) -> None:
        self.step()
        if not self._to_start:
            self._immediate()
        if self._chain.output.at:
            self._each_loss()
        else:
            left, whole = partial(self._chain.loss, self._wrt), self._paths(last)
            self._say(self._rule, left, whole)
            self._terms(left, whole)

    def step(self) -> None:
        """J_k for every step that a path may take."""
        span, c = Span("k", first if self._to_start else at(2), last), self._chain
        if span.times({"T": self._steps or 2}):
            outer, inner = partial(c.h(K), c.a(K)), partial(c.a(K), c.h(K - 1))
            self._sheet.add(
                "step-jacobian",
                c.step(K),
                matmul(outer, inner),
                c.step_value,
                span=span,
                needs=(c.h(K), c.a(K)),
                path=STEP_PATH,
            )

    def _immediate(self) -> None:
        c = self._chain
        outer, inner = partial(c.h(J), c.a(J)), partial(c.a(J), self._wrt, HELD)
        self._sheet.add(
            "immediate-state",
            c.immediate(self._wrt, J),
            matmul(outer, inner),
            c.immediate_value(self._wrt),
            span=Span("j", first, last),
            needs=(c.h(J), c.a(J)),
            facts=self._facts,
            level=NORMAL,
            path=STEP_PATH[1:],
        )

    @property
    def _rule(self) -> str:
        return "product-to-start" if self._to_start else "sum-of-products"

    def _paths(self, end: At) -> Node:
        """All ways from the loss at `end` back to the uses of what is asked for."""
        c = self._chain
        if self._to_start:
            return matmul(*c.head(end), c.steps(first, end))
        return sum_over(matmul(*c.head(end), c.steps(J + 1, end), c.immediate(self._wrt, J)), "j", first, end)

    def _each_loss(self) -> None:
        """One sum for each L_t, then the sum of these."""
        one, total = (partial(var("L", NUMBER, when), self._wrt) for when in (t, None))
        self._say(self._rule, one, self._paths(t), span=Span("t", first, last))
        double = sum_over(self._paths(t), "t", first, last)
        self._say("sum-of-losses", total, sum_over(one, "t", first, last), double)
        self._terms(total, double)

    def _say(self, rule: str, left: Partial, *sides: Node, span: Span | None = None) -> None:
        needs = (left.of, self._chain.output, slope(self._wrt))
        self._sheet.add(rule, left, *sides, span=span, needs=needs, facts=self._facts, path=_ALL_PATHS)

    def _terms(self, left: Partial, whole: Node) -> None:
        """The paths one by one, then with every Jacobian put in."""
        paths = 1 if self._to_start else self._steps
        paths = paths * (self._steps + 1) // 2 if self._chain.output.at and not self._to_start else paths
        if self._steps < 2 or paths > _MOST_PATHS or self._steps > _MOST_PATHS // 2:
            return
        written = opened(whole, {"T": self._steps})
        facts = {**self._facts, "count": wording.paths(paths)}
        rule = "product-written-out" if self._to_start else "paths-written-out"
        self._sheet.add(rule, left, written, needs=(left,), facts=facts, level=NORMAL, path=_ALL_PATHS)
        level = NORMAL if left.shape == NUMBER else FINE
        put_in = swap(written, self._value)
        self._sheet.add("insert", left, put_in, needs=(left, *self._pieces()), facts=facts, level=level)

    def _pieces(self) -> tuple[Node, ...]:
        c = self._chain
        return (slope(self._top.var), partial(self._top.var, c.h(t)), c.step(K), c.immediate(self._wrt, J))

    @property
    def _top(self) -> Definition:
        """What is read off a state: the scores of a softmax, else the output."""
        names = {definition.var.name for definition, _ in self._program.definitions()}
        return self._program.definition("s" if "s" in names else "yhat")

    def _value(self, node: Node) -> Node | None:
        """The value of a Jacobian of a path; None for other nodes.

        Through a softmax dL/dŷ dŷ/dh = dL/ds ds/dh is put in factor by factor, the short slope first.
        """
        match node:
            case Partial(_, Var(_, "L"), Var(_, "yhat")):
                number = self._sheet.numbers(slope(self._top.var))[-1]
                return transpose(self._when(self._sheet.steps[number - 1].after, node.of.at))
            case Partial(_, Var(_, "yhat"), Var(_, "h", At() as when)):
                by = self._chain.h(last if self._top.var.at is None else t)
                return self._when(_known(jacobian(self._top, by)), when)
            case Partial(_, Var(_, "h", At() as when), Var(_, "h")):
                return put(self._chain.step_value, K.base, when)
            case Partial(_, Var(_, "h", At() as when), _):
                return put(self._chain.immediate_value(self._wrt), J.base, when)
        return None

    def _when(self, value: Node, when: At | None) -> Node:
        return value if when is None else put(value, t.base, when)
