"""What changes the numbers of a derivation and is a matter of convention, in words for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Set

from engine.derivations.options import SHOWN_STEPS, as_written
from engine.symbolic.jobs import GradientJob
from engine.tape.names import is_sum
from engine.tape.nodes import NUMBER, Node, Partial, Prod, Slope
from engine.tape.walk import walk

Told = tuple[str, str]

_RECURRENT = ("rnn", "lstm", "gru", "birnn", "layers")


def conventions(job: GradientJob) -> tuple[Told, ...]:
    """(name, choice) pairs of a valid job, the model's own first; no two have the same name."""
    told = (*_of_model(job), *_of_end(job), *_of_time(job))
    return (*((name, as_written(choice, job)) for name, choice in told), *_of_writing(job))


def _of_model(job: GradientJob) -> Iterator[Told]:
    yield from {
        "rnn": _plain,
        "lstm": _lstm,
        "gru": _gru,
        "birnn": _two_ways,
        "layers": _layers,
        "attention": _attention,
        "softmax": _softmax,
        "layernorm": _layer_norm,
        "batchnorm": _batch_norm,
        "clipping": _clipping,
    }[job.model](job)


def _plain(job: GradientJob) -> Iterator[Told]:
    zero = ", its derivative at 0 is 0" if job.activation == "relu" else ""
    yield "Activation", {"relu": "ReLU", "identity": "none"}.get(job.activation, job.activation) + zero
    yield "Biases", "one a unit, as in books; PyTorch adds a second one to it"


def _lstm(job: GradientJob) -> Iterator[Told]:
    apart = "a matrix for x_t and one for h_{t-1}: W x_t + U h_{t-1} + b"
    stacked = "one matrix for both: W [h_{t-1}; x_t] + b, the state before the input"
    yield "Gates", stacked if job.gates == "stacked" else apart
    yield "Peepholes", "none: gates do not see the cell state"
    yield "Biases", "one a gate, as in books; PyTorch adds a second one to it"


def _gru(job: GradientJob) -> Iterator[Told]:
    keeps = "keeps the old state: h_t = z ⊙ h_{t-1} + (1 - z) ⊙ n (Cho et al. 2014, PyTorch)"
    takes = "takes the new state: h_t = (1 - z) ⊙ h_{t-1} + z ⊙ n (Chung et al. 2014)"
    after = "after the product, r ⊙ (U_n h_{t-1} + c_n), as PyTorch"
    before = "before the product, U_n (r ⊙ h_{t-1}) (Cho et al. 2014, Chung et al. 2014)"
    two = "; the candidate has b_n and, inside the reset, c_n" if job.reset == "after" else ""
    yield "GRU z", keeps if job.update == "keep" else takes
    yield "GRU reset", after if job.reset == "after" else before
    yield "Biases", "one a gate, as in books" + two


def _two_ways(job: GradientJob) -> Iterator[Told]:
    yield from _plain(job)
    read = "at each step both states of that step"
    if job.outputs == "last":
        read = "h_T and the backward state at T, which has read x_T alone, as the last output of PyTorch"
    yield "Output reads", read


def _layers(job: GradientJob) -> Iterator[Told]:
    yield from _plain(job)
    yield "Layers", "two of h units each; the output reads the second"


def _attention(_job: GradientJob) -> Iterator[Told]:
    yield "Scores", "v_aᵀ tanh(W_a d_0 + U_a h_j), softmax over the T states (Bahdanau et al. 2015)"
    yield "Decoder", "starts from d_0 = h_T, takes one step, sees no earlier word; the output reads d_1"


def _softmax(_job: GradientJob) -> Iterator[Told]:
    yield "Target", "its entries sum to 1, as of one right class"


_ONES = "ones in a column: 1ᵀu adds up the entries of u, and 1 1ᵀu puts that sum in every place"


def _layer_norm(_job: GradientJob) -> Iterator[Told]:
    yield (
        "Mean and variance",
        "over the h entries of x, the variance divided by h, not h - 1 (Ba et al. 2016)",
    )
    yield "ε", "1e-5, added to the variance inside the root, as in PyTorch"
    yield "Bold 1", _ONES


