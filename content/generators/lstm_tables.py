r"""What is to be told apart in an LSTM: its lines, places, jobs, shapes, and what its gates do.

Names before the semicolon are drawn, those after it computed.

| name | values |
|---|---|
| `lstm_line` | one of six lines in one of two notations; texts `part_name letters`, `equation` and `why` it is right, wrong ones `other1 other2 other3` with their slips `slip1 slip2 slip3` |
| `lstm_place` | a place in the drawing of the cell, text `place`; texts `name`, `other1 other2 other3` and where they are, `at1 at2 at3` |
| `lstm_job` | a situation, text `situation`; texts `gate` (or candidate) that does it, `other1 other2 other3` with what they do, `does1 does2 does3` |
| `lstm_shape` | `d h`; text `object`; texts `shape`, `other1 other2 other3`, and against them `why1 why2 why3` |
| `gate_pattern` | `f i` 0 or 1, `c_prev g`; `c`; texts `reading`, `other1 other2 other3`, whose gates would be `f1 i1`, `f2 i2`, `f3 i3` |
"""  # noqa: E501 - rows of a table

from __future__ import annotations

from typing import Any

from content.generators.domain import Generator, OneOf, Span
from content.placeholders import Values

_BOTH = OneOf((0, 1))
_MEMORY = Span(-20, 20, places=1, zero=False)
_SHARE = Span(1, 9, places=1)
_PARTS = ("forget gate", "input gate", "candidate", "new cell state", "output gate", "new hidden state")
_USUAL = {
    "v": r"[h_{t-1},x_t]",
    "x": "x_t",
    "c_old": r"C_{t-1}",
    "c": "C_t",
    "g": r"\tilde C_t",
    "h": "h_t",
    **{"f": "f_t", "i": "i_t", "o": "o_t"},
    **{"wf": "f", "wi": "i", "wo": "o", "wc": "C"},
    "by": r"\odot",
}
_NG = {
    "v": r"[a^{\langle t-1\rangle},x^{\langle t\rangle}]",
    "x": r"x^{\langle t\rangle}",
    "c_old": r"c^{\langle t-1\rangle}",
    "c": r"c^{\langle t\rangle}",
    "g": r"\tilde c^{\langle t\rangle}",
    "h": r"a^{\langle t\rangle}",
    **{"f": r"\Gamma_f", "i": r"\Gamma_u", "o": r"\Gamma_o"},
    **{"wf": "f", "wi": "u", "wo": "o", "wc": "c"},
    "by": "*",
}
_LETTERS = (("the usual letters", _USUAL), ("Ng's letters", _NG))
_PLACES = (
    ("the line that runs along the top from left to right", "the cell state"),
    ("the line that runs along the bottom and leaves to the right", "the hidden state"),
    ("the first sigma box, whose result meets the top line at a product", "the forget gate's layer"),
    ("the trained box with tanh", "the candidate's layer"),
    ("the sigma box whose result is multiplied with the candidate", "the input gate's layer"),
    ("the sigma box whose result meets the squashed cell state", "the output gate's layer"),
    ("the plus on the top line", "the sum of kept and new memory"),
    (
        "the tanh on the branch from the new cell state down to the last product",
        "a squashing without weights",
    ),
    ("the joint at the lower left where two vectors become one", "the stacking of last output and input"),
    ("the product on the top line, before the plus", "the old memory times the forget gate"),
)
_JOBS = (
    ("The subject of the sentence changes, so the old subject's number has to go.", 0),
    ("A full stop ends a topic; what was stored about it is to be wiped out.", 0),
    ("The old content of the memory must not fade over a hundred steps.", 0),
    ("A bracket that was remembered as open has been closed; the note of it has to go.", 0),
    ("A new subject has appeared and its number is proposed; it is to be let into the memory.", 1),
    ("A word without importance must not disturb the memory by anything new.", 1),
    ("A marked number has come and is proposed; it is to go into the sum in full.", 1),
    ("The verb comes next, so the stored number of the subject is to be shown now.", 2),
    ("The stored fact is of no use at this step and should stay out of sight.", 2),
    ("The memory is well above 1, and only a share of its squashed value may be put out.", 2),
    ("New content, between -1 and 1, has to be made out of the word just read.", 3),
    ("The memory is to be lowered, so a negative number has to be proposed for it.", 3),
)
_NAMES = (
    ("the forget gate", r"It decides how much of the old memory $C_{t-1}$ stays, no more."),
    ("the input gate", r"It decides how much of the candidate $\tilde C_t$ is written, no more."),
    ("the output gate", r"It decides how much of $\tanh(C_t)$ is shown; the memory itself it leaves alone."),
    ("the candidate", "It is content, not a gate: it proposes what to write and lets nothing in or out."),
)
_OBJECTS = ("stacked vector $[h_{t-1},x_t]$", "matrix $W_f$", "bias $b_o$", "cell state $C_t$", "gate $i_t$")
_READINGS = {
    (1, 0): "it keeps its memory",
    (0, 1): "it overwrites its memory",
    (1, 1): "it adds to its memory",
    (0, 0): "it clears its memory",
}


