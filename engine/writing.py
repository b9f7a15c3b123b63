"""Letting a run write: the network of a run as something that can be read one symbol at a time.

Knows runs and tasks; how symbols are drawn is `sampling`'s and `beam`'s.
"""

from __future__ import annotations

from engine.combinations import WRITING
from engine.errors import TaskError
from engine.models.catalogue import model_for
from engine.models.model import Stepper
from engine.sampling import Written, write
from engine.train import Run


def writes(run: Run) -> bool:
    """Whether the run can write text at all."""
    try:
        stepper_of(run)
    except TaskError:
        return False
    return True


def stepper_of(run: Run) -> Stepper:
    """The network of `run`, with the weights of now.

    Raises:
        TaskError: what it puts out is not what it reads, or its model cannot go symbol by symbol.
    """
    task = run.task
    model = model_for(run.config, task)
    if run.config.task not in WRITING or not hasattr(model, "stepper"):
        raise TaskError(
            "This run does not foretell the symbols that it reads, so it writes no text. "
            "Start one on the next character or the next word."
        )
    stepper: Stepper = model.stepper(run.weights)
    return stepper


def written(
    run: Run, *, length: int, temperature: float, seed: int, top_k: int = 0, prompt: str = ""
) -> Written:
    """`length` symbols with the weights of now; see `sampling.write`."""
    return write(
        stepper_of(run),
        run.task.symbols,
        run.task.joint,
        length=length,
        temperature=temperature,
        seed=seed,
        top_k=top_k,
        prompt=prompt,
    )
