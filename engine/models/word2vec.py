"""Word vectors by skip-gram with negative sampling: a word is known by the words beside it.

For a centre c, a word o seen beside it and n drawn words w_1 .. w_n, with v = W_in[c], u_o = W_out[o]:

    L = -ln σ(u_oᵀ v) - Σ_j ln σ(-u_jᵀ v)            (Mikolov et al. 2013, eq. 4, with the sign of a loss)

    dL/ds_o = σ(s_o) - 1,  dL/ds_j = σ(s_j)            s = uᵀ v, each word's score
    dL/dv = Σ dL/ds u,     dL/du = dL/ds v

There is no time here: the rows of a batch are its pairs, and the loss is their mean. Knows no task.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine import parameters
from engine.config import RunConfig
from engine.errors import TaskError
from engine.models.model import Look, Moment, Picture
from engine.models.start import start
from engine.parameters import Shapes
from engine.snapshot import Array
from engine.tasks.task import SkipGrams, Task


class SkipGram:
    """θ: W_in [V, h], the vectors that are kept, and W_out [V, h], the words as neighbours.

    A Picture shows the whole batch, one pair a row, whichever sequence is asked for: inputs and
    wanted are the centre and its neighbour, one-hot [B, V]; outputs σ(u_wᵀ v) [B, V], how likely the
    model finds each word w of the vocabulary beside the centre; hidden v [B, h], dh dL/dv. `named`:

        v, dv [B, h], u [B, 1 + n, h]     the neighbour's u first, then the drawn words'
        score, sigma, dscore [B, 1 + n]   s, σ(s), dL/ds
    """

    arithmetic = "NumPy, float64"

    def __init__(self, config: RunConfig, task: Task) -> None:
        self.shapes: Shapes = dict.fromkeys(("W_in", "W_out"), (task.inputs, config.hidden))

    def initial(self, config: RunConfig, rng: np.random.Generator) -> Array:
        return start(self.shapes, config, rng)

    def look(self, theta: Array, batch: SkipGrams, moment: Moment) -> Look:  # noqa: ARG002 - no live knob of a model acts
        """Forward, loss, backward."""
        weights = parameters.named(theta, self.shapes)
        words = np.column_stack((batch.context, batch.negatives))  # [B, 1 + n]
        v, u = weights["W_in"][batch.centre], weights["W_out"][words]
        score = np.einsum("bh,bnh->bn", v, u)
        sign = np.ones_like(score)
        sign[:, 0] = -1
        loss = np.logaddexp(0, sign * score).sum() / len(v)  # -ln σ(x) = ln(1 + e^-x)
        sigma = _sigmoid(score)
        dscore = (sigma - (sign < 0)) / len(v)
        dv = np.einsum("bn,bnh->bh", dscore, u)
        gradient = np.zeros_like(theta)
        into = parameters.named(gradient, self.shapes)
        np.add.at(into["W_in"], batch.centre, dv)  # a word that is there twice gets both shares
        np.add.at(into["W_out"], words, dscore[..., None] * v[:, None])
        named = {"v": v, "dv": dv, "u": u, "score": score, "sigma": sigma, "dscore": dscore}
        return Look(float(loss), gradient, (), lambda _: _picture(weights, batch, named))


def nearest(vectors: Array, words: Sequence[str], word: str, n: int) -> tuple[tuple[str, float], ...]:
    """The n words of the vocabulary that are most like `word`, each with its cosine, most alike first.

    `vectors` is [V, h], one row for each of `words`.

    Raises:
        TaskError: `word` is not in the vocabulary.
    """
    place = _place(words, word)
    return _closest(vectors, words, _directions(vectors)[place], n, {place})


def analogy(
    vectors: Array, words: Sequence[str], a: str, b: str, c: str, n: int = 1
) -> tuple[tuple[str, float], ...]:
    """a is to b as c is to what? The n words closest to b - a + c, each with its cosine, best first.

    The vectors are brought to length 1 first, and a, b and c themselves do not count
    (Mikolov, Yih & Zweig 2013).

    Raises:
        TaskError: a, b or c is not in the vocabulary.
    """
    places = [_place(words, word) for word in (a, b, c)]
    unit = _directions(vectors)
    of_a, of_b, of_c = unit[places]
    return _closest(vectors, words, of_b - of_a + of_c, n, set(places))


def _closest(
    vectors: Array, words: Sequence[str], aim: Array, n: int, left_out: set[int]
) -> tuple[tuple[str, float], ...]:
    cosine = _directions(vectors) @ _directions(aim)
    ranked = [int(place) for place in np.argsort(-cosine, kind="stable") if place not in left_out]
    return tuple((words[place], float(cosine[place])) for place in ranked[:n])


def _directions(vectors: Array) -> Array:
    """Each row at length 1; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    found: Array = vectors / np.where(lengths > 0, lengths, 1)
    return found


def _place(words: Sequence[str], word: str) -> int:
    if word not in words:
        raise TaskError(f"The word {word!r} is not among the {len(words)} words learnt. Use one of them.")
    return words.index(word)


def _sigmoid(a: Array) -> Array:
    found: Array = 0.5 + 0.5 * np.tanh(0.5 * a)  # the logistic function, and it cannot overflow
    return found


def _picture(weights: dict[str, Array], batch: SkipGrams, named: dict[str, Array]) -> Picture:
    v = named["v"]
    one_hot = np.eye(len(weights["W_in"]), dtype=v.dtype)
    return Picture(
        inputs=one_hot[batch.centre],
        wanted=one_hot[batch.context],
        outputs=_sigmoid(v @ weights["W_out"].T),
        hidden=v,
        dh=named["dv"],
        gates={},
        named=named,
    )
