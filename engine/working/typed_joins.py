"""What side by side, + and ⊙ mean for given shapes in a typed line, and what to say where nothing fits.

Where vectors are written as rows (`Vocabulary.rows`), a node stands for its transpose all the way:
the trees are those of columns, only products are turned round. Knows shapes and makers, no tokens. Every
function gives a node or raises `Misfit`, with a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.tape.index import At, at
from engine.tape.makers import add, fill, kron, matmul, over, power, prod_over, times, transpose
from engine.tape.mirror import mirrored
from engine.tape.nodes import NUMBER, Add, Fill, Neg, Node, Partial, Power, Shape, Transpose, Var
from engine.tape.plain import plain
from engine.tape.walk import put, swap
from engine.working.vocabulary import LETTERS, Vocabulary

MOST_NUMBER, MOST_POWER = 10**24, 9
HOLE = "?"  # the length of a column of ones that is not known yet


class Misfit(ValueError):
    """Two shapes that do not fit; the message is for the one who typed them."""


def ones(known: Vocabulary, length: str = HOLE) -> Node:
    """A column of ones, as it is typed."""
    return fill(1, ("1", length) if known.rows else (length, "1"))


def typed(node: Node, known: Vocabulary) -> Node:
    """`node` as it was typed."""
    return mirrored(node) if known.rows else node


def told(node: Node, known: Vocabulary) -> str:
    """ "W_i (h × d)", as it was typed."""
    node = typed(node, known)
    text = plain(node)
    shown = text if len(text) <= 40 else text[:39] + "…"
    return f"{shown} ({'number' if node.shape == NUMBER else ' × '.join(node.shape)})"


def is_literal(node: Node) -> bool:
    """A number as it was typed, or ones of no known length: takes the shape of what is beside it."""
    return isinstance(node, Fill) and (node.shape == NUMBER or HOLE in node.shape)


def spread(node: Node, shape: Shape, known: Vocabulary) -> Node | None:
    """`node` in that shape: numbers everywhere, rows repeated where the network does so; None: it cannot."""
    if node.shape == shape:
        return node
    if is_literal(node) and isinstance(node, Fill):
        return fill(node.value, shape)
    if known.spreads and node.shape in (NUMBER, ("1", shape[1])) and shape[0] != "1":
        return matmul(fill(1, (shape[0], "1")), node) if node.shape[1] == shape[1] else None
    if known.spreads and node.shape == NUMBER:
        return matmul(node, fill(1, shape))
    return None


def _widest(nodes: list[Node]) -> Shape:
    shapes = [node.shape for node in nodes if not is_literal(node)] or [nodes[0].shape]
    return max(shapes, key=lambda shape: sum(size != "1" for size in shape))


def plus(left: Node, right: Node, known: Vocabulary) -> Node:
    """The sum; of two typed numbers, a number, as both may stand for a whole column."""
    if isinstance(left, Fill) and isinstance(right, Fill) and left.shape == right.shape and not known.small:
        return number(left.value + right.value) if left.shape == NUMBER else add(left, right)
    shape = _widest([left, right])
    terms = [spread(node, shape, known) for node in (left, right)]
    if terms[0] is None or terms[1] is None:
        turned = " Is a transpose missing?" if left.shape == right.shape[::-1] else ""
        raise Misfit(
            f"{told(left, known)} and {told(right, known)} cannot be added: their shapes differ.{turned}"
        )
    return add(terms[0], terms[1])


def by_elements(left: Node, right: Node, known: Vocabulary) -> Node:
    """left ⊙ right; a number among them scales."""
    if NUMBER in (left.shape, right.shape) and HOLE not in (*left.shape, *right.shape):
        return times(left, right)
    shape = _widest([left, right])
    factors = [spread(node, shape, known) for node in (left, right)]
    if factors[0] is None or factors[1] is None:
        other = " Or is a matrix product meant, without ⊙?" if _fits(left, right, known) else ""
        both = f"{told(left, known)} and {told(right, known)}"
        raise Misfit(f"{both} cannot be multiplied by elements: their shapes differ.{other}")
    return times(factors[0], factors[1])


def quotient(above: Node, below: Node, known: Vocabulary) -> Node:
    """above / below, by elements; of two numbers that were typed, a number."""
    if isinstance(below, Fill) and below.value == 0:
        raise Misfit("This divides by zero.")
    if isinstance(above, Fill) and isinstance(below, Fill) and above.shape == below.shape == NUMBER:
        return number(above.value / below.value)
    if below.shape == NUMBER:
        return over(sized(above, known), below)
    if above.shape == NUMBER and HOLE not in below.shape:
        above = times(above, fill(1, below.shape))
    shape = _widest([above, below])
    parts = [spread(node, shape, known) for node in (above, below)]
    if parts[0] is None or parts[1] is None:
        raise Misfit(f"{told(above, known)} cannot be divided by {told(below, known)}: their shapes differ.")
    return over(parts[0], parts[1])


def kronecker(left: Node, right: Node, known: Vocabulary) -> Node:
    """left ⊗ right."""
    found = kron(sized(left, known), sized(right, known))
    if any(size.count("·") > 1 for size in found.shape):
        raise Misfit("More than two matrices in one ⊗ are not read: that would be huge.")
    return found


def number(value: Fraction) -> Node:
    """A number that was worked out from typed ones."""
    if max(abs(value.numerator), value.denominator) > MOST_NUMBER:
        raise Misfit("This number is too large, or too small, to work with.")
    return fill(value)


def repeated(body: Node, low: At, high: At) -> Node:
    """A number to the power `high` - `low`: a product over the times between."""
    if body.shape != NUMBER:
        raise Misfit("Only a number is raised to a number of steps. Write the product out: prod_{k=j+1}^{t}.")
    free = (letter for letter in LETTERS if letter not in ("t", "T", low.base, high.base))
    index = next(letter for letter in free if put(body, letter, at(0)) is body)
    return prod_over(body, index, low + 1, high)


def raised(body: Node, exponent: int) -> Node:
    """A power by elements; of a typed number, a number."""
    if isinstance(body, Fill) and body.shape == NUMBER:
        if body.value == 0 and exponent < 0:
            raise Misfit("This divides by zero.")
        return number(body.value**exponent)
    if isinstance(body, Power) and abs(body.exponent * exponent) > MOST_POWER:
        raise Misfit(f"Powers of powers are read up to {MOST_POWER} in all.")
    return power(body, exponent)


# --- products of matrices ---


class Product:
    """Factors that stand side by side, one after the other.

    Matrices are multiplied where they fit; numbers, and products that are numbers, scale.
    """

    def __init__(self, first: Node, known: Vocabulary) -> None:
        self._known = known
        self._numbers: list[Node] = []  # before the matrices
        self._run: list[Node] = [first]
        self._after: list[Node] = []

    def push(self, node: Node, by_sign: bool) -> None:
        """One more factor; `by_sign`: after * or ·, which is by elements where only that fits."""
        self._run[-1] = _between(self._run[-1], node, self._known)
        node = _after(self._run[-1], node, self._known)
        done = self._done()
        if done.shape == NUMBER and (node.shape == NUMBER or is_literal(done) or not self._fits(done, node)):
            self._numbers.append(done)
            self._run = [node]
        elif is_literal(node) and HOLE not in node.shape:
            self._after.append(node)
        elif self._fits(done, node):
            self._run.append(node)
        elif node.shape == NUMBER:
            self._after.append(node)
        elif by_sign and done.shape == node.shape:
            self._run = [times(done, node)]
        else:
            raise Misfit(_misfit(self._run[-1], node, self._known))

    def whole(self) -> Node:
        if not self._numbers and not self._after and len(self._run) == 1:
            return self._run[0]
        self._run[-1] = sized(self._run[-1], self._known)
        if not self._numbers and not self._after:
            return self._done()
        return times(*self._numbers, self._done(), *self._after)

    def _done(self) -> Node:
        return matmul(*(reversed(self._run) if self._known.rows else self._run))

    def _fits(self, left: Node, right: Node) -> bool:
        return _fits(left, right, self._known)


def sized(node: Node, known: Vocabulary) -> Node:
    """Ones of no known length with their usual one."""
    column, row = known.ones
    return _long(node, row if node.shape[0] == "1" else column)


def _long(node: Node, length: str) -> Node:
    """Ones of no known length, and what is made of them, with that one; anything else as it is."""
    if HOLE not in "".join(node.shape):
        return node
    return swap(node, lambda part: _filled(part, length) if isinstance(part, Fill) else None)


def _filled(ones: Fill, length: str) -> Node:
    rows, columns = (length if size == HOLE else size for size in ones.shape)
    return fill(ones.value, (rows, columns))


def _between(before: Node, node: Node, known: Vocabulary) -> Node:
    """A row of ones before `node` as long as that is high; other ones of their usual length."""
    if _shape(before, known) == ("1", HOLE):
        return _long(before, known.ones[0] if HOLE in node.shape else _shape(node, known)[0])
    return sized(before, known)


def _after(before: Node, node: Node, known: Vocabulary) -> Node:
    """A column of ones after a matrix as long as that is wide."""
    if _shape(node, known) == (HOLE, "1") and _shape(before, known)[1] != "1":
        return _long(node, _shape(before, known)[1])
    return node


def _shape(node: Node, known: Vocabulary) -> Shape:
    """As it is typed."""
    return node.shape[::-1] if known.rows else node.shape


def _fits(left: Node, right: Node, known: Vocabulary) -> bool:
    return _shape(left, known)[1] == _shape(right, known)[0]


def _misfit(left: Node, right: Node, known: Vocabulary) -> str:
    instead = next(_instead(typed(left, known), typed(right, known), known), "")
    hint = f"; did you mean {instead}?" if instead else "."
    return f"{told(left, known)} times {told(right, known)} does not fit{hint}"


def _instead(left: Node, right: Node, known: Vocabulary) -> Iterator[str]:
    """What would fit: another weight of the same letter, a transpose, by elements, or the other order."""
    core = left.body if isinstance(left, Transpose) else left
    if isinstance(core, Var):
        for entry in known.entries.values():
            alike = entry.once and entry.name[0] == core.name[0]
            if alike and _shape(entry.at(None), known) == (left.shape[0], right.shape[0]):
                yield plain(entry.at(None))
    if left.shape == right.shape and left.shape[1] == "1":
        yield f"{_factor(left)} ⊙ {_factor(right)} or {_factor(left)} {_factor(transpose(right))}"
    if right.shape[1] == left.shape[0] and not isinstance(right, Partial):
        yield f"{_factor(right)} {_factor(left)}"
    if right.shape[0] == left.shape[0] and left.shape[1] == "1":
        yield f"{_factor(transpose(right))} {_factor(left)}"
    if left.shape[0] == right.shape[0]:
        yield plain(transpose(left))
    if left.shape[1] == right.shape[1]:
        yield plain(transpose(right))


def _factor(node: Node) -> str:
    return f"({plain(node)})" if isinstance(node, Add | Neg) else plain(node)
