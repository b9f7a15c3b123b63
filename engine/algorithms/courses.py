"""How a variable goes on, from what one pass makes of it: plus something, times a number, halved, squared."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from engine.algorithms.carried import Carried, Rule, Way
from engine.algorithms.forms import Form, letter
from engine.algorithms.functions import floor_div, floor_of, floor_root, raised
from engine.algorithms.known import DATA, Known, Real, Span, Whole, form_of
from engine.algorithms.sums import total


def going_on(carried: Carried) -> list[Way]:
    return [way for way in carried.ways if way.end in ("on", "continue")]


def resolve(carried: Carried, time: Form, index: str) -> None:
    """Find the course of each variable, those that others depend on first."""
    step = _step(time, index)
    low = letter(index) - time * step
    known = dict[str, Form]()
    for _ in carried.letters:
        for name, fresh in carried.letters.items():
            if name in carried.rules or name in carried.rooted:
                continue
            outs = [way.env.get(name, DATA) for way in going_on(carried)]
            rule = _rule(carried, name, fresh, outs, known, time, index, low)
            if rule is not None:
                carried.rules[name] = replace(rule, step=step)
                form = form_of(rule.during)
                if form is not None:
                    known[fresh] = form


def _step(time: Form, index: str) -> int:
    """-1 where the loop counts down, else 1."""
    linear = time.linear_in(index)
    return -1 if linear is not None and linear[0] == -1 else 1


def _rule(
    carried: Carried,
    name: str,
    fresh: str,
    outs: list[Known],
    known: dict[str, Form],
    time: Form,
    index: str,
    low: Form,
) -> Rule | None:
    start = carried.start[name]
    others = {other for other in carried.letters.values() if other != fresh}
    if outs and all(out == outs[0] for out in outs):
        match outs[0], start:
            case Whole(out), Whole(first):
                out = _known_in(out, known)
                if not others & out.letters():
                    form = _course(out, fresh, first, time, index, low, carried, name)
                    return Rule(Whole(form), low, index) if form is not None else None
            case Real(out, "plain"), Whole(first) | Real(first, "plain"):
                linear = out.linear_in(fresh)
                if linear is not None and not linear[1].terms and linear[0]:
                    return Rule(Real(first * raised(linear[0], time)), low, index)
            case Real(out, "root", 2), _ if out == letter(fresh):
                carried.rooted.add(name)
    return _steps_between(outs, start, fresh, time, index, low)


def _known_in(form: Form, known: dict[str, Form]) -> Form:
    for fresh, value in known.items():
        form = form.put(fresh, value)
    return form


def _course(  # noqa: PLR0911 - one case a course
    out: Form, fresh: str, first: Form, time: Form, index: str, low: Form, carried: Carried, name: str
) -> Form | None:
    """The value before the pass at `time`, from what one pass makes of it."""
    place = letter(fresh)
    if fresh not in out.letters():
        return _lagging(out, first, index, low, _step(time, index), carried, name)
    linear = out.linear_in(fresh)
    if linear is not None:
        slope, more = linear
        if slope == 1:
            if _step(time, index) == -1:
                return first + total(more, index, letter(index) + 1, low)
            return first + total(more, index, low, letter(index) - 1)
        if index not in more.letters() and slope:
            fixed = more / (slope - 1)
            return raised(slope, time) * (first + fixed) - fixed
        return None
    share = out.terms.get(((next(iter(place.terms))[0][0], 1),), Fraction(0))
    if share and share.numerator == 1 and out == floor_div(place, share.denominator):
        return floor_of(first, raised(Fraction(share.denominator), time)) if index in time.letters() else None
    for degree in (2, 3):
        if out == place**degree:
            base = first.whole
            return raised(Fraction(base), raised(Fraction(degree), time)) if base and base > 1 else None
    if out == floor_root(place, 2):
        carried.rooted.add(name)
    return None


def _lagging(
    out: Form, first: Form, index: str, low: Form, step: int, carried: Carried, name: str
) -> Form | None:
    """A variable that is given a new value in each pass, whatever it was."""
    before = out.put(index, letter(index) - step)
    carried.last[name] = DATA
    return before if before.put(index, low) == first else None


def _steps_between(
    outs: list[Known], start: Known, fresh: str, time: Form, index: str, low: Form
) -> Rule | None:
    """Each way adds a number: between the least and the greatest of them, times the passes."""
    first = form_of(start)
    steps = list[Fraction]()
    for out in outs:
        ends = (
            (out.form, out.form)
            if isinstance(out, Whole)
            else (out.low, out.high)
            if isinstance(out, Span)
            else (None, None)
        )
        for end in ends:
            step = (end - letter(fresh)).constant if end is not None else None
            if step is None:
                return None
            steps.append(step)
    if first is None or not steps or min(steps) == max(steps):
        return None
    return Rule(Span(first + time * min(steps), first + time * max(steps)), low, index)
