"""What there is to read, as texts: built from the bank's records, shown by the Notes page. No Qt.

place.py      ReadingPlace: where one reads, as an address
links.py      what a link in a text leads to
text.py       Text: Markdown with a place for each of its things
contents.py   every unit and topic, how far one is, what to read next
unit.py       the page of a unit
glossary.py   all terms, alphabetically
sheet.py      the formula sheet
gallery.py    all pictures
memory.py     what was read, how far, and which units are folded
heading.py    what stands above a text
"""
