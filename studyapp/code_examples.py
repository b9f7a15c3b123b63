"""Code to start from, as in the course notes: loops first, then recursion. Pure text."""

from __future__ import annotations

SINGLE = """\
def total(n):
    s = 0
    for i in range(n):
        s += i
    return s
"""

NESTED = """\
def pairs(n):
    count = 0
    for i in range(n):
        for j in range(n):
            count += 1
    return count
"""

DEPENDENT = """\
def triangle(n):
    count = 0
    for i in range(n):
        for j in range(i):
            count += 1
    return count
"""

HALVING = """\
def halvings(n):
    steps = 0
    while n > 1:
        n //= 2
        steps += 1
    return steps
"""

DOUBLING = """\
def half_and_double(n):
    count = 0
    for i in range(n // 2, n):
        j = 1
        while j < n:
            count += 1
            j *= 2
    return count
"""

DIGITS = """\
def digit_sum(n):
    total = 0
    while n > 0:
        total += n % 10
        n //= 10
    return total
"""

FIBONACCI = """\
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
"""

MEMO = """\
def fib(n, memo={}):
    if n < 2:
        return n
    if n not in memo:
        memo[n] = fib(n - 1, memo) + fib(n - 2, memo)
    return memo[n]
"""

POWER_SET = """\
def power_set(items):
    result = [[]]
    for x in items:
        longer = []
        for one in result:
            longer.append(one + [x])
        result = result + longer
    return result
"""

BINARY_SEARCH = """\
def find(values, target):
    low, high = 0, len(values) - 1
    while low <= high:
        middle = (low + high) // 2
        if values[middle] == target:
            return middle
        if values[middle] < target:
            low = middle + 1
        else:
            high = middle - 1
    return -1
"""

MERGE_SORT = """\
def merge_sort(values):
    if len(values) <= 1:
        return values
    middle = len(values) // 2
    left = merge_sort(values[:middle])
    right = merge_sort(values[middle:])
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return merged + left[i:] + right[j:]
"""

BUBBLE_SORT = """\
def bubble_sort(values):
    n = len(values)
    for i in range(n):
        for j in range(n - 1 - i):
            if values[j] > values[j + 1]:
                values[j], values[j + 1] = values[j + 1], values[j]
    return values
"""

TWO_POINTERS = """\
def has_pair(values, target):
    low, high = 0, len(values) - 1
    while low < high:
        both = values[low] + values[high]
        if both == target:
            return True
        if both < target:
            low += 1
        else:
            high -= 1
    return False
"""

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("One loop", SINGLE),
    ("Nested loops", NESTED),
    ("Dependent loops", DEPENDENT),
    ("Halving", HALVING),
    ("n/2 to n, doubling", DOUBLING),
    ("Digits", DIGITS),
    ("Fibonacci", FIBONACCI),
    ("Fibonacci with memo", MEMO),
    ("Power set", POWER_SET),
    ("Binary search", BINARY_SEARCH),
    ("Merge sort", MERGE_SORT),
    ("Bubble sort", BUBBLE_SORT),
    ("Two pointers", TWO_POINTERS),
)
"""(label, code) pairs."""
