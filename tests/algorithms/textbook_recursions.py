"""Recursive snippets of textbook exercises with their known classes.

(name, code, Theta of the worst case); of those that are refused (name, code, line, words of the reason).
MEASURED: names of those whose class is not derived from the text.
"""

# ruff: noqa: E501 - a snippet a line is easier to read here
from __future__ import annotations

ON_NUMBERS = [
    ("tribonacci", "def f(n):\n    if n < 3:\n        return 1\n    return f(n-1) + f(n-2) + f(n-3)\n", "Θ(1.8392...^n)"),
    ("fib, one line", "def f(n): return n if n < 2 else f(n-1) + f(n-2)\n", "Θ(((1 + sqrt(5))/2)^n)"),
    ("fib with two tests", "def f(n):\n    if n == 0:\n        return 0\n    elif n == 1:\n        return 1\n    else:\n        return f(n-1) + f(n-2)\n", "Θ(((1 + sqrt(5))/2)^n)"),
    ("Pell", "def f(n):\n    if n <= 1:\n        return n\n    return 2*f(n-1) + f(n-2)\n", "Θ(((1 + sqrt(5))/2)^n)"),
    ("sum to n", "def f(n):\n    if n == 0:\n        return 0\n    return n + f(n-1)\n", "Θ(n)"),
    ("countdown", "def f(n):\n    if n > 0:\n        print(n)\n        f(n-1)\n", "Θ(n)"),
    ("power, plain", "def f(n, x):\n    if n == 0:\n        return 1\n    return x * f(n-1, x)\n", "Θ(n)"),
    ("power of two by adding", "def f(n):\n    if n == 0:\n        return 1\n    return f(n-1) + f(n-1)\n", "Θ(2^n)"),
    ("three calls", "def f(n):\n    if n <= 0:\n        return 1\n    f(n-1)\n    f(n-1)\n    return f(n-1)\n", "Θ(3^n)"),
    ("n - 2 twice", "def f(n):\n    if n <= 1:\n        return 1\n    return f(n-2) + f(n-2)\n", "Θ(sqrt(2)^n)"),
    ("log2", "def f(n):\n    if n <= 1:\n        return 0\n    return 1 + f(n//2)\n", "Θ(log n)"),
    ("binary digits", "def f(n):\n    if n < 2:\n        return str(n)\n    return f(n//2) + str(n%2)\n", "Θ((log n)^2)"),
    ("digit sum", "def f(n):\n    if n == 0:\n        return 0\n    return n % 10 + f(n // 10)\n", "Θ(log n)"),
    ("halves", "def f(n):\n    if n <= 1:\n        return 1\n    return f(n//2) + f(n//2)\n", "Θ(n)"),
    ("four halves", "def f(n):\n    if n <= 1:\n        return 1\n    return f(n//2) + f(n//2) + f(n//2) + f(n//2)\n", "Θ(n^2)"),
    ("three halves", "def f(n):\n    if n <= 1:\n        return 1\n    return f(n//2) + f(n//2) + f(n//2)\n", "Θ(n^(log_2 3))"),
    ("half with a loop", "def f(n):\n    if n <= 1:\n        return\n    for i in range(n):\n        print(i)\n    f(n//2)\n", "Θ(n)"),
    ("thirds with a loop", "def f(n):\n    if n <= 1:\n        return\n    for i in range(n):\n        print(i)\n    f(n//3)\n    f(n//3)\n    f(n//3)\n", "Θ(n log n)"),
    ("halves with two loops", "def f(n):\n    if n <= 1:\n        return\n    for i in range(n):\n        for j in range(n):\n            print(i)\n    f(n//2)\n    f(n//2)\n", "Θ(n^2)"),
    ("four halves with two loops", "def f(n):\n    if n <= 1:\n        return\n    for i in range(n):\n        for j in range(n):\n            print(i)\n    for k in range(4):\n        f(n//2)\n", "Θ(n^2 log n)"),
    ("n - 1 with a loop", "def f(n):\n    if n == 0:\n        return\n    for i in range(n):\n        print(i)\n    f(n-1)\n", "Θ(n^2)"),
    ("n - 1 twice with a loop", "def f(n):\n    if n == 0:\n        return\n    for i in range(n):\n        print(i)\n    f(n-1)\n    f(n-1)\n", "Θ(2^n)"),
    ("n - 1 with halving loop", "def f(n):\n    if n == 0:\n        return\n    i = n\n    while i > 1:\n        i //= 2\n    f(n-1)\n", "Θ(n log n)"),
    ("half with halving loop", "def f(n):\n    if n <= 1:\n        return\n    i = n\n    while i > 1:\n        i //= 2\n    f(n//2)\n", "Θ((log n)^2)"),
    ("n calls of n - 1", "def f(n):\n    if n == 0:\n        return 1\n    for i in range(n):\n        f(n-1)\n", "Θ(n!)"),
    ("all smaller", "def f(n):\n    if n == 0:\n        return 1\n    return 1 + sum(f(i) for i in range(n))\n", "Θ(2^n)"),
    ("Catalan", "def f(n):\n    if n <= 1:\n        return 1\n    total = 0\n    for i in range(n):\n        total += f(i) * f(n-1-i)\n    return total\n", "Θ(3^n)"),
    ("uneven halves", "def f(n):\n    if n <= 1:\n        return 1\n    return f(n//2) + f(n - n//2)\n", "Θ(n)"),
    ("n - 3", "def f(n):\n    if n < 3:\n        return n\n    return f(n-3)\n", "Θ(n)"),
    ("n/2 and n/4", "def f(n):\n    if n <= 1:\n        return 1\n    return f(n//2) + f(n//4)\n", "Θ(n^(log_2 ((1 + sqrt(5))/2)))"),
    ("thirds, two of them", "def f(n):\n    if n <= 2:\n        return 1\n    return f(n//3) + f(2*n//3)\n", "Θ(n)"),
    ("square root", "def f(n):\n    if n <= 2:\n        return 1\n    return 1 + f(int(n**0.5))\n", "Θ(log (log n))"),
    ("parity", "def f(n):\n    if n == 0:\n        return True\n    if n == 1:\n        return False\n    return f(n-2)\n", "Θ(n)"),
    ("Hanoi, returned", "def f(n, a='A', b='B', c='C'):\n    if n == 1:\n        return 1\n    return f(n-1, a, c, b) + 1 + f(n-1, b, a, c)\n", "Θ(2^n)"),
    ("Gray codes", "def f(n):\n    if n == 0:\n        return ['']\n    rest = f(n-1)\n    return ['0' + x for x in rest] + ['1' + x for x in reversed(rest)]\n", "Θ(n * 2^n)"),
    ("binary strings", "def f(n, s=''):\n    if n == 0:\n        print(s)\n        return\n    f(n-1, s + '0')\n    f(n-1, s + '1')\n", "Θ(n * 2^n)"),
    ("square by odd numbers", "def f(n):\n    return 0 if n == 0 else f(n-1) + 2*n - 1\n", "Θ(n)"),
    ("stars", "def f(n):\n    if n == 0:\n        return\n    f(n-1)\n    print('*' * n)\n", "Θ(n^2)"),
    ("Karatsuba's calls", "def f(n):\n    if n <= 1:\n        return 1\n    a = f(n//2)\n    b = f(n//2)\n    c = f(n//2)\n    s = 0\n    for i in range(n):\n        s += i\n    return a + b + c + s\n", "Θ(n^(log_2 3))"),
    ("Strassen's calls", "def f(n):\n    if n <= 1:\n        return 1\n    s = 0\n    for i in range(n):\n        for j in range(n):\n            s += 1\n    for k in range(7):\n        s += f(n//2)\n    return s\n", "Θ(n^(log_2 7))"),
    ("stairs", "def climb(n):\n    if n == 0:\n        return 1\n    if n < 0:\n        return 0\n    return climb(n-1) + climb(n-2)\n", "Θ(((1 + sqrt(5))/2)^n)"),
    ("mutual", "def is_even(n):\n    if n == 0:\n        return True\n    return is_odd(n-1)\ndef is_odd(n):\n    if n == 0:\n        return False\n    return is_even(n-1)\n", "Θ(n)"),
    ("table", "def f(n, table=None):\n    if table is None:\n        table = [-1] * (n + 1)\n    if n <= 1:\n        return n\n    if table[n] != -1:\n        return table[n]\n    table[n] = f(n-1, table) + f(n-2, table)\n    return table[n]\n", "Θ(n)"),
    ("table given", "def f(n, dp):\n    if n <= 1:\n        return n\n    if dp[n] != -1:\n        return dp[n]\n    dp[n] = f(n-1, dp) + f(n-2, dp)\n    return dp[n]\n", "Θ(n)"),
    ("memo outside", "memo = {}\ndef f(n):\n    if n in memo:\n        return memo[n]\n    if n <= 1:\n        return n\n    memo[n] = f(n-1) + f(n-2)\n    return memo[n]\n", "Θ(n)"),
    ("tribonacci with cache", "from functools import cache\n@cache\ndef f(n):\n    if n < 3:\n        return 1\n    return f(n-1) + f(n-2) + f(n-3)\n", "Θ(n)"),
]  # fmt: skip

