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
    bank_ids.py      which ids it knows, and where each stood
    bank_file.py     found, locked (lock.py), checked, opened; file_troubles.py says what is wrong
    models.py        tables; migrations.py their versions
    reviews.py due.py attempts.py progress.py     what the Bank's methods do
    loader.py        the course's files -> the bank; history survives edits
    pieces.py        what carries no history
    search.py        full text: search_query.py, search_spelling.py (search_words.py) say what is
                     asked for, search_index.py (plain_text.py, search_table.py) what there is,
                     search_hit.py what is found, search_snippet.py (readable.py, readable_maths.py,
                     readable_signs.py) what is shown of it

The course, as plain text (FORMAT.md), and `python -m content check`:
    units.yaml units/*.md topics/*.md cards/*.yaml questions/*.yaml glossary/*.yaml formulas/*.yaml
    retired.yaml     what has left it on purpose
    diagrams/*.yaml  the pictures; diagram.py their records, diagram_reader.py and drawing/ read them
    course.py        what the files hold, as records (flat.py: as mappings)
    course_files.py strict_yaml.py course_reader.py entry.py     files -> records, and what is wrong in them
    topic_reader.py question_reader.py sheet_reader.py retired_reader.py reading.py     one kind of file each
    lasting.py       no id goes without a word
    worked/          the numbers of worked examples, through the engine
    glossing.py      where the words of the glossary stand in a text
    latex/           what a printed formula says, as numbers
    markup.py        where formulas, code and quotations stand in a text
    check.py check_pieces.py macros.py            what must hold before a load
    checking/        what can be proved about the whole course

This file imports nothing.
"""
