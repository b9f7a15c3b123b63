"""Facts for the rules' sentences: names as LaTeX, small counts in words, why a function has its slope.

Short pieces only; the sentences are in the catalogue of rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.tape.latex import latex
from engine.tape.names import written
from engine.tape.nodes import NUMBER, Fn, Node, Partial, Var

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")

_SLOPES: Mapping[str, str] = {
    "tanh": "Since $\\tanh' = 1 - \\tanh^2$, the derivative can be written with «of» itself; "
    "it lies between 0 and 1.",
    "sigmoid": "Since $\\sigma' = \\sigma(1 - \\sigma)$, the derivative can be written with «of» itself; it "
    "is never more than $\\tfrac14$.",
    "relu": "$\\mathrm{ReLU}'$ is 1 where «by» is positive and 0 elsewhere (at 0 too: a convention).",
    "log": "The derivative of $\\log z$ is $1/z$.",
    "sqrt": "The derivative of $\\sqrt z$ is $1/(2\\sqrt z)$.",
}


def maths(text: str) -> str:
    return f"${text}$"


def count(number: int) -> str:
    """ "two"; digits from nine on."""
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def paths(number: int) -> str:
    """ "one path", "three paths"."""
    return f"{count(number)} {'path' if number == 1 else 'paths'}"


@dataclass(frozen=True, slots=True)
class Words:
    """Names as they are written in a derivation where `letters` stand for numbers, such as T for 3.

    `in_rows`: vectors are rows there.
    """

    letters: Mapping[str, int]
    in_rows: bool = False

    def name(self, node: Node) -> str:
        """ "$h_3$"."""
        return maths(latex(node, self.letters))

    def listed(self, nodes: Iterable[Node]) -> str:
        """ "$a$, $b$ and $c$"."""
        *firsts, final = [self.name(node) for node in nodes] or ["nothing"]
        return f"{', '.join(firsts)} and {final}" if firsts else final

    def slope_of(self, value: Node, of: Var, by: Var) -> str:
        """Why the function that made `of` from `by` has the slope it has."""
        if not isinstance(value, Fn) or value.name not in _SLOPES:
            return "The derivative of the function stands at each entry."
        return _SLOPES[value.name].replace("«of»", self.name(of)).replace("«by»", self.name(by))

    def as_vector(self, by: Var) -> str:
        """How a matrix is read where a Jacobian by it is wanted: vec is transposed as all else is."""
        ways = "rows" if self.in_rows else "columns"
        return "" if "1" in by.shape else f", the {ways} of a matrix read one after another"


AS_LETTERS = Words({})


def held(left: Partial) -> str:
    """What the mark of an immediate derivative says; empty for a total one."""
    if left.held is None:
        return ""
    constant = ", ".join(maths(written(name).latex()) for name in left.held)
    mark = "words behind the bar say" if left.of.name == left.by.name else "$+$ says"
    return f" The {mark}: hold {constant} constant; what goes through there is counted at its own place."


def by_elements(of: Var) -> str:
    """What multiplying slopes of a function means here."""
    if of.shape == NUMBER:
        return "Derivatives of nested functions are multiplied."
    return "It acts on each entry alone, so its Jacobian is diagonal, and multiplying by it is $\\odot$."


def diagonal(of: Var) -> str:
    """Why the Jacobian of a function by elements is diagonal; empty for a number."""
    told = " Each entry depends on its own entry only, so everything off the diagonal is 0."
    return "" if of.shape == NUMBER else told


def weighted(of: Var) -> str:
    """What becomes of a weight on the way back."""
    if of.shape == NUMBER:
        return "Forward it is multiplied by a weight, and so is the gradient on its way back."
    return "Forward it is multiplied by a matrix, so backward the gradient is multiplied by its transpose."


def factor(facts: Mapping[str, str]) -> str:
    """What becomes of the 2 that the slope of a square brings."""
    if facts.get("error", "").startswith("half"):
        return "The 2 that comes down cancels the $\\tfrac{1}{2}$."
    return "The 2 that comes down stays, as no $\\tfrac{1}{2}$ stands in front."
