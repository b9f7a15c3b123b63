"""Tokens -> tree: reads one formula, by recursive descent, with the usual precedences.

    sum      product { (+|-) product }
    product  signed { (*|/) signed | signed }        side by side multiplies; left to right
    signed   - signed | power                        so -n^2 is -(n^2) and 1/2 n is (1/2) n
    power    atom [!] [^ signed]                     to the right: 2^n^2 is 2^(n^2)
    atom     number | letter | T(...) | a_... | (...) | function argument

Only the names in an allow list mean anything. Knows nothing of equations (see `parser.py`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, NoReturn

from engine.errors import FormulaError
from engine.symbolic.evaluate import constant
from engine.symbolic.expr import Add, Call, Div, Expr, Mul, Neg, Num, Pow, Sym, Term, column
from engine.symbolic.tokens import Token

MAX_DEPTH, MAX_EXPONENT, MAX_FACTORIAL = 40, 64, 20

FUNCTIONS = {"log": "log", "ln": "ln", "lg": "log", "sqrt": "sqrt", "floor": "floor", "ceil": "ceil"}
_FAMILIES = ("Theta", "Omega", "O")
KEYWORDS = ("for", "if", "when", "where", "with", "and", "given", "all", "otherwise", "else")
_CLOSES = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "（": "）"}
_STARTS = {"number", "word", "(", "⌊", "⌈"}


class Names(NamedTuple):
    """What is being defined: a `sequence` such as T, of a whole `variable` such as n."""

    sequence: str
    variable: str


class Reader:
    """Reads formulas from a list of tokens; `position` is the next one."""

    def __init__(self, text: str, tokens: list[Token], names: Names) -> None:
        self.text = text
        self.names = names
        self.position = 0
        self._tokens = tokens
        self._depth = 0

    @property
    def next(self) -> Token:
        return self._tokens[self.position]

    @property
    def after_next(self) -> Token:
        return self._tokens[min(self.position + 1, len(self._tokens) - 1)]

    def take(self) -> Token:
        token = self._tokens[self.position]
        self.position += token.kind != "end"
        return token

    def fail(self, reason: str, at: int | None = None) -> NoReturn:
        raise FormulaError(reason, self.text, self.next.at if at is None else at)

    # --- the grammar, loosest first ---

    def sum(self) -> Expr:
        self._deeper()
        terms = [self._product()]
        while self.next.kind in ("+", "-"):
            minus = self.take().kind == "-"
            product = self._product()
            terms.append(Neg(product) if minus else product)
        self._depth -= 1
        return Add(tuple(terms)) if len(terms) > 1 else terms[0]

    def _product(self) -> Expr:
        factors = [self._signed()]
        while True:
            token = self.next
            if token.kind == "*":
                self.take()
                factors.append(self._signed())
            elif token.kind == "/":
                self.take()
                factors = [self._quotient(factors, self._signed(), token.at)]
            elif self._is_factor(token):
                if token.kind == "number" and (token.glued or isinstance(factors[-1], Num)):
                    self.fail(f"Put a sign between what stands here and {token.text}: * or ^ or +.")
                factors.append(self._power())
            else:
                return Mul(tuple(factors)) if len(factors) > 1 else factors[0]

    def _is_factor(self, token: Token) -> bool:
        return token.kind in _STARTS and token.text not in KEYWORDS

    def _quotient(self, factors: list[Expr], below: Expr, at: int) -> Expr:
        if self._constant(below, at) == 0:
            self.fail("This divides by zero.", at)
        return Div(Mul(tuple(factors)) if len(factors) > 1 else factors[0], below)

    def _signed(self) -> Expr:
        if self.next.kind not in ("-", "+"):
            return self._power()
        self._deeper()
        minus = self.take().kind == "-"
        body = self._signed()
        self._depth -= 1
        return Neg(body) if minus else body

    def _power(self) -> Expr:
        base = self._atom()
        while self.next.kind == "!":
            base = self._factorial(base, self.take().at)
        if self.next.kind != "^":
            return base
        return self._raise(base)

    def _raise(self, base: Expr) -> Expr:
        at = self.take().at
        self._deeper()
        exponent = self._signed()
        self._depth -= 1
        size = self._constant(exponent, at)
        if size is not None and abs(size) > MAX_EXPONENT:
            self.fail(f"The exponent is over {MAX_EXPONENT}, the most that is read.", at)
        if size is not None and size < 0 and self._constant(base, at) == 0:
            self.fail("This divides by zero.", at)
        result = Pow(base, exponent)
        self._constant(result, at)
        return result

    def _factorial(self, base: Expr, at: int) -> Expr:
        size = self._constant(base, at)
        if size is not None and not (size.denominator == 1 and 0 <= size <= MAX_FACTORIAL):
            self.fail(f"Factorials are read of letters and of whole numbers up to {MAX_FACTORIAL}.", at)
        return Call("factorial", base, at=at)

    def _constant(self, expr: Expr, at: int) -> Fraction | None:
        try:
            return constant(expr)
        except OverflowError:
            self.fail("This number is too large to work with.", at)
        except ZeroDivisionError:
            self.fail("This divides by zero.", at)

    # --- atoms ---

    def _atom(self) -> Expr:
        token = self.take()
        if token.kind == "number":
            return Num(Fraction(token.text), token.at)
        if token.kind == "word":
            return self._word(token)
        if token.kind == "(":
            return self._group(token)
        if token.kind in ("⌊", "⌈"):
            return self._bracketed(token)
        return self._unexpected(token)

    def _unexpected(self, token: Token) -> NoReturn:
        if token.kind == "end":
            self.fail("The formula stops too early: a number, a letter or a bracket should follow.", token.at)
        self.fail(
            f"Before “{token.text.strip() or ';'}” a number, a letter or a bracket is missing.", token.at
        )

    def _group(self, opening: Token) -> Expr:
        inner = self.sum()
        closing = self.next
        if closing.kind == "end":
            self.fail(f"The bracket “{opening.text}” is never closed.", opening.at)
        if closing.kind != ")":
            self._unexpected_after(closing)
        if _CLOSES.get(opening.text, ")") != closing.text and "frac" not in opening.text:
            self.fail(f"“{opening.text}” is closed by “{closing.text}”.", closing.at)
        self.take()
        return inner

    def _unexpected_after(self, token: Token) -> NoReturn:
        self.fail(
            f"“{token.text}” cannot stand here; a closing bracket or a sign such as + should.", token.at
        )

    def _bracketed(self, opening: Token) -> Expr:
        name, closing = ("floor", "⌋") if opening.kind == "⌊" else ("ceil", "⌉")
        inner = self.sum()
        if self.next.kind != closing:
            self.fail(f"“{opening.kind}” is never closed by “{closing}”.", opening.at)
        self.take()
        return Call(name, inner, at=opening.at)

    def _word(self, token: Token) -> Expr:
        word = token.text
        if word == self.names.sequence and self.next.kind in ("(", "_"):
            return self._term(token)
        if word == self.names.variable:
            return Sym(word, at=token.at)
        if word == "frac":
            return self._fraction(token)
        if word in FUNCTIONS:
            return self._function(token)
        if len(word) > 1 and self._split(token):
            return self._atom()
        return self._unknown(token)

    def _split(self, token: Token) -> bool:
        """Take a run such as nlogn or nT apart into known words, in place; False if that fails."""
        known = sorted({*FUNCTIONS, *self.names}, key=len, reverse=True)
        pieces, rest, at = list[Token](), token.text, token.at
        while rest:
            word = next((word for word in known if rest.startswith(word)), None)
            if word is None:
                return False
            pieces.append(Token("word", word, at, not pieces and token.glued))
            rest, at = rest[len(word) :], at + len(word)
        self.position -= 1
        self._tokens[self.position : self.position + 1] = pieces
        return True

    def _unknown(self, token: Token) -> NoReturn:
        word, (sequence, variable) = token.text, self.names
        if word == sequence:
            self.fail(f"{sequence} needs its place in brackets, such as {sequence}({variable}-1).", token.at)
        if word in _FAMILIES:
            self.fail(
                f"{word}(...) stands for many functions. Write one of them, such as {variable}.", token.at
            )
        if word in KEYWORDS:
            self.fail(f"Before “{word}” something is missing.", token.at)
        if len(word) == 1:
            self.fail(f"The letter {word} has no value here. Put a number in its place.", token.at)
        self.fail(
            f"“{word}” is not known here. Known are {variable}, {sequence}(...), numbers, log, ln, lg, sqrt, "
            "floor and ceil.",
            token.at,
        )

    def _term(self, token: Token) -> Expr:
        subscript = self.take().kind == "_"
        if not subscript:
            self.position -= 1
        place = self._group(self.take()) if self.next.kind == "(" else self._simple()
        return Term(token.text, place, subscript, token.at)

    def _simple(self) -> Expr:
        """One number or one letter: what an index or a \\frac may be without brackets."""
        token = self.next
        if token.kind != "number" and token.text != self.names.variable:
            self.fail("Here a number, a letter or a bracket should follow.")
        return self._atom()

    def _fraction(self, token: Token) -> Expr:
        above = self._group(self.take()) if self.next.kind == "(" else self._simple()
        below = self._group(self.take()) if self.next.kind == "(" else self._simple()
        return self._quotient([above], below, token.at)

    # --- functions ---

    def _function(self, token: Token) -> Expr:
        if token.text == "sqrt" and self.next.text == "[":
            return self._root(token)
        base = self._base(token)
        exponent: Expr | None = None
        if self.next.kind == "^" and token.text != "sqrt":
            self.take()
            exponent = self._group(self.take()) if self.next.kind == "(" else self._simple()
        call = Call(FUNCTIONS[token.text], self._argument(token), base, token.at)
        return call if exponent is None else Pow(call, exponent)

    def _base(self, token: Token) -> Expr | None:
        """The base of a logarithm: log_2 n, log2 n; log and lg alone are to base 2."""
        if token.text not in ("log", "lg"):
            return None
        if self.next.kind == "_":
            self.take()
            base = self._group(self.take()) if self.next.kind == "(" else self._simple()
        elif (
            self.next.kind == "number" and self.next.glued and self._tokens[self.position + 1].kind in _STARTS
        ):
            base = self._atom()
        else:
            return Num(Fraction(2))
        value = self._constant(base, column(base))
        if value is None or value <= 1:
            self.fail("The base of a logarithm must be a number above 1.", column(base))
        return base

    def _argument(self, token: Token) -> Expr:
        if self.next.kind == "(":
            return self._group(self.take())
        if not self._is_factor(self.next):
            self.fail(
                f"After “{token.text}” it should say of what, such as {token.text}({self.names.variable})."
            )
        self._deeper()
        factors = [self._power()]
        while self.next.text == self.names.variable:  # log 2n is the logarithm of 2n
            factors.append(self._power())
        self._depth -= 1
        return Mul(tuple(factors)) if len(factors) > 1 else factors[0]

    def _root(self, token: Token) -> Expr:
        degree = self._group(self.take())
        size = self._constant(degree, token.at)
        if size is None or size.denominator != 1 or not 2 <= size <= MAX_EXPONENT:
            self.fail("The degree of a root must be a whole number from 2.", token.at)
        return Pow(self._argument(token), Num(1 / size))

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.fail(f"The formula is nested more than {MAX_DEPTH} deep. Take some brackets out.")
