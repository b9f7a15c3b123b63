"""Sequences as data: shapes, one-hot vectors, padding, orders, and which network they ask for.

Names before the semicolon are drawn, those after it computed.

| name | values |
|---|---|
| `one_hot_vector` | `size k`; `vector`, `vector_inverted` (0 and 1 changed over), `vector_late` (1 one place late), `vector_number` (k in place of 1) |
| `one_hot_sentence` | `size words`; `entries` = words size, `ones` = words, `zeros` = words (size - 1); `entries_added` (= words + size), `zeros_of_one` (= size - 1), `ones_all` (= size) |
| `batch_of_words` | `batch steps features`, all different; texts `shape` (batch, steps, features), `shape_torch` (steps, batch, features), `shape_last` (batch, features, steps), `shape_flat` (batch, steps features); `numbers` in all; `numbers_sum`, `numbers_no_features`, `numbers_one` (of one example) |
| `sentence_padding` | lengths `l1 l2 l3 l4`; `longest`, `real`, `cells` = 4 longest, `padded` = cells - real, `percent` of padding; `padded_first` (only of the first sentence), `cells_mean` (= real), `percent_of_real`, `percent_real` |
| `dense_or_recurrent` | `length size h`; input weights `dense` = length size h, `recurrent` = size h + h^2, each `_biased` with h biases; `dense_one_word` (= size h), `dense_no_units` (= length size), `recurrent_no_state` (= size h), `recurrent_times_length` |
| `too_long` | `length` in training, `more` words, vocabulary `size`; `n` = length + more, `inputs` = length size, `needed` = n size, `missing` = more size; `missing_words` (= more), `missing_all` (= needed) |
| `words_seen` | `layers k`; `field`, found by walking back through the layers; `field_product` (= layers k), `field_one` (= k), `field_power` (= k^layers) |
| `word_orders` | `n`; `orders` of n different words, listed; `orders_square`, `orders_sum`, `orders_power` (= n^n) |
| `series_windows` | `length` of a series, `n` values in, the next one out; `examples`; `examples_one_more`, `examples_apart` (= length // n) |
| `swapped_columns` | features `x1 x2 x3`, weights `w1 w2 w3`; `y` = w . x; the features and weights 1 and 3 changed over give `y` again; `y_features_only` (only the features were moved) |
| `two_orders` | `w_x w_h b x1 x2`; one tanh unit from h = 0: `h_there` after x1, x2; `h_back` after x2, x1; `gap` = h_there - h_back; `h_there_last_only` (no state) |
| `order_test` | a data set, text `thing`; texts `verdict` whether it is sequential, `other1 other2 other3`, and against them `why1 why2 why3` |
| `fitting_network` | a data set, text `data`; texts `network` that the rule of thumb names (a pair for sequences of images), and `other1 other2 other3`, and against them `why1 why2 why3` |
| `rnn_application` | an application, text `task`; texts `pattern`, `other1 other2 other3` and `reads`, `writes`, and against them `why1 why2 why3` |
"""  # noqa: E501 - rows of a table

from __future__ import annotations

from itertools import permutations

from content.generators.domain import Generator, OneOf, Span
from content.placeholders import Values
from content.worked.recurrent import rnn_count, rnn_states

_TENTHS = Span(-15, 15, places=1, zero=False)
_SMALL = Span(1, 9)

_PATTERNS = (
    ("many to one", "There a sequence goes in and a single thing comes out."),
    ("one to many", "There a single thing goes in and a sequence comes out."),
    ("many to many, equal lengths", "There one thing comes out for each that goes in."),
    ("many to many, different lengths", "There one sequence becomes another, seldom equally long."),
)
_MANY_ONE, _ONE_MANY, _EQUAL, _UNEQUAL = range(4)
_APPLICATIONS = (
    ("sentiment analysis of a review", "words", "one label", _MANY_ONE),
    ("deciding whether a message is spam", "words", "one label", _MANY_ONE),
    ("forecasting tomorrow's share price from the last 30 days", "prices", "one number", _MANY_ONE),
    ("image captioning", "one image", "words", _ONE_MANY),
    ("writing a melody from one mood", "one mood", "notes", _ONE_MANY),
    ("named entity recognition", "words", "one tag for each word", _EQUAL),
    ("tagging each word with its part of speech", "words", "one tag for each word", _EQUAL),
    ("character-level language modelling", "characters", "the next character at each step", _EQUAL),
    ("translation from English to Urdu", "words", "words of another number", _UNEQUAL),
    ("summarising an article", "words of the article", "words of the summary", _UNEQUAL),
    ("turning speech into a sentence", "audio frames", "words", _UNEQUAL),
    ("answering a question in a full sentence", "words", "words of another number", _UNEQUAL),
)

