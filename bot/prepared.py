"""Briefs kept ready: one for each topic and window, told to each chat against what it saw.

A brief asked for is answered from what is ready while that is fresh; else it is composed, and kept for whoever
asks next. What differs between chats (seen, muted) costs no reading of articles.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.briefing import MOST_STORIES, Briefing
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.chats import Mute
from storage.database import Database
from summaries.names import Gazetteer
from summaries.novelty import Seen, seen_after
from summaries.retelling import retell
from summaries.types import Brief, BriefStory, TopicId
from summaries.watching import Watch

FRESH = timedelta(minutes=10)
KEPT_STORIES = 60  # of one topic and window
KIND = "prepared"


class Prepared:
    """The briefs of one database that are ready to be told."""

    def __init__(
        self, database: Database, briefing: Briefing, topics: Iterable[TopicId], gazetteer: Gazetteer
    ) -> None:
        self._database, self._briefing = database, briefing
        self._topics, self._gazetteer = tuple(topics), gazetteer

    async def refresh(self, now: datetime) -> int:
        """Prepare the usual window of every topic that is half as old as it may be; how many."""
        length, done = self._briefing.default_window, 0
        for topic in self._topics:
            kept = await self._kept(topic, length)
            if kept is None or not now - FRESH / 2 < kept.end <= now:
                await self._prepare(topic, now, length)
                done += 1
        return done

    async def brief(self, topic: TopicId, now: datetime, length: timedelta, *, chat: str) -> Brief:
        """The brief for a chat, which has then seen it. `chat` is `ChatKey.text`."""
        told, seen = await self.compose(topic, now, length, chat)
        async with self._database.unit() as unit:
            await unit.briefs.put_seen(chat, topic, seen)
            await unit.commit()
        return told

    async def compose(
        self, topic: TopicId, now: datetime, length: timedelta, chat: str, *, limit: int = MOST_STORIES
    ) -> tuple[Brief, str]:
        """The brief of at most `limit` stories, and what the chat will have seen once it has it (as JSON), which the
        caller keeps.
        """
        ready = await self.ready(topic, now, length)
        async with self._database.reading() as unit:
            kept = await unit.briefs.seen(chat, topic)
            mutes = await unit.chats.mutes(ChatKey.parse(chat))
        previous = Seen.from_json(kept) if kept else None
        told = await asyncio.to_thread(
            retell, ready, previous, limit=limit, hidden=hidden(mutes, self._gazetteer)
        )
        return told, seen_after(told, previous).to_json()

    async def ready(self, topic: TopicId, now: datetime, length: timedelta) -> Brief:
        """The brief of the window that ended at most `FRESH` ago, in which every story is new."""
        kept = await self._kept(topic, length)
        if kept is not None and now - FRESH < kept.end <= now:
            return kept
        return await self._prepare(topic, now, length)

    async def _kept(self, topic: TopicId, length: timedelta) -> Brief | None:
        async with self._database.reading() as unit:
            kept = await unit.briefs.edition(_id(topic, length))
        return kept.brief if kept else None

    async def _prepare(self, topic: TopicId, now: datetime, length: timedelta) -> Brief:
        made, _ = await self._briefing.compose(topic, now, length, None, limit=KEPT_STORIES)
        edition = Edition(
            id=_id(topic, length), topic=topic, language="", start=made.start, end=made.end, created=now,
            brief=made, kind=KIND,
        )  # fmt: skip
        async with self._database.unit() as unit:
            await unit.briefs.put_edition(edition)
            await unit.commit()
        return made


def _id(topic: TopicId, length: timedelta) -> str:
    return f"{KIND}:{topic}:{round(length.total_seconds())}"


def hidden(mutes: Iterable[Mute], gazetteer: Gazetteer) -> Callable[[BriefStory], bool]:
    """Whether a chat does not want to see a story: it muted the story, all of its outlets, or a word of it."""
    listed = list(mutes)
    stories = {mute.value for mute in listed if mute.kind == "story"}
    outlets = {mute.value for mute in listed if mute.kind == "outlet"}
    watch = Watch((mute.value for mute in listed if mute.kind == "name"), gazetteer)

    def decide(story: BriefStory) -> bool:
        if story.id in stories or any(member.article in stories for member in story.members):
            return True
        if outlets and set(story.outlets) <= outlets:
            return True
        return bool(watch.find(" . ".join([story.headline, *(s.text for s in story.sentences)])))

    return decide
