"""The rules of T(n) = sum of c_i T(s_i n + ...) + f(n), for the catalogue."""

from __future__ import annotations

from engine.recurrences.verify import same_class, same_numbers
from engine.symbolic.rule import Rule

_LEIGHTON = "Leighton, Notes on better master theorems (1996), theorem 2"
_AKRA_BAZZI = "Akra and Bazzi, On the solution of linear recurrence equations (1998)"
_INTEGRAL = r"\int_1^n \frac{f(u)}{u^{p+1}}\,du \in \Theta\left(\sum_{u=n_0}^{n} \frac{f(u)}{u^{p+1}}\right)"

RULES = (
    Rule(
        "perturbation",
        "Rounding and moving",
        r"h(n) \in O\left(\frac{n}{\log^2 n}\right):\quad T(s\,n + h(n)) \text{ counts as } T(s\,n)",
        "$«place»$ is $«slope»$ up to something small beside $n / \\log^2 n$. So small a shift changes $T$ "
        "by a constant factor at most, and no class.",
        same_class,
        _LEIGHTON,
    ),
    Rule(
        "akra-bazzi-exponent",
        "The exponent p",
        r"\sum_{i} c_i\, s_i^{\,p} = 1",
        "The left side falls as $p$ rises, so there is one such $p$: $p = «p»$, «kind». The tree has about "
        "$«n»^p$ leaves.",
        same_numbers,
        _AKRA_BAZZI,
    ),
    Rule(
        "integral-leaves",
        "The integral: bounded",
        _INTEGRAL,
        "$f$ is smaller than $n^p$ by a power of $n$, so the sum converges: the levels add up to no more "
        "than the leaves.",
        same_class,
    ),
    Rule(
        "integral-converging",
        "The integral: bounded",
        _INTEGRAL,
        "$f$ is $n^p$ over more than one logarithm. $\\sum 1 / (u \\log^{r} u)$ converges for $r > 1$: the "
        "levels add up to no more than the leaves.",
        same_class,
    ),
    Rule(
        "integral-levels",
        "The integral: a logarithm more",
        _INTEGRAL,
        "$f$ is as large as $n^p$, logarithms aside. $\\int \\log^q u \\, du / u$ has one logarithm more, "
        "for $q > -1$: every level counts.",
        same_class,
    ),
    Rule(
        "integral-loglog",
        "The integral: log log n",
        _INTEGRAL,
        "$f$ is $n^p$ over one logarithm. $\\int du / (u \\log u) = \\log \\log u$: the levels add up like "
        "a harmonic sum.",
        same_class,
    ),
    Rule(
        "integral-logloglog",
        "The integral: log log log n",
        _INTEGRAL,
        "$\\int du / (u \\log u \\log \\log u) = \\log \\log \\log u$.",
        same_class,
    ),
    Rule(
        "integral-root",
        "The integral: as large as f",
        r"n^p \int_1^n \frac{f(u)}{u^{p+1}}\,du \in \Theta(f(n))",
        "$f$ is larger than $n^p$ by a power of $n$: the last summands are the largest, as in a geometric "
        "sum, so the root decides.",
        same_class,
    ),
    Rule(
        "akra-bazzi",
        "Theorem of Akra and Bazzi",
        r"T(n) \in \Theta\left(n^p \left(1 + \int_1^n \frac{f(u)}{u^{p+1}}\,du\right)\right)",
        "The $1$ stands for the leaves, the integral for the levels above. The class is due to «winner».",
        same_class,
        _AKRA_BAZZI,
    ),
    Rule(
        "root-by-far",
        "The root decides by far",
        r"\frac{\sum c_i f(s_i n)}{f(n)} \to 0 \;\Rightarrow\; T(n) \in \Theta(f(n))",
        "$f(n) = «f»$ outgrows every power of $n$. The level below the root costs $«below»$, which vanishes "
        "beside $f$, and each level below that again: $f(n) \\le T(n) \\le 2 f(n)$ from some $n$ on.",
        same_class,
    ),
)
