"""The GRU in words: what each part does, how books write it, what tells it from the LSTM.

Tables of texts; each variant is one row. Knows no question texts.

    gru_role         row `case` of a table: texts `role`, `part`, `wrong_one`, `wrong_two`, `wrong_three`,
                     the job of each: `why`, `wrong_one_why`, `wrong_two_why`, `wrong_three_why`
    gru_notation     row `case` of a table: texts `source`, `there`, `here`, `wrong_one`, `wrong_two`
                     and what these are, `wrong_one_why`, `wrong_two_why`
    gru_or_lstm      row `case` of a table: texts `sentence`, the right `cell` and `why`, the wrong answers
                     `other` and `third` with what is `against` them and `against_third`
    gru_source       row `case` of a table: texts `source`, `line`, `wrong_line`, `meaning`,
                     `wrong_meaning`, and `users` of the wrong line
"""

from __future__ import annotations

from content.generators.domain import Generator, Span
from content.placeholders import Values

_PARTS = ("the update gate", "the reset gate", "the candidate state", "the new hidden state")
_JOBS = (
    "The update gate sets the shares of old state and candidate in the new state.",
    "The reset gate sets how much of the old state the candidate sees.",
    "The candidate is what the step proposes: a tanh of the input and the reset old state.",
    "The new hidden state is the result: the mixture that the step hands on.",
)
_ROLES = (
    ("decides how much of the old state the candidate gets to see", 1),
    ("multiplies $h_{t-1}$ entry by entry before the candidate is formed", 1),
    ("makes the candidate depend on the present input alone when it is near 0", 1),
    ("tends to be active in units that follow short-term patterns", 1),
    ("sets the weights with which old state and candidate are mixed", 0),
    ("decides whether the old state, such as the number of the subject, is kept until the verb comes", 0),
    ("tends to be active in units that follow long-term patterns", 0),
    ("does the work of both the forget gate and the input gate of an LSTM", 0),
    ("ends in a tanh, so its entries lie between -1 and 1", 2),
    ("is the proposal made of the present input and the reset past", 2),
    ("is what the step hands on to the next step and to the output", 3),
    ("lies, entry by entry, between the old state and the proposal", 3),
)


def _role(case: int) -> Values:
    role, right = _ROLES[case]
    others = [part for part in _PARTS if part != _PARTS[right]]
    wrong = dict(zip(("wrong_one", "wrong_two", "wrong_three"), others, strict=True))
    whys = {f"{name}_why": _JOBS[_PARTS.index(part)] for name, part in wrong.items()}
    return {"role": role, "part": _PARTS[right], "why": _JOBS[right], **wrong, **whys}


_SYMBOLS = (  # where it stands, as it stands there, what it is here, two things it is not
    ("Ng's course", r"$\Gamma_u$", r"$z_t$", r"$r_t$", r"$\tilde h_t$"),
    ("Ng's course", r"$\Gamma_r$", r"$r_t$", r"$z_t$", r"$h_t$"),
    ("Ng's course", r"$\tilde c^{\langle t\rangle}$", r"$\tilde h_t$", r"$h_t$", r"$C_t$ of an LSTM"),
    ("Ng's course", r"$c^{\langle t\rangle}=a^{\langle t\rangle}$", r"$h_t$", r"$\tilde h_t$", r"$z_t$"),
    ("Ng's course", r"$c^{\langle t-1\rangle}$", r"$h_{t-1}$", r"$h_t$", r"$C_{t-1}$ of an LSTM"),
    ("PyTorch's manual", r"$n_t$", r"$\tilde h_t$", r"$h_t$", r"the number of steps"),
    ("the Moodle pages of the notes", r"$h_t^c$", r"$\tilde h_t$", r"$h_t$", r"$C_t$ of an LSTM"),
    ("the Moodle pages of the notes", r"$H'$", r"$\tilde h_t$", r"the derivative of $h_t$", r"$h_{t+1}$"),
    ("the Moodle pages of the notes", r"$R$", r"$r_t$", r"$z_t$", r"$h_t$"),
    ("the Moodle pages of the notes", r"$Z$", r"$z_t$", r"$r_t$", r"$\tilde h_t$"),
    ("the Course 5 pages of the notes", r"$U_z$", r"the part of $W_z$ that acts on $h_{t-1}$",
     r"the part of $W_z$ that acts on $x_t$", r"the bias $b_z$"),
    ("the dated notebook of the notes", r"$W_C$ with the bias $b_C$", r"weights of the candidate",
     r"weights of a cell state", r"weights of the update gate"),
)  # fmt: skip


_NO_CELL = "A GRU has no cell state beside $h_t$."
_MEANT = {
    r"$r_t$": "That is the reset gate, which acts before the candidate is made.",
    r"$z_t$": "That is the update gate, which mixes old state and candidate.",
    r"$h_t$": "That is the new state, the mixture at the end of the step.",
    r"$\tilde h_t$": "That is the candidate, a proposal that is still to be mixed.",
    r"$C_t$ of an LSTM": _NO_CELL,
    r"$C_{t-1}$ of an LSTM": _NO_CELL,
    r"weights of a cell state": _NO_CELL,
    r"the number of steps": "It is a vector with an entry for each unit, not a count.",
    r"the derivative of $h_t$": "No derivative is taken inside the cell; the dash marks a proposal.",
    r"$h_{t+1}$": "The dash marks a proposal within step $t$, not the next step.",
    r"the part of $W_z$ that acts on $x_t$": "This matrix multiplies the state, not the input.",
    r"the bias $b_z$": "A bias is added; this is a matrix that multiplies the state.",
    r"weights of the update gate": "Gates end in a sigmoid; these weights lead into the tanh.",
}


