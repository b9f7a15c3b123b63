"""torch's opinion of a derivation: autograd at the same numbers. Importing this loads torch, 2 s."""

from __future__ import annotations

from engine.checking import torch_forwards
from engine.checking.agreements import agreement, derived, point
from engine.derivations.answers import GIVEN_WAY_OUT, refusal, shown_world
from engine.derivations.catalogue import cleaned
from engine.derivations.derive import derive
from engine.derivations.types_of_jobs import mistyped
from engine.errors import ConfigError
from engine.symbolic.jobs import OpinionJob
from engine.symbolic.report import Agreement, Refusal


def by_autograd(asked: OpinionJob) -> Agreement | Refusal:
    """torch's gradient at the shown numbers, against what the derivation's last line is worth there."""
    wrong = mistyped(asked)
    refused = Refusal(*wrong) if wrong else refusal(asked.job)
    if refused is not None:
        return refused
    job = cleaned(asked.job)
    derivation = derive(job)
    try:
        world = shown_world(derivation)
    except ConfigError as error:
        return Refusal(str(error), GIVEN_WAY_OUT)
    for step in derivation.steps:
        world.bind(step)
    found = torch_forwards.gradient(job, point(world), job.wrt)
    return agreement("torch autograd", found, derived(derivation, world))
