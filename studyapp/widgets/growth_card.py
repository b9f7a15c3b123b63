"""GrowthCard: how two functions compare, or the order of a list, each row with its reason.

Knows `findings.Relation` and `findings.Rank`; knows no process and no page.
Run it alone: python -m studyapp.widgets.growth_card
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.symbolic.findings import Findings, Rank, Relation
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.prefetch import Prefetch
from studyapp.mathtext.shipped import Key
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme
from studyapp.widgets.card_frame import CardFrame
from studyapp.widgets.labels import styled
from studyapp.widgets.layouts import emptied

_PX, _WORDS_PX = 18, 14
_MATHS = re.compile(r"\$([^$]+)\$")
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_SYMBOLS = {"Θ": r"\Theta", "Ω": r"\Omega", "ω": r"\omega"}


class GrowthCard(CardFrame):
    """Rows come when their formulas are typeset. No signals.

    Attributes:
        rows: what each says, in words: for screen readers, and for tests.
    """

    def __init__(self, theme: Theme, prefetch: Prefetch) -> None:
        super().__init__("")
        self._theme, self._prefetch = theme, prefetch
        self.rows: tuple[str, ...] = ()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(2, 1)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(10)
        self.body.addLayout(self._grid)
        self._coming: list[tuple[MathLabel | MathView, str]] = []
        self._keys: list[Key] = []
        prefetch.advanced.connect(self._show_coming)
        self.hide()

    def set_found(self, found: Findings) -> bool:
        """Show the relations or the ranks; whether there are any."""
        emptied(self._grid)
        self.rows, self._coming = (), []
        if found.relations:
            self._show_relations(found.relations)
        elif found.ranks:
            self._show_ranks(found.ranks)
        self._want()
        return bool(found.relations or found.ranks)

    # --- two functions ---

    def _show_relations(self, relations: Sequence[Relation]) -> None:
        self._title.setText("f beside g")
        said = dict[str, str]()
        for line, one in enumerate(relations):
            symbol = _SYMBOLS.get(one.symbol, one.symbol)
            mark = styled("chipgood" if one.holds else "chip", "holds" if one.holds else "does not")
            before = said.setdefault(one.witness, one.symbol)
            words = one.witness if before == one.symbol else f"For the same reason as {before}."
            sign = r"\in" if one.holds else r"\notin"
            self._add(line, self._formula(rf"f {sign} {symbol}(g)"), mark, words)
            self.rows += (f"{one.symbol}: {mark.text()}. {words}",)
        self.setAccessibleName(" ".join(self.rows))

    # --- a list ---

    def _show_ranks(self, ranks: Sequence[Rank]) -> None:
        self._title.setText("Slowest first")
        for line, (place, group) in enumerate(groupby(ranks, key=lambda rank: rank.place)):
            same = list(group)
            latex = r" \;\asymp\; ".join(rank.function.latex for rank in same)
            reasons = "\n\n".join(rank.because for rank in same)
            self._add(line, styled("stepnumber", str(place)), self._formula(latex), reasons)
            names = " and ".join(rank.function.text for rank in same)
            self.rows += (f"{place}: {names}",)
        self.setAccessibleName(". ".join(self.rows))

    # --- rows ---

    def _add(self, line: int, first: QWidget, second: QWidget, words: str) -> None:
        view = MathView(self._theme, _WORDS_PX)
        view.fit_to_content()
        view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._coming.append((view, words))
        for column, part in enumerate((first, second, view)):
            self._grid.addWidget(part, line, column, _TOP_LEFT if column < 2 else Qt.AlignmentFlag(0))

    def _formula(self, latex: str) -> MathLabel:
        label = MathLabel(self._theme, _PX, display=False)
        label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._coming.append((label, latex))
        return label

    def _want(self) -> None:
        self._keys = [
            (latex, False)
            for part, text in self._coming
            for latex in ([text] if isinstance(part, MathLabel) else _MATHS.findall(text))
        ]
        self._prefetch.want(self._keys)
        self._show_coming()

    def _show_coming(self) -> None:
        """All at once, as soon as all is typeset: rows that grow one by one would jump."""
        if not self._coming or not self._prefetch.at_hand(self._keys):
            return
        coming, self._coming = self._coming, []
        for part, text in coming:
            if isinstance(part, MathLabel):
                part.set_tex(text)
            else:
                part.set_markdown(text)


def _show(theme: Theme) -> GrowthCard:
    card = GrowthCard(theme, Prefetch())
    holds = Relation("O", True, "With $c = 2$ and $n_0 = 1$: $f(n) \\le 2\\,g(n)$.", 2.0, 1)
    card.set_found(Findings(relations=(holds, Relation("Ω", False, "$f/g \\to 0$."))))
    card.show()
    return card


if __name__ == "__main__":
    from studyapp.widgets.showcase import show

    show(_show)
