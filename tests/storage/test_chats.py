"""Chats: settings, subscriptions, what is followed and muted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storage.chat_keys import ChatKey
from storage.chats import Chat, Follow, Mute, Subscription
from storage.database import Database
from storage.errors import Unreadable
from summaries.types import TopicId
from tests.storage.things import CHAT, NOON, TOPIC, hours

SETTINGS = Chat(
    platform="telegram",
    bot="7",
    chat="-100",
    language="ar",
    digits="arab",
    zone="Asia/Riyadh",
    topic=TOPIC,
    title="غرفة الأخبار",
    quiet_from=23 * 60,
    quiet_to=6 * 60,
    quiet_mode="batch",
    created=NOON,
)


def _subscription(
    id: str = "d1", time: int = 480, after: float | None = 0, chat: ChatKey = CHAT
) -> Subscription:
    due = None if after is None else NOON + hours(after)
    return Subscription(
        id=id, chat=chat, topic=TOPIC, time=time, zone="Asia/Riyadh", created=NOON, next_due=due
    )


parts = some.text(min_size=1, max_size=9).filter(lambda text: text.isprintable())


@given(parts, parts, parts, some.just("") | parts)
def test_a_key_is_read_back(platform: str, bot: str, chat: str, thread: str) -> None:
    """Whatever ids a platform makes, no two chats share a key."""
    key = ChatKey(platform=platform, bot=bot, chat=chat, thread=thread)
    assert ChatKey.parse(key.text) == key
    assert key.text.count(":") == 3


@pytest.mark.parametrize("text", ["", "telegram", "telegram:7:", "a:b:c", "::-100:", "a:b:c:d:e"])
def test_what_is_no_key(text: str) -> None:
    """A key that names no chat is refused."""
    with pytest.raises(Unreadable):
        ChatKey.parse(text)


async def test_settings_come_back(database: Database) -> None:
    """Every field survives; a later change keeps when the chat came."""
    async with database.unit() as unit:
        assert await unit.chats.get(CHAT) is None
        await unit.chats.put(SETTINGS)
        assert await unit.chats.get(CHAT) == SETTINGS
        await unit.chats.put(replace(SETTINGS, language="en", created=NOON + hours(1)))
        assert await unit.chats.get(CHAT) == replace(SETTINGS, language="en")
        assert await unit.chats.all(platform="telegram", bot="7") == [replace(SETTINGS, language="en")]
        assert await unit.chats.all(platform="slack") == []


async def test_of_two_choices_made_at_once_neither_undoes_the_other(database: Database) -> None:
    """Each choice writes what was chosen alone, whatever the chat looked like when it was made."""
    async with database.unit() as unit:
        await unit.chats.choose(replace(SETTINGS, language="fr", created=NOON), zone="Asia/Amman")
        new = await unit.chats.get(CHAT)
        assert new is not None
        assert (new.zone, new.language, new.created) == ("Asia/Amman", None, NOON)
        await unit.chats.put(SETTINGS)
        await unit.chats.pause(CHAT, "blocked")
        await unit.chats.choose(SETTINGS, language="en")
        await unit.chats.choose(SETTINGS, quiet_from=60, quiet_to=120)
        await unit.chats.choose(replace(SETTINGS, created=NOON + hours(1)))
        chosen = replace(SETTINGS, language="en", quiet_from=60, quiet_to=120)
        assert await unit.chats.get(CHAT) == replace(chosen, paused=True, pause_cause="blocked")


async def test_a_thread_has_its_own_settings(database: Database) -> None:
    """A forum's topics may speak different languages."""
    topic = replace(SETTINGS, thread="12", language="en")
    async with database.unit() as unit:
        await unit.chats.put(SETTINGS)
        await unit.chats.put(topic)
        assert await unit.chats.get(CHAT) == SETTINGS
        assert await unit.chats.get(topic.key) == topic


async def test_a_thread_goes_by_the_chat_around_it(database: Database) -> None:
    """What a thread has not chosen is what the chat around it has chosen by now, for answers and for what is due."""
    topic = Chat(platform="telegram", bot="7", chat="-100", thread="12", zone="Asia/Amman", created=NOON)
    due = replace(_subscription(), chat=topic.key, next_due=NOON)
    async with database.unit() as unit:
        await unit.chats.put(topic)
        await unit.chats.subscribe(due)
        assert await unit.chats.settled(topic.key) == topic
        assert await unit.chats.due_subscriptions(NOON) == [(due, topic)]
        await unit.chats.put(SETTINGS)
        settled = replace(topic, language="ar", digits="arab", topic=TOPIC)
        assert await unit.chats.settled(topic.key) == settled
        assert await unit.chats.due_subscriptions(NOON) == [(due, settled)]
        assert await unit.chats.settled(CHAT) == SETTINGS


