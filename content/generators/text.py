"""Text in numbers: tokens, counts, language models, decoders and attention of a Transformer.

Given first, computed after the semicolon; names that begin with a wanted value's name are wrong numbers.

| name | values |
|---|---|
| `padding` | lengths `t1 t2 t3 t4`; `longest`, `cells` (of the padded batch), `tokens`, `pads`, `percent` of padding; `pads_longest`, `percent_tokens` |
| `embedding_size` | vocabulary `v`, numbers a word `d`; `weights`, `one_hot` (= v, numbers of a one-hot vector); `weights_sum`, `weights_square` |
| `word_count` | `c1 c2 c3` times the words sun, rain and wind, `k` which; text `sentence`, `word`; `length`, `entry`, `distinct`, `bigrams`, `trigrams`; `bigrams_tokens`, `trigrams_short` |
| `tf_idf` | `count`, `documents`, `containing`; `idf`, `weight`; `weight_log10`, `weight_count`, `weight_upside_down`, `idf_without_log` |
| `bigram_model` | a pair of words `pair` times, its first word `first` times, its second `second` times, vocabulary `v`; `p` = pair / first, `smoothed` = (pair + 1) / (first + v), `unseen` the same for a pair that never came; `p_second`, `smoothed_not` (= p), `smoothed_above` (+ 1 above only) |
| `perplexity` | `p1 p2 p3 p4`; `nats` = mean -ln p, `perplexity`; `perplexity_inverse_mean`, `perplexity_base2`, `perplexity_joint`, `nats_total` |
| `perplexity_loss` | loss `nats`; `perplexity`, `bits`; `perplexity_base2`, `perplexity_times` |
| `uniform_model` | vocabulary `v`; `perplexity` = v, `nats`; `nats_log10`, `nats_bits`, `perplexity_inverse` |
| `top_choices` | percent `c1 c2 c3 c4 c5`, falling; `k`, `share`; `kept_k` = sum of k, `best_k` (first after top-k), `nucleus`, `best_p`; `best_k_raw`, `nucleus_below` |
| `beam_two` | first word A or B: percent `a b`; then their best next word: percent `after_a after_b`; `greedy`, `beam` (the best pair); `beam_sum`, `greedy_first` |
| `beam_cost` | width `k`, vocabulary `v`, length `steps`; `candidates` a step, `all_texts` as log10; `candidates_greedy`, `candidates_power` |
| `bleu_clip` | word `the` `said` times in a translation of `length` words, `allowed` times in the reference, `others` matches; `clipped`, `precision`; `precision_unclipped`, `precision_only` |
| `brevity` | lengths `c` < `r`; `penalty`; `penalty_ratio`, `penalty_turned` |
| `bleu_two` | percent `c1 c2` of unigrams and bigrams, lengths `c < r`; `mean`, `penalty`, `bleu`; `bleu_arithmetic`, `bleu_without_penalty` |
| `scaled_attention` | scores `s1 s2 s3` = q.k, `d_k` a square; `root`, `a1 a2 a3`; `a1_unscaled`, `a1_by_d`, `a1_share` |
| `attention_cost` | `length`, `factor`, layers `layers`; `scores` = length^2, `longer` of factor times the length, `times` = factor^2, `rnn_steps`; `scores_half`, `times_linear` |
"""  # noqa: E501 - a row of a table is one line

from __future__ import annotations

import math
from itertools import pairwise

from content.generators.domain import Generator, OneOf, Span
from content.placeholders import Values

_COUNT = Span(1, 9)
_SHARE = Span(5, 95, step=5, places=2)
_LENGTH = Span(3, 30)


def _padding(t1: int, t2: int, t3: int, t4: int) -> Values:
    lengths = (t1, t2, t3, t4)
    longest, tokens = max(lengths), sum(lengths)
    pads = sum(longest - length for length in lengths)
    return {
        "longest": longest,
        "cells": len(lengths) * longest,
        "tokens": tokens,
        "pads": pads,
        "percent": 100 * pads / (pads + tokens),
        "pads_longest": longest - min(lengths),
        "percent_tokens": 100 * tokens / (pads + tokens),
    }


def _uneven(t1: int, t2: int, t3: int, t4: int) -> bool:
    return len({t1, t2, t3, t4}) > 2


def _embedding(v: int, d: int) -> Values:
    return {"weights": v * d, "one_hot": v, "weights_sum": v + d, "weights_square": v * v}


