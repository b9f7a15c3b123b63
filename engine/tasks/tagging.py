"""Many to many: read a word, say its tag. Knows nothing of cells."""

from __future__ import annotations

from engine.config import RunConfig
from engine.errors import TaskError
from engine.tasks.data_tagging import TAGGED
from engine.tasks.examples import PADDING, ExampleTask, Row
from engine.tasks.reading import Vocabulary, counted, own_text, quoted

MAX_TAGS = 30


def tagging_task(config: RunConfig) -> ExampleTask:
    """Tagged sentences; each word is asked for its tag as soon as it has been read.

    Own text is one sentence a line, each word as `word/TAG`.

    Raises:
        TaskError: a word without tag, one tag only, too many tags, a sentence too long for T.
    """
    lines = enumerate(own_text(config, TAGGED).split("\n"), 1)
    sentences = [[_cut(part, number) for part in line.split()] for number, line in lines if line.strip()]
    tags = tuple(sorted({tag for sentence in sentences for _, tag in sentence}))
    if not 2 <= len(tags) <= MAX_TAGS:
        raise TaskError(
            f"The text has {counted(len(tags), 'different tag')}; it must have from 2 to {MAX_TAGS}. "
            "Write each word with its tag, as in: the/DET bird/NOUN sings/VERB"
        )
    vocabulary = Vocabulary.of((word for sentence in sentences for word, _ in sentence), (PADDING,))
    rows = []
    for sentence in sentences:
        codes = vocabulary.codes([word for word, _ in sentence])
        rows.append(Row(codes, [tags.index(tag) for _, tag in sentence], (1,) * len(codes)))
    return ExampleTask.of(config, vocabulary, tags, rows)


def _cut(part: str, line: int) -> tuple[str, str]:
    """The word and its tag; the last stroke parts them, so that 1/2/NUM is a number."""
    word, _, tag = part.rpartition("/")
    if not word or not tag:
        raise TaskError(
            f"Line {line} of the text has {quoted(part)}, which is no word with a tag. "
            "Write each word with its tag, as in: the/DET bird/NOUN sings/VERB"
        )
    return word.lower(), tag
