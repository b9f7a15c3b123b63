"""What holds derivations against numbers that know nothing of them.

    oracles.py      every network once more, in plain NumPy: oracles_plain.py oracles_gated.py
                    oracles_single.py; oracles_run.py records and nudges
    drawing.py      the numbers that lines are tried with; fitting.py: given ones; guarded.py
    world.py        values of all leaves of one derivation: recorded.py, waiting.py, jacobians.py, nearby.py
    checks.py       the checkers that the rules name

Other ways to the same gradient:
    agreements.py   all of them, side by side
    by_hand.py      the engine's hand-written passes: by_hand_cells.py by_hand_single.py
    central.py      central differences; expansion.py: SymPy; opinions.py: torch, torch_forwards.py

This file imports nothing.
"""
