"""Where the parts of a recursion's recurrence come from, in words: which line calls, what the rest costs."""

from __future__ import annotations

from dataclasses import replace

from engine.algorithms.counts import Count, Unsolved
from engine.algorithms.forms import ONE, ZERO, Form
from engine.algorithms.one_call import SIZE, Made, OneCall
from engine.algorithms.solved_recursion import Recursion
from engine.algorithms.written import written
from engine.symbolic.report import Line
from engine.symbolic.typeset import latex

_MANY = 6  # lines that are named one by one


def told_lines(lines: tuple[Line, ...], solved: Recursion) -> tuple[Line, ...]:
    """The lines of the recurrence's derivation, those that state it told about the code."""
    return tuple(_about_code(line, solved) for line in lines)


def _about_code(line: Line, solved: Recursion) -> Line:
    if line.rule == "recurrence":
        return replace(line, why=basis(solved), path=_path(solved))
    if line.rule == "first-value":
        return replace(line, why="Counted: a call of this size, all calls that it makes included.")
    return line


def basis(solved: Recursion) -> str:
    """What the recurrence rests on: the text, or only runs."""
    told = solved.told
    if told is None:
        return f"Read off runs at up to $n = {max(solved.tallies)}$, not derived: {solved.why}."
    parts = [*_calls(told.call), _rest(told.call, told.exact)]
    if told.ways > 1:
        where = ", ".join(map(str, sorted(told.call.decided)))
        parts.append(f"The data decide in line {where}; there are {told.ways} ways through it.")
        if told.extreme and told.exact:
            parts.append("On no other way are the calls or the work of one call more extreme.")
    if solved.why:
        parts.append(f"Not derived: {solved.why}.")
    return " ".join(parts)


def _path(solved: Recursion) -> tuple[str, ...]:
    """The lines that call."""
    if solved.told is None:
        return ()
    return tuple(f"line:{line}" for line in sorted({made.line for made in solved.told.call.made}))


def _calls(call: OneCall) -> list[str]:
    lines = dict[int, list[str]]()
    for made in call.made:
        lines.setdefault(made.line, []).append(_one(made))
    return [f"Line {line} calls it with {_and(sizes)}." for line, sizes in lines.items()]


def _one(made: Made) -> str:
    """The size of a call, and how often it is made."""
    if made.size is None:
        return "a size that depends on the data"
    text = f"size ${_maths(made.size)}$"
    if made.size.letters() - {SIZE}:
        ranges = [f"${name} = {_maths(low)}, \\dots, {_maths(high)}$" for name, low, high in made.loops]
        return f"{text} for {_and(ranges)}"
    form = _form(made.times)
    if form is None:
        return f"{text} in some cases"
    return text if form == ONE else f"{text}, ${_maths(form)}$ times"


def _rest(call: OneCall, exact: bool) -> str:
    """What a call executes by itself."""
    forms = {line: _form(count) for line, count in sorted(call.lines.items())}
    known = {line: form for line, form in forms.items() if form is not None}
    if len(known) < len(forms):
        return "What a call executes by itself depends on its size."
    total = sum(known.values(), ZERO)
    most = "" if exact else " at most"
    text = f"By itself a call executes{most} ${_maths(total)}$ lines"
    if len(known) > _MANY:
        return f"{text}."
    named = [
        f"line {line} " + ("once" if form == ONE else f"${_maths(form)}$ times")
        for line, form in known.items()
    ]
    return f"{text}: {_and(named)}."


def _form(count: Count) -> Form | None:
    try:
        return count.form
    except Unsolved:
        return None


def _maths(form: Form) -> str:
    return latex(written(form))


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
