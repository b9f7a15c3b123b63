"""torch's opinion of a derivation: autograd at the same numbers. Importing this loads torch, 2 s."""

from __future__ import annotations

from engine.derivations import torch_forwards
from engine.derivations.agreements import agreement, derived, point
from engine.derivations.answers import refusal
from engine.derivations.catalogue import cleaned
from engine.derivations.derive import derive
from engine.derivations.world import World, drawn
from engine.symbolic.jobs import OpinionJob
from engine.symbolic.report import Agreement, Refusal


def by_autograd(asked: OpinionJob) -> Agreement | Refusal:
    """torch's gradient at the shown numbers, against what the derivation's last line is worth there."""
    refused = refusal(asked.job)
    if refused is not None:
        return refused
    job = cleaned(asked.job)
    derivation = derive(job)
    world = World(job, derivation.program, drawn(job))
    for step in derivation.steps:
        world.bind(step)
    found = torch_forwards.gradient(job, point(world), job.wrt)
    return agreement("torch autograd", found, derived(derivation, world))
