"""What is kept: tables, repositories, the outbox, search and migrations, on SQLite or PostgreSQL."""
