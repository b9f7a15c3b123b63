"""What keys do with the steps and the pictures of the desk that is in front on the Derive page.

Knows the widgets, and no process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studyapp.derive_typed import TypedDesk
from studyapp.widgets.derivation_view import DerivationView
from studyapp.widgets.findings_card import FindingsCard
from studyapp.widgets.steps_card import StepsCard

Slot = Callable[[], object]


def of_steps(front: Callable[[], DerivationView]) -> Mapping[str, Slot]:
    """Commands of the steps, which do nothing while there are none to be seen."""

    def of(do: Callable[[StepsCard], object]) -> Slot:
        return lambda: do(front().steps) if front().isVisible() else None

    return {
        "next": lambda: _next(front()) if front().isVisible() else None,
        "previous": of(StepsCard.previous),
        "all": of(StepsCard.show_all),
        "one": of(StepsCard.toggle_one_by_one),
        "unfold": of(StepsCard.unfold),
        "copy": of(StepsCard.copy),
        "finer": of(lambda steps: steps.head.set_level(steps.head.level + 1)),
        "coarser": of(lambda steps: steps.head.set_level(steps.head.level - 1)),
        "news": of(lambda steps: steps.head.news.toggle()),
        "numbers": of(lambda steps: steps.head.numbers.toggle()),
        "earlier": of(lambda steps: steps.head.go_earlier()),
        "later": of(lambda steps: steps.head.go_later()),
    }


def of_findings(front: Callable[[], object], enlarge: Callable[[FindingsCard], object]) -> Mapping[str, Slot]:
    """Commands of the pictures, which do nothing while there are none to be seen."""

    def of(do: Callable[[FindingsCard], object]) -> Slot:
        def slot() -> None:
            part = front()
            if isinstance(part, TypedDesk) and part.findings.isVisible():
                do(part.findings)

        return slot

    return {
        "picture": of(FindingsCard.next_tab),
        "larger": of(enlarge),
        "call_next": of(lambda card: card.calls.step(1)),
        "call_back": of(lambda card: card.calls.step(-1)),
        "merge": of(lambda card: card.calls.next_kind()),
        "log_x": of(lambda card: card.plot.log_x.toggle()),
        "log_y": of(lambda card: card.plot.log_y.toggle()),
        "families": of(lambda card: card.plot.families.toggle()),
    }


def _next(view: DerivationView) -> None:
    """The next line; the first time the keyboard goes to the lines."""
    if view.steps.one_by_one or view.steps.has_keyboard:
        view.steps.next()
    else:
        view.take_keyboard()
