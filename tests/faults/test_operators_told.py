"""F27: what operators hear, each of them once for each occurrence, on both databases."""

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from sqlalchemy import update

from adapters.chat.message import Message
from bot.alarms import Alarms
from bot.delivering import Publisher
from bot.operators import tell_operators
from storage.chats import Chat
from storage.database import Database
from storage.retention import outbox_retention
from storage.sources import SourceState
from storage.tables.outbox import deliveries as outbox
from summaries.types import Source
from tests.collecting.newsroom import START
from tests.collecting.test_alarms import DAY, GOOD, pair


class Post:
    def parts(self, message: Message) -> list[str]:
        return [json.dumps(str(message.blocks), ensure_ascii=False)]


async def deliveries(database: Database) -> list[tuple[str, str]]:
    async with database.unit() as unit:
        claimed = await unit.outbox.claim({("telegram", "7"): 50}, owner="o", now=START + 9 * DAY)
        return [(row.chat, row.payload) for row in claimed]


def services(database: Database, posts: Any, admins: set[tuple[str, str]]) -> Any:
    return SimpleNamespace(
        database=database,
        publisher=Publisher(posts),
        settings=SimpleNamespace(admins=frozenset(admins)),
        default_language="ar",
    )


async def keep(database: Database, *pairs: tuple[Source, SourceState]) -> None:
    async with database.unit() as unit:
        await unit.sources.upsert([source for source, _ in pairs])
        await unit.sources.save_states([state for _, state in pairs])
        await unit.commit()


BAD = pair("bad", failures=5, last_error="http_500", last_answered=START)
ADMIN = ("telegram", "123")


async def test_admins_are_told_once_for_each_occurrence(database: Database) -> None:
    """However often and by however many processes it is looked at; a second failing after an answer is told again."""
    given = services(database, {("telegram", "7"): Post()}, {ADMIN, ("slack", "U1")})
    await keep(database, BAD, GOOD)
    ticks = [await alarms.tick(START) for alarms in (Alarms(given), Alarms(given))]
    assert ticks == [1, 0]
    [(chat, said)] = await deliveries(database)
    assert chat == "123"
    assert "صحيفة bad" in said
    assert "500" in said
    await keep(database, (BAD[0], replace(BAD[1], last_answered=START + DAY)))
    assert await Alarms(given).tick(START + 2 * DAY) == 1


async def test_what_was_told_stays_told_however_old_it_is(database: Database) -> None:
    """A source that stays gone for years is not told again when what was sent of old leaves the outbox."""
    given = services(database, {("telegram", "7"): Post()}, {ADMIN})
    await keep(database, BAD, GOOD)
    assert await Alarms(given).tick(START) == 1
    async with database.unit() as unit:
        await unit.outbox.connection.execute(update(outbox).values(state="sent"))
        assert await outbox_retention(unit, START + 900 * DAY, 365) == 0
        await unit.commit()
    assert await Alarms(given).tick(START + DAY) == 0


async def test_an_admin_whose_platform_comes_later_is_told_then(database: Database) -> None:
    """Slack did not answer at the start: its admin hears of what holds once it does, and nobody hears it twice."""
    posts: Any = {("telegram", "7"): Post()}
    given = services(database, posts, {ADMIN, ("slack", "U1")})
    await keep(database, BAD, GOOD)
    alarms = Alarms(given)
    assert await alarms.tick(START) == 1
    posts["slack", "T1"] = Post()
    assert [await alarms.tick(START + DAY), await alarms.tick(START + DAY)] == [1, 0]


async def test_another_bot_or_language_tells_nobody_again(database: Database) -> None:
    """Of two bots the first was away when it was told, and the admin chose English since: it is the same alarm."""
    await keep(database, BAD, GOOD)
    assert await Alarms(services(database, {("telegram", "8"): Post()}, {ADMIN})).tick(START) == 1
    async with database.unit() as unit:
        await unit.chats.put(Chat(platform="telegram", bot="7", chat="123", language="en"))
        await unit.commit()
    both = services(database, {("telegram", "7"): Post(), ("telegram", "8"): Post()}, {ADMIN})
    assert await Alarms(both).tick(START + DAY) == 0


async def test_each_admin_is_told_in_his_language(database: Database) -> None:
    """As they chose in their chat with us; else in the service's language."""
    given = services(database, {("telegram", "7"): Post()}, {ADMIN, ("telegram", "124")})
    await keep(database, BAD, GOOD)
    async with database.unit() as unit:
        await unit.chats.put(Chat(platform="telegram", bot="7", chat="124", language="en"))
        await unit.commit()
    assert await Alarms(given).tick(START) == 2
    said = dict(await deliveries(database))
    assert "has not answered" in said["124"]
    assert "has not answered" not in said["123"]


async def test_an_alarm_with_a_long_address_is_told_too(database: Database) -> None:
    """An address of any length fits, and keeps back no other alarm; two that begin alike are two."""
    given = services(database, {("telegram", "7"): Post()}, {ADMIN})
    long = "https://one.example/" + "a" * 400
    await keep(database, BAD, GOOD, pair("one", url=long))
    assert await Alarms(given).tick(START) == 2
    await keep(database, pair("one", url=long + "b"))
    assert [await Alarms(given).tick(START), await Alarms(given).tick(START)] == [1, 0]


async def test_what_was_told_counts_on_its_own_day(database: Database) -> None:
    """Looking again at what still holds tells nothing, and so is no alarm of that day."""
    given = services(database, {("telegram", "7"): Post()}, {ADMIN})
    for days in (0, 2):
        await tell_operators(given, "topic:t:1", START + days * DAY, "alarm.topic", topic="t", silent=DAY)
    async with database.reading() as unit:
        assert await unit.briefs.count_since("alarm", START + DAY) == 0
