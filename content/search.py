"""Full-text search over the course: what a query finds, best first.

SQLite's FTS5 does the work. A query is words; each may be the beginning of a word. Whatever has one of them
is found; it stands the higher the rarer its words are, above all those in its name, and higher still when it
has all of them.
"""

from __future__ import annotations

from sqlalchemy import Connection, Row, bindparam, text

from content.records import Hit
from content.search_query import Asked, asked
from content.search_snippet import snippet, wanted
from content.search_table import BETWEEN_NAMES

# bm25 is below 0, the better the lower: about -1 for a common word in a text, -10 for a rare one in a title.
# The title of a card or question is its topic's: counted in full, all of them would precede the note.
_FIND = text(
    "SELECT rowid, kind, id, topic, title, names FROM search WHERE search MATCH :some ORDER BY "
    "bm25(search, 0, 0, 0, CASE WHEN kind IN ('card', 'question') THEN 1.0 ELSE 20.0 END, 6.0, 1.0) "
    "- CASE kind WHEN :kind THEN 16 WHEN 'note' THEN 4 WHEN 'term' THEN 3 WHEN 'formula' THEN 1 ELSE 0 END "
    "- 4 * (rowid IN (SELECT rowid FROM search WHERE search MATCH :every)), rowid LIMIT :most"
)
_SHOWN = text("SELECT rowid, shown FROM search WHERE rowid IN :rows").bindparams(
    bindparam("rows", expanding=True)  # only of what is shown: they are long
)


def find(connection: Connection, query: str, most: int) -> tuple[Hit, ...]:
    """What has a word of `query`, best first; before all the term of this very name, or where `query` says
    what kind of thing is wanted, that kind.
    """
    meant = asked(connection, query)
    if meant is None:
        return ()
    asking = {"some": meant.some, "every": meant.every, "kind": meant.kind, "most": most}
    rows = sorted(connection.execute(_FIND, asking), key=lambda row: not _is_named(row, meant))
    kept = connection.execute(_SHOWN, {"rows": [row.rowid for row in rows]})
    shown = {row.rowid: row.shown for row in kept}
    words = wanted(meant.some)
    return tuple(
        Hit(row.kind, row.id, row.topic, row.title, snippet(shown[row.rowid], words)) for row in rows
    )


def _is_named(row: Row[tuple[object, ...]], meant: Asked) -> bool:
    if row.kind != "term" or meant.kind not in ("", "term"):
        return False
    return not meant.names.isdisjoint(row.names.split(BETWEEN_NAMES))
