"""Text: something to read, as Markdown, and where each of its things stands. Pure; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """One page.

    Attributes:
        markdown: all of it.
        anchors: id of a thing on it -> the number of its heading, from 0.
        count: how many things there are, after filtering.
    """

    markdown: str
    anchors: Mapping[str, int] = field(default_factory=dict)
    count: int = 0


class Lines:
    """Collects blocks of Markdown and counts the headings."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._headings = 0
        self._anchors: dict[str, int] = {}
        self._count = 0

    def heading(self, level: int, words: str, *ids: str) -> None:
        """A heading that the things of these ids are found at."""
        self._anchors.update(dict.fromkeys(ids, self._headings))
        self._headings += 1
        self.add(f"{'#' * level} {words}")

    def add(self, block: str) -> None:
        """One block; nothing for an empty one."""
        if block.strip():
            self._blocks.append(block.strip())

    def counted(self) -> None:
        """One more thing is on the page."""
        self._count += 1

    def text(self) -> Text:
        return Text("\n\n".join(self._blocks) + "\n", dict(self._anchors), self._count)


def has_words(text: str, words: str) -> bool:
    """Whether each word of `words` occurs in `text`, in capitals or not."""
    folded = text.casefold()
    return all(word in folded for word in words.casefold().split())


def plain(words: str) -> str:
    """A title whose signs mean nothing to Markdown; $maths$ stays."""
    return (
        words.replace("[", r"\[").replace("]", r"\]").replace("*", r"\*").replace("_", r"\_")
        if "$" not in words
        else words
    )
