"""Full-text search over the course: what a query finds, best first.

SQLite's FTS5 does the work. A query is words; each may be the beginning of a word. Whatever has one of them
is found; it stands the higher the rarer its words are, above all those in its name, and higher still when it
has all of them.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from content.search_hit import Hit
from content.search_query import Asked, asked
from content.search_snippet import wanted
from content.search_table import BETWEEN_NAMES, KIND_OF_ROW, KINDS

# bm25 is below 0, the better the lower: about -1 for a common word in a text, -10 for a rare one in a title.
# The title of a card or question is its topic's: counted in full, all of them would precede the note.
# Only the rows that are found are read; the others are ranked by their numbers alone.
_FIND = text(f"""
    WITH best AS MATERIALIZED (
        SELECT rowid AS row, bm25(search, 0, 0, 0, CASE {KIND_OF_ROW}
                WHEN :card THEN 1.0 WHEN :question THEN 1.0 ELSE 20.0 END, 6.0, 1.0)
            - CASE {KIND_OF_ROW}
                WHEN :kind THEN 16 WHEN :note THEN 4 WHEN :term THEN 3 WHEN :formula THEN 1 ELSE 0 END
            - 4 * (rowid IN (SELECT rowid FROM search WHERE search MATCH :every)) AS rank
        FROM search WHERE search MATCH :some ORDER BY rank, row LIMIT :most
    )
    SELECT kind, id, topic, title, names, shown FROM best CROSS JOIN search ON search.rowid = best.row
    ORDER BY best.rank, best.row
""")  # noqa: S608 - KIND_OF_ROW is ours


def find(connection: Connection, query: str, most: int) -> tuple[Hit, ...]:
    """What has a word of `query`, best first; before all the term of this very name, or where `query` says
    what kind of thing is wanted, that kind.
    """
    meant = asked(connection, query)
    if meant is None:
        return ()
    asking = {"some": meant.some, "every": meant.every, "kind": KINDS.get(meant.kind, 0), "most": most}
    words = wanted(meant.some)
    named: list[Hit] = []
    others: list[Hit] = []
    for kind, item, topic, title, names, shown in connection.execute(_FIND, KINDS | asking):
        hits = named if kind == "term" and _is_named(names, meant) else others
        hits.append(Hit(kind, item, topic, title, shown, words))
    return (*named, *others)


def _is_named(names: str, meant: Asked) -> bool:
    """Whether a term goes by what is asked for."""
    return meant.kind in ("", "term") and not meant.names.isdisjoint(names.split(BETWEEN_NAMES))
