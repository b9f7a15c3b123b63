"""Diagram files: what they say is where it should be, and what is wrong in them is told with its place."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.diagram import Diagram, Line, Shape, Text, diagram_data, diagram_from
from content.diagram_reader import labelling_card
from content.drawing.places import Place, Places
from tests.diagrams.small_picture import HEAD, Read


def part(draw: str, name: str = "one") -> str:
    lines = "".join(f"      - {line}\n" for line in draw.splitlines())
    head = f"  - id: {name}\n    label: 'the {name} $x$'\n    says: It is {name}.\n    role: gate\n"
    return f"{head}    draw:\n{lines}"


def sound(read: Read, text: str) -> Diagram:
    diagram, problems = read(text)
    assert problems == []
    assert diagram is not None
    return diagram


def of(diagram: Diagram, kind: type) -> list:
    return [one for part in diagram.parts for one in part.primitives if isinstance(one, kind)]


def points(diagram: Diagram) -> list[tuple[tuple[float, float], ...]]:
    return [tuple((round(x, 6), round(y, 6)) for x, y in line.points) for line in of(diagram, Line)]


def test_a_shape_stands_where_it_is_told_and_its_words_inside(read: Read) -> None:
    diagram = sound(read, part("{layer: f, at: [3, 2], size: [2, 1], text: '$\\sigma$'}"))
    (shape,), (text,) = of(diagram, Shape), of(diagram, Text)
    assert (shape.kind, shape.x, shape.y, shape.width, shape.height, shape.role) == (
        "layer", 3, 2, 2, 1, "gate",
    )  # fmt: skip
    assert (text.text, text.x, text.y) == ("$\\sigma$", 3, 2)
    assert diagram.parts[0].blank == (3, 2)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("[f.top, g.bottom]", ((3, 1.5), (8, 4.5))),
        ("[f.right, hv, g.top]", ((4, 2), (8, 2), (8, 3.5))),
        ("[f.bottom, vh, g.left]", ((3, 2.5), (3, 4), (7, 4))),
        ("[f.right:0.25, [5, 1.75]]", ((4, 1.75), (5, 1.75))),
        ("[[f.x, 0], f.top]", ((3, 0), (3, 1.5))),
        ("[f, [3, 5]]", ((3, 2.5), (3, 5))),
        ("[[3, 5], f]", ((3, 5), (3, 2.5))),
        ("[f, hv, g]", ((4, 2), (8, 2), (8, 3.5))),
        ("[f.centre, [1, f.bottom]]", ((3, 2), (1, 2.5))),
    ],
)
def test_lines_go_where_their_places_are(read: Read, path: str, expected: object) -> None:
    shapes = "{box: f, at: [3, 2], size: [2, 1]}\n{box: g, at: [8, 4], size: [2, 1]}\n"
    assert points(sound(read, part(shapes + f"{{arrow: {path}}}"))) == [expected]


def test_a_line_to_a_circle_ends_on_its_border(read: Read) -> None:
    diagram = sound(read, part("{circle: c, at: [2, 2], radius: 0.5}\n{line: [c, [5, 6]]}"))
    (start, _), *_ = points(diagram)
    assert math.dist(start, (2, 2)) == pytest.approx(0.5)
    assert (start[1] - 2) / (start[0] - 2) == pytest.approx(4 / 3)


def test_names_may_be_used_before_the_part_that_draws_them(read: Read) -> None:
    text = part("{line: [late.left, [1, 3]]}") + part("{box: late, at: [late2.x, 3], size: [2, 1]}", "two")
    diagram = sound(read, text + part("{joint: late2, at: [6, 5]}", "three"))
    assert points(diagram) == [((5, 3), (1, 3))]


def test_for_makes_one_of_each(read: Read) -> None:
    draw = (
        "{circle: 'h<t>', at: [2, 3], text: '$h_<t>$ <word>', step: [3, 0],"
        " for: {t: [1, 2, 3], word: [a, b, c]}}\n"
        "{arrow: ['h<t-1>', 'h<t>'], for: {t: [2, 3]}}"
    )
    diagram = sound(read, part(draw))
    assert [(s.name, s.x, s.y) for s in of(diagram, Shape)] == [("h1", 2, 3), ("h2", 5, 3), ("h3", 8, 3)]
    assert [t.text for t in of(diagram, Text)] == ["$h_1$ a", "$h_2$ b", "$h_3$ c"]
    assert points(diagram) == [((2.4, 3), (4.6, 3)), ((5.4, 3), (7.6, 3))]


def test_signs_that_only_look_like_places_stay(read: Read) -> None:
    diagram = sound(read, part("{text: '<eos> $a^{<0>}$', at: [3, 3], for: {t: [1]}}"))
    assert of(diagram, Text)[0].text == "<eos> $a^{<0>}$"


@given(base=st.floats(0.5, 1.3), steps=st.integers(3, 30))
def test_curves_are_computed(base: float, steps: int) -> None:
    """Every point of the line lies on the function, by Python's own power."""
    from content.course_files import parse_yaml
    from content.diagram_reader import read_diagram
    from content.entry import Entry

    text = HEAD.replace("parts:", f"numbers: {{w: {base!r}}}\nparts:") + part(
        f"{{axes: ax, at: [1, 5], size: [8, 4], x: [0, {steps}], y: [0, 2]}}\n"
        "{curve: 'w ** k', in: ax, variable: k}"
    )
    raw = parse_yaml(text)
    assert isinstance(raw, dict)
    diagram = read_diagram(Entry(raw, "diagrams/small.yaml", "small", []))
    assert diagram is not None
    curve = next(line for line in of(diagram, Line) if len(line.points) > 2)
    shown = [((x - 1) / 8 * steps, (5 - y) / 4 * 2) for x, y in curve.points]
    for k, value in shown[:-1]:
        assert value == pytest.approx(base**k, abs=1e-9)
    assert all(-1e-9 <= value <= 2 + 1e-9 for _, value in shown)
    assert shown[-1][0] == pytest.approx(steps) or shown[-1][1] == pytest.approx(2)