def _line(part: int, notation: int) -> Values:
    name, letters = _LETTERS[notation]
    right, *wrong = _lines(part, letters)
    equations = {f"other{n}": text for n, (text, _) in enumerate(wrong, 1)}
    slips = {f"slip{n}": slip for n, (_, slip) in enumerate(wrong, 1)}
    return {
        "part_name": _PARTS[part],
        "letters": name,
        "equation": right[0],
        "why": right[1],
        **equations,
        **slips,
    }


def _lines(part: int, s: dict[str, str]) -> list[tuple[str, str]]:
    """The right line with its reason, then three slips, each with what is wrong in it."""
    if part in (0, 1, 4):
        return _gate_lines("fi__o"[part], s)
    by = rf" {s['by']} "
    if part == 2:
        return [
            (_layer(r"\tanh", s["wc"], s["v"]), "Content ends in tanh: it may raise or lower a memory."),
            (_layer(r"\sigma", s["wc"], s["v"]), "A sigmoid is for gates. Content may be negative."),
            (_layer(r"\tanh", s["wc"], s["x"]), "The last hidden state is missing beside the input."),
            (s["i"] + by + s["g"], "That is the gated candidate, not the candidate itself."),
        ]
    if part == 3:
        return [
            (s["f"] + by + s["c_old"] + " + " + s["i"] + by + s["g"], "What is kept plus what is let in."),
            (s["i"] + by + s["c_old"] + " + " + s["f"] + by + s["g"], "The two gates changed places."),
            (s["f"] + by + s["c_old"] + by + s["i"] + by + s["g"], "New content is added, not multiplied."),
            (s["o"] + by + rf"\tanh({s['c_old']})", "That would show the old memory; nothing is written."),
        ]
    return [
        (s["o"] + by + rf"\tanh({s['c']})", "The new cell state is squashed, then the gate shows its share."),
        (s["o"] + by + s["c"], "The squashing by tanh is missing."),
        (s["o"] + by + rf"\tanh({s['c_old']})", "That shows the old cell state; it is updated first."),
        (rf"\tanh({s['o']}" + by + s["c"] + ")", "The order is turned round: first squash, then gate."),
    ]


def _gate_lines(gate: str, s: dict[str, str]) -> list[tuple[str, str]]:
    index = s[f"w{gate}"]
    return [
        (_layer(r"\sigma", index, s["v"]), "A gate: a sigmoid layer on hidden state and input, with a bias."),
        (_layer(r"\tanh", index, s["v"]), "A gate ends in a sigmoid, so that it lies between 0 and 1."),
        (_layer(r"\sigma", index, s["x"]), "The gate reads the last hidden state as well."),
        (_layer(r"\sigma", index, s["c_old"]), "The gate reads hidden state and input, not the cell state."),
    ]


def _layer(squash: str, index: str, reads: str) -> str:
    return rf"{squash}\left(W_{index} {reads}+b_{index}\right)"


