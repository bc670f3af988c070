"""The measurements of `bench.collecting`, each run in a process of its own; one line of JSON comes out.

Nothing of the product is imported before it is needed: `reader` runs in an environment without it.
"""

import asyncio
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.polling.server import hosts
from bench.processor import processor_seconds

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOSTS = 100
_LOOK = (
    0.005  # seconds between two looks at the loop: more often, and the looking is a part of what is measured
)


def address(number: int, port: int) -> str:
    names = hosts(HOSTS)
    return f"http://{names[number % HOSTS]}:{port}/0/{number}"


async def ours(port: int, count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with _collecting(Path(folder), port, count) as (collector, _):
            standstill = asyncio.create_task(_watch_loop())
            started, spent = time.perf_counter(), _spent()
            report = await collector.poll(START)
            fresh = time.perf_counter() - started
            costs = {who: 1000 * (now - before) / count for (who, before), now in zip(
                spent.items(), _spent().values(), strict=True)}  # fmt: skip
            standstill.cancel()
            longest, busiest = await standstill
            assert report.answered == count, [o for o in report.outcomes if o.error][:3]
            assert report.new_articles == 30 * count
            started = time.perf_counter()
            report = await collector.poll(START + timedelta(days=2))
            unchanged = time.perf_counter() - started
            assert report.answered == count
            assert all(outcome.status == "unchanged" for outcome in report.outcomes)
    return {"fresh": count / fresh, "unchanged": count / unchanged, "standstill": longest, "busiest": busiest,
            **costs}  # fmt: skip


async def many(port: int, count: int) -> dict[str, float]:
    """The most memory of this process in a round in which nothing has changed. The database is filled by
    hand: each source has been polled and knows its validator.
    """
    from dataclasses import replace

    with tempfile.TemporaryDirectory() as folder:
        async with _collecting(Path(folder), port, count) as (collector, database):
            async with database.unit() as unit:
                states = [
                    replace(
                        state,
                        etag=f'"0-{state.source}"',
                        first_poll_done=True,
                        last_polled=START,
                        last_new=START,
                        last_entry_ids=tuple(f"{state.source}-0-{n}" for n in range(30)),
                    )
                    for _, state in await unit.sources.all()
                ]
                await unit.sources.save_states(states)
                await unit.commit()
            del states
            started = time.perf_counter()
            report = await collector.poll(START + timedelta(hours=1))
            took = time.perf_counter() - started
            assert report.answered == count, [o for o in report.outcomes if o.error][:3]
            assert all(outcome.entries == 0 for outcome in report.outcomes)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"memory": memory, "unchanged": count / took}


def _collecting(folder: Path, port: int, count: int) -> Any:
    from contextlib import asynccontextmanager

    from adapters.feeds import ParserPool
    from adapters.http import GuardedClient
    from bot.collecting import Collector, Policy
    from storage.database import Database
    from summaries.types import Source, SourceId

    @asynccontextmanager
    async def opened() -> Any:
        database = await Database.open(f"sqlite:///{folder / 'bench.db'}")
        await database.migrate()
        sources = [
            Source(id=SourceId(str(n)), outlet=f"صحيفة {n}", url=address(n, port)) for n in range(count)
        ]
        async with database.unit() as unit:
            await unit.sources.upsert(sources)
            await unit.commit()
        del sources
        policy = Policy(read_pages=False, pages=1000)
        async with (
            GuardedClient(contact="bench", version="0", allow_private=True) as client,
            ParserPool() as pool,
        ):
            await pool.warm()
            await asyncio.sleep(2)  # until the last process has loaded its libraries
            yield Collector(client, pool, database, policy=policy), database
        await database.close()

    return opened()


def _spent() -> dict[str, float]:
    """Seconds of processor time so far: the event loop's thread, the other threads of this process, and the processes
    that parse.
    """
    loop = time.thread_time()
    children = multiprocessing.active_children()
    return {
        "loop": loop,
        "threads": time.process_time() - loop,
        "parsing": sum(processor_seconds(child.pid) for child in children if child.pid is not None),
    }


async def _watch_loop() -> tuple[float, float]:
    """How long the loop ever failed to come round within what was asked, and the most that its own thread computed
    between two rounds (the rest is waiting for a core); until cancelled.
    """
    longest = busiest = 0.0
    try:
        while True:
            before, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(_LOOK)
            longest = max(longest, time.perf_counter() - before - _LOOK)
            busiest = max(busiest, time.thread_time() - worked)
    except asyncio.CancelledError:
        return longest, busiest


async def bare(port: int, count: int) -> dict[str, float]:
    """What the network alone allows: aiohttp fetching bodies, nothing parsed, nothing kept."""
    import aiohttp

    async def round_(session: aiohttp.ClientSession, headers: bool) -> float:
        numbers = iter(range(count))

        async def work() -> None:
            for number in numbers:
                tag = {"If-None-Match": f'"0-{number}"'} if headers else {}
                async with session.get(address(number, port), headers=tag) as response:
                    await response.read()

        started = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(100)))
        return count / (time.perf_counter() - started)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100)) as session:
        return {"fresh": await round_(session, False), "unchanged": await round_(session, True)}


def reader(port: int, count: int) -> dict[str, float]:
    from reader import make_reader  # type: ignore[import-not-found]

    with tempfile.TemporaryDirectory() as folder:
        library = make_reader(str(Path(folder) / "reader.db"))
        for number in range(count):
            library.add_feed(address(number, port))
        started, spent = time.perf_counter(), time.process_time()
        library.update_feeds(workers=20, scheduled=False)
        fresh, processor = time.perf_counter() - started, time.process_time() - spent
        assert library.get_entry_counts().total == 30 * count
        started = time.perf_counter()
        library.update_feeds(workers=20, scheduled=False)
        unchanged = time.perf_counter() - started
        library.close()
    return {"fresh": count / fresh, "unchanged": count / unchanged, "processor": 1000 * processor / count}


if __name__ == "__main__":
    name, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    parts = {"ours": ours, "many": many, "bare": bare}
    found = reader(port, count) if name == "reader" else asyncio.run(parts[name](port, count))
    print(json.dumps(found))
