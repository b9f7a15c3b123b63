"""What a formula says: simple LaTeX as numbers, so that what is shown can be held against what is computed.

    tokens.py    LaTeX -> tokens, without what only moves ink
    parts.py     a formula -> its statements, each a chain of sides: a = b = c
    tree.py      what a side is made of
    cursor.py    a place in the tokens, and the names that may stand there
    reading.py   tokens -> tree: sums and products
    factors.py   tokens -> tree: brackets, fractions, functions, series, matrices
    products.py  what a + b, a b, a . b and a * b are for numbers, vectors and matrices
    meaning.py   tree + values -> value
    holding.py   whether a statement holds at given values

It reads the notation of this course, not all of LaTeX. What it does not understand it refuses (Unread) and
never guesses: two vectors side by side have no product, an unknown letter has no value. Knows no course.
"""
