"""Seeded variants: the numbers of a question and its right answer from one place.

    domain.py      what a generator may draw, and how it draws: keyed, distinct
    registry.py    name -> generator; the one door
    lstm.py        gates and states, computed by the engine's cell
    loops.py       step counts, by running the loop and counting
    arithmetic.py  sequences, series, recurrences, by exact iteration

The only part of `content` that may use `engine` (lstm.py does). This file imports nothing.
"""
