"""Formulas whose numbers are drawn cannot be set in advance; here each is, with one draw of its numbers."""

from __future__ import annotations

from content.checking import rendered
from content.loader import read_course
from content.placeholders import fill
from content.variants import values_of
from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.errors import BadTex


def test_mathjax_takes_every_formula_with_drawn_numbers() -> None:
    course = read_course()
    drawn = {question.id: question for question in course.questions if question.generator}
    places = {
        (fill(tex, values_of(drawn[item], 0)), display): item
        for _, item, (tex, display) in rendered.wanted(course)
        if "<<" in tex
    }
    assert len(places) > 1000
    engine, wrong = MathEngine(), []
    for (tex, display), item in places.items():
        try:
            engine.svg(tex, display)
        except BadTex as error:
            wrong.append(f"{item}: {tex}: {error}")
    assert not wrong
