"""What a gradient is taken by, in few words, with what differs between the choices first. Pure: no Qt."""

from __future__ import annotations

import re

_WEIGHTS = re.compile(r"weights from (?:the )?(.+?) to (?:the )?(.+)")
_OF = re.compile(r"(bias|weights|pre-activation) of (?:the )?(.+?)( at step t.*)?")
_PARTS = ("gate", "candidate")


def in_few_words(label: str) -> str:
    """E.g. "forget gate, input weights" for "weights from input to the forget gate"."""
    layer, _, rest = label.rpartition(": ")
    if weights := _WEIGHTS.fullmatch(rest):
        source, target = weights.groups()
        words = f"{target}, {source} weights" if target.endswith(_PARTS) else f"{source} to {target}, weights"
    elif of := _OF.fullmatch(rest):
        words = f"{of[2]}, {of[1]}"
    else:
        words = rest
    return f"{layer}, {words}" if layer else words
