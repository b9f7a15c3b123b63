"""Every picture of the course in both themes and three widths: all there, nothing cut, the same as SVG."""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtSvg import QSvgRenderer

from content.diagram import Diagram
from content.diagram_reader import shipped_diagram, shipped_diagram_ids
from studyapp.diagrams.export import MARGIN, image_of
from studyapp.diagrams.marks import Writing
from studyapp.diagrams.palette import Palette
from studyapp.diagrams.picture import CURRENT, HIDDEN, Look, Picture
from studyapp.diagrams.svg import svg_of
from studyapp.diagrams.tips import spoken
from studyapp.theme import DARK, LIGHT, Colours, contrast

# picture -> the least number of things that can be named in it
PARTS = {
    "recurrent-neuron": 8, "unrolled-rnn": 7, "training-graph": 7, "bptt-flow": 6, "gradient-decay": 5,
    "output-recurrence-teacher-forcing": 4, "rnn-types-panels": 6, "mlp-on-text": 5, "rnn-data-tensor": 4,
    "batch-vs-layer-norm": 4, "lstm-cell": 13, "lstm-gates": 5, "gru-cell": 9, "bidirectional-rnn": 7,
    "deep-rnn": 7, "residual-connection": 4, "language-model-rnn": 7, "stateful-vs-stateless": 4,
    "embedding-analogy": 4, "temperature-bars": 3, "encoder-decoder": 8, "attention-mechanism": 8,
    "image-captioning": 6, "pixelrnn": 4, "neural-turing-machine": 7, "fibonacci-tree": 5, "growth-curves": 3,
    "binary-search-range": 3, "power-set-tree": 3, "list-references": 3,
}  # fmt: skip
WIDTHS = (360, 720, 1300)  # px
SVG = "{http://www.w3.org/2000/svg}"

every = pytest.mark.parametrize("name", sorted(PARTS))


@cache
def diagram(name: str) -> Diagram:
    return shipped_diagram(name)


@cache
def picture(name: str) -> Picture:
    return Picture(diagram(name))


def pixels(image: QImage) -> NDArray[np.int16]:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].astype(np.int16)


def writings(name: str) -> list[Writing]:
    return [mark for mark in picture(name).marks if isinstance(mark, Writing)]


def test_all_pictures_are_there() -> None:
    assert set(shipped_diagram_ids()) >= set(PARTS)


@every
def test_all_its_parts_can_be_named_and_explained(name: str) -> None:
    parts = diagram(name).parts
    assert len(parts) >= PARTS[name]
    assert len(diagram(name).asked) >= min(3, PARTS[name])
    assert all(part.says.rstrip(")$ ").endswith((".", "!", "?")) for part in parts), [p.says for p in parts]


@every
def test_every_formula_is_set_and_no_words_are_cut(name: str) -> None:
    room = QRectF(0, 0, picture(name).size.width(), picture(name).size.height())
    for writing in writings(name):
        assert not writing.words.trouble, writing.words.trouble
        assert room.adjusted(-1, -1, 1, 1).contains(writing.rect), (writing.part, writing.rect)
        if writing.host is not None:
            assert writing.host.path.boundingRect().adjusted(-1, -1, 1, 1).contains(writing.rect), (
                writing.part
            )


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@every
def test_it_is_painted_in_each_theme_and_width_within_its_size(name: str, colours: Colours) -> None:
    """The margin about a picture stays plain ground: no ink is cut off."""
    palette = Palette(colours)
    for width in WIDTHS:
        image = image_of(picture(name), palette, width)
        shown = pixels(image)
        ground = pixels_of(palette, shown)
        ink = np.abs(shown - ground).max(axis=2) > 24
        scale = width / (picture(name).size.width() + 2 * MARGIN)
        edge = max(1, int(MARGIN * scale * 0.4))
        assert image.width() == width
        assert ink.mean() > 0.004, "hardly anything is painted"
        for side in (ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:]):
            assert not side.any()


def pixels_of(palette: Palette, like: NDArray[np.int16]) -> NDArray[np.int16]:
    blue_green_red = (palette.ground.blue(), palette.ground.green(), palette.ground.red())
    return np.broadcast_to(np.array(blue_green_red, dtype=np.int16), like.shape)


