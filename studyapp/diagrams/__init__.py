"""Pictures of the course, painted from their records. The only renderer of diagrams.

    palette.py    roles -> colours of a theme
    words.py      words with $maths$ -> lines of runs that know their size
    paths.py      rounded corners, smooth curves, braces, arrow heads
    marks.py      a Diagram -> marks: outlines and words with a part and a rank, 40 units a cell
    picture.py    Picture: marks painted at any size, with one part in front, or labels hidden, or values
    svg.py        a Picture -> SVG, every part a group of its own
    tips.py       what is said about a part
    actions.py    copy, save: what the menu of a picture offers
    view.py       DiagramView: a picture as a widget
    window.py     a picture in a window of its own
    textobject.py a picture inside a text document
    library.py    id -> Picture, kept
    __main__.py   python -m studyapp.diagrams ID --theme dark --png FILE

Knows no page, no bridge, no bank: diagrams are handed in. Imports nothing by itself.
"""
