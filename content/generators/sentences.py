"""Sentences and word pairs of our own, put together from parts by number. Draws nothing, counts nothing."""

from __future__ import annotations

WHO = ("my sister", "the old farmer", "our teacher", "a tired sailor", "her cousin", "the young baker")
DOES = ("paints", "sells", "washes", "hides", "repairs", "borrows")
WHAT = (
    "two wooden boats",
    "the garden gate",
    "seven blue bottles",
    "a very small radio",
    "his grey umbrella",
    "every broken chair in town",
)
WHEN = ("at noon", "after the storm", "before breakfast", "in late autumn")

# source words, target words: Spanish, where word order and number of words stay close enough to count
_SUBJECTS = (
    (("the", "cat"), ("el", "gato")),
    (("my", "mother"), ("mi", "madre")),
    (("the", "boys"), ("los", "chicos")),
    (("Ana",), ("Ana",)),
    (("your", "friend"), ("tu", "amigo")),
)
_VERBS = (
    (("reads", "a", "letter"), ("lee", "una", "carta")),
    (("drinks", "water"), ("bebe", "agua")),
    (("opens", "the", "door"), ("abre", "la", "puerta")),
    (("will", "buy", "bread"), ("comprará", "pan")),
)
_PLURAL = {"lee": "leen", "bebe": "beben", "abre": "abren", "comprará": "comprarán"}
_BASE = {"reads": "read", "drinks": "drink", "opens": "open"}
SUBJECTS, VERBS = len(_SUBJECTS), len(_VERBS)

# what the relation is -> pairs of words; the classes are those of Mikolov and others (2013), table 1
SYNTACTIC: dict[str, tuple[tuple[str, str], ...]] = {
    "superlative": (("big", "biggest"), ("small", "smallest"), ("fast", "fastest"), ("cold", "coldest")),
    "past tense": (("walk", "walked"), ("play", "played"), ("cook", "cooked"), ("jump", "jumped")),
    "plural": (("cat", "cats"), ("river", "rivers"), ("song", "songs"), ("house", "houses")),
    "comparative": (("warm", "warmer"), ("short", "shorter"), ("slow", "slower"), ("thick", "thicker")),
    "adverb": (("quiet", "quietly"), ("rapid", "rapidly"), ("calm", "calmly"), ("brave", "bravely")),
    "opposite": (("kind", "unkind"), ("known", "unknown"), ("fair", "unfair"), ("safe", "unsafe")),
    "ing form": (("read", "reading"), ("sing", "singing"), ("wait", "waiting"), ("build", "building")),
    "nationality": (
        ("Poland", "Polish"),
        ("Turkey", "Turkish"),
        ("Brazil", "Brazilian"),
        ("Iran", "Iranian"),
    ),
}
SEMANTIC: dict[str, tuple[tuple[str, str], ...]] = {
    "gender": (("man", "woman"), ("king", "queen"), ("uncle", "aunt"), ("son", "daughter")),
    "capital": (("Paris", "France"), ("Rome", "Italy"), ("Madrid", "Spain"), ("Cairo", "Egypt")),
    "currency": (("Japan", "yen"), ("India", "rupee"), ("Mexico", "peso"), ("Denmark", "krone")),
    "city and state": (
        ("Chicago", "Illinois"),
        ("Houston", "Texas"),
        ("Miami", "Florida"),
        ("Seattle", "Washington"),
    ),
}


def sentence(who: int, does: int, what: int, when: int, first: int) -> str:
    """A sentence with its full stop; `first` 1 puts the time in front, with a comma."""
    core = f"{WHO[who]} {DOES[does]} {WHAT[what]}"
    whole = f"{WHEN[when]}, {core}." if first else f"{core} {WHEN[when]}."
    return whole[0].upper() + whole[1:]


def translated(subject: int, verb: int) -> tuple[list[str], list[str]]:
    """The words of an English sentence and of its Spanish translation."""
    (english, spanish), (does, hace) = _SUBJECTS[subject], _VERBS[verb]
    if english == ("the", "boys"):
        does, hace = (_BASE.get(does[0], does[0]), *does[1:]), (_PLURAL[hace[0]], *hace[1:])
    return [*english, *does], [*spanish, *hace]
