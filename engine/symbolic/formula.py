"""Tokens -> tree: reads one formula, by recursive descent, with the usual precedences.

    sum      product { (+|-) product }               "..." between summands: see `dots.py`
    product  signed { (*|/|//|mod) signed | signed } side by side multiplies; left to right
    signed   - signed | power                        so -n^2 is -(n^2) and 1/2 n is (1/2) n
    power    atom [!] [^ signed]                     to the right: 2^n^2 is 2^(n^2)
    atom     number | letter | T(...) | a_... | (...) | |...| | function argument

Only the names in an allow list mean anything (functions: see `named.py`). Knows nothing of
equations (see `parser.py`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import NoReturn

from engine.symbolic import dots, named
from engine.symbolic.cursor import Cursor, Names
from engine.symbolic.evaluate import constant
from engine.symbolic.expr import Add, Call, Div, Expr, Mul, Neg, Num, Pow, Sym, Term, children
from engine.symbolic.named import CLASSES, FUNCTIONS
from engine.symbolic.tokens import Token

__all__ = ["FUNCTIONS", "KEYWORDS", "Names", "Reader"]

MAX_EXPONENT, MAX_FACTORIAL = 64, 20
MOST_EXPONENT = 10_000  # where nothing is worked out with it but its class

KEYWORDS = (
    *("for", "if", "when", "where", "with", "and", "given", "all", "otherwise", "else", "or", "is", "to"),
    *("in", "of", "from", "over", "mod", "choose", "on", "at", "so", "then", "let", "assume", "assuming"),
    *("For", "If", "every", "any", "each", "integer", "integers", "power", "even", "odd"),
)
_CLOSES = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "（": "）"}
_STARTS = {"number", "word", "(", "⌊", "⌈"}


class Reader(Cursor):
    """Reads formulas from a list of tokens."""

    most_exponent = MAX_EXPONENT

    # --- the grammar, loosest first ---

    def sum(self) -> Expr:
        self.deeper()
        terms = [self.product()]
        gaps: list[tuple[int, int]] = []  # (how many summands stand before the dots, their column)
        while self.next.kind in ("+", "-"):
            minus = self.take().kind == "-"
            if self.next.kind == "dots" and not minus:
                gaps.append((len(terms), self.take().at))
                continue
            product = self.product()
            terms.append(Neg(product) if minus else product)
        self.higher()
        if gaps:
            terms = dots.filled(self, terms, gaps)
        return Add(tuple(terms)) if len(terms) > 1 else terms[0]

    def product(self) -> Expr:
        factors = [self._signed()]
        while True:
            token = self.next
            if token.kind == "*":
                self.take()
                factors.append(self._signed())
            elif token.kind in ("/", "//"):
                self.take()
                quotient = self.quotient(factors, self._signed(), token.at)
                factors = [Call("floor", quotient, at=token.at) if token.kind == "//" else quotient]
            elif token.kind == "%" or token.text in ("mod", "choose"):
                self.take()
                name = "binomial" if token.text == "choose" else "mod"
                factors = [Call(name, _multiplied(factors), self._signed(), token.at)]
            elif self.is_factor(token):
                unclear = token.glued and self.ahead(1).kind != "^"  # n2 is not, n2^n is
                if token.kind == "number" and (unclear or isinstance(factors[-1], Num)):
                    self.fail(f"Put a sign between what stands here and {token.text}: * or ^ or +.")
                factors.append(self.power())
            else:
                return _multiplied(factors)

    def is_factor(self, token: Token) -> bool:
        """Whether `token`, the next one, begins a factor."""
        if token.kind not in _STARTS or token.text in KEYWORDS or self.begins_value():
            return False
        return token.kind != "(" or not self._is_condition()

    def begins_value(self) -> bool:
        """Whether a first value comes next, T(0) =, with nothing that parts it from what is before."""
        if self.next.text != self.names.sequence or not self.names.sequence:
            return False
        kinds = [self.ahead(step).kind for step in range(1, 5)]
        patterns = (["(", "number", ")", "="], ["_", "number", "="], ["number", "="])
        return any(kinds[: len(pattern)] == pattern for pattern in patterns)

    def _is_condition(self) -> bool:
        """Whether a bracket comes next that says for which n something holds: (n > 1), (for n > 1)."""
        first, second = self.ahead(1), self.ahead(2)
        if first.text in ("for", "if", "when"):
            return True
        return first.text == self.names.variable and second.kind in ("<", "<=", ">", ">=", "=")

    def quotient(self, factors: list[Expr], below: Expr, at: int) -> Expr:
        if self.constant(below, at) == 0:
            self.fail("This divides by zero.", at)
        return Div(_multiplied(factors), below)

    def _signed(self) -> Expr:
        if self.next.kind not in ("-", "+"):
            return self.power()
        self.deeper()
        minus = self.take().kind == "-"
        body = self._signed()
        self.higher()
        return Neg(body) if minus else body

    def power(self) -> Expr:
        if self.next.text == "e" and named.is_euler(self):
            return named.exponential(self)
        base = self._atom()
        while self.next.kind == "!":
            base = self._factorial(base, self.take().at)
        if self.next.kind != "^":
            return base
        return self._raise(base)

    def exponent(self) -> Expr:
        """What stands behind ^."""
        self.deeper()
        exponent = self._signed()
        self.higher()
        return exponent

    def _raise(self, base: Expr) -> Expr:
        at = self.take().at
        exponent = self.exponent()
        size = self.constant(exponent, at)
        known = self.constant(base, at)
        most = self.most_exponent
        if size is not None and abs(size) > most:
            self.fail(f"The exponent is over {most}, the most that is read.", at)
        if size is not None and known is None and abs(size) * _raised(base) > most:
            self.fail(f"The exponents, multiplied, are over {most}, the most that is read.", at)
        if size is not None and size < 0 and known == 0:
            self.fail("This divides by zero.", at)
        result = Pow(base, exponent)
        self.constant(result, at)
        return result

    def _factorial(self, base: Expr, at: int) -> Expr:
        size = self.constant(base, at)
        if size is not None and not (size.denominator == 1 and 0 <= size <= MAX_FACTORIAL):
            self.fail(f"Factorials are read of letters and of whole numbers up to {MAX_FACTORIAL}.", at)
        return Call("factorial", base, at=at)

    def constant(self, expr: Expr, at: int) -> Fraction | None:
        """The value of `expr` if it is made of numbers, else None; refuses what is too large."""
        try:
            return constant(expr)
        except OverflowError:
            self.fail("This number is too large to work with.", at)
        except ZeroDivisionError:
            self.fail("This divides by zero.", at)

    # --- atoms ---

    def _atom(self) -> Expr:
        token = self.take()
        match token.kind:
            case "number":
                return Num(Fraction(token.text), token.at)
            case "word":
                return self._word(token)
            case "(":
                return self.group(token)
            case "⌊" | "⌈":
                return self._bracketed(token)
            case "|":
                return self._size(token)
        return self._unexpected(token)

    def _unexpected(self, token: Token) -> NoReturn:
        if token.kind == "end":
            self.fail("The formula stops too early: a number, a letter or a bracket should follow.", token.at)
        self.fail(
            f"Before “{token.text.strip() or ';'}” a number, a letter or a bracket is missing.", token.at
        )

    def group(self, opening: Token) -> Expr:
        """What stands between `opening`, which has been taken, and the bracket that closes it."""
        inner = self.sum()
        self.close(opening)
        return inner

    def close(self, opening: Token) -> None:
        closing = self.next
        if closing.kind == "end":
            self.fail(f"The bracket “{opening.text}” is never closed.", opening.at)
        if closing.kind != ")":
            self.fail(
                f"“{closing.text}” cannot stand here; a closing bracket or a sign such as + should.",
                closing.at,
            )
        if _CLOSES.get(opening.text, ")") != closing.text and "frac" not in opening.text:
            self.fail(f"“{opening.text}” is closed by “{closing.text}”.", closing.at)
        self.take()

    def _bracketed(self, opening: Token) -> Expr:
        name, closing = ("floor", "⌋") if opening.kind == "⌊" else ("ceil", "⌉")
        inner = self.sum()
        if self.next.kind != closing:
            self.fail(f"“{opening.kind}” is never closed by “{closing}”.", opening.at)
        self.take()
        return Call(name, inner, at=opening.at)

    def _size(self, opening: Token) -> Expr:
        inner = self.sum()
        if not self.accept("|"):
            self.fail("“|” is never closed by another one.", opening.at)
        return Call("abs", inner, at=opening.at)

    def _word(self, token: Token) -> Expr:  # noqa: PLR0911 - one case a meaning
        word = token.text
        if word == self.names.sequence and self._place_follows():
            return self._term(token)
        if word == self.names.variable or word in self.bound:
            return Sym(word, at=token.at)
        if word == "frac":
            above, below = self.figure(), self.figure()
            return self.quotient([above], below, token.at)
        found = named.function(self, token)
        if found is not None:
            return found
        if word in self.constants:
            return self._unknown_number(token)
        if len(word) > 1 and self._split(token):
            return self._atom()
        return self._unknown(token)

    def _place_follows(self) -> bool:
        token = self.next
        return token.kind in ("(", "_") or (token.kind == "number" and token.glued and token.text.isdigit())

    def _unknown_number(self, token: Token) -> Expr:
        """A letter such as c or c_1."""
        name = token.text
        if self.next.kind == "number" and self.next.glued:
            name += f"_{self.take().text}"
        elif self.next.kind == "_":
            self.take()
            name += f"_{self.simple_number()}"
        if self.next.kind == "(":
            inside = self.ahead(1)
            if inside.text == self.names.variable and self.ahead(2).kind == ")":
                self.fail(f"It is not said what {name}({self.names.variable}) is. Write it out.", token.at)
        return Sym(name, at=token.at)

    def _split(self, token: Token) -> bool:
        """Take a run such as nlogn, cn or nT apart into known words, in place; False if that fails."""
        known = sorted({*FUNCTIONS, *self.names, *self.bound} - {""}, key=len, reverse=True)
        pieces, rest, at = list[Token](), token.text, token.at
        while rest:
            word = next((word for word in known if rest.startswith(word)), None)
            if word is None and at == token.at and rest[0] in self.constants and len(rest) > 1:
                word = rest[0]
            if word is None:
                return False
            pieces.append(Token("word", word, at, not pieces and token.glued))
            rest, at = rest[len(word) :], at + len(word)
        if len(pieces) < 2:
            return False
        self.position -= 1
        self.tokens[self.position : self.position + 1] = pieces
        return True

    def _unknown(self, token: Token) -> NoReturn:
        word, (sequence, variable) = token.text, self.names
        if word == sequence:
            self.fail(f"{sequence} needs its place in brackets, such as {sequence}({variable}-1).", token.at)
        if word in CLASSES:
            self.fail(f"{word} needs a function in brackets, such as {word}({variable}).", token.at)
        if word in KEYWORDS:
            self.fail(f"Before “{word}” something is missing.", token.at)
        if self.next.kind in ("(", "_") and sequence and len(word) <= 3:
            self.fail(
                f"It is not said what {word}(...) is. One sequence is solved at a time, here {sequence}; "
                "write everything else out.",
                token.at,
            )
        if len(word) == 1:
            self.fail(f"The letter {word} has no value here. Put a number in its place.", token.at)
        defined = f"{sequence}(...), " if sequence else ""
        self.fail(
            f"“{word}” is not known here. Known are {variable}, {defined}numbers, log, ln, lg, sqrt, "
            "floor, ceil, exp, max, min, mod and sums.",
            token.at,
        )

    def _term(self, token: Token) -> Expr:
        subscript = self.next.kind != "("
        if self.next.kind == "_":
            self.take()
        if self.next.kind != "(":
            return Term(token.text, self.simple(), True, token.at)
        opening = self.take()
        place = self.sum()
        if self.next.kind == ",":
            self.fail(
                f"{token.text} has more than one size here; one is the most that is solved.", self.next.at
            )
        self.close(opening)
        return Term(token.text, place, subscript, token.at)

    def simple(self) -> Expr:
        """One digit, one letter or a group: what an index or a \\frac may be."""
        token = self.next
        if token.kind == "(":
            return self.group(self.take())
        if token.kind == "word" and len(token.text) > 1 and token.text[0] == self.names.variable:
            rest = Token("word", token.text[1:], token.at + 1, True)
            self.tokens[self.position : self.position + 1] = [token._replace(text=token.text[0]), rest]
            return self._atom()
        if token.kind != "number" and token.text != self.names.variable and token.text not in self.bound:
            self.fail("Here a number, a letter or a bracket should follow.")
        return self._atom()

    def figure(self) -> Expr:
        """As `simple`, but of a number only the first figure: \\frac12 is a half."""
        token = self.next
        if token.kind == "number" and token.text.isdigit() and len(token.text) > 1:
            rest = Token("number", token.text[1:], token.at + 1, False)
            self.tokens[self.position : self.position + 1] = [token._replace(text=token.text[0]), rest]
        return self.simple()

    def simple_number(self) -> str:
        """A whole number as an index of a name, perhaps in brackets."""
        opening = self.take() if self.next.kind == "(" else None
        token = self.take()
        if token.kind != "number" or not token.text.isdigit():
            self.fail("Here a whole number should follow.", token.at)
        if opening is not None:
            self.close(opening)
        return token.text


def _multiplied(factors: list[Expr]) -> Expr:
    return Mul(tuple(factors)) if len(factors) > 1 else factors[0]


def _raised(expr: Expr) -> Fraction:
    """The largest power of anything in `expr`: 64 in (n^8 + 1)^8."""
    inner: Fraction = max((_raised(part) for part in children(expr)), default=Fraction(0))
    if not isinstance(expr, Pow):
        return inner
    exponent = expr.exponent.value if isinstance(expr.exponent, Num) else Fraction(1)
    return max(Fraction(1), abs(exponent)) * max(Fraction(1), inner)
