"""The outbox: what is to be sent is a row, written in one transaction with the edition it belongs to.

How a row goes from state to state is drawn in `docs/architecture.md`.

A part is claimed only when every earlier part of the same edition for the same chat is sent, so that a split
message resumes where it stopped. Claims and marks are fenced by owner: who lost a row cannot mark it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from sqlalchemy import CursorResult, and_, bindparam, column, exists, func, select, tuple_, update
from sqlalchemy.dialects import postgresql

from storage import claiming
from storage.chat_keys import ChatKey
from storage.repository import Repository, chunks
from storage.tables.outbox import deliveries, edition_parts

State: TypeAlias = Literal["ready", "claimed", "sent", "held", "failed", "cancelled"]
Ambiguous: TypeAlias = Literal["resend", "hold"]
Payloads: TypeAlias = dict[tuple[str, str, int], str]
"""By (edition, platform, part). They never change: an edition's id stands for one content."""
ROWS_AT_ONCE = 5_000
AHEAD = timedelta(minutes=1)  # a clock that is ahead by less is left to pass
SPREAD = timedelta(
    minutes=30
)  # over which what is due at once may go out; what waits longer waits for an hour of day


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
    replies_from: int = 0  # the first part that answers `reply_to`
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
        self,
        wanted: Mapping[tuple[str, str], int],
        *,
        owner: str,
        now: datetime,
        fenced: bool = False,
        payloads: Payloads | None = None,
    ) -> list[Delivery]:
        """Take for `owner` up to so many due rows of each (platform, bot), most urgent first. Where `fenced`, an
        owner that is not among the workers (it was declared dead) takes nothing. `payloads` is what the caller
        keeps of those read before; what is missing is read and put in.
        """
        rows = await claiming.take(self.connection, wanted, owner=owner, now=now, fenced=fenced)
        payloads = {} if payloads is None else payloads
        await self._read_payloads({(r.edition, r.platform, r.part) for r in rows} - payloads.keys(), payloads)
        return [
            Delivery(
                id=r.id, platform=r.platform, bot=r.bot, chat=r.chat, thread=r.thread, edition=r.edition,
                part=r.part, payload=payloads[r.edition, r.platform, r.part], attempts=r.attempts,
                silent=r.silent, reply_to=r.reply_to, edits=r.edits,
            )
            for r in rows
        ]  # fmt: skip

    async def _read_payloads(self, wanted: Collection[tuple[str, str, int]], into: Payloads) -> None:
        if wanted:
            p = edition_parts.c
            query = select(p.edition, p.platform, p.part, p.payload).where(
                tuple_(p.edition, p.platform, p.part).in_(sorted(wanted))
            )
            for row in await self.connection.execute(query):
                into[row.edition, row.platform, row.part] = row.payload

    async def mark(self, marks: Iterable[Mark], *, owner: str, now: datetime) -> int:
        """Record what became of claimed rows; how many were still this owner's."""
        known = list(marks)
        sent = [(mark.id, mark.message) for mark in known if mark.state == "sent"]
        marked = await claiming.mark_sent(self.connection, sent, owner=owner, now=now)
        for mark in known:
            if mark.state != "sent":
                marked += await self._mark(mark, owner)
        return marked

    async def _mark(self, mark: Mark, owner: str) -> int:
        values: dict[str, Any] = {
            "state": mark.state, "owner": None, "claimed": None, "error": mark.error,
        }  # fmt: skip
        if mark.not_before is not None:
            values["not_before"] = mark.not_before
        d = deliveries.c
        ours = (d.id == mark.id, d.owner == owner, d.state == "claimed")
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries).where(*ours).values(values)
        )
        return result.rowcount

    async def unclaim(self, owner: str, known: Collection[int]) -> int:
        """Give back rows that are claimed for a living owner who does not know of them (its claim was kept, and the
        answer lost): none of them was sent. How many.
        """
        d = deliveries.c
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries)
            .where(d.owner == owner, d.state == "claimed", d.id.not_in(list(known)))
            .values(state="ready", owner=None, claimed=None, attempts=d.attempts - 1)
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

    async def wait_is_over(self, until: Collection[datetime], now: datetime) -> int:
        """What waits until exactly one of these moments waits no more; how many rows."""
        d = deliveries.c
        waits = (d.state == "ready", d.not_before.in_(list(until)), d.not_before > now)
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries).where(*waits).values(not_before=now)
        )
        return result.rowcount

    async def put_right(self, now: datetime) -> int:
        """What was written while a clock was ahead is due as if it had been written now; what waits for an hour of the
        day (the end of quiet hours) waits for the next such hour. How many rows.
        """
        d, p = deliveries.c, edition_parts.c
        here = and_(p.edition == d.edition, p.platform == d.platform, p.part == d.part)
        ahead = (d.state == "ready", d.not_before > now, p.created > now + AHEAD)
        query = select(p.created, d.not_before).join_from(deliveries, edition_parts, here).where(*ahead)
        moved = 0
        for created, until in await self.connection.execute(query.distinct()):
            wait = until - created
            days = timedelta(days=(until - now) // timedelta(days=1))
            due = now + wait if wait <= SPREAD else until - days
            if wait >= timedelta() and due != until:
                those = exists().where(here, p.created == created)
                rows: CursorResult[Any] = await self.connection.execute(
                    update(deliveries)
                    .where(d.state == "ready", d.not_before == until, those)
                    .values(not_before=due)
                )
                moved += rows.rowcount
        return moved

    async def cancel_chat(
        self, platform: str, bot: str, chat: str, cause: str, *, thread: str | None = None
    ) -> int:
        """The chat is gone, or that thread of it alone: what waits for it is not sent."""
        d = deliveries.c
        which = [d.platform == platform, d.bot == bot, d.chat == chat, d.state.in_(("ready", "claimed"))]
        if thread is not None:
            which.append(d.thread == thread)
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries).where(*which).values(state="cancelled", owner=None, error=cause)
        )
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

    async def held(self) -> list[tuple[Target, str, int, str | None]]:
        """All that is parked for the operator: where to, edition, part and why. Oldest first."""
        d = deliveries.c
        query = select(deliveries).where(d.state == "held").order_by(d.id)
        return [
            (Target(platform=r.platform, bot=r.bot, chat=r.chat, thread=r.thread), r.edition, r.part, r.error)
            for r in await self.connection.execute(query)
        ]

    async def refused(self, since: datetime) -> list[tuple[str, int]]:
        """Why a platform took none of what was due since then: each cause with how many rows, the most first."""
        d = deliveries.c
        query = (
            select(func.coalesce(d.error, "").label("cause"), func.count().label("rows"))
            .where(d.state == "failed", d.not_before >= since)
            .group_by("cause")
            .order_by(func.count().desc(), "cause")
        )
        return [(row.cause, row.rows) for row in await self.connection.execute(query)]

    async def park(self, cause: str) -> int:
        """Hold all that is not sent, for the operator to decide; how many rows. No process may be at work."""
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries)
            .where(deliveries.c.state.in_(("ready", "claimed")))
            .values(state="held", owner=None, claimed=None, error=cause)
        )
        return result.rowcount

    async def settle_held(self, state: Literal["ready", "cancelled"], now: datetime) -> int:
        """The operator decides on all that is parked: send it (again) at once and with all its tries, or let it go;
        how many rows.
        """
        values: dict[str, Any] = {"state": state, "owner": None, "not_before": now}
        if state == "ready":
            values |= {"attempts": 0}
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries).where(deliveries.c.state == "held").values(values)
        )
        return result.rowcount

    async def progress(self, editions: Sequence[str]) -> list[tuple[State, str | None]]:
        """The state and the last error of every row of these editions, in the order in which they are sent."""
        d = deliveries.c
        query = select(d.state, d.error).where(d.edition.in_(editions)).order_by(d.id)
        return [(row.state, row.error) for row in await self.connection.execute(query)]

    async def retry(self, editions: Sequence[str], now: datetime) -> int:
        """Send again what of these editions was refused, called off or held; what arrived stays. How many rows."""
        stopped = deliveries.c.state.in_(("failed", "cancelled", "held"))
        values = {"state": "ready", "owner": None, "not_before": now, "attempts": 0, "error": None}
        which = (deliveries.c.edition.in_(editions), stopped)
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries).where(*which).values(values)
        )
        return result.rowcount

    async def call_off(self, editions: Sequence[str], cause: str) -> int:
        """What of these editions still waits is not sent; how many rows."""
        which = (deliveries.c.edition.in_(editions), deliveries.c.state == "ready")
        values = {"state": "cancelled", "error": cause}
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries).where(*which).values(values)
        )
        return result.rowcount

    async def call_off_in(self, target: Target, beginning: str, cause: str) -> int:
        """What waits in one chat of the editions whose id begins so is not sent there, but for those of which the chat
        has a part; how many rows.
        """
        d = deliveries.c
        here = (
            d.platform == target.platform,
            d.bot == target.bot,
            d.chat == target.chat,
            d.thread == target.thread,
        )
        waits = (*here, d.state == "ready", d.edition.startswith(beginning, autoescape=True))
        untouched = select(d.edition).where(*waits, d.part == 0)
        result: CursorResult[Any] = await self.connection.execute(
            update(deliveries).where(*waits, d.edition.in_(untouched)).values(state="cancelled", error=cause)
        )
        return result.rowcount

    async def addressed(self, editions: Sequence[str]) -> dict[str, set[tuple[str, str]]]:
        """Edition -> the (platform, chat) that have a row of it, from whichever bot and whatever became of it."""
        d, found = deliveries.c, defaultdict[str, set[tuple[str, str]]](set)
        for part in chunks(editions):
            query = select(d.edition, d.platform, d.chat).where(self._among(d.edition, part))
            for row in await self.connection.execute(query):
                found[row.edition].add((row.platform, row.chat))
        return found

    async def who_has(self, editions: Sequence[str], chats: Sequence[ChatKey]) -> set[ChatKey]:
        """Those of the chats that have a row of one of these editions, whatever became of it."""
        d, found = deliveries.c, set[ChatKey]()
        for some in chunks(chats):
            places = [(key.platform, key.bot, key.chat, key.thread) for key in some]
            query = select(d.platform, d.bot, d.chat, d.thread).where(
                tuple_(d.platform, d.bot, d.chat, d.thread).in_(places),
                self._among(d.edition, list(editions)),
            )
            found |= {ChatKey(**row._mapping) for row in await self.connection.execute(query)}
        return found

    async def sent_to(self, edition: str) -> list[tuple[Target, int, str]]:
        """Where an edition was delivered: target, part and the platform's message id."""
        d = deliveries.c
        rows = await self.connection.execute(
            select(d.platform, d.bot, d.chat, d.thread, d.part, d.message, d.reply_to).where(
                d.edition == edition, d.state == "sent"
            )
        )
        return [
            (
                Target(platform=r.platform, bot=r.bot, chat=r.chat, thread=r.thread, reply_to=r.reply_to),
                r.part,
                r.message,
            )
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
         "not_before": target.not_before or now, "attempts": 0, "silent": target.silent,
         "reply_to": target.reply_to if part >= target.replies_from else None,
         "edits": target.edits[part] if part < len(target.edits) else None}
        for part in range(parts)
    ]  # fmt: skip
