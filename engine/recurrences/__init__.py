"""Recurrences: from the typed line to a closed form and its class, every line checked by numbers.

In the order of a job:
    answers.py      reads, solves by every method, checks, tells (telling.py, found.py, methods.py)
    normal.py       the right side taken apart; families.py: who takes it; refusals.py: why nobody does
    inner_sums.py   1 + 2 + ... + n on the right: replaced by its formula
    loosely.py      Θ(n) on the right: solved with n, only the class is kept
    agreeing.py     all methods must say the same
    terms.py        the recurrence itself, run term by term: the oracle
    opening.py      lines they share; solution.py: what a solver hands back; proofs.py: by substitution

By whole steps (first values: first.py, starting.py):
    shift.py        T(n) = c1 T(n-1) + ... + f(n): linear.py unrolls, characteristic.py uses roots
    interleaved.py  the same, with roots that no one square root writes, or parts that take turns
    lagged.py       the class beside any f(n), where no factor is negative
    summation.py    T(n) = a(n) T(n-1) + f(n) with any factor and forcing
    lowered.py      T(n-1) and T(n-2) with factors that change, where one order splits off
    history.py      sums over all earlier terms; products.py: products of terms

By parts of n:
    divide.py       T(n) = a T(n/b) + f(n): tree.py adds up levels, master.py judges
    splits.py       several fractions of n; akra_bazzi.py, drive.py, the split_*.py
    roots.py        T(sqrt n), by a change of domain
    rounding.py     T between the powers of b, with real rounding

Exact numbers:
    exppoly.py      polynomials times powers; closed.py: linear recurrences made of them
    turning.py      complex roots; factoring.py: polynomials taken apart
    hyper.py        running products and summands; hyper_reading.py, partial_sums.py: their sums; tidying.py
    forcing.py      a typed f(n) as data; show.py writes a closed form as a tree
    asymptotic.py   a class off an exp-poly; course.py: off any formula
    magnitude.py    sizes beyond floats; tables.py, curves.py: of them

Derivations:
    steps.py        a line as data; rules.py: the catalogue, filled by the rules_*.py
    second_opinion.py   SymPy's own answer beside ours
    verify.py       the checkers; explain.py: a step -> the line that is shown, the only printer

Knows the language of formulas (`engine.symbolic`) and classes of growth (`engine.growth`), nothing
of pasted code. This file imports nothing.
"""
