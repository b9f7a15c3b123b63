"""What clipping does to a gradient: no slopes, but its length and its direction, before and after."""

from __future__ import annotations

from engine.derivations.sheet import Sheet
from engine.derivations.steps import COMPACT, NORMAL
from engine.tape.makers import fill, fn, matmul, norm, over, power, times, transpose, var
from engine.tape.nodes import NUMBER, Var


def by_norm(sheet: Sheet, clipped: Var, g: Var) -> None:
    """Length and direction of min(1, v / n) g."""
    v, n = var("v", NUMBER), var("n", NUMBER)
    share = fn("min1", over(v, n))
    path = (g.name, clipped.name)
    sheet.add("clipped-length", norm(clipped), times(share, n), needs=(clipped, n), level=NORMAL, path=path)
    sheet.add("clipped-bound", norm(clipped), v, needs=(clipped,), relation="≤", path=path)
    direction = over(clipped, norm(clipped))
    sheet.add("clipped-direction", direction, over(g, n), needs=(clipped, n), level=COMPACT, path=path)


def by_value(sheet: Sheet, clipped: Var, g: Var) -> None:
    """Entries, length and direction of a gradient that is cut entry by entry."""
    v, path = var("v", NUMBER), (g.name, clipped.name)
    limit = times(v, fill(1, g.shape))
    sheet.add(
        "clipped-entries", fn("sqrt", power(clipped, 2)), limit, needs=(clipped,), relation="≤", path=path
    )
    sheet.add(
        "clipped-shorter", norm(clipped), norm(g), needs=(clipped,), relation="≤", path=path, level=NORMAL
    )
    together = matmul(transpose(g), clipped)
    lengths = times(norm(g), norm(clipped))
    sheet.add("clipped-turned", together, lengths, needs=(clipped,), relation="≤", path=path)
