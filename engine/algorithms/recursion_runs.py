"""One family of arguments, interpreted at several sizes, call by call; or why that cannot be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.algorithms.call_graph import refused, self_call
from engine.algorithms.call_profile import Profile
from engine.algorithms.inputs import Family
from engine.algorithms.interpreter import Tally, run
from engine.algorithms.reading import Snippet
from engine.algorithms.values import CodeFault, TooMuch
from engine.errors import CodeError

SIZES: Final = (*range(17), 20, 23, 24, 27, 31, 32, 33, 48, 64, 65, 81, 100, 127, 128, 129, 243, 256, 300)
LIMIT: Final = 4_000  # steps of one run
_ALL: Final = 10_000  # executions and built-in work of all runs of one family


@dataclass(frozen=True)
class Runs:
    """One family, interpreted at several sizes."""

    family: Family
    tallies: dict[int, Tally]
    roots: dict[int, Profile]


def interpreted(
    snippet: Snippet, function: str, functions: tuple[str, ...], family: Family, letters: tuple[str, ...]
) -> Runs:
    """The runs of `function` at SIZES, as many as there is time for. Raises CodeError: fewer than five."""
    runs = Runs(family, {}, {})
    spent, failures, endless = 0, list[CodeFault](), list[int]()
    for n in SIZES:
        profile = Profile(functions)
        try:
            arguments = family.make(dict.fromkeys(letters, n))
            tally = run(snippet, function, arguments, LIMIT, profile=profile)
        except TooMuch as error:
            failures.append(error)
            endless.append(n)
            if len(failures) > 2:
                break
            continue
        except CodeFault as error:
            failures.append(error)
            if len(failures) > 5:
                break
            continue
        runs.tallies[n], runs.roots[n] = tally, profile
        spent += tally.work
        if spent > _ALL:
            break
    if len(runs.tallies) < 5:
        raise _endless(snippet, functions, failures, runs, endless)
    return runs


def _endless(
    snippet: Snippet,
    functions: tuple[str, ...],
    failures: list[CodeFault],
    runs: Runs,
    endless: list[int],
) -> CodeError:
    """Why there is nothing to look at: no base case, no progress, too many calls, or the code fails."""
    error = failures[0]
    if not any(isinstance(failure, TooMuch) for failure in failures):
        return error
    call = self_call(snippet, functions)
    if call is not None and any(n > endless[0] for n in runs.tallies):
        ends = ", ".join(map(str, runs.tallies))
        reason = (
            f"{functions[0]} does not come to an end at n = {', '.join(map(str, endless))}: its base case is "
            f"jumped over. It does at n = {ends}."
        )
        return snippet.fault(call, reason, "Let the base case catch all small sizes, as in `if n <= 0`.")
    if any(child.children for profile in runs.roots.values() for child in profile.root.children):
        reached_n = max(runs.tallies)
        return refused(
            snippet,
            functions,
            f"beyond n = {reached_n} it makes more calls than can be followed, or never ends",
        )
    name = functions[0]
    reason = f"{name} does not come to an end: it calls itself again and again and no base case is reached."
    way_out = "Add a base case such as `if n <= 1: return 1`, and let each call get a smaller size."
    return CodeError(reason, way_out, error.line) if call is None else snippet.fault(call, reason, way_out)
