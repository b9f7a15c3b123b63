"""Jobs whose fields are of the wrong type: a refusal in words from whoever is asked, never an exception."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.checking.opinions import by_autograd
from engine.derivations import answers, catalogue
from engine.derivations.types_of_jobs import mistyped
from engine.symbolic.jobs import ExerciseJob, GapJob, Given, GradientJob, OpinionJob, UnfoldJob, WorkingJob
from engine.symbolic.report import Judged, Refusal, Verdict
from engine.working import exercises, judging

ONE = ((0.5,),)
FIT = Given("a test", tuple((name, ONE) for name in ("W_h", "W_i", "b_h", "W_o", "b_o", "h_0")), ONE * 3, ONE)


def changed(**wrong: Any) -> Given:
    return replace(FIT, **wrong)


def with_w_h(rows: Any) -> Given:
    return replace(FIT, parameters=(("W_h", rows), *FIT.parameters[1:]))


WRONG: list[tuple[str, Any, str]] = [
    ("steps", "3", "steps is '3', which is not a whole number."),
    ("steps", None, "steps is None"),
    ("steps", 2.5, "steps is 2.5"),
    ("steps", True, "steps is True"),
    ("steps", 10**5000, "steps has more than 15 digits."),
    ("seed", "a", "seed is 'a'"),
    ("seed", 1.5, "seed is 1.5"),
    ("truncate", "2", "truncate is '2'"),
    ("truncate", [2], "truncate is [2]"),
    ("wrt", None, "wrt is None, which is not text."),
    ("model", ["rnn"], "model is ['rnn']"),
    ("loss", {}, "loss is {}"),
    ("rows", "x", "rows is 'x', which is not True or False."),
    ("scalar", "no", "scalar is 'no', which is not True or False."),
    ("given", "x", "given is 'x', which is not a set of given numbers."),
    ("given", changed(source=3), "the source of the given numbers is 3"),
    ("given", changed(parameters=None), "not pairs of a name"),
    ("given", changed(parameters=(("W_h",),)), "not pairs of a name"),
    ("given", changed(inputs=None), "the inputs: the given numbers are not rows"),
    ("given", changed(targets=((None,),)), "the targets: the given"),
    ("given", with_w_h((("1",),)), "W_h: the given numbers are not rows of numbers."),
    ("given", with_w_h([[1.0]]), "W_h: the given"),
    ("given", with_w_h(((10**400,),)), "W_h: the given"),
    ("given", with_w_h(((0.5, 10**400),)), "W_h: the given"),
    ("given", with_w_h(((float("nan"),),)), "W_h has nan in row 1, column 1; give finite numbers."),
    ("given", with_w_h(((1.0, 2.0), (3.0,))), "W_h: the rows are not equally long"),
]


@pytest.mark.parametrize(("field", "value", "told"), WRONG, ids=lambda each: str(type(each))[:30])
def test_a_wrong_field_is_a_refusal_wherever_it_is_asked(field: str, value: Any, told: str) -> None:
    job = replace(GradientJob(), **{field: value})
    asked = (
        answers.answer(job),
        answers.unfolded(UnfoldJob(job, 1)),
        by_autograd(OpinionJob(job)),
        exercises.made(ExerciseJob(job, "gaps", 1, 1)),
    )
    for found in asked:
        assert isinstance(found, Refusal)
        assert told in found.reason
        assert found.way_out
    gap = exercises.judged(GapJob(ExerciseJob(job, "gaps", 1, 1), 0, "x"))
    for verdict in (judging.judged(WorkingJob(job, 0, "x")), gap):
        assert verdict.judged is Judged.UNREADABLE
        assert told in verdict.sentence


def verdicts(asked: Any) -> Verdict:
    found = exercises.judged(asked) if isinstance(asked, GapJob) else judging.judged(asked)
    assert isinstance(found, Verdict)
    return found


ANY: Any = GradientJob()
EXERCISE = ExerciseJob(ANY, "gaps", 1, 1)
WORD: Any = "2"
NOTHING: Any = None


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (WorkingJob(ANY, 0, NOTHING), "text is None, which is not text."),
        (WorkingJob(ANY, WORD, "x"), "known is '2', which is not a whole number."),
        (WorkingJob(NOTHING, 0, "x"), "job is None, which is not the job of a gradient."),
        (WorkingJob(GradientJob("jordan"), 0, "x"), "There is no model called “jordan”."),
        (WorkingJob(GradientJob(steps=99), 0, "x"), "T is 99"),
        (GapJob(EXERCISE, WORD, "x"), "gap is '2'"),
        (GapJob(EXERCISE, 0, NOTHING), "text is None"),
        (GapJob(replace(EXERCISE, level=WORD), 0, "x"), "level is '2'"),
        (GapJob(ANY, 0, "x"), "which is not the job of an exercise."),
    ],
    ids=str,
)
def test_what_is_judged_is_asked_for_its_types_too(asked: WorkingJob | GapJob, told: str) -> None:
    found = verdicts(asked)
    assert found.judged is Judged.UNREADABLE
    assert told in found.sentence


def test_other_jobs_with_wrong_fields_are_refused() -> None:
    level, number = exercises.made(replace(EXERCISE, level=WORD)), answers.unfolded(UnfoldJob(ANY, WORD))
    assert isinstance(level, Refusal)
    assert isinstance(number, Refusal)
    assert isinstance(answers.answer(NOTHING), Refusal)
    assert isinstance(answers.answer(replace(ANY, steps=0, given=with_w_h(NOTHING))), Refusal)


def test_given_targets_and_thresholds_are_what_the_lines_take_them_for() -> None:
    two = ((0.5,), (0.5,))
    bad = Given("a test", (), two, ((1.0, 1.0),))
    found = answers.answer(GradientJob("softmax", "s", given=replace(bad, inputs=((0.5, 0.5),))))
    assert isinstance(found, Refusal)
    assert "sum to 2; targets of a cross-entropy sum to 1" in found.reason
    found = answers.answer(
        GradientJob("clipping", "g_by_norm", given=Given("a test", (("v", ((-1.0,),)),), ((1.0, 2.0),), ()))
    )
    assert isinstance(found, Refusal)
    assert "v is -1; give a threshold above 0." in found.reason


@pytest.mark.parametrize("model", [card.key for card in catalogue.MODELS])
def test_every_first_job_is_well_typed(model: str) -> None:
    job = catalogue.cleaned(GradientJob(model, wrt=""))
    assert mistyped(job) is None
    assert mistyped(UnfoldJob(job, 1)) is None
    assert mistyped(replace(job, given=FIT)) is None
