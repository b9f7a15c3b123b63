"""The built-in sentences of the sentiment task: as many positive ones as negative, and "not" turns them.

Half are made from a form, so that each word of praise or blame stands as often with "not" as
without: whoever only counts words stays at chance there. Half are written by hand. All our own.
"""

_THINGS = ("film", "book", "meal", "song", "trip")
_PRAISE = ("good", "great", "funny", "nice", "clever")
_BLAME = ("bad", "awful", "boring", "sad", "dull")


def _formed() -> list[tuple[str, str]]:
    """Each of ten judgements, with and without "not", of three things: 60 sentences."""
    rows = []
    for number, word in enumerate((*_PRAISE, *_BLAME)):
        praise = word in _PRAISE
        for turn in range(3):
            thing = _THINGS[(number + turn) % len(_THINGS)]
            rows.append(("positive" if praise else "negative", f"the {thing} was {word}"))
            rows.append(("negative" if praise else "positive", f"the {thing} was not {word}"))
    return rows


_POSITIVE = """\
i liked the film
we loved the book
she liked every song
he enjoyed the meal
i did not hate the film
we did not dislike the trip
you will never be bored
i was never bored
a great book for a long trip
the best meal of the year
the start was dull but the end was great
it looked bad but it was good
the song was sad but i loved it
we laughed all evening
i want to see it again
we will come back soon
nothing was wrong with the meal
there is nothing bad to say
not a dull moment
what a clever and funny book
i was happy with the trip
the people were kind and helpful
my friends enjoyed it too
worth the money
not bad at all
i could not stop reading
the singer was great
she smiled at every page
everyone should read it
it was better than the last one
"""
_NEGATIVE = """\
i hated the film
we disliked the book
she hated every song
he left the meal
i did not like the film
we did not enjoy the trip
you will never be happy
i was never happy
an awful book for a long trip
the worst meal of the year
the start was great but the end was dull
it looked good but it was bad
the song was nice but i hated it
we slept all evening
i do not want to see it again
we will not come back
everything was wrong with the meal
there is nothing good to say
not a funny moment
what a boring and sad book
i was not happy with the trip
the people were rude and loud
my friends hated it too
not worth the money
not good at all
i could not go on reading
the singer was awful
she yawned at every page
nobody should read it
it was worse than the last one
"""
LABELLED: tuple[tuple[str, str], ...] = (
    *_formed(),
    *(("positive", sentence) for sentence in _POSITIVE.splitlines()),
    *(("negative", sentence) for sentence in _NEGATIVE.splitlines()),
)
