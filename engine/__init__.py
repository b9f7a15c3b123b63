"""Recurrent networks, from equations to training. No Qt, no database, no window.

    config.py     RunConfig: every knob of a run, each with its label, range and help
    tasks.py      seeded tiny tasks and the student's own text; sample_text.py is the built-in one
    losses.py     cross-entropy and squared error, each with its derivative
    cells/        RNN, LSTM, GRU and their variants: one readable step each, every gate named
    bptt.py       unroll T steps, go back by hand, keep every time step's share
    parameters.py one flat vector and the named weights in it
    inits.py      how weights start: six schemes
    optim.py      SGD, Adam and clipping, by hand
    train.py      train(config): a generator, one Snapshot a step; Run: the same, step by step
    snapshot.py   what a step looked like (NumPy only)
    sampling.py   text out of a trained model, with temperature
    nets.py       torch: the oracle that the hand-written passes are held against
    child.py      a child process that is spoken to by messages and dies with its parent
    messages.py   what is said to the training process, and what it answers
    session.py    one run under command: messages in, events out, no process in sight
    outbox.py     sends events without waiting for the reader
    worker.py     the training process: a session between the two ends of a pipe
    errors.py     the error tree, drawn in its docstring
    symbolic/     formulas, recurrences and derivations, every line checked

This file imports nothing, so that importing one leaf stays cheap.
"""
