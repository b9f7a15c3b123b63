"""Reading the whole course into a bank, opening it again unchanged, and searching it.

`course/cold` is a new process and a new bank: every file read, checked and written, NumPy and YAML
imported. Its peer does the least that could be called the same: PyYAML's fast loader and one table.
`course/unchanged` opens that bank again in a new process; its peer opens the same file by sqlite3.
`course/search` is one query, as the palette asks: 150 hits, and the pieces of the best five of each kind.
Among them are misspelt ones and one of beginnings that much of the course has; its peer looks for the words
with LIKE.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from figures import Figure, options, report

ROOT = Path(__file__).resolve().parent.parent

_OPEN = """
import sys, time
from pathlib import Path
from content.bank import Bank
from content.clock import Moment
start = time.perf_counter()
bank = Bank.open(Path(sys.argv[1]), Moment(1_795_435_200_000))
print((time.perf_counter() - start) * 1000)
assert bank.warning is None, bank.warning
"""
_PLAIN = """
import sqlite3, sys, time
from pathlib import Path
start = time.perf_counter()
import yaml
db = sqlite3.connect(sys.argv[1])
db.execute("create table if not exists item(file text, data text)")
for file in sorted(Path("content").rglob("*.yaml")):
    data = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    db.executemany("insert into item values (?, ?)", [(file.name, repr(part)) for part in data])
for file in sorted(Path("content").rglob("*.md")):
    db.execute("insert into item values (?, ?)", (file.name, file.read_text(encoding="utf-8")))
db.commit()
print((time.perf_counter() - start) * 1000)
"""
_AGAIN = """
import sqlite3, sys, time
start = time.perf_counter()
db = sqlite3.connect(sys.argv[1])
db.execute("select count(*) from card").fetchone()
print((time.perf_counter() - start) * 1000)
"""
_SEARCH = """
import json, sqlite3, sys, time
from collections import Counter
from pathlib import Path
from content.bank import Bank
from content.clock import Moment
bank = Bank.open(Path(sys.argv[1]), Moment(1_795_435_200_000))
raw = sqlite3.connect(sys.argv[1])
like = "select kind, id from search where body like ? and body like ? limit 60"
ours, plain = [], []
asked = (
    "forget gate", "vanishing grad", "T n", "softmax", "h", "attention weights", "layernorm formula",
    "gradeint cliping of recurent nets", "number of parameters of LSTM", "th re co ne in st an ga se wo",
)
def shown(hits):  # as the palette does: the best five of each kind
    kinds = Counter()
    for hit in hits:
        kinds[hit.kind] += 1
        if kinds[hit.kind] <= 5:
            yield hit.snippet
for words in asked * 12:
    first, last = words.split()[0], words.split()[-1]
    start = time.perf_counter()
    found = list(shown(bank.search(words, 150)))
    between = time.perf_counter()
    raw.execute(like, (f"%{first}%", f"%{last}%")).fetchall()
    ours.append((between - start) * 1000)
    plain.append((time.perf_counter() - between) * 1000)
    assert found, words
print(json.dumps([sorted(ours)[len(ours) // 2], sorted(plain)[len(plain) // 2], max(ours)]))
"""


def _run(code: str, path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def figures(rounds: int) -> Iterator[Figure]:
    """Ours and the peer in turns, each time in processes of their own."""
    cold, plain, again, opened = [], [], [], []
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:  # a real disk
        for number in range(rounds):
            bank = Path(folder) / f"bank{number}.db"
            cold.append(float(_run(_OPEN, bank)))
            plain.append(float(_run(_PLAIN, Path(folder) / f"plain{number}.db")))
            again.append(float(_run(_OPEN, bank)))
            opened.append(float(_run(_AGAIN, bank)))
        ours, like, worst = json.loads(_run(_SEARCH, bank))
    yield Figure("course/cold", median(cold), "ms", 2000.0, median(plain))
    yield Figure("course/unchanged", median(again), "ms", 200.0, median(opened))
    yield Figure("course/search", ours, "ms", 5.0, like)
    yield Figure("course/search/worst", worst, "ms", 50.0)


def main() -> int:
    wanted = options(__doc__ or "")
    return report(figures(3 if wanted.quick else 9), wanted.json)


if __name__ == "__main__":
    sys.exit(main())
