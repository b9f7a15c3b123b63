"""The built-in sentences of the bank task: what stands before "bank" never tells which bank it is.

Every opening is joined with every ending of its group, and each group has as many endings with
money as with a river, so that after "bank" has been read both are still equally likely. The
endings begin alike too. Our own sentences.
"""

_GROUPS = (
    (
        ("i went to the", "we walked to the", "she came to the", "they met at the", "he waits at the"),
        (
            "to deposit money",
            "to open an account",
            "to ask for a loan",
            "to pay the rent",
            "and talked about a loan",
            "and changed some coins",
        ),
        (
            "to feed the ducks",
            "to catch a fish",
            "to look for frogs",
            "to swim in the water",
            "and talked about the boats",
            "and picked some reeds",
        ),
    ),
    (
        ("the", "that", "the old", "i think the", "my mother says the"),
        (
            "was closed on monday",
            "was full of money",
            "has a new manager",
            "has lost my account",
            "is open until noon",
            "is good for a loan",
        ),
        (
            "was steep and muddy",
            "was full of reeds",
            "has a new bridge",
            "has lost its grass",
            "is under the water",
            "is good for a swim",
        ),
    ),
)
WHICH: tuple[tuple[str, str], ...] = tuple(
    (label, f"{opening} bank {ending}")
    for openings, money, river in _GROUPS
    for label, endings in (("money", money), ("river", river))
    for opening in openings
    for ending in endings
)
