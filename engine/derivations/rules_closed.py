"""The rules of lines that bring slopes to the form in which they are known: norms, clipping."""

from __future__ import annotations

from engine.checking.checks import anchored, bounded, same
from engine.symbolic.rule import Rule

_NORMS = "Ioffe & Szegedy (2015); Ba, Kiros & Hinton (2016)"
_CLIPPING = "Pascanu, Mikolov & Bengio (2013), algorithm 1"

_NORM_RULES = (
    Rule(
        "norm-mean",
        "Distances from the mean cancel",
        r"\sum_i (x_i - \mu) = 0",
        "What the mean passes through the variance is 0, since distances from a mean add up to 0. Only its "
        "part in the quotient stays.",
        anchored,
        _NORMS,
    ),
    Rule(
        "norm-variance",
        "Put the derivative of the deviation in",
        r"\frac{\partial L}{\partial \sigma^2} = -\frac{\hat{x}^{\top} g}{2 \sigma^2}, \quad "
        r"g = \frac{\partial L}{\partial \hat{x}}",
        "The variance acts only through its root, whose derivative was found above.",
        anchored,
        _NORMS,
    ),
    Rule(
        "norm-insert",
        "Put the three ways together",
        r"x - \mu = \sigma \hat{x}",
        "An entry of $x$ acts directly, through the mean, and through the variance. With $x - \\mu = "
        "\\sigma \\hat{x}$ all three can be written with $\\hat{x}$.",
        anchored,
        _NORMS,
    ),
    Rule(
        "norm-backward",
        "Normalisation, backward",
        r"\frac{\partial L}{\partial x} = \frac{1}{n \sigma} "
        r"\left( n\,g - \mathbf{1}\,(\mathbf{1}^{\top} g) - \hat{x}\,(\hat{x}^{\top} g) \right)",
        "The gradient loses its mean and its part along $\\hat{x}$: shifting or stretching all of $x$ "
        "changes (almost) nothing, so no gradient may point that way.",
        anchored,
        _NORMS,
    ),
)

_CLIPPING_RULES = (
    Rule(
        "clipped-length",
        "Length after clipping",
        r"\lVert c\,g \rVert = \lvert c \rvert \, \lVert g \rVert",
        "Clipping by norm multiplies by a number that is never negative, so the length is multiplied by it.",
        same,
        _CLIPPING,
    ),
    Rule(
        "clipped-bound",
        "Never longer than the threshold",
        r"\min\!\left(1, \frac{v}{n}\right) n = \min(n, v) \le v",
        "A step of gradient descent is then never longer than the learning rate times $v$, however steep "
        "the cliff.",
        bounded,
        _CLIPPING,
    ),
    Rule(
        "clipped-direction",
        "The direction stays",
        r"\frac{c\,g}{\lVert c\,g \rVert} = \frac{g}{\lVert g \rVert}, \quad c > 0",
        "Both have length 1 here and are the same: only the length was changed, and the step still goes "
        "downhill.",
        same,
        _CLIPPING,
    ),
    Rule(
        "clipped-entries",
        "No entry beyond the threshold",
        r"\lvert g'_i \rvert = \min(\lvert g_i \rvert, v) \le v",
        "Each entry by itself is cut to $[-v, v]$.",
        bounded,
    ),
    Rule(
        "clipped-shorter",
        "Never longer than before",
        r"\lvert g'_i \rvert \le \lvert g_i \rvert \;\Rightarrow\; \lVert g' \rVert \le \lVert g \rVert",
        "No entry grows, so the length does not. It may still be more than $v$: up to $v$ times the root of "
        "the number of entries.",
        bounded,
    ),
    Rule(
        "clipped-turned",
        "The direction may turn",
        r"g^{\top} g' \le \lVert g \rVert \, \lVert g' \rVert",
        "The two sides are equal only if both point the same way (Cauchy and Schwarz). Large entries were "
        "cut and small ones not, so the direction may turn, though never by a right angle.",
        bounded,
    ),
)

RULES = (*_NORM_RULES, *_CLIPPING_RULES)
