"""The briefing stage: from stored articles to a brief. It loads, asks `summaries/`, and records.

Two steps, each safe to repeat. *Understand* analyses what is new and places it in stories. *Brief* gathers
the stories of a window and has them composed, against what this chat saw last.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.writing import Writer
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from summaries.analysis import Analyst
from summaries.brief import Seen, StoryMaterial, compose, seen_after
from summaries.stories import WINDOW, Placement, StoryIndex, features
from summaries.types import Analysis, Article, ArticleId, Brief, BriefStory, Label, StoryId, TopicId

log = structlog.get_logger(__name__)

BATCH = 50  # articles analysed between two looks at the event loop
MOST_STORIES = 7
MEMORY = WINDOW  # how far back a story may still grow: our sources tell when they published
VERSION = "1"  # of the understanding; a higher one analyses stored articles again
STORY_LOOKBACK = timedelta(days=31)
ON_TOPIC = (Label.CORE, Label.TOUCHES)


class Briefing:
    """One for each process. `analyst` and the story index are not shared between processes; their results
    are, through the database.
    """

    def __init__(
        self,
        database: Database,
        analyst: Analyst,
        *,
        default_window: timedelta,
        sample: bool = False,
        writer: Writer | None = None,
    ) -> None:
        self.default_window = default_window
        self._database = database
        self._analyst = analyst
        self._sample = sample
        self._writer = writer
        self._index: StoryIndex | None = None
        self._lock = asyncio.Lock()

    async def understand(self, now: datetime, progress: Callable[[int], None] | None = None) -> int:
        """Analyse and place every article not yet understood; how many there were."""
        done = 0
        async with self._lock:
            while waiting := await self._waiting():
                await self._take_in(waiting, now)
                done += len(waiting)
                if progress is not None:
                    progress(done)
        return done

    async def _waiting(self) -> list[Article]:
        async with self._database.reading() as unit:
            return await unit.articles.unanalysed(BATCH, VERSION)

    async def _take_in(self, articles: Sequence[Article], now: datetime) -> None:
        """Analyse, place and keep one batch. What is slow is done before the write lock is taken."""
        index = self._index or await self._restore(now)
        analyses, placements = await asyncio.to_thread(self._understood, index, articles, now)
        async with self._database.unit() as unit:
            await unit.analyses.put_analyses(analyses, VERSION)
            for article, placement in placements:
                await _record(unit, article, placement)
            await unit.commit()
        self._index = index

    def _understood(
        self, index: StoryIndex, articles: Iterable[Article], now: datetime
    ) -> tuple[list[Analysis], list[tuple[ArticleId, Placement]]]:
        analyses, placements = [], []
        for article in sorted(
            articles, key=lambda a: (a.published is None, a.published or a.collected or now)
        ):
            reading = self._analyst.read(article)
            analyses.append(self._analyst.analyse_reading(reading))
            placed = index.place(features(reading), article.published or article.collected, article.id)
            placements.append((article.id, placed))
        return analyses, placements

    async def _restore(self, now: datetime) -> StoryIndex:
        async with self._database.reading() as unit:
            recent = await unit.articles.between(now - MEMORY, now)
            stories = await unit.stories.of([article.id for article in recent])
        return StoryIndex.restore(
            (
                (
                    features(self._analyst.read(article)),
                    article.published or article.collected,
                    article.id,
                    stories[article.id],
                )
                for article in recent
                if article.id in stories
            ),
            MEMORY,
        )

    async def brief(
        self, topic: TopicId, now: datetime, length: timedelta, *, chat: str | None = None
    ) -> Brief:
        """The brief of `topic` over the window that ends `now`. With a chat's key it is told against what that
        chat saw last, and remembered as seen.
        """
        made, seen = await self.compose(topic, now, length, chat)
        if chat is not None:
            async with self._database.unit() as unit:
                await unit.briefs.put_seen(chat, topic, seen)
                await unit.commit()
        return made

    async def compose(
        self, topic: TopicId, now: datetime, length: timedelta, chat: str | None, *, limit: int = MOST_STORIES
    ) -> tuple[Brief, str]:
        """The brief, and what `chat` will have seen once it has it (as JSON), which the caller keeps."""
        start = now - length
        async with self._database.reading() as unit:
            materials = await self._materials(unit, await unit.stories.in_window(topic, start, now))
            kept = await unit.briefs.seen(chat, topic) if chat is not None else None
            coverage = await unit.sources.coverage(now)
        previous = Seen.from_json(kept) if kept else None
        made = await asyncio.to_thread(
            compose,
            topic,
            start,
            now,
            materials,
            coverage,
            previous=previous,
            limit=limit,
            sample=self._sample,
        )
        log.info("brief composed", topic=topic, stories=[story.id for story in made.stories])
        seen = seen_after(made, previous).to_json()
        if self._writer is not None:
            articles = {article.id: article for material in materials for article in material.articles}
            made = await self._writer.write(made, articles, now)
        return made, seen

    async def spoken(self, brief: Brief, language: str, now: datetime) -> Brief:
        """The brief as it is told in a language: where a model is set, English is translated and judged."""
        return replace(brief, stories=await self.spoken_stories(brief.stories, language, now))

    async def spoken_stories(
        self, stories: Sequence[BriefStory], language: str, now: datetime
    ) -> tuple[BriefStory, ...]:
        """Stories as they are told in a language, each as it is in a brief."""
        if self._writer is None or language != "en":
            return tuple(stories)
        return await self._writer.translate(stories, now)

    async def story(self, story: StoryId, topic: TopicId, now: datetime) -> BriefStory | None:
        """One story as a brief tells it, or None where it is no longer kept."""
        async with self._database.reading() as unit:
            members = await unit.stories.members([await unit.stories.resolve(story)])
            materials = await self._materials(unit, list(members.items()))
            coverage = await unit.sources.coverage(now)
        made = await asyncio.to_thread(
            compose,
            topic,
            now - STORY_LOOKBACK,
            now,
            materials,
            coverage,
            previous=None,
            limit=1,
            sample=self._sample,
        )
        return next(iter(made.stories), None)

    async def latest(self, topic: TopicId, now: datetime, most: int) -> list[Article]:
        """The newest articles that touch the topic, newest first."""
        async with self._database.reading() as unit:
            named = [
                await unit.analyses.labelled(topic, now - STORY_LOOKBACK, now, label) for label in ON_TOPIC
            ]
            newest = [article for label in named for article in label[-most:]]
            found = await unit.articles.get(newest)
        return sorted(found, key=lambda article: article.published or article.collected or now, reverse=True)[
            :most
        ]

    async def _materials(
        self, unit: UnitOfWork, stories: Iterable[tuple[StoryId, Sequence[ArticleId]]]
    ) -> list[StoryMaterial]:
        wanted = dict(stories)
        ids = [article for members in wanted.values() for article in members]
        articles = {article.id: article for article in await unit.articles.get(ids)}
        analyses: Mapping[ArticleId, Analysis] = await unit.analyses.analyses(ids)
        return [
            StoryMaterial(
                id=story,
                articles=tuple(articles[i] for i in members if i in articles),
                analyses={i: analyses[i] for i in members if i in analyses},
            )
            for story, members in wanted.items()
        ]


async def _record(unit: UnitOfWork, article: ArticleId, placement: Placement) -> None:
    """Keep where an article went, and what it showed of the other stories: first merges, then the split."""
    split = placement.split
    joined = split.old if split else placement.story_id
    for merged in placement.merged:
        await unit.stories.merge(merged, joined)
    await unit.stories.assign({article: placement.story_id})
    if split:
        await unit.stories.split(split.new, split.articles)
