"""Short derivations with all their parts, to show the widgets of the Derive page alone. Pure: no Qt."""

from __future__ import annotations

import dataclasses

from engine.symbolic.report import (
    Agreement,
    Check,
    Cost,
    Line,
    Method,
    Network,
    Place,
    Report,
    Status,
    Unfolded,
    Value,
    Wire,
)


def report() -> Report:
    """T(n) = 2T(n-1), T(0) = 1, in three lines."""
    check = Check("both sides at 24 values of n, exactly", 24, 0.0, True)
    why = "Replace $T(n-1)$ again and again: each time another factor $2$ comes out."
    lines = (
        Line(
            1, "recurrence", "The recurrence", "T(n) = a\\,T(n-1)", "T(n) = 2\\,T(n-1)", why, (), 8.0, check
        ),
        Line(2, "first-value", "First value", "T(n_0) = t_0", "T(0) = 1", "Where it starts.", (), 1.0, check),
        Line(3, "unroll", "Unroll", "T(n) = a^n\\,T(0)", "T(n) = 2^n\\,T(0) = 2^n", why, (1, 2), 8.0, check),
    )
    return Report(
        title="Recurrence T(n) = 2T(n-1), T(0) = 1",
        problem="T(n) = 2\\,T(n-1),\\quad T(0) = 1",
        conventions=(("log", "to base 2"),),
        numbers=(("n", 3.0),),
        lines=lines,
        result="T(n) = 2^n \\in \\Theta(2^n)",
        summary="T(n) = 2^n, which is Θ(2^n).",
        status=Status.PROVEN,
        agreements=(
            Agreement("closed form", 8.0, 0.0, True),
            Agreement("terms of the recurrence", 8.0, 0.0, True),
        ),
        methods=(
            Method("Unrolling", True, "T(n-1) can be replaced again and again."),
            Method("Master theorem", False, "It is for T(n/b), where n is divided."),
        ),
        milliseconds=3.0,
    )


def gradient() -> Report:
    """dL/dW_h of a small network over three time steps: spans, matrices, levels, a picture, costs."""
    return Report(
        title="∂L/∂W_h of the RNN, T = 3",
        problem=r"\frac{\partial L}{\partial W_h} = \ ?",
        conventions=(("Loss", "half the squared error, of the last output only"),),
        numbers=(("h", 2.0), ("d", 1.0)),
        lines=_gradient_lines(),
        result=r"\frac{\partial L}{\partial W_h} = \sum_{t=1}^{3} \delta_t h_{t-1}^{\top}",
        summary="∂L/∂W_h is the sum of δ_t h_{t-1}ᵀ over time; all ways agree.",
        status=Status.PROVEN,
        agreements=(
            Agreement("derivation", 0.1345, 0.0, True),
            Agreement("hand-written BPTT", 0.1345, 1.3e-16, True),
            Agreement("central difference", 0.1345, 2.4e-9, True),
        ),
        methods=(),
        milliseconds=31.0,
        network=_picture(),
        costs=(
            Cost("Parameters, one bias", r"h^2 + hd + h", 8, "", _check("the arrays of the network")),
            Cost("Multiplications of BPTT", r"2T(h^2 + hd)", 36, r"\Theta(T)", _check("counting them")),
        ),
        matrices=(("W_h", Value("", (2, 2), ((0.31, -0.52), (0.44, 0.27)), 0.8)),),
    )


def unfolded() -> Unfolded:
    """The second line of `gradient`, once for each time."""
    line = _gradient_lines()[1]
    return Unfolded(
        2,
        tuple(
            dataclasses.replace(
                line,
                latex=rf"h_{{{t}}} = \tanh(a_{{{t}}})",
                span="",
                unfolds=0,
                values=(line.values[t - 1],),
                path=(f"h@{t}",),
            )
            for t in (1, 2, 3)
        ),
    )


