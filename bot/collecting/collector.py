"""The round of polling: does what `decide`, `schedule` and `articles` say, and records it.

due | fetch, host by host | parse | choose | read pages | store with the state, in one transaction
"""

import asyncio
import gc
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

import structlog

from adapters.feeds import ParserPool
from adapters.http import FetchError, FetchResult, GuardedClient
from adapters.pages import Extracted, PageFailure, PageReader
from bot.collecting import articles, decide
from bot.collecting.hosts import Hosts, Sleep, host_of
from bot.collecting.keeping import Keeper, Polled
from bot.collecting.lookups import Lookups
from bot.collecting.outages import UNREACHED, Network
from bot.collecting.policy import Policy
from bot.collecting.report import CollectReport, SourceOutcome
from bot.collecting.schedule import retry_after
from storage.database import Database
from storage.errors import StorageError
from storage.sources import SourceState
from summaries.types import Article, Entry, Source, SourceId

log = structlog.get_logger(__name__)
Progress = Callable[[SourceOutcome], None]
_BATCH = 500


@dataclass(slots=True, kw_only=True)
class _Turn:
    """One source in one round. `started` is when its host's turn came."""

    source: Source
    state: SourceState
    stubs: tuple[Article, ...]
    now: datetime
    jitter: float
    started: float


