"""`python -m engine.presets`: the table of engine/README.md, to be pasted there after a change."""

from __future__ import annotations

from engine.presets import PRESETS, Preset
from engine.presets.topics import NOT_SIMULATED, TOPICS

HEAD = "| topic | presets | look at | it shows |\n|---|---|---|---|"


def table() -> str:
    """One row a topic, in the words of its main preset: that which names the topic earliest."""
    return "\n".join((HEAD, *map(_row, TOPICS)))


def _row(topic: str) -> str:
    if topic in NOT_SIMULATED:
        return f"| {topic} | none | | Not simulated: {NOT_SIMULATED[topic]}. |"
    presets = sorted((p for p in PRESETS if topic in p.topics), key=lambda preset: _place(preset, topic))
    ids = ", ".join(f"`{preset.id}`" for preset in presets)
    return f"| {topic} | {ids} | {presets[0].look_at} | {presets[0].shows} |"


def _place(preset: Preset, topic: str) -> int:
    return preset.topics.index(topic)


if __name__ == "__main__":
    print(table())
