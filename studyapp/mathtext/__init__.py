"""LaTeX to vector paths, and Markdown with maths in Qt text documents. Nothing else draws formulas.

    errors.py     what can be wrong with a formula
    engine.py     LaTeX -> SVG: MathJax in QuickJS, in a thread of its own, limited in time and memory
    svg.py        SVG -> Drawing
    drawing.py    Drawing: marks in 1/1000 em, and its one-line record in the caches
    outlines.py   path data -> QPainterPath; the table of glyphs
    box.py        Box: a formula that can be painted at any size in any colour
    pixmaps.py    formulas already painted, the least recently used ones dropped
    shipped.py    the formulas of the course, prerendered in resources/formulas.z
    kept.py       the user's cache of formulas, SQLite
    cache.py      formula(tex, display) -> Box or Trouble: memory, shipped, kept, engine
    prefetch.py   sets formulas in a thread before they are shown
    prerender.py  python -m studyapp.mathtext.prerender writes and checks resources/formulas.z
    markdown.py   Markdown -> tokens
    style.py      fonts and colours of the text formats
    parts.py      a long display formula as parts, cut at its gaps
    rows.py       a formula whole, or its parts in rows where there is no room
    tail.py       the signs after a formula that may not begin a line
    mathobject.py one formula inside a text document, on the baseline
    blocks.py     what Qt's text blocks tell about themselves
    inline.py     what stands inside a block
    minus.py      a true minus for negative numbers in plain words
    joined.py     hyphens and spaces at which no line ends
    writer.py     tokens -> QTextDocument
    tables.py     table tokens -> QTextTable
    columns.py    how wide the columns of a table are
    table_rows.py room moved between columns for the fewest lines
    items.py      items of lists that are nothing but a formula
    quotes.py     the bar beside what is quoted
    copying.py    part of a QTextDocument -> Markdown
    reading.py    ReadingView: read-only text that behaves like a part of its page
    view.py       MathView: that, with Markdown and formulas
    label.py      MathLabel: one formula as a widget
    paper.py      Markdown laid out on sheets of A4
    truetype.py   outlines -> a TrueType font in memory
    glyph_text.py glyphs of formulas as text of such fonts
    pdf.py        Markdown -> a PDF, formulas as text
    pictures.py   pictures in a text
    demo.py       both, shown by themselves

This file imports nothing. Knows no page, no bridge, no database but its own cache.
"""
