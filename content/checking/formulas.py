"""Every line of the formula sheet holds as printed, with each letter's meaning, and so do its equations.

The values are drawn at random; what they are held against is the engine, a derivation or a count.
"""

from __future__ import annotations

from collections.abc import Iterator

from content.checking.circular import repeats
from content.course import Course, Problem
from content.latex.cursor import Unread
from content.latex.holding import after, equal_at, has_shape, sides, tells_a_shape
from content.latex.parts import Statement, is_closed, statements
from content.latex.tokens import tokens
from content.latex.tree import Named, Node
from content.records import SheetFormula
from content.worked.drawing import broken, drawn
from content.worked.reading import WorkedError


def untrue(course: Course) -> Iterator[Problem]:
    """Formulas that do not hold, or cannot be read."""
    for formula in (*course.formulas, *course.asides):
        file = f"formulas/{formula.unit}.yaml"
        line = course.lines.get((file, formula.id), 0)
        for sentence in (*_printed(formula), *_further(formula)):
            yield Problem(file, formula.id, sentence, line)


def _further(formula: SheetFormula) -> Iterator[str]:
    for equation in formula.check:
        try:
            sentence = broken(formula.id, dict(formula.draw), equation)
        except WorkedError as error:
            sentence = str(error)
        if sentence:
            yield f"{equation}: {sentence}"


def _printed(formula: SheetFormula) -> Iterator[str]:
    """What is wrong with the formula as it is printed: each statement is held or has a reason why not."""
    if formula.unchecked:
        return
    reasons = {tokens(latex): latex for latex, _ in formula.unread}
    said, letters = statements(formula.latex), meanings(formula)
    if not is_closed(formula.latex):
        yield "a bracket has no partner."
    for statement in said:
        if not reasons.pop(statement.tokens, ""):
            yield from _held(formula, statement, letters)
        letters = after(statement, letters)
    for latex in reasons.values():
        yield f"unread: {latex} is no statement of this formula."
    yield from _unused(formula, said)


def _held(formula: SheetFormula, statement: Statement, letters: dict[str, str]) -> Iterator[str]:
    if tells_a_shape(statement):
        yield from _of_shapes(formula, statement, letters)
    elif statement.equates or (formula.equals and not statement.relations):
        yield from _told(formula, statement, letters)
    elif not statement.relations:
        yield f"{statement}: nothing is equated; say what it comes to (`equals`) or why it is `unread`."


def meanings(formula: SheetFormula) -> dict[str, str]:
    """What is drawn means itself, where nothing else is said."""
    return {**{name: name for name, _ in formula.draw}, **dict(formula.letters)}


def _of_shapes(formula: SheetFormula, statement: Statement, letters: dict[str, str]) -> Iterator[str]:
    try:
        for values in drawn(formula.id, dict(formula.draw)):
            if sentence := has_shape(statement, letters, values):
                yield f"{statement}: {sentence}."
                return
    except (Unread, WorkedError) as error:
        yield f"{statement}: {error}"


def _told(formula: SheetFormula, statement: Statement, letters: dict[str, str]) -> Iterator[str]:
    try:
        nodes = sides(statement, letters)
        if formula.equals and not statement.equates:
            letters = {**letters, "equals": formula.equals}
            nodes.append(Named("equals"))
        if len(nodes) > 1 and repeats(nodes, letters):
            yield f"{statement}: a letter only repeats the other side; take its value from worked/."
        if sentence := at_the_draws(formula, nodes, letters):
            yield f"{statement}: {sentence}."
    except (Unread, WorkedError) as error:
        yield f"{statement}: {error}"


def at_the_draws(formula: SheetFormula, nodes: list[Node], letters: dict[str, str]) -> str:
    """Why the sides are not equal at a draw of the formula; empty if they are. Raises Unread, WorkedError."""
    for number, values in enumerate(drawn(formula.id, dict(formula.draw))):
        if sentence := equal_at(nodes, letters, values):
            return f"{sentence} at draw {number}; mend the formula or what its letters mean"
    return ""


def _unused(formula: SheetFormula, said: tuple[Statement, ...]) -> Iterator[str]:
    """Letters that the formula has not."""
    text = f" {' '.join(token for statement in said for token in statement.tokens)} "
    for letter, _ in formula.letters:
        if f" {' '.join(tokens(letter))} " not in text:
            yield f"letters: {letter} does not stand in the formula."
