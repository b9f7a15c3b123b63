"""The knobs of a run as options of the command line. Knows the knobs only as RunConfig describes them."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Collection
from pathlib import Path
from typing import Any

from engine.config import MAX_TEXT, RunConfig, knob_of
from engine.errors import ConfigError, TaskError
from engine.knobs import Knob

STEPS = 300  # of a run, unless --steps or a preset says otherwise

_FIELDS = tuple(f for f in dataclasses.fields(RunConfig) if f.name != "text")


def add_knobs(parser: argparse.ArgumentParser) -> None:
    """An option for each knob, and `--preset` for all of them at once."""
    parser.add_argument(
        "--preset",
        metavar="NAME",
        help="begin from a prepared run (list: studyapp presets); options win over it",
    )
    parser.add_argument(
        "--contrast", action="store_true", help="begin from the run beside the preset instead"
    )
    for field in _FIELDS:
        _add_knob(parser, field.name, field.metadata["knob"], field.default)
    parser.add_argument(
        "--text",
        type=Path,
        metavar="FILE",
        help=f"learn from this text or table, up to {MAX_TEXT:,} characters",
    )


def config_of(said: argparse.Namespace) -> RunConfig:
    """The config that was asked for.

    Raises:
        ConfigError: out of bounds, impossible together, or no such preset.
        TaskError: the text cannot be read.
    """
    given = given_knobs(said)
    if said.text is not None:
        given["text"] = text_of(said.text)
    return dataclasses.replace(_base(said.preset, said.contrast), **given)


def given_knobs(said: argparse.Namespace) -> dict[str, Any]:
    """The knobs that were typed, without the text."""
    return {f.name: value for f in _FIELDS if (value := getattr(said, f.name)) is not None}


def steps_of(said: argparse.Namespace) -> int:
    """How many steps to train: those asked for, else those of the preset, else `STEPS`."""
    if said.steps or not said.preset:
        return said.steps or STEPS
    from engine.presets import preset_of

    return preset_of(said.preset).steps


def spoken(config: RunConfig, without: Collection[str] = ()) -> str:
    """Task and network in a few words; the knobs `without` are left out, for a sweep has several values."""
    from engine.combinations import model_of

    def label(name: str, value: str) -> str:
        return dict(knob_of(name).choices)[value]

    model = model_of(config)
    network = [] if {"model", "task"} & set(without) else [label("model", model)]
    if model not in ("skip-gram", "ntm") and "cell" not in without:
        network.append(f"of {label('cell', config.cell)}" if network else label("cell", config.cell))
    parts = [" ".join(network)] if network else []
    if "hidden" not in without:
        parts.append(f"{config.hidden} hidden units")
    task = [] if "task" in without else [label("task", config.task)]
    return ": ".join([*task, ", ".join(parts)] if parts else task)


def text_of(path: Path) -> str:
    """The text in a file; TaskError if it cannot be read, is empty or too long."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(MAX_TEXT + 1)
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise TaskError(f"{path} cannot be read: {reason}. Give a plain text file.") from error
    if not text:
        raise TaskError(f"{path} is empty. Give a text to learn from, or leave --text out for the sample.")
    if len(text) > MAX_TEXT:
        raise TaskError(
            f"{path} has {path.stat().st_size:,} bytes; {MAX_TEXT:,} characters are the most. Use a part."
        )
    return text


def _base(name: str | None, contrast: bool) -> RunConfig:
    if name is None and not contrast:
        return RunConfig()
    from engine.presets import preset_of

    try:
        preset = preset_of(name or "")
    except KeyError:
        what = f"There is no preset {name!r}" if name else "--contrast needs a --preset"
        raise ConfigError((f"{what}; `studyapp presets` lists them.",)) from None
    if contrast and preset.contrast is None:
        raise ConfigError((f"The preset {preset.id} has no run beside it; leave --contrast out.",))
    return (preset.contrast if contrast else None) or preset.config


def _add_knob(parser: argparse.ArgumentParser, name: str, knob: Knob, default: Any) -> None:
    words = f"{knob.label}: {knob.help}".replace("%", "%%") + f" ({default})"
    option = f"--{name.replace('_', '-')}"
    if knob.choices:
        parser.add_argument(option, choices=[value for value, _ in knob.choices], help=words)
    else:
        parser.add_argument(option, type=type(default), help=words, metavar="N")