class Collector:
    """Polls sources and stores what is new. One round at a time; a second caller waits for the first."""

    def __init__(
        self,
        client: GuardedClient,
        pool: ParserPool,
        database: Database,
        *,
        min_poll_seconds: int = 300,
        policy: Policy | None = None,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
    ) -> None:
        self._client = client
        self._pool = pool
        self._database = database
        self._policy = policy or Policy(shortest=timedelta(seconds=min_poll_seconds))
        self._hosts = Hosts(self._policy, sleep=sleep, monotonic=monotonic)
        self._pages = PageReader(client, pool)
        self._lookups = Lookups(database)
        self._random = rng or random.Random()  # noqa: S311  (jitter, not secrets)
        self._one_round = asyncio.Lock()
        self._network = Network()  # as the round found it

    async def poll(
        self, now: datetime, *, only_due: bool = True, progress: Progress | None = None
    ) -> CollectReport:
        """Poll every source that is due at `now` (all enabled ones with `only_due=False`) and store what
        they bring. Each source's articles and state are kept together or not at all. `progress` hears of each
        source once it is stored. Raises: StorageError; whatever a source does is in the report.
        """
        async with self._one_round:
            _settle()
            async with self._database.reading() as unit:
                self._network = Network.of(await unit.sources.standings(), self._policy)
            keeper = Keeper(self._database, self._policy, now, progress)
            turns = self._turns(now, only_due)
            lock = asyncio.Lock()
            async with asyncio.TaskGroup() as group:
                writing = group.create_task(keeper.run())
                workers = [
                    group.create_task(self._work(turns, lock, keeper)) for _ in range(self._policy.in_flight)
                ]
                await asyncio.gather(*workers)
                await keeper.finish()
                await writing
            return CollectReport(
                at=now,
                outcomes=tuple(keeper.outcomes),
                notices=tuple(keeper.notices),
                revised=tuple(keeper.revised),
            )

    async def _work(self, turns: AsyncIterator[_Turn], lock: asyncio.Lock, keeper: Keeper) -> None:
        while True:
            async with lock:
                turn = await anext(turns, None)
            if turn is None:
                return
            await keeper.put(await self._safely(turn))

    async def _turns(self, now: datetime, only_due: bool) -> AsyncIterator[_Turn]:
        """The sources of this round, a batch at a time, hosts taking turns within a batch."""
        done: set[SourceId] = set()
        while True:
            async with self._database.reading() as unit:
                pairs = await (unit.sources.due(now, _BATCH) if only_due else unit.sources.enabled())
                pairs = [
                    (source, state) for source, state in pairs if source.id not in done and not state.stopped
                ]
                since = now - self._policy.look_again[-1] - self._policy.shortest
                stubs = await unit.articles.stubs(
                    [source.id for source, state in pairs if state.last_new and state.last_new >= since],
                    since,
                    self._policy.stub,
                )
            if not pairs:
                return
            done.update(source.id for source, _ in pairs)
            for source, state in _mixed(pairs):
                yield _Turn(
                    source=source,
                    state=state,
                    stubs=tuple(stubs.get(source.id, ())),
                    now=now,
                    jitter=self._random.random(),
                    started=time.monotonic(),
                )

    async def _safely(self, turn: _Turn) -> Polled:
        """A defect that one source brings out stays with that source."""
        try:
            return await self._take(turn)
        except StorageError:
            raise
        except Exception as error:
            log.exception("poll stumbled", source=turn.source.id)
            failure = FetchError(code="stumbled", detail=f"{type(error).__name__}: {error}"[:300])
            return self._failed(turn, failure, FetchResult(url=turn.state.url, final_url=turn.state.url))

    async def _take(self, turn: _Turn) -> Polled:
        """One source from its request to what is to be stored of it."""
        paused = self._hosts.paused(turn.state.url, turn.now)
        if paused is not None:
            return self._skipped(turn, paused)
        async with self._hosts.turn(turn.state.url):
            paused = self._hosts.paused(turn.state.url, turn.now)
            if paused is not None:
                return self._skipped(turn, paused)
            turn.started = time.monotonic()
            result = await self._client.get(turn.state.url, headers=decide.request_headers(turn.state))
        self._remember_host(turn, result)
        error = result.error
        if result.not_modified and not (turn.state.etag or turn.state.last_modified):
            error = FetchError(code="http_304", detail="to a request without validators")
        if error is not None:
            return self._failed(turn, error, result)
        mark = "" if result.not_modified else decide.body_hash(result.body)
        if result.not_modified or mark == turn.state.body_hash:
            return await self._unchanged(turn, result)
        return await self._changed(turn, result, mark)

    def _remember_host(self, turn: _Turn, result: FetchResult) -> None:
        url = turn.state.url
        if result.error is not None and result.error.code in UNREACHED:
            self._hosts.timed_out(url, turn.now)
            return
        self._hosts.answered(url)
        if result.status in (429, 503):
            wait = min(retry_after(result.headers, turn.now), self._policy.longest)
            self._hosts.pause(url, max(wait, self._policy.shortest), turn.now)

    def _skipped(self, turn: _Turn, until: datetime) -> Polled:
        state = decide.postponed(turn.state, until)
        return self._polled(turn, decide.Decision(state=state), "skipped")

    def _failed(self, turn: _Turn, error: FetchError, result: FetchResult) -> Polled:
        away = self._network.away(turn.now, self._policy)
        decision = decide.failed(
            turn.source, turn.state, error, result.headers, turn.now, turn.jitter, self._policy, away=away
        )
        log.info("poll failed", source=turn.source.id, error=error.code, detail=error.detail)
        return self._polled(turn, decision, "failed", error=error)

    async def _unchanged(self, turn: _Turn, result: FetchResult) -> Polled:
        decision = decide.unchanged(turn.source, turn.state, result, turn.now, turn.jitter, self._policy)
        pairs = await self._stubs(turn, frozenset())
        return self._polled(turn, decision, "unchanged", pairs=pairs)

    async def _changed(self, turn: _Turn, result: FetchResult, mark: str) -> Polled:
        source, state, now = turn.source, turn.state, turn.now
        feed = await self._pool.parse(
            result.body,
            result.content_type,
            source_zone=source.zone,
            source_id=source.id,
            now=now,
            url=result.final_url,
        )
        if feed.error is not None:
            return self._failed(turn, feed.error, result)
        known = await self._lookups.find(source.id, feed.entries, first=not state.first_poll_done)
        choice = articles.choose(feed.entries, known.entries, known.at_address, state, now, self._policy)
        read = await self._read_all(turn, choice.read, known.changed)
        pairs = [(article, entry) for article, entry, _ in read]
        pairs += [(article, entry) for entry, article in choice.elsewhere]
        by_link = {entry.link: article for article, entry in pairs}
        pairs += [(by_link[entry.link], entry) for entry in choice.copies if entry.link in by_link]
        decision = decide.read(
            source,
            state,
            result,
            feed,
            now,
            turn.jitter,
            self._policy,
            mark=mark,
            new=sum(entry.id not in known.entries for entry in choice.read),
            left=frozenset(entry.id for entry in choice.later),
        )
        unseen = frozenset(
            article.id
            for article, entry, _ in read
            if entry.id not in known.entries and entry.link not in known.at_address
        )
        ids = frozenset(article.id for article, _ in pairs)
        stubs = await self._stubs(turn, ids)
        failures = sum(isinstance(page, PageFailure) for _, _, page in read)
        polled = self._polled(turn, decision, "new", pairs=[*pairs, *stubs], entries=len(feed.entries))
        outcome = replace(polled.outcome, pages_failed=failures)
        return replace(polled, outcome=outcome, unseen=unseen)

    async def _read_all(
        self, turn: _Turn, entries: Sequence[Entry], stored: Mapping[str, Article]
    ) -> list[tuple[Article, Entry, Extracted | PageFailure | None]]:
        """The articles of `entries` from their pages, in the order given."""
        pages: list[Extracted | PageFailure | None] = [None] * len(entries)
        if self._policy.read_pages:
            pages = await asyncio.gather(*(self._page(entry.link, turn.now) for entry in entries))
        found = []
        for entry, page in zip(entries, pages, strict=True):
            old = stored.get(entry.id)
            article = articles.compose(turn.source, entry, page, turn.now, self._policy, old)
            found.append((article, entry, page))
        return found

    async def _page(self, url: str | None, now: datetime) -> Extracted | PageFailure | None:
        if not url:
            return None
        if self._hosts.paused(url, now) is not None:
            return PageFailure(code="host_paused", url=url)
        robots = await self._pages.robots(url, now)
        async with self._hosts.turn(url, gap=robots.delay):
            page = await self._pages.read(url, now)
        if isinstance(page, PageFailure):
            log.info("page not read", url=url, error=page.code, detail=page.detail)
            if page.code in ("http_429", "http_503"):
                self._hosts.pause(url, self._policy.shortest, now)
        return page

    async def _stubs(self, turn: _Turn, have: frozenset[str]) -> list[tuple[Article, Entry | None]]:
        """Short articles whose pages may have been filled in since."""
        found: list[tuple[Article, Entry | None]] = []
        for stub in turn.stubs:
            if stub.id in have or not stub.url or stub.collected is None or not self._policy.read_pages:
                continue
            if decide.look_again(stub.collected, turn.state.last_polled, turn.now, self._policy):
                page = await self._page(stub.url, turn.now)
                article = articles.filled(stub, page, turn.now, self._policy) if page else None
                if article is not None:
                    found.append((article, None))
        return found

    def _polled(
        self,
        turn: _Turn,
        decision: decide.Decision,
        status: str,
        *,
        error: FetchError | None = None,
        pairs: list[tuple[Article, Entry | None]] | None = None,
        entries: int = 0,
    ) -> Polled:
        outcome = SourceOutcome(
            source=turn.source.id,
            outlet=turn.source.outlet,
            status=status,  # type: ignore[arg-type]
            entries=entries,
            error=error.code if error else None,
            detail=error.detail if error else "",
            seconds=time.monotonic() - turn.started,
            next_poll=decision.state.next_poll,
        )
        return Polled(source=turn.source, decision=decision, pairs=tuple(pairs or ()), outcome=outcome)


def _mixed(pairs: list[tuple[Source, SourceState]]) -> list[tuple[Source, SourceState]]:
    """Hosts in turn, so that one with many sources does not hold all workers."""
    seen: dict[str, int] = {}
    ranked = []
    for pair in pairs:
        host = host_of(pair[1].url)
        seen[host] = rank = seen.get(host, -1) + 1
        ranked.append((rank, pair))
    return [pair for _, pair in sorted(ranked, key=lambda item: item[0])]


@cache
def _settle() -> None:
    """Once: what the program has loaded by now stays for good. Out of the garbage collector's sight its passes
    take a few milliseconds, and no longer hold the loop for a tenth of a second. (A collection beforehand would
    hold it as long. So would rarer passes: each has more to go through.)
    """
    gc.freeze()
