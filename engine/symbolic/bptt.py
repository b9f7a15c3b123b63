"""Backpropagation through time of the scalar RNN, derived line by line.

    h_t = tanh(w h_{t-1} + u x_t + b),  y_hat = v h_T + c,  L = (y_hat - y)^2, halved or not

Forward lines first, then back: dL/dy_hat, dL/dh_T, and delta_t = dL/da_t from t = T down to 1;
then the sum over time, and the same sum with every delta opened into a product of steps
(Goodfellow, Bengio, Courville: Deep Learning, section 10.2.2; Werbos 1990). Names such as
h_2 stay names: expanded, the result doubles with every time step.

Pure trees: neither SymPy nor numbers are needed to derive. The numbers are in `program.py`.
"""

from __future__ import annotations

from engine.symbolic.expr import (
    ONE,
    Add,
    Big,
    Call,
    Diff,
    Div,
    Expr,
    Mul,
    Sym,
    minus,
    num,
    plus,
    power,
    times,
)
from engine.symbolic.jobs import BpttJob
from engine.symbolic.program import leaf
from engine.symbolic.steps import Step, Steps
from engine.symbolic.typeset import latex

MAX_STEPS = 6
W, U, B, V, C, Y = (Sym(name) for name in "wubvcy")
LOSS, Y_HAT = Sym("L"), Sym("yhat")


def state(t: int | Expr) -> Sym:
    return Sym("h", num(t) if isinstance(t, int) else t)


def pre(t: int) -> Sym:
    return Sym("a", num(t))


def delta(t: int | Expr) -> Sym:
    return Sym("delta", num(t) if isinstance(t, int) else t)


def slope(t: int | Expr) -> Expr:
    """1 - h_t^2, the derivative of tanh at a_t."""
    return minus(ONE, power(state(t), num(2)))


def derive(job: BpttJob) -> tuple[Step, ...]:
    """The derivation of dL/d(job.wrt); its last step ends in the gradient to be computed.

    `job` is taken to be valid (1 to MAX_STEPS steps, a name of PARAMETERS).
    """
    return _Derivation(job).steps()


