"""Recursive functions of textbooks, each with the classes of its worst and best case.

(name, code, function, Theta of the worst case, Theta of the best case: "" the same, "?" not claimed)
"""

# ruff: noqa: E501 - a snippet a line is easier to read here
from __future__ import annotations

FIB = "def fib(n):\n    if n <= 1:\n        return n\n    return fib(n-1) + fib(n-2)\n"
FIB_MEMO = (
    "def fib(n, memo={}):\n    if n in memo:\n        return memo[n]\n    if n <= 1:\n        return n\n"
    "    memo[n] = fib(n-1, memo) + fib(n-2, memo)\n    return memo[n]\n"
)
FIB_CACHED = "from functools import lru_cache\n@lru_cache(None)\n" + FIB
HANOI = "def hanoi(n, a, b, c):\n    if n == 0:\n        return\n    hanoi(n-1, a, c, b)\n    print(a, c)\n    hanoi(n-1, b, a, c)\n"
MERGE_SORT = (
    "def merge(a, b):\n    out = []\n    i = j = 0\n    while i < len(a) and j < len(b):\n        if a[i] <= b[j]:\n"
    "            out.append(a[i])\n            i += 1\n        else:\n            out.append(b[j])\n            j += 1\n"
    "    while i < len(a):\n        out.append(a[i])\n        i += 1\n    while j < len(b):\n        out.append(b[j])\n"
    "        j += 1\n    return out\n\ndef merge_sort(arr):\n    if len(arr) <= 1:\n        return arr\n"
    "    mid = len(arr) // 2\n    left = merge_sort(arr[:mid])\n    right = merge_sort(arr[mid:])\n"
    "    return merge(left, right)\n"
)
QUICK_SORT = (
    "def partition(a, lo, hi):\n    p = a[hi]\n    i = lo - 1\n    for j in range(lo, hi):\n        if a[j] <= p:\n"
    "            i += 1\n            a[i], a[j] = a[j], a[i]\n    a[i+1], a[hi] = a[hi], a[i+1]\n    return i + 1\n\n"
    "def quicksort(a, lo, hi):\n    if lo < hi:\n        p = partition(a, lo, hi)\n        quicksort(a, lo, p - 1)\n"
    "        quicksort(a, p + 1, hi)\n"
)
BINARY_SEARCH = (
    "def bs(arr, lo, hi, x):\n    if lo > hi:\n        return -1\n    mid = (lo + hi) // 2\n    if arr[mid] == x:\n"
    "        return mid\n    elif arr[mid] < x:\n        return bs(arr, mid + 1, hi, x)\n    else:\n"
    "        return bs(arr, lo, mid - 1, x)\n"
)
SUBSETS = (
    "def subsets(nums, i, cur, res):\n    if i == len(nums):\n        res.append(cur[:])\n        return\n"
    "    subsets(nums, i+1, cur, res)\n    cur.append(nums[i])\n    subsets(nums, i+1, cur, res)\n    cur.pop()\n"
)

