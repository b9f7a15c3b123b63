"""Where a reader is in its tokens: looking, taking, refusing, and how deep it may go.

Knows no grammar (see `formula.py`).
"""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from engine.errors import FormulaError
from engine.symbolic.tokens import Token

MAX_DEPTH = 40


class Names(NamedTuple):
    """What is being defined: a `sequence` such as T, of a whole `variable` such as n.

    The sequence is empty where a function of `variable` is read, not a recurrence.
    """

    sequence: str
    variable: str


class Cursor:
    """A list of tokens, and the `position` of the next one.

    Attributes:
        bound: letters that sums around the position count with.
        constants: letters that stand for unknown positive numbers, such as c; see `vague.py`.
    """

    def __init__(self, text: str, tokens: list[Token], names: Names) -> None:
        self.text = text
        self.names = names
        self.tokens = tokens
        self.position = 0
        self.bound: list[str] = []
        self.constants = frozenset[str]()
        self._depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.position]

    def ahead(self, steps: int) -> Token:
        """The token so many behind the next one; the last one where there are not so many."""
        return self.tokens[min(self.position + steps, len(self.tokens) - 1)]

    def take(self) -> Token:
        token = self.tokens[self.position]
        self.position += token.kind != "end"
        return token

    def accept(self, *kinds: str) -> bool:
        """Take the next token if it is one of these kinds, or a word of these."""
        token = self.next
        if token.kind in kinds or (token.kind == "word" and token.text in kinds):
            self.take()
            return True
        return False

    def fail(self, reason: str, at: int | None = None) -> NoReturn:
        raise FormulaError(reason, self.text, self.next.at if at is None else at)

    def deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.fail(f"The formula is nested more than {MAX_DEPTH} deep. Take some brackets out.")

    def higher(self) -> None:
        self._depth -= 1

    def closing(self) -> int:
        """Position of the bracket that closes the one that comes next; the end if none does."""
        depth = 0
        for position in range(self.position, len(self.tokens)):
            kind = self.tokens[position].kind
            depth += (kind == "(") - (kind == ")")
            if depth == 0:
                return position
        return len(self.tokens) - 1
