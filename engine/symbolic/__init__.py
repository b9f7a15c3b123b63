"""Formulas, recurrences and derivations, every line checked by numbers.

What the window imports (no SymPy, no NumPy, no torch):
    parser.py functions.py claims.py   a student's recurrence, function of n or bound -> tree, or an error
                    with a column. Below them: tokens.py, cursor.py, formula.py (the grammar) with named.py,
                    bigs.py, dots.py; statements.py, conditions.py, sides.py, vague.py, arms.py, heading.py
    expr.py         the tree of a formula; typeset.py prints it as LaTeX, plain.py as text that is read back,
                    sympy_text.py for SymPy, formulas.py all three ways
    evaluate.py     numbers into a tree, exact as long as it goes; calls.py: what named functions are worth
    jobs.py         what is asked; report.py: what is answered
    client.py       SymbolicProcess: asks a killable child, never waits, always gets an answer
    worker.py       what runs in that child; dispatch.py knows which solver answers which job
    findings.py     what a recurrence or a piece of code comes to: formulas, counts, pictures, curves

Beside it:
    surd.py         p + q sqrt(d), exactly
    choices.py      gaps with choices, of exercises on any derivation
    rule.py         why a line is allowed, and who checks it

Recurrences are solved in `engine.recurrences`, pasted code is counted in `engine.algorithms`,
classes of growth are compared in `engine.growth`, gradients are derived in `engine.derivations`:
all share the border, the process and the rules' form. A student's own lines are judged in
`engine.practice` and, about gradients, in `engine.working`. This file imports nothing.
"""
