"""Pasted Python -> exact counts of each line, and their class. Nothing pasted is ever executed.

Knows the language of formulas, recurrences and classes of growth. This file imports nothing.
"""
