"""The full-text index: an FTS5 table kept in step by triggers, or a GIN index."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQLITE = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
        words, content='search_documents', content_rowid='id', tokenize='unicode61 remove_diacritics 0'
    )""",
    """CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN
        INSERT INTO search_index(rowid, words) VALUES (new.id, new.words);
    END""",
    """CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN
        INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words);
    END""",
    """CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents BEGIN
        INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO search_index(rowid, words) VALUES (new.id, new.words);
    END""",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",  # of what was kept before there was an index
)
_SQLITE_BACK = (
    "DROP TRIGGER search_documents_changed",
    "DROP TRIGGER search_documents_removed",
    "DROP TRIGGER search_documents_added",
    "DROP TABLE search_index",
)
_POSTGRESQL = (
    "CREATE INDEX ix_search_documents_words ON search_documents USING gin (to_tsvector('simple', words))",
)
_POSTGRESQL_BACK = ("DROP INDEX ix_search_documents_words",)


def upgrade() -> None:
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)


def downgrade() -> None:
    for statement in _POSTGRESQL_BACK if op.get_bind().dialect.name == "postgresql" else _SQLITE_BACK:
        op.execute(statement)
