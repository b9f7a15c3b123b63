"""Loops from textbooks' exercises with the classes that the textbooks give: (code, worst, best).

`best` is empty where the data decide nothing that changes the class. Written anew, none copied.
"""

from __future__ import annotations

EXACT = """
for i in range(n):
    print(i)
# n
===
for i in range(1, n + 1):
    for j in range(1, n + 1):
        print(i * j)
# n^2
===
for i in range(n):
    for j in range(i + 1, n):
        for k in range(j + 1, n):
            print(i, j, k)
# n^3
===
total = 0
for i in range(n):
    total += i
for i in range(n):
    for j in range(n):
        total += j
# n^2
===
for i in range(0, n, 2):
    print(i)
# n
===
for i in range(n, 0, -1):
    print(i)
# n
===
for i in range(n, 0, -3):
    for j in range(i):
        print(j)
# n^2
===
for i in range(n // 2):
    for j in range(n // 3):
        print(i)
# n^2
===
for i in range(n * n):
    print(i)
# n^2
===
for i in range(n ** 3):
    print(i)
# n^3
===
for i in range(2 ** n):
    print(i)
# 2^n
===
for i in range(10):
    for j in range(20):
        print(i, j)
# 1
===
for i in range(1000000):
    print(i)
# 1
===
for i in range(n):
    for j in range(100):
        print(i, j)
# n
===
for i in range(n):
    for j in range(i * i):
        print(j)
# n^3
===
for i in range(1, n + 1):
    for j in range(1, i * i + 1):
        for k in range(1, j + 1):
            print(k)
# n^5
===
for i in range(1, n + 1):
    for j in range(i, n + 1):
        for k in range(i, j + 1):
            print(k)
# n^3
===
for i in range(n):
    for j in range(i, n // 2):
        print(j)
# n^2
===
i = n
while i > 0:
    print(i)
    i //= 2
# log n
===
i = n
while i >= 1:
    i = i // 3
# log n
===
i = n
while i > 1:
    i //= 2
# log n
===
i = 1
while i <= n:
    i *= 2
# log n
===
i = 1
while i < n:
    i = 3 * i
# log n
===
i = 1
while i < n:
    i <<= 1
# log n
===
i = n
while i:
    i >>= 1
# log n
===
i = 1
while i < n:
    i += i
# log n
===
i = 5
while i < n:
    i = i * 4
# log n
===
i = 2
while i < n:
    i = i ** 2
# log (log n)
===
i = 2
while i <= n:
    i *= i
# log (log n)
===
i = 0
while i * i < n:
    i += 1
# sqrt(n)
===
i = 1
while i * i * i <= n:
    i += 1
# n^(1/3)
===
i = 0
s = 0
while s <= n:
    i += 1
    s += i
# sqrt(n)
===
i = 1
s = 1
while s < n:
    i += 1
    s += i * i
# n^(1/3)
===
for i in range(n):
    j = 1
    while j < n:
        j *= 2
# n log n
===
for i in range(1, n + 1):
    j = 1
    while j <= i:
        j *= 2
# n log n
===
i = 1
while i < n:
    for j in range(n):
        print(j)
    i *= 2
# n log n
===
i = 1
while i < n:
    for j in range(i):
        print(j)
    i *= 2
# n
===
i = n
while i > 0:
    for j in range(i):
        print(j)
    i //= 2
# n
===
i = n
while i > 0:
    j = i
    while j > 0:
        j -= 1
    i = i // 2
# n
===
i = 1
while i <= n:
    j = i
    while j <= n:
        j += i
    i *= 2
# n
===
for i in range(1, n + 1):
    for j in range(0, n, i):
        print(j)
# n log n
===
for i in range(1, n + 1):
    for j in range(i, n + 1, i):
        print(j)
# n log n
===
for i in range(1, n + 1):
    j = n
    while j > 0:
        j -= i
# n log n
===
for i in range(n):
    if i % 2 == 0:
        for j in range(n):
            print(j)
# n^2
===
for i in range(n):
    if i % 3 == 1:
        print(i)
    else:
        for j in range(i):
            print(j)
# n^2
===
for i in range(n):
    for j in range(n):
        if i < j:
            print(i, j)
# n^2
===
for i in range(n):
    for j in range(n):
        if i == j:
            for k in range(n):
                print(k)
# n^2
===
for i in range(n):
    for j in range(n):
        if i + j == n - 1:
            print(i)
        elif i == j:
            print(j)
# n^2
===
for i in range(n):
    for j in range(n):
        if (i + j) % 2 == 0:
            print(i)
# n^2
===
for i in range(n):
    for j in range(i):
        if j % 2 == 0:
            continue
        print(j)
# n^2
===
for i in range(n):
    if i == 7:
        break
    print(i)
# 1
===
for i in range(n):
    if i * i > n:
        break
    print(i)
# sqrt(n)
===
for i in range(n):
    for j in range(n):
        if j > i:
            break
        print(j)
# n^2
===
for i in range(n):
    for j in range(n):
        if j == i:
            break
# n^2
===
for i in range(n):
    if i >= n // 2:
        break
    for j in range(n):
        print(j)
# n^2
===
while n > 0:
    print(n % 10)
    n //= 10
# log n
===
i = 0
while i < n:
    j = 0
    while j < i:
        j += 1
    i += 1
# n^2
===
i = 0
j = n
while i < j:
    i += 1
    j -= 1
# n
===
lo = 0
hi = n
while hi - lo > 1:
    mid = (lo + hi) // 2
    hi = mid
# log n
===
j = 0
for i in range(n):
    while j < i:
        j += 1
# n
===
j = 0
for i in range(n):
    while j < n:
        j += 1
# n
===
while True:
    if n <= 1:
        break
    n = n // 2
# log n
===
i = 0
while True:
    i += 1
    if i > n:
        break
# n
===
def f(n):
    k = 1
    for i in range(n):
        for j in range(k):
            print(j)
        k = 2 * k
# 2^n
===
def f(n):
    s = 0
    for i in range(n):
        s += i
    return s

def g(n):
    t = 0
    for i in range(n):
        t += f(i)
    return t
# n^2
===
def helper(m):
    for i in range(m):
        print(i)

def main(n):
    for i in range(n):
        helper(n)
# n^2
===
def f(a):
    s = 0
    for x in a:
        s += x
    return s
# n
===
def f(a):
    for i, x in enumerate(a):
        for y in a[i:]:
            print(x, y)
# n^2
===
def f(a):
    b = []
    for x in a:
        b.append(x * x)
    for y in b:
        print(y)
    return b
# n
===
def f(a):
    return [x * x for x in a]
# n
===
def f(n):
    return [[0] * n for i in range(n)]
# n^2
===
def f(a):
    return sum(a) / len(a)
# n
===
def f(a):
    a.sort()
    return a[0]
# n log n
===
def f(a):
    for i in range(len(a)):
        b = sorted(a)
# n^2 log n
===
def f(a):
    for x in reversed(a):
        print(x)
# n
===
def f(a, b):
    for x in a:
        for y in b:
            print(x, y)
# n m
===
def f(a, b):
    for x in a:
        print(x)
    for y in b:
        print(y)
# n + m
===
def prefix(a):
    p = [0]
    for i in range(len(a)):
        p.append(p[i] + a[i])
    return p
# n
===
def transpose(m):
    n = len(m)
    for i in range(n):
        for j in range(i):
            m[i][j], m[j][i] = m[j][i], m[i][j]
# n^2
===
def floyd(d):
    n = len(d)
    for k in range(n):
        for i in range(n):
            for j in range(n):
                d[i][j] = min(d[i][j], d[i][k] + d[k][j])
    return d
# n^3
===
def product(a, b):
    n = len(a)
    c = [[0] * n for i in range(n)]
    for i in range(n):
        for j in range(n):
            s = 0
            for k in range(n):
                s += a[i][k] * b[k][j]
            c[i][j] = s
    return c
# n^3
===
def fib(n):
    a, b = 0, 1
    for i in range(n):
        a, b = b, a + b
    return a
# n
===
def fact(n):
    r = 1
    while n > 1:
        r *= n
        n -= 1
    return r
# n
===
def pascal(n):
    rows = []
    for i in range(n):
        row = [1] * (i + 1)
        for j in range(1, i):
            row[j] = rows[i - 1][j - 1] + rows[i - 1][j]
        rows.append(row)
    return rows
# n^2
===
import math

def f(n):
    for i in range(int(math.sqrt(n))):
        print(i)
# sqrt(n)
===
import math

def f(n):
    while n > 2:
        n = math.isqrt(n)
# log (log n)
===
import math

def f(n):
    for i in range(int(math.log2(n)) if n > 0 else 0):
        print(i)
# log n
===
def f(n):
    i = n
    while i > 1:
        j = 1
        while j < n:
            j *= 2
        i //= 2
# (log n)^2
===
def f(n):
    for i in range(n):
        j = i
        while j > 0:
            j //= 2
# n log n
===
def f(n):
    count = 0
    for i in range(n):
        for j in range(n - i):
            count += 1
    return count
# n^2
===
def f(n):
    for i in range(1, n):
        for j in range(1, n):
            if j % i == 0:
                print(j)
# n^2
===
def kadane(a):
    best = cur = a[0]
    for x in a[1:]:
        cur = max(x, cur + x)
        best = max(best, cur)
    return best
# n
===
for i in range(n):
    for j in range(i, n, i + 1):
        print(j)
# n log n
===
for i in range(1, n + 1):
    j = 1
    while i * j <= n:
        j += 1
# n log n
===
for i in range(1, n + 1):
    for j in range(1, n // i + 1):
        print(j)
# n log n
===
for i in range(-n, n):
    for j in range(n, 2 * n):
        print(i, j)
# n^2
===
i = 1
while i < 2 ** n:
    i *= 2
# n
===
for i in range(int(n ** 0.5)):
    for j in range(int(n ** 0.5)):
        print(i)
# n
===
def f(a):
    while a:
        a = a[1:]
# n^2
===
def f(s):
    r = ""
    for c in s:
        r += c
    return r
# n^2
===
def f(a):
    b = []
    for x in a:
        b.insert(0, x)
    return b
# n^2
===
def f(n):
    i = 1
    j = 0
    while j < n:
        j += i
        i += 2
# sqrt(n)
===
def f(n):
    i = n
    while i > 1:
        i = i / 3
# log n
===
def f(n):
    x = 1
    for i in range(n):
        x = x * 2
    for j in range(x):
        print(j)
# 2^n
===
def f(n):
    for i in range(n):
        j = n
        while j > i:
            j //= 2
# n
===
k = 0
for i in range(n):
    for j in range(n):
        k += 1
    for l in range(k):
        print(l)
# n^3
===
for i in range(n):
    while i > 0:
        i //= 2
# n log n
===
import heapq

def heap_sort(a):
    h = []
    for x in a:
        heapq.heappush(h, x)
    out = []
    while h:
        out.append(heapq.heappop(h))
    return out
# n log n
===
def substrings(s):
    out = []
    for i in range(len(s)):
        for j in range(i + 1, len(s) + 1):
            out.append(s[i:j])
    return out
# n^3
===
def powerset(a):
    res = [[]]
    for x in a:
        res += [r + [x] for r in res]
    return res
# n * 2^n
"""