class _Derivation:
    """The lines in order; remembers under which number each quantity was found."""

    def __init__(self, job: BpttJob) -> None:
        self._last = job.steps
        self._half = job.half_loss
        self._of = leaf(job.wrt)
        self._name = job.wrt
        self._lines = Steps()
        self._at: dict[Expr, int] = {}

    def steps(self) -> tuple[Step, ...]:
        self._forward()
        self._loss_slope()
        if self._name in ("v", "c"):
            self._through_output(self._of, state(self._last) if self._name == "v" else ONE)
        else:
            self._through_output(state(self._last), V)
            self._back_through_time()
            if self._name == "h_0":
                self._product_to_start()
            else:
                self._sum_over_time()
                self._sum_of_products()
        return self._lines.finished()

    def _add(
        self,
        rule: str,
        left: Expr,
        *chain: Expr,
        needs: tuple[Expr, ...],
        facts: dict[str, str] | None = None,
    ) -> None:
        uses = tuple(self._at[need] for need in needs if need in self._at)
        self._at[left] = self._lines.add(rule, left, *chain, uses=uses, facts=facts)

    # --- forward ---

    def _forward(self) -> None:
        for t in range(1, self._last + 1):
            before = state(t - 1)
            total = plus(times(W, before), times(U, Sym("x", num(t))), B)
            self._add("preactivation", pre(t), total, needs=(before,), facts={"t": str(t)})
            self._add("state", state(t), Call("tanh", pre(t)), needs=(pre(t),), facts={"t": str(t)})
        h = state(self._last)
        self._add("output", Y_HAT, plus(times(V, h), C), needs=(h,), facts={"last": str(self._last)})
        square = power(minus(Y_HAT, Y), num(2))
        loss = times(Div(ONE, num(2)), square) if self._half else square
        self._add("loss", LOSS, loss, needs=(Y_HAT,), facts={"convention": self._about_half()})

    def _about_half(self) -> str:
        if self._half:
            return "The $\\tfrac{1}{2}$ is a convention, chosen here so that it cancels the 2 of the square."
        return (
            "No $\\tfrac{1}{2}$ stands in front: a convention, by which a factor 2 stays in every gradient."
        )

    # --- backward ---

    def _loss_slope(self) -> None:
        residual = minus(Y_HAT, Y)
        slope_of_loss = residual if self._half else times(num(2), residual)
        about = "The 2 that comes down " + ("cancels the $\\tfrac{1}{2}$." if self._half else "stays.")
        self._add("power-rule", Diff(LOSS, Y_HAT), slope_of_loss, needs=(LOSS,), facts={"convention": about})

    @property
    def _error(self) -> Expr:
        """dL/dy_hat as it was found."""
        return self._lines[self._at[Diff(LOSS, Y_HAT)]].after

    def _through_output(self, of: Sym, by: Expr) -> None:
        chain = times(Diff(LOSS, Y_HAT), Diff(Y_HAT, of))
        facts = {"of": latex(of), "slope": latex(by), "last": str(self._last)}
        needs = (Diff(LOSS, Y_HAT), Y_HAT)
        self._add("chain-output", Diff(LOSS, of), chain, times(self._error, by), needs=needs, facts=facts)

    def _back_through_time(self) -> None:
        for t in range(self._last, 0, -1):
            self._delta(t)
            if t > 1 or self._name == "h_0":
                chain = times(delta(t), Diff(pre(t), state(t - 1)))
                facts = {"t": str(t), "before": str(t - 1)}
                needs = (delta(t), pre(t))
                self._add(
                    "back-in-time",
                    Diff(LOSS, state(t - 1)),
                    chain,
                    times(W, delta(t)),
                    needs=needs,
                    facts=facts,
                )

    def _delta(self, t: int) -> None:
        from_state, through = Diff(LOSS, state(t)), Diff(state(t), pre(t))
        self._add("tanh-derivative", through, slope(t), needs=(state(t),), facts={"t": str(t)})
        whole = (Diff(LOSS, pre(t)), times(from_state, through), times(from_state, slope(t)))
        self._add("delta", delta(t), *whole, needs=(from_state, through), facts={"t": str(t)})

    # --- the parameter: sum over its uses ---

    def _immediate(self, t: int) -> Expr:
        """The immediate derivative of a_t: what the parameter is multiplied by at time t."""
        factors: dict[str, Expr] = {"w": state(t - 1), "u": Sym("x", num(t)), "b": ONE}
        return factors[self._name]

    def _sum_over_time(self) -> None:
        times_used = range(1, self._last + 1)
        for t in times_used:
            facts = {"t": str(t), "before": str(t - 1), "of": self._name}
            left = Diff(pre(t), self._of, immediate=True)
            self._add("immediate-preactivation", left, self._immediate(t), needs=(pre(t),), facts=facts)
        time = Sym("t")
        general = times(delta(time), Diff(Sym("a", time), self._of, immediate=True))
        shares = plus(*(times(delta(t), self._immediate(t)) for t in times_used))
        facts = {"of": self._name, "count": "one time" if self._last == 1 else f"{self._last} times"}
        needs = tuple(need for t in times_used for need in (delta(t), Diff(pre(t), self._of, immediate=True)))
        total = Big("sum", general, "t", ONE, num(self._last))
        self._add("sum-over-time", Diff(LOSS, self._of), total, shares, needs=needs, facts=facts)

    def _sum_of_products(self) -> None:
        for t in range(2, self._last + 1):
            self._step_jacobian(t)
        for t in range(1, self._last + 1):
            left = Diff(state(t), self._of, immediate=True)
            opened = times(Diff(state(t), pre(t)), Diff(pre(t), self._of, immediate=True))
            needs = (Diff(state(t), pre(t)), Diff(pre(t), self._of, immediate=True))
            facts = {"t": str(t), "of": self._name}
            self._add(
                "immediate-state", left, opened, times(slope(t), self._immediate(t)), needs=needs, facts=facts
            )
        j, gradient = Sym("j"), Diff(LOSS, self._of)
        body = Mul(
            (*self._start_of_path(), self._path(plus(j, ONE)), Diff(state(j), self._of, immediate=True))
        )
        facts = {"of": self._name, "last": str(self._last)}
        needs = (Diff(LOSS, Y_HAT), gradient)
        self._add(
            "sum-of-products", gradient, Big("sum", body, "j", ONE, num(self._last)), needs=needs, facts=facts
        )
        terms = tuple(self._opened(t, self._immediate(t)) for t in range(self._last, 0, -1))
        self._insert(gradient, Add(terms) if len(terms) > 1 else terms[0])

    def _product_to_start(self) -> None:
        for t in range(1, self._last + 1):
            self._step_jacobian(t)
        gradient = Diff(LOSS, self._of)
        product = Mul((*self._start_of_path(), self._path(ONE)))
        needs = (gradient, Diff(LOSS, Y_HAT))
        self._add("product-to-start", gradient, product, needs=needs, facts={"last": str(self._last)})
        self._insert(gradient, self._opened(1, W))

    def _step_jacobian(self, t: int) -> None:
        left, through = Diff(state(t), state(t - 1)), Diff(state(t), pre(t))
        opened = times(through, Diff(pre(t), state(t - 1)))
        self._add("step-jacobian", left, opened, times(slope(t), W), needs=(through, pre(t)))

    def _start_of_path(self) -> tuple[Expr, Expr]:
        return Diff(LOSS, Y_HAT), Diff(Y_HAT, state(self._last))

    def _path(self, low: Expr) -> Expr:
        """The product of the steps from `low` to T."""
        k = Sym("k")
        return Big("prod", Diff(state(k), state(minus(k, ONE))), "k", low, num(self._last))

    def _opened(self, j: int, ends_in: Expr) -> Expr:
        """One path of the sum with all its factors: from the loss back to time j, then `ends_in`."""
        steps = [factor for t in range(self._last, j, -1) for factor in (slope(t), W)]
        return times(self._error, V, *steps, slope(j), ends_in)

    def _insert(self, gradient: Expr, opened: Expr) -> None:
        pieces = (Diff(LOSS, Y_HAT), Diff(LOSS, state(self._last)), gradient)
        jacobians = tuple(Diff(state(t), state(t - 1)) for t in range(1, self._last + 1))
        shares = tuple(Diff(state(t), self._of, immediate=True) for t in range(1, self._last + 1))
        self._add("insert", gradient, opened, needs=(*pieces, *jacobians, *shares))
