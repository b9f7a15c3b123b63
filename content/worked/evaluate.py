"""A checked expression and the names it may use -> its value: a walk over the tree, every size bounded.

Knows no function by name: functions.py has them.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Union

from content.worked.reading import WorkedError, read, read_equation
from engine.errors import EngineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Value = Union[int, float, "NDArray[np.float64]"]
Names = Mapping[str, Value]

_MOST_BITS = 4000  # of a whole number
MOST_ENTRIES = 20_000
"""Of an array."""

REFUSALS = (
    *(EngineError, ArithmeticError, ValueError, TypeError, LookupError, AttributeError),
    *(AssertionError, MemoryError, RecursionError),
)
"""How a function of ours or of NumPy refuses what it is given; an alarm or an interrupt passes through."""

_OPERATORS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
}


def evaluate(text: str, names: Names) -> Value:
    """What `text` comes to. Raises WorkedError, also for a value that is not finite."""
    return value_of(read(text), names)


def both_sides(equation: str, names: Names) -> tuple[Value, Value]:
    """The two values of `left == right`. Raises WorkedError."""
    left, right = read_equation(equation)
    return value_of(left, names), value_of(right, names)


def value_of(tree: ast.expr, names: Names) -> Value:
    """The value of what `reading` has read. Raises WorkedError."""
    import numpy as np

    try:
        with np.errstate(all="ignore"):
            value: Value = _Walk(names).value(tree)
    except WorkedError:
        raise
    except REFUSALS as error:
        raise WorkedError(f"this cannot be computed: {error}.") from None
    return finite(value)


def finite(value: Value) -> Value:
    """The value itself. Raises WorkedError for one that is infinite, no number, or too large for a float."""
    import numpy as np

    try:
        told = np.asarray(value, dtype=float)
    except OverflowError:
        raise WorkedError("the result is too large; it has to stay below 1.8e308.") from None
    if not np.all(np.isfinite(told)):
        raise WorkedError("the result is not finite.")
    return value


def told(value: object) -> str:
    """A value in a sentence: six decimals, of a long array the ends."""
    import numpy as np

    return np.array2string(np.asarray(value), precision=6, threshold=6)


class _Walk:
    """One evaluation."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def value(self, node: ast.expr) -> Any:
        method = getattr(self, f"_{type(node).__name__.lower()}")
        return bounded(method(node), node.col_offset + 1)

    def _constant(self, node: ast.Constant) -> Any:
        return node.value

    def _name(self, node: ast.Name) -> Any:
        if node.id not in self._names:
            known = ", ".join(self._names) or "none so far"
            raise WorkedError(f"{node.id!r} has no value here; known are {known}.", node.col_offset + 1)
        return self._names[node.id]

    def _list(self, node: ast.List | ast.Tuple) -> Any:
        import numpy as np

        return np.array([self.value(part) for part in node.elts], dtype=float)

    _tuple = _list

    def _unaryop(self, node: ast.UnaryOp) -> Any:
        value = self.value(node.operand)
        return -value if isinstance(node.op, ast.USub) else value

    def _binop(self, node: ast.BinOp) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Pow):
            look_at_power(left, right, node.col_offset + 1)
        return _OPERATORS[type(node.op)](left, right)

    def _subscript(self, node: ast.Subscript) -> Any:
        array = self.value(node.value)
        if isinstance(node.slice, ast.Slice):
            bounds = (node.slice.lower, node.slice.upper)
            return array[slice(*(None if bound is None else _whole(self.value(bound)) for bound in bounds))]
        if isinstance(node.slice, ast.Tuple):
            return _plain(array[tuple(_whole(self.value(part)) for part in node.slice.elts)])
        return _plain(array[_whole(self.value(node.slice))])

    def _attribute(self, node: ast.Attribute) -> Any:
        return self.value(node.value).T

    def _call(self, node: ast.Call) -> Any:
        from content.worked.functions import function

        assert isinstance(node.func, ast.Name)  # noqa: S101 - reading.py has seen to it
        called = function(node.func.id, node.col_offset + 1)
        return _plain(called(*(self.value(argument) for argument in node.args)))


def look_at_power(base: Any, exponent: Any, column: int = 0) -> None:
    """Raises WorkedError for a power of whole numbers that is too large to begin with."""
    if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * abs(exponent) > _MOST_BITS:
        raise WorkedError(f"a power of more than {_MOST_BITS} bits is not computed.", column)


def bounded(value: Any, column: int = 0) -> Any:
    """The value itself. Raises WorkedError for a complex number and for what is too large to go on with."""
    import numpy as np

    if isinstance(value, complex):
        raise WorkedError("the result is a complex number.", column)
    if isinstance(value, np.ndarray) and value.size > MOST_ENTRIES:
        raise WorkedError(f"an array of {value.size} entries is too large.", column)
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise WorkedError(f"a whole number of more than {_MOST_BITS} bits is not computed.", column)
    return value


def _whole(value: Any) -> int:
    if value != int(value):
        raise WorkedError(f"{value} is no place in a list.")
    return int(value)


def _plain(value: Any) -> Any:
    """A NumPy number as Python's; arrays as they are."""
    return value.item() if getattr(value, "shape", None) == () else value
