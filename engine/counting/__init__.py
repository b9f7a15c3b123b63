"""What networks and their gradients cost, read off their lines, and counted once more by running them.

    costs.py             the answer: parameter_counts.py, multiplications.py, keeping.py (memory)
    passes.py            the lines of a whole run, forward and back to every parameter
    counted.py           the oracle: runs those lines number by number, and counts
    polynomial.py        counts as formulas in h, d, k, T

This file imports nothing.
"""
