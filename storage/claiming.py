"""The two statements that every send goes through, built once: taking due rows, and marking them as sent.

They run many times a second for many bots, so PostgreSQL gets all bots and all rows in one statement each. `= ANY` of
an array is looked up in the primary key whatever the planner believes of the table, which right after a broadcast
was written is nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Row,
    String,
    Text,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.base import Moment
from storage.tables.outbox import deliveries
from storage.tables.workers import workers

d = deliveries.c
_TAKEN = (
    d.id, d.platform, d.bot, d.chat, d.thread, d.edition, d.part, d.attempts, d.silent, d.reply_to, d.edits,
    d.priority, d.not_before,
)  # fmt: skip


def _due(platform: ColumnElement[Any], bot: ColumnElement[Any], most: ColumnElement[Any]) -> Any:
    """The ids of a bot's most urgent due rows. A part is due only when those before it are sent."""
    earlier = deliveries.alias("earlier")
    waits = exists().where(
        and_(
            earlier.c.edition == d.edition, earlier.c.platform == d.platform, earlier.c.bot == d.bot,
            earlier.c.chat == d.chat, earlier.c.thread == d.thread, earlier.c.part < d.part,
            earlier.c.state != "sent",
        )
    )  # fmt: skip
    at_work = exists().where(workers.c.owner == bindparam("by"))
    return (
        select(d.id)
        .where(
            d.platform == platform, d.bot == bot, d.state == "ready",
            d.not_before <= bindparam("at", type_=Moment), or_(d.part == 0, ~waits),
            or_(~bindparam("fenced", type_=Boolean), at_work),
        )
        .order_by(d.priority, d.not_before, d.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=deliveries)
    )  # fmt: skip


def _take(ids: Any) -> Any:
    return (
        update(deliveries)
        .where(ids)
        .values(state="claimed", owner=bindparam("by"), claimed=bindparam("at", type_=Moment),
                attempts=d.attempts + 1)
        .returning(*_TAKEN)
    )  # fmt: skip


def _take_for_many() -> Any:
    wanted = (
        func.unnest(
            bindparam("platforms", type_=ARRAY(String)), bindparam("bots", type_=ARRAY(String)),
            bindparam("mosts", type_=ARRAY(Integer)),
        ).table_valued("platform", "bot", "most").render_derived(name="wanted")
    )  # fmt: skip
    due = _due(wanted.c.platform, wanted.c.bot, wanted.c.most).correlate(wanted).lateral("due")
    ids = select(due.c.id).select_from(wanted.join(due, true())).scalar_subquery()
    return _take(d.id == func.any(func.array(ids)))


_TAKE_FOR_MANY = _take_for_many()
_TAKE_FOR_ONE = _take(
    d.id.in_(_due(bindparam("on"), bindparam("of"), bindparam("up_to", type_=Integer)).scalar_subquery())
)

_given = (
    func.unnest(bindparam("ids", type_=ARRAY(d.id.type)), bindparam("messages", type_=ARRAY(Text)))
    .table_valued("mark", "message")
    .render_derived(name="given")
)
_SENT = {"state": "sent", "owner": None, "claimed": None, "error": None}
_SENT_MANY = (
    update(deliveries)
    .where(
        d.id == func.any(bindparam("ids", type_=ARRAY(d.id.type))),
        d.id == _given.c.mark,
        d.owner == bindparam("by"),
        d.state == "claimed",
    )
    .values(**_SENT, message=_given.c.message, sent=bindparam("at", type_=Moment))
)
_SENT_ONE = (
    update(deliveries)
    .where(d.id == bindparam("mark"), d.owner == bindparam("by"), d.state == "claimed")
    .values(**_SENT, message=bindparam("told"), sent=bindparam("at", type_=Moment))
)


async def take(
    connection: AsyncConnection,
    wanted: Mapping[tuple[str, str], int],
    *,
    owner: str,
    now: datetime,
    fenced: bool,
) -> list[Row[Any]]:
    """Claim for `owner` up to so many due rows of each (platform, bot); the most urgent come first."""
    if not wanted:
        return []
    by = {"by": owner, "at": now, "fenced": fenced}
    if connection.dialect.name == "postgresql":
        arrays = {
            "platforms": [p for p, _ in wanted],
            "bots": [b for _, b in wanted],
            "mosts": [*wanted.values()],
        }
        rows = list(await connection.execute(_TAKE_FOR_MANY, by | arrays))
    else:
        rows = []
        for (platform, bot), most in wanted.items():
            one = {"on": platform, "of": bot, "up_to": most}
            rows += await connection.execute(_TAKE_FOR_ONE, by | one)
    return sorted(rows, key=lambda row: (row.priority, row.not_before, row.id))


async def mark_sent(
    connection: AsyncConnection, sent: Sequence[tuple[int, str | None]], *, owner: str, now: datetime
) -> int:
    """Record (id, the platform's message id) of claimed rows; how many were still this owner's."""
    if not sent:
        return 0
    if connection.dialect.name == "postgresql":
        arrays = {"ids": [id for id, _ in sent], "messages": [message for _, message in sent]}
        return (await connection.execute(_SENT_MANY, {"by": owner, "at": now} | arrays)).rowcount
    rows = [{"mark": id, "told": message, "by": owner, "at": now} for id, message in sent]
    return (await connection.execute(_SENT_ONE, rows)).rowcount