async def test_subscribing(database: Database) -> None:
    """One subscription for an hour and topic: asking again changes it and keeps its id and history."""
    async with database.unit() as unit:
        first = await unit.chats.subscribe(_subscription())
        assert first == _subscription()
        await unit.chats.handled([replace(first, last_fired=NOON)])
        again = await unit.chats.subscribe(replace(_subscription("d2", after=5), weekdays=0b11111))
        assert (again.id, again.weekdays, again.last_fired) == ("d1", 0b11111, NOON)
        await unit.chats.subscribe(_subscription("d3", time=1200))
        assert [item.id for item in await unit.chats.subscriptions(CHAT)] == ["d1", "d3"]
        assert (await unit.chats.subscriptions(CHAT))[0] == again


async def test_unsubscribing(database: Database) -> None:
    """One, those of a topic, or all; another chat's are never touched."""
    other = ChatKey(platform="slack", bot="T1", chat="C1")
    async with database.unit() as unit:
        for item in (_subscription("d1", 1), _subscription("d2", 2), _subscription("d3", 3)):
            await unit.chats.subscribe(item)
        await unit.chats.subscribe(_subscription("d4", chat=other))
        assert await unit.chats.unsubscribe(CHAT, "d4") == 0
        assert await unit.chats.unsubscribe(CHAT, "d1") == 1
        assert await unit.chats.unsubscribe(CHAT, topic=TopicId("other")) == 0
        assert await unit.chats.unsubscribe(CHAT) == 2
        assert [item.id for item in await unit.chats.subscriptions(other)] == ["d4"]


async def test_what_is_due(database: Database) -> None:
    """Due is what has its time, is not paused, and belongs to a chat that is not paused."""
    other = ChatKey(platform="telegram", bot="7", chat="8", thread="2")
    async with database.unit() as unit:
        await unit.chats.put(SETTINGS)
        for number, after in enumerate((0, -1, 1, None)):
            await unit.chats.subscribe(_subscription(f"d{number}", number, after))
        await unit.chats.subscribe(replace(_subscription("d8", 8, -2), paused=True))
        await unit.chats.subscribe(_subscription("d9", 9, -3, chat=other))
        due = await unit.chats.due_subscriptions(NOON)
        assert [(item.id, chat.zone) for item, chat in due] == [
            ("d9", None),
            ("d1", "Asia/Riyadh"),
            ("d0", "Asia/Riyadh"),
        ]
        assert [item.id for item, _ in await unit.chats.due_subscriptions(NOON, limit=1)] == ["d9"]
        await unit.chats.pause(ChatKey(platform="telegram", bot="7", chat="8"), "blocked")
        assert [item.id for item, _ in await unit.chats.due_subscriptions(NOON)] == ["d1", "d0"]
        paused = await unit.chats.get(other)
        assert paused is not None
        assert (paused.paused, paused.pause_cause) == (True, "blocked")
        assert [item.id for item in await unit.chats.resume(other)] == ["d9"]
        assert await unit.chats.resume(other) == []
        assert len(await unit.chats.due_subscriptions(NOON)) == 3
        assert (await unit.chats.due_subscriptions(NOON))[0][0].next_due == NOON - hours(3)


async def test_what_is_handled_undoes_no_choice(database: Database) -> None:
    """That a window was handled is written alone: a digest that ended meanwhile stays ended, and one that was given
    another zone or other days is due as that choice said.
    """
    later = NOON + hours(9)
    async with database.unit() as unit:
        read = [await unit.chats.subscribe(_subscription(f"d{n}", n)) for n in range(4)]
        await unit.chats.unsubscribe(CHAT, "d1")
        moved = replace(read[2], zone="Africa/Cairo", next_due=later)
        await unit.chats.set_zone(replace(moved, time=5, weekdays=1))
        await unit.chats.set_zone(replace(read[1], zone="Africa/Cairo"))
        other = await unit.chats.subscribe(replace(read[3], weekdays=1, next_due=later))
        fired = [replace(each, last_fired=NOON, next_due=NOON + hours(24)) for each in read]
        await unit.chats.handled(fired)
        assert await unit.chats.subscriptions(CHAT) == [fired[0], moved, other]


async def test_following_and_muting(database: Database) -> None:
    """Each once a chat; found by chat or by kind. What ends is forgotten with all that it has told."""
    name = Follow(id="f1", chat=CHAT, kind="name", value="بلينكن", created=NOON)
    mute = Mute(chat=CHAT, kind="outlet", value="SANA", created=NOON)
    async with database.unit() as unit:
        await unit.chats.follow(name)
        await unit.chats.follow(replace(name, id="f2"))
        await unit.chats.follow(replace(name, id="f3", kind="story", value="s1"))
        assert await unit.chats.follows(kind="name") == [name]
        assert len(await unit.chats.follows(CHAT)) == 2
        await unit.briefs.put_seen(CHAT.text, name.register, '["s1"]')
        assert await unit.chats.unfollow(name)
        assert await unit.briefs.seen(CHAT.text, name.register) is None
        assert not await unit.chats.unfollow(name)
        await unit.chats.mute(mute)
        await unit.chats.mute(mute)
        assert await unit.chats.mutes(CHAT) == [mute]
        assert await unit.chats.unmute(CHAT, "outlet", "SANA")
        assert await unit.chats.mutes(CHAT) == []