_NETWORKS = (
    ("a dense network (MLP)", "Dense networks are for tables, whose rows are all equally long."),
    ("a CNN", "CNNs are for images, where neighbouring pixels belong together."),
    ("an RNN", "RNNs are for sequences, where the order counts and the length may vary."),
    ("a CNN with an RNN behind it", "The two together are for pictures one after another."),
)
_SHAPES = (  # what the data are, for each network
    "This is a table: fixed columns, and rows in any order.",
    "These are images, each on its own.",
    "This is a sequence: what comes first matters for what follows.",
    "These are sequences of images: each image is for a CNN, their order for an RNN.",
)
_DATA = (
    ("a table of flats with area, rooms, floor and price", 0),
    ("a table of students with iq, marks, gender and placement", 0),
    ("a table of bank customers with age, income and debts", 0),
    ("a table of patients with age, pulse and blood values", 0),
    ("single photographs of cats and dogs", 1),
    ("X-ray pictures, each to be judged alone", 1),
    ("scanned handwritten digits", 1),
    ("satellite pictures of fields", 1),
    ("sentences of a chat, to be answered", 2),
    ("recorded speech", 2),
    ("the temperature of each hour of a year", 2),
    ("DNA strands of different lengths", 2),
    ("films, and each is to get one label for what happens in it", 3),
    ("one photograph a day of each of many plants, whose growth is to be forecast", 3),
    ("ultrasound films of hearts, each to be judged by how it beats", 3),
)

_VERDICTS = (
    "Yes: put in another order, it says something else.",
    "No: its parts may be listed in any order without loss.",
    "Yes: whatever has many values is a sequence.",
    "No: what has no clock time cannot be a sequence.",
)
_MANY = (  # against the third verdict, where the first or the second is right
    "Yes is right, but not for that: a row of a table has many values too.",
    "A row of a table has many values too; only their order would make a sequence.",
)
_TIMED = "Here the parts follow each other in time, so there even is a clock."
_UNTIMED = "An order is enough; no clock is needed for it."
_NO_ORDER = "No is right, but not for that: DNA has no clock and is a sequence."
_THINGS = (  # what it is, right verdict, what another order does to it, about the clock
    ("the words of a sentence", 0, "Shuffled words say something else, or nothing.", _UNTIMED),
    ("share prices, one for each day", 0, "Shuffled days hide whether the price rises or falls.", _TIMED),
    ("the samples of a voice recording", 0, "Shuffled samples are only noise.", _TIMED),
    ("the frames of a film", 0, "Shuffled frames tell no story.", _TIMED),
    ("the letters of a DNA strand", 0, "Shuffled letters code for something else.", _UNTIMED),
    ("the notes of a melody", 0, "Shuffled notes are another melody.", _TIMED),
    ("the readings of a heart monitor", 0, "Shuffled readings show no heartbeat.", _TIMED),
    ("the columns of a table of flats", 1, "A flat is the same whichever column comes first.", _NO_ORDER),
    (
        "the rows of a class list with names and marks",
        1,
        "Sorted otherwise, it has the same marks.",
        _NO_ORDER,
    ),
    ("a box of separate X-ray pictures", 1, "Each picture shows the same wherever it lies.", _NO_ORDER),
    ("forms that customers filled in, one each", 1, "Restacked, the forms say the same.", _NO_ORDER),
    ("the blood values of a patient at one moment", 1, "Any order lists the same patient.", _NO_ORDER),
    (
        "a catalogue of flowers with their petal sizes",
        1,
        "Sorted otherwise, it has the same flowers.",
        _NO_ORDER,
    ),
)


