"""Exercises: the right choice is right, the others are wrong, as the judge of typed lines says."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.derivations.catalogue import MODELS, cleaned
from engine.symbolic.jobs import ExerciseJob, GapJob, GradientJob, WorkingJob
from engine.symbolic.report import Exercise, Gap, Judged, Refusal, Verdict
from engine.tape.index import at
from engine.tape.makers import partial, slope, var
from engine.tape.nodes import Node, Partial, Slope, Var
from engine.tape.numbers import Array, Times
from engine.working import orders
from engine.working.bench import Bench, bench
from engine.working.exercises import judged, made
from engine.working.gaps import BOX, true_with
from engine.working.judging import judged as working
from engine.working.mistakes import mistakes

RNN, LSTM, GRU = GradientJob(), GradientJob(model="lstm", wrt="U_f"), GradientJob(model="gru", wrt="U_z")
KINDS = [("gaps", 1), ("gaps", 2), ("gaps", 3), ("order", 1), ("order", 2), ("order", 3)]


def exercise(job: GradientJob = RNN, kind: str = "gaps", level: int = 2, seed: int = 1) -> Exercise:
    found = made(ExerciseJob(job, kind, level, seed))
    assert isinstance(found, Exercise)
    return found


def typed_line(job: GradientJob, gap: Gap, line: str) -> Verdict:
    """The verdict on a line in LaTeX, given the lines before it; of a chain its last side alone."""
    line = line.split(r"\qquad", maxsplit=1)[0]
    rows = line.replace(r"\begin{aligned}", "").replace(r"\end{aligned}", "").split(r"\\[4pt]")
    text = " ".join(piece.replace("&", "").strip() for piece in [rows[0].split("&=")[0], "=", rows[-1]])
    text = rows[0] if len(rows) == 1 else text.replace("= =", "=")
    return working(WorkingJob(job, gap.line - 1, text))


@pytest.mark.parametrize(("kind", "level"), KINDS)
@pytest.mark.parametrize("job", [RNN, LSTM, GRU, GradientJob(rows=True), GradientJob(scalar=True)],
                         ids=["rnn", "lstm", "gru", "rows", "scalar"])  # fmt: skip
def test_an_exercise_is_whole(job: GradientJob, kind: str, level: int) -> None:
    found = exercise(job, kind, level)
    assert 6 <= len(found.gaps) <= 10
    assert [gap.line for gap in found.gaps] == sorted(gap.line for gap in found.gaps)
    assert sum(found.lines[gap.line - 1].level == 2 for gap in found.gaps) <= 5
    for gap in found.gaps:
        assert gap.because == found.lines[gap.line - 1].why
        assert len(set(gap.choices)) == len(gap.choices)
        assert len(gap.wrong) == len(gap.choices)
        assert [place for place, why in enumerate(gap.wrong) if not why] in ([gap.answer], [])
        assert (gap.answer == -1) == (level == 3 and kind == "gaps")
        assert (BOX in gap.latex) == (gap.kind != "rule")
        for words in (gap.prompt, *gap.wrong):
            assert words.count("$") % 2 == 0
            assert "«" not in words


@pytest.mark.parametrize("job", [cleaned(GradientJob(model=card.key, wrt="")) for card in MODELS],
                         ids=lambda job: job.model)  # fmt: skip
def test_every_model_has_exercises(job: GradientJob) -> None:
    for kind, level in KINDS:
        assert exercise(job, kind, level).gaps


def test_the_seed_decides() -> None:
    assert exercise(seed=4) == exercise(seed=4)
    assert exercise(seed=4).gaps != exercise(seed=5).gaps
    places = {gap.answer for seed in range(6) for gap in exercise(seed=seed).gaps}
    assert {0, 1, 2} <= places


@pytest.mark.parametrize("job", [RNN, LSTM, GRU], ids=lambda job: job.model)
def test_factors_to_choose_are_right_or_wrong_as_told(job: GradientJob) -> None:
    tried = 0
    for seed in range(3):
        for gap in exercise(job, "gaps", 2, seed).gaps:
            if gap.kind == "factor" and len(gap.latex) < 250:
                for place, choice in enumerate(gap.choices):
                    verdict = typed_line(job, gap, gap.latex.replace(BOX, rf"\left({choice}\right)"))
                    right = verdict.judged is Judged.RIGHT
                    assert right == (place == gap.answer), (gap, choice, verdict)
                    tried += 1
    assert tried > 20


@pytest.mark.parametrize("job", [RNN, LSTM, GRU], ids=lambda job: job.model)
def test_lines_in_order_are_right_or_wrong_as_told(job: GradientJob) -> None:
    tried = 0
    for level in (2, 3):
        for gap in exercise(job, "order", level).gaps:
            for place, choice in enumerate(gap.choices):
                if gap.line > 1 and len(choice) < 250 and r"\le " not in choice:
                    verdict = typed_line(job, gap, choice)
                    assert (verdict.judged is Judged.RIGHT) == (place == gap.answer), (gap, choice, verdict)
                    tried += 1
    assert tried > 20


def test_a_mistake_that_leaves_the_line_true_is_no_choice() -> None:
    """A longer bound is a bound, and a matrix is as long as its transpose."""
    here = bench(RNN)
    step = next(step for step in here.derivation.steps if step.rule == "jacobian-bound")
    of = {mistake.name: true_with(here, step, mistake.node) for mistake in mistakes(step.after, here.roles)}
    assert of["W transposed"]
    assert not of["wrong sign"]
    for seed in range(5):
        for gap in exercise(RNN, "order", 3, seed).gaps:
            assert not any(r"\lVert W_h^{\top}\rVert" in choice for choice in gap.choices)


class Asked:
    """Numbers that write down which leaf was asked for, and at which times."""

    def __init__(self, here: Bench) -> None:
        self._numbers, self.leaves = here.world, set[Node]()

    def size(self, name: str) -> int:
        return self._numbers.size(name)

    def of(self, leaf: Var | Slope, times: Times | None) -> Array:
        of = leaf.of if isinstance(leaf, Slope) else leaf
        found = [var(of.name, of.shape, None if n is None else at(int(n))) for n in each(times)]
        self.leaves |= {slope(one) for one in found} if isinstance(leaf, Slope) else set(found)
        return self._numbers.of(leaf, times)

    def partial(self, leaf: Partial, of: Times | None, by: Times | None) -> Array:
        for n, m in np.broadcast(*(np.array(each(times), dtype=object) for times in (of, by))):
            first = var(leaf.of.name, leaf.of.shape, None if n is None else at(int(n)))
            second = var(leaf.by.name, leaf.by.shape, None if m is None else at(int(m)))
            self.leaves.add(partial(first, second, leaf.held))
        return self._numbers.partial(leaf, of, by)


def each(times: Times | None) -> list[int | None]:
    return [None] if times is None else list(times)


def missing_at(here: Bench, line: int, known: int) -> list[set[Node]]:
    """For each time of the line, what computing its last side asks for that no line up to `known` finds."""
    step, found = here.derivation[line], []
    said = [left for left, places in here.lefts.items() if min(place.line for place in places) > known]
    for n in step.span.times({"T": here.steps}) if step.span else [0]:
        asked = Asked(here)
        here.value(step.after, {step.span.letter: np.array([n])} if step.span else {}, asked)
        found.append(asked.leaves.intersection(said))
    return found


SHAPES = [cleaned(GradientJob(model=card.key, wrt="")) for card in MODELS] + [
    LSTM, GRU, GradientJob(outputs="each"), GradientJob(steps=0), GradientJob(steps=6, truncate=2),
    GradientJob(scalar=True), GradientJob(rows=True), GradientJob("gru", "U_n", reset="before", steps=1),
]  # fmt: skip


@pytest.mark.parametrize("job", SHAPES, ids=lambda job: f"{job.model}-{job.wrt}-{job.steps}")
def test_a_line_that_could_come_as_well_is_no_choice(job: GradientJob) -> None:
    """A true line among the wrong choices lacks something at every time; the reason is something in it."""
    here, early = bench(job), 0
    texts = {orders._latex(here, step): line for line, step in enumerate(here.derivation.steps, 1)}
    for level, seed in itertools.product((1, 2, 3), range(3)):
        for gap in exercise(job, "order", level, seed).gaps:
            for place, text in enumerate(gap.choices):
                line = texts.get(text)
                if line is None or place == gap.answer:
                    continue
                early += 1
                assert all(missing_at(here, line, gap.line - 1)), (gap.line, line)
                needed = gap.wrong[place].split("needs $")[1].split("$, which is not there yet")[0]
                assert needed in text.split(" = ", 1)[-1], gap.wrong[place]
    assert early


def test_families_that_need_each_other_are_computed_time_by_time() -> None:
    """After dL/dh_3 comes δ_3 as well as dL/dh_2, so neither is a wrong choice in place of the other."""
    delta = r"\delta_t = (1 - h_t \odot h_t) \odot \frac{\partial L}{\partial h_t} \qquad t = 3, 2, 1"
    asked = [gap for seed in range(8) for gap in exercise(RNN, "order", 1, seed).gaps]
    assert not any(delta in gap.choices for gap in asked if gap.line in (8, 9))
    assert any(delta in gap.choices for gap in asked if gap.line == 7)


def test_rules_that_would_fit_as_well_are_no_choice() -> None:
    for seed in range(5):
        for gap in exercise(LSTM, "gaps", 1, seed).gaps:
            if gap.choices[gap.answer] == "Chain rule, one step back in time":
                assert "Chain rule through a weighted sum" not in gap.choices


# --- what is typed ---


def gap_of(job: GradientJob, line: int, kind: str) -> tuple[ExerciseJob, int, Gap]:
    """An exercise of level 3 with a gap of that kind in that line."""
    for seed in range(60):
        found = exercise(job, "gaps", 3, seed)
        for place, gap in enumerate(found.gaps):
            if gap.line == line and gap.kind == kind:
                return found.asked, place, gap
    raise AssertionError(f"no {kind} is ever left out of line {line}")


def test_a_typed_factor_may_be_written_in_any_way() -> None:
    asked, place, gap = gap_of(RNN, 9, "factor")
    right = r"W_h^T" if gap.latex.endswith(r"\boxed{?} \delta_{t+1} \end{aligned}") else r"delta_{t+1}"
    same = {"W_h^T": "2 W_h^T / 2", "delta_{t+1}": "(1 - h_{t+1}^2) ⊙ dL/dh_{t+1}"}[right]
    for text in (right, same):
        verdict = judged(GapJob(asked, place, text))
        assert verdict.judged is Judged.RIGHT, verdict
        assert verdict.latex
        assert verdict.line == 9


def test_a_typed_factor_that_is_wrong_hears_why() -> None:
    asked, place, _ = gap_of(RNN, 11, "factor")
    verdict = judged(GapJob(asked, place, "W_o"))
    assert verdict.judged is Judged.WRONG
    assert "does not fit" in verdict.sentence


def test_a_typed_slope_of_the_activation() -> None:
    seeds = (exercise(RNN, "gaps", 3, seed) for seed in range(60))
    asked, place = next(
        (found.asked, place)
        for found in seeds
        for place, gap in enumerate(found.gaps)
        if gap.line == 11 and r"\boxed{?} \odot" in gap.latex
    )
    verdict = judged(GapJob(asked, place, "1 - h_t"))
    assert (verdict.judged, verdict.mistake) == (Judged.WRONG, "1 - h for 1 - h²")
    assert judged(GapJob(asked, place, "1 - tanh(a_t)^2")).judged is Judged.RIGHT
    assert judged(GapJob(asked, place, "dL/dh_t = 1")).judged is Judged.UNREADABLE


def test_a_typed_index_is_judged_by_its_value() -> None:
    asked, place, gap = gap_of(RNN, 13, "index")
    right, wrong, mistake = ("t", "t+1", "δ_{t+1} for δ_t") if r"\delta_{\boxed{?}}" in gap.latex else (
        "t-1", "t", "h_t for h_{t-1}")  # fmt: skip
    for text in (right, f" {{{right}}} "):
        verdict = judged(GapJob(asked, place, text))
        assert verdict.judged is Judged.RIGHT, verdict
    verdict = judged(GapJob(asked, place, wrong))
    assert verdict.judged is Judged.WRONG
    assert verdict.mistake in (mistake, "")
    assert judged(GapJob(asked, place, "h_{t}")).judged is Judged.UNREADABLE


def test_a_number_may_stand_for_T_where_T_is_that_number() -> None:
    job = GradientJob(steps=3)
    asked, place, _ = gap_of(job, 3, "index")
    assert judged(GapJob(asked, place, "3")).judged is Judged.RIGHT
    assert judged(GapJob(asked, place, "T")).judged is Judged.RIGHT
    assert judged(GapJob(asked, place, "2")).judged is Judged.WRONG
    letter, place, _ = gap_of(GradientJob(steps=0), 3, "index")
    assert judged(GapJob(letter, place, "T")).judged is Judged.RIGHT
    assert judged(GapJob(letter, place, "4")).judged is not Judged.RIGHT


def test_a_choice_is_judged_by_its_text() -> None:
    found = exercise(RNN, "gaps", 2)
    gap = found.gaps[0]
    assert judged(GapJob(found.asked, 0, gap.choices[gap.answer])).judged is Judged.RIGHT
    other = next(choice for choice in gap.choices if choice != gap.choices[gap.answer])
    assert judged(GapJob(found.asked, 0, other)).judged is Judged.WRONG
    assert judged(GapJob(found.asked, 0, "?")).judged is Judged.UNREADABLE


def test_what_there_is_not_is_told() -> None:
    assert isinstance(made(ExerciseJob(GradientJob(model="cnn"), "gaps", 1, 1)), Refusal)
    assert "no gap 100" in judged(GapJob(exercise().asked, 99, "t")).sentence
    assert exercise(kind="?", level=9).gaps


@given(st.text(max_size=40), st.integers(-1, 10))
@settings(max_examples=60)
def test_any_text_in_any_gap_gets_a_verdict(text: str, gap: int) -> None:
    verdict = judged(GapJob(ExerciseJob(RNN, "gaps", 3, 1), gap, text))
    assert verdict.sentence
    assert verdict.text == text
