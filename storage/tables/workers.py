"""Who works on this database, and which of them looks after the work of the dead."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, UniqueConstraint

from storage.tables.base import Moment, metadata

workers = Table(
    "workers",
    metadata,
    Column("id", String(100), primary_key=True),  # stable: the same after a restart
    Column("owner", String(100), nullable=False),  # one life of it
    Column("role", String(16), nullable=False),
    Column("host", String(100), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("beats", BigInteger, nullable=False),
    Column("started", Moment, nullable=False),
    UniqueConstraint("owner"),
)

# What one process at a time has: the part of the recoverer, and the last tick of the minute.
leases = Table(
    "leases",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("owner", String(100), nullable=False),
)

drains = Table(
    "drains",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("bot", String(100), primary_key=True),
    Column("number", BigInteger, nullable=False),  # of the drain that is to run, or runs
)