def _gradient_lines() -> tuple[Line, ...]:
    states = tuple(Value(f"t = {t}", (2, 1), ((0.1 * t,), (-0.2 * t,)), 0.2236 * t) for t in (1, 2, 3))
    slopes = tuple(Value(f"t = {t}", (2, 1), ((0.003 * t,), (0.001,)), 0.0033 * t) for t in (3, 2, 1))
    whole = Value("", (2, 2), ((0.1345, -0.0021), (0.0177, 0.052)), 0.1455)
    return (
        Line(
            1, "preactivation", "Definition of the pre-activation", r"a = W_h h + W_i x + b_h",
            r"a_t = W_h h_{t-1} + W_i x_t + b_h", "What goes into $\\tanh$.", (), None, _check("forward"),
            span=r"t = 1, \dots, 3", level=1, scalar=r"a_t = w_h h_{t-1} + w_i x_t + b", shape="h",
            values=states, path=("a@t", "h@t-1>a@t", "x@t>a@t"), unfolds=3,
        ),
        Line(
            2, "state", "Definition of the state", r"h = \varphi(a)", r"h_t = \tanh(a_t)",
            "The state is what is handed on.", (1,), None, _check("forward"), span=r"t = 1, \dots, 3",
            level=0, scalar=r"h_t = \tanh(a_t)", shape="h", source="Elman (1990)", values=states,
            path=("h@t", "a@t>h@t"), unfolds=3,
        ),
        Line(
            3, "slope-of-tanh", "Slope of tanh", r"\tanh'(a) = 1 - \tanh^2(a)",
            r"\frac{\partial h_t}{\partial a_t} = \operatorname{diag}(1 - h_t \odot h_t)",
            "Every unit has its own slope.", (2,), None, _check("both sides"), span=r"t = 1, \dots, 3",
            level=2, shape="h × h",
        ),
        Line(
            4, "chain", "Chain rule", r"\partial L / \partial a = J^{\top} \, \partial L / \partial h",
            r"\delta_t = \operatorname{diag}(1 - h_t \odot h_t)\, W_h^{\top} \delta_{t+1}",
            "The slope comes back through $W_h$.", (2, 3), None, _check("the directional derivative"),
            span=r"t = 2, \dots, 1", level=1,
            focus=r"\delta_t = \focus{\operatorname{diag}(1 - h_t \odot h_t)}\, W_h^{\top} \delta_{t+1}",
            scalar=r"\delta_t = (1 - h_t^2)\, w_h\, \delta_{t+1}", shape="h",
            source="Goodfellow, Bengio and Courville (2016), eq. 10.20", values=slopes,
            path=("a@t", "a@t+1>h@t"), unfolds=2,
        ),
        Line(
            5, "sum-over-time", "Sum over time", r"\frac{\partial L}{\partial W} = \sum_t \delta_t h^{\top}",
            r"\frac{\partial L}{\partial W_h} = \sum_{t=1}^{3} \delta_t h_{t-1}^{\top}",
            "$W_h$ is used at every step.", (1, 4), None, _check("the directional derivative"), level=0,
            focus=r"\frac{\partial L}{\partial W_h} = \focus{\sum_{t=1}^{3} \delta_t h_{t-1}^{\top}}",
            scalar=r"\frac{\partial L}{\partial w_h} = \sum_{t=1}^{3} \delta_t h_{t-1}", shape="h × h",
            values=(whole,), path=("W_h@*",),
        ),
    )  # fmt: skip


def _picture() -> Network:
    places = [Place("h@0", "h_0", 0, 1.0, "state")]
    wires = []
    for t in (1, 2, 3):
        places += [
            Place(f"x@{t}", f"x_{t}", t, 0.0, "input"),
            Place(f"a@{t}", f"a_{t}", t, 1.0, "sum"),
            Place(f"h@{t}", f"h_{t}", t, 2.0, "state"),
        ]
        wires += [
            Wire(f"x@{t}", f"a@{t}", "W_i"),
            Wire(f"h@{t - 1}", f"a@{t}", "W_h"),
            Wire(f"a@{t}", f"h@{t}"),
        ]
    return Network(3, tuple(places), tuple(wires))


def _check(what: str) -> Check:
    return Check(what, 8, 3e-12, True)
