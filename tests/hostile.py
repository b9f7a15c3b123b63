"""Text that wants to hang the program, explode in it or be run by it: for tests and benchmarks."""

from __future__ import annotations

LINES = [  # of working
    "(" * 399,
    "(" * 200 + "h_t" + ")" * 190,
    "-" * 300 + "h_t",
    "9^9^9^9^9^9",
    "((((9^9)^9)^9)^9)^9",
    "999999999999 ^ 9 ^ 9",
    "1/" * 90 + "999999999999",
    "h_{999999999999}",
    "sum_{t=1}^{999999999} h_t",
    "sum_{t=1}^{T+99999} h_t",
    "sum_{t=1}^{T} " * 12 + "h_t",
    "W_h ⊗ W_h ⊗ W_h ⊗ W_h ⊗ W_h ⊗ W_h",
    "h_t" * 133,
    "tanh(" * 60 + "h_t",
    r"\frac{" * 60,
    "[" * 300,
    "‖" * 300,
    "|" * 300,
    "_" * 300,
    "^" * 300,
    "h" * 400,
    "h_t ⊙ " * 60 + "h_t",
    "I " * 190,
    "h_t + " * 5000,
    r"\hat{" * 80,
    "__import__('os').system('true')",
    "h_t.__class__",
    "\x00\x01h_t",
    "☃" * 400,
    r"\begin{aligned}" * 130,
    "I " * 300 + "+ W_i",
    "‖W_h‖^{999999999999-j}",
    r"&= \end{aligned} \\" * 100,
    "U_f x_t + W_f h_{t-1} + " * 20,
]  # fmt: skip

RECURRENCES = (
    "__import__('os').system('touch pwned')",
    "9**9**9",
    "T(n) = 9**9**9 T(n-1)",
    "(" * 10_000,
    "T(n) = " + "(" * 150 + "n",
    "🙂 = 🙂🙂",
    "T(n)\0 = T(n-1)",
    "\\input{/etc/passwd}",
    "x" * 1_000_000,
)

A, B = r"\a", r"\b"
LATEX = {
    "macro bomb": r"\def\x{\x\x}\x",
    "growing bomb": r"\def\x#1{\x{#1#1#1}}\x{aaaaa}",
    "wide bomb": rf"\def\a{{{'x' * 20}}}\def\b{{{A * 10}}}\def\c{{{B * 10}}}" + r"\c" * 9,
    "environment bomb": r"\newenvironment{a}{\begin{a}}{\end{a}}\begin{a}x\end{a}",
    "10,000 braces": "{" * 10_000 + "}" * 10_000,
    "many braces": "{" * 1900 + "}" * 1900,
    "deep text": r"\text{$" * 90 + "$}" * 90,
    "deep left": r"\left(" * 350 + r"\right)" * 350,
    "deep fractions": r"\frac{" * 95 + "x" + "}{y}" * 95,
    "without braces": r"\sqrt" * 600 + "x",
    "wide matrix": r"\begin{matrix}" + "&" * 3900 + r"\end{matrix}",
    "long": "x+y" * 1300,
}

MARKDOWN = {
    "brackets": "[" * 10_000,
    "parentheses": "(" * 10_000,
    "links": "[a](" * 2500,
    "stars": "*a " * 3000,
    "quotes": ">" * 10_000,
    "lists": "- " * 5000,
    "dollars": "$" * 10_000,
    "backticks": "`a" * 5000,
    "columns": "|a" * 3000 + "|\n" + "|-" * 3000 + "|\n",
    "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * 1000,
    "python": "__import__('os').system('touch pwned')",
    "power": "9**9**9",
}
