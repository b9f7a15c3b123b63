"""What a derivation is about, as it stands above the lines: the network, the question, the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.checking.drawing import leaves, times_of
from engine.checking.world import World
from engine.derivations.programs import asked_for
from engine.derivations.steps import Derivation
from engine.derivations.typeset import as_it_is
from engine.derivations.values import shown
from engine.symbolic.report import Value
from engine.tape.latex import latex, span_latex
from engine.tape.makers import slope
from engine.tape.mirror import mirrored
from engine.tape.nodes import NUMBER, Var
from engine.tape.program import Block

Letters = Mapping[str, int]
Numbers = tuple[tuple[str, float], ...]
Matrices = tuple[tuple[str, Value], ...]


def problem(derivation: Derivation, letters: Letters) -> str:
    """The definitions of the network, and the gradient that is asked for, LaTeX."""
    turned = mirrored if derivation.job.rows else as_it_is
    rows = [row for block in derivation.program.blocks for row in _block(derivation, block, letters)]
    if derivation.program.loss is not None:
        rows.append(rf"{latex(turned(slope(asked_for(derivation.job))), letters)} &=\ ?")
    return r"\begin{aligned} " + r" \\[4pt] ".join(rows) + r" \end{aligned}"


def _block(derivation: Derivation, block: Block, letters: Letters) -> Iterator[str]:
    """One row a definition; the times behind the first."""
    turned = mirrored if derivation.job.rows else as_it_is
    when = rf",\quad {span_latex(block.span, letters)}" if block.span else ""
    for number, made in enumerate(block.definitions):
        sides = (latex(turned(side), letters) for side in (made.var, made.value))
        yield " &= ".join(sides) + (when if number == 0 else "")


def result(derivation: Derivation, letters: Letters) -> str:
    """The gradient and the expression it is computed from, LaTeX."""
    turned = mirrored if derivation.job.rows else as_it_is
    step = derivation[derivation.answer]
    when = span_latex(step.span, letters) if step.span else ""
    both = " = ".join(latex(turned(side), letters) for side in (step.left, step.after))
    return rf"{both},\quad {when}" if when else both


def given_numbers(world: World) -> tuple[Numbers, Matrices]:
    """What is given at the shown point, under its LaTeX name: single numbers, then matrices."""
    numbers: list[tuple[str, float]] = []
    matrices: list[tuple[str, Value]] = []
    for leaf in leaves(world.program):
        for time in times_of(leaf, world.last):
            matrix = world.given[leaf.name][0] if time is None else world.given[leaf.name][0, time]
            name = _name(leaf, time, world)
            if leaf.shape == NUMBER:
                numbers.append((name, float(matrix.item())))
            else:
                (found,) = shown((matrix.T if world.job.rows else matrix)[None])
                matrices.append((name, found))
    return tuple(numbers), tuple(matrices)


def _name(leaf: Var, time: int | None, world: World) -> str:
    letters = {"T": world.last} if time is None else {"T": world.last, "t": time}
    return latex(mirrored(leaf) if world.job.rows else leaf, letters)
