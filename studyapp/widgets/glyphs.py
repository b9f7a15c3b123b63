"""How the signs that stand for white space are said aloud. Pure: no Qt."""

from __future__ import annotations

SPACE = "␣"
SPOKEN = {SPACE: "space", "↵": "new line", "⇥": "tab"}  # as engine.tasks.visible writes them


def spoken(label: str) -> str:
    """`label` in quotes, or its name where it stands for white space."""
    return SPOKEN.get(label) or f"“{label}”"
