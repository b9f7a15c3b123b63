"""CodeJob -> Report or Refusal: read, followed, held against the interpreter, told.

Loops are followed (`counting.py`), recursions become recurrences (`recursion.py`). A derived count leaves
this file only if the interpreter agrees; one that fits the counts without a derivation is MEASURED.
"""

from __future__ import annotations

import ast
import logging
import time

from engine.algorithms import inputs, looped, recursive
from engine.algorithms.call_graph import group
from engine.algorithms.flow import Stuck
from engine.algorithms.reading import Snippet, read
from engine.algorithms.values import TooMuch
from engine.errors import CodeError
from engine.recurrences.steps import Step
from engine.recurrences.verify import World
from engine.symbolic.formula import Names
from engine.symbolic.jobs import CodeJob, RecurrenceJob
from engine.symbolic.report import Line, Refusal, Report

Lines = tuple[Line, ...]
_LOG = logging.getLogger(__name__)
_WAY_OUT = (
    "Counted are loops over numbers and lists, while loops with a variable that moves one way, and recursion."
)


def answer(job: CodeJob) -> Report | Refusal:
    """The counts of the pasted code, or why there are none."""
    started = time.perf_counter()
    try:
        snippet = read(job.text)
        function = chosen(snippet, job.function)
        if group(snippet, function):
            return recursive.report(snippet, function, job, started)
        return looped.report(snippet, function, job, started)
    except CodeError as error:
        return _refused(job, error)
    except Stuck as why:
        return Refusal(f"Line {why.line}: {why.reason}.", _WAY_OUT, job.text, 0, "", why.line)


def told(job: CodeJob) -> tuple[Lines, tuple[Step, ...], World, Names] | RecurrenceJob | Refusal:
    """The derivation of `job` with what its letters are worth: (lines, steps, world, names).

    Of recursive code, the recurrence whose derivation it is.
    """
    found = answer(job)
    if isinstance(found, Refusal):
        return found
    if found.found is not None and found.found.recurrence:
        return RecurrenceJob(found.found.recurrence)
    snippet = read(job.text)
    function = chosen(snippet, job.function)
    try:
        derivation = looped.told(snippet, function, job.case)
    except Stuck as why:
        return Refusal(f"Line {why.line}: {why.reason}.", "Try it with smaller numbers.", job.text)
    sizes = inputs.letters(inputs.parameters(snippet, function))
    return derivation.lines, derivation.steps, derivation.world, Names("", sizes[0] if sizes else "n")


def chosen(snippet: Snippet, wanted: str) -> str:
    """The function to count; "" for the top level. Raises CodeError for a name that is none."""
    if wanted:
        if wanted not in snippet.functions:
            known = ", ".join(snippet.functions) or "none"
            raise CodeError(f"There is no function {wanted} here.", f"Choose one of: {known}.")
        return wanted
    if not snippet.functions or any(isinstance(node, ast.For | ast.While) for node in snippet.top):
        return ""
    called = {
        part.func.id
        for name, node in snippet.functions.items()
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id != name
    }
    top = {node.name for node in snippet.tree.body if isinstance(node, ast.FunctionDef)}
    free = [name for name in snippet.functions if name not in called and name in top]
    return (free or [name for name in snippet.functions if name in top])[-1]


def _refused(job: CodeJob, error: CodeError) -> Refusal:
    way_out = error.way_out
    if isinstance(error, TooMuch):
        return Refusal(error.reason, way_out, job.text, max(error.column, 0), "", error.line)
    return Refusal(error.reason, way_out, job.text, error.column, "", error.line)
