"""Many to one: read a sentence, say its label at the last word. Knows nothing of cells."""

from __future__ import annotations

import csv

from engine.config import RunConfig
from engine.errors import TaskError
from engine.tasks.data_sentiment import LABELLED
from engine.tasks.examples import PADDING, ExampleTask, Row
from engine.tasks.reading import Vocabulary, counted, own_text, quoted, tokenised

MAX_LABELS, MAX_LABEL = 10, 30  # how many, and how many characters each
_FORM = "Each line must be a label, a tab or comma, and a sentence, as in: positive,I liked the film"


def sentiment_task(config: RunConfig) -> ExampleTask:
    """Labelled sentences, padded in front so that step T is the last word, the only one asked about.

    Own text is lines `label<TAB>sentence`, or CSV with a label and a sentence.

    Raises:
        TaskError: a line of another form, one label only, too many labels, a sentence too long for T.
    """
    text = own_text(config, "")
    labelled = _read(text) if text else list(LABELLED)
    labels = tuple(sorted({label for label, _ in labelled}))
    _check_labels(labels, len(labelled))
    tokens = [tokenised(sentence) for _, sentence in labelled]
    vocabulary = Vocabulary.of((token for sentence in tokens for token in sentence), (PADDING,))
    rows = []
    for (label, _), sentence in zip(labelled, tokens, strict=True):
        before = (0,) * (len(sentence) - 1)
        rows.append(Row(vocabulary.codes(sentence), (*before, labels.index(label)), (*before, 1)))
    return ExampleTask.of(config, vocabulary, labels, rows, front=True)


def _read(text: str) -> list[tuple[str, str]]:
    """(label, sentence) of each line that is not empty; a heading "label" is passed over."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        label, sentence = _cut(line)
        if number == 1 and label.lower() == "label":
            continue
        if not 1 <= len(label) <= MAX_LABEL or not tokenised(sentence):
            raise TaskError(f"Line {number} of the text is {quoted(line)}. {_FORM}.")
        found.append((label, sentence))
    return found


def _cut(line: str) -> tuple[str, str]:
    if "\t" in line:
        label, _, sentence = line.partition("\t")
    else:
        try:
            label, *rest = next(csv.reader([line]))
        except csv.Error:  # a field beyond the module's limit
            return "", ""
        sentence = ",".join(rest)
    return label.strip(), sentence


def _check_labels(labels: tuple[str, ...], lines: int) -> None:
    if len(labels) < 2:
        which = f", {labels[0]!r}" if labels else ""
        raise TaskError(
            f"The text has {counted(len(labels), 'label')}{which}; it needs at least two. {_FORM}."
        )
    if len(labels) > MAX_LABELS:
        raise TaskError(
            f"The text has {len(labels)} labels in {counted(lines, 'line')}; at most {MAX_LABELS}. {_FORM}."
        )