def _one_hot(size: int, k: int) -> Values:
    hot = [int(place == k) for place in range(1, size + 1)]
    return {
        "vector": tuple(hot),
        "vector_inverted": tuple(1 - entry for entry in hot),
        "vector_late": tuple(hot[-1:] + hot[:-1]),
        "vector_number": tuple(k * entry for entry in hot),
    }


def _one_hot_sentence(size: int, words: int) -> Values:
    rows = [[int(place == word % size) for place in range(size)] for word in range(words)]
    return {
        "entries": sum(map(len, rows)),
        "ones": sum(map(sum, rows)),
        "zeros": sum(row.count(0) for row in rows),
        "entries_added": words + size,
        "zeros_of_one": size - 1,
        "ones_all": size,
    }


def _batch(batch: int, steps: int, features: int) -> Values:
    return {
        "shape": f"({batch}, {steps}, {features})",
        "shape_torch": f"({steps}, {batch}, {features})",
        "shape_last": f"({batch}, {features}, {steps})",
        "shape_flat": f"({batch}, {steps * features})",
        "numbers": batch * steps * features,
        "numbers_sum": batch + steps + features,
        "numbers_no_features": batch * steps,
        "numbers_one": steps * features,
    }


def _padding(**lengths: int) -> Values:
    sizes = list(lengths.values())
    longest, real = max(sizes), sum(sizes)
    cells = len(sizes) * longest
    return {
        "longest": longest,
        "real": real,
        "cells": cells,
        "padded": cells - real,
        "percent": 100 * (cells - real) / cells,
        "padded_first": longest - sizes[0],
        "cells_mean": real,
        "percent_of_real": 100 * (cells - real) / real,
        "percent_real": 100 * real / cells,
    }


def _dense_or_recurrent(length: int, size: int, h: int) -> Values:
    biased = rnn_count(size, h)
    return {
        "dense": length * size * h,
        "recurrent": biased - h,
        "dense_biased": length * size * h + h,
        "recurrent_biased": biased,
        "dense_one_word": size * h,
        "dense_no_units": length * size,
        "recurrent_no_state": size * h,
        "recurrent_times_length": length * (biased - h),
    }


def _too_long(length: int, more: int, size: int) -> Values:
    return {
        "n": length + more,
        "inputs": length * size,
        "needed": (length + more) * size,
        "missing": more * size,
        "missing_words": more,
        "missing_all": (length + more) * size,
    }


def _receptive_field(layers: int, k: int) -> Values:
    seen = {0}
    for _ in range(layers):
        seen = {place + offset for place in seen for offset in range(k)}
    return {"field": len(seen), "field_product": layers * k, "field_one": k, "field_power": k**layers}


def _word_orders(n: int) -> Values:
    return {
        "orders": sum(1 for _ in permutations(range(n))),
        "orders_square": n * n,
        "orders_sum": sum(range(1, n + 1)),
        "orders_power": n**n,
    }


def _windows(length: int, n: int) -> Values:
    starts = [start for start in range(length) if start + n < length]  # the value after the window exists
    return {
        "examples": len(starts),
        "examples_one_more": len(starts) + 1,
        "examples_apart": length // n,
    }


def _swapped(x1: float, x2: float, x3: float, w1: float, w2: float, w3: float) -> Values:
    return {"y": w3 * x3 + w2 * x2 + w1 * x1, "y_features_only": w1 * x3 + w2 * x2 + w3 * x1}


def _moves(x1: float, x2: float, x3: float, w1: float, w2: float, w3: float) -> bool:
    return x1 != x3 and w1 != w3 and abs(w1 * x1 + w2 * x2 + w3 * x3) > 1


def _tell_apart(x1: float, x2: float, w_x: float, w_h: float, b: float) -> bool:
    return (
        abs(x1 - x2) > 0.5
        and abs(w_x * x1 + b) > 0.2
        and abs(rnn_states(w_x, w_h, b, [x2, x1], 0.0)[1]) > 0.1
    )


