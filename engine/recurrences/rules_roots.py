"""The rules of T(√n) and its kin, for the catalogue."""

from __future__ import annotations

from engine.recurrences.verify import same_class, same_numbers
from engine.symbolic.rule import Rule

RULES = (
    Rule(
        "lifted",
        "Divide by a power of n",
        r"U(n) = T(n) / n^{d},\quad d = \frac{g\,r}{r-1}",
        "The factor $«factor»$ in front goes away when both sides are divided by $«power»$: it has the same "
        "share on the left and inside.",
        same_numbers,
    ),
    Rule(
        "domain-change",
        "A new variable",
        r"n = b^{m},\ S(m) = T(b^{m}):\quad \sqrt[r]{n} = b^{m/r}",
        "For $«n» = «base»^{«m»}$ a root divides the exponent: with $S(«m») = T(«base»^{«m»})$ this is a "
        "recurrence that divides $«m»$.",
        same_numbers,
    ),
    Rule(
        "domain-powers",
        "Where nothing is rounded",
        r"n = b^{r^k}",
        "At such $n$ every root is whole, down to the first value. Other $n$, where roots are "
        "rounded, were tried apart from this: the class stays.",
        same_numbers,
    ),
    Rule(
        "domain-closed",
        "Solve over k, and go back",
        r"S_k = a\,S_{k-1} + g(k),\quad k = \log_r \log_b n",
        "At $«n» = «places»$ there are $«k»$ roots to take, and each step is one of a first-order "
        "recurrence in $«k»$. Its formula, with $«k» = «height»$.",
        same_numbers,
    ),
    Rule(
        "domain-back",
        "Back to n",
        r"S(m) \in \Theta(g(m)) \;\Rightarrow\; T(n) \in \Theta(g(\log n))",
        "Over $«m» = \\log «n»$ what decides is: «winner», with $p = «p»$. Put $\\log «n»$ for $«m»$.",
        same_class,
    ),
)
