"""Probabilities of sentences, loss, sampling, temperature and batches of a language model.

Given first, computed after the semicolon, as in FORMAT.md; a name that begins with another value's name
is a typical wrong number for it.

    sentence_probability `p1` to `p4`; `p` product, `log_p`, `total` = -ln p, `loss` = total / 4, `ppl`;
                         `p_sum`, `p_mean`, `p_last`, `ppl_inverse`, `ppl_total` (no fourth root)
    candidate_ratio      P = m1 10^-k1 and m2 10^-k2; `ratio` = P1 / P2, `steps` = k2 - k1;
                         `ratio_mantissas`, `ratio_powers`, `ratio_upside_down`
    token_loss           logits `z1 z2 z3`, true token `k`; `power` = e^z_k, `powers` their sum, `p`,
                         `loss` = -ln p; `p_shares` (z_k over the sum of z), `p_next` (another token's),
                         `loss_base_two`, `loss_of_one` (= 1 - p), `loss_logit` (= -z_k)
    sampled_token        `p1 p2 p3`, `u`; `p4`, running sums `c1` to `c4`, `place` drawn; `place_greedy`
    greedy_and_beam      two tokens, texts `a` and `b` out of row `row`: `first_a`, `after_a` = P(a after a),
                         `after_b` = P(a after b);
                         `first_b ab bb`, `p_aa p_ab p_ba p_bb`, texts `greedy` and `best`, `greedy_p`,
                         `best_p`; `greedy_p_first` (the first step alone)
    temperature          `z1 z2 z3 t`; `s1 s2 s3` = z / t, `p1 p2 p3`; `p1_multiplied` (z t), `p1_plain`
                         (t = 1), `p1_divided` (softmax first, then / t)
    temperature_ratio    `gap` = z_1 - z_2, `t`; `ratio` = p_1 / p_2; `ratio_multiplied`, `ratio_plain`,
                         `ratio_linear` (= gap / t)
    state_windows        `rows steps windows`, row `r`, batch `q`; `n` tokens, `per_row`, `start` and `end`
                         of that window from 1, `seen` = tokens behind the state of a row after batch q;
                         `start_in_order` (windows dealt out in order), `start_row_only`, `seen_window`,
                         `seen_all`
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from content.generators.domain import Generator, Span
from content.placeholders import Values
from content.worked import language as worked

_SHARE = Span(20, 95, step=5, places=2)
_LOGIT = Span(-20, 30, places=1)
_TOKENS = (
    ("la", "di"),
    ("tick", "tock"),
    ("red", "blue"),
    ("yes", "no"),
    ("left", "right"),
    ("rain", "sun"),
    ("up", "down"),
    ("hey", "ho"),
)
_HEAT = Span(2, 40, step=2, places=1)  # never so near 0 that a power overflows
_CLOSE = 0.03


def _sentence_probability(p1: float, p2: float, p3: float, p4: float) -> Values:
    p = (p1, p2, p3, p4)
    logs = [math.log(share) for share in p]
    return {
        "p": math.prod(p),
        "log_p": sum(logs),
        "total": -sum(logs),
        "loss": -sum(logs) / 4,
        "ppl": worked.perplexity(p),
        "p_sum": sum(p),
        "p_mean": sum(p) / 4,
        "p_last": p4,
        "ppl_inverse": 1 / worked.perplexity(p),
        "ppl_total": 1 / math.prod(p),
    }


def _candidate_ratio(m1: float, k1: int, m2: float, k2: int) -> Values:
    return {
        "ratio": m1 / m2 * 10 ** (k2 - k1),
        "steps": k2 - k1,
        "ratio_mantissas": m1 / m2,
        "ratio_powers": 10 ** (k2 - k1),
        "ratio_upside_down": m2 / m1 * 10.0 ** (k1 - k2),
    }


def _token_loss(z1: float, z2: float, z3: float, k: int) -> Values:
    z = [z1, z2, z3]
    loss = worked.token_loss(z, k - 1)
    p = worked.softmax_at(z, 1.0)
    return {
        "loss": loss,
        "p": math.exp(-loss),
        "powers": sum(map(math.exp, z)),
        "power": math.exp(z[k - 1]),
        "zk": z[k - 1],
        "p_shares": z[k - 1] / sum(z) if sum(z) else 0.0,
        "p_next": float(p[k % 3]),
        "loss_base_two": loss / math.log(2),
        "loss_of_one": 1 - math.exp(-loss),
        "loss_logit": -z[k - 1],
    }


def _sampled(p1: float, p2: float, p3: float, u: float) -> Values:
    p = [p1, p2, p3, round(1 - p1 - p2 - p3, 2)]
    return {
        "p4": p[3],
        **{f"c{k}": round(sum(p[:k]), 2) for k in (1, 2, 3, 4)},
        "place": worked.drawn_place(p, u) + 1,
        "place_greedy": p.index(max(p)) + 1,
    }


def _fair_draw(p1: float, p2: float, p3: float, u: float) -> bool:
    shares = [p1, p2, p3, round(1 - p1 - p2 - p3, 2)]
    borders = [round(sum(shares[:k]), 2) for k in (1, 2, 3)]
    return shares[3] >= 0.05 and u not in borders and sorted(shares)[-1] > sorted(shares)[-2]


def _greedy_and_beam(first_a: float, after_a: float, after_b: float, row: int) -> Values:
    import numpy as np

    first = np.array([first_a, 1 - first_a])
    after = np.array([[after_a, 1 - after_a], [after_b, 1 - after_b]])
    greedy, best = (worked.best_tokens(first, after, width, 2) for width in (1, 2))
    pairs = {"aa": (0, 0), "ab": (0, 1), "ba": (1, 0), "bb": (1, 1)}
    p = {f"p_{name}": worked.chain_probability(first, after, np.array(pair)) for name, pair in pairs.items()}
    return {
        "a": _TOKENS[row][0],
        "b": _TOKENS[row][1],
        "greedy": _named(greedy, row),
        "best": _named(best, row),
        "greedy_p": worked.chain_probability(first, after, greedy),
        "best_p": worked.chain_probability(first, after, best),
        "greedy_p_first": max(first_a, 1 - first_a),
        "first_b": 1 - first_a,
        "ab": 1 - after_a,
        "bb": 1 - after_b,
        **p,
    }


def _named(places: Iterable[float], row: int) -> str:
    return " ".join(_TOKENS[row][int(place)] for place in places)


def _beam_wins(first_a: float, after_a: float, after_b: float, **_: int) -> bool:
    """The greedy pair is clearly not the best one, and no step is a draw."""
    first_step = max((first_a, max(after_a, 1 - after_a)), (1 - first_a, max(after_b, 1 - after_b)))
    other_step = min((first_a, max(after_a, 1 - after_a)), (1 - first_a, max(after_b, 1 - after_b)))
    clear = math.prod(other_step) > 1.1 * math.prod(first_step)
    return clear and 0.5 not in (first_a, after_a, after_b)


def _temperature(z1: float, z2: float, z3: float, t: float) -> Values:
    z = [z1, z2, z3]
    at, plain, multiplied = (worked.softmax_at(z, by) for by in (t, 1.0, 1 / t))
    return {
        **{f"p{k}": float(at[k - 1]) for k in (1, 2, 3)},
        **{f"s{k}": z[k - 1] / t for k in (1, 2, 3)},
        "p1_multiplied": float(multiplied[0]),
        "p1_plain": float(plain[0]),
        "p1_divided": float(plain[0]) / t,
    }


def _temperature_ratio(gap: float, t: float) -> Values:
    return {
        "ratio": math.exp(gap / t),
        "ratio_multiplied": math.exp(gap * t),
        "ratio_plain": math.exp(gap),
        "ratio_linear": gap / t,
    }


def _state_windows(rows: int, steps: int, windows: int, r: int, q: int) -> Values:
    import numpy as np

    per_row = steps * windows
    tokens = np.arange(1, rows * per_row + 1).reshape(
        rows, windows, steps
    )  # row r of the batch reads tokens[r]
    return {
        "n": rows * per_row,
        "per_row": per_row,
        "start": int(tokens[r - 1, q - 1, 0]),
        "end": int(tokens[r - 1, q - 1, -1]),
        "seen": q * steps,
        "start_in_order": ((q - 1) * rows + r - 1) * steps + 1,
        "start_row_only": (r - 1) * per_row + 1,
        "seen_window": steps,
        "seen_all": q * steps * rows,
    }


GENERATORS = (
    Generator("sentence_probability", dict.fromkeys(("p1", "p2", "p3", "p4"), _SHARE), _sentence_probability),
    Generator(
        "candidate_ratio",
        {
            "m1": Span(11, 99, places=1),
            "k1": Span(6, 12),
            "m2": Span(11, 99, places=1),
            "k2": Span(7, 15),
        },
        _candidate_ratio,
        lambda m1, k1, m2, k2: 1 <= k2 - k1 <= 3,  # noqa: ARG005 - all inputs come
    ),
    Generator("token_loss", {"z1": _LOGIT, "z2": _LOGIT, "z3": _LOGIT, "k": Span(1, 3)}, _token_loss),
    Generator(
        "sampled_token",
        {**dict.fromkeys(("p1", "p2", "p3"), Span(5, 70, step=5, places=2)), "u": Span(2, 98, places=2)},
        _sampled,
        _fair_draw,
    ),
    Generator(
        "greedy_and_beam",
        {
            **dict.fromkeys(("first_a", "after_a", "after_b"), Span(5, 95, step=5, places=2)),
            "row": Span(0, len(_TOKENS) - 1),
        },
        _greedy_and_beam,
        _beam_wins,
    ),
    Generator(
        "temperature",
        {"z1": _LOGIT, "z2": _LOGIT, "z3": _LOGIT, "t": _HEAT},
        _temperature,
        lambda z1, z2, z3, t: 0 < max(z1, z2, z3) - min(z1, z2, z3) < 3.5 * t and t != 1,
    ),
    Generator(
        "temperature_ratio",
        {"gap": Span(2, 30, places=1), "t": Span(4, 40, step=2, places=1)},
        _temperature_ratio,
        lambda gap, t: 0 < gap / t < 6 and gap * t < 12 and t != 1,
    ),
    Generator(
        "state_windows",
        {
            "rows": Span(2, 8),
            "steps": Span(5, 40, step=5),
            "windows": Span(3, 9),
            "r": Span(2, 8),
            "q": Span(2, 9),
        },
        _state_windows,
        lambda rows, steps, windows, r, q: r <= rows and q <= windows,  # noqa: ARG005 - all inputs come
    ),
)