SOLVED = [
    ("fact", "def fact(n):\n    if n == 0:\n        return 1\n    return n * fact(n-1)\n", "fact", "Θ(n)", ""),
    ("hanoi", HANOI, "hanoi", "Θ(2^n)", ""),
    ("power", "def power(x, n):\n    if n == 0:\n        return 1\n    half = power(x, n // 2)\n    if n % 2 == 0:\n        return half * half\n    return half * half * x\n", "power", "Θ(log n)", ""),
    ("power, two calls", "def power(x, n):\n    if n == 0:\n        return 1\n    if n % 2 == 0:\n        return power(x, n//2) * power(x, n//2)\n    return x * power(x, n//2) * power(x, n//2)\n", "power", "Θ(n)", ""),
    ("power by squaring", "def p(x, n):\n    if n == 0:\n        return 1\n    if n % 2 == 0:\n        return p(x*x, n//2)\n    return x * p(x, n-1)\n", "p", "Θ(log n)", ""),
    ("binary search", BINARY_SEARCH, "bs", "Θ(log n)", "Θ(1)"),
    ("merge sort", MERGE_SORT, "merge_sort", "Θ(n log n)", "Θ(n log n)"),
    ("quicksort", QUICK_SORT, "quicksort", "Θ(n^2)", "Θ(n log n)"),
    ("subsets", SUBSETS, "subsets", "Θ(n * 2^n)", ""),
    ("sum by slices", "def s(arr):\n    if len(arr) == 0:\n        return 0\n    return arr[0] + s(arr[1:])\n", "s", "Θ(n^2)", ""),
    ("sum by index", "def s(arr, i=0):\n    if i == len(arr):\n        return 0\n    return arr[i] + s(arr, i+1)\n", "s", "Θ(n)", ""),
    ("digits", "def d(n):\n    if n < 10:\n        return 1\n    return 1 + d(n // 10)\n", "d", "Θ(log n)", ""),
    ("fib with memo", FIB_MEMO, "fib", "Θ(n)", ""),
    ("fib with cache", FIB_CACHED, "fib", "Θ(n)", ""),
    ("gcd", "def gcd(a, b):\n    if b == 0:\n        return a\n    return gcd(b, a % b)\n", "gcd", "Θ(log n)", "?"),
    ("loop inside halves", "def f(n):\n    if n <= 1:\n        return 1\n    s = 0\n    for i in range(n):\n        s += i\n    return f(n//2) + f(n//2) + s\n", "f", "Θ(n log n)", ""),
    ("loops inside n - 1", "def f(n):\n    if n == 0:\n        return 0\n    s = 0\n    for i in range(n):\n        for j in range(i):\n            s += 1\n    return f(n-1) + s\n", "f", "Θ(n^3)", ""),
    ("thirds", "def f(n):\n    if n <= 1:\n        return 1\n    return f(n//3) + f(n//3) + f(n//3)\n", "f", "Θ(n)", ""),
    ("largest of halves", "def mx(arr, lo, hi):\n    if lo == hi:\n        return arr[lo]\n    mid = (lo + hi) // 2\n    return max(mx(arr, lo, mid), mx(arr, mid+1, hi))\n", "mx", "Θ(n)", ""),
    ("insertion sort", "def isort(a, n):\n    if n <= 1:\n        return\n    isort(a, n-1)\n    last = a[n-1]\n    j = n-2\n    while j >= 0 and a[j] > last:\n        a[j+1] = a[j]\n        j -= 1\n    a[j+1] = last\n", "isort", "Θ(n^2)", "Θ(n)"),
    ("every smaller", "def f(n):\n    if n == 0:\n        return 1\n    t = 0\n    for i in range(n):\n        t += f(i)\n    return t\n", "f", "Θ(2^n)", ""),
    ("n - 2", "def f(n):\n    if n <= 0:\n        return 0\n    return 1 + f(n-2)\n", "f", "Θ(n)", ""),
    ("seven halves", "def f(n):\n    if n <= 1:\n        return 1\n    s = 0\n    for i in range(7):\n        s += f(n//2)\n    return s\n", "f", "Θ(n^(log_2 7))", ""),
]  # fmt: skip

REFUSED = [
    ("no base case", "def f(n):\n    return f(n-1) + 1\n", "f", 2, "base case"),
    ("no progress", "def f(n):\n    if n == 0:\n        return 0\n    return f(n)\n", "f", 4, "does not come to an end"),
    ("upwards", "def f(n):\n    if n == 0:\n        return 0\n    return f(n+1)\n", "f", 4, "does not come to an end"),
    ("Ackermann", "def ack(m, n):\n    if m == 0:\n        return n + 1\n    if n == 0:\n        return ack(m-1, 1)\n    return ack(m-1, ack(m, n-1))\n", "ack", 5, "apart from each other"),
    ("3n + 1", "def c(n):\n    if n == 1:\n        return 0\n    if n % 2 == 0:\n        return 1 + c(n//2)\n    return 1 + c(3*n+1)\n", "c", 5, "calls itself"),
    ("a late threshold", "def f(n):\n    if n < 1000:\n        return 0\n    return f(n-1) + 1\n", "f", 2, "1000"),
]  # fmt: skip
