"""The rules of recurrences, for the catalogue."""

from __future__ import annotations

from engine.recurrences.verify import same_class, same_class_between, same_numbers, stated
from engine.symbolic.rule import Rule

_OPENING = (
    Rule(
        "recurrence",
        "The recurrence",
        r"T(n) = c_1\,T(n-1) + \dots + f(n) \quad\text{or}\quad T(n) = a\,T(n/b) + f(n)",
        "What was typed, the terms of the sequence first.«moved»",
        same_numbers,
    ),
    Rule(
        "first-value",
        "First value",
        r"T(n_0) = t_0",
        "Where the recurrence starts.«note»",
        same_numbers,
    ),
    Rule(
        "assumed-first-value",
        "Assumed first value",
        r"T(n_0) = t_0",
        "No first value was typed, so this one is assumed. Another start can change the formula, and for a "
        "few special values also the class.",
        stated,
    ),
)

_UNROLLING = (
    Rule(
        "substitute",
        "Substitute",
        r"T(m) = a\,T(m-1) + f(m) \text{ for every } m",
        "The recurrence holds at every place, so $«what»$ may be replaced by $«by»$.",
        same_numbers,
    ),
    Rule(
        "pattern",
        "See the pattern",
        r"T(n) = a^k\,T(n-k) + \sum_{j=0}^{k-1} a^j f(n-j)",
        "After $«k»$ substitutions. One more turns $«k»$ into $«k» + 1$, so the pattern goes on.",
        same_numbers,
    ),
    Rule(
        "reach-start",
        "Reach the first value",
        r"n - k = n_0 \iff k = n - n_0",
        "With $«k» = «count»$ substitutions the term on the right is $«start»$, which is known.",
        same_numbers,
    ),
    Rule(
        "geometric-sum",
        "Geometric sum",
        r"\sum_{j=0}^{m-1} a^j = \frac{a^m - 1}{a - 1} \quad (a \ne 1)",
        "Each summand is $«a»$ times the one before. Multiply the sum by $«a» - 1$: everything cancels but "
        "the two ends.",
        same_numbers,
    ),
    Rule(
        "power-sum",
        "Sum of powers",
        r"\sum_{i=1}^{m} i = \frac{m(m+1)}{2},\quad \sum_{i=1}^{m} i^2 = \frac{m(m+1)(2m+1)}{6}",
        "A sum of powers is a polynomial, one degree higher. Here it is the difference of "
        "$q(«n») = «special»$ at both ends, because $q$ grows by one summand with each step.",
        same_numbers,
    ),
    Rule(
        "weighted-sum",
        "Sum by differences",
        r"\sum_{j=0}^{m-1} a^j f(n-j) = q(n) - a^m q(n-m) \quad\text{if}\quad q(n) = a\,q(n-1) + f(n)",
        "Take $q(«n») = «special»$. Written with $q$, each summand is a difference, and neighbours cancel.",
        same_numbers,
    ),
    Rule(
        "insert-first",
        "Insert the first value",
        r"T(n) = a^{n-n_0}\,T(n_0) + \text{sum}",
        "Put the first value and what was summed up in, then tidy up.",
        same_numbers,
    ),
    Rule(
        "vanishing-constant",
        "Look at the constants",
        r"T(n) = \left(T(n_0) - p(n_0)\right) a^{n-n_0} + p(n)",
        "With any first value it would be this. Here $«factor» = 0$, so $«power»$ drops out: the first value "
        "decides the class.",
        same_numbers,
    ),
)