def _notation(case: int) -> Values:
    source, there, here, one, two = _SYMBOLS[case]
    return {
        "source": source,
        "there": there,
        "here": here,
        "wrong_one": one,
        "wrong_two": two,
        "wrong_one_why": _MEANT[one],
        "wrong_two_why": _MEANT[two],
    }


_BOTH = "both"
_COMPARED = (
    ("has three gates", "LSTM", "Forget, input and output gate.", "The GRU has two gates: reset and update."),
    ("has two gates", "GRU", "Reset and update gate.", "The LSTM has three gates: forget, input and output."),
    (
        "hands on a single state",
        "GRU",
        "Only $h_t$; there is no cell state.",
        "The LSTM hands on two, $C_t$ and $h_t$.",
    ),
    (
        "hands on a cell state beside the hidden state",
        "LSTM",
        "The pair $C_t$, $h_t$.",
        "The GRU has no cell state, only $h_t$.",
    ),
    (
        "owns four blocks of weights",
        "LSTM",
        "Three gates and the candidate.",
        "The GRU owns three: two gates and the candidate.",
    ),
    (
        "owns three blocks of weights",
        "GRU",
        "Two gates and the candidate.",
        "The LSTM owns four: three gates and the candidate.",
    ),
    (
        "has an output gate",
        "LSTM",
        "It sets how much of the cell state is shown.",
        "The GRU has none; it shows its whole state.",
    ),
    (
        "uses one gate for both keeping and taking in",
        "GRU",
        "The shares $z$ and $1-z$ add up to 1.",
        "The LSTM has two for that: forget and input gate.",
    ),
    (
        "has $4(dh+h^2+h)$ parameters with one bias a block",
        "LSTM",
        "Four blocks of $h(d+h)+h$.",
        "The GRU has three such blocks, $3(dh+h^2+h)$.",
    ),
    (
        "has $3(dh+h^2+h)$ parameters with one bias a block",
        "GRU",
        "Three blocks of $h(d+h)+h$.",
        "The LSTM has four such blocks, $4(dh+h^2+h)$.",
    ),
    (
        "was published in 2014 by Cho and others",
        "GRU",
        "The LSTM dates from 1997.",
        "The LSTM was published in 1997, by Hochreiter and Schmidhuber.",
    ),
    (
        "needs less computation for a step",
        "GRU",
        "About three quarters.",
        "The LSTM computes four blocks a step, the GRU three.",
    ),
    (
        "makes its candidate with a $\\tanh$",
        _BOTH,
        "The candidate is content, and may be negative, in either cell.",
        "So does the other one: $\\tilde C_t$ of the LSTM, $\\tilde h_t$ of the GRU.",
    ),
    (
        "uses the same weights at all time steps",
        _BOTH,
        "Both are recurrent networks.",
        "So does the other one: every recurrent network shares its weights over time.",
    ),
    (
        "was made against vanishing gradients",
        _BOTH,
        "Each has a path on which a state may be kept.",
        "So was the other one: both can keep a state from step to step.",
    ),
)


def _compared(case: int) -> Values:
    sentence, cell, why, against = _COMPARED[case]
    if cell == _BOTH:
        other, third, against_third = "the LSTM", "the GRU", against
    else:
        other, third = "the GRU" if cell == "LSTM" else "the LSTM", _BOTH
        against_third = f"In this point the two differ. {against}"
        cell = f"the {cell}"
    return {
        "sentence": sentence,
        "cell": cell,
        "other": other,
        "third": third,
        "why": why,
        "against": against,
        "against_third": against_third,
    }


_A = r"$h_t=(1-z_t)\odot h_{t-1}+z_t\odot\tilde h_t$"
_B = r"$h_t=z_t\odot h_{t-1}+(1-z_t)\odot\tilde h_t$"
_NEW, _OLD = "take the new candidate", "keep the old state"
_SOURCES = (
    ("Chung et al. 2014", "A"),
    ("the Moodle pages of the notes", "A"),
    ("Ng's course, with $\\Gamma_u$ for $z_t$", "A"),
    ("Cho et al. 2014", "B"),
    ("PyTorch", "B"),
    ("Keras", "B"),
    ("Géron's book", "B"),
    ("step 1 on the Course 5 pages of the notes, close to 1: “keep more old memory”", "B"),
)


def _source(case: int) -> Values:
    source, convention = _SOURCES[case]
    a = convention == "A"
    return {
        "source": source,
        "line": _A if a else _B,
        "wrong_line": _B if a else _A,
        "meaning": _NEW if a else _OLD,
        "wrong_meaning": _OLD if a else _NEW,
        "users": "PyTorch and Keras" if a else "Chung et al. 2014",
    }


GENERATORS = (
    Generator("gru_role", {"case": Span(0, len(_ROLES) - 1)}, _role),
    Generator("gru_notation", {"case": Span(0, len(_SYMBOLS) - 1)}, _notation),
    Generator("gru_or_lstm", {"case": Span(0, len(_COMPARED) - 1)}, _compared),
    Generator("gru_source", {"case": Span(0, len(_SOURCES) - 1)}, _source),
)