ON_LISTS = [
    ("largest", "def f(a):\n    if len(a) == 1:\n        return a[0]\n    rest = f(a[1:])\n    return a[0] if a[0] > rest else rest\n", "Θ(n^2)"),
    ("largest by index", "def f(a, n):\n    if n == 1:\n        return a[0]\n    return max(a[n-1], f(a, n-1))\n", "Θ(n)"),
    ("reverse", "def f(s):\n    if s == '':\n        return ''\n    return f(s[1:]) + s[0]\n", "Θ(n^2)"),
    ("palindrome", "def f(s):\n    if len(s) <= 1:\n        return True\n    if s[0] != s[-1]:\n        return False\n    return f(s[1:-1])\n", "Θ(n^2)"),
    ("palindrome by ends", "def f(s, i, j):\n    if i >= j:\n        return True\n    if s[i] != s[j]:\n        return False\n    return f(s, i+1, j-1)\n", "Θ(n)"),
    ("linear search", "def f(a, x, i=0):\n    if i == len(a):\n        return -1\n    if a[i] == x:\n        return i\n    return f(a, x, i+1)\n", "Θ(n)"),
    ("binary search by slices", "def f(a, x):\n    if not a:\n        return False\n    m = len(a) // 2\n    if a[m] == x:\n        return True\n    if a[m] < x:\n        return f(a[m+1:], x)\n    return f(a[:m], x)\n", "Θ(n)"),
    ("sum by halves", "def f(a):\n    if len(a) == 0:\n        return 0\n    if len(a) == 1:\n        return a[0]\n    m = len(a) // 2\n    return f(a[:m]) + f(a[m:])\n", "Θ(n log n)"),
    ("count", "def f(a, x):\n    if not a:\n        return 0\n    return (a[0] == x) + f(a[1:], x)\n", "Θ(n^2)"),
    ("power set", "def f(a):\n    if not a:\n        return [[]]\n    rest = f(a[1:])\n    return rest + [[a[0]] + s for s in rest]\n", "Θ(n * 2^n)"),
    ("selection sort", "def f(a, i=0):\n    if i >= len(a) - 1:\n        return\n    m = i\n    for j in range(i+1, len(a)):\n        if a[j] < a[m]:\n            m = j\n    a[i], a[m] = a[m], a[i]\n    f(a, i+1)\n", "Θ(n^2)"),
    ("bubble sort", "def f(a, n):\n    if n == 1:\n        return\n    for i in range(n-1):\n        if a[i] > a[i+1]:\n            a[i], a[i+1] = a[i+1], a[i]\n    f(a, n-1)\n", "Θ(n^2)"),
    ("quicksort by comprehensions", "def qs(a):\n    if len(a) <= 1:\n        return a\n    p = a[0]\n    less = [x for x in a[1:] if x < p]\n    more = [x for x in a[1:] if x >= p]\n    return qs(less) + [p] + qs(more)\n", "Θ(n^2)"),
    ("permutations in place", "def perm(a, i=0):\n    if i == len(a):\n        print(a)\n        return\n    for j in range(i, len(a)):\n        a[i], a[j] = a[j], a[i]\n        perm(a, i+1)\n        a[i], a[j] = a[j], a[i]\n", "Θ(n!)"),
    ("subset sum", "def f(a, i, t):\n    if i == len(a):\n        return t == 0\n    return f(a, i+1, t) + f(a, i+1, t - a[i])\n", "Θ(2^n)"),
    ("merge sort with pops", "def merge(a, b):\n    out = []\n    while a and b:\n        if a[0] < b[0]:\n            out.append(a.pop(0))\n        else:\n            out.append(b.pop(0))\n    return out + a + b\ndef ms(a):\n    if len(a) <= 1:\n        return a\n    m = len(a) // 2\n    return merge(ms(a[:m]), ms(a[m:]))\n", "Θ(n^2)"),
    ("merge sort in place", "def ms(a):\n    if len(a) > 1:\n        m = len(a) // 2\n        l = a[:m]\n        r = a[m:]\n        ms(l)\n        ms(r)\n        i = j = k = 0\n        while i < len(l) and j < len(r):\n            if l[i] < r[j]:\n                a[k] = l[i]\n                i += 1\n            else:\n                a[k] = r[j]\n                j += 1\n            k += 1\n        while i < len(l):\n            a[k] = l[i]\n            i += 1\n            k += 1\n        while j < len(r):\n            a[k] = r[j]\n            j += 1\n            k += 1\n", "Θ(n log n)"),
    ("peak", "def peak(a, lo, hi):\n    if lo == hi:\n        return lo\n    m = (lo + hi) // 2\n    if a[m] < a[m+1]:\n        return peak(a, m+1, hi)\n    return peak(a, lo, m)\n", "Θ(log n)"),
    ("subsets inside", "def subsets(nums):\n    res = []\n    def go(i, cur):\n        if i == len(nums):\n            res.append(cur)\n            return\n        go(i+1, cur)\n        go(i+1, cur + [nums[i]])\n    go(0, [])\n    return res\n", "Θ(n * 2^n)"),
    ("maximum subarray", "def mx(a, lo, hi):\n    if lo == hi:\n        return a[lo]\n    m = (lo + hi) // 2\n    best = a[m]\n    s = 0\n    for i in range(m, lo-1, -1):\n        s += a[i]\n        best = max(best, s)\n    r = a[m+1]\n    s = 0\n    for i in range(m+1, hi+1):\n        s += a[i]\n        r = max(r, s)\n    return max(mx(a, lo, m), mx(a, m+1, hi), best + r)\n", "Θ(n log n)"),
    ("ternary search", "def ts(a, lo, hi, x):\n    if lo > hi:\n        return -1\n    m1 = lo + (hi - lo) // 3\n    m2 = hi - (hi - lo) // 3\n    if a[m1] == x:\n        return m1\n    if a[m2] == x:\n        return m2\n    if x < a[m1]:\n        return ts(a, lo, m1-1, x)\n    if x > a[m2]:\n        return ts(a, m2+1, hi, x)\n    return ts(a, m1+1, m2-1, x)\n", "Θ(log n)"),
]  # fmt: skip

