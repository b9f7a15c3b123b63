"""`studyapp train`: one run in the terminal, the loss as it falls, then a sample. Options are the knobs."""

from __future__ import annotations

import argparse
import dataclasses
import time
from pathlib import Path
from typing import Any

from engine.config import MAX_TEXT, Knob, RunConfig
from engine.errors import DivergenceError, TaskError
from studyapp.commands.voice import Voice, add_json, whole_number

_REPORTS = 10  # lines of loss in a run, unless --every says otherwise


def add_to(jobs: Any) -> None:
    """Add `train` to the command line."""
    parser = jobs.add_parser(
        "train",
        help="train a tiny network and watch the loss",
        description="Train a tiny RNN, LSTM or GRU; the same knobs and seed give the same run, bit for bit.",
    )
    for field in dataclasses.fields(RunConfig):
        if field.name != "text":
            _add_knob(parser, field.name, field.metadata["knob"], field.default)
    parser.add_argument(
        "--text", type=Path, metavar="FILE", help=f"learn from this text, up to {MAX_TEXT} characters"
    )
    parser.add_argument("--steps", type=whole_number, default=300, metavar="N", help="training steps (300)")
    parser.add_argument(
        "--every", type=whole_number, metavar="N", help="report the loss every N steps (a tenth)"
    )
    parser.add_argument("--temperature", type=float, default=0.7, help="of the sampled text (0.7)")
    parser.add_argument(
        "--sample", type=int, default=200, metavar="N", help="characters to write at the end (200)"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(said: argparse.Namespace, voice: Voice) -> bool:
    """Train; False if the run diverged."""
    from engine.sampling import check
    from engine.train import Run, conventions, parameter_count

    config = _config(said)
    trained = Run(config)
    if said.sample > 0:
        check(said.sample, said.temperature, config.seed)  # before the training, not after it
    parameters, named = parameter_count(config), conventions(config)
    voice.say(
        f"{config.cell.upper()}, {config.hidden} hidden units, {parameters} parameters, seed {config.seed}\n"
        + "\n".join(f"  {name}: {choice}" for name, choice in named),
        event="started",
        config=dataclasses.asdict(config) | {"text": len(config.text)},
        parameters=parameters,
        conventions=dict(named),
    )
    try:
        _train(trained, said, voice)
    except DivergenceError as error:
        voice.progress("")
        voice.fail(str(error), event="diverged", step=error.step)
        return False
    _sample(trained, said, voice)
    return True


def _train(trained: Any, said: argparse.Namespace, voice: Voice) -> None:
    every, started = said.every or max(1, said.steps // _REPORTS), time.monotonic()
    for step in range(1, said.steps + 1):
        loss = trained.advance()
        if step % every == 0 or step in (1, said.steps):
            voice.progress("")
            voice.say(f"step {step:6}   loss {loss:.4f}", event="loss", step=step, loss=loss)
        elif step % 20 == 0:
            voice.progress(f"step {step} of {said.steps}   loss {loss:.4f}")
    seconds = time.monotonic() - started
    voice.progress("")
    voice.say(
        f"{said.steps} steps in {seconds:.1f} s ({said.steps / seconds:.0f} a second)",
        event="trained",
        steps=said.steps,
        seconds=round(seconds, 3),
    )


def _sample(trained: Any, said: argparse.Namespace, voice: Voice) -> None:
    from engine.sampling import write

    vocabulary = getattr(trained.task, "vocabulary", "")
    if not vocabulary or said.sample < 1:
        return
    written = write(
        trained.cell,
        trained.weights,
        vocabulary,
        length=said.sample,
        temperature=said.temperature,
        seed=trained.config.seed,
    )
    mean = float(written.log_probabilities.mean())
    voice.say(
        f"\nSampled at temperature {said.temperature:g}, {mean:.2f} nats a character:\n{written.text}",
        event="sample",
        temperature=said.temperature,
        text=written.text,
        mean_log_probability=mean,
    )


def _config(said: argparse.Namespace) -> RunConfig:
    knobs = {f.name: getattr(said, f.name) for f in dataclasses.fields(RunConfig) if f.name != "text"}
    return RunConfig(**knobs, text=_text(said.text))


def _text(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(MAX_TEXT + 1)
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise TaskError(f"{path} cannot be read: {reason}. Give a plain text file.") from error
    if not text:
        raise TaskError(f"{path} is empty. Give a text to learn from, or leave --text out for the sample.")
    return text


def _add_knob(parser: argparse.ArgumentParser, name: str, knob: Knob, default: Any) -> None:
    words = f"{knob.label}: {knob.help}".replace("%", "%%") + f" ({default})"
    option = f"--{name.replace('_', '-')}"
    if knob.choices:
        choices = [value for value, _ in knob.choices]
        parser.add_argument(option, choices=choices, default=default, help=words)
    else:
        parser.add_argument(option, type=type(default), default=default, help=words, metavar="N")
