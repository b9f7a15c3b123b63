"""Loops of lecture sheets and textbooks, written anew: code, then its class (worst | best)."""

from __future__ import annotations

SOLVED = r"""
def f(n):
    c = 0
    i = 1
    while i < n:
        j = 1
        while j < i:
            j *= 2
            c += 1
        i *= 2
    return c
# (log n)^2
===
def power_set(items):
    result = [[]]
    for x in items:
        result = result + [s + [x] for s in result]
    return result
# n * 2^n
===
def power_set(items):
    result = [[]]
    for x in items:
        new = []
        for s in result:
            new.append(s + [x])
        result = result + new
    return result
# n * 2^n
===
def f(n):
    i, j = 0, n
    while i < j:
        i += 1
        j -= 1
    return i
# n
===
def f(n):
    for i in range(n):
        j = n
        while j > i:
            j -= 1
# n^2
===
def f(n):
    s = 0
    for i in range(n + 1):
        for j in range(n - i + 1):
            s += i * j
    return s
# n^2
===
def pyth(n):
    for a in range(1, n):
        for b in range(a + 1, n):
            c = (a * a + b * b) ** 0.5
            if c == int(c):
                print(a, b, int(c))
# n^2
===
def f(n):
    i = n
    while i:
        i -= 1
# n
===
def all_positive(a):
    for x in a:
        if x <= 0:
            return False
    return True
# n | 1
===
def is_sorted(a):
    for i in range(len(a) - 1):
        if a[i] > a[i + 1]:
            return False
    return True
# n | 1
===
def is_sorted(a):
    i = 1
    while i < len(a) and a[i - 1] <= a[i]:
        i += 1
    return i == len(a)
# n | 1
===
def f(a):
    m = max(a)
    s = sum(a)
    return m + s + len(a) + min(a)
# n
===
def f(a):
    return [sum(a) for x in a]
# n^2
===
def rev(s):
    out = []
    for i in range(len(s) - 1, -1, -1):
        out.append(s[i])
    return "".join(out)
# n
===
def dup(a):
    for i in range(len(a)):
        if a.count(a[i]) > 1:
            print(a[i])
# n^2
===
def flatten(n):
    out = []
    for i in range(n):
        out += [i, i + 1]
    return out
# n
===
def flatten(n):
    out = []
    for i in range(n):
        out = out + [i]
    return out
# n^2
===
def f(n):
    d = {}
    for i in range(n):
        d[i] = i * i
    for k in d:
        print(k)
    return d
# n
===
def f(n):
    s = set()
    for i in range(n):
        s.add(i % 7)
    return len(s)
# n
===
def f(n):
    for i in range(n):
        print(i)
    else:
        print("end")
# n
===
def f(a):
    for x in a:
        if x < 0:
            break
    else:
        return True
    return False
# n | 1
===
def triangle(n):
    for i in range(1, n + 1):
        print("*" * i)
# n^2
===
def triangle(n):
    i = 1
    while i <= n:
        j = 1
        while j <= i:
            print(j, end=" ")
            j += 1
        print()
        i += 1
# n^2
===
def f(n):
    for i in range(n):
        for j in range(10, n):
            print(j)
# n^2
===
def f(n):
    for i in range(n):
        for j in range(i, i + 5):
            print(j)
# n
===
def f(n):
    c = 0
    i = 1
    while i < n:
        j = n
        while j > 1:
            j = j // 2
            c += 1
        i = i * 2
    return c
# (log n)^2
===
def f(n):
    i = n
    while i > 1:
        i = i / 2
# log n
===
def f(n):
    c = 0
    while n >= 1:
        n = n / 3
        c += 1
    return c
# log n
===
def f(n):
    c = 0
    for i in range(1, n + 1):
        if i % 2 == 0:
            for j in range(i):
                c += 1
        else:
            c += 1
    return c
# n^2
===
def f(n):
    c = 0
    for i in range(n):
        if i % 2 == 1:
            continue
        for j in range(n):
            c += 1
    return c
# n^2
===
def f(n):
    for i in range(n):
        j = 1
        while j * j < n:
            j += 1
# n^(3/2)
===
def f(n):
    c = 0
    for i in range(n):
        k = n
        while k > 0:
            c += k
            k = k // 10
    return c
# n log n
===
def digits_total(n):
    total = 0
    for i in range(1, n + 1):
        k = i
        while k > 0:
            total += k % 10
            k //= 10
    return total
# n log n
===
def grid(m, n):
    d = [[1] * n for _ in range(m)]
    for i in range(1, m):
        for j in range(1, n):
            d[i][j] = d[i - 1][j] + d[i][j - 1]
    return d[m - 1][n - 1]
# m n
===
def knap(w, v, n, W):
    d = [0] * (W + 1)
    for i in range(n):
        for c in range(W, 0, -1):
            if w[i] <= c:
                d[c] = max(d[c], d[c - w[i]] + v[i])
    return d[W]
# n W
===
def rod(p, n):
    r = [0] * (n + 1)
    for j in range(1, n + 1):
        q = -1
        for i in range(1, j + 1):
            q = max(q, p[i - 1] + r[j - i])
        r[j] = q
    return r[n]
# n^2
===
def catalan(n):
    c = [0] * (n + 1)
    c[0] = 1
    for i in range(1, n + 1):
        for j in range(i):
            c[i] += c[j] * c[i - j - 1]
    return c[n]
# n^2
===
def hanoi(n):
    c = 0
    for i in range(1, 2 ** n):
        c += 1
    return c
# 2^n
===
def stock(prices):
    low = prices[0]
    best = 0
    for p in prices:
        if p < low:
            low = p
        elif p - low > best:
            best = p - low
    return best
# n
===
def container(height):
    l, r = 0, len(height) - 1
    best = 0
    while l < r:
        best = max(best, min(height[l], height[r]) * (r - l))
        if height[l] < height[r]:
            l += 1
        else:
            r -= 1
    return best
# n
===
def remove_dups(a):
    if not a:
        return 0
    j = 0
    for i in range(1, len(a)):
        if a[i] != a[j]:
            j += 1
            a[j] = a[i]
    return j + 1
# n
===
def product_except(a):
    n = len(a)
    left = [1] * n
    right = [1] * n
    for i in range(1, n):
        left[i] = left[i - 1] * a[i - 1]
    for i in range(n - 2, -1, -1):
        right[i] = right[i + 1] * a[i + 1]
    return [left[i] * right[i] for i in range(n)]
# n
===
def lis_pairs(a):
    for x, y in zip(a, a[1:]):
        print(x, y)
# n
===
def f(n):
    k = 0
    for i in range(n):
        k += n
    for j in range(k):
        print(j)
# n^2
===
def f(n):
    i = n
    while i > 0:
        i = i >> 1
# log n
===
def f(n):
    i = 1
    while i <= n:
        i <<= 1
# log n
===
def f(n):
    i = 1
    while n > 0:
        n -= i
        i += 1
# sqrt(n)
===
import math
def f(n):
    for i in range(1, int(math.sqrt(n)) + 1):
        print(i)
# sqrt(n)
===
import math
def f(n):
    for i in range(int(math.log2(n))):
        print(i)
# log n
===
import math
def f(n):
    for i in range(n):
        for j in range(int(math.log(n, 2))):
            print(i, j)
# n log n
===
def helper(n):
    s = 0
    for i in range(n):
        for j in range(n):
            s += 1
    return s
def f(n):
    s = 0
    for i in range(n):
        s += helper(n)
    return s
# n^3
===
def f(n):
    if n > 10:
        for i in range(n):
            print(i)
    else:
        print("small")
# n
===
def f(n):
    while n > 0:
        for i in range(n):
            print(i)
        n //= 2
# n
===
def f(n):
    while n > 0:
        for i in range(n):
            print(i)
        n -= 1
# n^2
===
def f(n):
    m = n
    while m > 0:
        for i in range(n):
            print(i)
        m = m // 2
# n log n
===
def f(n):
    return n * (n + 1) // 2
# 1
===
def f(a):
    return a[0] + a[-1]
# 1
===
def f(n):
    i = 0
    while i < 100:
        i += 1
    return i
# 1
===
total = 0
numbers = [i for i in range(n)]
for x in numbers:
    total += x
print(total)
# n
===
def f(n):
    x = 0
    y = n
    while x < y:
        x += 2
    return x
# n
===
def f(n):
    i = 0
    while i <= n:
        if i % 2 == 0:
            print(i)
        i += 1
# n
===
def f(n):
    i = 0
    while i < n:
        i += 1
        if i == 3:
            continue
        print(i)
# n
===
def f(n):
    for i in range(n):
        if i == 7:
            break
        print(i)
# 1
===
def f(n):
    for i in range(n):
        return i
# 1
===
def f(n):
    for i in range(n):
        if i > n // 2:
            break
# n
===
def f(n):
    for i in range(n):
        for j in range(n):
            if j == i:
                break
            print(j)
# n^2
===
def f(n):
    for i in range(n):
        if i * i > n:
            break
        print(i)
# sqrt(n)
===
def gen(n):
    return sum(1 for i in range(n) if i % 3 == 0)
# n
===
def f(n):
    return sum(i * j for i in range(n) for j in range(i))
# n^2
===
def f(a):
    return any(x == y for i, x in enumerate(a) for y in a[i + 1:])
# n^2
===
from collections import defaultdict
def group(a):
    d = defaultdict(list)
    for x in a:
        d[x % 10].append(x)
    return d
# n
===
import heapq
def heapsort(a):
    h = []
    for x in a:
        heapq.heappush(h, x)
    out = []
    while h:
        out.append(heapq.heappop(h))
    return out
# n log n
===
import heapq
def f(a):
    heapq.heapify(a)
    return a[0]
# n
===
import bisect
def f(a):
    b = sorted(a)
    c = 0
    for x in a:
        c += bisect.bisect_left(b, x)
    return c
# n log n
===
def majority(nums):
    counts = {}
    for num in nums:
        counts[num] = counts.get(num, 0) + 1
    best = None
    for num in counts:
        if best is None or counts[num] > counts[best]:
            best = num
    return best
# n
===
def pyramid(n):
    for i in range(1, n + 1):
        for j in range(n - i):
            print(" ", end="")
        for k in range(2 * i - 1):
            print("*", end="")
        print()
# n^2
===
def f(n):
    c = 0
    for i in range(n, 0, -1):
        for j in range(0, i, 2):
            c += 1
    return c
# n^2
===
def f(n):
    c = 0
    while n > 0:
        n >>= 1
        c += 1
    return c
# log n
===
def base_b(n):
    digits = []
    while n > 0:
        digits.append(n % 7)
        n //= 7
    return digits
# log n
===
def power(x, n):
    result = 1
    while n > 0:
        if n % 2 == 1:
            result *= x
        x *= x
        n //= 2
    return result
# log n
===
def f(n):
    i = 0
    while i ** 2 < n:
        i += 1
    return i
# sqrt(n)
===
def f(n):
    i = 2
    while i < n:
        i = i ** 2
    return i
# log (log n)
===
def harmonic(n):
    c = 0
    for i in range(1, n + 1):
        for j in range(1, n // i + 1):
            c += 1
    return c
# n log n
===
def f(n):
    c = 0
    for i in range(1, n + 1):
        j = i
        while j > 0:
            j //= 2
            c += 1
    return c
# n log n
===
def find(a, x):
    i = 0
    while i < len(a) and a[i] != x:
        i += 1
    return i
# n | 1
===
def f(n):
    i = 0
    while True:
        i += 1
        if i >= n:
            break
    return i
# n
===
def evens(a):
    c = 0
    for x in a:
        if x % 2 != 0:
            continue
        c += 1
    return c
# n
===
def window(a, k):
    s = sum(a[:k])
    best = s
    for i in range(k, len(a)):
        s += a[i] - a[i - k]
        best = max(best, s)
    return best
# n
===
def balanced(s):
    stack = []
    for c in s:
        if c == "(":
            stack.append(c)
        else:
            if not stack:
                return False
            stack.pop()
    return len(stack) == 0
# n | 1
===
def f(n):
    s = []
    for i in range(n):
        s.append(i)
    while len(s) > 0:
        s.pop()
# n
===
def count_primes(n):
    count = 0
    for i in range(2, n + 1):
        prime = True
        for j in range(2, i):
            if i % j == 0:
                prime = False
        if prime:
            count += 1
    return count
# n^2
===
def total(matrix):
    s = 0
    for row in matrix:
        for x in row:
            s += x
    return s
# n^2
===
def prefix(a):
    n = len(a)
    p = [0] * (n + 1)
    for i in range(n):
        p[i + 1] = p[i] + a[i]
    return p
# n
===
def max_sub(a):
    best = 0
    for i in range(len(a)):
        s = 0
        for j in range(i, len(a)):
            s += a[j]
            if s > best:
                best = s
    return best
# n^2
===
def two_sum(a, target):
    seen = {}
    for i, x in enumerate(a):
        if target - x in seen:
            return [seen[target - x], i]
        seen[x] = i
    return []
# n | 1
===
def bubble_sort(arr):
    n = len(arr)
    swapped = True
    while swapped:
        swapped = False
        for i in range(n - 1):
            if arr[i] > arr[i + 1]:
                arr[i], arr[i + 1] = arr[i + 1], arr[i]
                swapped = True
    return arr
# n^2 | n
===
def binary_search(arr, target):
    left, right = 0, len(arr) - 1
    while left <= right:
        mid = left + (right - left) // 2
        if arr[mid] == target:
            return mid
        elif arr[mid] < target:
            left = mid + 1
        else:
            right = mid - 1
    return -1
# log n | 1
===
def palindrome(s):
    n = len(s)
    for i in range(n // 2):
        if s[i] != s[n - 1 - i]:
            return False
    return True
# n | 1
===
def build(n):
    s = ""
    for i in range(n):
        s = s + "x"
    return s
# n^2
===
def pairs(n):
    return [(i, j) for i in range(n) for j in range(i)]
# n^2
===
def suffixes(a):
    total = 0
    for i in range(len(a)):
        total += sum(a[i:])
    return total
# n^2
===
def freq(a):
    d = {}
    for x in a:
        if x in d:
            d[x] += 1
        else:
            d[x] = 1
    return d
# n
===
def f(a):
    while a:
        a.pop(0)
# n^2
===
def f(a):
    for i in range(len(a)):
        b = sorted(a)
    return b
# n^2 log n
===
def knapsack(weights, values, W):
    n = len(weights)
    d = [[0] * (W + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        for w in range(W + 1):
            d[i][w] = d[i - 1][w]
            if weights[i - 1] <= w:
                d[i][w] = max(d[i][w], d[i - 1][w - weights[i - 1]] + values[i - 1])
    return d[n][W]
# n W
===
def pascal(n):
    rows = [[1]]
    for i in range(1, n):
        row = [1]
        for j in range(1, i):
            row.append(rows[i - 1][j - 1] + rows[i - 1][j])
        row.append(1)
        rows.append(row)
    return rows
# n^2
===
def subsets(a):
    n = len(a)
    out = []
    for mask in range(1 << n):
        cur = []
        for i in range(n):
            if mask >> i & 1:
                cur.append(a[i])
        out.append(cur)
    return out
# n * 2^n
===
def inner(k):
    t = 0
    for i in range(k):
        t += i
    return t
def outer(n):
    t = 0
    for i in range(n):
        t += inner(n)
    return t
# n^2
===
def f(n, m, p):
    c = 0
    for i in range(n):
        for j in range(m):
            for k in range(p):
                c += 1
    return c
# n m p
===
def f(n):
    x = n * 2
    y = x + 3
    return y
# 1
===
def f(n):
    c = 0
    for i in range(n):
        if 2 < i < 10:
            c += 1
    return c
# n
===
a = [1, 2, 3]
s = 0
for i in range(n):
    s += i
print(s)
# n
===
def dup(a):
    return len(set(a)) != len(a)
# n
===
def f(n):
    c = 0
    i = 0
    j = n
    while i < j:
        for k in range(i, j):
            c += 1
        i += 1
        j -= 1
    return c
# n^2
===
def f(n):
    c = 0
    for i in range(n):
        j = 2
        while j < n:
            j = j * j
            c += 1
    return c
# n log (log n)
===
def f(n):
    c = 0
    for i in range(n):
        for j in range(n):
            if i + j < n:
                c += 1
    return c
# n^2
===
def f(n):
    c = 0
    for i in range(n):
        if i < 10:
            for j in range(n):
                c += 1
    return c
# n
===
def second(a):
    first = sec = float("-inf")
    for x in a:
        if x > first:
            first, sec = x, first
        elif x > sec:
            sec = x
    return sec
# n
===
def partition(a):
    p = a[-1]
    i = -1
    for j in range(len(a) - 1):
        if a[j] <= p:
            i += 1
            a[i], a[j] = a[j], a[i]
    a[i + 1], a[-1] = a[-1], a[i + 1]
    return i + 1
# n
===
def josephus(n):
    r = 0
    for i in range(2, n + 1):
        r = (r + 3) % i
    return r
# n
===
def fact(n):
    r = 1
    for i in range(2, n + 1):
        r *= i
    return r
# n
===
def poly(a, x):
    r = 0
    for i in range(len(a)):
        p = 1
        for j in range(i):
            p *= x
        r += a[i] * p
    return r
# n^2
===
def match(text, pattern):
    n = len(text)
    m = len(pattern)
    for i in range(n - m + 1):
        j = 0
        while j < m and text[i + j] == pattern[j]:
            j += 1
        if j == m:
            return i
    return -1
# n m
===
def f(n):
    c = 0
    for i in range(n):
        j = 0
        while j < 10:
            j += 1
            c += 1
    return c
# n
===
def f(n):
    a = [0] * n
    for i in range(n):
        a[i] = i
    return a
# n
===
def f(n):
    c = 0
    k = 0
    for i in range(n):
        k += i
    for j in range(k):
        c += 1
    return c
# n^2
===
def f(a):
    for i in range(len(a) - 1):
        if a[i] > a[i + 1]:
            a[i] = a[i + 1]
    for i in range(len(a)):
        print(a[i])
# n
===
def f(n):
    for i in range(1, n):
        for j in range(i, n):
            if j % i == 0:
                pass
# n^2
===
def popcount(n):
    c = 0
    while n:
        n &= n - 1
        c += 1
    return c
# log n | 1
===
def popcount(n):
    c = 0
    while n:
        n = n & (n - 1)
        c += 1
    return c
# log n | 1
===
def search(a, x):
    found = False
    i = 0
    while not found and i < len(a):
        if a[i] == x:
            found = True
        i += 1
    return found
# n | 1
===
def longest_unique(s):
    seen = set()
    left = 0
    best = 0
    for right in range(len(s)):
        while s[right] in seen:
            seen.remove(s[left])
            left += 1
        seen.add(s[right])
        best = max(best, right - left + 1)
    return best
# n
===
def shortest(a, s):
    n = len(a)
    i = 0
    j = 0
    total = 0
    best = n + 1
    while j < n:
        total += a[j]
        j += 1
        while i < j and total >= s:
            best = min(best, j - i)
            total -= a[i]
            i += 1
    return best
# n
===
def triples(n):
    c = 0
    for a in range(1, n + 1):
        for b in range(a, n + 1):
            for k in range(b, n + 1):
                if a * a + b * b == k * k:
                    c += 1
    return c
# n^3
===
def search(a, x):
    low = 0
    high = len(a) - 1
    found = False
    while low <= high and not found:
        mid = (low + high) // 2
        if a[mid] == x:
            found = True
        elif a[mid] < x:
            low = mid + 1
        else:
            high = mid - 1
    return found
# log n | 1
===
def palindromes(s):
    n = len(s)
    c = 0
    for center in range(n):
        l = center
        r = center
        while l >= 0 and r < n and s[l] == s[r]:
            c += 1
            l -= 1
            r += 1
    return c
# n^2 | n
"""
