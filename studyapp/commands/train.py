"""`studyapp train`: one run in the terminal, the loss as it falls, then a sample. Options are the knobs."""

from __future__ import annotations

import argparse
import dataclasses
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import DivergenceError
from engine.threads import one_thread
from studyapp.commands.knobs import add_knobs, config_of, spoken
from studyapp.commands.voice import Voice, add_json, whole_number

if TYPE_CHECKING:
    from engine.train import Run

_REPORTS = 10  # lines of loss in a run, unless --every says otherwise


def add_to(jobs: Any) -> None:
    """Add `train` to the command line."""
    parser = jobs.add_parser(
        "train",
        help="train a tiny network and watch the loss",
        description="Train a tiny recurrent network; the same knobs and seed give the same run, bit for bit.",
    )
    add_knobs(parser)
    parser.add_argument("--load", type=Path, metavar="FILE", help="go on with the run of a checkpoint")
    parser.add_argument("--steps", type=whole_number, default=300, metavar="N", help="training steps (300)")
    parser.add_argument(
        "--every", type=whole_number, metavar="N", help="report the loss every N steps (a tenth)"
    )
    parser.add_argument("--temperature", type=float, default=0.7, help="of the sampled text (0.7)")
    parser.add_argument("--top-k", type=int, default=0, metavar="K", help="draw from the K likeliest (all)")
    parser.add_argument("--prompt", default="", metavar="TEXT", help="what the sampled text goes on from")
    parser.add_argument(
        "--sample", type=int, default=200, metavar="N", help="symbols to write at the end (200)"
    )
    parser.add_argument("--save", type=Path, metavar="FILE", help="write a checkpoint at the end")
    parser.add_argument(
        "--export", type=Path, metavar="FOLDER", help="write a script for PyTorch with the weights at the end"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(said: argparse.Namespace, voice: Voice) -> bool:
    """Train; False if the run diverged."""
    one_thread()
    from engine.sampling import check

    trained = _begun(said)
    if said.sample > 0:
        check(said.sample, said.temperature, trained.config.seed, said.top_k)  # before the training
    _introduce(trained, voice)
    try:
        _train(trained, said, voice)
    except DivergenceError as error:
        voice.progress("")
        voice.fail(str(error), event="diverged", step=error.step, norm=error.norm)
        return False
    _sample(trained, said, voice)
    _keep(trained, said, voice)
    return True


def _begun(said: argparse.Namespace) -> Run:
    from engine.checkpoint import load
    from engine.train import Run

    return Run.of(load(said.load)) if said.load else Run(config_of(said))


def _introduce(trained: Run, voice: Voice) -> None:
    from engine.parameters import count

    config, parameters, named = trained.config, count(trained.learner.shapes), trained.conventions
    voice.say(
        f"{spoken(config)}, {parameters:,} parameters, seed {config.seed}\n"
        + "\n".join(f"  {name}: {choice}" for name, choice in named),
        event="started",
        config=dataclasses.asdict(config) | {"text": len(config.text)},
        parameters=parameters,
        conventions=dict(named),
    )


def _train(trained: Run, said: argparse.Namespace, voice: Voice) -> None:
    every, started, first = said.every or max(1, said.steps // _REPORTS), time.monotonic(), trained.step
    for step in range(first + 1, first + said.steps + 1):
        loss = trained.advance()
        if step % every == 0 or step in (first + 1, first + said.steps):
            voice.progress("")
            voice.say(f"step {step:6}   loss {loss:.4f}", event="loss", step=step, loss=loss)
        elif step % 20 == 0:
            voice.progress(f"step {step} of {first + said.steps}   loss {loss:.4f}")
    seconds = time.monotonic() - started
    voice.progress("")
    voice.say(
        f"{said.steps} steps in {seconds:.1f} s ({said.steps / seconds:.0f} a second)",
        event="trained",
        steps=said.steps,
        seconds=round(seconds, 3),
    )


def _sample(trained: Run, said: argparse.Namespace, voice: Voice) -> None:
    from engine.writing import writes, written

    if said.sample < 1 or not writes(trained):
        return
    found = written(
        trained,
        length=said.sample,
        temperature=said.temperature,
        seed=trained.config.seed,
        top_k=said.top_k,
        prompt=said.prompt,
    )
    mean = float(found.log_probabilities.mean())
    voice.say(
        f"\nSampled at temperature {said.temperature:g}, {mean:.2f} nats a symbol:\n{found.text}",
        event="sample",
        temperature=said.temperature,
        text=found.text,
        mean_log_probability=mean,
    )


def _keep(trained: Run, said: argparse.Namespace, voice: Voice) -> None:
    from engine.checkpoint import save
    from engine.export import export

    if said.save:
        save(said.save, trained.checkpoint())
        voice.say(f"Saved in {said.save}.", event="saved", path=str(said.save))
    if said.export:
        script = export(said.export, trained)
        voice.say(f"Exported to {script}: run it with Python and torch.", event="exported", path=str(script))
