"""What a student may type about one derivation: a reader of lines, and the names with their palette keys.

The parsers are imported when they are first needed. Pure: no Qt but the palette's Key.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.symbolic.jobs import GradientJob
from studyapp.widgets.typed_line import SIGNS, Key, Reader


@dataclass(frozen=True)
class Language:
    """How lines of one derivation are typed.

    Attributes:
        read: text -> LaTeX; raises FormulaError.
        keys: the derivation's own names. signs: those that all of its kind have.
        example: how a line begins.
        name: what the derivation is called, if its title and problem do not tell it from others.
    """

    read: Reader
    keys: tuple[Key, ...]
    signs: tuple[Key, ...] = SIGNS
    example: str = "∂L/∂h_t = …"
    name: str = ""


def of_gradient(job: GradientJob) -> Language:
    """The language of the lines of `job`."""
    return Language(reader(job), keys(job))


def reader(job: GradientJob) -> Reader:
    """Text -> LaTeX of the line as it is understood; raises FormulaError."""
    from engine.tape.latex import latex
    from engine.working.reading import as_equation, names
    from engine.working.typed import read

    known = names(job)

    def read_line(text: str) -> str:
        equation, sign = as_equation(text)
        line = read(equation, known)
        right = latex(line.right)
        return right if line.left is None else f"{latex(line.left)} {_SIGNS[sign]} {right}"

    return read_line


def keys(job: GradientJob) -> tuple[Key, ...]:
    """A palette key for each quantity of the network."""
    from engine.working.reading import names

    listed = names(job).listed()
    return tuple(Key(name.plain, name.plain, f"{name.plain}: {name.shape}", name.latex) for name in listed)


_SIGNS = {"=": "=", "≤": "\\le"}
