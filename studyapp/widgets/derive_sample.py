"""A short derivation with all its parts, to show the widgets of the Derive page alone. Pure: no Qt."""

from __future__ import annotations

from engine.symbolic.report import Agreement, Check, Line, Method, Report, Status


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
