"""What the slope can be asked for: every parameter, first states, and what is computed at each step."""

from __future__ import annotations

from dataclasses import dataclass

from engine.derivations.programs import named, program, start_name
from engine.symbolic.jobs import GradientJob
from engine.tape.latex import latex
from engine.tape.names import shape_words


@dataclass(frozen=True, slots=True)
class Parameter:
    r"""Something that `wrt` can be.

    Attributes:
        key: what `wrt` says, e.g. "W_h", "h_0", "a".
        latex: e.g. "W_h", "h_{0}", "a_{t}".
        label: in words, e.g. "weights from state to state".
        shape: in words, as it is written: "h × d", with vectors as rows "d × h"; "number" of one unit.
    """

    key: str
    latex: str
    label: str
    shape: str


def parameters(job: GradientJob) -> tuple[Parameter, ...]:
    """What a job's `wrt` may be, in the order of a list; the job's other fields must be valid."""
    return tuple(_parameter(job, key) for key in keys(job))


def keys(job: GradientJob) -> tuple[str, ...]:
    """The keys alone."""
    made = program(job)
    if job.model == "clipping":
        return ("g_by_norm", "g_by_value")
    learned = [parameter.name for parameter in made.parameters]
    given = [] if made.starts else [x.name for x in made.inputs if x.name != "eps"]
    starts = [start_name(start) for start in made.starts]
    timed = [*made.states, *(name for name in made.sums if made.definition(name).var.at is not None)]
    return (*given, *learned, *starts, *timed)


def _parameter(job: GradientJob, key: str) -> Parameter:
    wanted = named(job, key)
    shape = wanted.shape[::-1] if job.rows else wanted.shape
    return Parameter(key, latex(wanted), _label(job, key), shape_words(shape))


_GATES = {
    "lstm": {"f": "the forget gate", "i": "the input gate", "g": "the candidate", "o": "the output gate"},
    "gru": {"z": "the update gate", "r": "the reset gate", "n": "the candidate"},
}
_LABELS = {
    "W_h": "weights from state to state",
    "W_i": "weights from input to state",
    "b_h": "bias of the state",
    "W_o": "weights from state to output",
    "b_o": "bias of the output",
    "W_y": "weights from state to output",
    "b_y": "bias of the output",
    "h_0": "first state",
    "c_0": "first cell state",
    "h": "state at step t",
    "c": "cell state at step t",
    "a": "pre-activation at step t, whose gradient is δ_t",
    "c_n": "bias of what the reset gate chooses from",
    "W_h_rev": "weights from state to state, backwards",
    "W_i_rev": "weights from input to state, backwards",
    "b_h_rev": "bias of the backward state",
    "W_o_rev": "weights from backward state to output",
    "h_rev_T+1": "backward network's first state",
    "h_rev": "backward state at step t",
    "a_rev": "backward pre-activation at step t, whose gradient is δ_t",
    "W_a": "weights from d_0 to the scores",
    "U_a": "weights from the encoder's states to the scores",
    "v_a": "weights of the scores",
    "W_d": "weights from d_0 to the decoder's next state",
    "W_c": "weights from the context to the decoder's next state",
    "b_d": "bias of the decoder's next state",
    "s": "what softmax is taken of",
    "x": "what is normalised",
    "X": "what is normalised, a batch of examples",
    "gamma": "scale",
    "beta": "shift",
    "g_by_norm": "gradient cut down by its norm",
    "g_by_value": "gradient cut down entry by entry",
}
_OF_LAYER = {
    "W_i": "layer «n»: weights from below",
    "W_h": "layer «n»: weights from state to state",
    "b_": "layer «n»: bias",
    "h": "layer «n»: state at step t",
    "a": "layer «n»: pre-activation at step t, whose gradient is δ_t",
}


def _label(job: GradientJob, key: str) -> str:
    kind, _, rest = key.partition("_")
    if job.model == "layers" and key not in _LABELS:
        if rest == "0":
            return f"layer {kind[-1]}: first state"
        return _OF_LAYER[key[:-1]].replace("«n»", key[-1])
    gates = _GATES.get(job.model, {})
    if rest in gates and key != "c_n":
        return _of_gate(kind, gates[rest], job.model == "lstm" and job.gates == "stacked")
    return _LABELS[key]


def _of_gate(kind: str, gate: str, stacked: bool) -> str:
    told = {
        "W": f"weights of {gate}" if stacked else f"weights from input to {gate}",
        "U": f"weights from state to {gate}",
        "b": f"bias of {gate}",
        "a": f"pre-activation of {gate} at step t",
    }
    return told[kind]