_CHARACTERISTIC = (
    Rule(
        "characteristic-root",
        "Root of the characteristic equation",
        r"r^d = c_1 r^{d-1} + \dots + c_d",
        "$r^n$ solves the recurrence without $f$ just when $«equation»$. $«root»$ is a root, «often».",
        same_numbers,
    ),
    Rule(
        "complex-roots",
        "Complex roots",
        r"r^2 - 2\varrho\cos\theta\, r + \varrho^2 = 0 \iff r = \varrho\,(\cos\theta \pm i \sin\theta)",
        "All on one side of $«equation»$, taken apart. A quadratic below 0 under its root has the roots "
        "«roots»; by de Moivre, their powers give $\\varrho^n \\cos n\\theta$ and "
        "$\\varrho^n \\sin n\\theta$.",
        same_numbers,
    ),
    Rule(
        "numeric-root",
        "The largest root",
        r"T(n) \approx C\,r^n \quad\text{with the largest root } r",
        "The characteristic equation without what the first values cancel. Its largest root is "
        "$«r» = «digits»\\ldots$, which no square root can write; all others are smaller in size.",
        same_numbers,
    ),
    Rule(
        "every-step",
        "One part of the sequence",
        r"n = g m + s,\ 0 \le s < g",
        "The recurrence leads back in steps of «step» only, so the places with rest «rest» have a recurrence "
        "of their own, and it is solved like any.",
        same_numbers,
    ),
    Rule(
        "put-together",
        "Put the parts together",
        r"m = \lfloor n/g \rfloor,\quad s = n \bmod g",
        "The parts take turns: $m$ is $n$ over «step», rounded down, and the rest says which part it is.",
        same_numbers,
    ),
    Rule(
        "particular",
        "Particular solution",
        r"p(n) = c_1\,p(n-1) + \dots + c_d\,p(n-d) + f(n)",
        "$p = «special»$ satisfies the recurrence, whatever the first values. It is found by comparing "
        "coefficients.",
        same_numbers,
    ),
    Rule(
        "general-solution",
        "General solution",
        r"T(n) = \sum A_i\, n^{j} r_i^{n} + p(n)",
        "Every solution has this shape; $«letters»$ depend on the first values. A root that occurs $m$ times "
        "gives $r^n, n\\,r^n, \\dots, n^{m-1} r^n$.",
        same_numbers,
    ),
    Rule(
        "fit-constant",
        "Use a first value",
        r"T(n_0) = \sum A_i\, n_0^{j} r_i^{n_0} + p(n_0)",
        "The general solution at $n = «place»$: one equation for the constants.",
        same_numbers,
    ),
    Rule(
        "solve-constant",
        "Solve for the constants",
        r"M A = t \Rightarrow A = M^{-1} t",
        "As many equations as constants, so they have one solution.",
        same_numbers,
    ),
    Rule(
        "insert-constants",
        "Insert the constants",
        r"\text{if } p = q \text{, then } p \text{ may be replaced by } q",
        "Put the constants into the general solution.",
        same_numbers,
    ),
)

