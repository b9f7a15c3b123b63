"""The rules of summation factors, and of the sums that they lead to, for the catalogue."""

from __future__ import annotations

from engine.recurrences.verify import same_numbers
from engine.symbolic.rule import Rule

_KNUTH = "Graham, Knuth & Patashnik (1994), Concrete Mathematics"

RULES: tuple[Rule, ...] = (
    Rule(
        "lower-order",
        "Split off one order",
        r"T(n) - u(n)\,T(n-1) = v\,\left(T(n-1) - u(n-1)\,T(n-2)\right)",
        "With $u = «u»$ and $v = «v»$ the recurrence says just that, so these differences are powers of $v$ "
        "times the first one, and only one earlier term is left.",
        same_numbers,
        source=_KNUTH,
    ),
    Rule(
        "summation-factor",
        "Summation factor",
        r"\frac{T(n)}{U(n)} = \frac{T(n-1)}{U(n-1)} + \frac{f(n)}{U(n)} \quad\text{if}\quad "
        r"U(n) = a(n)\,U(n-1)",
        "Divide by $«product»$, which grows by just the factor $«factor»$ in each step: now the two terms "
        "stand there alike.",
        same_numbers,
        f"{_KNUTH}, eq. 2.10",
    ),
    Rule(
        "added-up",
        "Add up the differences",
        r"S(n) - S(n-1) = g(n) \;\Rightarrow\; S(n) = S(n_0) + \sum_{j=n_0+1}^{n} g(j)",
        "Each step adds one summand, from $«start»$ on.",
        same_numbers,
    ),
    Rule(
        "history-before",
        "The line before",
        r"T(n-1) = c(n-1) \sum_{i=n_0}^{n-2} T(i) + f(n-1)",
        "The sum up to $n-1$ is $«earlier»$ and the sum before that; and that one stands in the recurrence "
        "for $«earlier»$.",
        same_numbers,
    ),
    Rule(
        "telescoped",
        "Only one term is left",
        r"\frac{T(n)}{c(n)} - \frac{T(n-1)}{c(n-1)} = T(n-1) + \frac{f(n)}{c(n)} - \frac{f(n-1)}{c(n-1)}",
        "Put that in for the sum: all terms but the last one are gone.",
        same_numbers,
        f"{_KNUTH}, section 2.2",
    ),
    Rule(
        "first-computed",
        "The first one by the recurrence",
        r"T(n_1) = c(n_1) \sum_{i=n_0}^{n_1 - 1} T(i) + f(n_1)",
        "Worked out from what is given: from $n = «place»$ on the shorter recurrence leads.",
        same_numbers,
    ),
    Rule(
        "logarithms",
        "Take logarithms",
        r"\ln(x y) = \ln x + \ln y,\quad \ln x^p = p \ln x",
        "Products become sums: the logarithms obey a linear recurrence, which the usual ways solve.",
        same_numbers,
    ),
    Rule(
        "powers-back",
        "Back to powers",
        r"T(n) = e^{\ln T(n)}",
        "The linear recurrence is solved once for each number that the start is made of; that gives its "
        "exponent.",
        same_numbers,
    ),
    Rule(
        "zero-factor",
        "A factor that is 0",
        r"a(n_1) = 0 \;\Rightarrow\; T(n_1) = f(n_1)",
        "At $n = «place»$ the factor is 0, so nothing before has a say: it starts anew there.",
        same_numbers,
    ),
    Rule(
        "powers-closed",
        "Sum of powers",
        r"\sum_{j=1}^{n} j = \frac{n(n+1)}{2}",
        "A sum of powers is a polynomial, one degree higher.",
        same_numbers,
    ),
    Rule(
        "partial-fractions-closed",
        "Partial fractions",
        r"\frac{1}{j(j+1)} = \frac{1}{j} - \frac{1}{j+1}",
        "Taken apart into simple fractions, neighbours cancel: the sum telescopes.",
        same_numbers,
        f"{_KNUTH}, section 2.6",
    ),
    Rule(
        "harmonic-closed",
        "Harmonic numbers",
        r"\sum_{j=1}^{n} \frac{1}{j} = H_n \in \Theta(\log n)",
        "Fractions $1/j$ add up to the harmonic number $H_n$, which is $\\ln n + 0.577\\ldots$ and less than "
        "$1/n$ more.",
        same_numbers,
        f"{_KNUTH}, section 6.3",
    ),
    Rule(
        "geometric-closed",
        "Geometric sum",
        r"\sum_{j=0}^{n} r^j = \frac{r^{n+1} - 1}{r - 1} \quad (r \ne 1)",
        "Each summand is $r$ times the one before, perhaps with a polynomial in front; such a sum is the "
        "difference of one function at both ends.",
        same_numbers,
    ),
    Rule(
        "factorials-closed",
        "Factorials that telescope",
        r"j \cdot j! = (j+1)! - j!",
        "Each summand is the difference of two neighbours, so all but the ends cancel.",
        same_numbers,
        f"{_KNUTH}, section 5.7",
    ),
    Rule(
        "log-factorial-closed",
        "Logarithm of a factorial",
        r"\sum_{j=1}^{n} \log j = \log (n!) \in \Theta(n \log n)",
        "A sum of logarithms is the logarithm of the product.",
        same_numbers,
    ),
    Rule(
        "by-parts-closed",
        "Summation by parts",
        r"\sum_{j=1}^{n} H_j = (n+1) H_n - n",
        "Each fraction $1/i$ is in all the harmonic numbers from $H_i$ on: count how often.",
        same_numbers,
        f"{_KNUTH}, eq. 2.36",
    ),
    Rule(
        "floors-closed",
        "Sum of floors",
        r"\sum_{j=1}^{n} \lfloor j/2 \rfloor = \lfloor n^2/4 \rfloor",
        "Rounded values come in runs of equal ones: count the runs.",
        same_numbers,
        f"{_KNUTH}, section 3.5",
    ),
    Rule(
        "open-sum",
        "A sum without a formula",
        r"\sum_{j=1}^{n} g(j)",
        "For this sum there is no shorter formula here. It is exact as it stands, and its class follows "
        "from its largest summands or, where they are alike, from their number.",
        same_numbers,
    ),
    Rule(
        "insert-sum",
        "Insert the sum",
        r"T(n) = U(n) \left( \frac{T(n_0)}{U(n_0)} + \text{sum} \right)",
        "Put the first value and the sum in, multiply back, then tidy up.",
        same_numbers,
    ),
)
