"""Worked numbers: the expressions behind the numbers of a note, evaluated and never executed.

    reading.py     text -> a checked tree, or WorkedError with the column
    evaluate.py    tree + names -> value, with bounds on its size
    maths.py       plain functions: sigmoid, softmax, norm ...
    naming.py      the numbers of a note, each from those before
    functions.py   name -> function, of every file here that has FUNCTIONS
    recurrent.py   cells and their sizes, through the engine
    learning.py    losses, BPTT and counts, through the engine
    stability.py   Jacobians, clipping, norms, residual links, through the engine
    unrolled.py    the links of the chain rule of BPTT, measured; forcing.py: truth or own output fed back
    both_ways.py   a bidirectional LSTM; storing.py: addresses in memory
    spectral.py    eigenvalues and eigenvectors
    language.py    attention, perplexity, temperature, embeddings
    beyond.py      memory addressing; convolving, descending, rating and explaining have the adjacent subjects
    counting.py    steps and calls, counted
    drawing.py     random values of given shapes, for the formula sheet's checks

Values are whole numbers, floats and NumPy arrays. Imports nothing by itself.
"""
