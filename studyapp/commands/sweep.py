"""`studyapp sweep`: up to 64 variants of a run side by side, one or two knobs as a grid."""

from __future__ import annotations

import argparse
import dataclasses
import math
from typing import TYPE_CHECKING, Any

from engine.config import RunConfig, knob_of
from engine.errors import ConfigError
from engine.threads import one_thread
from studyapp.commands.knobs import STEPS, add_knobs, config_of, spoken, steps_of
from studyapp.commands.voice import Voice, add_json, whole_number

if TYPE_CHECKING:
    from engine.sweep import News, Variant

_LAST = 20  # losses that the final figure is the mean of


def add_to(jobs: Any) -> None:
    """Add `sweep` to the command line."""
    parser = jobs.add_parser(
        "sweep",
        help="train variants of a run side by side",
        description="Train up to 64 variants: every combination of the values of one or two knobs.",
    )
    parser.add_argument(
        "--over",
        action="append",
        required=True,
        metavar="KNOB=A,B,C",
        help="a knob and its values, e.g. seed=1,2,3 or learning_rate=0.1,0.01; once or twice",
    )
    add_knobs(parser)
    parser.add_argument(
        "--steps", type=whole_number, metavar="N", help=f"steps of each (those of the preset, else {STEPS})"
    )
    parser.add_argument("--threads", type=whole_number, default=2, metavar="N", help="threads (2)")
    add_json(parser)
    parser.set_defaults(run=run)


def run(said: argparse.Namespace, voice: Voice) -> bool:
    """Train them all; False if every one exploded."""
    one_thread()
    from engine.sweep import grid, sweep

    base, steps = config_of(said), steps_of(said)
    axes = _axes(said.over)
    variants = grid(base, axes)
    heading = spoken(base, axes) or "A sweep"
    voice.say(f"{heading}: {len(variants)} variants, {steps} steps each")
    last: dict[int, list[float]] = {variant.number: [] for variant in variants}
    done: list[News] = []
    for news in sweep(variants, steps, threads=said.threads):
        last[news.variant] = [*last[news.variant], *news.losses.tolist()][-_LAST:]
        voice.progress(f"{len(done)} of {len(variants)} done")
        if said.json:
            voice.say("", event="news", variant=news.variant, step=news.step, losses=news.losses.tolist())
        if news.over:
            done.append(news)
    voice.progress("")
    _report(variants, done, last, voice)
    return not all(news.exploded for news in done)


def _report(
    variants: tuple[Variant, ...], done: list[News], last: dict[int, list[float]], voice: Voice
) -> None:
    """The best first; those that exploded last."""
    means = {n: sum(losses) / len(losses) if losses else math.nan for n, losses in last.items()}
    for news in sorted(done, key=lambda news: (bool(news.exploded), means[news.variant])):
        knobs = variants[news.variant].knobs
        words = "  ".join(f"{name} {value}" for name, value in knobs.items())
        outcome = (
            news.exploded or f"loss {means[news.variant]:.4f} (mean of the last {len(last[news.variant])})"
        )
        voice.say(
            f"{words:40} {outcome}",
            event="variant",
            variant=news.variant,
            knobs=dict(knobs),
            loss=None if news.exploded else means[news.variant],
            exploded=news.exploded,
        )


def _axes(over: list[str]) -> dict[str, list[object]]:
    """What was typed as --over, once or more, as knobs and their values."""
    axes = [_axis(words) for words in over]
    names = [name for name, _ in axes]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError((f"{name} is swept twice; write all its values once, as in {name}=1,2.",))
    return dict(axes)


def _axis(words: str) -> tuple[str, list[object]]:
    """ "seed=1,2,3" as a knob and its values."""
    name, equals, values = words.partition("=")
    name = name.strip().replace("-", "_")
    kinds: dict[str, Any] = {f.name: type(f.default) for f in dataclasses.fields(RunConfig)}
    if not equals or name not in kinds or name == "text":
        raise ConfigError(
            (f"{words!r} is no sweep of a knob; write e.g. seed=1,2,3 or learning_rate=0.1,0.01.",)
        )
    try:
        return name, [kinds[name](value.strip()) for value in values.split(",")]
    except ValueError:
        label = knob_of(name).label
        raise ConfigError((f"{label} takes numbers; {values!r} has something else.",)) from None