TWO_SIZES = [
    ("grid paths", "def p(n, m):\n    if n == 0 or m == 0:\n        return 1\n    return p(n-1, m) + p(n, m-1)\n", "Θ(binomial(n + m, n))"),
    ("binomial", "def c(n, k):\n    if k == 0 or k == n:\n        return 1\n    return c(n-1, k-1) + c(n-1, k)\n", "Θ(binomial(n, k))"),
    ("add", "def add(a, b):\n    if b == 0:\n        return a\n    return add(a+1, b-1)\n", "Θ(n)"),
    ("LCS with memo", "def lcs(x, y, i, j, memo):\n    if i == len(x) or j == len(y):\n        return 0\n    if (i, j) in memo:\n        return memo[(i, j)]\n    if x[i] == y[j]:\n        memo[(i, j)] = 1 + lcs(x, y, i+1, j+1, memo)\n    else:\n        memo[(i, j)] = max(lcs(x, y, i+1, j, memo), lcs(x, y, i, j+1, memo))\n    return memo[(i, j)]\n", "Θ(n m)"),
]  # fmt: skip

REFUSED = [
    ("permutations", "def perm(a):\n    if len(a) <= 1:\n        return [a]\n    out = []\n    for i in range(len(a)):\n        for p in perm(a[:i] + a[i+1:]):\n            out.append([a[i]] + p)\n    return out\n", 6, "follows no pattern"),
    ("Hoare quicksort", "def part(a, lo, hi):\n    p = a[(lo + hi) // 2]\n    i = lo - 1\n    j = hi + 1\n    while True:\n        i += 1\n        while a[i] < p:\n            i += 1\n        j -= 1\n        while a[j] > p:\n            j -= 1\n        if i >= j:\n            return j\n        a[i], a[j] = a[j], a[i]\ndef qs(a, lo, hi):\n    if lo < hi:\n        p = part(a, lo, hi)\n        qs(a, lo, p)\n        qs(a, p+1, hi)\n", 18, "depends on the data"),
    ("knapsack", "def ks(w, v, n, c):\n    if n == 0 or c == 0:\n        return 0\n    if w[n-1] > c:\n        return ks(w, v, n-1, c)\n    return max(v[n-1] + ks(w, v, n-1, c - w[n-1]), ks(w, v, n-1, c))\n", 5, "different things"),
    ("gcd by subtraction", "def g(a, b):\n    if a == b:\n        return a\n    if a > b:\n        return g(a-b, b)\n    return g(a, b-a)\n", 5, "apart from each other"),
    ("stooge sort", "def st(a, l, h):\n    if l >= h:\n        return\n    if a[l] > a[h]:\n        a[l], a[h] = a[h], a[l]\n    if h - l + 1 > 2:\n        t = (h - l + 1) // 3\n        st(a, l, h-t)\n        st(a, l+t, h)\n        st(a, l, h-t)\n", 8, "different things"),
    ("no base", "def f(n):\n    return f(n-1)\n", 2, "does not come to an end"),
    ("up", "def f(n):\n    if n == 0:\n        return 0\n    return f(n+1)\n", 4, "does not come to an end"),
    ("jumped over", "def f(n):\n    if n == 0:\n        return 0\n    return f(n-2)\n", 4, "n = 1, 3, 5"),
    ("jumped over by 3", "def f(n):\n    if n == 1:\n        return 0\n    return f(n-3) + 1\n", 4, "jumped over"),
    ("same on one path", "def f(n):\n    if n == 0:\n        return 0\n    if n % 7 == 3:\n        return f(n)\n    return f(n-1)\n", 5, "never ends"),
    ("thirds of 2", "def f(n):\n    if n == 1:\n        return 0\n    return f(n//3)\n", 4, "jumped over"),
    ("functions in a list", "def a(n):\n    if n == 0:\n        return 0\n    fs = [a, b]\n    return fs[n % 2](n-1)\ndef b(n):\n    if n == 0:\n        return 0\n    return a(n-1)\n", 5, "no name"),
    ("nested", "def f(n):\n    if n > 100:\n        return n - 10\n    return f(f(n + 11))\n", 4, "calls itself"),
    ("f of f", "def f(n):\n    if n == 0:\n        return 0\n    return n - f(f(n-1))\n", 4, "calls itself"),
    ("random step", "def f(n):\n    if n <= 0:\n        return 0\n    return f(n - 1 - n % 3)\n", 4, "no rule"),
    ("Ackermann of 2", "def A(m, n):\n    if m == 0:\n        return n+1\n    if n == 0:\n        return A(m-1, 1)\n    return A(m-1, A(m, n-1))\n", 5, "apart from each other"),
]  # fmt: skip

MEASURED = {
    "binary digits", "n - 1 with halving loop", "all smaller", "Gray codes", "binary strings", "mutual", "table",
    "reverse", "power set", "selection sort", "quicksort by comprehensions", "merge sort with pops",
    "merge sort in place", "subsets inside", "grid paths", "binomial", "LCS with memo",
}  # fmt: skip
