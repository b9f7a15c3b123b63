"""Encoder, decoder and attention: small enough to work out by hand.

Given first, computed after the semicolon, as in FORMAT.md; a name that begins with another value's name
is a typical wrong number for it.

    encoder_read         one unit: `w_h w_x`, inputs `x1 x2 x3`, h_0 = 0; states `h1 h2 h3` (tanh);
                         `h3_linear` (no tanh), `h3_last_only` (the state forgotten), `h3_one_short` (= h2)
    context_size         `source` words, `units`; `size` = units; `size_all` (= source units), `size_source`,
                         `size_one`; `states` = source units, what attention keeps
    decoder_step         one unit: `w_h w_y w_c`, `h y c`; `a`, `new` = tanh a; `new_linear` (= a),
                         `new_without_c`, `new_without_y`, `new_without_h`
    output_layer         W^S with rows (`w11 w12`) .. (`w31 w32`), `h1 h2`, word `k`; `z1 z2 z3`,
                         `p1 p2 p3`, `p` = p_k; `p_score` (= z_k), `p_shares` (e to the z left out),
                         `p_sigmoid`
    output_size          `vocab h`; `weights` = vocab h, `with_bias`; `weights_sum`, `weights_square`
    translation_steps    `source` and `target` words; `encoder` = source, `decoder` = target + 1,
                         `steps` of both; `decoder_without_end`, `decoder_source`, `decoder_shared`
    translation_feed     texts `english`, `spanish`, step `t`; texts `fed` = y_{t-1}, `wanted` = y_t,
                         `read` = the source word at t
    attention_weights    scores `e1 e2 e3`, position `k`; `x1 x2 x3` = e^score, `total`, `alpha1` ..
                         `alpha3`, `alpha` of k, `score` of k, `power`; `alpha_shares` (the score over all),
                         `alpha_sigmoid`, `alpha_power` (not divided)
    attention_context    weights `a1 a2` and `a3`, states (`h11 h12`) .. (`h31 h32`); `c1 c2`;
                         `c1_mean`, `c1_last`, `c1_strongest`, `c1_sum`
    attention_dot        `s1 s2` and the same states; dot scores `e1 e2 e3`, weights `alpha1 alpha2 alpha3`,
                         `c1 c2`, `most` = the position looked at most; `c1_mean`, `c1_last`, `c1_scores`,
                         `most_unsigned` (largest score without its sign), `most_longest` (longest state),
                         `most_smallest` (smallest score), `most_second`
    additive_score       one unit: `v w u s h`; `inside` = w s + u h, `score` = v tanh(inside);
                         `score_without_v`, `score_without_tanh`, `score_product` (= s h)
    attention_sizes      `source` and `target` words, `units` of an encoder in both directions; `weights` =
                         target source, `rows_sum` = target, `context` = 2 units; `weights_sum`,
                         `weights_source`, `context_units`, `context_all` (= 2 units source)
"""

from __future__ import annotations

import math

from content.generators import sentences
from content.generators.domain import Generator, Span
from content.placeholders import Values
from content.worked import language as worked
from content.worked.recurrent import rnn_states, rnn_step

_TENTHS = Span(-15, 15, places=1, zero=False)
_INSIDE = Span(-9, 9, places=1, zero=False)
_STATES = {f"h{row}{column}": _INSIDE for row in (1, 2, 3) for column in (1, 2)}
_SHARE = Span(5, 80, step=5, places=2)


def _encoder_read(w_h: float, w_x: float, x1: float, x2: float, x3: float) -> Values:
    import numpy as np

    h1, h2, h3 = map(float, np.asarray(rnn_states(w_x, w_h, 0.0, np.array([x1, x2, x3]), 0.0)))
    return {
        "h1": h1,
        "h2": h2,
        "h3": h3,
        "h3_linear": w_x * (x3 + w_h * (x2 + w_h * x1)),
        "h3_last_only": math.tanh(w_x * x3),
        "h3_one_short": h2,
    }


def _context_size(source: int, units: int) -> Values:
    return {
        "size": units,
        "states": source * units,
        "size_all": source * units,
        "size_source": source,
        "size_one": 1,
    }


