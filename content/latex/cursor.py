"""A place in the tokens of one side, and the names that may stand there. Knows no grammar."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager

from content.latex.tokens import Tokens, tokens
from content.latex.tree import Node

_DEEPEST = 40  # pieces inside pieces: the tree is walked by functions that call themselves


class Unread(Exception):
    """Something that is not understood; the message is a sentence."""


class Names:
    """The names of one formula, as LaTeX; at each place the longest one that fits is meant.

    Args:
        written: all names.
        functions: those of them that mean a function of `content.worked`.
    """

    def __init__(self, written: Iterable[str] = (), functions: Collection[str] = ()) -> None:
        made = ((tokens(name), name) for name in written)
        self._known = sorted(made, key=lambda pair: -len(pair[0]))
        self._functions = frozenset(functions)

    def beginning(self, rest: Tokens) -> tuple[str, int]:
        """The longest name with which `rest` begins, and how many tokens it has; ("", 0) if none does."""
        for made, name in self._known:
            if made and rest[: len(made)] == made:
                return name, len(made)
        return "", 0

    def is_function(self, name: str) -> bool:
        return name in self._functions


class Cursor:
    """What is left to read of one side. `expression` and `product` read what their names say from here on."""

    def __init__(
        self,
        side: Tokens,
        names: Names,
        expression: Callable[[Cursor], Node],
        product: Callable[[Cursor], Node],
    ) -> None:
        self.rest = side
        self.names = names
        self.product = product
        self.closing: list[str] = []  # the ends of the bars that are open; the innermost is last
        self._expression = expression
        self._depth = 0

    @property
    def here(self) -> str:
        """The next token; empty at the end."""
        return self.rest[0] if self.rest else ""

    def skip(self, count: int = 1) -> None:
        self.rest = self.rest[count:]

    def take(self) -> str:
        """The next token, left behind. Raises Unread at the end."""
        token = self.here
        if not token:
            raise Unread("something is missing at the end.")
        self.skip()
        return token

    def must(self, token: str) -> None:
        """Leave `token` behind. Raises Unread if another stands here."""
        found = self.take()
        if found != token:
            raise Unread(f"{token} is missing before {found}.")

    def name_here(self) -> str:
        """The name that begins here, not left behind; empty if none."""
        return self.names.beginning(self.rest)[0]

    def take_name(self) -> str:
        """The name that begins here, left behind; empty if none."""
        name, length = self.names.beginning(self.rest)
        self.skip(length)
        return name

    @contextmanager
    def inside(self) -> Iterator[None]:
        """One piece deeper: in a bracket, under a root. Raises Unread where that is too deep."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unread(f"more than {_DEEPEST} pieces inside each other are not read.")
        yield
        self._depth -= 1

    def expression(self) -> Node:
        """A whole expression, as inside brackets."""
        return self._expression(self)

    def listed(self, end: str) -> tuple[Node, ...]:
        """Expressions with , or ; between them, and `end`."""
        parts = [self.expression()]
        while self.here in (",", ";"):
            self.skip()
            parts.append(self.expression())
        self.must(end)
        return tuple(parts)
