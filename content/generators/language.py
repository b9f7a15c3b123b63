r"""Words, word vectors and what a language model is trained on: numbers and examples of the unit on text.

Given first, computed after the semicolon, as in FORMAT.md; a name that begins with another value's name
is a typical wrong number for it.

    token_count       text `sentence`; `words`, `marks`, `tokens` = words + marks, `tokens_end` with the
                      end sign, `characters`
    unknown_words     `sentence`, text `vocabulary`; `unknown`, `known`, texts `missing` and `replaced`
    embedding_sizes   `vocab m n`; `table` = vocab m, `one_hot` = n vocab, `dense` = n m,
                      `zeros` = n (vocab - 1), `factor` = vocab / m; `table_sum`, `table_input` (= n m),
                      `one_hot_dense` (= n m)
    embedding_lookup  a table with entries `e11` to `e32`, word `k`, component `j`; `entry` of its vector,
                      `first`, `second`; `entry_column` (the column's sum), `entry_other` (the other
                      component), `entry_next` (the next word's)
    cosine_similarity `u1 u2 v1 v2`; `dot`, `norm_u`, `norm_v`, `cosine`; `cosine_dot`, `cosine_squares`
                      (no roots), `cosine_distance` (Euclidean)
    nearest_word      query `q1 q2`, vectors `x1 x2 y1 y2 z1 z2` of three words out of row `row`, texts
                      `x_word y_word z_word`; `best second third` by cosine, with `best_1 best_2 cos_best` ...
    word_analogy      texts `a b c d`, a to b as c to d; `kind` syntactic or semantic, `meant` the relation;
                      `other_kind` with its `slip`, `other_meant` of the same kind, from `e` to `f`
    analogy_vector    `a1 a2 b1 b2 c1 c2`; `aim1 aim2` = b - a + c; `aim1_reversed` (a - b + c), `aim1_sum`
    skip_gram_pairs   `n window`; `pairs` counted; `pairs_no_edges` (= 2 n window), `pairs_one_side`,
                      `pairs_words` (= n)
    shifted_inputs    `sentence`, step `t`; texts `fed`, `wanted`, `later`: tokens t - 1, t, t + 1
    prefix_pairs      sentence lengths `n1 n2 n3`; `pairs`, `longest` prefix, `places` = pairs longest,
                      `filled`, `padding` = places - filled; `pairs_words`, `pairs_last`, `longest_word`
    prefix_example    `sentence`, `cut`; texts `prefix`, `following`, `previous`, `last`, `shorter`
    next_word_network `vocab m h`; `embedding`, `lstm`, `dense`, `total`; `dense_without_bias`,
                      `lstm_one_gate`, `total_without_embedding`
"""

from __future__ import annotations

import math

from content.generators import sentences
from content.generators.domain import Generator, OneOf, Span
from content.placeholders import Values
from content.worked import language as worked

_TENTHS = Span(-15, 15, places=1, zero=False)
_DIGIT = Span(-5, 5, zero=False)
_CLOSE = 0.03  # two cosines nearer than this would be an unfair question
_TRIPLES = (
    ("lake", "pond", "spoon"),
    ("coat", "scarf", "drum"),
    ("hare", "rabbit", "engine"),
    ("bread", "cake", "ladder"),
    ("rain", "snow", "violin"),
    ("nurse", "doctor", "turnip"),
    ("chair", "bench", "comet"),
    ("bridge", "tunnel", "lemon"),
)
_SLIPS = {
    "syntactic": "The second word is the first with another ending or beginning, and form is syntactic.",
    "semantic": "The second word is no form of the first; what joins the two is their meaning.",
}


def _tokens(text: str) -> list[str]:
    from engine.tasks.reading import tokenised

    return tokenised(text)


def _token_count(**parts: int) -> Values:
    from engine.tasks.reading import is_word

    text = sentences.sentence(**parts)
    tokens = _tokens(text)
    words = sum(map(is_word, tokens))
    return {
        "sentence": text,
        "words": words,
        "marks": len(tokens) - words,
        "tokens": len(tokens),
        "tokens_end": len(tokens) + 1,
        "characters": len(text),
    }


def _unknown_words(**parts: int) -> Values:
    text = sentences.sentence(**parts)
    tokens = _tokens(text)
    rare = set(sentences.WHAT[parts["what"]].split()[1:])
    if parts["first"]:
        rare.add(sentences.DOES[parts["does"]])
    missing = [token for token in tokens if token in rare]
    return {
        "sentence": text,
        "vocabulary": ", ".join(sorted(set(tokens) - rare - {",", "."})),
        "unknown": len(missing),
        "known": len(tokens) - len(missing),
        "missing": ", ".join(missing),
        "replaced": " ".join("<UNK>" if token in rare else token for token in tokens),
    }


