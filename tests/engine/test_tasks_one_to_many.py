"""Captions, melodies and images pixel by pixel: each is recognised again by other means."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from engine.config import RunConfig
from engine.errors import TaskError
from engine.tasks.catalogue import task_of
from engine.tasks.glyphs import LONGEST, captioned
from engine.tasks.melody import MOODS, MOTIFS, NOTES, SYMBOLS, MelodyTask
from engine.tasks.pixels import DARK, LIGHT, START, PixelTask, image_of, images
from engine.tasks.reading import tokenised

FOUR = "........ #..#.... #..#.... #..#.... ####.... ...#.... ...#.... ...#...."
SEVEN = "...####. ......#. ......#. ......#. ......#. ......#. ......#. ........"


def picture(drawn: str) -> np.ndarray:
    return np.array([[pixel == "#" for pixel in line] for line in drawn.split()], dtype=int)


def holes(dark: np.ndarray) -> int:
    """How many light pixels cannot be reached from outside, by steps across edges."""
    field = np.pad(dark.astype(bool), 1)
    reached, ahead = {(0, 0)}, [(0, 0)]
    while ahead:
        row, column = ahead.pop()
        for place in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
            inside = 0 <= place[0] < len(field) and 0 <= place[1] < len(field)
            if inside and not field[place] and place not in reached:
                reached.add(place)
                ahead.append(place)
    return int((~field).sum()) - len(reached)


def described(image: np.ndarray) -> str:
    """The caption of an image, by what can be counted in it."""
    inverted = image[[0, 0, -1, -1], [0, -1, 0, -1]].sum() > 2 or image.sum() > 36
    dark = 1 - image if inverted else image
    rows, columns = dark.any(axis=1).nonzero()[0], dark.any(axis=0).nonzero()[0]
    glyph = dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    stroke = {5: "thin", 6: "thick"}[len(glyph)]
    if holes(glyph):
        shape = "box" if glyph[0, 0] else "ring"
    else:
        shape = "cross" if np.array_equal(glyph, glyph[::-1]) else "stair"
    return f"a {stroke} {shape}{', inverted' if inverted else ''}."


def test_every_caption_is_true_and_every_image_is_drawn_once() -> None:
    drawn = captioned()
    assert all(described(image) == caption for caption, image in drawn)
    assert len({image.tobytes() for _, image in drawn}) == len(drawn) == 2 * 4 * (16 + 9)
    assert len({caption for caption, _ in drawn}) == 16
    assert max(len(caption) for caption, _ in drawn) == LONGEST


def test_a_caption_is_asked_for_with_the_image_at_the_first_step_only() -> None:
    task = task_of(RunConfig(task="caption", length=30, batch=40))
    batch = task.batch(3)
    assert batch.inputs.shape == (30, 40, 64)
    assert not batch.inputs[1:].any()
    for b in range(40):
        asked = batch.weights[:, b].nonzero()[0]
        assert list(asked) == list(range(len(asked)))
        caption = "".join(task.labels(batch.targets[asked, b])).replace("␣", " ")
        assert caption == described(batch.inputs[0, b].reshape(8, 8))
        assert task.input_labels(batch.inputs[:, b]) == ("image", *["·"] * 29)
    with pytest.raises(TaskError, match="Set Time steps T to 24 or more"):
        task_of(RunConfig(task="caption", length=23))


@pytest.mark.parametrize("length", [2, 8, 24, 61])
def test_a_melody_is_motifs_of_its_mood(length: int) -> None:
    task = MelodyTask.of(RunConfig(task="melody", length=length, batch=64))
    batch = task.batch(5)
    assert batch.tokens is not None
    assert batch.own is not None
    assert np.array_equal(batch.inputs.argmax(axis=2), batch.tokens)
    assert np.array_equal(batch.inputs[1:], batch.targets[:-1])
    assert not batch.own[0].any()
    assert batch.own[1:].all()
    for b in range(64):
        mood = task.input_labels(batch.inputs[:1, b])[0]
        melody = list(task.labels(batch.targets[:, b]))
        for start in range(0, length, 8):
            part = " ".join(melody[start : start + 8])
            assert any(motif.startswith(part) for motif in MOTIFS[mood])
    assert set(task.input_labels(batch.inputs[0])) == set(MOODS)


def test_the_first_note_tells_the_motif() -> None:
    for motifs in MOTIFS.values():
        assert len({motif.split()[0] for motif in motifs}) == len(motifs) == 4
        assert all(len(motif.split()) == 8 for motif in motifs)
    assert tokenised(" ".join(SYMBOLS)) == list(SYMBOLS), "a mood and notes can be typed to start a melody"
    assert set(SYMBOLS) == {*MOODS, "-", *" ".join(sum(MOTIFS.values(), ())).replace("-", "").split()}
    assert NOTES[0] == "a3"
    assert NOTES[-1] == "d5"


def test_all_motifs_are_played() -> None:
    task = MelodyTask(8, 64, 1)
    played = {tuple(row) for step in (1, 2, 3) for row in task.batch(step).targets.argmax(axis=2).T.tolist()}
    assert len(played) == 16


def test_images_are_read_in_rows_and_the_next_pixel_asked_for() -> None:
    task = PixelTask.of(RunConfig(task="pixels", length=64, batch=64))
    drawn, first = images()
    known = [{image.tobytes() for image in drawn[a:b]} for a, b in itertools.pairwise(first)]
    seen = np.zeros(4)
    for step in range(1, 9):
        batch = task.batch(step)
        assert batch.tokens is not None
        assert np.array_equal(batch.inputs.argmax(axis=2), batch.tokens)
        assert (batch.tokens[0] == START).all()
        assert np.array_equal(batch.inputs[1:], batch.targets[:-1])
        for b in range(64):
            image = image_of(batch.targets[:, b].argmax(axis=1))
            seen += [image.ravel().tobytes() in sort for sort in known]
    assert seen == pytest.approx([128] * 4, abs=45), "the four sorts are drawn alike"


def test_each_sort_of_image_is_complete() -> None:
    drawn, first = images()
    assert np.diff(first).tolist() == [21 * 21, 36, 18, 100]
    assert set(np.unique(drawn)) == {0, 1}
    boxes, crosses, stripes, digits = np.split(drawn.reshape(-1, 8, 8), first[1:-1])
    for box in boxes:
        rows, columns = box.any(axis=1).nonzero()[0], box.any(axis=0).nonzero()[0]
        height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
        assert box.sum() == 2 * (height + width) - 4
        assert holes(box) == (height - 2) * (width - 2)
    assert all(sorted(cross.sum(axis=0)) == [1] * 7 + [8] for cross in crosses)
    assert all(sorted(cross.sum(axis=1)) == [1] * 7 + [8] for cross in crosses)
    assert all(
        edge.sum() == 1 for cross in crosses for edge in (cross[0], cross[-1], cross[:, 0], cross[:, -1])
    )
    for stripe in stripes:
        assert set(stripe.sum(axis=0)) == {0, 8} or set(stripe.sum(axis=1)) == {0, 8}
    for sort in (boxes, crosses, stripes, digits):
        assert len({image.tobytes() for image in sort}) == len(sort)
    assert any(np.array_equal(picture(FOUR), digit) for digit in digits)
    assert any(np.array_equal(picture(SEVEN), digit) for digit in digits)


def test_pixels_as_they_are_sampled_become_an_image() -> None:
    assert image_of([]).tolist() == [[0] * 8] * 8
    image = image_of([LIGHT, DARK, START, *[LIGHT] * 6, DARK])
    assert np.argwhere(image).tolist() == [[0, 1], [1, 1]]


def test_part_of_an_image_can_be_read_but_not_more_than_all() -> None:
    assert task_of(RunConfig(task="pixels", length=20)).batch(1).inputs.shape == (20, 16, 3)
    with pytest.raises(TaskError, match="Time steps T is 65; an 8x8 image has 64 pixels"):
        task_of(RunConfig(task="pixels", length=65))


@pytest.mark.parametrize("name", ["caption", "melody", "pixels", "adding", "noisy"])
def test_batches_depend_on_seed_and_step_only(name: str) -> None:
    def read(seed: int, step: int) -> np.ndarray:
        return task_of(RunConfig(task=name, seed=seed)).batch(step).inputs

    one = task_of(RunConfig(task=name, seed=3))
    one.batch(1)
    assert np.array_equal(one.batch(7).inputs, read(3, 7))
    assert not np.array_equal(read(3, 7), read(3, 8))
    assert not np.array_equal(read(3, 7), read(4, 7))
