"""The names that pasted code may use beside its own: functions, methods, what may be imported.

Words only. What they do stands in `library.py`; a test holds the two together.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTIONS = words(
    "abs all any bool chr dict divmod enumerate filter float int isinstance len list map max min ord pow "
    "print range reversed round set sorted str sum tuple zip"
)

METHODS = words(
    "add append appendleft clear copy count difference discard endswith extend extendleft find get index "
    "insert intersection isalnum isalpha isdigit islower isspace issubset issuperset isupper items join keys "
    "lower lstrip pop popleft remove replace reverse rstrip setdefault sort split startswith strip swapcase "
    "title union update upper values bit_length"
)

MODULES = {
    "math": words("ceil comb e factorial floor gcd inf isqrt log log10 log2 pi pow sqrt"),
    "collections": frozenset({"deque", "Counter", "defaultdict"}),
    "functools": frozenset({"lru_cache", "cache"}),
    "heapq": words("heapify heappop heappush"),
    "bisect": words("bisect bisect_left bisect_right"),
}
ANNOTATIONS_ONLY = frozenset({"typing", "__future__", "collections.abc"})  # nothing of them is ever called
MEMO = frozenset({"functools.lru_cache", "functools.cache"})
EXCEPTIONS = words("Exception IndexError KeyError RuntimeError TypeError ValueError")

KEYWORDS = {
    "sorted": {"key", "reverse"},
    "sort": {"key", "reverse"},
    "min": {"key", "default"},
    "max": {"key", "default"},
    "enumerate": {"start"},
    "sum": {"start"},
    "print": {"end", "sep"},
    "lru_cache": {"maxsize", "typed"},
}

REACHES_OUT = {
    "open": "opens files",
    "eval": "runs text as code",
    "exec": "runs text as code",
    "compile": "runs text as code",
    "__import__": "loads other code",
    "input": "waits for what somebody types",
    "globals": "reaches into the running program",
    "locals": "reaches into the running program",
    "vars": "reaches into the running program",
    "getattr": "reaches into objects by name",
    "setattr": "reaches into objects by name",
    "delattr": "reaches into objects by name",
    "hasattr": "reaches into objects by name",
    "breakpoint": "stops the running program",
    "exit": "ends the running program",
    "quit": "ends the running program",
    "memoryview": "reaches into memory",
    "object": "reaches into the running program",
    "type": "reaches into the running program",
    "id": "depends on where things lie in memory",
    "hash": "depends on the running program",
    "dir": "reaches into the running program",
    "help": "waits for what somebody types",
    "super": "belongs to a class",
    "random": "is random, so no two runs need be alike",
    "os": "reaches files and the system",
    "sys": "reaches the running program",
    "time": "depends on the clock",
    "subprocess": "starts other programs",
}
