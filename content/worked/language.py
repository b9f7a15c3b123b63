"""Language models, word vectors and attention in numbers, for notes and the formula sheet.

Losses, decoding and analogies come from the engine. Its attention is a torch model, which the window
must not load, so the three lines of attention stand here in NumPy; a test compares the two. Vectors are
columns; H and E hold one annotation or one word vector a row. Places count from 0. Knows no texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]
    Value = float | Numbers


def softmax_at(z: ArrayLike, T: float) -> Numbers:
    """softmax(z / T) of the logits z (V), for a temperature T > 0."""
    import numpy as np

    from engine.losses import log_softmax

    found: Numbers = np.exp(log_softmax(np.asarray(z, float) / T))
    return found


def token_loss(z: ArrayLike, k: float) -> float:
    """-ln p_k after a softmax over the logits z (V): the loss at one step, in nats."""
    import numpy as np

    from engine.losses import cross_entropy

    logits = np.asarray(z, float)
    wanted = np.eye(len(logits))[int(k)]
    return float(cross_entropy(logits[None, None], wanted[None, None]).value)


def perplexity(p: ArrayLike) -> float:
    """exp(-mean ln p) for the probabilities p (T) that a model gave to the true tokens."""
    import numpy as np

    return float(np.exp(-np.mean(np.log(np.asarray(p, float)))))


def cosine(u: ArrayLike, v: ArrayLike) -> float:
    """u · v / (|u| |v|): 1 for the same direction, 0 at right angles."""
    import numpy as np

    return float(np.dot(u, v) / (np.linalg.norm(u) * np.linalg.norm(v)))


def analogy_place(E: Numbers, a: float, b: float, c: float) -> int:
    """Row of E (V, m) nearest to b - a + c by cosine, with a, b, c themselves left out.

    Each vector is brought to length 1 first (Mikolov, Yih & Zweig 2013).
    """
    from engine.models.word2vec import analogy

    names = tuple(map(str, range(len(E))))
    ((winner, _cosine),) = analogy(E, names, str(int(a)), str(int(b)), str(int(c)))
    return int(winner)


def skip_gram_pairs(n: float, window: float) -> int:
    """How many (word, neighbour) pairs n words in a row give, counted one by one."""
    words = range(int(n))
    return sum(1 for i in words for j in words if 0 < abs(i - j) <= window)


def prefix_pairs(lengths: Iterable[float]) -> int:
    """How many (prefix, next word) pairs sentences of these lengths give, counted one by one."""
    return sum(1 for length in lengths for _cut in range(1, int(length)))


def next_word_count(V: float, m: float, h: float) -> int:
    """Parameters of an embedding (V, m), an LSTM layer of h units, one bias a gate, and a softmax over V."""
    from math import prod

    from engine.cells import Lstm

    vocabulary, width, units = int(V), int(m), int(h)
    lstm = sum(prod(shape) for shape in Lstm().shapes(width, units, "one").values())
    return vocabulary * width + lstm + vocabulary * (units + 1)


def best_tokens(first: Numbers, after: Numbers, width: float, length: float) -> Numbers:
    """The places of the likeliest `length` tokens that a beam of `width` finds; width 1 is greedy.

    A toy language model that looks back one token: first (V) holds the probabilities of the first
    token, row i of after (V, V) those of the token behind token i; none of them is 0.
    """
    import numpy as np

    from engine.beam import search

    tokens = len(first)
    names = tuple(map(str, range(tokens)))
    model = _Bigram(np.log(np.vstack((after, first))))
    beam = search(model, names, " ", width=int(width), length=int(length), opened=(tokens,))
    return np.array([beam.nodes[node].place for node in beam.path(beam.leaves[0])], float)


def chain_probability(first: Numbers, after: Numbers, tokens: Numbers) -> float:
    """P of a row of tokens by the chain rule, in the toy model of `best_tokens`."""
    p = float(first[int(tokens[0])])
    for earlier, later in pairwise(tokens):
        p *= float(after[int(earlier)][int(later)])
    return p


def drawn_place(p: ArrayLike, u: float) -> int:
    """The token that u in [0, 1) draws from the probabilities p: the first whose running sum passes u."""
    import numpy as np

    return int(np.searchsorted(np.cumsum(p), u, side="right"))


def attention_scores(v: ArrayLike, W: ArrayLike, U: ArrayLike, s: ArrayLike, H: ArrayLike) -> Numbers:
    """e_i = vᵀ tanh(W s + U h_i) for the annotations h_i, the rows of H (Bahdanau et al. 2015, sec. 3.1)."""
    import numpy as np

    found: Numbers = np.tanh(np.asarray(W) @ np.asarray(s) + np.asarray(H) @ np.asarray(U).T) @ np.asarray(v)
    return found


def attention_weights(e: ArrayLike) -> Numbers:
    """α = softmax(e) over the source positions (eq. 6)."""
    return softmax_at(e, 1.0)


def attention_context(alpha: ArrayLike, H: ArrayLike) -> Numbers:
    """c = Σ α_i h_i, a weighted sum of the rows of H (eq. 5)."""
    import numpy as np

    found: Numbers = np.asarray(alpha) @ np.asarray(H)
    return found


@dataclass(frozen=True, slots=True)
class _Bigram:
    """What the engine's beam can be fed: row i of `logs` are the log probabilities after token i."""

    logs: Numbers

    def start(self) -> tuple[Numbers, ...]:
        return ()

    def feed(self, state: tuple[Numbers, ...], place: int) -> tuple[tuple[Numbers, ...], Numbers]:
        return state, self.logs[place]


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    made.__name__: made
    for made in (
        softmax_at,
        token_loss,
        perplexity,
        cosine,
        analogy_place,
        skip_gram_pairs,
        prefix_pairs,
        next_word_count,
        best_tokens,
        chain_probability,
        drawn_place,
        attention_scores,
        attention_weights,
        attention_context,
    )
}
