"""The alerting stage: what is new is matched with what chats follow, and each alert goes into the outbox once.

Runs every minute. It looks at the articles understood since its last look (after a start, since `LOOKBACK`), tells
their stories, and asks for each chat that follows something, or was sent the story before, whether that is news to
it. The alert, and the mark that this chat was told, are one transaction: looking twice tells nothing twice.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.alerts import (
    BREAKING_A_DAY,
    MOST_A_DAY,
    batch_since,
    day_start,
    is_breaking,
    zone_of,
)
from bot.carriers import Carrier, Carriers, message_of, told_of
from bot.delivering import ALERT, target
from bot.prepared import hidden
from bot.presenting.alerts import alert_message, batch_message, denial_message, denials_of
from bot.presenting.names import follow_name
from bot.quiet import alert_timing
from bot.services import Services
from bot.texts import Texts, texts_for
from storage.alerts import Alerts
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.chats import Chat, Follow
from storage.outbox import Target
from storage.unit_of_work import UnitOfWork
from summaries.names import Gazetteer
from summaries.novelty import Seen, seen_after
from summaries.ranking import restated
from summaries.retelling import state_for
from summaries.types import Article, Brief, BriefStory, Coverage, State, StoryId, TopicId
from summaries.watching import Watch

log = structlog.get_logger(__name__)

LOOKBACK = timedelta(hours=3)
OVERLAP = timedelta(minutes=2)
AGE = timedelta(days=1)  # older articles alert nobody, however late they were collected
WAKING = timedelta(minutes=15)
MOST_TOLD = 200  # stories remembered of one follow


@dataclass(slots=True, kw_only=True)
class Hit:
    """One story that a chat is to hear of, and why."""

    story: BriefStory
    kind: str  # denied | breaking | story | name
    follows: list[Follow] = field(default_factory=list)
    carried: Carrier | None = None  # what told it before


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What is new since the last look."""

    articles: tuple[Article, ...]
    stories: dict[str, StoryId]  # article -> story
    words: dict[str, frozenset[str]] = field(
        default_factory=dict
    )  # article -> what is followed by name, by whomever, and stands in it


