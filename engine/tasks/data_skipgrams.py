"""The built-in sentences of the word vector task: families of words that keep the same company.

A king and a queen share throne and crown, a king and a man share "his" and a beard: that is all
the network is told of them, and what king - man + woman lives on. Capitals and countries share
their adjective, animals what they do, fruit how it tastes. Our own sentences.
"""

_REIGNS = (
    "the {0} rules the kingdom",
    "the crowned {0} sits on the throne",
    "the golden crown of the {0}",
    "people obey the {0} and kneel",
)
_HEIR = (
    "the royal {0} rides a pony",
    "the royal {0} lives in the palace",
    "one day the {0} will inherit the throne",
    "the {0} inherits a golden ring",
)
_WORKS = (
    "the {0} works in the village",
    "the tired {0} buys bread",
    "the {0} pays for bread at the market",
    "every {0} in the village works hard",
)
_LEARNS = (
    "the little {0} goes to school",
    "the {0} plays with a toy",
    "every little {0} learns to read",
    "the {0} plays at school",
)
_HE = (
    "the {0} shaves his beard",
    "the {0} and his brother",
    "his friend, the {0}, calls him",
    "he, the {0}, combs his beard",
    "sir, said the {0} himself",
    "the {0} himself shaves",
)
_SHE = (
    "the {0} braids her hair",
    "the {0} and her sister",
    "her friend, the {0}, calls her",
    "she, the {0}, wears her dress",
    "madam, said the {0} herself",
    "the {0} herself braids",
)
_PEOPLE = (
    ("king", (*_REIGNS, *_HE)),
    ("queen", (*_REIGNS, *_SHE)),
    ("prince", (*_HEIR, *_HE)),
    ("princess", (*_HEIR, *_SHE)),
    ("man", (*_WORKS, *_HE)),
    ("woman", (*_WORKS, *_SHE)),
    ("boy", (*_LEARNS, *_HE)),
    ("girl", (*_LEARNS, *_SHE)),
)
_CAPITALS = (
    ("paris", "france", "french"),
    ("rome", "italy", "italian"),
    ("berlin", "germany", "german"),
    ("madrid", "spain", "spanish"),
    ("athens", "greece", "greek"),
)
_OF_CAPITALS = (
    "the {2} capital {0} is a big city",
    "{0} is a {2} city",
    "a train to {2} {0}",
    "people in {1} speak {2}",
    "the {2} country {1} has many farms",
    "{1} is a {2} country",
    "{2} {1} has many farms",
)
_ANIMALS = ("dog", "cat", "horse", "cow", "sheep")
_OF_ANIMALS = ("the {0} runs in the field", "the hungry {0} eats and sleeps", "a {0} has four legs")
_FRUITS = ("apple", "pear", "plum", "cherry", "grape")
_OF_FRUITS = ("a ripe {0} tastes sweet", "she eats a sweet {0} for lunch", "the {0} grows on a tree")
_BY_HAND = """\
the dog barks at the cat
the dog guards the house
the cat drinks milk and catches mice
the horse pulls the cart over the field
the cow gives milk
the sheep gives wool
the king and the queen sit on the throne
the prince and the princess live in the palace
the man and the woman work in the village
the boy and the girl play at school
they bake a cake with apple and pear
they make juice from cherry and grape
plum and cherry are ripe in summer
apple and plum grow in the garden
the train goes from paris to rome
the train goes from berlin to madrid
the train goes from athens to rome
france and spain are in the west
italy and greece are in the south
"""


def _corpus() -> tuple[str, ...]:
    people = [form.format(who) for who, forms in _PEOPLE for form in forms]
    capitals = [form.format(*names) for names in _CAPITALS for form in _OF_CAPITALS]
    animals = [form.format(name) for name in _ANIMALS for form in _OF_ANIMALS]
    fruits = [form.format(name) for name in _FRUITS for form in _OF_FRUITS]
    return (*people, *capitals, *animals, *fruits, *_BY_HAND.splitlines())


CORPUS = _corpus()