def _decoder_step(w_h: float, w_y: float, w_c: float, h: float, y: float, c: float) -> Values:
    import numpy as np

    def new(h: float, y: float, c: float) -> float:
        """The engine's cell reads [y, c] as its input."""
        weights = np.array([[w_y, w_c]])
        return float(np.ravel(rnn_step(weights, w_h, np.zeros(1), np.array([y, c]), h))[0])

    a = w_h * h + w_y * y + w_c * c
    return {
        "a": a,
        "new": new(h, y, c),
        "new_linear": a,
        "new_without_c": new(h, y, 0.0),
        "new_without_y": new(h, 0.0, c),
        "new_without_h": new(0.0, y, c),
    }


def _output_layer(h1: float, h2: float, k: int, **weights: float) -> Values:
    z = [weights[f"w{row}1"] * h1 + weights[f"w{row}2"] * h2 for row in (1, 2, 3)]
    p = worked.softmax_at(z, 1.0)
    total = sum(z)
    return {
        **{f"z{n}": score for n, score in enumerate(z, 1)},
        **{f"p{n}": float(share) for n, share in enumerate(p, 1)},
        "p": float(p[k - 1]),
        "p_score": z[k - 1],
        "p_shares": z[k - 1] / total if total else 0.0,
        "p_sigmoid": 1 / (1 + math.exp(-z[k - 1])),
    }


def _output_size(vocab: int, h: int) -> Values:
    return {
        "weights": vocab * h,
        "with_bias": vocab * h + vocab,
        "weights_sum": vocab + h,
        "weights_square": h * h,
    }


def _translation_steps(source: int, target: int) -> Values:
    return {
        "encoder": source,
        "decoder": target + 1,
        "steps": source + target + 1,
        "decoder_without_end": target,
        "decoder_source": source,
        "decoder_shared": source + target,
    }


def _translation_feed(subject: int, verb: int, t: int) -> Values:
    english, spanish = sentences.translated(subject, verb)
    return {
        "english": " ".join(english),
        "spanish": " ".join(spanish),
        "fed": spanish[t - 2],
        "wanted": spanish[t - 1],
        "read": english[t - 1],
    }


def _inside(subject: int, verb: int, t: int) -> bool:
    english, spanish = sentences.translated(subject, verb)
    here = t <= min(len(english), len(spanish))
    return here and len({spanish[t - 2], spanish[t - 1], english[t - 1]}) == len("abc")


def _weights(k: int, **scores: float) -> Values:
    e = [scores[f"e{n}"] for n in (1, 2, 3)]
    alpha = worked.attention_weights(e)
    powers = [math.exp(score) for score in e]
    return {
        **{f"x{n}": power for n, power in enumerate(powers, 1)},
        **{f"alpha{n}": float(share) for n, share in enumerate(alpha, 1)},
        "total": sum(powers),
        "score": e[k - 1],
        "power": powers[k - 1],
        "alpha": float(alpha[k - 1]),
        "alpha_shares": e[k - 1] / sum(e) if sum(e) else 0.0,
        "alpha_sigmoid": 1 / (1 + math.exp(-e[k - 1])),
        "alpha_power": powers[k - 1],
    }


def _context(a1: float, a2: float, **states: float) -> Values:
    a = [a1, a2, round(1 - a1 - a2, 2)]
    H = _rows(states)
    c = worked.attention_context(a, H)
    return {
        "a3": a[2],
        "c1": float(c[0]),
        "c2": float(c[1]),
        "c1_mean": sum(row[0] for row in H) / 3,
        "c1_last": H[2][0],
        "c1_strongest": H[a.index(max(a))][0],
        "c1_sum": sum(row[0] for row in H),
    }


