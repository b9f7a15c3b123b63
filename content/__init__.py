"""What there is to learn and how well it is known. No Qt, no torch, no SymPy.

Between the border and the disk:
    records.py       frozen dataclasses that cross the border to the window
    clock.py         a moment, and the study day it belongs to
    errors.py        the error tree, drawn in its docstring

Pure:
    scheduler.py     (memory, rating, study day) -> new memory; FSRS lives here
    grading.py       (question, response) -> Mark; number_input.py reads what was typed
    quiz.py          which questions make up a quiz
    variants.py      question + seed -> question with numbers; placeholders.py puts them in
    generators/      the numbers themselves; seeds.py is where chance comes from

The bank, one SQLite file (SQLAlchemy is used here and nowhere else):
    bank.py          Bank: one transaction per call, undo, Changes returned
    bank_file.py     found, locked (lock.py), checked, opened; file_troubles.py says what is wrong
    models.py        tables; migrations.py their versions
    reviews.py due.py attempts.py progress.py     what the Bank's methods do
    loader.py        the course's files -> the bank; history survives edits

The course, as plain text (FORMAT.md), and `python -m content check`:
    units.yaml topics/*.md cards/*.yaml questions/*.yaml
    course.py        what they hold, as records
    course_files.py course_reader.py entry.py     files -> records, and what is wrong in them
    check.py         what must hold between the files

This file imports nothing.
"""