def _batch_norm(_job: GradientJob) -> Iterator[Told]:
    over = "of each feature over the m examples, the variance divided by m, not m - 1 (Ioffe & Szegedy 2015)"
    yield "Mean and variance", over
    yield "ε", "1e-5, added to the variance inside the root, as in PyTorch"
    yield "Bold 1", f"{_ONES}; fractions of matrices divide entry by entry"


def _clipping(job: GradientJob) -> Iterator[Told]:
    if job.wrt == "g_by_value":
        each = "each entry by itself is cut to [-v, v] (Goodfellow et al. 2016, section 10.11.1)"
        yield "Clipping", f"by value: {each}; so the direction may turn"
        return
    yield "Norm", "of all entries together; a gradient that is not longer than v stays (Pascanu et al. 2013)"


def _of_end(job: GradientJob) -> Iterator[Told]:
    """The loss and what it is the loss of."""
    if job.model == "clipping":
        return
    one = {
        "half": "½ ‖ŷ - y‖²: the ½ cancels the 2 of the derivative",
        "whole": "‖ŷ - y‖², without ½: gradients are twice those with it",
        "cross-entropy": "cross-entropy -Σ_i y_i ln ŷ_i of a softmax, in nats",
    }[job.loss]
    yield "Loss", one if job.model not in ("layernorm", "batchnorm") else "½ the sum of all (out - y)²"
    if job.model in _RECURRENT:
        each = "one at each step; L is the sum of the L_t over t, not their mean"
        yield "Outputs", each if job.outputs == "each" else "one, after the last step"


def _of_time(job: GradientJob) -> Iterator[Told]:
    if job.model not in (*_RECURRENT, "attention"):
        return
    yield "First state", "a given number, not taken to be 0; it has a gradient too"
    if not job.steps:
        yield "T", f"stays a letter; numbers are shown and checked for T = {SHOWN_STEPS}"
    if job.truncate:
        k = job.truncate
        pieces = f"no gradient passes back from step t + 1 to t where {k} divides t; states do pass"
        yield "Truncated BPTT", f"pieces of {k} {'step' if k == 1 else 'steps'}: {pieces}"


def _of_writing(job: GradientJob) -> Iterator[Told]:
    """How slopes are called and laid out."""
    from engine.derivations.derive import derive  # the window imports this file, but asks for no conventions

    steps = derive(job).steps
    found = {node for step in steps for side in (step.left, *step.chain) for node in walk(side)}
    if any(isinstance(node, Slope) and is_sum(node.of.name) for node in found):
        yield "δ", "the gradient of a pre-activation: δ_t is ∂L/∂a_t, with the same marks as a"
    if job.scalar:
        return
    weighted = job.model in (*_RECURRENT, "attention")
    stands = ": a = x W, where W stands for the transposed matrix" if weighted else ""
    rows = f"rows{stands}; all numbers are shown transposed"
    yield "Vectors", rows if job.rows else "columns: a = W x" if weighted else "columns"
    if job.rows:
        yield "Rules", "stated in general with columns; the lines have rows"
    if job.model != "clipping":
        yield "Layout", "a gradient has the shape of what it is taken by: ∂L/∂W that of W"
        entry = "j-th output by the i-th input" if job.rows else "i-th output by the j-th input"
        yield "Jacobians", f"entry (i, j) is the derivative of the {entry}"
    yield from _of_products(job, found)


def _of_products(job: GradientJob, found: Set[Node]) -> Iterator[Told]:
    """Of Jacobians by matrices and over many steps, where there are any among the nodes of the lines."""
    partials = [node for node in found if isinstance(node, Partial)]
    if any("1" not in node.by.shape for node in partials):
        yield "vec", f"the {'rows' if job.rows else 'columns'} of a matrix, one after another"
    if any(node.of.shape == NUMBER != node.by.shape for node in partials):
        one = "one column" if job.rows else "one row"
        yield "ᵀ below", f"∂L/∂uᵀ is the gradient as a Jacobian with {one}, (∂L/∂u)ᵀ; ∂L/∂u lies as u does"
    if any(isinstance(node, Prod) for node in found):
        order = "right: J_1 J_2 ⋯ J_T" if job.rows else "left: J_T ⋯ J_2 J_1"
        yield "∏ over time", f"the latest factor on the {order}"