def _two_orders(w_x: float, w_h: float, b: float, x1: float, x2: float) -> Values:
    there = rnn_states(w_x, w_h, b, [x1, x2], 0.0)
    back = rnn_states(w_x, w_h, b, [x2, x1], 0.0)
    return {
        "h_first": float(there[0]),
        "h_there": float(there[1]),
        "h_back_first": float(back[0]),
        "h_back": float(back[1]),
        "gap": float(there[1] - back[1]),
        "h_there_last_only": float(rnn_states(w_x, 0.0, b, [x2], 0.0)[0]),
    }


def _order_test(row: int) -> Values:
    thing, verdict, shuffled, clock = _THINGS[row]
    whys = (shuffled, shuffled, _MANY[verdict], clock)
    table = tuple(zip(_VERDICTS, whys, strict=True))
    return {"thing": thing, "verdict": _VERDICTS[verdict], **_others(table, verdict)}


def _network(row: int) -> Values:
    data, network = _DATA[row]
    others = _others(_NETWORKS, network, _SHAPES[network])
    return {"data": data, "network": _NETWORKS[network][0], **others}


def _application(row: int) -> Values:
    task, reads, writes, pattern = _APPLICATIONS[row]
    return {
        "task": task,
        "reads": reads,
        "writes": writes,
        "pattern": _PATTERNS[pattern][0],
        **_others(_PATTERNS, pattern, f"Here: {reads} in, {writes} out."),
    }


def _others(table: tuple[tuple[str, str], ...], but: int, here: str = "") -> dict[str, str]:
    """What else one might say, and why not: what that would fit, and how it is `here`."""
    rest = [entry for place, entry in enumerate(table) if place != but]
    texts = {f"other{n}": text for n, (text, _) in enumerate(rest, 1)}
    return texts | {f"why{n}": f"{why} {here}".rstrip() for n, (_, why) in enumerate(rest, 1)}


def _row(table: tuple[object, ...]) -> OneOf:
    return OneOf(tuple(range(len(table))))


def _all_differ(batch: int, steps: int, features: int) -> bool:
    return len({batch, steps, features}) == 3


def _unequal(**lengths: int) -> bool:
    return len(set(lengths.values())) > 2


GENERATORS = (
    Generator("one_hot_vector", {"size": Span(3, 7), "k": Span(2, 7)}, _one_hot, lambda size, k: k <= size),
    Generator("one_hot_sentence", {"size": Span(20, 400, step=5), "words": Span(3, 15)}, _one_hot_sentence),
    Generator(
        "batch_of_words",
        {"batch": Span(2, 64), "steps": Span(3, 40), "features": Span(2, 100)},
        _batch,
        _all_differ,
    ),
    Generator("sentence_padding", dict.fromkeys(("l1", "l2", "l3", "l4"), Span(2, 20)), _padding, _unequal),
    Generator(
        "dense_or_recurrent",
        {"length": Span(10, 200, step=10), "size": Span(100, 5000, step=100), "h": Span(4, 64, step=4)},
        _dense_or_recurrent,
    ),
    Generator(
        "too_long", {"length": Span(5, 40), "more": Span(1, 9), "size": Span(50, 500, step=10)}, _too_long
    ),
    Generator("words_seen", {"layers": Span(2, 9), "k": OneOf((3, 5, 7, 9, 11))}, _receptive_field),
    Generator("word_orders", {"n": Span(2, 9)}, _word_orders),
    Generator("series_windows", {"length": Span(30, 400), "n": Span(3, 24)}, _windows),
    Generator(
        "swapped_columns",
        {**dict.fromkeys(("x1", "x2", "x3"), _SMALL), **dict.fromkeys(("w1", "w2", "w3"), _TENTHS)},
        _swapped,
        _moves,
    ),
    Generator(
        "two_orders",
        dict.fromkeys(("w_x", "w_h", "b", "x1", "x2"), _TENTHS),
        _two_orders,
        _tell_apart,
    ),
    Generator("order_test", {"row": _row(_THINGS)}, _order_test),
    Generator("fitting_network", {"row": _row(_DATA)}, _network),
    Generator("rnn_application", {"row": _row(_APPLICATIONS)}, _application),
)
