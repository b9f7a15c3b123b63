"""What a student may type about one derivation: a reader of lines, and the names with their palette keys.

The parser is imported when it is first needed. Pure: no Qt but the palette's Key.
"""

from __future__ import annotations

from engine.symbolic.jobs import GradientJob
from studyapp.widgets.typed_line import Key, Reader


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