def _word_count(c1: int, c2: int, c3: int, k: int) -> Values:
    words = ("sun", "rain", "wind")
    counts = dict(zip(words, (c1, c2, c3), strict=True))
    text = [word for turn in range(max(counts.values())) for word in words if counts[word] > turn]
    return {
        "sentence": " ".join(text),
        "word": words[k - 1],
        "length": len(text),
        "entry": text.count(words[k - 1]),
        "distinct": len(set(text)),
        "bigrams": len(list(pairwise(text))),
        "trigrams": len(list(zip(text, text[1:], text[2:], strict=False))),
        "bigrams_tokens": len(text),
        "trigrams_short": len(text) - 3,
    }


def _tf_idf(count: int, documents: int, containing: int) -> Values:
    idf = math.log(documents / containing)
    return {
        "idf": idf,
        "weight": count * idf,
        "weight_log10": count * math.log10(documents / containing),
        "weight_count": count,
        "weight_upside_down": -count * idf,
        "idf_without_log": documents / containing,
    }


def _rare(documents: int, containing: int, **_: int) -> bool:
    return 2 * containing <= documents


def _bigram_model(pair: int, first: int, second: int, v: int) -> Values:
    return {
        "p": pair / first,
        "smoothed": (pair + 1) / (first + v),
        "unseen": 1 / (first + v),
        "p_second": pair / second,
        "smoothed_not": pair / first,
        "smoothed_above": (pair + 1) / first,
    }


def _part_of_both(pair: int, first: int, second: int, **_: int) -> bool:
    return 20 * pair > first > pair and second > pair and abs(first - second) > 5


def _perplexity(p1: float, p2: float, p3: float, p4: float) -> Values:
    parts = (p1, p2, p3, p4)
    total = -sum(map(math.log, parts))
    nats = total / len(parts)
    return {
        "nats": nats,
        "perplexity": math.exp(nats),
        "perplexity_inverse_mean": len(parts) / sum(parts),
        "perplexity_base2": 2**nats,
        "perplexity_joint": math.exp(total),
        "nats_total": total,
    }


def _perplexity_loss(nats: float) -> Values:
    return {
        "perplexity": math.exp(nats),
        "bits": nats / math.log(2),
        "perplexity_base2": 2**nats,
        "perplexity_times": nats * math.e,
    }


def _uniform(v: int) -> Values:
    import numpy as np

    from engine.losses import log_softmax

    nats = float(-log_softmax(np.zeros(v))[0])
    return {
        "perplexity": round(math.exp(nats)),
        "nats": nats,
        "nats_log10": math.log10(v),
        "nats_bits": math.log2(v),
        "perplexity_inverse": 1 / v,
    }


def _top(c1: int, c2: int, c3: int, c4: int, k: int, share: int) -> Values:
    import numpy as np

    from content.worked.rating import nucleus, top_k, top_p

    p = np.array([c1, c2, c3, c4, 100 - c1 - c2 - c3 - c4]) / 100
    kept = round(nucleus(p, share / 100))
    return {
        "c5": 100 - c1 - c2 - c3 - c4,
        "kept_k": float(np.sort(p)[-k:].sum()),
        "best_k": float(top_k(p, k)[0]),
        "nucleus": kept,
        "best_p": float(top_p(p, share / 100)[0]),
        "best_k_raw": c1 / 100,
        "nucleus_below": kept - 1,
    }


def _falling(c1: int, c2: int, c3: int, c4: int, share: int, **_: int) -> bool:
    return c1 > c2 > c3 > c4 > 100 - c1 - c2 - c3 - c4 > 0 and share > c1


def _beam_two(a: int, b: int, after_a: int, after_b: int) -> Values:
    paths = {"a": a * after_a / 10_000, "b": b * after_b / 10_000}
    return {
        "greedy": paths["a" if a > b else "b"],
        "beam": max(paths.values()),
        "beam_sum": (b + after_b) / 100,
        "greedy_first": max(a, b) / 100,
    }


def _greed_loses(a: int, b: int, after_a: int, after_b: int) -> bool:
    return a > b and a + b <= 100 and a * after_a < b * after_b


def _beam_cost(k: int, v: int, steps: int) -> Values:
    return {
        "candidates": k * v,
        "all_texts": steps * math.log10(v),
        "candidates_greedy": v,
        "candidates_power": v**k,
    }


def _bleu_clip(said: int, allowed: int, others: int, more: int) -> Values:
    length = said + others + more
    clipped = min(said, allowed) + others
    return {
        "length": length,
        "clipped": clipped,
        "precision": clipped / length,
        "precision_unclipped": (said + others) / length,
        "precision_only": min(said, allowed) / length,
    }


def _said_too_often(said: int, allowed: int, **_: int) -> bool:
    return said > allowed


def _brevity(c: int, r: int) -> Values:
    return {
        "penalty": math.exp(1 - r / c),
        "penalty_ratio": c / r,
        "penalty_turned": math.exp(1 - c / r),
    }


def _shorter(c: int, r: int) -> bool:
    return c < r < 2 * c