_DIVISION = (
    Rule(
        "substitute-part",
        "Substitute",
        r"T(m) = a\,T(m/b) + f(m) \text{ for every } m",
        "The recurrence holds for every size, so $«what»$ may be replaced by $«by»$.",
        same_numbers,
    ),
    Rule(
        "tree-pattern",
        "See the pattern",
        r"T(n) = a^k\,T(n/b^k) + \sum_{j=0}^{k-1} a^j f(n/b^j)",
        "After $«k»$ substitutions: the sum is the upper $«k»$ levels of the recursion tree, the first term "
        "what hangs below them.",
        same_numbers,
    ),
    Rule(
        "level-cost",
        "Cost of a level",
        r"\text{level } j \text{ has } a^j \text{ nodes of size } n/b^j",
        "Level $«level»$ of the recursion tree has $«nodes»$ nodes of size $«size»$; this is their "
        "cost together.",
        same_numbers,
    ),
    Rule(
        "powers-only",
        "Only powers of b",
        r"n = n_0\,b^m",
        "For such $n$ nothing has to be rounded, so the formula is exact. Rounding $n/«base»$ up or down for "
        "other $n$ changes the formula, but not the class: there the recurrence was run with real rounding.",
        same_class_between,
    ),
    Rule(
        "powers-alone",
        "Only powers of b",
        r"n = n_0\,b^m",
        "For such $n$ nothing has to be rounded, so the formula is exact. For other $n$ rounding $n/«base»$ "
        "can change even the class here, so nothing is claimed of them: «doubt».",
        stated,
    ),
    Rule(
        "unrounded",
        "Nothing to round",
        r"\lfloor x \rfloor = \lceil x \rceil = x \text{ for whole } x",
        "For these $n$ every part is whole, so the recurrence reads the same without rounding. From here on "
        "$n$ is such a number.",
        same_numbers,
    ),
    Rule(
        "reach-leaves",
        "Reach the first value",
        r"n/b^k = n_0 \iff k = \log_b n - \log_b n_0",
        "With $«k» = «count»$ the parts have shrunk to the size of $«start»$, which is known.",
        same_numbers,
    ),
    Rule(
        "count-leaves",
        "Count the leaves",
        r"a^{\log_b n} = n^{\log_b a}",
        "So many leaves has the tree. Take $\\log_b$ of both sides: the two factors of the exponent trade "
        "places.",
        same_numbers,
    ),
    Rule(
        "equal-levels",
        "Sum of the levels: about equal",
        r"\sum_{j=0}^{L-1} a^j f(n/b^j) \approx L \cdot f(n) \quad (a = b^p)",
        "The parts get smaller as fast as they get more: no level wins, so the number of levels, a "
        "logarithm, comes in as a factor.",
        same_numbers,
    ),
    Rule(
        "growing-levels",
        "Sum of the levels: growing downwards",
        r"\sum_{j=0}^{L-1} r^j = \frac{r^L - 1}{r - 1} \quad (r = a/b^p > 1)",
        "Each level costs more than the one above, like a geometric sum. The lowest levels and the leaves "
        "decide.",
        same_numbers,
    ),
    Rule(
        "shrinking-levels",
        "Sum of the levels: shrinking downwards",
        r"\sum_{j=0}^{L-1} r^j < \frac{1}{1 - r} \quad (r = a/b^p < 1)",
        "Each level costs less than the one above, like a geometric sum that stays bounded: the root "
        "decides.",
        same_numbers,
    ),
    Rule(
        "insert-leaves",
        "Insert leaves and levels",
        r"T(n) = T(n_0) \cdot \text{leaves} + \text{levels}",
        "All leaves cost the first value each; add the levels above, then tidy up.",
        same_numbers,
    ),
    Rule(
        "critical-exponent",
        "Critical exponent",
        r"c = \log_b a",
        "The tree has about $n^{\\log_b a} = «border»$ leaves (exponent $«approximately»$). The master "
        "theorem compares $f$ with that.",
        same_numbers,
    ),
    Rule(
        "forcing-class",
        "Class of the work outside the recursion",
        r"g \in \Theta(h) \iff c_1 h(n) \le g(n) \le c_2 h(n) \text{ for all large } n,\ c_1, c_2 > 0",
        "What splitting and joining costs, without constant factors and slower parts.",
        same_class,
    ),
    Rule(
        "master-1",
        "Master theorem, case 1",
        r"f(n) \in O(n^{\log_b a - \varepsilon}),\ \varepsilon > 0 \;\Rightarrow\; "
        r"T(n) \in \Theta(n^{\log_b a})",
        "$f(n) = «f»$ is smaller than $«border»$ by a power of $n$: the leaves decide.",
        same_class,
    ),
    Rule(
        "master-2",
        "Master theorem, case 2",
        r"f(n) \in \Theta(n^{\log_b a} \log^{q} n),\ q > -1 \;\Rightarrow\; "
        r"T(n) \in \Theta(n^{\log_b a} \log^{q+1} n)",
        "Logarithms aside, $f(n) = «f»$ is as large as $«border»$: all levels count, and there are about "
        "$\\log n$ of them.",
        same_class,
    ),
    Rule(
        "master-3",
        "Master theorem, case 3",
        r"f(n) \in \Omega(n^{\log_b a + \varepsilon}),\ a f(n/b) \le c f(n),\ c < 1 \;\Rightarrow\; "
        r"T(n) \in \Theta(f(n))",
        "$f(n) = «f»$ is larger than $«border»$ by a power of $n$, and each level costs a fixed part less "
        "than the one above: the root decides.",
        same_class,
    ),
)

_CLOSING = (
    Rule(
        "induction",
        "Check by induction",
        r"g(n_0) = T(n_0) \text{ and } g \text{ satisfies the recurrence} \Rightarrow T = g",
        "Put the formula into the right side of the recurrence: it gives itself. It also has the right first "
        "value, so it holds for every $n$ after that.",
        same_numbers,
    ),
    Rule(
        "class",
        "Class of growth",
        r"g \in \Theta(h) \iff c_1 h(n) \le g(n) \le c_2 h(n) \text{ for all large } n,\ c_1, c_2 > 0",
        "The fastest growing part wins; constant factors and slower parts do not matter.",
        same_class,
    ),
)

RULES: tuple[Rule, ...] = (*_OPENING, *_UNROLLING, *_CHARACTERISTIC, *_DIVISION, *_CLOSING)
