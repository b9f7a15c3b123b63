"""Gradients of networks, derived line by line in the tape language.

What the window reads (no NumPy):
    catalogue.py    which gradients can be asked for: models.py options.py parameters.py conventions.py
    programs.py     the network that a job is about; types_of_jobs.py: whether it is one
    network.py      its picture, and what of it a line talks about; network_folds.py
    steps.py        a line as data

From a job to its lines:
    derive.py       forward lines, lines back, what it means over many steps; sheet.py numbers them
    backward.py     one family of lines for each variable: flow.py who uses what when, dependence.py
    softmax_lines.py norm_lines.py clipping_lines.py    short forms that one knows by heart
    products.py     step Jacobians, the sum of all paths; bounds.py; gated_lines.py: LSTM and GRU
    rules.py        the catalogue: rules_forward.py rules_backward.py rules_closed.py rules_products.py
    places.py wording.py    what a line lights, and the facts of its sentence

From lines to what is shown:
    answers.py      the whole answer, checked; lines.py its lines: typeset.py values.py compact.py
    problem.py methods.py   what stands above the lines, and beside them

From Python:
    gradients.py    numbers from the derivation's own last lines; interpret.py runs it, plain_arrays.py

What checks all this is in `checking`, what counts it in `counting`, a student's side of it in
`working`. This file imports nothing.
"""