class Alerting:
    """One for each process that delivers."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._looked: datetime | None = None
        self._read: dict[str, Carriers] = {}  # by edition
        self._stories: dict[
            tuple[StoryId, TopicId], BriefStory | None
        ] = {}  # of one look, told once for all chats

    async def tick(self, now: datetime) -> int:
        """Look at what is new by `now`; how many alerts went into the outbox."""
        looked = min(self._looked or now - LOOKBACK, now)  # a clock that was ahead has been put back
        since = max(looked, now - AGE) - OVERLAP
        async with self._services.database.reading() as unit:
            follows = await unit.chats.follows()
            chats = await self._chats(unit, follows, now)
            first = min([since, *(s for chat in chats if (s := batch_since(chat, now, WAKING)) is not None)])
            fresh = await _fresh(unit, first, now)
            told = await told_of(unit, fresh.stories.values(), now, self._read) if fresh.articles else {}
            for key in told.keys() - {chat.key for chat in chats}:
                chat = await unit.chats.settled(key)
                chats += [chat] if chat is not None and not chat.paused else []
        self._stories.clear()
        names = {each.value for each in follows if each.kind == "name"}
        fresh.words.update(await asyncio.to_thread(_words, names, fresh, self._services.gazetteer))
        by_chat: dict[ChatKey, list[Follow]] = defaultdict(list)
        for follow in follows:
            by_chat[follow.chat].append(follow)
        written = 0
        for chat in chats if fresh.articles else ():
            began = batch_since(chat, now, WAKING) or since
            written += await self._alert(
                chat, by_chat[chat.key], told.get(chat.key, {}), _since(fresh, began), now
            )
        self._looked = now
        return written

    async def _chats(self, unit: UnitOfWork, follows: Sequence[Follow], now: datetime) -> list[Chat]:
        found = [await unit.chats.settled(key) for key in dict.fromkeys(follow.chat for follow in follows)]
        return [chat for chat in found if chat is not None and not chat.paused]

    async def _alert(
        self, chat: Chat, follows: list[Follow], sent: Carriers, fresh: Fresh, now: datetime
    ) -> int:
        topic = TopicId(chat.topic or "")
        topic = topic if topic in self._services.topics else self._services.default_topic
        hits = await self._hits(chat, topic, follows, sent, fresh, now)
        if not hits:
            return 0
        async with self._services.database.unit() as unit:
            written = await self._write(unit, chat, topic, hits, now)
            await unit.commit()
        log.info("alerts", chat=chat.key.text, written=written, hits=len(hits))
        return written

    async def _hits(
        self, chat: Chat, topic: TopicId, follows: list[Follow], sent: Carriers, fresh: Fresh, now: datetime
    ) -> list[Hit]:  # fmt: skip
        """What is news to the chat, denials first."""
        async with self._services.database.reading() as unit:
            kept = await unit.briefs.seen(chat.key.text, topic)
            mutes = await unit.chats.mutes(chat.key)
            already = {each.id: await _told_of(unit, chat.key, each) for each in follows}
            followed = {
                await unit.stories.resolve(StoryId(each.value)): each
                for each in follows
                if each.kind == "story"
            }
        seen = Seen.from_json(kept) if kept else None
        muted = hidden(mutes, self._services.gazetteer)
        names = _named(follows, fresh)
        breaking = [each for each in follows if each.kind == "breaking"]
        hits: list[Hit] = []
        for story_id, new in _by_story(fresh).items():
            asked = [each for each in breaking if any(_after(a, each) for a in new)]
            wanted = {story_id, *(a.id for a in new)} & sent.keys()
            if not (wanted or asked or story_id in followed or names.get(story_id)):
                continue
            story = await self._story(story_id, topic, now)
            if story is None or muted(story):
                continue
            story = restated(story, state_for(story, seen))
            hit = _hit(story, followed.get(story_id), names.get(story_id, []), asked, already, sent, now)
            if hit is not None:
                hits.append(hit)
        return sorted(hits, key=lambda hit: ("denied", "breaking", "story", "name").index(hit.kind))

    async def _story(self, story: StoryId, topic: TopicId, now: datetime) -> BriefStory | None:
        if (story, topic) not in self._stories:
            self._stories[story, topic] = await self._services.briefing.story(story, topic, now)
        return self._stories[story, topic]

    async def _write(
        self, unit: UnitOfWork, chat: Chat, topic: TopicId, hits: list[Hit], now: datetime
    ) -> int:
        """Within the day's caps, each hit as an alert; in a gathering chat, one message once the quiet is over."""
        alerts, start = Alerts(unit.connection), day_start(chat, now)
        room = MOST_A_DAY - await alerts.sent_since(chat.key, "alert:", start)
        breaking = BREAKING_A_DAY - await alerts.sent_since(chat.key, "alert:breaking:", start)
        chosen: list[Hit] = []
        for hit in hits:
            critical = hit.kind in ("denied", "breaking")
            fits = hit.kind == "denied" or (room > 0 and (hit.kind != "breaking" or breaking > 0))
            if fits and alert_timing(chat, now, critical=critical).send:
                chosen.append(hit)
                room, breaking = room - 1, breaking - (hit.kind == "breaking")
        if not chosen:
            return 0
        if (chat.quiet_mode or "") == "batch" and len(chosen) > 1 and batch_since(chat, now, WAKING):
            written = await self._batch(unit, chat, topic, chosen, now)
        else:
            written = sum([await self._one(unit, chat, topic, hit, now) for hit in chosen])
        await self._mark(unit, chat, topic, chosen)
        return written

    async def _one(self, unit: UnitOfWork, chat: Chat, topic: TopicId, hit: Hit, now: datetime) -> int:
        spoken = texts_for(chat.language, chat.digits, self._services.default_language)
        zone, sample, story = zone_of(chat), self._services.sample, hit.story
        reply_to = None
        if hit.kind == "denied":
            message = denial_message(story, denials_of(story), spoken, zone=zone, sample=sample)
            reply_to = await message_of(unit, chat.key, hit.carried, now) if hit.carried else None
        else:
            names = await self._because(unit, hit, spoken)
            title = spoken(
                f"alert.{hit.kind}", **({"what": hit.follows[0].value} if hit.kind == "name" else {})
            )
            message = alert_message(title, story, names, spoken, zone=zone, sample=sample)
        when = alert_timing(chat, now, critical=hit.kind in ("denied", "breaking"))
        place = target(chat.key, silent=when.silent)
        aimed = Target(
            platform=place.platform, bot=place.bot, chat=place.chat, thread=place.thread, silent=place.silent,
            not_before=when.not_before, reply_to=reply_to,
        )  # fmt: skip
        edition = _edition(f"alert:{hit.kind}:{chat.key.text}", topic, spoken, [story], now)
        return int(
            await self._services.publisher.publish(unit, edition, message, [aimed], priority=ALERT) > 0
        )

    async def _batch(
        self, unit: UnitOfWork, chat: Chat, topic: TopicId, hits: list[Hit], now: datetime
    ) -> int:
        spoken = texts_for(chat.language, chat.digits, self._services.default_language)
        told = [(hit.story, await self._because(unit, hit, spoken)) for hit in hits]
        message = batch_message(told, spoken, zone=zone_of(chat), sample=self._services.sample)
        stories = [hit.story for hit in hits]
        edition = _edition(f"alert:batch:{chat.key.text}", topic, spoken, stories, now)
        rows = await self._services.publisher.publish(
            unit, edition, message, [target(chat.key)], priority=ALERT
        )
        return int(rows > 0)

    async def _because(self, unit: UnitOfWork, hit: Hit, spoken: Texts) -> str:
        if not hit.follows:
            return spoken("alert.because_denied")
        named = [
            follow_name(each, hit.story.headline if each.kind == "story" else None, self._services.topics, spoken)
            for each in hit.follows
        ]  # fmt: skip
        return spoken("alert.because", what=spoken("list.comma").join(named))

    async def _mark(self, unit: UnitOfWork, chat: Chat, topic: TopicId, hits: list[Hit]) -> None:
        """The chat has seen these stories, and each follow has told of them."""
        kept = await unit.briefs.seen(chat.key.text, topic)
        seen = seen_after([hit.story for hit in hits], Seen.from_json(kept) if kept else None)
        await unit.briefs.put_seen(chat.key.text, topic, seen.to_json())
        for hit in hits:
            for follow in hit.follows:
                told = [*await _told_of(unit, chat.key, follow), hit.story.id][-MOST_TOLD:]
                await unit.briefs.put_seen(chat.key.text, follow.register, json.dumps(told))


