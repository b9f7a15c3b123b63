"""The lines back from the loss: one for each variable and segment of times, then the parameter's sum.

dL/du of a variable is the sum, over all definitions that use it, of what they pass back
(the chain rule on a graph; Werbos 1990; Goodfellow et al. 2016, section 10.2.2). First the rule with
Jacobians, then the local expressions of `tape.local` in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.derivations import places, wording
from engine.derivations.dependence import Dependence
from engine.derivations.flow import Segment, Use
from engine.derivations.sheet import Sheet
from engine.derivations.steps import COMPACT, FINE, NORMAL
from engine.derivations.wording import AS_LETTERS, Words
from engine.tape.jacobian import jacobian
from engine.tape.local import passed
from engine.tape.makers import ONE, matmul, partial, slope, sum_of, sum_over, times, transpose
from engine.tape.nodes import NUMBER, Add, Fn, Hadamard, MatMul, Node, Partial, Slope, Softmax, Var
from engine.tape.opened import opened
from engine.tape.program import Program
from engine.tape.tidy import tidy
from engine.tape.walk import walk

_BY_KIND: Mapping[str, str] = {
    "squared-error": "squared-error-slope",
    "cross-entropy": "cross-entropy-slope",
    "total-loss": "share-of-loss",
    "softmax": "through-softmax",
    "attention-weights": "through-softmax",
    "decoder-start": "through-copy",
    "deviation": "through-function",
    "normalised": "through-normalised",
}
_WEIGHTED = ("preactivation", "output", "logits", "reset-after")  # weights times something
_BY_NODE: Mapping[type[Node], str] = {
    Fn: "through-function",
    MatMul: "through-matrix",
    Hadamard: "through-product",
}

_LOCAL: Mapping[type[Node], str] = {Fn: "function-derivative", Softmax: "softmax-derivative"}


class Backward:
    """Writes the backward lines of one program on a sheet."""

    def __init__(
        self, program: Program, sheet: Sheet, dependence: Dependence, words: Words = AS_LETTERS
    ) -> None:
        self._program, self._sheet, self._dependence, self._words = program, sheet, dependence, words

    def family(self, segment: Segment, level: int = COMPACT) -> int:
        """dL/d(segment.of), its fine lines before it; gives its number."""
        jacobians = [self.local_derivative(use) for use in segment.uses]
        shares = [self._share(use) for use in segment.uses]
        whole = tidy(sum_of(shares, segment.of.shape))
        return self._sheet.add(
            self._rule(segment),
            slope(segment.of),
            *self._chain_rule(segment),
            whole,
            span=segment.span,
            needs=[*(use.definition.var for use in segment.uses), *(one for one in jacobians if one)],
            facts=self._facts(segment),
            level=level,
            focus=_new(segment, shares, whole),
            path=self._path(segment),
        )

    def _share(self, use: Use) -> Node:
        """What one definition passes back; the slope of the loss by itself is 1."""
        share = passed(use.definition, use.leaf, ONE if self._is_loss(use.definition.var) else None)
        return _over(share, use)

    def _is_loss(self, of: Var) -> bool:
        return self._program.loss is not None and of.name == self._program.loss.name

    def _chain_rule(self, segment: Segment) -> Iterator[Node]:
        """The sum of Jacobians times slopes, if each can be written and is not by a matrix."""
        terms = [self._back(use) for use in segment.uses]
        known = [term for term in terms if term is not None]
        if known and len(known) == len(terms):
            yield sum_of(known, segment.of.shape)

    def _back(self, use: Use) -> Node | None:
        """A Jacobian, transposed, times the slope of what was defined."""
        made, jacobian_here = use.definition.var, self.partial(use)
        if jacobian_here is None or use.leaf.shape[1] != "1" or made is self._program.loss:
            return None
        if jacobian_here.shape == NUMBER:
            return _over(times(slope(made), jacobian_here), use)
        return _over(matmul(transpose(jacobian_here), slope(made)), use)

    def partial(self, use: Use) -> Partial | None:
        """The immediate derivative of a definition by the variable; None where that is made a matrix."""
        made = use.definition.var
        if made.shape[1] != "1":
            return None
        return partial(made, use.leaf, self._dependence.held(made, use.leaf))

    def local_derivative(self, use: Use) -> Partial | None:
        """Writes the line with a definition's Jacobian unless it is there; gives what stands left in it."""
        use = use.general or use
        left, value = self.partial(use), jacobian(use.definition, use.leaf)
        if left is None or value is None:
            return None
        if left not in self._sheet:
            made, by = use.definition.var, use.leaf
            facts = {
                "of": self._words.name(made),
                "by": self._words.name(by),
                "because": self._words.slope_of(use.definition.value, made, by),
                "held": wording.held(left),
                "diagonal": wording.diagonal(made),
                "as_vector": self._words.as_vector(by),
            }
            path = places.into(use.definition, self._program)
            self._sheet.add(
                self._local_rule(use),
                left,
                value,
                span=use.span,
                needs=(made,),
                facts=facts,
                level=FINE,
                path=path,
            )
        return left

    def _local_rule(self, use: Use) -> str:
        if use.leaf in self._program.parameters:
            return "immediate-derivative"
        return _LOCAL.get(type(use.definition.value), "local-derivative")

    def _rule(self, segment: Segment) -> str:
        """Key of the rule that allows the line of a segment."""
        if segment.cut:
            return "truncated"
        if len(segment.uses) != 1:
            return "paths-add" if segment.uses else "unused"
        (use,) = segment.uses
        if segment.of in self._program.parameters:
            return "sum-over-time" if use.every else "parameter-once"
        return "back-in-time" if use.over_time else _kind(use)

    def _facts(self, segment: Segment) -> dict[str, str]:
        found = {
            "of": self._words.name(segment.of),
            "count": wording.count(len(segment.uses)),
            "through": self._words.listed([use.definition.var for use in segment.uses]),
            "weighted": wording.weighted(segment.of),
            "by_elements": wording.by_elements(segment.of),
            "window": str(self._program.window),
        }
        for use in segment.uses:
            found |= {name: fact for name, fact in use.definition.facts.items() if name != "of"}
            found["because"] = self._words.slope_of(use.definition.value, use.definition.var, use.leaf)
            found["factor"] = wording.factor(use.definition.facts)
        return found

    def _path(self, segment: Segment) -> Iterator[str]:
        parameter = segment.of in self._program.parameters
        if not parameter:
            yield places.key(segment.of)
        for use in segment.uses:
            if parameter:
                path = places.into(use.definition, self._program)
                yield from places.at_all_times(path) if use.every else path
            else:
                yield from (places.wire(use.leaf, use.definition.var), places.key(use.definition.var))

    def written_out(self, number: int, steps: int) -> None:
        """The sum over time of a line once more, term by term."""
        line = self._sheet.steps[number - 1]
        written = opened(line.after, {"T": steps})
        if written is not line.after:
            facts = {**line.facts, "count": wording.count(steps)}
            self._sheet.add(
                "written-out",
                line.left,
                written,
                needs=(line.left,),
                facts=facts,
                level=NORMAL,
                path=line.path,
            )


