"""Our own snippets, each with arguments, and how often Python itself executes their lines.

The only place where they are really run: under `sys.settrace`, to judge the interpreter.
"""

# ruff: noqa: E501 - a snippet a line is easier to read here
from __future__ import annotations

import copy
import sys
from types import FrameType
from typing import Any

Run = tuple[str, str, dict[str, Any]]  # code, function to call ("" for none), arguments

LOOPS = [
    "s = 0\nfor i in range(n):\n    s += i\n",
    "s = 0\nfor i in range(n):\n    for j in range(i):\n        s += 1\n",
    "s = 0\nfor i in range(n):\n    for j in range(i, n, 2):\n        s += j\n    s -= 1\n",
    "i = n\nwhile i > 1:\n    i //= 2\n",
    "i = 1\nwhile i < n:\n    j = i\n    while j > 0:\n        j -= 3\n    i *= 2\n",
    "i = 0\nwhile True:\n    i += 1\n    if i * i > n:\n        break\n",
    "i = 0\nwhile i < n:\n    i += 1\n    if i % 3 == 0:\n        continue\n    x = i\n",
    "for i in range(n):\n    if i > 5:\n        break\nelse:\n    x = 1\n",
    "i = 0\nwhile i < n:\n    i += 1\nelse:\n    x = 2\n",
    "for i in range(n): x = i\ny = 1; z = 2\n",
    "i = 0\nwhile i < n: i += 1\n",
    "i = 9\nwhile i < n - 99: i += 1\n",
    "for i in range(n, 0, -1):\n    pass\n",
    "for i in range(n):\n    if i % 2: x = 1\n    elif i % 3: x = 2\n    else: x = 3\n",
    "for i in range(n):\n    if i % 2:\n        x = 1\n    elif i % 3:\n        x = 2\n    else:\n        x = 3\n",
    "a = [0] * n\nfor i, x in enumerate(a):\n    a[i] = x + i\nfor x, y in zip(a, a[1:]):\n    z = x - y\n",
    "a = list(range(n))\nfor x in reversed(a):\n    a.append(x)\nfor x in sorted(a):\n    x += 1\n",
    "d = {}\nfor i in range(n):\n    d[i % 4] = d.get(i % 4, 0) + 1\nfor k, v in d.items():\n    d[k] = v * 2\n",
    "t = ''\nfor i in range(n):\n    t += str(i)\nfor c in t:\n    c.upper()\n",
    "while not n == 0:\n    n = n - 1\n    while n % 2:\n        n -= 1\n",
    "for i in range(n):\n    for j in range(n):\n        if j > i:\n            break\n        x = 1\n    else:\n        x = 2\n",
    "i, j = 0, n\nwhile i < j:\n    i, j = i + 1, j - 1\n",
    "import math\nfor i in range(int(math.sqrt(n)) + 1):\n    x = i ** 2\n",
    "x: int = 0\nfor i in range(n):\n    x = i if i % 2 else x\nassert x >= 0\n",
    "s = set()\nfor i in range(n):\n    if i * i % 7 not in s:\n        s.add(i * i % 7)\n",
]