def _embedding_sizes(vocab: int, m: int, n: int) -> Values:
    return {
        "table": vocab * m,
        "one_hot": n * vocab,
        "dense": n * m,
        "zeros": n * (vocab - 1),
        "factor": vocab / m,
        "table_sum": vocab + m,
        "table_input": n * m,
        "one_hot_dense": n * m,
    }


def _embedding_lookup(k: int, j: int, **entries: float) -> Values:
    import numpy as np

    E = np.array([[entries[f"e{row}{column}"] for column in (1, 2)] for row in (1, 2, 3)])
    found = E.T @ np.eye(3)[k - 1]
    return {
        "entry": float(found[j - 1]),
        "entry_column": float(E[:, j - 1].sum()),
        "entry_other": float(found[2 - j]),
        "entry_next": float(E[k % 3, j - 1]),
        "first": float(found[0]),
        "second": float(found[1]),
    }


def _cosine(u1: int, u2: int, v1: int, v2: int) -> Values:
    dot = u1 * v1 + u2 * v2
    return {
        "dot": dot,
        "norm_u": math.hypot(u1, u2),
        "norm_v": math.hypot(v1, v2),
        "cosine": worked.cosine([u1, u2], [v1, v2]),
        "cosine_dot": dot,
        "cosine_squares": dot / ((u1 * u1 + u2 * u2) * (v1 * v1 + v2 * v2)),
        "cosine_distance": math.hypot(u1 - v1, u2 - v2),
    }


def _cosines(q1: int, q2: int, **words: int) -> list[float]:
    """To the words x, y and z."""
    return [worked.cosine([q1, q2], [words[f"{word}1"], words[f"{word}2"]]) for word in "xyz"]


def _nearest(q1: int, q2: int, row: int, **words: int) -> Values:
    cosines = _cosines(q1, q2, **words)
    ranked = sorted(zip(cosines, _TRIPLES[row], "xyz", strict=True), reverse=True)
    found: dict[str, int | float | str] = {f"{word}_word": name for _, name, word in ranked}
    for place, (cosine, name, word) in zip(("best", "second", "third"), ranked, strict=True):
        found |= {
            place: name,
            f"{place}_1": words[f"{word}1"],
            f"{place}_2": words[f"{word}2"],
            f"cos_{place}": cosine,
        }
    return found


def _apart(q1: int, q2: int, row: int, **words: int) -> bool:  # noqa: ARG001 - all inputs come
    low, middle, high = sorted(_cosines(q1, q2, **words))
    return middle - low > _CLOSE and high - middle > _CLOSE


def _word_analogy(relation: int, i: int, j: int) -> Values:
    kind, meant = _RELATIONS[relation]
    other = "semantic" if kind == "syntactic" else "syntactic"
    alike = list(_KINDS[kind])
    other_meant = alike[(alike.index(meant) + 1) % len(alike)]
    (a, b), (c, d), (e, f) = (*(_KINDS[kind][meant][k] for k in (i, j)), _KINDS[kind][other_meant][i])
    words = {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f}
    return {
        **words,
        "kind": kind,
        "meant": meant,
        "other_kind": other,
        "slip": _SLIPS[kind],
        "other_meant": other_meant,
    }


def _analogy_vector(a1: float, a2: float, b1: float, b2: float, c1: float, c2: float) -> Values:
    return {
        "aim1": b1 - a1 + c1,
        "aim2": b2 - a2 + c2,
        "aim1_reversed": a1 - b1 + c1,
        "aim1_sum": a1 + b1 + c1,
    }


def _skip_gram_pairs(n: int, window: int) -> Values:
    return {
        "pairs": worked.skip_gram_pairs(n, window),
        "pairs_no_edges": 2 * n * window,
        "pairs_one_side": worked.skip_gram_pairs(n, window) // 2,
        "pairs_words": n,
    }


def _shifted(t: int, **parts: int) -> Values:
    text = sentences.sentence(**parts)
    tokens = _tokens(text)
    return {"sentence": text, "fed": tokens[t - 2], "wanted": tokens[t - 1], "later": tokens[t]}


def _three_words(t: int, **parts: int) -> bool:
    return len(set(_tokens(sentences.sentence(**parts))[t - 2 : t + 1])) == len("abc")


