"""Reading names and times off tokens: h_{t-1}, W_i^{(1)}, a_{f,t}, delta_rev_t, and bounds such as j+1.

`Cursor` goes through the tokens of one line. Knows no operators: those are in `typed.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from engine.errors import FormulaError
from engine.symbolic.tokens import Token
from engine.tape.index import At, at
from engine.tape.nodes import Slope, Var
from engine.working.vocabulary import LETTERS, Script, Unknown, Vocabulary, meant

MAX_DEPTH, MOST_TIME = 40, 51


class Cursor:
    """A place in the tokens of `text`."""

    def __init__(self, text: str, tokens: list[Token], known: Vocabulary) -> None:
        self.text = text
        self.known = known
        self._tokens = tokens
        self._position = 0
        self._depth = 0
        self.met: set[str] = set()  # names of quantities so far

    @property
    def next(self) -> Token:
        return self._tokens[self._position]

    def ahead(self, count: int = 1) -> Token:
        """The token that is `count` places behind the next one."""
        return self._tokens[min(self._position + count, len(self._tokens) - 1)]

    def kinds(self, *wanted: str) -> bool:
        """Whether the next tokens are of these kinds."""
        return all(self.ahead(place).kind == kind for place, kind in enumerate(wanted))

    def take(self) -> Token:
        token = self.next
        self._position += token.kind != "end"
        return token

    def fail(self, reason: str, at: int | None = None) -> NoReturn:
        raise FormulaError(reason, self.text, self.next.at if at is None else at)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Inside one more bracket, fraction or sum."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.fail(f"The line is nested more than {MAX_DEPTH} deep. Take some brackets out.")
        yield
        self._depth -= 1

    def close(self, opening: Token, closing: str) -> None:
        """Take the bracket that ends what `opening` began."""
        token = self.next
        if token.kind == "end":
            self.fail(f"The bracket “{opening.text}” is never closed.", opening.at)
        if token.kind != closing:
            self.fail(f"“{token.text}” cannot stand here; a closing bracket or a sign such as + should.")
        pairs = {"(": ")", "{": "}", "\\{": "\\}"}
        if closing == ")" and pairs.get(opening.text, token.text) != token.text and opening.text in pairs:
            self.fail(f"“{opening.text}” is closed by “{token.text}”.")
        self.take()

    # --- times ---

    def time(self) -> At:
        """What stands at an index or a bound: one letter or number, or more in brackets."""
        if self.next.kind != "(":
            return self._time_alone()
        opening = self.take()
        found = self.time_inside()
        self.close(opening, ")")
        return found

    def _time_alone(self) -> At:
        """One letter or number; what follows it without a space could belong to it or not."""
        found = self.letter_or_number()
        if (
            self.next.kind in "+-"
            and self.next.glued
            and self.ahead().glued
            and self.ahead().kind == "number"
        ):
            sign, more = self.next.text, self.ahead().text
            self.fail(
                f"Is the time {found}{sign}{more}? Then put it in brackets, as in h_{{t-1}}. "
                f"If not, put spaces around the {sign}."
            )
        return found

    def time_inside(self) -> At:
        found = self.letter_or_number()
        while self.next.kind in ("+", "-"):
            sign = -1 if self.take().kind == "-" else 1
            found += sign * self._whole_number()
        return found

    def letter_or_number(self) -> At:
        """A time of one token."""
        if self.next.kind == "word" and self.next.text in LETTERS:
            return At(self.take().text)
        if self.next.kind != "number":
            self.fail("Here a time should follow, such as t, t-1, T or 3.")
        return at(self._whole_number())

    def _whole_number(self) -> int:
        token = self.next
        if token.kind != "number" or not token.text.isdigit():
            self.fail("Times are whole numbers, letters such as t and T, or t-1 and the like.")
        if int(token.text) > MOST_TIME:
            self.fail(f"Times are read up to {MOST_TIME}.")
        return int(self.take().text)

    # --- names ---

    def quantity(self, token: Token, word: str) -> Var | Slope:
        """The quantity that begins with `word`, and its scripts."""
        scripts: list[Script] = []
        layer = ""
        while True:
            if self.next.kind == "_" and not self.kinds("_", "(", ":"):  # that is a column of a matrix
                self.take()
                scripts += self._below()
            elif self.next.kind == "^" and not layer and (layer := self._layer(word, scripts)):
                continue
            elif self.next.kind == "^" and (label := self._gate(word)):
                scripts.insert(0, label)
            else:
                break
        if word == "sigma" and not scripts and "var" in self.known.entries and self._squared():
            word = "var"
        try:
            found = self._meant(word, scripts, layer)
            self.met.add(found.of.name if isinstance(found, Slope) else found.name)
            return found
        except Unknown as unknown:
            self.fail(str(unknown), token.at)

    def _meant(self, word: str, scripts: list[Script], layer: str) -> Var | Slope:
        """With a layer's number, which may belong to the letter or to what is below it: h1_t, W_i1, b_1."""
        if not layer:
            return meant(word, scripts, self.known)
        ways = [(word + layer, scripts), (word, [*scripts, Script(layer, None)])]
        if scripts:
            *before, final = scripts
            ways.append((word, [*before, Script(final.label + layer, None)]))
        for way in ways:
            try:
                return meant(*way, self.known)
            except Unknown:
                continue
        raise Unknown(f"There is no {word} of layer {layer} here.")

    def _below(self) -> list[Script]:
        """What stands behind one _."""
        if self.next.kind != "(":
            return self._below_alone()
        opening = self.take()
        found = [self._script()]
        while self.next.kind == ",":
            self.take()
            found.append(self._script())
        self.close(opening, ")")
        return found

    def _below_alone(self) -> list[Script]:
        """t, or f,t without brackets."""
        token = self.next
        if token.kind == "word" and token.text not in LETTERS:
            found = [Script(self.take().text, None)]
        elif token.kind in ("word", "number"):
            found = [Script(token.text, self._time_alone())]
        else:
            self.fail("Behind _ a name or a time should follow, such as t or {t-1}.")
        more = self.next.kind == "," and self.next.glued and self.ahead().glued and self.ahead(2).kind != "_"
        if more and self.ahead().kind in ("word", "number", "("):
            self.take()
            found += self._below_alone() if self.next.kind != "(" else self._below()
        return found

    def _script(self) -> Script:
        """One of those in the brackets behind _."""
        token = self.next
        if token.kind == "(":
            opening = self.take()
            found = self._script()
            self.close(opening, ")")
            return found
        if token.kind == "word" and (token.text not in LETTERS or self.ahead().kind not in ("+", "-")):
            self.take()
            return Script(token.text, At(token.text) if token.text in LETTERS else None)
        time = self.time_inside()
        return Script(str(time), time)

    def _layer(self, word: str, scripts: list[Script]) -> str:
        """Takes ^{(1)} and gives "1"; "" if what follows is no layer."""
        double = self.kinds("^", "(", "(", "number", ")")
        if not double and not self.kinds("^", "(", "number", ")"):
            return ""
        number = self.ahead(2 + double).text
        if not double and not self._has_layers(word, scripts, number):
            return ""
        openings = [self.take() for _ in range(4 + double)]
        turned = self.take() if double and self.next.text == "T" else None
        if double:
            self.close(openings[1], ")")
        if turned is not None:  # ^{(1)\top}: as if it were ^{(1)} ^ T
            self._position -= 2
            self._tokens[self._position : self._position + 2] = [turned._replace(kind="^", text="^"), turned]
        return number

    def _has_layers(self, word: str, scripts: list[Script], number: str) -> bool:
        whole = "_".join((word, *(script.label for script in scripts)))
        letter = "a" if word == "delta" else word
        layered = {letter + number, whole + number, f"{whole}_{number}"} & self.known.entries.keys()
        return bool(layered) and self.known.find(whole) is None

    def _gate(self, word: str) -> Script | None:
        """Takes ^f or ^{(f)} of a^f_t; None if what follows is no such name."""
        brackets = 0
        while self.ahead(1 + brackets).kind == "(":
            brackets += 1
        token = self.ahead(1 + brackets)
        letter = "a" if word == "delta" else word
        if token.kind != "word" or f"{letter}_{token.text}" not in self.known.entries:
            return None
        self.take()
        openings = [self.take() for _ in range(brackets)]
        self.take()
        for opening in reversed(openings):
            self.close(opening, ")")
        return Script(token.text, None)

    def _squared(self) -> bool:
        """Takes the 2 of sigma^2, which is one name."""
        for shape in (("^", "number"), ("^", "(", "number", ")")):
            if self.kinds(*shape) and self.ahead(len(shape) // 2).text == "2":
                for _ in shape:
                    self.take()
                return True
        return False