FUNCTIONS = [
    ("def f(n):\n    if n <= 1:\n        return 1\n    return n * f(n - 1)\n", [{"n": k} for k in (0, 1, 5, 9)]),
    ("def f(n):\n    'text'\n    if n < 2:\n        return n\n    return f(n - 1) + f(n - 2)\n", [{"n": 9}]),
    ("def f(n, memo={}):\n    if n in memo:\n        return memo[n]\n    if n < 2:\n        return n\n"
     "    memo[n] = f(n - 1, memo) + f(n - 2, memo)\n    return memo[n]\n", [{"n": 12}]),
    ("def f(n):\n    while True:\n        if n <= 0:\n            return\n        n -= 1\n", [{"n": 6}]),
    ("def f(arr, x):\n    lo, hi = 0, len(arr) - 1\n    while lo <= hi:\n        mid = (lo + hi) // 2\n"
     "        if arr[mid] == x:\n            return mid\n        if arr[mid] < x:\n            lo = mid + 1\n"
     "        else:\n            hi = mid - 1\n    return -1\n",
     [{"arr": list(range(20)), "x": x} for x in (0, 7, 19, 99)]),
    ("def merge(a, b):\n    out = []\n    i = j = 0\n    while i < len(a) and j < len(b):\n        if a[i] <= b[j]:\n"
     "            out.append(a[i]); i += 1\n        else:\n            out.append(b[j]); j += 1\n"
     "    return out + a[i:] + b[j:]\n\ndef f(arr):\n    if len(arr) <= 1:\n        return arr\n"
     "    mid = len(arr) // 2\n    return merge(f(arr[:mid]), f(arr[mid:]))\n",
     [{"arr": [3, 1, 4, 1, 5, 9, 2, 6]}, {"arr": []}, {"arr": list(range(11))}]),
    ("def f(arr):\n    if not arr:\n        return []\n    p = arr[0]\n    low = [x for x in arr[1:] if x < p]\n"
     "    high = [x for x in arr[1:] if x >= p]\n    return f(low) + [p] + f(high)\n", [{"arr": [5, 2, 8, 1, 9, 3]}]),
    ("def f(arr):\n    n = len(arr)\n    for i in range(n):\n        done = True\n        for j in range(n - 1 - i):\n"
     "            if arr[j] > arr[j + 1]:\n                arr[j], arr[j + 1] = arr[j + 1], arr[j]\n"
     "                done = False\n        if done:\n            break\n    return arr\n",
     [{"arr": [4, 3, 2, 1]}, {"arr": [1, 2, 3, 4]}, {"arr": []}]),
    ("def f(n):\n    res = []\n    def go(i, cur):\n        if i == n:\n            res.append(cur[:])\n            return\n"
     "        go(i + 1, cur)\n        cur.append(i)\n        go(i + 1, cur)\n        cur.pop()\n    go(0, [])\n"
     "    return res\n", [{"n": 4}]),
    ("def f(n):\n    count = 0\n    def step(k):\n        nonlocal count\n        count += k\n    for i in range(n):\n"
     "        step(i)\n    return count\n", [{"n": 5}]),
    ("total = 0\ndef f(n):\n    global total\n    for i in range(n):\n        total += i\n    return total\n", [{"n": 5}]),
    ("def f(n, a, b, c):\n    if n == 0:\n        return 0\n    m = f(n - 1, a, c, b)\n    return m + 1 + f(n - 1, c, b, a)\n",
     [{"n": 5, "a": "A", "b": "B", "c": "C"}]),
    ("def f(a, b):\n    while b:\n        a, b = b, a % b\n    return a\n", [{"a": 55, "b": 34}, {"a": 12, "b": 18}]),
    ("def f(a, b):\n    return a if b == 0 else f(b, a % b)\n", [{"a": 55, "b": 34}]),
    ("def f(x, n):\n    if n == 0:\n        return 1\n    half = f(x, n // 2)\n    if n % 2 == 0:\n        return half * half\n"
     "    return half * half * x\n", [{"x": 3, "n": k} for k in (0, 1, 10, 31)]),
    ("def f(n):\n    sieve = [True] * (n + 1)\n    p = 2\n    while p * p <= n:\n        if sieve[p]:\n"
     "            for m in range(p * p, n + 1, p):\n                sieve[m] = False\n        p += 1\n"
     "    return sum(sieve)\n", [{"n": 30}, {"n": 1}]),
    ("from collections import deque\ndef f(n):\n    q = deque([n])\n    seen = 0\n    while q:\n        x = q.popleft()\n"
     "        seen += 1\n        if x > 1:\n            q.append(x // 2)\n            q.append(x // 3)\n    return seen\n",
     [{"n": 20}]),
    ("import heapq\ndef f(arr):\n    heapq.heapify(arr)\n    out = []\n    while arr:\n"
     "        out.append(heapq.heappop(arr))\n    return out\n", [{"arr": [3, 1, 2]}]),
    ("def f(m):\n    n = len(m)\n    s = 0\n    for i in range(n):\n        for j in range(n):\n            s += m[i][j]\n"
     "        m[i].sort(reverse=True)\n    return s\n", [{"m": [[1, 2], [3, 4]]}]),
    ("def f(s):\n    i, j = 0, len(s) - 1\n    while i < j:\n        if s[i] != s[j]:\n            return False\n"
     "        i += 1\n        j -= 1\n    return True\n", [{"s": "abcba"}, {"s": "abca"}, {"s": ""}]),
    ("def is_even(n):\n    if n == 0:\n        return True\n    return is_odd(n - 1)\ndef is_odd(n):\n    if n == 0:\n"
     "        return False\n    return is_even(n - 1)\ndef f(n):\n    return is_even(n)\n", [{"n": 7}]),
    ("def f(words):\n    words = sorted(words, key=lambda w: (len(w), w))\n    return max(words, key=len)\n",
     [{"words": ["abc", "a", "zz"]}]),
    ("def f(n):\n    digits = 0\n    while n > 0:\n        digits += n % 10\n        n //= 10\n    return f'{digits:3d}!'\n",
     [{"n": 98765}]),
    ("def f(n, k=2, *, z=1):\n    return n\n", []),
    ("def f(n, k=2):\n    if k > n:\n        return 0\n    return 1 + f(n, k=k * 2)\n", [{"n": 100}, {"n": 5, "k": 9}]),
    ("def f(nums):\n    seen = {}\n    for i, x in enumerate(nums):\n        if 10 - x in seen:\n"
     "            return [seen[10 - x], i]\n        seen[x] = i\n    return None\n",
     [{"nums": [1, 2, 3, 7]}, {"nums": [1, 2]}]),
    ("def f(n):\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a\n", [{"n": 30}]),
    ("def f(n):\n    if n < 0: return 0\n    if n == 0: return 1\n    return f(n - 1) + f(n - 2) + f(n - 3)\n", [{"n": 7}]),
    ("def f(n):\n    if n == 0:\n        raise ValueError('no')\n    x = n & 6 | 1 ^ ~n\n    y = n << 2 >> 1\n"
     "    return divmod(x, 3), pow(2, n, 7), -y, +x, not y, 1 < x <= 99\n", [{"n": 5}]),
    ("def f(arr):\n    arr.insert(0, 9)\n    arr.remove(9)\n    b = arr.copy()\n    b.reverse()\n    b[1:2] = [7, 7]\n"
     "    first, (second, third) = b[0], (b[1], b[2])\n    return b, b.index(7), b.count(7), first, [*b, third], b[-1:0:-2]\n",
     [{"arr": [1, 2, 3]}]),
]  # fmt: skip


