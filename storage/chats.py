"""Chats: settings, subscriptions, what is followed and muted."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.engine import Row

from storage.chat_data import ChatData
from storage.chat_keys import ChatKey, ensure
from storage.repository import chunks
from storage.tables.chats import chats, follows, mutes, seen, subscriptions
from summaries.types import TopicId

EVERY_DAY = 0b1111111


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat's settings. None means that the chat chose nothing, and the service's default holds."""

    platform: str
    bot: str
    chat: str
    thread: str = ""
    language: str | None = None
    digits: str | None = None
    zone: str | None = None  # IANA
    topic: TopicId | None = None
    title: str | None = None
    paused: bool = False
    pause_cause: str | None = None
    quiet_from: int | None = None  # minute of the local day
    quiet_to: int | None = None
    quiet_mode: str | None = None  # hold, critical, batch
    created: datetime | None = None

    @property
    def key(self) -> ChatKey:
        return ChatKey(platform=self.platform, bot=self.bot, chat=self.chat, thread=self.thread)

    def within(self, around: "Chat") -> "Chat":
        """A thread as the channel or group around it, in all that it has not chosen for itself."""
        unset = [name for name in SHARED if getattr(self, name) is None]
        return replace(self, **{name: getattr(around, name) for name in unset})


SHARED = ("language", "digits", "zone", "topic")
"""The settings in which a thread goes by the chat around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A digest at a local hour. `next_due` is the caller's decision; without one nothing is due."""

    id: str
    chat: ChatKey
    topic: TopicId
    time: int  # minute of the local day, 0..1439
    zone: str  # IANA
    weekdays: int = EVERY_DAY  # bit 0 is Monday
    created: datetime | None = None
    paused: bool = False
    last_fired: datetime | None = None
    next_due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A story or a name that a chat wants to hear of."""

    id: str
    chat: ChatKey
    kind: str  # story | name | breaking
    value: str
    created: datetime | None = None

    @property
    def register(self) -> TopicId:
        """Under which name the chat's memory of what it was told keeps what this follow has told."""
        return TopicId(f"follow:{self.id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """A story, outlet or name that a chat does not want to see."""

    chat: ChatKey
    kind: str
    value: str
    created: datetime | None = None


class Chats(ChatData):
    """Everything of a chat hangs on its key; `export`, `forget` and `rename` take the chat as a whole."""

    async def get(self, key: ChatKey) -> Chat | None:
        row = (await self.connection.execute(select(chats).where(chats.c.key == key.text))).first()
        return _chat(row) if row else None

    async def settled(self, key: ChatKey) -> Chat | None:
        """The chat with the settings that hold there: a thread's own, and else those of the chat around it."""
        here = await self.get(key)
        around = await self.get(replace(key, thread="")) if here and key.thread else None
        return here.within(around) if here and around else here

    async def put(self, chat: Chat) -> None:
        """Store the settings; `created` is kept from the first time."""
        row = {name: getattr(chat, name) for name in _CHAT_FIELDS} | {"key": chat.key.text}
        await self._put(chats, [row], keep=("created",))
        if chat.created is not None:
            first = and_(chats.c.key == chat.key.text, chats.c.created.is_(None))
            await self.connection.execute(update(chats).where(first).values(created=chat.created))

    async def choose(self, chat: Chat, **chosen: Any) -> None:
        """Set what was chosen of a chat's settings, and leave all others as they are kept: of two choices made at once
        neither undoes the other. A chat that is new is kept with what was chosen alone.
        """
        await ensure(self, chat.key.text)
        here = chats.c.key == chat.key.text
        if chosen:
            await self.connection.execute(update(chats).where(here).values(chosen))
        if chat.created is not None:
            first = and_(here, chats.c.created.is_(None))
            await self.connection.execute(update(chats).where(first).values(created=chat.created))

    async def all(self, platform: str | None = None, bot: str | None = None) -> list[Chat]:
        """Every chat, or those of one platform or bot."""
        query = select(chats).order_by(chats.c.key)
        query = query if platform is None else query.where(chats.c.platform == platform)
        query = query if bot is None else query.where(chats.c.bot == bot)
        return [_chat(row) for row in await self.connection.execute(query)]

    async def pause(self, key: ChatKey, cause: str) -> None:
        """Nothing is due for this chat until `resume`: it blocked us, or is gone."""
        values = {"paused": True, "pause_cause": cause}
        await self.connection.execute(update(chats).where(_whole(key)).values(values))

    async def pause_thread(self, key: ChatKey, cause: str) -> None:
        """Nothing is due for this thread until `resume`, and the chat's others go on. Without a thread, the chat's own
        place is meant: of a forum, its general topic.
        """
        values = {"paused": True, "pause_cause": cause}
        await self.connection.execute(update(chats).where(chats.c.key == key.text).values(values))

    async def entitle(self, key: ChatKey, title: str) -> None:
        """The chat is called otherwise now; one that we do not know stays unknown."""
        await self.connection.execute(update(chats).where(_whole(key)).values(title=title))

    async def resume(self, key: ChatKey) -> list[Subscription]:
        """End the pause; what is subscribed in the chats that were paused. The caller decides when that is due next."""
        return await self._resume(_whole(key))

    async def resume_paused(self, platform: str, bot: str, causes: Collection[str]) -> list[Subscription]:
        """As `resume`, for every chat of this bot that paused for one of these causes."""
        of_bot = and_(chats.c.platform == platform, chats.c.bot == bot)
        return await self._resume(and_(of_bot, chats.c.pause_cause.in_(causes)))

    async def _resume(self, which: ColumnElement[bool]) -> list[Subscription]:
        values = {"paused": False, "pause_cause": None}
        back = update(chats).where(which, chats.c.paused).values(values).returning(chats.c.key)
        found: list[Subscription] = []
        for keys in chunks((await self.connection.execute(back)).scalars().all()):
            query = select(subscriptions).where(self._among(subscriptions.c.chat, keys))
            found += [_subscription(row) for row in await self.connection.execute(query)]
        return found

    async def subscribe(self, subscription: Subscription) -> Subscription:
        """Add it, or change the one that this chat has for the topic and minute; what is stored then."""
        key = subscription.chat.text
        await ensure(self, key)
        hour = and_(
            subscriptions.c.chat == key,
            subscriptions.c.topic == subscription.topic,
            subscriptions.c.time == subscription.time,
        )
        query = select(subscriptions).where(hour, subscriptions.c.id != subscription.id)
        row = (await self.connection.execute(query)).first()
        data = {name: getattr(subscription, name) for name in _SUBSCRIPTION_FIELDS} | {"chat": key}
        if row is not None:
            data |= {"id": row.id, "created": row.created, "last_fired": row.last_fired}
        await self._put(subscriptions, [data], keep=("created",))
        return _subscription_from(data)

    async def unsubscribe(self, key: ChatKey, id: str | None = None, topic: TopicId | None = None) -> int:
        """Delete one subscription of the chat, those of one topic, or all; how many they were."""
        query = delete(subscriptions).where(subscriptions.c.chat == key.text)
        query = query if id is None else query.where(subscriptions.c.id == id)
        query = query if topic is None else query.where(subscriptions.c.topic == topic)
        return (await self.connection.execute(query)).rowcount

    async def subscriptions(self, key: ChatKey) -> list[Subscription]:
        """The chat's subscriptions by topic and minute."""
        query = select(subscriptions).where(subscriptions.c.chat == key.text)
        query = query.order_by(subscriptions.c.topic, subscriptions.c.time)
        return [_subscription(row) for row in await self.connection.execute(query)]

    async def due_subscriptions(
        self, now: datetime, limit: int | None = None
    ) -> list[tuple[Subscription, Chat]]:
        """The subscriptions whose `next_due` has come, in chats that are not paused, oldest first; each with its chat
        as `settled`. Due as well is what was handled, or subscribed to, at a moment that is still to come: the clock
        was ahead then, and `next_due` goes by it.
        """
        around = chats.alias()
        began = func.coalesce(subscriptions.c.last_fired, subscriptions.c.created)
        whole = and_(
            chats.c.thread != "", around.c.thread == "",
            *(around.c[name] == chats.c[name] for name in ("platform", "bot", "chat")),
        )  # fmt: skip
        settings = [column.label(f"chat_{column.name}") for column in chats.c]
        settings += [around.c[name].label(f"around_{name}") for name in SHARED]
        query = (
            select(*subscriptions.c, *settings)
            .join(chats)
            .outerjoin(around, whole)
            .where(
                subscriptions.c.paused.is_(False),
                or_(subscriptions.c.next_due <= now, began > now),
                chats.c.paused.is_(False),
            )
            .order_by(subscriptions.c.next_due, subscriptions.c.id)
            .limit(limit)
        )
        found = []
        for row in await self.connection.execute(query):
            chat = Chat(**{name: row._mapping[f"chat_{name}"] for name in _CHAT_FIELDS})
            shared = {name: row._mapping[f"around_{name}"] for name in SHARED}
            found.append((_subscription(row), chat.within(replace(chat, **shared))))
        return found

    async def still_subscribed(self, ids: Collection[str]) -> set[str]:
        """Those of these subscriptions that have not ended, in chats that are not paused. On PostgreSQL they are held
        until the unit ends: whoever ends one waits for it.
        """
        c = subscriptions.c
        query = select(c.id).join(chats).where(self._among(c.id, list(ids)), chats.c.paused.is_(False))
        query = query.with_for_update(read=True, of=subscriptions)
        return {row.id for row in await self.connection.execute(query)}

    async def handled(self, items: Iterable[Subscription]) -> None:
        """Write `last_fired` and `next_due` of each, and nothing else. One that ended meanwhile stays ended, and one
        whose hour, days or zone were chosen anew meanwhile is due as that choice says.
        """
        alike: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for item in items:
            alike[tuple(getattr(item, name) for name in (*_HOUR, *_HANDLED))].append(item.id)
        for values, ids in alike.items():
            given = dict(zip((*_HOUR, *_HANDLED), values, strict=True))
            same = [subscriptions.c[name] == given[name] for name in _HOUR]
            for some in chunks(ids):
                query = update(subscriptions).where(self._among(subscriptions.c.id, some), *same)
                await self.connection.execute(query.values({name: given[name] for name in _HANDLED}))

    async def set_zone(self, item: Subscription) -> None:
        """Write its zone, and when it is due there; one that ended meanwhile stays ended."""
        here = subscriptions.c.id == item.id
        values = {"zone": item.zone, "next_due": item.next_due}
        await self.connection.execute(update(subscriptions).where(here).values(values))

    async def follow(self, item: Follow) -> None:
        """Follow it once; again changes nothing."""
        await ensure(self, item.chat.text)
        row = {name: getattr(item, name) for name in _FOLLOW_FIELDS} | {"chat": item.chat.text}
        await self._put(follows, [row], replace=False)

    async def unfollow(self, item: Follow) -> bool:
        """End it, and forget what it has told. False where the chat did not follow this."""
        memory = and_(seen.c.chat == item.chat.text, seen.c.topic == item.register)
        await self.connection.execute(delete(seen).where(memory))
        where = and_(follows.c.chat == item.chat.text, follows.c.id == item.id)
        return bool((await self.connection.execute(delete(follows).where(where))).rowcount)

    async def follows(self, key: ChatKey | None = None, kind: str | None = None) -> list[Follow]:
        """What one chat follows, or all of them."""
        query = select(follows).order_by(follows.c.kind, follows.c.value, follows.c.chat)
        query = query if key is None else query.where(follows.c.chat == key.text)
        query = query if kind is None else query.where(follows.c.kind == kind)
        rows = await self.connection.execute(query)
        return [Follow(**{**row._mapping, "chat": ChatKey.parse(row.chat)}) for row in rows]

    async def mute(self, item: Mute) -> None:
        await ensure(self, item.chat.text)
        row = {name: getattr(item, name) for name in _MUTE_FIELDS} | {"chat": item.chat.text}
        await self._put(mutes, [row], replace=False)

    async def unmute(self, key: ChatKey, kind: str, value: str) -> bool:
        where = and_(mutes.c.chat == key.text, mutes.c.kind == kind, mutes.c.value == value)
        return bool((await self.connection.execute(delete(mutes).where(where))).rowcount)

    async def mutes(self, key: ChatKey) -> list[Mute]:
        query = select(mutes).where(mutes.c.chat == key.text).order_by(mutes.c.kind, mutes.c.value)
        rows = await self.connection.execute(query)
        return [Mute(**{**row._mapping, "chat": ChatKey.parse(row.chat)}) for row in rows]


_CHAT_FIELDS = tuple(field.name for field in fields(Chat))
_SUBSCRIPTION_FIELDS = tuple(field.name for field in fields(Subscription))
_HOUR = ("time", "zone", "weekdays")
_HANDLED = ("last_fired", "next_due")
_FOLLOW_FIELDS = tuple(field.name for field in fields(Follow))
_MUTE_FIELDS = tuple(field.name for field in fields(Mute))


def _whole(key: ChatKey) -> Any:
    """The chat with all its threads where none is named, else that thread."""
    same = and_(chats.c.platform == key.platform, chats.c.bot == key.bot, chats.c.chat == key.chat)
    return and_(same, chats.c.thread == key.thread) if key.thread else same


def _chat(row: Row[Any]) -> Chat:
    return Chat(**{name: row._mapping[name] for name in _CHAT_FIELDS})


def _subscription(row: Row[Any]) -> Subscription:
    return _subscription_from({name: row._mapping[name] for name in _SUBSCRIPTION_FIELDS})


def _subscription_from(data: dict[str, Any]) -> Subscription:
    return Subscription(**(data | {"chat": ChatKey.parse(data["chat"])}))
