"""Proofs about the whole course, for those who write it: `python -m content check`.

    proof.py       all of them at once
    syllabus.py    the claims of the lecture notes, with verdicts and exam flags; the pictures they ask for
    every_id.py    no id that the course ever had is gone without a word
    coverage.py    every claim has its place in a note, and a card or question; errata and exam items more
    structure.py   a note has its sections, length and pictures; its numbers are computed
    formulas.py    every line of the formula sheet holds as it is printed
    circular.py    no letter of it only repeats the other side
    shown.py       what a note displays or computes in a line stands there, or among the asides
    stated.py      what cards, questions, terms and unit pages equate stands there or holds with its letters
    growths.py     a growth that is told, as O(n), is that of what grows; grown.py: of what, by the engine
    chains.py      a = b < c: sums that are shown are right; sides.py: one side, its value and its rounding
    explained.py   the texts with their numbers in which such sums stand
    worked_example.py   in a worked example no side of numbers is passed over, in formulas and plain text
    rendered.py    every formula has been set by MathJax, or at least can be read
    overlap.py     no eight words in a row are those of the lecture notes
    spelling.py    every word is in the word list (english.txt.gz) or in own_words.txt
    reading_ease.py   sentences are short and words plain

Nothing here runs when the course is loaded. Knows no bank.
"""
