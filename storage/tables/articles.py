"""Articles with their earlier revisions, the feed entries that led to them, and what was understood."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from storage.tables.base import Moment, metadata

articles = Table(
    "articles",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("outlet", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("url", Text, unique=True),  # canonical; none where there is no address
    Column("published", Moment),
    Column("collected", Moment),  # when it was first stored
    Column("source", String(200)),  # kept when the source is removed, so no foreign key
    Column("revision", Integer, nullable=False),
    Column("revised", Moment),  # when this revision was stored, if it is not the first
    Column("moment", Moment, index=True),  # published, else collected: what windows go by
    Column("analysis", String(40), index=True),  # version that analysed it; none: to be analysed
    Index("ix_articles_outlet_moment", "outlet", "moment"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("article", String(200), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("since", Moment),
    Column("until", Moment),
)

entries = Table(
    "entries",
    metadata,
    Column("source", String(200), primary_key=True),
    Column("entry", Text, primary_key=True),
    Column("article", String(200), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("fingerprint", String(32), nullable=False),
)

analyses = Table(
    "analyses",
    metadata,
    Column("article", String(200), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("version", String(40), nullable=False),
    Column("data", Text, nullable=False),  # the Analysis as JSON
)

matches = Table(
    "matches",
    metadata,
    Column("article", String(200), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("topic", String(100), primary_key=True),
    Column("label", String(10), nullable=False),
    Column("score", Float, nullable=False),
    Column("moment", Moment),  # the article's, so that one index answers a window
    Index("ix_matches_window", "topic", "label", "moment"),
)
