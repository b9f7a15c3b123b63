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
