"""Stores what a round brings: articles and the state that led to them in one transaction."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.collecting import decide
from bot.collecting.policy import Policy
from bot.collecting.report import MOST_REVISED, Notice, Revised, SourceOutcome
from storage.articles import Kept, Stored
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from summaries.revisions import changed
from summaries.types import Article, ArticleId, Entry, Source

log = structlog.get_logger(__name__)

_MOST_AT_ONCE = 64  # sources in one transaction
_MOST_ARTICLES = 1600  # and articles
_GATHER_SECONDS = 0.1  # waited for the next source: a transaction costs more than what most sources bring
_AT_A_TIME = 400  # articles at a time: more would hold the loop too long


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """One source's share of the round, ready to be stored. `unseen` are the articles that were found nowhere."""

    source: Source
    decision: decide.Decision
    outcome: SourceOutcome
    pairs: tuple[tuple[Article, Entry | None], ...] = ()
    unseen: frozenset[ArticleId] = frozenset()


class Keeper:
    """Writes what workers put, many sources in one transaction, since each costs the disk a flush."""

    def __init__(
        self,
        database: Database,
        policy: Policy,
        now: datetime,
        progress: Callable[[SourceOutcome], None] | None = None,
    ) -> None:
        self._database = database
        self._policy = policy
        self._now = now
        self._progress = progress
        self._queue: asyncio.Queue[Polled | None] = asyncio.Queue(maxsize=2 * _MOST_AT_ONCE)
        self.outcomes: list[SourceOutcome] = []
        self.notices: list[Notice] = []
        self.revised: list[Revised] = []

    async def put(self, polled: Polled) -> None:
        await self._queue.put(polled)

    async def finish(self) -> None:
        """No more will come."""
        await self._queue.put(None)

    async def run(self) -> None:
        """Store until `finish`. Raises: StorageError."""
        open_ = True
        while open_:
            batch: list[Polled] = []
            articles = 0
            item = await self._queue.get()
            while item is not None:
                batch.append(item)
                articles += len(item.pairs)
                if len(batch) >= _MOST_AT_ONCE or articles >= _MOST_ARTICLES:
                    break
                try:
                    async with asyncio.timeout(_GATHER_SECONDS):
                        item = await self._queue.get()
                except TimeoutError:
                    break
            open_ = item is not None
            if batch:
                await self._store(batch)

    async def _store(self, batch: list[Polled]) -> None:
        async with self._database.unit() as unit:
            pairs = [pair for polled in batch for pair in polled.pairs]
            unseen = frozenset[ArticleId]().union(*(polled.unseen for polled in batch))
            kept: list[Kept] = []
            for start in range(0, len(pairs), _AT_A_TIME):
                kept += await unit.articles.keep(pairs[start : start + _AT_A_TIME], unseen=unseen)
            await self._note_revised(unit, kept)
            plain = [polled.decision.state for polled in batch if polled.decision.move_to is None]
            await unit.sources.save_states(plain)
            notices = [notice for polled in batch for notice in polled.decision.notices]
            for polled in batch:
                if polled.decision.move_to is not None:
                    notices.append(await _move(unit, polled, polled.decision.move_to))
            await unit.commit()
        self.notices.extend(notices)
        for notice in notices:
            log.warning("source notice", notice=notice.code, source=notice.source, **dict(notice.values))
        self._tell(batch, [one.stored for one in kept])

    async def _note_revised(self, unit: UnitOfWork, kept: Sequence[Kept]) -> None:
        """What changed in articles that were known, for the report."""
        ids = [one.article for one in kept if one.stored is Stored.REVISED]
        for article in await unit.articles.get(ids[: MOST_REVISED - len(self.revised)]):
            *_, old, new = await unit.articles.revisions(article.id)
            change = changed(old.title, old.text, new.title, new.text)
            self.revised.append(
                Revised(article=article.id, outlet=article.outlet, url=article.url, change=change)
            )

    def _tell(self, batch: list[Polled], results: Sequence[Stored]) -> None:
        at = 0
        for polled in batch:
            mine = results[at : at + len(polled.pairs)]
            at += len(polled.pairs)
            outcome = polled.outcome
            if mine:
                outcome = replace(
                    outcome, new_articles=mine.count(Stored.NEW), revised_articles=mine.count(Stored.REVISED)
                )
            if outcome.status == "new" and not outcome.new_articles and not outcome.revised_articles:
                outcome = replace(outcome, status="unchanged")
            self.outcomes.append(outcome)
            if self._progress is not None:
                self._progress(outcome)


async def _move(unit: UnitOfWork, polled: Polled, target: str) -> Notice:
    """The source goes on at its new address; where another source is there already, they become one."""
    there = await unit.sources.at_address(target)
    decision = decide.moved(polled.source, polled.decision.state, target)
    await unit.sources.save_states([decision.state])
    if there is not None and there != polled.source.id:
        await unit.sources.merge(polled.source.id, there)
        return Notice(
            code="merged",
            source=polled.source.id,
            outlet=polled.source.outlet,
            values=(("url", target), ("into", there)),
        )
    return decision.notices[0]