def _prefix_pairs(n1: int, n2: int, n3: int) -> Values:
    lengths = [n1, n2, n3]
    pairs = worked.prefix_pairs(lengths)
    longest = max(lengths) - 1
    filled = sum(cut for n in lengths for cut in range(1, n))
    return {
        "pairs": pairs,
        "longest": longest,
        "places": pairs * longest,
        "filled": filled,
        "padding": pairs * longest - filled,
        "pairs_words": sum(lengths),
        "pairs_last": len(lengths),
        "longest_word": max(lengths),
    }


def _prefix_example(cut: int, **parts: int) -> Values:
    text = sentences.sentence(**parts)
    words = [word for word in _tokens(text) if word not in ",."]
    return {
        "sentence": text,
        "prefix": " ".join(words[:cut]),
        "shorter": " ".join(words[1:cut]),
        "following": words[cut],
        "previous": words[cut - 1],
        "last": words[-1],
    }


def _different_ends(cut: int, **parts: int) -> bool:
    found = _prefix_example(cut, **parts)
    return len({found["following"], found["previous"], found["last"]}) == len("abc")


def _next_word_network(vocab: int, m: int, h: int) -> Values:
    total = worked.next_word_count(vocab, m, h)
    embedding, dense = vocab * m, vocab * (h + 1)
    lstm = total - embedding - dense
    return {
        "embedding": embedding,
        "lstm": lstm,
        "dense": dense,
        "total": total,
        "dense_without_bias": vocab * h,
        "lstm_one_gate": lstm // 4,
        "total_without_embedding": total - embedding,
    }


_SENTENCE = {
    "who": OneOf(tuple(range(len(sentences.WHO)))),
    "does": OneOf(tuple(range(len(sentences.DOES)))),
    "what": OneOf(tuple(range(len(sentences.WHAT)))),
    "when": OneOf(tuple(range(len(sentences.WHEN)))),
    "first": OneOf((0, 1)),
}
_PAIR = OneOf((0, 1, 2, 3))
_KINDS = {"syntactic": sentences.SYNTACTIC, "semantic": sentences.SEMANTIC}
_RELATIONS = [(kind, meant) for kind, found in _KINDS.items() for meant in found]
_ENTRIES = {f"e{row}{column}": _TENTHS for row in (1, 2, 3) for column in (1, 2)}
_WORDS = {f"{word}{k}": _DIGIT for word in "xyz" for k in (1, 2)}
_CUT = OneOf((2, 3, 4, 5))

GENERATORS = (
    Generator("token_count", _SENTENCE, _token_count),
    Generator("unknown_words", _SENTENCE, _unknown_words),
    Generator(
        "embedding_sizes",
        {"vocab": Span(2000, 40000, step=1000), "m": Span(50, 500, step=50), "n": Span(3, 20)},
        _embedding_sizes,
    ),
    Generator("embedding_lookup", {**_ENTRIES, "k": Span(1, 3), "j": Span(1, 2)}, _embedding_lookup),
    Generator("cosine_similarity", dict.fromkeys(("u1", "u2", "v1", "v2"), _DIGIT), _cosine),
    Generator(
        "nearest_word",
        {"q1": _DIGIT, "q2": _DIGIT, "row": Span(0, len(_TRIPLES) - 1), **_WORDS},
        _nearest,
        _apart,
    ),
    Generator(
        "word_analogy",
        {"relation": Span(0, len(_RELATIONS) - 1), "i": _PAIR, "j": _PAIR},
        _word_analogy,
        lambda relation, i, j: i != j,  # noqa: ARG005 - all inputs come
    ),
    Generator(
        "analogy_vector", dict.fromkeys(("a1", "a2", "b1", "b2", "c1", "c2"), _TENTHS), _analogy_vector
    ),
    Generator(
        "skip_gram_pairs",
        {"n": Span(5, 20), "window": Span(1, 4)},
        _skip_gram_pairs,
        lambda n, window: n > window,
    ),
    Generator("shifted_inputs", {**_SENTENCE, "t": Span(2, 5)}, _shifted, _three_words),
    Generator("prefix_pairs", dict.fromkeys(("n1", "n2", "n3"), Span(3, 12)), _prefix_pairs),
    Generator("prefix_example", {**_SENTENCE, "cut": _CUT}, _prefix_example, _different_ends),
    Generator(
        "next_word_network",
        {"vocab": Span(100, 5000, step=100), "m": Span(10, 100, step=10), "h": Span(10, 150, step=10)},
        _next_word_network,
    ),
)
