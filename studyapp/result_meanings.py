"""What stands in the result of a gradient and is nothing given: the lines that define it. Pure: no Qt."""

from __future__ import annotations

import re

from engine.symbolic.report import Line, Report

MOST = 4
_ALIGNED = re.compile(r"^\\begin\{aligned\}(?:\[t\])? (.*) \\end\{aligned\}$", re.DOTALL)
_BREAK = "\\\\[4pt]"
_SLOPES = (r"\partial L", r"\delta")  # a left side with one of these is a slope of the loss
_FINEST = 1  # level of the lines that may be quoted


def meanings(report: Report) -> tuple[str, ...]:
    """LaTeX: the definitions of the slopes in the result, and of those in these, MOST at most."""
    answer = next((line for line in report.lines if report.result.startswith(in_short(line))), None)
    if answer is None or not _is_slope(answer):
        return ()
    found, due = [answer], [answer]
    while due:
        for line in _needed(report, due.pop(0)):
            if line not in found and _left(line) != _left(answer):
                found.append(line)
                due.append(line)
    return tuple(map(_with_times, found[1 : MOST + 1]))


def _needed(report: Report, line: Line) -> list[Line]:
    """The slopes that `line` comes from; what it shares a loop through time with is no source of it."""
    if not any(sign in in_short(line).partition("=")[2] for sign in _SLOPES):
        return []
    quotable = [other for other in report.lines if other.level <= _FINEST and _is_slope(other)]
    sources = [other for other in quotable if other.number in line.uses]
    in_loop = (other for other in quotable if other.number > line.number and _is_delta_in(other, line))
    return sources or list(in_loop)[:1]


def _is_delta_in(other: Line, line: Line) -> bool:
    stem = _left(other).rstrip("}").removesuffix("t")
    return stem.startswith(r"\delta") and stem in in_short(line)


def in_short(line: Line) -> str:
    """The left side and what it comes to in the end, without the steps between; LaTeX."""
    match = _ALIGNED.match(line.latex)
    if match is None:
        return line.latex
    rows = [row.strip() for row in match[1].split(_BREAK)]
    left = rows[0].partition("&")[0].strip()
    equal = [place for place, row in enumerate(rows) if "&=" in row]
    if not equal:  # a bound
        return line.latex
    last = equal[-1]
    sides = [rows[last].partition("&=")[2], *(row.replace(r"&\quad", "") for row in rows[last + 1 :])]
    return f"{left} = {' '.join(side.strip() for side in sides)}"


def _is_slope(line: Line) -> bool:
    return any(sign in _left(line) for sign in _SLOPES)


def _left(line: Line) -> str:
    return in_short(line).partition("=")[0].strip()


def _with_times(line: Line) -> str:
    times = rf"\quad {{\scriptstyle ({line.span})}}" if line.span else ""
    return f"{in_short(line)}{times}"
