"""The tables of a bank file. SQLAlchemy Core only: nothing here is an object that knows its row.

What was learnt (`memory`, `review`, `attempt`) hangs on the ids of `card` and `question` and
follows them when they are renamed. Course rows are never deleted while history hangs on them.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
)

tables = MetaData()

meta = Table(
    "meta",
    tables,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

topic = Table(
    "topic",
    tables,
    Column("id", Text, primary_key=True),
    Column("unit", Text, nullable=False),
    Column("unit_title", Text, nullable=False),
    Column("unit_order", Integer, nullable=False),
    Column("order", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("claims", JSON, nullable=False),
    Column("needs", JSON, nullable=False),
    Column("derive", JSON, nullable=False, server_default="[]"),
    Column("exam", Text, nullable=False, server_default=""),
    Column("hash", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
)

card = Table(
    "card",
    tables,
    Column("id", Text, primary_key=True),
    Column("topic", Text, ForeignKey("topic.id"), nullable=False),
    Column("front", Text, nullable=False),
    Column("back", Text, nullable=False),
    Column("claims", JSON, nullable=False),
    Column("diagram", Text, nullable=False, server_default=""),
    Column("hash", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("mix", Integer, nullable=False),  # a number from the id: sorts due cards across topics
    Column("retired", Boolean, nullable=False, server_default=false()),
)

question = Table(
    "question",
    tables,
    Column("id", Text, primary_key=True),
    Column("topic", Text, ForeignKey("topic.id"), nullable=False),
    Column("data", JSON, nullable=False),  # course.question_data
    Column("hash", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=false()),
)

piece = Table(  # what carries no history: unit pages, glossary, formula sheet, diagrams
    "piece",
    tables,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("data", JSON, nullable=False),
)

memory = Table(
    "memory",
    tables,
    Column("card", Text, ForeignKey("card.id", onupdate="CASCADE"), primary_key=True),
    Column("phase", Text, nullable=False),
    Column("stability", Float, nullable=False),
    Column("difficulty", Float, nullable=False),
    Column("step", Integer, nullable=False),
    Column("due_ms", Integer, nullable=False),
    Column("due_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    Column("reviews", Integer, nullable=False),
    Column("lapses", Integer, nullable=False),
)

review = Table(
    "review",
    tables,
    Column("id", Integer, primary_key=True),
    Column("card", Text, ForeignKey("card.id", onupdate="CASCADE"), nullable=False, index=True),
    Column("rating", Integer, nullable=False),
    Column("utc_ms", Integer, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("study_day", Integer, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("phase", Text, nullable=False),  # before the answer
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
)

attempt = Table(
    "attempt",
    tables,
    Column("id", Integer, primary_key=True),
    Column("question", Text, ForeignKey("question.id", onupdate="CASCADE"), nullable=False, index=True),
    Column("seed", Integer, nullable=False),
    Column("item_hash", Text, nullable=False),
    Column("response", JSON, nullable=False),
    Column("score", Float, nullable=False),
    Column("mistake", Text, nullable=False),
    Column("utc_ms", Integer, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("study_day", Integer, nullable=False),
    Column("milliseconds", Integer, nullable=False),
)

Index("memory_due", memory.c.phase, memory.c.due_day)
Index("review_day", review.c.study_day, review.c.phase)
Index("attempt_day", attempt.c.study_day)
