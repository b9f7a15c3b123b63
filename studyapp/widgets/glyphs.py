"""How labels of tasks are shown and said aloud: white space, and the signs that end and fill. Pure: no Qt."""

from __future__ import annotations

SPACE = "␣"
SPOKEN = {SPACE: "space", "↵": "new line", "⇥": "tab"}  # as engine.tasks.visible writes them
SIGNS = {"<pad>": "–", "<go>": "go", "<end>": "end"}  # what fills, starts and ends a sentence
SAID = {"<pad>": "nothing (filling)", "<go>": "the start sign", "<end>": "the end sign"}


def shown_label(label: str) -> str:
    """`label` as it stands under a column."""
    return SIGNS.get(label, label)


def spoken(label: str) -> str:
    """`label` in quotes, or its name where it stands for white space or is a sign."""
    return SPOKEN.get(label) or SAID.get(label) or f"“{label}”"
