"""Formulas, recurrences and derivations, every line checked by numbers.

What the window imports (no SymPy, no NumPy, no torch):
    tokens.py formula.py parser.py   a student's text -> tree, or an error with a column
    expr.py         the tree of a formula; typeset.py prints it as LaTeX, plain.py as text
    evaluate.py     numbers into a tree, exact as long as it goes
    jobs.py         what is asked; report.py: what is answered
    client.py       SymbolicProcess: asks a killable child, never waits, always gets an answer
    worker.py       what runs in that child; dispatch.py knows which solver answers which job

Exact numbers:
    surd.py         p + q sqrt(d); exppoly.py: polynomials times powers; closed.py: linear recurrences
    growth.py       classes of growth: exact compare, print as Theta; asymptotic.py reads them off
    forcing.py      a typed f(n) as one of these; show.py writes a closed form as a tree

Derivations:
    steps.py        a line as data; rule.py: why it is allowed, and who checks it
    rules.py        the catalogue, filled by rules_recurrence.py
    verify.py       the checkers; explain.py: a step -> the line that is shown, the only printer

Recurrences, in the order of a job:
    recurrence.py   read, normalise, choose a solver, check, tell
    normal.py       the normal forms, and why others are refused; first.py: first values
    shift.py        T(n) = c1 T(n-1) + ...: linear.py unrolls, characteristic.py uses roots
    divide.py       T(n) = a T(n/b) + f(n): tree.py adds up levels, master.py judges
    rounding.py     T between the powers of b, with real rounding
    opening.py      lines they share; solution.py: what a solver hands back
    terms.py        the recurrence itself, run term by term: the oracle
    second_opinion.py   SymPy's own answer beside ours

Gradients are derived in `engine.derivations`, which shares the border, the process and the rules' form.

This file imports nothing.
"""
