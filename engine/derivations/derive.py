"""Job -> derivation: forward lines, then back from the loss, then what the result means over many steps.

One line serves all times at which it is the same (a family), so the length of a derivation does not
depend on T. Pure trees: no numbers are needed to derive.
"""

from __future__ import annotations

from engine.derivations import places
from engine.derivations.backward import Backward
from engine.derivations.bounds import Bounds
from engine.derivations.clipping_lines import by_norm, by_value
from engine.derivations.dependence import Dependence, reached
from engine.derivations.flow import Segment, segments
from engine.derivations.gated_lines import CARRIED, Gated
from engine.derivations.norm_lines import closed
from engine.derivations.products import Products
from engine.derivations.programs import asked_for, told
from engine.derivations.sheet import Sheet
from engine.derivations.softmax_lines import shortened_from
from engine.derivations.steps import COMPACT, NORMAL, Derivation
from engine.derivations.wording import Words
from engine.symbolic.jobs import GradientJob
from engine.tape.index import t
from engine.tape.nodes import Var

_NORMS = ("layernorm", "batchnorm")
WRITTEN_OUT = 6  # the largest T for which sums over time are also written out


def derive(job: GradientJob) -> Derivation:
    """The derivation of dL/d(job.wrt), for a job that `catalogue.cleaned` has been over.

    Raises KeyError: there is no such model, or the model has no such quantity.
    """
    writer = _Writer(job)
    answer = writer.write()
    return Derivation(job, writer.program, tuple(writer.sheet.steps), answer)


class _Writer:
    """One derivation being written."""

    def __init__(self, job: GradientJob) -> None:
        self._job = job
        self.program = told(job)
        self.sheet = Sheet()
        self._wrt = asked_for(job)
        self._reached = reached(self.program, self._wrt, job.steps)
        self._dependence = Dependence(self.program)
        self._words = Words({"T": job.steps} if job.steps else {}, job.rows)
        self._backward = Backward(self.program, self.sheet, self._dependence, self._words)

    def write(self) -> int:
        """All lines; gives the number of the answer."""
        self._forward()
        if self.program.loss is None:
            return self._clipping()
        answer = self._back()
        if 1 < self._job.steps <= WRITTEN_OUT:
            self._backward.written_out(answer, self._job.steps)
        self._over_many_steps()
        return answer

    def _over_many_steps(self) -> None:
        """What becomes of a slope on its way through time; nothing for what is not in the recurrence."""
        steps, whole = self._job.steps, not self.program.window
        carried = CARRIED.get(self._job.model)
        if carried and carried.name in self._reached:
            Gated(self.program, self.sheet, self._dependence, carried).write(steps, whole)
        elif self._job.model == "rnn" and "h" in self._reached:
            products = Products(self.program, self.sheet, self._wrt, steps, self._words)
            general = self._wrt.at is not None and self._wrt.at.base == t.base
            if general or not whole:
                products.step()
            else:
                products.write()
            Bounds(self.program, self.sheet, self._job.activation).write(steps, whole)

    def _forward(self) -> None:
        for definition, span in self.program.definitions():
            self.sheet.add(
                definition.kind,
                definition.var,
                definition.value,
                span=span,
                facts=definition.facts,
                path=places.into(definition, self.program),
            )

    def _clipping(self) -> int:
        clipped = self.program.definition(self._wrt.name)
        lines = by_norm if clipped.kind == "clipped-by-norm" else by_value
        lines(self.sheet, clipped.var, self.program.inputs[0])
        return self.sheet.numbers(clipped.var)[0]

    def _back(self) -> int:
        """Families of everything between the loss and what is asked for; the number of the answer."""
        asked: list[int] = []
        for definition, _ in reversed(tuple(self.program.definitions())):
            if definition.var.name in self._reached and definition.var is not self.program.loss:
                numbers = self._families(definition.var)
                if definition.var.name == self._wrt.name:
                    asked = numbers
        if self._wrt.at is None or self._wrt.at.base != t.base:
            asked = self._families(self._wrt)
        if self._wrt in self.program.inputs and self._job.model in _NORMS:
            return closed(self.sheet, self.program)
        return max(asked, key=self._length)

    def _families(self, of: Var) -> list[int]:
        return [self._family(segment) for segment in segments(self.program, of, self._job.steps)]

    def _family(self, segment: Segment) -> int:
        kinds = {use.definition.kind for use in segment.uses}
        rough = NORMAL if kinds & {"softmax", "cross-entropy"} or self._is_inside_norm(segment) else COMPACT
        return shortened_from(self.sheet, self._backward.family(segment, rough), segment, self.program)

    def _is_inside_norm(self, segment: Segment) -> bool:
        """Slopes on the way to the closed form of a normalisation."""
        return self._job.model in _NORMS and segment.of.name in (
            "sd",
            "var",
            "mu",
            self.program.inputs[0].name,
        )

    def _length(self, number: int) -> int:
        """For how many times a line holds, where more says more."""
        span = self.sheet.steps[number - 1].span
        return len(span.times({"T": self._job.steps or 4})) if span else 0
