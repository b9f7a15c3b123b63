"""The search index of a bank: an FTS5 table of SQLite, filled when the course is loaded.

Not among `models.tables`, as SQLAlchemy knows no virtual tables. Knows no query.
"""

from __future__ import annotations

SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "kind UNINDEXED, id UNINDEXED, topic UNINDEXED, title, names, body, shown UNINDEXED, "
    "tokenize = \"unicode61 remove_diacritics 2 tokenchars '_'\", prefix = '1 2 3')"
)
BETWEEN_NAMES = " · "  # in the column `names`

PLACES = 1_000_000
KINDS = {
    kind: number
    for number, kind in enumerate(("note", "unit", "card", "question", "term", "formula", "diagram"), 1)
}
"""A row's number // PLACES says its kind: to be ranked, it need not be read."""

_BY_NAME = " ".join(f"WHEN '{kind}' THEN {number}" for kind, number in KINDS.items())
# Banks of earlier programs numbered their rows from 1; one that may not be written stays so.
KIND_OF_ROW = f"(CASE WHEN rowid < {PLACES} THEN CASE kind {_BY_NAME} END ELSE rowid / {PLACES} END)"
