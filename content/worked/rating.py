"""Classical measures of text, and what a decoder may choose from, for the numbers in notes.

tf-idf, BLEU, top-k and top-p, attention of queries over keys. Tokens are given as whole numbers.
Knows no words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Value = float | Numbers


def tf_idf(counts: Numbers) -> Numbers:
    """tf · ln(N / df), from how often each term (column) stands in each document (row)."""
    import numpy as np

    containing = (counts > 0).sum(axis=0)
    found: Numbers = counts * np.log(len(counts) / containing)
    return found


def clipped_matches(candidate: Numbers, reference: Numbers, n: float) -> float:
    """n-grams of the candidate that the reference has too, each at most as often as there."""
    return float(sum((_grams(candidate, int(n)) & _grams(reference, int(n))).values()))


def bleu(candidate: Numbers, reference: Numbers, n: float) -> float:
    """BP · exp(mean of ln p_1 ... ln p_n), one reference, no smoothing (Papineni et al. 2002)."""
    shares = [clipped_matches(candidate, reference, k) / (len(candidate) - k + 1) for k in _up_to(n)]
    if min(shares) == 0:
        return 0.0
    brevity = min(1.0, math.exp(1 - len(reference) / len(candidate)))
    return brevity * math.exp(sum(map(math.log, shares)) / len(shares))


def top_k(p: Numbers, k: float) -> Numbers:
    """p with all but its k largest set to 0, divided by what is left."""
    import numpy as np

    kept = np.zeros_like(p)
    best = np.argsort(-p, kind="stable")[: int(k)]
    kept[best] = p[best]
    found: Numbers = kept / kept.sum()
    return found


def top_p(p: Numbers, share: float) -> Numbers:
    """The fewest of the largest whose sum reaches `share`, divided by their sum (Holtzman et al. 2020)."""
    return top_k(p, nucleus(p, share))


def nucleus(p: Numbers, share: float) -> float:
    """How many symbols `top_p` keeps."""
    import numpy as np

    sums = np.cumsum(-np.sort(-p))
    return float((sums < share - 1e-12).sum() + 1)


def scaled_attention(Q: Numbers, K: Numbers, V: Numbers) -> Numbers:
    """softmax(Q Kᵀ / √d_k) V, a row for each query, summed up key by key (Vaswani et al. 2017, eq. 1)."""
    import numpy as np

    results = []
    for q in Q:
        shares = [math.exp(sum(a * b for a, b in zip(q, k, strict=True)) / math.sqrt(len(k))) for k in K]
        results.append(sum(share * v for share, v in zip(shares, V, strict=True)) / sum(shares))
    return np.array(results)


def _grams(tokens: Numbers, n: int) -> Counter[tuple[float, ...]]:
    listed = [float(token) for token in tokens]
    return Counter(tuple(listed[i : i + n]) for i in range(len(listed) - n + 1))


def _up_to(n: float) -> range:
    return range(1, int(n) + 1)


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    made.__name__: made for made in (tf_idf, clipped_matches, bleu, top_k, top_p, nucleus, scaled_attention)
}