OPEN = """
def search(a, x):
    for i in range(len(a)):
        if a[i] == x:
            return i
    return -1
# n | 1
===
def largest(a):
    m = a[0]
    for x in a:
        if x > m:
            m = x
    return m
# n |
===
def contains(a, x):
    return x in a
# n | 1
===
def duplicates(a):
    for i in range(len(a)):
        for j in range(i + 1, len(a)):
            if a[i] == a[j]:
                return True
    return False
# n^2 | 1
===
def two_sum(a, target):
    n = len(a)
    for i in range(n):
        for j in range(i + 1, n):
            if a[i] + a[j] == target:
                return i, j
    return None
# n^2 | 1
===
def two_sum(a, target):
    seen = {}
    for i, x in enumerate(a):
        if target - x in seen:
            return seen[target - x], i
        seen[x] = i
    return None
# n | 1
===
def pair(a, target):
    lo, hi = 0, len(a) - 1
    while lo < hi:
        s = a[lo] + a[hi]
        if s == target:
            return True
        if s < target:
            lo += 1
        else:
            hi -= 1
    return False
# n | 1
===
def binary(a, x):
    lo, hi = 0, len(a) - 1
    while lo <= hi:
        mid = (lo + hi) // 2
        if a[mid] == x:
            return mid
        if a[mid] < x:
            lo = mid + 1
        else:
            hi = mid - 1
    return -1
# log n | 1
===
def lower_bound(a, x):
    lo, hi = 0, len(a)
    while lo < hi:
        mid = lo + (hi - lo) // 2
        if a[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo
# log n |
===
def bubble(a):
    n = len(a)
    for i in range(n):
        swapped = False
        for j in range(n - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
                swapped = True
        if not swapped:
            break
    return a
# n^2 | n
===
def insertion(a):
    for i in range(1, len(a)):
        key = a[i]
        j = i - 1
        while j >= 0 and a[j] > key:
            a[j + 1] = a[j]
            j -= 1
        a[j + 1] = key
    return a
# n^2 | n
===
def insertion(a):
    for i in range(1, len(a)):
        j = i
        while j > 0 and a[j - 1] > a[j]:
            a[j - 1], a[j] = a[j], a[j - 1]
            j -= 1
# n^2 | n
===
def selection(a):
    n = len(a)
    for i in range(n - 1):
        least = i
        for j in range(i + 1, n):
            if a[j] < a[least]:
                least = j
        a[i], a[least] = a[least], a[i]
    return a
# n^2 |
===
def palindrome(s):
    i, j = 0, len(s) - 1
    while i < j:
        if s[i] != s[j]:
            return False
        i += 1
        j -= 1
    return True
# n | 1
===
def is_prime(n):
    if n < 2:
        return False
    i = 2
    while i * i <= n:
        if n % i == 0:
            return False
        i += 1
    return True
# sqrt(n) | 1
===
def merge(a, b):
    i = j = 0
    out = []
    while i < len(a) and j < len(b):
        if a[i] <= b[j]:
            out.append(a[i])
            i += 1
        else:
            out.append(b[j])
            j += 1
    out.extend(a[i:])
    out.extend(b[j:])
    return out
# n + m |
===
def evens(a):
    out = []
    for x in a:
        if x % 2 == 0:
            out.append(x)
    return out
# n |
===
def common(a, b):
    out = []
    for x in a:
        if x in b:
            out.append(x)
    return out
# n m | n
===
def unique(a):
    seen = set()
    out = []
    for x in a:
        if x not in seen:
            seen.add(x)
            out.append(x)
    return out
# n |
===
def subsets(a):
    n = len(a)
    out = []
    for mask in range(2 ** n):
        part = []
        for j in range(n):
            if mask & (1 << j):
                part.append(a[j])
        out.append(part)
    return out
# n * 2^n |
===
def greater(a):
    stack = []
    for x in a:
        while stack and stack[-1] < x:
            stack.pop()
        stack.append(x)
    return stack
# n |
===
def window(a, target):
    left = 0
    total = 0
    best = 0
    for right in range(len(a)):
        total += a[right]
        while total > target and left <= right:
            total -= a[left]
            left += 1
        best = max(best, right - left + 1)
    return best
# n |
===
def counts(s):
    d = {}
    for c in s:
        if c in d:
            d[c] += 1
        else:
            d[c] = 1
    return d
# n |
===
def linear(a, x):
    i = 0
    while i < len(a) and a[i] != x:
        i += 1
    return i
# n | 1
===
def prefix_match(s, t):
    n, m = len(s), len(t)
    for i in range(n - m + 1):
        j = 0
        while j < m and s[i + j] == t[j]:
            j += 1
        if j == m:
            return i
    return -1
# n m |
===
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
# log b | 1
===
def gcd(a, b):
    while b != 0:
        t = b
        b = a % b
        a = t
    return a
# log b | 1
===
def bubble(a):
    n = len(a)
    swapped = True
    while swapped:
        swapped = False
        for i in range(n - 1):
            if a[i] > a[i + 1]:
                a[i], a[i + 1] = a[i + 1], a[i]
                swapped = True
# n^2 | n
===
def below(n):
    a, b = 0, 1
    while a < n:
        print(a)
        a, b = b, a + b
# log n |
===
def sieve(n):
    prime = [True] * (n + 1)
    p = 2
    while p * p <= n:
        if prime[p]:
            for i in range(p * p, n + 1, p):
                prime[i] = False
        p += 1
    return prime
# n log (log n) |
===
def power(b, e):
    r = 1
    while e > 0:
        if e % 2 == 1:
            r *= b
        b *= b
        e //= 2
    return r
# log e |
===
def dutch(a):
    lo, mid, hi = 0, 0, len(a) - 1
    while mid <= hi:
        if a[mid] == 0:
            a[lo], a[mid] = a[mid], a[lo]
            lo += 1
            mid += 1
        elif a[mid] == 1:
            mid += 1
        else:
            a[mid], a[hi] = a[hi], a[mid]
            hi -= 1
# n |
===
def three_sum(a):
    a.sort()
    n = len(a)
    for i in range(n):
        lo, hi = i + 1, n - 1
        while lo < hi:
            s = a[i] + a[lo] + a[hi]
            if s == 0:
                return True
            if s < 0:
                lo += 1
            else:
                hi -= 1
    return False
# n^2 | n log n
===
def parity(n):
    if n % 2 == 0:
        for i in range(n):
            print(i)
    else:
        for i in range(n):
            for j in range(n):
                print(j)
# n^2 | n
===
def zeros(a):
    n = len(a)
    for i in range(n):
        if a[i] == 0:
            for j in range(n):
                print(j)
        else:
            print(i)
# n^2 | n
===
def lis(a):
    n = len(a)
    d = [1] * n
    for i in range(n):
        for j in range(i):
            if a[j] < a[i]:
                d[i] = max(d[i], d[j] + 1)
    return max(d)
# n^2 |
"""

REFUSED = """
while True:
    print(1)
# 1
===
i = 0
while i < n:
    print(i)
# 2
===
i = 1
while i < n:
    i -= 1
# 2
===
while n != 1:
    if n % 2 == 0:
        n //= 2
    else:
        n = 3 * n + 1
# 1
===
i = n
while i >= 0:
    i //= 2
# 2
===
for i in range(n):
    unknown(i)
# 2
===
import random
while random.random() < 0.5:
    print(1)
# 1
===
while n > 0:
    n += 1
# 1
===
for i in range(n):
    x = input()
# 2
===
def f(a):
    for x in a:
        a.append(x)
# 2
===
for i in range(1, n + 1):
    if n % i == 0:
        for j in range(n):
            print(j)
# 2
===
for i in range(1, n + 1):
    for j in range(1, n + 1):
        if j % i == 0:
            for k in range(n):
                print(k)
# 3
"""


def cases(text: str) -> list[tuple[str, str]]:
    """(code, what follows its last #) of each."""
    found = [part.strip("\n").rpartition("\n# ") for part in text.split("===")]
    return [(code + "\n", answer.strip()) for code, _, answer in found]
