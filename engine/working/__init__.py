"""A student's own working: lines that are typed and judged, and exercises made of derivations.

What the window reads (no NumPy):
    typed.py        a typed line -> trees, or an error with a column: typed_tokens.py typed_atoms.py
                    typed_names.py typed_slopes.py typed_joins.py typed_rows.py
    vocabulary.py   what may be typed about one network; reading.py: of one job

Judging:
    judging.py      is it right? asked.py claimed.py claim.py: what is meant; bench.py tried.py: tried out
    solved.py       for which other times a claim about two of them holds
    true_lines.py wrong_lines.py    the two ways from there; feedback.py says it
    mistakes.py     the named mistakes: mistake.py, mistakes_of_*.py; recognised.py finds one; roles.py
    other_conventions.py            true elsewhere

Exercises:
    exercises.py    gaps.py: what is left out; orders.py: which line comes next

This file imports nothing.
"""