def _bleu_two(c1: int, c2: int, c: int, r: int) -> Values:
    mean, penalty = math.sqrt(c1 * c2) / 100, math.exp(1 - r / c)
    return {
        "mean": mean,
        "penalty": penalty,
        "bleu": mean * penalty,
        "bleu_arithmetic": (c1 + c2) / 200 * penalty,
        "bleu_without_penalty": mean,
    }


def _fewer_bigrams(c1: int, c2: int, c: int, r: int) -> bool:
    return c2 + 10 <= c1 and c < r < 2 * c


def _attention(s1: int, s2: int, s3: int, d_k: int) -> Values:
    import numpy as np

    from engine.losses import log_softmax

    scores = np.array([s1, s2, s3], float)

    def first(scores: np.ndarray) -> float:
        return float(np.exp(log_softmax(scores)[0]))

    root = math.isqrt(d_k)
    return {
        "root": root,
        **{f"a{k}": float(a) for k, a in enumerate(np.exp(log_softmax(scores / root)), 1)},
        "a1_unscaled": first(scores),
        "a1_by_d": first(scores / d_k),
        "a1_share": s1 / (s1 + s2 + s3),
    }


def _near_scores(s1: int, s2: int, s3: int, d_k: int) -> bool:
    return max(s1, s2, s3) - min(s1, s2, s3) <= 3 * math.isqrt(d_k) and len({s1, s2, s3}) == 3


def _attention_cost(length: int, factor: int, layers: int) -> Values:
    return {
        "scores": length * length,
        "longer": (factor * length) ** 2,
        "times": factor * factor,
        "rnn_steps": length * layers,
        "scores_half": length * (length - 1) // 2,
        "times_linear": factor,
    }


GENERATORS = (
    Generator("padding", dict.fromkeys(("t1", "t2", "t3", "t4"), _LENGTH), _padding, _uneven),
    Generator(
        "embedding_size",
        {"v": Span(1000, 50_000, step=500), "d": OneOf((50, 64, 100, 128, 256, 300))},
        _embedding,
    ),
    Generator(
        "word_count", {"c1": Span(1, 5), "c2": Span(1, 5), "c3": Span(1, 5), "k": Span(1, 3)}, _word_count
    ),
    Generator(
        "tf_idf",
        {"count": Span(2, 12), "documents": Span(20, 1000, step=10), "containing": Span(1, 200)},
        _tf_idf,
        _rare,
    ),
    Generator(
        "bigram_model",
        {"pair": Span(2, 40), "first": Span(20, 200), "second": Span(20, 200), "v": Span(50, 900, step=50)},
        _bigram_model,
        _part_of_both,
    ),
    Generator("perplexity", dict.fromkeys(("p1", "p2", "p3", "p4"), _SHARE), _perplexity),
    Generator("perplexity_loss", {"nats": Span(10, 60, places=1)}, _perplexity_loss),
    Generator("uniform_model", {"v": Span(20, 60_000, step=20)}, _uniform),
    Generator(
        "top_choices",
        {
            "c1": Span(28, 60),
            "c2": Span(15, 35),
            "c3": Span(8, 20),
            "c4": Span(3, 15),
            "k": Span(2, 3),
            "share": Span(60, 95, step=5),
        },
        _top,
        _falling,
    ),
    Generator(
        "beam_two",
        {
            "a": Span(40, 60, step=5),
            "b": Span(25, 50, step=5),
            "after_a": Span(20, 50, step=5),
            "after_b": Span(55, 95, step=5),
        },
        _beam_two,
        _greed_loses,
    ),
    Generator(
        "beam_cost", {"k": Span(2, 10), "v": Span(1000, 50_000, step=500), "steps": Span(3, 20)}, _beam_cost
    ),
    Generator(
        "bleu_clip",
        {"said": Span(2, 7), "allowed": Span(1, 3), "others": Span(1, 4), "more": Span(1, 5)},
        _bleu_clip,
        _said_too_often,
    ),
    Generator("brevity", {"c": Span(6, 30), "r": Span(7, 40)}, _brevity, _shorter),
    Generator(
        "bleu_two",
        {"c1": Span(40, 95, step=5), "c2": Span(15, 80, step=5), "c": Span(6, 30), "r": Span(7, 40)},
        _bleu_two,
        _fewer_bigrams,
    ),
    Generator(
        "scaled_attention",
        {**dict.fromkeys(("s1", "s2", "s3"), Span(1, 16)), "d_k": OneOf((4, 9, 16, 25, 64))},
        _attention,
        _near_scores,
    ),
    Generator(
        "attention_cost",
        {"length": Span(20, 500, step=10), "factor": Span(2, 9), "layers": Span(2, 12)},
        _attention_cost,
    ),
)