def _place(row: int) -> Values:
    rest = [entry for place, entry in enumerate(_PLACES) if place != row]
    start = min(max(row - 2, 0), len(rest) - 3)  # neighbours in the table are alike
    others = rest[start : start + 3]
    return {
        "place": _PLACES[row][0],
        "name": _PLACES[row][1],
        **{f"other{n}": name for n, (_, name) in enumerate(others, 1)},
        **{f"at{n}": place for n, (place, _) in enumerate(others, 1)},
    }


def _job(row: int) -> Values:
    situation, gate = _JOBS[row]
    others = [entry for place, entry in enumerate(_NAMES) if place != gate]
    return {
        "situation": situation,
        "gate": _NAMES[gate][0],
        **{f"other{n}": name for n, (name, _) in enumerate(others, 1)},
        **{f"does{n}": does for n, (_, does) in enumerate(others, 1)},
    }


def _shape(thing: int, d: int, h: int) -> Values:
    right, *others = _sizes(d, h)[thing]
    sizes = {f"other{n}": size for n, (size, _) in enumerate(others, 1)}
    whys = {f"why{n}": why for n, (_, why) in enumerate(others, 1)}
    return {"object": _OBJECTS[thing], "shape": right[0], **sizes, **whys}


def _sizes(d: int, h: int) -> tuple[tuple[tuple[str, str], ...], ...]:
    """For each object its size, then three wrong ones with what they would be."""
    stacked = (f"{h + d} numbers", "That is the stacked vector, which has $h+d$.")
    units = (f"{h} numbers", "That is a state, without the input below it.")
    reads = (f"{d} numbers", "That is the input $x_t$ alone, before it is stacked.")
    four = (f"{4 * h} numbers", "These are the biases of all four layers.")
    return (
        (
            stacked,
            units,
            reads,
            (f"{h * d} numbers", "Stacking adds the lengths; it does not multiply them."),
        ),
        (
            (_matrix(h, h + d), ""),
            (_matrix(h, d), "These columns fit the input alone; those for $h_{t-1}$ are missing."),
            (_matrix(h + d, h + d), "The gate has $h$ entries, so the matrix has $h$ rows."),
            (_matrix(d, h + d), "A row for each unit is needed, not for each input."),
        ),
        (units, stacked, reads, four),
        (units, stacked, reads, (f"{2 * h} numbers", "These are both states together.")),
        (units, stacked, reads, ("1 number", "Each unit has its own entry of the gate.")),
    )


def _matrix(rows: int, columns: int) -> str:
    return rf"${rows} \times {columns}$"


def _pattern(f: int, i: int, c_prev: float, g: float) -> Values:
    others = [(text, gates) for gates, text in _READINGS.items() if gates != (f, i)]
    return {
        "c": round(f * c_prev + i * g, 1),
        "reading": _READINGS[f, i],
        **{f"other{n}": text for n, (text, _) in enumerate(others, 1)},
        **{f"f{n}": gates[0] for n, (_, gates) in enumerate(others, 1)},
        **{f"i{n}": gates[1] for n, (_, gates) in enumerate(others, 1)},
    }


def _rows(table: tuple[Any, ...]) -> OneOf:
    return OneOf(tuple(range(len(table))))


GENERATORS = (
    Generator("lstm_line", {"part": _rows(_PARTS), "notation": _BOTH}, _line),
    Generator("lstm_place", {"row": _rows(_PLACES)}, _place),
    Generator("lstm_job", {"row": _rows(_JOBS)}, _job),
    Generator(
        "lstm_shape",
        {"thing": _rows(_OBJECTS), "d": Span(3, 12), "h": Span(3, 12)},
        _shape,
        lambda d, h, **_: d not in (h, 2 * h, 4 * h) and h != 2 * d,
    ),
    Generator("gate_pattern", {"f": _BOTH, "i": _BOTH, "c_prev": _MEMORY, "g": _SHARE}, _pattern),
)
