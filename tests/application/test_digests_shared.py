"""Digests in the application: shared editions, quiet hours, outages, and what operators hear."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from adapters.chat.ports import Address
from adapters.telegram.app import Membership
from bot import digesting, spreading
from bot.operators import Silence
from bot.services import Services
from storage.briefs import Briefs
from storage.chat_keys import ChatKey
from storage.chats import Chat, Chats, Subscription
from storage.outbox import Outbox
from storage.tables.articles import articles, matches
from storage.tables.outbox import deliveries
from summaries.types import TopicId
from tests.application.conftest import EDITOR, Bench
from tests.application.talk import plain

HOUR = 13 * 60  # in Riyadh: one hour after the sample's clock


async def subscribe(bench: Bench, *chats: int, **settings: object) -> None:
    async with bench.application.kernel.database.unit() as unit:
        for chat in chats:
            bench.telegram.add_chat(chat)
            key = ChatKey(platform="telegram", bot="7000001", chat=str(chat))
            made = Chat(platform="telegram", bot="7000001", chat=str(chat), created=bench.clock.now)
            await unit.chats.put(replace(made, **settings))  # type: ignore[arg-type]
            await unit.chats.subscribe(
                Subscription(id=f"s{chat}", chat=key, topic=TopicId("us-israel"), time=HOUR, zone="Asia/Riyadh",
                             created=bench.clock.now, next_due=bench.clock.now + timedelta(hours=1))
            )  # fmt: skip
        await unit.commit()


async def editions(bench: Bench) -> Counter[str]:
    async with bench.application.kernel.database.reading() as unit:
        query = select(deliveries.c.edition).where(deliveries.c.part == 0)
        return Counter(row.edition for row in await unit.connection.execute(query))


async def test_chats_with_the_same_news_share_one_edition(bench: Bench) -> None:
    """Rendered once for all that share topic, language, window and what is new; another language is another."""
    await subscribe(bench, 501, 502, 503)
    await subscribe(bench, 504, language="en")
    assert await bench.application.tick(bench.clock.forward(hours=1)) == 4
    found = await editions(bench)
    assert sorted(found.values()) == [1, 3]
    assert all(":2024-03-28T13:00@Asia/Riyadh:" in edition for edition in found)
    assert await bench.application.tick(bench.clock.now) == 0


async def test_a_digest_in_quiet_hours_waits_for_their_end(bench: Bench) -> None:
    """The digest is written at its hour and goes out when the chat wakes."""
    await subscribe(bench, 501, quiet_from=12 * 60, quiet_to=15 * 60, quiet_mode="hold", zone="Asia/Riyadh")
    await bench.application.tick(bench.clock.forward(hours=1))
    await bench.pump()
    assert bench.telegram.sent(501) == []
    bench.clock.forward(hours=2)
    await bench.pump()
    assert bench.telegram.sent(501)


async def test_after_three_hours_down_stale_digests_are_skipped_and_told_once(bench: Bench) -> None:
    """Down past the window: nobody gets a digest at a strange hour, and the operator hears of it once."""
    bench.telegram.add_chat(EDITOR)
    await subscribe(bench, 501, 502)
    assert await bench.application.tick(bench.clock.forward(hours=4, minutes=1)) == 0
    assert await bench.application.tick(bench.clock.now) == 0
    assert await bench.application.tick(bench.clock.forward(hours=1)) == 0
    await bench.pump()
    assert bench.telegram.sent(501) == []
    alarms = [message.text for message in bench.telegram.sent(EDITOR)]
    assert len(alarms) == 1
    assert "ملخصين يوميين" in alarms[0]
    assert await bench.application.tick(bench.clock.forward(hours=20)) == 2


async def test_a_topic_that_is_gone_keeps_no_other_digest_back(bench: Bench) -> None:
    """An operator took a topic's file away: whoever reads another topic gets their digest, and the operator is told
    which file is missing, once.
    """
    bench.telegram.add_chat(EDITOR)
    await subscribe(bench, 501, 502)
    async with bench.application.kernel.database.unit() as unit:
        key = ChatKey(platform="telegram", bot="7000001", chat="501")
        [one] = await unit.chats.subscriptions(key)
        gone = replace(one, topic=TopicId("gone"), next_due=bench.clock.now + timedelta(minutes=59))
        await unit.chats.subscribe(gone)
        await unit.commit()
    assert await bench.application.tick(bench.clock.forward(hours=1)) == 1
    await bench.application.tick(bench.clock.forward(minutes=1))
    await bench.pump()
    assert (bool(bench.telegram.sent(502)), bench.telegram.sent(501)) == (True, [])
    [alarm] = bench.telegram.sent(EDITOR)
    assert "«gone»" in plain(alarm.text)


async def test_a_digest_that_fails_keeps_no_other_back(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong with one edition is tried again in a minute; the others go out at their hour."""
    await subscribe(bench, 501)
    await subscribe(bench, 502, language="en")
    fire = digesting.Digesting._fire

    async def fails_in_arabic(self: digesting.Digesting, shared: digesting.Shared, *more: Any) -> int:
        if shared.language == "ar":
            raise RuntimeError("one edition failed")
        return await fire(self, shared, *more)

    monkeypatch.setattr(digesting.Digesting, "_fire", fails_in_arabic)
    assert await bench.application.tick(bench.clock.forward(hours=1)) == 1
    monkeypatch.undo()
    assert await bench.application.tick(bench.clock.forward(minutes=1)) == 1


