"""The declarative drawing of a diagram file -> shapes, lines and texts with numbers for places.

    repeats.py   `for`: one entry -> several, with <t> filled in
    fields.py    the fields of an entry: points, pairs, choices
    places.py    names -> rectangles; `f.top`, `[f.x, 3]`, 'ax@2,0.5' -> a point
    shapes.py    box, layer, circle, pill, joint, group, text
    lines.py     line, arrow, brace, area
    grids.py     grid, cells
    plots.py     axes, curve, bars
    drawer.py    an entry -> primitives, by its first word

content/diagram_reader.py uses it; FORMAT.md says what may be written. Imports nothing by itself.
"""
