"""Classes of growth: compared exactly, printed as Theta, decided with witnesses.

    classes.py      Growth: a class, its exact comparison and its names
    reading.py      a formula -> its class, or the two between which it swings
    many.py         the class of a formula in several sizes
    answers.py      CompareJob, SortJob -> Report; grading.py: BoundJob -> Verdict

A function is expanded for large n, as far as it takes to know its logarithm up to a constant:
    constants.py    exact numbers: ln 2, ln 3 / ln 2, √5; numbers.py writes them, exponents.py those of n
    monomials.py    n^a (log n)^b e^(...): which one is larger
    series.py       sums of these with an error term; sizes.py: functions known up to a factor only
    nodes.py        each node of a formula; special.py: n!, H_n, log*; sums.py, parting.py: sums
    naming.py       a class as a formula; shown.py, tidy.py: what does not count in a typed one

What is claimed is told and held against numbers:
    quotient.py     where f/g goes; decide.py: which of O, Omega, Theta, o, omega hold
    far_out.py      values at huge n, independent of the expansions; samples.py: c and n_0 from them
    witnesses.py    sentences; rules.py, compared_lines.py, sorted_lines.py: lines; plotted.py: curves
    asked.py        typed functions; from_sympy.py: formulas of other reports

Knows the language of formulas (`engine.symbolic`); nothing of recurrences or code.
This file imports nothing.
"""
