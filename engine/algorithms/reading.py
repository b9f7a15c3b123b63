"""Pasted text -> Snippet: Python of which every node is on the list of what is allowed.

The one door for pasted code. It is parsed, looked at and never run; whoever holds a Snippet
need not fear its tree.
"""

from __future__ import annotations

import ast
import copy
import io
import tokenize
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.algorithms import allowed, names
from engine.algorithms.pasted import Pasted, cleaned
from engine.errors import CodeError

MAX_CHARS: Final = 8000
MAX_BRACKETS: Final = 40
_SHORTER = "Paste only the function or the loops in question."


@dataclass(frozen=True, slots=True, eq=False)
class Snippet:
    """Pasted code that has been read.

    Attributes:
        text: as it was pasted.
        lines: of the Python in it, the first one is line 1; numbered as in `text`.
        tree: holds only nodes of `allowed.ALLOWED`; annotations, docstrings and an
            `if __name__ == "__main__":` are left out, `x: int = 0` is `x = 0`; what is typed in at the
            start of a body, `n = int(input())`, is `n`: an input like any free name.
        functions: by name, nested ones too, in the order of the text.
        top: statements of the top level that do something: no def, no import.
        imported: name in the code -> what it stands for, e.g. "sqrt" -> "math.sqrt", "math" -> "math".
        free: names that are read but never given a value: the inputs of the top level, such as n.
        memoised: functions under lru_cache or cache.
    """

    text: str
    lines: tuple[str, ...]
    tree: ast.Module
    functions: Mapping[str, ast.FunctionDef]
    top: tuple[ast.stmt, ...]
    imported: Mapping[str, str]
    free: tuple[str, ...]
    memoised: frozenset[str]
    pasted: Pasted

    def fault(self, node: object, reason: str, way_out: str) -> CodeError:
        """A CodeError about `node`, with its place in the pasted text."""
        return _fault(self.pasted, node, reason, way_out)


def read(text: str) -> Snippet:
    """The code in `text`, which may have fences, >>> prompts, tabs and common indentation.

    Raises:
        CodeError: it is no Python, or not among what is read; with line, column and a way out.
    """
    if len(text) > MAX_CHARS:
        raise CodeError(f"The text has {len(text):,} characters; {MAX_CHARS:,} are read.", _SHORTER)
    pasted = cleaned(text)
    if not pasted.source.strip():
        raise CodeError("There is no code here.", "Paste a function or a few loops.")
    _brackets(pasted)
    tree = _parsed(pasted)
    _plain_letters(pasted)

    def refuse(node: ast.AST, reason: str, way_out: str) -> CodeError:
        return _fault(pasted, node, reason, way_out)

    allowed.bounded(tree, refuse)
    tree = _Stripped().visit(tree)
    allowed.check(tree, refuse)
    return _snippet(text, pasted, tree)


def _fault(pasted: Pasted, node: object, reason: str, way_out: str) -> CodeError:
    line, column = getattr(node, "lineno", 0), getattr(node, "col_offset", -1)
    return CodeError(reason, way_out, line, pasted.column(line, column) if line else -1)


# --- before and while parsing --------------------------------------------------------------


def _brackets(pasted: Pasted) -> None:
    """Refuses a tower of brackets before the parser has to climb it, and what is no text."""
    depth = 0
    for number, line in enumerate(pasted.source.split("\n"), 1):
        for at, letter in enumerate(line):
            if letter == "\0":
                raise CodeError("There is a null byte in it.", "Paste it as plain text.", number, at)
            depth += (letter in "([{") - (letter in ")]}")
            if depth > MAX_BRACKETS:
                raise CodeError("This is nested too deep.", "Split it into shorter parts.", number, at)


def _parsed(pasted: Pasted) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a text, `n is 1`: not ours to complain about
            return ast.parse(pasted.source)
    except SyntaxError as error:
        line = error.lineno or 0
        column = pasted.column(line, (error.offset or 1) - 1) if line else -1
        raise CodeError(_words(error), "Correct the text at the mark.", line, max(column, 0)) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise CodeError("Python itself cannot read this.", "Split it into shorter parts.") from error


def _words(error: SyntaxError) -> str:
    message = error.msg or "invalid syntax"
    if isinstance(error, IndentationError):
        return f"The indentation does not fit: {message}."
    if "Missing parentheses in call to 'print'" in message:
        return "This is Python 2; here print needs brackets: print(x)."
    if message.startswith("invalid syntax"):
        return "This is not Python: it cannot be read from here on."
    return f"This is not Python: {message}."


def _plain_letters(pasted: Pasted) -> None:
    """Names in plain letters only: a fullwidth or Cyrillic look-alike is another name than it seems."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(pasted.source).readline):
            if token.type == tokenize.NAME and not token.string.isascii():
                line, column = token.start
                reason = (
                    f"The name {token.string!r} has letters that only look like plain ones, or are foreign."
                )
                raise CodeError(reason, "Use the letters a to z.", line, pasted.column(line, column))
    except (tokenize.TokenError, SyntaxError) as error:
        raise CodeError("This is not Python: it ends too early.", "Close all brackets and texts.") from error


class _Stripped(ast.NodeTransformer):
    """Without annotations, docstrings and what runs only as a program."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        for argument in (*node.args.args, *node.args.posonlyargs, *node.args.kwonlyargs):
            argument.annotation = None
        node.returns = None
        node.body = [_given(s) for s in _without_docstring(node.body)]
        return self.generic_visit(node)

    def visit_Module(self, node: ast.Module) -> ast.AST:
        node.body = [_given(s) for s in _without_docstring(node.body) if not _is_main(s)]
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is None:
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(
            ast.copy_location(ast.Assign(targets=[node.target], value=node.value), node)
        )


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    match body:
        case [ast.Expr(ast.Constant(str())), *rest] if rest:
            return rest
    return body