@every
def test_each_part_has_ink_and_is_found_where_it_is(name: str) -> None:
    shown = picture(name)
    for part in diagram(name).parts:
        bounds = shown.bounds(part.id)
        assert not bounds.isEmpty() or bounds.width() + bounds.height() > 0, part.id
        found = {
            shown.part_at(
                bounds.topLeft()
                + QRectF(0, 0, bounds.width() * x / 12, bounds.height() * y / 12).bottomRight()
            )
            for x in range(13)
            for y in range(13)
        }
        assert part.id in found, f"the mouse never finds {part.id}"


@every
def test_hidden_labels_cannot_be_read(name: str) -> None:
    """With all labels hidden the picture changes where each hidden text was."""
    shown, palette = picture(name), Palette(LIGHT)
    blanks = {part.id: (n, CURRENT if n == 1 else HIDDEN) for n, part in enumerate(diagram(name).asked, 1)}
    width = round(shown.size.width() + 2 * MARGIN)
    plain, hidden = (pixels(image_of(shown, palette, width, look)) for look in (Look(), Look("", blanks)))
    for writing in writings(name):
        if writing.part in blanks and writing.hides:
            rect = writing.rect.translated(MARGIN, MARGIN).toAlignedRect()
            area = (slice(rect.top(), rect.bottom() + 1), slice(rect.left(), rect.right() + 1))
            assert np.abs(plain[area] - hidden[area]).max() > 40, writing.part


@every
def test_svg_has_every_part_and_looks_like_the_picture(name: str) -> None:
    shown, palette = picture(name), Palette(LIGHT)
    source = svg_of(shown, palette)
    root = ET.fromstring(source)  # noqa: S314 - our own
    assert root.find(f"{SVG}title") is not None
    assert not root.findall(f".//{SVG}text"), "words are outlines, so no font is needed"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for part in diagram(name).parts:
        groups = [g for g in root.iter(f"{SVG}g") if g.get("data-part") == part.id]
        assert groups, part.id
        assert any(path.get("d", "").startswith("M") for g in groups for path in g.iter(f"{SVG}path")), (
            part.id
        )
        title = groups[0].find(f"{SVG}title")
        assert title is not None
        assert spoken(part.label) in (title.text or "")
    renderer = QSvgRenderer(QByteArray(source.encode()))
    assert renderer.isValid()
    width = round(2 * (shown.size.width() + 2 * MARGIN))
    painted = image_of(shown, palette, width)
    drawn = QImage(painted.size(), QImage.Format.Format_RGB32)
    drawn.fill(0)
    painter = QPainter(drawn)
    renderer.render(painter)
    painter.end()
    difference = np.abs(pixels(painted) - pixels(drawn)).max(axis=2)
    assert (difference > 96).mean() < 0.002, "another picture"


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_every_fill(colours: Colours) -> None:
    """4.5:1, also while a part shows a value."""
    from content.diagram import ROLES

    palette = Palette(colours)
    for role in ROLES:
        assert contrast(palette.ink(role).words.name(), palette.ink(role).fill.name()) >= 4.5, role
        assert contrast(palette.words(role).name(), palette.ground.name()) >= 4.5, role
        for value in np.linspace(0, 1, 21):
            ink = palette.ink(role, float(value))
            assert contrast(ink.words.name(), ink.fill.name()) >= 3.0, (role, value)


def test_path_data_brings_an_outline_back() -> None:
    """Qt's own reader of SVG agrees about where the outline is."""
    from studyapp.diagrams.svg import path_data

    path = QPainterPath()
    path.moveTo(10, 10)
    path.cubicTo(20, 0, 40, 0, 50, 10)
    path.lineTo(50, 40)
    path.closeSubpath()
    drawn = f'<path d="{path_data(path)}" fill="#000"/>'
    source = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60">{drawn}</svg>'
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    dark = pixels(image).max(axis=2) < 128
    inside = np.array([[path.contains(QRectF(x, y, 1, 1).center()) for x in range(60)] for y in range(60)])
    assert (dark != inside).mean() < 0.02
