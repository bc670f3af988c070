"""The outbox: what is to be sent is a row, written in one transaction with the edition it belongs to.

    ready --claim--> claimed --mark--> sent
      ^                 |--later-----> ready (not before a time)
      |                 |--lost------> unknown --(resend)--> ready, or --(hold)--> held
      |                 `--refused---> failed
      `---- release: rows of an owner who died: resend -> ready, hold -> held

A part is claimed only when every earlier part of the same edition for the same chat is sent, so that a split
message resumes where it stopped. Claims and marks are fenced by owner: who lost a row cannot mark it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import CursorResult, and_, bindparam, column, exists, func, select, update
from sqlalchemy.dialects import postgresql

from storage.repository import Repository, chunks
from storage.tables.outbox import deliveries, edition_parts
from storage.tables.workers import workers

State: TypeAlias = Literal["ready", "claimed", "sent", "unknown", "held", "failed", "cancelled"]
Ambiguous: TypeAlias = Literal["resend", "hold"]
ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One chat an edition goes to."""

    platform: str
    bot: str
    chat: str
    thread: str = ""
    not_before: datetime | None = None
    silent: bool = False
    reply_to: str | None = None
    edits: tuple[str, ...] = ()  # messages that the first parts take the place of, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A claimed row: send `payload` to the chat, or put it in the place of the message `edits`; then mark."""

    id: int
    platform: str
    bot: str
    chat: str
    thread: str
    edition: str
    part: int
    payload: str
    attempts: int
    silent: bool
    reply_to: str | None
    edits: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What became of a claimed row."""

    id: int
    state: State
    message: str | None = None
    error: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is due for one bot and not yet sent."""

    platform: str
    bot: str
    rows: int
    oldest: datetime


