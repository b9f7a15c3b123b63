"""Job -> derivation: forward lines, then back from the loss, then what the result means over many steps.

One line serves all times at which it is the same (a family), so the length of a derivation does not
depend on T. Pure trees: no numbers are needed to derive.
"""

from __future__ import annotations

from engine.derivations import places
from engine.derivations.backward import Backward
from engine.derivations.dependence import Dependence, reached
from engine.derivations.flow import Segment, segments
from engine.derivations.programs import asked_for, program
from engine.derivations.sheet import Sheet
from engine.derivations.steps import Derivation
from engine.symbolic.jobs import GradientJob
from engine.tape.index import t
from engine.tape.nodes import Var

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
        self.program = program(job)
        self.sheet = Sheet()
        self._wrt = asked_for(job)
        self._reached = reached(self.program, self._wrt, job.steps)
        self._backward = Backward(self.program, self.sheet, Dependence(self.program))

    def write(self) -> int:
        """All lines; gives the number of the answer."""
        self._forward()
        answers = self._back()
        if self._wrt.at is None or self._wrt.at.base != t.base:
            answers = self._families(self._wrt)
        answer = max(answers, key=self._length)
        if 1 < self._job.steps <= WRITTEN_OUT:
            self._backward.written_out(answer, self._job.steps)
        return answer

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

    def _back(self) -> list[int]:
        """Families of everything between the loss and what is asked for; its own lines."""
        asked: list[int] = []
        for definition, _ in reversed(tuple(self.program.definitions())):
            if definition.var.name in self._reached and definition.var is not self.program.loss:
                numbers = self._families(definition.var)
                if definition.var.name == self._wrt.name:
                    asked = numbers
        return asked

    def _families(self, of: Var) -> list[int]:
        return [self._family(segment) for segment in segments(self.program, of, self._job.steps)]

    def _family(self, segment: Segment) -> int:
        return self._backward.family(segment)

    def _length(self, number: int) -> int:
        """For how many times a line holds, where more says more."""
        span = self.sheet.steps[number - 1].span
        return len(span.times({"T": self._job.steps or 4})) if span else 0