@pytest.mark.parametrize(("kind", "step"), [(Outbox, "publish"), (Briefs, "put_seen"), (Chats, "handled")])
async def test_a_digest_is_written_and_marked_as_handled_together(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, kind: type, step: str
) -> None:
    """Whichever step of writing a digest fails, none of the others is kept: its window comes again in the next minute,
    and the chat gets it once.
    """
    await subscribe(bench, 501)

    async def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("died")

    monkeypatch.setattr(kind, step, fails)
    assert await bench.application.tick(bench.clock.forward(hours=1)) == 0
    assert await editions(bench) == {}
    monkeypatch.undo()
    assert await bench.application.tick(bench.clock.forward(minutes=1)) == 1
    assert await bench.application.tick(bench.clock.forward(minutes=1)) == 0
    assert list((await editions(bench)).values()) == [1]


async def test_two_hours_down_gives_one_late_digest(bench: Bench) -> None:
    """Within three hours the missed window goes out late, once, however the clock jumps afterwards."""
    await subscribe(bench, 501)
    assert await bench.application.tick(bench.clock.forward(hours=3)) == 1
    bench.clock.forward(hours=-2)
    assert await bench.application.tick(bench.clock.now) == 0
    assert await bench.application.tick(bench.clock.forward(hours=2)) == 0


@pytest.mark.parametrize("back", ["unblocked", "writes"])
@pytest.mark.parametrize("days", [0, 5])
async def test_nothing_is_missed_while_a_chat_is_paused(bench: Bench, days: int, back: str) -> None:
    """Whoever blocked us over the hour of their digest and comes back gets no late one, and the operator hears of no
    missed one: the next comes at its hour.
    """
    bench.telegram.add_chat(EDITOR)
    await subscribe(bench, 501)
    bench.telegram.block(501)
    await until_paused(bench, 501, True)
    bench.clock.forward(days=days, hours=2 if back == "writes" else 5)
    assert await bench.application.tick(bench.clock.now) == 0
    if back == "writes":
        bench.telegram.world.chats[501].blocked = False
        bench.telegram.type(501, "/help")
    else:
        bench.telegram.unblock(501)
    await until_paused(bench, 501, False)
    async with bench.application.kernel.database.reading() as unit:
        assert await unit.chats.due_subscriptions(bench.clock.now) == []
    assert await bench.application.tick(bench.clock.forward(minutes=1)) == 0
    await bench.pump()
    assert not [alarm for alarm in bench.telegram.sent(EDITOR) if "يومي" in plain(alarm.text)]
    hours = 23 if back == "writes" else 20
    assert await bench.application.tick(bench.clock.forward(hours=hours)) == 1


