"""The archive as stems, for full-text search.

The index over `words` is each database's own (an FTS5 table kept in step by triggers, or a GIN index over
`to_tsvector('simple', words)`) and stands in the migration.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from storage.tables.base import metadata

search_documents = Table(
    "search_documents",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column(
        "article", String(200), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("words", Text, nullable=False),
)
