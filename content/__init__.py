"""What there is to learn and how well it is known. No Qt, no torch, no SymPy.

    records.py     frozen dataclasses that cross the border to the window
    clock.py       a moment, and the study day it belongs to
    errors.py      the error tree, drawn in its docstring
    models.py      tables
    bank.py        Bank: one transaction per call, undo, Changes returned
    lock.py        one program per bank file
    migrations.py  schema versions
    scheduler.py   pure: (memory state, rating, study-day gap) -> new state; FSRS lives here
    grading.py     pure: (question, answer) -> Mark(score, feedback, named mistake)
    generators.py  seeded variants: numbers and the right answer from one place
    quiz.py        pure: which questions make up a quiz
    loader.py      the files below -> the bank; safe to run twice; history survives edits
    topics/*.md cards/*.yaml questions/*.yaml    the course itself, as plain text

This file imports nothing.
"""