class Outbox(Repository):
    """The outbox of one unit of work. Nothing is committed here."""

    async def publish(
        self,
        edition: str,
        parts: Mapping[str, Sequence[str]],
        targets: Iterable[Target],
        *,
        now: datetime,
        priority: int = 5,
    ) -> int:
        """Write an edition's parts (platform -> payloads in order) and its deliveries; how many deliveries
        are new. Repeating it changes nothing: an edition id stands for one content.
        """
        payloads = [
            {"edition": edition, "platform": platform, "part": part, "payload": payload, "created": now}
            for platform, rendered in parts.items()
            for part, payload in enumerate(rendered)
        ]
        if payloads:
            await self.connection.execute(self._insert(edition_parts).on_conflict_do_nothing(), payloads)
        rows = [
            row
            for target in targets
            for row in _rows(edition, len(parts.get(target.platform, ())), target, now, priority)
        ]
        before = await self._count(edition)
        for chunk in chunks(rows, ROWS_AT_ONCE):
            if self.postgresql:
                await self.connection.execute(_insert_of_arrays(chunk))
            else:
                await self.connection.execute(self._insert(deliveries).on_conflict_do_nothing(), chunk)
        return await self._count(edition) - before

    async def _count(self, edition: str) -> int:
        counted = select(func.count()).select_from(deliveries).where(deliveries.c.edition == edition)
        return int((await self.connection.execute(counted)).scalar_one())

    async def claim(
        self, platform: str, bot: str, *, owner: str, now: datetime, most: int, fenced: bool = False
    ) -> list[Delivery]:
        """Take up to `most` due rows of one bot for `owner`, most urgent first. Where `fenced`, an owner that is
        not among the workers (it was declared dead) takes nothing.
        """
        earlier = deliveries.alias("earlier")
        waits = exists().where(
            and_(
                earlier.c.edition == deliveries.c.edition, earlier.c.platform == deliveries.c.platform,
                earlier.c.bot == deliveries.c.bot, earlier.c.chat == deliveries.c.chat,
                earlier.c.thread == deliveries.c.thread, earlier.c.part < deliveries.c.part,
                earlier.c.state != "sent",
            )
        )  # fmt: skip
        due = (
            select(deliveries.c.id)
            .where(deliveries.c.platform == platform, deliveries.c.bot == bot, deliveries.c.state == "ready",
                   deliveries.c.not_before <= now, ~waits)
            .order_by(deliveries.c.priority, deliveries.c.not_before, deliveries.c.id)
            .limit(most)
            .with_for_update(skip_locked=True, of=deliveries)
        )  # fmt: skip
        if fenced:
            due = due.where(exists().where(workers.c.owner == owner))
        taken = (
            update(deliveries)
            .where(deliveries.c.id.in_(due.scalar_subquery()))
            .values(state="claimed", owner=owner, claimed=now, attempts=deliveries.c.attempts + 1)
            .returning(deliveries.c.id)
        )
        ids = [row.id for row in await self.connection.execute(taken)]
        return await self._load(ids)

    async def _load(self, ids: Sequence[int]) -> list[Delivery]:
        if not ids:
            return []
        d, p = deliveries.c, edition_parts.c
        wanted = (
            select(
                d.id,
                d.platform,
                d.bot,
                d.chat,
                d.thread,
                d.edition,
                d.part,
                p.payload,
                d.attempts,
                d.silent,
                d.reply_to,
                d.edits,
            )
            .join_from(
                deliveries,
                edition_parts,
                and_(p.edition == d.edition, p.platform == d.platform, p.part == d.part),
            )
            .where(d.id.in_(ids))
            .order_by(d.priority, d.not_before, d.id)
        )
        return [Delivery(**row._mapping) for row in await self.connection.execute(wanted)]

    async def mark(self, marks: Iterable[Mark], *, owner: str, now: datetime) -> int:
        """Record what became of claimed rows; how many were still this owner's."""
        known = list(marks)
        sent = [mark for mark in known if mark.state == "sent"]
        values = {"state": "sent", "owner": None, "claimed": None, "error": None, "sent": now}
        marked = await self._mark(owner, values, [{"mark": m.id, "message": m.message} for m in sent])
        for mark in known:
            if mark.state == "sent":
                continue
            values = {"state": mark.state, "owner": None, "claimed": None, "error": mark.error}
            if mark.not_before is not None:
                values["not_before"] = mark.not_before
            marked += await self._mark(owner, values, [{"mark": mark.id}])
        return marked

    async def _mark(self, owner: str, values: dict[str, Any], rows: list[dict[str, Any]]) -> int:
        """One statement for all rows, so that marking costs little beside sending."""
        if not rows:
            return 0
        ours = and_(deliveries.c.id == bindparam("mark"), deliveries.c.owner == owner,
                    deliveries.c.state == "claimed")  # fmt: skip
        if "message" in rows[0]:
            values = values | {"message": bindparam("message")}
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries).where(ours).values(values), rows
        )
        return result.rowcount

    async def release(self, owner: str, policy: Ambiguous) -> int:
        """Give back the rows of an owner that is gone. Nobody knows whether they were sent: `resend` sends
        them again, `hold` parks them for the operator.
        """
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries)
            .where(deliveries.c.owner == owner, deliveries.c.state == "claimed")
            .values(state="ready" if policy == "resend" else "held", owner=None, claimed=None)
        )
        return result.rowcount

    async def postpone(self, platform: str, bot: str, until: datetime) -> None:
        """The platform told the whole bot to wait."""
        await self.connection.execute(
            update(deliveries)
            .where(deliveries.c.platform == platform, deliveries.c.bot == bot, deliveries.c.state == "ready",
                   deliveries.c.not_before < until)
            .values(not_before=until)
        )  # fmt: skip

    async def cancel_chat(self, platform: str, bot: str, chat: str, cause: str) -> int:
        """The chat is gone: what waits for it is not sent."""
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries)
            .where(deliveries.c.platform == platform, deliveries.c.bot == bot, deliveries.c.chat == chat,
                   deliveries.c.state.in_(("ready", "claimed")))
            .values(state="cancelled", owner=None, error=cause)
        )  # fmt: skip
        return result.rowcount

    async def waiting_bots(self, platform: str) -> list[str]:
        """The bots of a platform for which rows are ready."""
        d = deliveries.c
        wanted = select(d.bot).where(d.platform == platform, d.state == "ready").distinct().order_by(d.bot)
        return [row.bot for row in await self.connection.execute(wanted)]

    async def backlog(self, now: datetime) -> list[Backlog]:
        """What is due and waits, by bot, with the moment since which the oldest is due."""
        d = deliveries.c
        wanted = (
            select(d.platform, d.bot, func.count().label("rows"), func.min(d.not_before).label("oldest"))
            .where(d.state == "ready", d.not_before <= now)
            .group_by(d.platform, d.bot)
        )
        return [Backlog(**row._mapping) for row in await self.connection.execute(wanted)]

    async def counts(self) -> dict[tuple[str, str, str], int]:
        """How many rows there are by (platform, bot, state)."""
        d = deliveries.c
        counted = select(d.platform, d.bot, d.state, func.count()).group_by(d.platform, d.bot, d.state)
        return {(row[0], row[1], row[2]): row[3] for row in await self.connection.execute(counted)}

    async def held(self, most: int = 100) -> list[tuple[Target, str, int, str | None]]:
        """What is parked for the operator: where to, edition, part and why. Oldest first."""
        d = deliveries.c
        query = select(deliveries).where(d.state == "held").order_by(d.id).limit(most)
        return [
            (Target(platform=r.platform, bot=r.bot, chat=r.chat, thread=r.thread), r.edition, r.part, r.error)
            for r in await self.connection.execute(query)
        ]

    async def settle_held(self, state: Literal["ready", "cancelled"], now: datetime) -> int:
        """The operator decides on all that is parked: send it (again), or let it go; how many rows."""
        values = {"state": state, "owner": None, "not_before": now}
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries).where(deliveries.c.state == "held").values(values)
        )
        return result.rowcount

    async def sent_to(self, edition: str) -> list[tuple[Target, int, str]]:
        """Where an edition was delivered: target, part and the platform's message id."""
        d = deliveries.c
        rows = await self.connection.execute(
            select(d.platform, d.bot, d.chat, d.thread, d.part, d.message).where(
                d.edition == edition, d.state == "sent"
            )
        )
        return [
            (Target(platform=r.platform, bot=r.bot, chat=r.chat, thread=r.thread), r.part, r.message)
            for r in rows
        ]


def _insert_of_arrays(rows: Sequence[Mapping[str, Any]]) -> Any:
    """One statement with one array for each column: a broadcast of 100,000 rows has no statement of that length."""
    names = list(rows[0])
    arrays = [
        bindparam(
            None, [row[name] for row in rows], type_=postgresql.ARRAY(deliveries.c[name].type), unique=True
        )
        for name in names
    ]
    shown = [column(name, deliveries.c[name].type) for name in names]
    given = func.unnest(*arrays).table_valued(*shown, name="given").render_derived()
    statement = postgresql.insert(deliveries).from_select(names, select(*(given.c[name] for name in names)))
    return statement.on_conflict_do_nothing()


def _rows(edition: str, parts: int, target: Target, now: datetime, priority: int) -> list[dict[str, Any]]:
    return [
        {"platform": target.platform, "bot": target.bot, "chat": target.chat, "thread": target.thread,
         "edition": edition, "part": part, "priority": priority, "state": "ready",
         "not_before": target.not_before or now, "attempts": 0, "silent": target.silent, "reply_to": target.reply_to,
         "edits": target.edits[part] if part < len(target.edits) else None}
        for part in range(parts)
    ]  # fmt: skip
