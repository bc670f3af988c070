"""Adding and taking away sources in the database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from adapters.http import GuardedClient
from bot.errors import InputError
from bot.sources.looking import Found, find_source
from storage.database import Database
from summaries.types import Source, SourceId


async def add_source(
    url: str,
    *,
    client: GuardedClient,
    database: Database,
    now: datetime,
    outlet: str | None = None,
    zone: str = "UTC",
) -> Found:
    """Find the feed at or behind `url` and store it as a source, enabled.

    Raises: InputError as `find_source`; sources.known where it is there already.
    """
    async with database.reading() as unit:
        pairs = await unit.sources.all()
    found = await find_source(
        url, client=client, now=now, outlet=outlet, zone=zone, taken=[source.id for source, _ in pairs]
    )
    for source, state in pairs:
        if found.source.url in (source.url, state.url):
            if source.enabled and not state.stopped:
                raise InputError("sources.known", place=url, source=source.id)
            return replace(found, source=await _start_again(database, source))
    await import_sources([found.source], database=database)
    return found


async def _start_again(database: Database, source: Source) -> Source:
    source = replace(source, enabled=True)
    async with database.unit() as unit:
        await unit.sources.upsert([source])
        pair = await unit.sources.get(source.id)
        if pair is not None:
            await unit.sources.save_states([replace(pair[1], stopped=False, failures=0, next_poll=None)])
        await unit.commit()
    return source


async def remove_source(source: SourceId, *, database: Database, listed: Iterable[Source] = ()) -> None:
    """Take a source away; its articles stay. One that the program's list (`listed`) would bring back at
    the next start is stopped instead. Raises: InputError sources.unknown.
    """
    async with database.unit() as unit:
        pair = await unit.sources.get(source)
        if pair is None:
            raise InputError("sources.unknown", source=source)
        if any(source == kept.id for kept in listed):
            await unit.sources.save_states([replace(pair[1], stopped=True)])
        else:
            await unit.sources.remove(source)
        await unit.commit()


async def import_sources(sources: Iterable[Source], *, database: Database) -> int:
    """Store sources, or bring their cards up to date; how many they were."""
    given = tuple(sources)
    async with database.unit() as unit:
        await unit.sources.upsert(given)
        await unit.commit()
    return len(given)
