"""Notes are easy to read, by Flesch (1948): 206.8 - 1.015 words a sentence - 84.6 syllables a word.

Text in exam English lies near 50 to 70; below 40 sentences are long and words are heavy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.checking.words import prose
from content.course import Course, Problem

HARDEST = 45.0
_LONGEST_SENTENCE = 45  # words
_SENTENCE = re.compile(r"[^.!?:;\n]+(?:[.!?:;\n]|$)")
_WORD = re.compile(r"[A-Za-z]+")
_SYLLABLE = re.compile(r"[aeiouy]+")


def hard(course: Course) -> Iterator[Problem]:
    """Notes that are hard to read, and sentences that are too long."""
    for topic, body in course.raw.items():
        file = f"topics/{topic}.md"
        text = prose(body)
        if (ease := reading_ease(text)) < HARDEST:
            yield Problem(file, topic, f"has a reading ease of {ease:.0f}; at least {HARDEST:.0f} is wanted.")
        for sentence in _SENTENCE.findall(text):
            if (count := len(_WORD.findall(sentence))) > _LONGEST_SENTENCE:
                start = " ".join(sentence.split()[:8])
                yield Problem(file, topic, f"a sentence has {count} words, “{start} …”; split it.")


def reading_ease(text: str) -> float:
    """Flesch's figure; 100 for a text without words."""
    sentences = [found for part in _SENTENCE.findall(text) if len(found := _WORD.findall(part)) > 1]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 100.0
    syllables = sum(_syllables(word.lower()) for word in words)
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end."""
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and len(word) > 2
    return max(1, len(_SYLLABLE.findall(word)) - silent)