def test_points_of_axes_bars_and_grids(read: Read) -> None:
    draw = (
        "{axes: ax, at: [1, 5], size: [4, 4], x: [0, 2], y: [0, 8]}\n{line: ['ax@1,2**2', 'b@2']}\n"
        "{bars: b, at: [6, 5], size: [4, 2], values: [0.5, 1/4], top: 1, decimals: 2, names: [a, b]}\n"
        "{grid: m, at: [6, 0], rows: 2, columns: 3, cell: [1, 0.5]}\n{line: ['m@2,3', [0, 0]]}"
    )
    diagram = sound(read, part(draw))
    assert points(diagram)[2] == ((3, 3), (9, 4.5))
    assert points(diagram)[-1] == ((8.5, 0.75), (0, 0))
    bars = [s for s in of(diagram, Shape) if s.kind == "bar"]
    assert [(b.height, b.y + b.height / 2) for b in bars] == [(1.0, 5.0), (0.5, 5.0)]
    assert {"0.50", "0.25", "a", "b"} <= {t.text for t in of(diagram, Text)}


def test_cells_colour_blocks_of_a_grid(read: Read) -> None:
    text = part("{grid: m, at: [0, 0], rows: 3, columns: 4, cell: [1, 1]}") + part(
        "{cells: m, which: [['2..3', all], [1, 4]], text: '0'}", "two"
    )
    diagram = sound(read, text)
    centres = {(s.x, s.y) for s in diagram.parts[1].primitives if isinstance(s, Shape)}
    assert centres == {(x + 0.5, y + 0.5) for x in range(4) for y in (1, 2)} | {(3.5, 0.5)}


def test_json_brings_a_diagram_back(read: Read) -> None:
    diagram = sound(
        read, part("{box: f, at: [3, 2], text: a}\n{arrow: [f.right, [9, 2]], text: b, over: true}")
    )
    assert diagram_from(json.loads(json.dumps(diagram_data(diagram)))) == diagram


def test_a_labelling_card_lists_the_parts_that_are_asked(read: Read) -> None:
    text = part("{box: f, at: [3, 2]}") + part("{box: g, at: [6, 2]}", "two") + "    unasked: true\n"
    card = labelling_card(sound(read, text))
    assert (card.id, card.topic, card.diagram, card.claims) == (
        "label-small",
        "a-topic",
        "small",
        ("a-topic.c1",),
    )
    assert "A small picture" in card.front
    assert "the one" in card.back
    assert "the two" not in card.back


