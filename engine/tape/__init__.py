"""A small language of matrices in which networks are written, and differentiated backwards.

    index.py        times and spans of time: t - 1, T, t = T-1 .. 1
    nodes.py        the language: matrices as shape-checked trees, equal ones being one object
    makers.py       how nodes are made
    walk.py         looking around in a tree, and putting things in
    program.py      a network as a forward program: definitions in the order of computing
    latex.py        a tree as LaTeX (latex_nodes.py: each kind of node); names.py: how quantities are written
    plain.py        a tree as text that one can type; mirror.py: with rows for columns
    numbers.py      numbers into a tree, for many points and times at once: folds.py functions.py
    local.py        the local rules of reverse mode: how a gradient passes back through one node
    jacobian.py     the same as matrices; tidy.py: 1/2 * 2 = 1; opened.py: sums over time written out

The networks as programs:
    rnn.py lstm.py gru.py two_ways.py layers.py attention.py normalisation.py single.py
    outputs.py      the end that they share, from a state to the loss; sizes.py: names of sizes

Knows no rules, no derivations and no window. This file imports nothing.
"""
