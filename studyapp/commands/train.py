"""`studyapp train`: one run in the terminal, the loss as it falls, then a sample. Options are the knobs."""

from __future__ import annotations

import argparse
import dataclasses
import math
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from engine.errors import ConfigError, DivergenceError
from engine.threads import one_thread
from studyapp.commands import findings
from studyapp.commands.knobs import STEPS, add_knobs, config_of, given_knobs, spoken, steps_of
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
    parser.add_argument(
        "--load",
        type=Path,
        metavar="FILE",
        help="go on with the run of a checkpoint; live knobs may be turned",
    )
    parser.add_argument(
        "--steps", type=whole_number, metavar="N", help=f"training steps (those of the preset, else {STEPS})"
    )
    parser.add_argument(
        "--every", type=whole_number, metavar="N", help="report the loss every N steps (a tenth)"
    )
    parser.add_argument("--temperature", type=float, default=0.7, help="of the sampled text (0.7)")
    parser.add_argument("--top-k", type=int, default=0, metavar="K", help="draw from the K likeliest (all)")
    parser.add_argument("--prompt", default="", metavar="TEXT", help="what the sampled text goes on from")
    parser.add_argument(
        "--sample", type=int, default=200, metavar="N", help="symbols to write at the end (200)"
    )
    parser.add_argument(
        "--beam", type=whole_number, metavar="WIDTH", help="print the best texts of a beam with their ln P"
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
    trained = _begun(said)
    _check(trained, said)
    _introduce(trained, voice)
    with _patience() as asked:
        try:
            _train(trained, steps_of(said), said.every, voice, asked)
        except DivergenceError as error:
            _explain(error, voice)
            if said.save:
                trained.go_to(error.sound)  # from there it can go on with other knobs
                _save(trained, said, voice)
            return False
        _save(trained, said, voice)
    if asked():
        raise KeyboardInterrupt
    findings.show(trained, said, voice)
    _export(trained, said, voice)
    return True


@contextmanager
def _patience() -> Iterator[Callable[[], bool]]:
    """Ctrl-C waits for the step under way, so that what is saved is whole; a second one does not wait.

    Yields whether it was asked for.
    """
    asked = False

    def note(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def _explain(error: DivergenceError, voice: Voice) -> None:
    voice.progress("")
    norm = error.norm if math.isfinite(error.norm) else None
    voice.fail(str(error), event="diverged", step=error.step, norm=norm)


def _begun(said: argparse.Namespace) -> Run:
    from engine.checkpoint import load
    from engine.train import LIVE, Run

    if not said.load:
        return Run(config_of(said))
    given = given_knobs(said)
    fixed = [f"--{name.replace('_', '-')}" for name in given if name not in LIVE]
    fixed += [f"--{name}" for name in ("preset", "contrast", "text") if getattr(said, name)]
    if fixed:
        raise ConfigError(
            (
                f"{', '.join(fixed)} cannot be given with --load: the run in the file has its own. "
                f"Only live knobs can be turned: {', '.join(LIVE)}.",
            )
        )
    trained = Run.of(load(said.load))
    for name, value in given.items():
        trained.turn(name, value)
    return trained


def _check(trained: Run, said: argparse.Namespace) -> None:
    """Complain of what would fail after the training before it."""
    from engine.export import check as check_export
    from engine.whole_file import place_of

    findings.check(trained, said)
    if said.save:
        try:
            place_of(said.save)
        except ValueError as fault:
            raise ConfigError((str(fault),)) from None
    if said.export:
        check_export(said.export, trained)


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


def _train(trained: Run, steps: int, wished: int | None, voice: Voice, asked: Callable[[], bool]) -> None:
    """Do the steps, or those up to where the user `asked` to stop."""
    every, started, first = wished or max(1, steps // _REPORTS), time.monotonic(), trained.step
    for step in range(first + 1, first + steps + 1):
        if asked():
            break
        loss = trained.advance()
        if step % every == 0 or step in (first + 1, first + steps):
            voice.progress("")
            voice.say(f"step {step:6}   loss {loss:.4f}", event="loss", step=step, loss=loss)
        elif step % 20 == 0:
            voice.progress(f"step {step} of {first + steps}   loss {loss:.4f}")
    seconds, done = time.monotonic() - started, trained.step - first
    voice.progress("")
    voice.say(
        f"{done} steps in {seconds:.1f} s ({done / max(seconds, 1e-6):.0f} a second)",
        event="trained",
        steps=done,
        seconds=round(seconds, 3),
    )


def _save(trained: Run, said: argparse.Namespace, voice: Voice) -> None:
    from engine.checkpoint import MAX_STEPS, save

    if said.save:
        trained.go_to(min(trained.step, MAX_STEPS))
        save(said.save, trained.checkpoint())
        text = f"Saved in {said.save}, as it was after step {trained.step}."
        voice.say(text, event="saved", path=str(said.save), step=trained.step)


def _export(trained: Run, said: argparse.Namespace, voice: Voice) -> None:
    from engine.export import export

    if said.export:
        script = export(said.export, trained)
        voice.say(f"Exported to {script}: run it with Python and torch.", event="exported", path=str(script))
