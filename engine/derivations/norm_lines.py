"""Layer norm and batch norm backward, brought to the form in which they are known.

dx = (n g - 1 (1ᵀ g) - x̂ (x̂ᵀ g)) / (n σ) with g = dL/dx̂, n entries in each mean (Ioffe & Szegedy 2015;
Ba, Kiros & Hinton 2016): what is left of g when its mean and its part along x̂ are taken off.
"""

from __future__ import annotations

from engine.derivations.sheet import Sheet
from engine.derivations.steps import COMPACT, NORMAL
from engine.tape.local import inner
from engine.tape.makers import add, fill, matmul, neg, over, power, slope, times
from engine.tape.nodes import Node, Var
from engine.tape.program import Program


class _Norm:
    """The quantities of a normalisation, each sum over its entries."""

    def __init__(self, program: Program) -> None:
        self.x = program.inputs[0]
        self.mu, self.var, self.sd, self.xhat = (
            program.definition(name).var for name in ("mu", "var", "sd", "xhat")
        )
        self.ones = fill(1, (self.x.shape[0], "1"))
        self.turned = fill(1, ("1", self.x.shape[0]))
        self.count = matmul(self.turned, self.ones)

    def added(self, entries: Node) -> Node:
        """1ᵀ u: of a column a number, of a matrix a row."""
        return matmul(self.turned, entries)

    def along(self, g: Node) -> Node:
        """x̂ᵀ g of columns; of matrices that of each column."""
        return inner(self.xhat, g) if self.x.shape[1] == "1" else self.added(times(self.xhat, g))

    def spread(self, each: Node) -> Node:
        """One number for each column, in all entries; a single number stays one."""
        return each if self.x.shape[1] == "1" else matmul(self.ones, each)


def closed(sheet: Sheet, program: Program) -> int:
    """Goes on from the lines of dL/dx; gives the number of the one in closed form."""
    norm = _Norm(program)
    g, sd = slope(norm.xhat), norm.sd
    mean = neg(over(norm.added(g), sd))
    variance = neg(over(norm.along(g), times(fill(2), power(sd, 2))))
    _say(sheet, "norm-mean", norm.mu, mean, (norm.mu, norm.xhat, norm.var))
    _say(sheet, "norm-variance", norm.var, variance, (norm.sd,))
    divisor = times(norm.count, norm.spread(sd))
    off_mean = matmul(norm.ones, norm.added(g))
    off_xhat = times(norm.xhat, norm.spread(norm.along(g)))
    apart = add(over(g, norm.spread(sd)), neg(over(off_mean, divisor)), neg(over(off_xhat, divisor)))
    _say(sheet, "norm-insert", norm.x, apart, (norm.mu, norm.var, norm.xhat))
    together = over(add(times(norm.count, g), neg(off_mean), neg(off_xhat)), divisor)
    return _say(sheet, "norm-backward", norm.x, together, (), COMPACT)


def _say(
    sheet: Sheet, rule: str, of: Var, value: Node, definitions: tuple[Var, ...], level: int = NORMAL
) -> int:
    needs = (*definitions, slope(of), *(slope(one) for one in definitions if level == NORMAL))
    return sheet.add(rule, slope(of), value, needs=needs, level=level, path=(of.name,))