def _given(statement: ast.stmt) -> ast.stmt:
    """`n = int(input())` outside of loops as `n`: what is typed there is given, as a free name is."""
    match statement:
        case ast.Assign(targets=[ast.Name() | ast.Tuple() as target], value=value) if _asks(value):
            read = copy.deepcopy(target)
            for part in ast.walk(read):
                if isinstance(part, ast.Name | ast.Tuple):
                    part.ctx = ast.Load()
            return ast.copy_location(ast.Expr(read), statement)
    return statement


def _asks(value: ast.expr) -> bool:
    return any(isinstance(part, ast.Call) and _is_input(part.func) for part in ast.walk(value))


def _is_input(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "input"


def _is_main(node: ast.stmt) -> bool:
    """Whether it is `if __name__ == "__main__":`, which holds what tries the code out."""
    match node:
        case ast.If(ast.Compare(ast.Name("__name__"), [ast.Eq()], [ast.Constant("__main__")])):
            return True
    return False


# --- what the snippet holds ----------------------------------------------------------------


def _snippet(text: str, pasted: Pasted, tree: ast.Module) -> Snippet:
    if not tree.body:
        raise CodeError("There is no code here.", "Paste a function or a few loops.")
    functions: dict[str, ast.FunctionDef] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            if node.name in functions:
                raise _fault(pasted, node, f"{node.name} is defined twice.", "Give them different names.")
            functions[node.name] = node
    functions = dict(sorted(functions.items(), key=lambda pair: pair[1].lineno))
    imported = dict(_imported(tree))
    top = tuple(s for s in tree.body if not isinstance(s, ast.FunctionDef | ast.Import | ast.ImportFrom))
    snippet = Snippet(
        text,
        tuple(pasted.source.split("\n")),
        tree,
        functions,
        top,
        imported,
        _free(tree, functions, imported),
        frozenset(name for name, node in functions.items() if node.decorator_list),
        pasted,
    )
    _known_calls(snippet)
    return snippet


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def bound(node: ast.AST) -> set[str]:
    """Names that are given a value anywhere in `node`: variables, parameters, functions."""
    found = set[str]()
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                found.add(name)
    return found


def _free(
    tree: ast.Module, functions: Mapping[str, ast.FunctionDef], imported: Mapping[str, str]
) -> tuple[str, ...]:
    """Names read and never given a value before, in the order of the text.

    A parameter of a function is no value for the top level, so scopes are looked at one by one.
    """
    at_top = set[str]()
    for statement in tree.body:
        at_top |= {statement.name} if isinstance(statement, ast.FunctionDef) else bound(statement)
    for node in functions.values():
        at_top |= {name for part in ast.walk(node) if isinstance(part, ast.Global) for name in part.names}
    at_top -= _read_first(tree)
    known = at_top | set(imported) | names.FUNCTIONS | names.EXCEPTIONS | set(names.MODULES) | _implied(tree)
    found: list[tuple[int, int, str]] = []
    for statement in tree.body:
        inner = bound(statement) if isinstance(statement, ast.FunctionDef) else set[str]()
        for part in ast.walk(statement):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load) and part.id not in known | inner:
                found.append((part.lineno, part.col_offset, part.id))
    return tuple(dict.fromkeys(name for _, _, name in sorted(found)))


def _implied(tree: ast.Module) -> set[str]:
    """Functions of modules that are used without their import line: sqrt(n), @lru_cache."""
    used = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    used += [
        mark for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for mark in node.decorator_list
    ]
    return {name.id for name in used if isinstance(name, ast.Name)} & set[str]().union(
        *names.MODULES.values()
    )


def _read_first(tree: ast.Module) -> set[str]:
    """Names that the top level reads before it gives them a value: `while n > 0: n = n // 2`."""
    given, found = set[str](), set[str]()

    def look(node: ast.AST) -> None:
        match node:
            case ast.FunctionDef(name=name):
                given.add(name)
                return
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                return
            case ast.Assign(targets=targets, value=value):
                parts: list[ast.AST] = [value, *targets]
            case ast.AugAssign(target=ast.Name(id=name), value=value):
                found.update({name} - given)
                parts = [value]
            case ast.For(target=target, iter=source, body=body, orelse=orelse):
                parts = [source, target, *body, *orelse]
            case _:
                parts = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.Name):
            (given if isinstance(node.ctx, ast.Store) else found).update({node.id} - given)
        for part in parts:
            look(part)

    for statement in tree.body:
        look(statement)
    return found & bound(tree)


def _known_calls(snippet: Snippet) -> None:
    """Refuses a call of a name that is nobody's."""
    given = bound(snippet.tree)
    for node in ast.walk(snippet.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            if (
                name not in given
                and name not in snippet.imported
                and name not in names.FUNCTIONS | names.EXCEPTIONS
            ):
                if any(name in known for known in names.MODULES.values()):
                    continue  # sqrt(n) without its import line: everybody knows what is meant
                raise snippet.fault(node, f"{name} is not defined here.", "Paste its definition as well.")