async def until_paused(bench: Bench, number: int, paused: bool) -> None:
    key = ChatKey(platform="telegram", bot="7000001", chat=str(number))
    for _ in range(600):
        async with bench.application.kernel.database.reading() as unit:
            chat = await unit.chats.get(key)
        if chat is not None and chat.paused is paused:
            return
        await bench.telegram.breathe()
    raise AssertionError("the chat's pause was not heard")


async def test_coming_into_a_chat_that_was_not_paused_takes_no_digest_away(bench: Bench) -> None:
    """That we came into a chat which was not paused (they made us an administrator) takes no digest away."""
    await subscribe(bench, 501)
    bench.clock.forward(hours=1, minutes=1)
    here = Address(platform="telegram", bot="7000001", chat="501")
    await bench.application.changed(Membership(address=here, kind="joined"))
    assert await bench.application.tick(bench.clock.now) == 1


async def test_who_unsubscribes_while_a_digest_is_made_gets_none(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A digest takes a while to make: what a reader chooses meanwhile stands afterwards, and who left gets none."""
    await subscribe(bench, 501, 502)
    compose = bench.application.services.prepared.compose

    async def meanwhile(*asked: Any) -> Any:
        for number, said in ((501, "/unsubscribe"), (502, "/zone Africa/Cairo")):
            bench.telegram.type(number, said)
            await bench.telegram.wait_sent(number)
        return await compose(*asked)

    monkeypatch.setattr(bench.application.services.prepared, "compose", meanwhile)
    await bench.application.tick(bench.clock.forward(hours=1))
    async with bench.application.kernel.database.reading() as unit:
        keys = [ChatKey(platform="telegram", bot="7000001", chat=chat) for chat in ("501", "502")]
        ended, moved = [await unit.chats.subscriptions(key) for key in keys]
    assert ended == []
    assert [each.zone for each in moved] == ["Africa/Cairo"]
    assert await waiting(bench) == [("502", "ready")]


async def waiting(bench: Bench) -> list[tuple[str, str]]:
    """The chats and states of all digests' first parts."""
    async with bench.application.kernel.database.reading() as unit:
        d = deliveries.c
        query = select(d.chat, d.state).where(d.part == 0, d.edition.startswith("digest:")).order_by(d.chat)
        return [(row.chat, row.state) for row in await unit.connection.execute(query)]


async def test_who_unsubscribes_before_a_digest_leaves_gets_none(bench: Bench) -> None:
    """A digest that waits for the end of a chat's quiet hours, or for its turn in a large audience, is not sent to who
    unsubscribes meanwhile; others get theirs, and so does a chat that has another digest on the topic.
    """
    await subscribe(
        bench, 501, 502, 503, quiet_from=12 * 60, quiet_to=15 * 60, quiet_mode="hold", zone="Asia/Riyadh"
    )
    async with bench.application.kernel.database.unit() as unit:
        key = ChatKey(platform="telegram", bot="7000001", chat="503")
        await unit.chats.subscribe(
            Subscription(id="evening", chat=key, topic=TopicId("us-israel"), time=20 * 60, zone="Asia/Riyadh",
                         created=bench.clock.now, next_due=bench.clock.now + timedelta(hours=8))
        )  # fmt: skip
        await unit.commit()
    await bench.application.tick(bench.clock.forward(hours=1))
    for number, said in ((501, "/unsubscribe"), (503, "/unsubscribe 13:00")):
        bench.telegram.type(number, said)
        await bench.telegram.wait_sent(number)
    assert await waiting(bench) == [("501", "cancelled"), ("502", "ready"), ("503", "ready")]


async def test_a_large_audience_is_spread_and_the_operator_knows_how_long_it_takes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each subscription of a large audience has its own moment after the hour, the same every day; the operator is told
    once how many there are and how many minutes it takes until the last has it.
    """
    monkeypatch.setattr(spreading, "LARGE", 4)
    monkeypatch.setattr(digesting, "LARGE", 4)
    monkeypatch.setattr(spreading, "SENDS_A_SECOND", 0.01)  # 400 seconds for four, by one bot
    bench.telegram.add_chat(EDITOR)
    chats = (501, 502, 503, 504)
    await subscribe(bench, *chats)
    for hours in (1, 24):
        hour = bench.clock.forward(hours=hours)
        assert await bench.application.tick(hour) == 4
        async with bench.application.kernel.database.reading() as unit:
            query = select(deliveries.c.chat, deliveries.c.not_before).where(
                deliveries.c.edition.startswith("digest:"), deliveries.c.not_before >= hour
            )
            moments = {row.chat: row.not_before for row in await unit.connection.execute(query)}
        over = timedelta(seconds=400)
        assert moments == {str(chat): hour + spreading.jitter(f"s{chat}", over) for chat in chats}
        assert len(set(moments.values())) == 4
        assert max(moments.values()) < hour + over
    await bench.pump()
    said = [message.text for message in bench.telegram.sent(EDITOR)]
    assert len(said) == 2
    assert all("4" in text and "7" in text for text in said)


def of_one_topic(bench: Bench) -> Services:
    services = bench.application.services
    topic = services.default_topic
    return replace(services, topics={topic: services.topics[topic]})


async def test_a_silent_topic_reaches_the_operator_once(bench: Bench) -> None:
    """Sources answer and nothing comes about the topic for a day: one incident, told once to each operator."""
    bench.telegram.add_chat(EDITOR)
    silence = Silence(of_one_topic(bench))
    database = bench.application.kernel.database
    later = bench.clock.forward(hours=30)
    assert await silence.tick(later) == 0  # no source answered for a day: that is told of the sources
    async with database.unit() as unit:
        states = [state for _, state in await unit.sources.enabled()]
        await unit.sources.save_states([replace(state, last_answered=later) for state in states])
        await unit.commit()
    operators = 2
    assert await silence.tick(later) == operators
    assert await silence.tick(later + timedelta(minutes=5)) == 0
    await bench.pump()
    assert len(bench.telegram.sent(EDITOR)) == 1


async def test_a_topic_without_any_article_reaches_the_operator(bench: Bench) -> None:
    """A topic of which nothing ever came is told once a day has passed since it was first watched, and not before;
    what then comes and falls silent, and falls silent again, is told each time.
    """
    services = of_one_topic(bench)
    topic, database = services.default_topic, services.database
    began = bench.clock.now
    async with database.unit() as unit:
        await unit.connection.execute(update(matches).values(label="off"))
        await unit.connection.execute(update(articles).values(collected=began))
        await unit.commit()

    async def looked(hours: int, *, new: bool = False) -> int:
        now = began + timedelta(hours=hours)
        async with database.unit() as unit:
            states = [state for _, state in await unit.sources.enabled()]
            await unit.sources.save_states([replace(state, last_answered=now) for state in states])
            if new:
                one = select(matches.c.article).where(matches.c.topic == topic).order_by("article").limit(1)
                article = await unit.connection.scalar(one)
                here = matches.c.article == article
                await unit.connection.execute(update(matches).where(here).values(label="core"))
                await unit.connection.execute(
                    update(articles).where(articles.c.id == article).values(collected=now)
                )
            await unit.commit()
        return await Silence(services).tick(now)

    operators = 2
    assert [await looked(0), await looked(24), await looked(25), await looked(200)] == [0, 0, operators, 0]
    assert [await looked(300, new=True), await looked(324)] == [0, 0]
    assert [await looked(325), await looked(700), await looked(701, new=True)] == [operators, 0, 0]
    assert [await looked(726), await looked(727)] == [operators, 0]