def _named(follows: list[Follow], fresh: Fresh) -> dict[StoryId, list[Follow]]:
    """Story -> the follows whose words stand in its new articles."""
    named = [each for each in follows if each.kind == "name"]
    found: dict[StoryId, list[Follow]] = defaultdict(list)
    for article in fresh.articles if named else ():
        words = fresh.words.get(article.id, frozenset())
        for follow in named:
            if follow.value in words and _after(article, follow):
                story = found[fresh.stories[article.id]]
                story += [follow] if follow not in story else []
    return found


def _after(article: Article, follow: Follow) -> bool:
    """Whether the article came after the follow was asked for: what was there already is no news."""
    return follow.created is None or article.collected is None or article.collected > follow.created


async def _fresh(unit: UnitOfWork, since: datetime, now: datetime) -> Fresh:
    ids = await Alerts(unit.connection).collected_since(since, now - AGE)
    stories = await unit.stories.of(ids)
    return Fresh(articles=tuple(await unit.articles.get(ids)), stories=dict(stories.items()))


def _since(fresh: Fresh, since: datetime) -> Fresh:
    articles = tuple(a for a in fresh.articles if a.collected is None or a.collected >= since)
    ids = {article.id for article in articles}
    return replace(fresh, articles=articles, stories={a: s for a, s in fresh.stories.items() if a in ids})


def _by_story(fresh: Fresh) -> dict[StoryId, list[Article]]:
    found: dict[StoryId, list[Article]] = {story: [] for story in fresh.stories.values()}
    for article in fresh.articles:
        if article.id in fresh.stories:
            found[fresh.stories[article.id]].append(article)
    return found


def _words(names: Set[str], fresh: Fresh, gazetteer: Gazetteer) -> dict[str, frozenset[str]]:
    """Which of the names stand in each article. Once for all chats: reading every article again for each would hold up
    all else for seconds.
    """
    watch = Watch(names, gazetteer)
    told = [article for article in fresh.articles if article.id in fresh.stories] if names else []
    return {article.id: watch.find(f"{article.title} . {article.text}") for article in told}


def _hit(
    story: BriefStory,
    followed: Follow | None,
    named: list[Follow],
    asked: list[Follow],  # for breaking news
    already: dict[str, list[str]],
    sent: Carriers,
    now: datetime,
) -> Hit | None:
    """Whether a story is news to the chat, and of which kind."""
    known = {story.id, *(member.article for member in story.members)}
    before = next((sent[each] for each in (story.id, *sorted(known)) if each in sent), None)
    if story.state is State.DENIED and (before is not None or followed is not None):
        return Hit(story=story, kind="denied", follows=[followed] if followed else [], carried=before)
    breaking = [each for each in asked if not known & set(already[each.id])]
    if breaking and story.state is State.NEW and is_breaking(story, now):
        return Hit(story=story, kind="breaking", follows=breaking)
    if followed is not None and story.state is State.CHANGED:
        return Hit(story=story, kind="story", follows=[followed])
    fresh_names = [each for each in named if not known & set(already[each.id])]
    if fresh_names and story.state is not State.UNCHANGED:
        return Hit(story=story, kind="name", follows=fresh_names)
    return None


async def _told_of(unit: UnitOfWork, key: ChatKey, follow: Follow) -> list[str]:
    kept = await unit.briefs.seen(key.text, follow.register)
    return list(json.loads(kept)) if kept else []


def _edition(
    prefix: str, topic: TopicId, spoken: Texts, stories: Sequence[BriefStory], now: datetime
) -> Edition:
    brief = Brief(
        topic=topic, start=now, end=now, stories=tuple(stories), coverage=Coverage(sources=0, answered=0)
    )
    return Edition(
        id=f"{prefix}:{stories[0].id}:{now:%Y-%m-%dT%H:%M}"[:200], topic=topic, language=spoken.language, start=now,
        end=now, created=now, brief=brief, kind="alert",
    )  # fmt: skip
