"""Formulas, recurrences and derivations, every line checked by numbers.

    expr.py         the tree of a formula, and how it is typeset (no SymPy: the window reads it)
    parser.py       a student's text -> tree, or an error with a column (no SymPy)
    report.py       what crosses the border to the window: lines, checks, refusals (no SymPy)
    rules.py        the catalogue of rules, each with its statement and its checker
    growth.py       classes of growth: exact compare, print as Theta
    recurrence.py   normalise a recurrence, choose a solver, verify what it found
    linear.py       T(n) = a T(n-1) + f(n), by unrolling
    divide.py       T(n) = a T(n/b) + f(n), by the master theorem
    bptt.py         backpropagation through time of the scalar RNN, line by line
    verify.py       numbers against every line: the hand-written engine, finite differences, autograd
    worker.py       the killable child process that all of this runs in

This file imports nothing.
"""
