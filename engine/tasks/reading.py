"""What a student typed, made fit for a task: one check of the characters, one way to cut into words.

Knows nothing of batches.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.config import RunConfig
from engine.errors import TaskError

MAX_WORDS = 200  # different words of a vocabulary, the signs not counted
UNKNOWN = "<unk>"
_SEEN_AS = {" ": "␣", "\n": "↵", "\t": "⇥"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # half characters included
_ENDS = re.compile(r"[.!?]+(?=\s)|\n")
_WORDS = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")


def own_text(config: RunConfig, built_in: str) -> str:
    """The student's text with plain line ends, or the built-in one where it is empty.

    Raises:
        TaskError: naming the first control character, which no text has but a file that is no text.
    """
    text = config.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        before = text[: found.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise TaskError(
            f"The text has the control character {visible(found.group())} in line {line}, column {column}; "
            "letters, signs, spaces, tabs and line ends are allowed. Paste plain text."
        )
    return text or built_in


def tokenised(text: str) -> list[str]:
    """Words in lower case, each punctuation mark a word of its own."""
    return _WORDS.findall(text.lower())


def is_word(token: str) -> bool:
    """Not a punctuation mark."""
    return token[0].isalnum() or token[0] == "_"


def sentences_of(text: str) -> list[list[str]]:
    """The words of each sentence, without punctuation; a line's end, `.`, `!` or `?` ends one."""
    parts = (tokenised(part) for part in _ENDS.split(text))
    words = ([token for token in part if is_word(token)] for part in parts)
    return [sentence for sentence in words if sentence]


def visible(symbol: str) -> str:
    """`symbol` as it can be shown in a label: white space has a sign, control codes are spelt out."""
    if symbol in _SEEN_AS:
        return _SEEN_AS[symbol]
    return symbol if symbol.isprintable() else repr(symbol)[1:-1]


def quoted(text: str) -> str:
    """The first characters of `text` in quotation marks, for a message."""
    return repr(text if len(text) <= 40 else f"{text[:40]}...")


def counted(number: int, noun: str) -> str:
    """ "1 word", "12 words"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def unknown(what: str, symbol: str, place: int, allowed: Sequence[str]) -> str:
    """The sentence about a symbol that the network has never seen, at `place` 0, 1, ... of `what`."""
    near = difflib.get_close_matches(symbol, allowed, n=3, cutoff=0.6)
    if near:
        known = f"Did you mean {' or '.join(map(visible, near))}?"
    else:
        shown = " ".join(visible(each) for each in allowed[:60])
        known = f"It knows {shown}{' ...' if len(allowed) > 60 else '.'}"
    return f"The network has never seen {quoted(visible(symbol))}, number {place + 1} of the {what}. {known}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a task.

    Attributes:
        words: what each place stands for: the signs, then the words by the alphabet.
        places: word -> its place.
        rare: how many different words were left out as too rare, and read as <unk>.
    """

    words: tuple[str, ...]
    places: Mapping[str, int]
    rare: int

    @classmethod
    def of(cls, tokens: Iterable[str], signs: tuple[str, ...] = ()) -> Vocabulary:
        """All words, or where they are too many the `MAX_WORDS` most frequent and <unk>."""
        counts = Counter(token for token in tokens if token not in signs)
        rare = max(0, len(counts) - MAX_WORDS)
        kept = sorted(counts, key=lambda word: (-counts[word], word))[:MAX_WORDS]
        words = (*signs, *((UNKNOWN,) if rare else ()), *sorted(kept))
        return cls(words, {word: place for place, word in enumerate(words)}, rare)

    @property
    def note(self) -> str:
        """A sentence for the student about what was left out; empty if nothing was."""
        if not self.rare:
            return ""
        rare = counted(self.rare, "rare word")
        return f"The text has more than {MAX_WORDS} different words: {rare} became {UNKNOWN}."

    def codes(self, tokens: Sequence[str]) -> list[int]:
        """The places of training words; those left out read as <unk>."""
        return [self.places[token] if token in self.places else self.places[UNKNOWN] for token in tokens]

    def known(self, tokens: Sequence[str], what: str) -> list[int]:
        """The places of words typed after training; TaskError naming the first one unknown."""
        for place, token in enumerate(tokens):
            if token not in self.places:
                raise TaskError(unknown(what, token, place, self.words))
        return self.codes(tokens)
