"""What a picture places by numbers stands where plain Python puts it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from content.diagram import Line, Shape, Text
from content.diagram_reader import shipped_diagram
from tests.diagrams.small_picture import HEAD, Read

_LAST, _ROOT = 100, 35  # numbers from 1 to _LAST are searched for the root of _ROOT ** 2


def plain_search() -> Iterator[tuple[int, int, int]]:
    """lo, hi and mid of every try."""
    low, high = 1, _LAST
    while low <= high:
        middle = (low + high) // 2
        yield low, high, middle
        if middle**2 == _ROOT**2:
            return
        low, high = (low, middle - 1) if middle > _ROOT else (middle + 1, high)


@pytest.mark.parametrize(("part", "which"), [("low", 0), ("high", 1), ("middle", 2)])
def test_binary_search_puts_its_dots_where_a_search_goes(part: str, which: int) -> None:
    diagram = shipped_diagram("binary-search-range")
    numbers = {one.text: one.x for one in diagram.ground if isinstance(one, Text) and one.y > 8}
    cells_each = (numbers["100"] - numbers["1"]) / 99
    dots = sorted(
        (one for one in diagram.part(part).primitives if isinstance(one, Shape)), key=lambda dot: dot.y
    )
    told = [(dot.x - numbers["1"]) / cells_each + 1 for dot in dots]
    assert told == pytest.approx([step[which] for step in plain_search()])


def test_flat_axes_are_one_line_without_an_upright_one(read: Read) -> None:
    axes = "{axes: ax, at: [1, 5], size: [8, 4], x: [0, 4], y: [0, 2], x_ticks: [2], flat: true}"
    rest = "parts:\n  - {id: one, label: the one, says: It is one., draw: [{joint: ~, at: 'ax@4,1'}]}\n"
    diagram, problems = read(HEAD.replace("parts:\n", f"draw: [{axes}]\n{rest}"))
    assert problems == []
    assert diagram is not None
    lines = [one for one in diagram.ground if isinstance(one, Line)]
    assert [(line.points, line.end) for line in lines] == [
        (((1, 5), (9, 5)), False),
        (((5, 5), (5, 5.14)), False),
    ]
    (dot,) = diagram.parts[0].primitives
    assert isinstance(dot, Shape)
    assert (dot.x, dot.y) == (9, 3)


def test_flat_axes_have_no_ticks_or_name_upright(read: Read) -> None:
    for upright in ("y_ticks: [1]", "y_text: loss"):
        axes = f"{{axes: ax, at: [1, 5], {upright}, flat: true}}"
        part = f"  - {{id: one, label: the one, says: It is one., draw: [{axes}]}}\n"
        diagram, problems = read(HEAD + part)
        assert diagram is None
        assert any("upright" in problem.sentence for problem in problems), problems
