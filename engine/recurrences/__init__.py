"""Recurrences: from the typed line to a closed form and its class, every line checked by numbers.

In the order of a job:
    answers.py      reads, normalises, chooses solvers, checks, tells
    normal.py       the normal forms, and why others are refused; first.py: first values
    shift.py        T(n) = c1 T(n-1) + ...: linear.py unrolls, characteristic.py uses roots
    divide.py       T(n) = a T(n/b) + f(n): tree.py adds up levels, master.py judges
    rounding.py     T between the powers of b, with real rounding
    opening.py      lines they share; solution.py: what a solver hands back
    terms.py        the recurrence itself, run term by term: the oracle
    second_opinion.py   SymPy's own answer beside ours

Exact numbers:
    exppoly.py      polynomials times powers; closed.py: linear recurrences made of them
    forcing.py      a typed f(n) as one of these; show.py writes a closed form as a tree
    asymptotic.py   reads a class of growth off a closed form

Derivations:
    steps.py        a line as data; rules.py: the catalogue, filled by rules_recurrence.py
    verify.py       the checkers; explain.py: a step -> the line that is shown, the only printer

Knows the language of formulas (`engine.symbolic`) and classes of growth (`engine.growth`), nothing
of pasted code. This file imports nothing.
"""
