"""What the repositories share: the connection of their unit of work, and batches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, Text, bindparam, func, select, tuple_
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")

CHUNK = 1_000  # bound values in one IN list; far below either database's limit


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Consecutive pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


class Repository:
    """Reads and writes within one unit of work; it never commits."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    @property
    def postgresql(self) -> bool:
        return self.connection.dialect.name == "postgresql"

    def _insert(self, table: Table) -> Any:
        """The database's own INSERT, which knows ON CONFLICT; both spell it alike."""
        return postgresql.insert(table) if self.postgresql else sqlite_dialect.insert(table)

    def _among(self, column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
        """`column IN values`. PostgreSQL gets one array to join with: a prepared `= ANY(array)` compares
        each row with each value once it has a generic plan.
        """
        if self.postgresql:
            array = bindparam(None, list(values), type_=postgresql.ARRAY(Text), unique=True)
            return column.in_(select(func.unnest(array)))
        return column.in_(values)

    def _among_pairs(
        self, one: ColumnElement[str], two: ColumnElement[str], values: Sequence[tuple[str, str]]
    ) -> ColumnElement[bool]:
        """As `_among`, for a key of two columns."""
        if self.postgresql:
            arrays = [
                bindparam(None, [pair[side] for pair in values], type_=postgresql.ARRAY(Text), unique=True)
                for side in (0, 1)
            ]
            pairs = func.unnest(*arrays).table_valued("one", "two").render_derived()
            return tuple_(one, two).in_(select(pairs.c.one, pairs.c.two))
        return tuple_(one, two).in_(values)

    async def _put(
        self,
        table: Table,
        rows: Sequence[Mapping[str, Any]],
        *,
        keep: Iterable[str] = (),
        replace: bool = True,
    ) -> None:
        """Insert the rows; where the primary key is taken, update all columns except `keep`, or leave it."""
        if not rows:
            return
        keys = [column.name for column in table.primary_key]
        statement = self._insert(table)
        changed = {
            name: statement.excluded[name] for name in rows[0] if name not in keys and name not in set(keep)
        }
        if replace and changed:
            statement = statement.on_conflict_do_update(index_elements=keys, set_=changed)
        else:
            statement = statement.on_conflict_do_nothing()
        await self.connection.execute(statement, [dict(row) for row in rows])