def runs() -> list[Run]:
    found: list[Run] = [(code, "", {"n": n}) for code in LOOPS for n in (0, 1, 7)]
    found += [(code, "f", arguments) for code, choices in FUNCTIONS for arguments in choices]
    return found


def traced(code: str, function: str, arguments: dict[str, Any]) -> tuple[dict[int, int], dict[str, int], Any]:
    """(executions by line, calls by function, result) as Python itself does them.

    The frames of comprehensions are left out: they count as a part of their line.
    """
    lines: dict[int, int] = {}
    calls: dict[str, int] = {}

    def local(frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            lines[frame.f_lineno] = lines.get(frame.f_lineno, 0) + 1
        return local

    def opened(frame: FrameType, event: str, argument: object) -> Any:
        name = frame.f_code.co_name
        if frame.f_code.co_filename != "<pasted>" or name in (
            "<listcomp>",
            "<setcomp>",
            "<dictcomp>",
            "<genexpr>",
        ):
            return None
        if not name.startswith("<"):
            calls[name] = calls.get(name, 0) + 1
        return local

    space: dict[str, Any] = {"__name__": "pasted", **copy.deepcopy(arguments)}
    result = None
    before = sys.gettrace()
    sys.settrace(opened)
    try:
        exec(compile(code, "<pasted>", "exec"), space)  # noqa: S102 - our own snippets, above
        if function:
            result = space[function](**copy.deepcopy(arguments))
    finally:
        sys.settrace(before)
    return lines, calls, result
