"""Sources and the state of their polling."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.engine import Row

from storage.repository import Repository
from storage.serialise import from_json, to_json
from storage.tables.articles import articles, entries
from storage.tables.sources import source_states, sources
from summaries.types import Coverage, Source, SourceId

APART = timedelta(minutes=30)  # more than the clocks of two processes are apart


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How polling a source stands. `url` is where it is fetched from now: the card's address, or where
    that moved to for good. `next_poll` None means at once.
    """

    source: SourceId
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    next_poll: datetime | None = None
    last_polled: datetime | None = None
    last_answered: datetime | None = None
    last_new: datetime | None = None
    failures: int = 0  # in a row
    last_error: str | None = None  # a code, not prose
    interval_seconds: int = 900
    stopped: bool = False
    redirect_to: str | None = None
    redirect_count: int = 0
    entries_per_week: float | None = None
    gap: bool = False  # the last two polls did not overlap: something may have been missed
    first_poll_done: bool = False
    last_entry_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What of a state tells whether its source answers: little, since all are looked at in every round."""

    source: SourceId
    last_polled: datetime | None
    last_answered: datetime | None
    failures: int


_CARD = list(sources.c)
_STATE = [column.label(f"state_{column.name}") for column in source_states.c]


class Sources(Repository):
    """Sources with their states; each source has exactly one state."""

    async def upsert(self, items: Iterable[Source]) -> None:
        """Add sources, or bring their cards up to date. A source whose card names a new address starts
        its polling afresh; all others keep their state.
        """
        given = {source.id: source for source in items}
        known = {source.id: source for source, _ in await self.all()}
        await self._put(sources, [_source_row(source) for source in given.values()])
        fresh = [
            SourceState(source=source.id, url=source.url)
            for source in given.values()
            if source.id not in known or known[source.id].url != source.url
        ]
        await self.save_states(fresh)

    async def all(self) -> list[tuple[Source, SourceState]]:
        """Every source, by outlet and id."""
        return await self._read()

    async def enabled(self) -> list[tuple[Source, SourceState]]:
        """The sources that should be polled, stopped ones among them."""
        return await self._read(sources.c.enabled.is_(True))

    async def get(self, source: SourceId) -> tuple[Source, SourceState] | None:
        found = await self._read(sources.c.id == source)
        return found[0] if found else None

    async def due(self, now: datetime, limit: int | None = None) -> list[tuple[Source, SourceState]]:
        """The sources whose poll is due at `now`, those that waited longest first. Where a source was polled at a
        moment that is still to come, the clock was ahead then: what was fixed by it does not hold.
        """
        state = source_states.c
        ahead = state.last_polled > now + APART
        query = (
            select(*_CARD, *_STATE)
            .join(source_states)
            .where(_WAITING, or_(state.next_poll.is_(None), state.next_poll <= now, ahead))
            .order_by(source_states.c.next_poll.asc().nulls_first(), sources.c.id)
            .limit(limit)
        )
        return [_both(row) for row in await self.connection.execute(query)]

    async def standings(self) -> list[Standing]:
        """Of the sources that are to be polled, how each stands."""
        s = source_states.c
        query = select(s.source, s.last_polled, s.last_answered, s.failures).select_from(
            sources.join(source_states)
        )
        return [Standing(**row._mapping) for row in await self.connection.execute(query.where(_WAITING))]

    async def next_due(self) -> datetime | None:
        """When the next poll is due; None where nothing is to be polled. A source that has no time yet is
        due since ever and does not count here: ask `due` first.
        """
        query = select(func.min(source_states.c.next_poll)).select_from(sources.join(source_states))
        moment: datetime | None = await self.connection.scalar(query.where(_WAITING))
        return moment

    async def save_states(self, states: Iterable[SourceState]) -> None:
        """Write states in one batch. The sources must exist."""
        await self._put(source_states, [_state_row(state) for state in states])

    async def remove(self, source: SourceId) -> bool:
        """Delete the source and its state; its articles stay. False where there was none."""
        result = await self.connection.execute(delete(sources).where(sources.c.id == source))
        return bool(result.rowcount)

    async def rename(self, source: SourceId, url: str) -> None:
        """The source moved for good: fetch it from `url` and drop the validators of the old address."""
        values = {
            "url": url,
            "etag": None,
            "last_modified": None,
            "body_hash": None,
            "redirect_to": None,
            "redirect_count": 0,
        }
        await self.connection.execute(
            update(source_states).where(source_states.c.source == source).values(values)
        )

    async def at_address(self, url: str) -> SourceId | None:
        """The source that is fetched from this address already: the one to merge into."""
        query = select(source_states.c.source).where(source_states.c.url == url).order_by("source").limit(1)
        found = await self.connection.scalar(query)
        return SourceId(found) if found else None

    async def merge(self, old: SourceId, into: SourceId) -> None:
        """`old` turned out to be `into`: its known entries and articles go over, then it is removed."""
        theirs = select(entries.c.entry).where(entries.c.source == into).scalar_subquery()
        clashing = and_(entries.c.source == old, entries.c.entry.in_(theirs))
        await self.connection.execute(delete(entries).where(clashing))
        await self.connection.execute(update(entries).where(entries.c.source == old).values(source=into))
        await self.connection.execute(update(articles).where(articles.c.source == old).values(source=into))
        await self.remove(old)

    async def coverage(self, now: datetime, within_seconds: int = 86_400) -> Coverage:
        """What a brief at `now` rests on: the enabled sources, and how many of them answered at their last
        poll and within `within_seconds`. Those stopped or failing are named by their outlets.
        """
        pairs = await self.enabled()
        good = [state.last_answered for _, state in pairs if _answers(state, now, within_seconds)]
        failed = [source.outlet for source, state in pairs if not _answers(state, now, within_seconds)]
        return Coverage(
            sources=len(pairs),
            answered=len(good),
            oldest=min((moment for moment in good if moment is not None), default=None),
            failed=tuple(dict.fromkeys(failed)),
        )

    async def _read(self, *conditions: Any) -> list[tuple[Source, SourceState]]:
        query = select(*_CARD, *_STATE).join(source_states).where(*conditions)
        rows = await self.connection.execute(query.order_by(sources.c.outlet, sources.c.id))
        return [_both(row) for row in rows]


_WAITING = and_(source_states.c.stopped.is_(False), sources.c.enabled.is_(True))
_SOURCE_FIELDS = tuple(field.name for field in fields(Source))
_STATE_FIELDS = tuple(field.name for field in fields(SourceState))


def _answers(state: SourceState, now: datetime, within_seconds: int) -> bool:
    if state.stopped or state.failures or state.last_answered is None:
        return False
    return (now - state.last_answered).total_seconds() <= within_seconds


def _source_row(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in _SOURCE_FIELDS} | {"names": to_json(source.names)}


def _state_row(state: SourceState) -> dict[str, Any]:
    row = {name: getattr(state, name) for name in _STATE_FIELDS}
    return row | {"last_entry_ids": to_json(state.last_entry_ids)}


def _both(row: Row[Any]) -> tuple[Source, SourceState]:
    data = row._mapping
    card = {name: data[name] for name in _SOURCE_FIELDS}
    state = {name: data[f"state_{name}"] for name in _STATE_FIELDS}
    card["names"] = from_json(tuple[str, ...], card["names"])
    state["last_entry_ids"] = from_json(tuple[str, ...], state["last_entry_ids"])
    return Source(**card), SourceState(**state)
