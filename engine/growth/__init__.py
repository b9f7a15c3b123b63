"""Classes of growth: compared exactly, printed as Theta, decided with witnesses.

    classes.py      a class, exact compare, and its names

Knows the language of formulas (`engine.symbolic`); nothing of recurrences or code.
This file imports nothing.
"""
