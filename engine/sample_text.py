"""The built-in text of the character task: lines with one shape, so that learning shows soon.

A small network first finds the letters, then the words that every line repeats, then which
words change.
"""

SAMPLE_TEXT = """\
on monday the cat sleeps on the chair, and the rain says drip, drip, drop.
on tuesday the cat sleeps on the stair, and the rain says drip, drip, drop.
on wednesday the cat sleeps under the stair, and the clock says tick, tick, tock.
on thursday the cat sleeps under the chair, and the clock says tick, tick, tock.
on friday the cat sleeps in a hat, and the rain says drip, drip, drop.
on saturday the cat sleeps on the mat, and the clock says tick, tick, tock.
on sunday the cat wakes up, and the rain stops, and the clock stops.

on monday the dog sleeps on the mat, and the rain says drip, drip, drop.
on tuesday the dog sleeps in a hat, and the rain says drip, drip, drop.
on wednesday the dog sleeps under the chair, and the clock says tick, tick, tock.
on thursday the dog sleeps under the stair, and the clock says tick, tick, tock.
on friday the dog sleeps on the stair, and the rain says drip, drip, drop.
on saturday the dog sleeps on the chair, and the clock says tick, tick, tock.
on sunday the dog wakes up, and the cat wakes up, and the sun is out.
"""
