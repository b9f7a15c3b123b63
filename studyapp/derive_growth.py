"""Growths: the desk of growing functions: two to compare, a list to sort, a bound to grade.

Lays nothing out; decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.errors import FormulaError
from engine.symbolic.findings import Curve
from engine.symbolic.jobs import CodeJob, CompareJob, Question, RecurrenceJob, SortJob
from engine.symbolic.report import Refusal, Report
from studyapp.derive_bound import About, Bounds
from studyapp.derive_questions import Questions
from studyapp.derive_typed import TypedDesk
from studyapp.theme import Theme
from studyapp.widgets.bound_form import FUNCTION, RECURRENCE
from studyapp.widgets.growth_card import GrowthCard
from studyapp.widgets.growth_form import BOUND, KINDS, LIST, PAIR, GrowthForm

_HIGHEST, _FEWEST = 20, 2  # of a plot: the power of ten; samples at least
_EMPTY = {
    PAIR: (
        "Which of two functions grows faster?",
        "Type two functions and press Enter, or choose an example: which of O, Ω, Θ, o and ω hold, "
        "with the constants that show it, or why there are none.",
    ),
    LIST: (
        "From the slowest to the fastest",
        "Type a list of functions and press the button, or choose an example. "
        "Those of the same class stand side by side, and each step says why.",
    ),
    BOUND: (
        "Exact, too loose, untidy or wrong?",
        "Type what the bound is about and the bound, such as O(n^2), and press Enter, or choose an example. "
        "The reasons stand here then.",
    ),
}


class Growths(TypedDesk):
    """What is asked follows the form in front; of a bound, the verdict stands beside it, and here why.

    Attributes:
        form: where it is typed. card: relations and ranks.
    """

    kind = "growth"

    def __init__(self, theme: Theme, questions: Questions, tips: Mapping[str, str]) -> None:
        self.form = GrowthForm(theme, tips)
        super().__init__(theme, questions, self.form, tips)
        self.card = GrowthCard(theme, self.desk.view.steps.prefetch)
        self.bounds = self._grades = Bounds(self.form.bound.card, questions, self.kind, self._about)
        self._text = ""  # that was asked about
        self.form.pair_submitted.connect(lambda first, second: self.ask(CompareJob(first, second)))
        self.form.list_submitted.connect(lambda functions: self.ask(SortJob(functions)))
        self.form.bound_submitted.connect(self._on_bound)
        self.form.changed.connect(self._on_changed)
        self._say_empty()

    @property
    def typed(self) -> str:
        form = self.form
        if form.kinds.value == PAIR:
            return "\n".join(form.pair.texts)
        if form.kinds.value == LIST:
            return "\n".join(form.functions.functions)
        return "\n".join((*form.bound.about, form.bound.card.text))

    @property
    def asked_text(self) -> str:
        return self._text

    def set_others(self, recurrence: str, code: str) -> None:
        """What is on the other desks, for bounds about that."""
        self.form.bound.others = {"recurrence": recurrence, "code": code}
        self.form.bound.show_about()

    def open(self, job: CompareJob) -> None:
        """Bring the two functions of `job` to the front and compare them."""
        self.form.set_kind(PAIR)
        self.form.pair.set_texts(job.first, job.second)
        self.form.submit()

    def ask(self, question: Question) -> None:
        self._text = self.typed
        super().ask(question)

    def derive(self) -> None:
        """Derive what is typed."""
        self.form.submit()

    def begin(self) -> None:
        self.form.take_keyboard()

    def go_to_field(self) -> None:
        """The keyboard goes to what is typed."""
        self.form.take_keyboard()

    def show_report(self, report: Report) -> None:
        found = report.found
        if found is not None and isinstance(self.asked, CompareJob | SortJob):
            report = replace(report, found=replace(found, curves=_in_sight(found.curves)))
        super().show_report(report)

    def show_refusal(self, refusal: Refusal) -> None:
        """Of a bound, what was refused says why there is a verdict, or none: the verdict is enough."""
        if self.form.kinds.value == BOUND:
            self.desk.show_nothing()
        else:
            super().show_refusal(refusal)

    # --- memory ---

    @property
    def memory(self) -> dict[str, str]:
        """What stands in the forms, by name."""
        form = self.form
        first, second = form.pair.texts
        return {
            "kind": form.kinds.value, "first": first, "second": second, "list": form.functions.box.value,
            "what": form.bound.what.value, "about": form.bound.line.text(), "bound": form.bound.card.text,
        }  # fmt: skip

    def recall(self, memory: Mapping[str, str]) -> None:
        """Put it back."""
        form = self.form
        form.pair.set_texts(memory.get("first", ""), memory.get("second", ""))
        form.functions.set_text(memory.get("list", ""))
        form.bound.set_about(memory.get("about", ""))
        form.bound.set_what(memory.get("what", FUNCTION))
        form.bound.card.set_text(memory.get("bound", ""))
        if memory.get("kind") in [name for name, _ in KINDS]:
            form.set_kind(memory["kind"])
        self._say_empty()

    # --- inside ---

    def _about(self) -> About | None:
        what, text = self.form.bound.about
        if not text.strip():
            return None
        if what == FUNCTION:
            return text
        return RecurrenceJob(text) if what == RECURRENCE else CodeJob(text)

    def _on_bound(self) -> None:
        about, claim = self._about(), self.form.bound.card.text
        if about is None:
            return
        self._grades.ask(claim)
        self.ask(CompareJob(about, _function(claim)) if isinstance(about, str) else about)

    def _on_changed(self) -> None:
        """An answer stands as long as what it answers."""
        self._say_empty()
        if self.typed != self._text and (self.desk.report is not None or self.waiting):
            self._text = ""
            self._questions.forget(self.kind)
            self._grades.forget()
            self.desk.view.set_busy("")
            self.desk.show_nothing()
        self.on_text()

    def _on_shown(self) -> None:
        super()._on_shown()
        found = self.desk.report.found if self.desk.report is not None else None
        self.desk.view.set_extra(self.card if found is not None and self.card.set_found(found) else None)
        if self.form.kinds.value == PAIR and self.desk.isVisible() and self.has_keyboard():
            self.desk.view.take_keyboard()

    def _say_empty(self) -> None:
        self.desk.view.empty.show_words("sigma", *_EMPTY[self.form.kinds.value])


def _in_sight(curves: Sequence[Curve]) -> tuple[Curve, ...]:
    """The curves as far as 10^_HIGHEST: beside n! at n = 1000 all others would be one flat line."""
    shown = []
    for curve in curves:
        pairs = [(x, y) for x, y in zip(curve.xs, curve.ys, strict=True) if y <= _HIGHEST]
        xs, ys = zip(*pairs, strict=True) if len(pairs) > 1 else (curve.xs[:_FEWEST], curve.ys[:_FEWEST])
        points = tuple(point for point in curve.points if point[1] <= _HIGHEST)
        shown.append(replace(curve, xs=tuple(xs), ys=tuple(ys), points=points))
    return tuple(shown)


def _function(claim: str) -> str:
    """The function in a claim that can be read: n^2 of "O(n^2)"."""
    from engine.symbolic.claims import parse_claim
    from engine.symbolic.plain import plain

    try:
        return plain(parse_claim(claim).expr)
    except FormulaError:
        return claim
