"""Recurrent networks, from equations to training. No Qt, no database, no window.

What a run is:
    config.py       RunConfig: every knob of a run; knobs.py: what is known of one knob
    combinations.py which knobs cannot be together; conventions.py: what changes numbers, in words
    presets/        prepared runs for the topics of the course
    tasks/          what there is to learn: seeded batches, the student's own text and tables

What computes:
    cells/          RNN, LSTM, GRU and their variants: one step forward and back, every gate named
    bptt.py         unroll T steps, go back by hand; uses.py: where each parameter was used
    models/         the architectures: recurrent, Jordan, encoder-decoder, attention, word2vec, NTM
    kernels/        RNN, LSTM and GRU once more, in C
    losses.py inits.py optim.py clipping.py schedules.py regulariser.py parameters.py
    itemised.py     the gradient by loss step and place; jacobians.py: what travels back, and how much
    nets.py         torch: the oracle that the hand-written passes are held against

What trains:
    train.py        Run: one step at a time, back to any step, into branches; train: its plain form
    history.py      keyframes and the knobs of every step; branches.py: a run's family
    snapshot.py     what a step looked like (NumPy only)
    sweep.py        up to 64 variants side by side
    sampling.py beam.py writing.py   text out of a trained run
    checkpoint.py   a run in one file (tensor_file.py reads it as a stranger's, remembered.py judges it)
    whole_file.py   files written whole or not at all
    export.py       a PyTorch script that goes on where we stop

What speaks:
    messages.py     what is said to the training process, and what it answers
    session.py      a run under command: messages in, events out, no process in sight
    worker.py       the training process; outbox.py sends without waiting; child.py dies with its parent
    errors.py       the error tree, drawn in its docstring
    tape/           a language of matrices, and the networks as forward programs in it
    derivations/    gradients of these programs, line by line
    checking/       holds every line against numbers; counting/ what it costs; working/ a student's lines
    symbolic/       formulas and recurrences; the process that derives

How to use it from Python is in README.md beside this file, which imports nothing, so that
importing one leaf stays cheap.
"""
