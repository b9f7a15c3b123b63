"""The methods there are, and why those that were not used do not apply."""

from __future__ import annotations

from collections.abc import Mapping

from engine.recurrences.solution import Solution
from engine.symbolic.parser import RecurrenceInput
from engine.symbolic.report import Method

UNROLLING = "Unrolling"
CHARACTERISTIC = "Characteristic equation"
TELESCOPING = "Telescoping"
SUMMATION = "Summation factor"
DOMAIN = "Domain change"
TREE = "Recursion tree"
MASTER = "Master theorem"
AKRA_BAZZI = "Akra-Bazzi"
PROOF = "Substitution proof"

NAMES = (UNROLLING, CHARACTERISTIC, TELESCOPING, SUMMATION, DOMAIN, TREE, MASTER, AKRA_BAZZI, PROOF)

_NO_HISTORY = "It is for a sum over all earlier terms; here there is none."
_NO_ROOT = "It is for «T»(sqrt(«n»)), where a new variable such as log «n» turns roots into halves."
_NO_DIVISION = "It is for «T»(«n»/b), where «n» is divided. Here «n» gets smaller by subtraction."
_NO_SUBTRACTION = "It is for «T»(«n»-1), «T»(«n»-2). Here «n» is divided."
_NO_CLASS = "There is no class of growth to prove."
_ONE_CHILD_EACH = "Each node of the tree has its own number of levels below it: «n» is not divided."

_SUBTRACT = {
    UNROLLING: "Each substitution brings more terms, not a pattern.",
    CHARACTERISTIC: "It needs constant factors, and f(«n») of powers of «n» and numbers to the power «n».",
    TELESCOPING: _NO_HISTORY,
    SUMMATION: "It is for one term «T»(«n»-1) with a factor in front.",
    DOMAIN: _NO_ROOT,
    TREE: _ONE_CHILD_EACH,
    MASTER: _NO_DIVISION,
    AKRA_BAZZI: _NO_DIVISION,
    PROOF: _NO_CLASS,
}
_DIVIDE = {
    UNROLLING: "What substituting gives again and again is told level by level by the recursion tree.",
    CHARACTERISTIC: _NO_SUBTRACTION,
    TELESCOPING: _NO_HISTORY,
    SUMMATION: "It is for «T»(«n»-1) with a factor in front. Here «n» is divided.",
    DOMAIN: _NO_ROOT,
    TREE: "Its levels do not add up to a formula here.",
    MASTER: "It is for one fraction «n»/b and f(«n») not near the border between two cases.",
    AKRA_BAZZI: "It is for f(«n») that grows like a power of «n», with every part a fraction of «n».",
    PROOF: "It was not needed here: other ways give the class.",
}

WHY_NOT: Mapping[str, Mapping[str, str]] = {
    "subtract": _SUBTRACT,
    "variable": {
        **_SUBTRACT,
        CHARACTERISTIC: "It needs constant factors. Here the factor changes with «n».",
        UNROLLING: "The factors differ from step to step; the summation factor keeps them in order.",
    },
    "history": {
        **_SUBTRACT,
        CHARACTERISTIC: "It needs a fixed number of earlier terms. Here all of them occur.",
        UNROLLING: "All earlier terms occur, so substituting brings ever more of them.",
        SUMMATION: "It needs one earlier term. Telescoping comes first, as all of them occur.",
    },
    "product": {
        **_SUBTRACT,
        CHARACTERISTIC: "It is for sums of terms. Here they are multiplied, so logarithms come first.",
        DOMAIN: "It is for a new variable in place of «n»; here «T» itself is changed.",
    },
    "divide": _DIVIDE,
    "root": {
        **_DIVIDE,
        CHARACTERISTIC: "It is for «T»(«n»-1), «T»(«n»-2). Here a root of «n» is taken.",
        SUMMATION: "It is for «T»(«n»-1) with a factor in front. Here a root of «n» is taken.",
        MASTER: "It is for «T»(«n»/b). Here a root of «n» is taken; after the domain change it may apply.",
        AKRA_BAZZI: "It is for fractions of «n». Here a root of «n» is taken.",
    },
}


def considered(problem: RecurrenceInput, kind: str, solutions: tuple[Solution, ...]) -> tuple[Method, ...]:
    """Every method: those that apply first, in the order of the solutions, with a reason each."""
    said = {method.name: method for solution in solutions for method in reversed(solution.methods)}
    used = [solution.method for solution in solutions]
    order = [*used, *(name for name in said if name not in used)]
    order += [name for name in NAMES if name not in order]
    found = [said.get(name) or _unsaid(problem, kind, name, name in used) for name in order]
    return tuple(sorted(found, key=lambda method: not method.applies))


def _unsaid(problem: RecurrenceInput, kind: str, name: str, applies: bool) -> Method:
    """The word on a method that its family is silent about."""
    if applies:
        return Method(name, True, "It applies, and leads to the same result.")
    sequence, variable = problem.names
    reason = WHY_NOT[kind][name].replace("«T»", sequence).replace("«n»", variable)
    return Method(name, False, reason)
