"""What the repositories share: the connection of their unit of work, and batches."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Dialect, Table, Text, bindparam, func, select, tuple_
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from storage.tables.base import Moment

T = TypeVar("T")

_TOGETHER = 400  # rows in one statement
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
        """`column IN values`, the values in one parameter: a list of a thousand costs more to spell out than to
        look up. PostgreSQL gets an array to join with (a prepared `= ANY(array)` compares each row with each
        value once it has a generic plan), SQLite a JSON list.
        """
        if self.postgresql:
            array = bindparam(None, list(values), type_=postgresql.ARRAY(Text), unique=True)
            return column.in_(select(func.unnest(array)))
        return column.in_(select(_json_list(values)))

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
        pair = _json_list(values)
        return tuple_(one, two).in_(select(func.json_extract(pair, "$[0]"), func.json_extract(pair, "$[1]")))

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
        names, kept = tuple(rows[0]), frozenset(keep) if replace else frozenset(rows[0])
        if self.postgresql:
            await self.connection.execute(_statement(self._insert, table, names, kept), [*map(dict, rows)])
            return
        columns = _text(table, names, kept, self.connection.dialect, 1)[1]
        ordered = (
            [*map(itemgetter(*columns), rows)] if len(columns) > 1 else [(row[names[0]],) for row in rows]
        )
        await self._write_rows(table, names, kept, ordered)

    async def _add(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows of which none is there, their values in the order of the table's columns.

        Raises: IntegrityError where a key is taken.
        """
        names = tuple(table.c.keys())
        if self.postgresql:
            await self.connection.execute(
                self._insert(table), [dict(zip(names, row, strict=True)) for row in rows]
            )
        elif rows:
            await self._write_rows(table, names, None, rows)

    async def _write_rows(
        self,
        table: Table,
        names: tuple[str, ...],
        keep: frozenset[str] | None,
        rows: Sequence[tuple[Any, ...]],
    ) -> None:
        """Straight to SQLite's driver."""
        dialect = self.connection.dialect
        fits = _text(table, names, keep, dialect, 1)[2]
        for size, part in _parts(_fitted(rows, fits)):
            values = list(part) if size == 1 else tuple(chain.from_iterable(part))
            await self.connection.exec_driver_sql(_text(table, names, keep, dialect, size)[0], values)


def _parts(rows: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
    """Many rows go in one statement each, the rest in a statement that takes them one by one.

    Between two rows of `executemany` SQLite's driver waits for its turn among the threads of this process, and
    within a statement it holds up none. There is one size only, since each is a statement that stays compiled.
    """
    whole = len(rows) - len(rows) % _TOGETHER
    for start in range(0, whole, _TOGETHER):
        yield _TOGETHER, rows[start : start + _TOGETHER]
    if whole < len(rows):
        yield 1, rows[whole:]


def _json_list(values: Sequence[Any]) -> ColumnElement[Any]:
    """The values one a row, out of one parameter."""
    listed = bindparam(None, json.dumps(values), type_=Text, unique=True)
    return func.json_each(listed).table_valued("value").c.value


def _statement(
    insert: Callable[[Table], Any], table: Table, names: Sequence[str], keep: frozenset[str] | None
) -> Any:
    """An INSERT that replaces all columns but those of `keep` where the key is taken; a plain one for None."""
    statement = insert(table)
    if keep is None:
        return statement
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in names if name not in keys and name not in keep}
    if changed:
        return statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return statement.on_conflict_do_nothing()


_Fit = Callable[[Any], Any]


def _fitted(rows: Sequence[tuple[Any, ...]], fits: Sequence[tuple[int, _Fit]]) -> Sequence[tuple[Any, ...]]:
    """The rows as the driver takes them. Each column is gone through as a whole."""
    if not fits:
        return rows
    turned: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, fit in fits:
        turned[place] = map(fit, turned[place])
    return list(zip(*turned, strict=True))


@lru_cache(maxsize=256)
def _text(
    table: Table, names: tuple[str, ...], keep: frozenset[str] | None, dialect: Dialect, rows: int
) -> tuple[str, tuple[str, ...], tuple[tuple[int, _Fit], ...]]:
    """The statement for so many rows as SQLite's driver takes it, the columns in its order, and what makes the
    values of some fit for the driver. SQLAlchemy would work all this out again for each batch and walk each row
    to do so.
    """
    statement = _statement(sqlite_dialect.insert, table, names, keep)
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    columns = tuple(compiled.positiontup)
    one = f"({', '.join('?' * len(columns))})"
    text = str(compiled)
    if text.count(one) != 1:
        raise AssertionError(text)
    fits = [(place, _fit(table.c[name].type, dialect)) for place, name in enumerate(columns)]
    return (
        text.replace(one, ", ".join([one] * rows)),
        columns,
        tuple((place, fit) for place, fit in fits if fit is not None),
    )


def _fit(kind: TypeEngine[Any], dialect: Dialect) -> _Fit | None:
    """What makes a value of this type fit for the driver; None where it is so already."""
    if isinstance(kind, Moment):  # the same moment stands in many rows
        return lru_cache(maxsize=4096)(lambda value: kind.process_bind_param(value, dialect))
    return kind.dialect_impl(dialect).bind_processor(dialect)
