"""What a preset is in words: its knobs that are not at their defaults, and how a second run differs. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.config import RunConfig, knob_of

if TYPE_CHECKING:
    from engine.presets import Preset

LONGEST = 40  # characters of a text


def differences(config: RunConfig, other: RunConfig) -> tuple[str, ...]:
    """ "Label: theirs → ours" for each knob in which `config` is not as `other`."""
    return tuple(
        f"{knob_of(f.name).label}: {_value(f.name, other)} → {_value(f.name, config)}"
        for f in dataclasses.fields(RunConfig)
        if getattr(config, f.name) != getattr(other, f.name)
    )


def values(config: RunConfig, other: RunConfig) -> tuple[str, ...]:
    """ "Label value" for each knob in which `config` is not as `other`."""
    return tuple(
        f"{knob_of(f.name).label} {_value(f.name, config)}"
        for f in dataclasses.fields(RunConfig)
        if getattr(config, f.name) != getattr(other, f.name)
    )


def sentence(words: str) -> str:
    """`words` as a sentence."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def knobs_of(config: RunConfig) -> str:
    """The knobs of `config` that are not at their defaults, in one line; the task always."""
    fresh = RunConfig()
    names = [f.name for f in dataclasses.fields(RunConfig)]
    turned = [n for n in names if n != "task" and getattr(config, n) != getattr(fresh, n)]
    return " · ".join(
        [_value("task", config), *(f"{knob_of(name).label} {_value(name, config)}" for name in turned)]
    )


def matching(presets: Sequence[Preset], typed: str) -> list[Preset]:
    """Those in whose words all that was typed occurs; first those that have it in the title, then the id."""
    words = typed.casefold().split()
    found = [p for p in presets if all(word in _all_words(p) for word in words)]
    return sorted(found, key=lambda p: _rank(p, words)) if words else found


def counted(steps: int) -> str:
    """ "1 step", "2,000 steps"."""
    return "1 step" if steps == 1 else f"{steps:,} steps"


def by_topic(presets: Sequence[Preset]) -> dict[str, list[Preset]]:
    """First topic -> its presets, both in the order of `presets`."""
    groups: dict[str, list[Preset]] = {}
    for preset in presets:
        groups.setdefault(preset.topics[0] if preset.topics else "", []).append(preset)
    return groups


def _all_words(preset: Preset) -> str:
    said = (preset.title, preset.id, *preset.topics, preset.look_at, preset.shows, knobs_of(preset.config))
    return " ".join(said).casefold()


def _rank(preset: Preset, words: Sequence[str]) -> int:
    """0 where all of `words` are in the title, 1 where in title and id, 2 elsewhere."""
    title = preset.title.casefold()
    own = f"{title} {preset.id}"
    return next((rank for rank, said in enumerate((title, own)) if all(w in said for w in words)), 2)


def _value(name: str, config: RunConfig) -> str:
    value, known = getattr(config, name), knob_of(name)
    if known.choices:
        return dict(known.choices)[value]
    if isinstance(value, str):
        return f"“{value[:LONGEST]}”" if value else "the sample"
    return f"{value:g}"