@pytest.mark.parametrize(
    ("draw", "line", "words"),
    [
        ("{box: f, at: [3, 2], colour: red}", 12, "'colour' is not known"),
        ("{box: f}", 12, "at is missing"),
        ("{square: f, at: [3, 2]}", 12, "exactly one of"),
        ("{box: f, layer: g, at: [3, 2]}", 12, "exactly one of"),
        ("{line: [f.top, [1, 2]]}", 12, "nothing is named 'f'"),
        ("{box: f, at: [3, 2]}\n{line: [f.up, [1, 2]]}", 13, "'up' is no anchor"),
        ("{box: f, at: [3, 2]}\n{line: [f.top:1.5, [1, 2]]}", 13, "no part of a side"),
        ("{box: f, at: [3, 2]}\n{box: f, at: [6, 2]}", 13, "'f' occurs twice"),
        ("{box: f, at: [3, 2], role: red}", 12, "role is 'red'"),
        ("{box: f, at: [three, 2]}", 12, "nothing is named 'three'"),
        ("{box: f, at: [3, 2], size: [0, 1]}", 12, "above 0"),
        ("{box: f, at: [3, 2]}\n{line: f.top}", 13, "is no path"),
        ("{line: [hv, [1, 2], [3, 3]]}", 12, "begins and ends at a place"),
        ("{text: '<<w>>', at: [3, 2]}", 12, "<<w>> is not among the numbers"),
        ("{circle: 'h<t>', at: [1, 1], for: {t: 3}}", 12, "for must be names with lists"),
        ("{circle: 'h<t>', at: [1, 1], for: {t: [1, 2], s: [1]}}", 12, "same length"),
        ("{curve: 'x', in: ax}", 12, "no axes named 'ax'"),
        ("{axes: ax, at: [1, 5]}\n{curve: '1/0', in: ax}", 13, "1/0"),
        ("{axes: ax, at: [1, 5], x: [2, 1]}", 12, "smaller to a larger"),
        ("{axes: ax, at: [1, 5]}\n{line: ['ax@1', [0, 0]]}", 13, "must be @x,y"),
        (
            "{grid: m, at: [0, 0], rows: 2, columns: 2}\n{line: ['m@3,1', [0, 0]]}",
            13,
            "outside of the 2 rows",
        ),
        ("{grid: m, at: [0, 0], rows: 2, columns: 2}\n{cells: m, which: [[3, 1]]}", 13, "not 1 to 2"),
        ("{bars: b, at: [1, 5], values: [2, 1], top: 1}", 12, "between 0 and top"),
        ("{box: f, at: g.top}\n{box: g, at: f.top}", 12, "nothing is named 'g'"),
        ("just words", 0, "write {box: f, at: [3, 2]}"),
    ],
)
def test_what_is_wrong_is_told_with_file_part_and_line(read: Read, draw: str, line: int, words: str) -> None:
    diagram, problems = read(part(draw))
    assert diagram is None
    found = [p for p in problems if words in p.sentence]
    assert found, problems
    assert found[0].file == "diagrams/small.yaml"
    assert "small, part one" in found[0].item
    assert line in (0, found[0].line)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD.replace("id: small", "id: other") + part("{box: f, at: [3, 2]}"), "must be the file's name"),
        (HEAD.replace("title: A small picture\n", "") + part("{box: f, at: [3, 2]}"), "title is missing"),
        (part("{box: f, at: [3, 2]}") + part("{box: g, at: [3, 2]}"), "this id occurs twice"),
        (
            part("{box: f, at: [3, 2]}") + part("{box: g, at: [3, 2]}", "two").replace("the two", "the one"),
            "two parts have the label",
        ),
        ("  - id: one\n    label: a\n    says: b\n    draw: []\n", "nothing is drawn"),
        (part("{box: f, at: [3, 2]}").replace("It is one.", "word " * 60), "at most 260"),
        (part("{box: f, at: [30, 2]}"), "outside of the picture"),
        (HEAD.replace("parts:", "numbers: {w: 1 +}\nparts:") + part("{box: f, at: [3, 2]}"), "numbers"),
    ],
)
def test_what_is_wrong_with_the_whole_is_told(read: Read, text: str, words: str) -> None:
    diagram, problems = read(text)
    assert diagram is None
    assert any(words in p.sentence for p in problems), problems


@given(
    x=st.floats(-5, 5),
    y=st.floats(-5, 5),
    width=st.floats(0.1, 4),
    height=st.floats(0.1, 4),
    angle=st.floats(0, 6.28),
)
def test_a_border_point_lies_on_the_border_and_on_the_way(
    x: float, y: float, width: float, height: float, angle: float
) -> None:
    towards = (x + 10 * math.cos(angle), y + 10 * math.sin(angle))
    bx, by = Place(x, y, width, height).border(towards)
    on_side = abs(abs(bx - x) - width / 2) < 1e-6 or abs(abs(by - y) - height / 2) < 1e-6
    assert on_side
    assert abs(bx - x) <= width / 2 + 1e-6
    assert abs(by - y) <= height / 2 + 1e-6
    assert (bx - x) * math.sin(angle) == pytest.approx((by - y) * math.cos(angle), abs=1e-6)


def test_places_that_are_no_places_are_refused() -> None:
    from content.drawing.places import BadPlace

    for written in ([1], [1, True], 3, "a b", [[1], 2], None):
        with pytest.raises(BadPlace):
            Places().point(written)
