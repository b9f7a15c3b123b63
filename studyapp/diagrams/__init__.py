"""Pictures of the course, painted from their records. The only renderer of diagrams.

    palette.py    roles -> colours of a theme
    words.py      words with $maths$ -> lines of runs that know their size
    paths.py      rounded corners, smooth curves, braces, arrow heads
    marks.py      a Diagram -> marks: outlines and words with a part and a rank, 40 units a cell
    picture.py    Picture: marks painted at any size; one part in front, labels hidden, values filled in
    export.py     a Picture -> an image
    svg.py        a Picture -> SVG, every part in groups of its own
    tips.py       words about a part for those who hear them
    popover.py    the explanation beside a part
    taking.py     copy, save: what the menu of a picture offers
    view.py       DiagramView: a picture as a widget
    window.py     a picture in a window of its own
    hover.py      the same explanations for pictures inside a text, for the mouse
    walk.py       and for the keyboard
    __main__.py   python -m studyapp.diagrams ID --theme dark --png FILE

Knows no page, no bridge, no bank: diagrams are handed in. Imports nothing by itself.
"""
