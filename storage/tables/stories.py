"""Which articles tell one event."""

from sqlalchemy import Column, ForeignKey, String, Table

from storage.tables.base import metadata

story_members = Table(
    "story_members",
    metadata,
    Column("article", String(200), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("story", String(200), nullable=False, index=True),
)

merged_stories = Table(
    "merged_stories",
    metadata,
    Column("old", String(200), primary_key=True),  # an id that may still stand in a sent message
    Column("new", String(200), nullable=False, index=True),
)
