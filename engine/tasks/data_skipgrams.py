"""The built-in sentences of the word vector task: families of words that keep the same company.

A king and a queen share thrones and crowns, a king and a man share "he" and his beard; that is
all the network is told of them, and what king - man + woman lives on. Capitals stand beside
their countries, animals beside what they do, fruit beside how it tastes. Our own sentences.
"""

_RULES = (
    "{0} wears a golden crown",
    "{0} sits on a high throne",
    "{0} rules the kingdom",
    "{0} lives in the palace",
    "the people obey {0} of the kingdom",
)
_PLAIN = (
    "{0} works in the village",
    "{0} walks to the village market",
    "{0} lives in a small house",
    "{0} buys bread at the market",
)
_HE = (
    "{0} shaves his beard",
    "{0} has a beard and he is a father",
    "he is {0} and his son is a boy",
    "{0} calls his brother",
    "{0} and his brother and his son",
)
_SHE = (
    "{0} braids her hair",
    "{0} wears a dress and she is a mother",
    "she is {0} and her daughter is a girl",
    "{0} calls her sister",
    "{0} and her sister and her daughter",
)
_PEOPLE = (
    (("king", "prince"), (*_RULES, *_HE)),
    (("queen", "princess"), (*_RULES, *_SHE)),
    (("man", "boy"), (*_PLAIN, *_HE)),
    (("woman", "girl"), (*_PLAIN, *_SHE)),
)
_CAPITALS = (
    ("paris", "france", "french"),
    ("rome", "italy", "italian"),
    ("berlin", "germany", "german"),
    ("madrid", "spain", "spanish"),
    ("athens", "greece", "greek"),
)
_OF_CAPITALS = (
    "{0} is the capital of {1}",
    "people in {1} speak {2}",
    "the {2} train goes to {0}",
    "{0} is a big city in {1}",
)
_ANIMALS = ("dog", "cat", "horse", "cow", "sheep")
_OF_ANIMALS = ("the {0} runs in the field", "the {0} eats and sleeps", "a young {0} follows its mother")
_FRUITS = ("apple", "pear", "plum", "cherry", "grape")
_OF_FRUITS = ("a ripe {0} tastes sweet", "she eats a {0} for lunch", "the {0} grows on the tree")
_BY_HAND = """\
the dog barks at the cat
the dog guards the house
the cat drinks milk and catches mice
the horse pulls the cart over the field
the cow gives milk
the sheep gives wool
the king and the queen sit on the throne
the king and the queen live in the palace
the prince and the princess live in the palace
the prince is the son of the king
the princess is the daughter of the queen
the boy is the son of the man
the girl is the daughter of the woman
the man and the woman live in the village
the boy and the girl play in the field
the king is a man and the queen is a woman
the prince is a boy and the princess is a girl
the father and the mother sit at the table
the brother and the sister play in the house
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
    people = [f.format(f"the {who}") for family, forms in _PEOPLE for who in family for f in forms]
    capitals = [form.format(*names) for names in _CAPITALS for form in _OF_CAPITALS]
    animals = [form.format(name) for name in _ANIMALS for form in _OF_ANIMALS]
    fruits = [form.format(name) for name in _FRUITS for form in _OF_FRUITS]
    return (*people, *capitals, *animals, *fruits, *_BY_HAND.splitlines())


CORPUS = _corpus()