def _dot(s1: float, s2: float, **states: float) -> Values:
    H = _rows(states)
    e = [s1 * row[0] + s2 * row[1] for row in H]
    alpha = worked.attention_weights(e)
    c = worked.attention_context(alpha, H)
    return {
        **{f"e{n}": score for n, score in enumerate(e, 1)},
        **{f"alpha{n}": float(share) for n, share in enumerate(alpha, 1)},
        "c1": float(c[0]),
        "c2": float(c[1]),
        "most": int(alpha.argmax()) + 1,
        "most_unsigned": max((1, 2, 3), key=lambda n: abs(e[n - 1])),
        "most_longest": max((1, 2, 3), key=lambda n: math.hypot(*H[n - 1])),
        "most_smallest": int(alpha.argmin()) + 1,
        "most_second": sorted((1, 2, 3), key=lambda n: e[n - 1])[1],
        "c1_mean": sum(row[0] for row in H) / 3,
        "c1_last": H[2][0],
        "c1_scores": sum(score * row[0] for score, row in zip(e, H, strict=True)),
    }


def _one_is_ahead(s1: float, s2: float, **states: float) -> bool:
    first, second = sorted((s1 * row[0] + s2 * row[1] for row in _rows(states)), reverse=True)[:2]
    return first - second > 0.05


def _rows(states: dict[str, float]) -> list[list[float]]:
    return [[states[f"h{row}1"], states[f"h{row}2"]] for row in (1, 2, 3)]


def _additive(v: float, w: float, u: float, s: float, h: float) -> Values:
    inside = w * s + u * h
    return {
        "inside": inside,
        "score": float(worked.attention_scores([v], [[w]], [[u]], [s], [[h]])[0]),
        "score_without_v": math.tanh(inside),
        "score_without_tanh": v * inside,
        "score_product": s * h,
    }


def _sizes(source: int, target: int, units: int) -> Values:
    return {
        "weights": target * source,
        "rows_sum": target,
        "context": 2 * units,
        "weights_sum": target + source,
        "weights_source": source,
        "context_units": units,
        "context_all": 2 * units * source,
    }


def _three_shares(a1: float, a2: float, **states: float) -> bool:
    a3 = round(1 - a1 - a2, 2)
    c1 = a1 * states["h11"] + a2 * states["h21"] + a3 * states["h31"]
    strongest_is_not_last = a3 < max(a1, a2)  # so that these two mistakes give two numbers
    return a3 >= 0.05 and len({a1, a2, a3}) == len("abc") and abs(c1) > 0.02 and strongest_is_not_last


GENERATORS = (
    Generator("encoder_read", dict.fromkeys(("w_h", "w_x", "x1", "x2", "x3"), _TENTHS), _encoder_read),
    Generator("context_size", {"source": Span(4, 40), "units": Span(16, 512, step=16)}, _context_size),
    Generator(
        "decoder_step",
        dict.fromkeys(("w_h", "w_y", "w_c", "h", "y", "c"), _INSIDE),
        _decoder_step,
        lambda w_h, w_y, w_c, h, y, c: abs(w_h * h + w_y * y + w_c * c) > 0.1,
    ),
    Generator(
        "output_layer",
        {
            **{f"w{row}{column}": _TENTHS for row in (1, 2, 3) for column in (1, 2)},
            **{"h1": _INSIDE, "h2": _INSIDE, "k": Span(1, 3)},
        },
        _output_layer,
    ),
    Generator(
        "output_size", {"vocab": Span(1000, 30000, step=1000), "h": Span(50, 500, step=50)}, _output_size
    ),
    Generator("translation_steps", {"source": Span(3, 20), "target": Span(3, 20)}, _translation_steps),
    Generator(
        "translation_feed",
        {
            "subject": Span(0, sentences.SUBJECTS - 1),
            "verb": Span(0, sentences.VERBS - 1),
            "t": Span(2, 5),
        },
        _translation_feed,
        _inside,
    ),
    Generator(
        "attention_weights",
        {**dict.fromkeys(("e1", "e2", "e3"), Span(-10, 30, places=1)), "k": Span(1, 3)},
        _weights,
    ),
    Generator("attention_context", {"a1": _SHARE, "a2": _SHARE, **_STATES}, _context, _three_shares),
    Generator("attention_dot", {"s1": _TENTHS, "s2": _TENTHS, **_STATES}, _dot, _one_is_ahead),
    Generator("additive_score", dict.fromkeys(("v", "w", "u", "s", "h"), _TENTHS), _additive),
    Generator(
        "attention_sizes",
        {"source": Span(3, 30), "target": Span(3, 30), "units": Span(8, 256, step=8)},
        _sizes,
    ),
)
