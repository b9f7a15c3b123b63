"""A student's own lines about a recurrence or a count, judged by numbers, and exercises made of one.

    bench.py       a derivation with its numbers, asked for once
    reading.py     a typed line -> trees
    judging.py     is it the next line? meaning.py: which line it is; feedback.py: the sentences
    mistakes.py    what is often written instead, by name
    exercises.py   gaps to fill and lines to put in order; gaps.py, orders.py: what is left out

The lines of gradients are of another language and judged in `engine.working`.
This file imports nothing.
"""
