"""formula(tex, display): what was set before is found in memory, in the shipped file or in the user's
cache; the engine is asked last. Knows no widget.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from studyapp import assets
from studyapp.mathtext import kept, shipped, svg
from studyapp.mathtext.box import Box
from studyapp.mathtext.drawing import Drawing
from studyapp.mathtext.engine import MathEngine
from studyapp.mathtext.errors import BadTex, MathError, NoEngine
from studyapp.mathtext.kept import Kept
from studyapp.mathtext.outlines import Glyphs
from studyapp.mathtext.shipped import Key, Shipped

_NOTHING = Drawing(0.0, 0.0, 0.0, ())
_NO_PICTURE = "MathJax made no picture of this formula."
_MOST = 4000  # boxes in memory


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a formula is shown as its source.

    Attributes:
        message: one sentence.
        wrong: the LaTeX itself is wrong; else only this computer cannot set it.
    """

    message: str
    wrong: bool


class Formulas:
    """Every formula of this process. `prepare` may be called from any thread, the rest from the GUI's."""

    def __init__(self, shipped_file: Shipped, kept_file: Kept, engine: MathEngine) -> None:
        self._shipped, self._kept, self._engine = shipped_file, kept_file, engine
        self._glyphs = Glyphs()
        self._glyphs.learn(shipped_file.glyphs)
        self._boxes: dict[Key, Box | Trouble] = {}
        self._prepared: dict[Key, Drawing | MathError] = {}

    @property
    def glyphs(self) -> Glyphs:
        """The outlines of all that was set or found."""
        return self._glyphs

    def get(self, tex: str, display: bool) -> Box | Trouble:
        """The formula, or why there is none; never raises for anything in `tex`."""
        key = (tex.strip(), display)
        if key not in self._boxes:
            if len(self._boxes) >= _MOST:
                del self._boxes[next(iter(self._boxes))]
            self._boxes[key] = self._make(*key)
        return self._boxes[key]

    def at_hand(self, tex: str, display: bool) -> bool:
        """Whether `get` would answer without a file and without the engine."""
        key = (tex.strip(), display)
        return not key[0] or key in self._boxes or key in self._prepared

    def prepare(self, tex: str, display: bool) -> None:
        """Have the formula at hand. What is wrong with it is said by `get`."""
        key = (tex.strip(), display)
        if self.at_hand(*key):
            return
        try:
            self._prepared[key] = self._find(*key) or self._set(*key)
        except MathError as error:
            self._prepared[key] = error
        except (KeyError, ValueError):
            self._prepared[key] = BadTex(_NO_PICTURE)

    def _make(self, tex: str, display: bool) -> Box | Trouble:
        try:
            drawing = self._drawing(tex, display) if tex else _NOTHING
            return Box(drawing, self._glyphs, tex, display)
        except MathError as error:
            return Trouble(str(error), wrong=not isinstance(error, NoEngine))
        except (KeyError, ValueError):
            return Trouble(_NO_PICTURE, wrong=True)

    def _drawing(self, tex: str, display: bool) -> Drawing:
        """From where it is quickest to have. Raises MathError."""
        prepared = self._prepared.pop((tex, display), None)
        if isinstance(prepared, MathError):
            raise prepared
        return prepared or self._find(tex, display) or self._set(tex, display)

    def _find(self, tex: str, display: bool) -> Drawing | None:
        """The drawing from a file; only with all of its glyphs."""
        for source in (self._shipped, self._kept):
            drawing = source.drawing(tex, display)
            if drawing is not None and self._has_glyphs(drawing):
                return drawing
        return None

    def _has_glyphs(self, drawing: Drawing) -> bool:
        missing = self._glyphs.missing(drawing.glyphs())
        if missing:
            self._glyphs.learn(self._kept.outlines(missing))
        return not self._glyphs.missing(missing)

    def _set(self, tex: str, display: bool) -> Drawing:
        drawing, outlines = svg.read(self._engine.svg(tex, display))
        self._glyphs.learn(outlines)
        self._kept.keep(tex, display, drawing, outlines)
        return drawing


def bundle() -> str:
    """The hash of the MathJax bundle, as recorded beside it."""
    sums = assets.text("mathjax/SHA256SUMS").splitlines()
    return next(line.split()[0] for line in sums if line.endswith("mathjax.js"))[:16]


@cache
def formulas() -> Formulas:
    """The formulas of this process."""
    return Formulas(shipped.load(), Kept(kept.default_path(), bundle()), MathEngine())


def formula(tex: str, display: bool = False) -> Box | Trouble:
    """The formula, or why there is none; never raises for anything in `tex`."""
    return formulas().get(tex, display)