def _kind(use: Use) -> str:
    """Key of the rule for a definition that uses the variable once."""
    if use.definition.kind in _BY_KIND:
        return _BY_KIND[use.definition.kind]
    value = use.definition.value
    if value is use.leaf:
        return "through-copy"
    if "1" not in use.leaf.shape and isinstance(value, MatMul):
        return "through-outer"
    terms = [term for term in value.terms if use.leaf in walk(term)] if isinstance(value, Add) else [value]
    if isinstance(terms[0], Hadamard) and terms[0].shape == NUMBER:
        return "through-matrix" if use.definition.kind in _WEIGHTED else "through-product"
    return _BY_NODE[type(terms[0])]


def _over(share: Node, use: Use) -> Node:
    """A share of what is used at many times is summed over them."""
    return sum_over(share, use.every.letter, use.every.low, use.every.high) if use.every else share


def _new(segment: Segment, shares: list[Node], whole: Node) -> Node | None:
    """What comes back from another time, or the factor that is not a slope."""
    later = [share for share, use in zip(shares, segment.uses, strict=True) if use.over_time]
    if len(later) == 1 and len(shares) > 1:
        return later[0] if later[0] in walk(whole) else None
    if isinstance(whole, Hadamard | MatMul):
        factors = [factor for factor in whole.factors if not isinstance(factor, Slope)]
        return factors[0] if len(factors) == 1 else None
    return None
