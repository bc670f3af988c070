"""What a chat follows reaches it once, when it may, and with the reason."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from adapters.chat.ports import Address, Request
from bot import alerting, briefing
from storage.briefs import Briefs, Edition
from storage.chats import Chat
from summaries.brief import compose
from summaries.types import Brief
from summaries.watching import Watch
from tests.application.arriving import (
    SETTLEMENTS,
    SETTLEMENTS_AGAIN,
    SHIPMENT,
    SHIPMENT_DENIED,
    arrive,
)
from tests.application.conftest import READER, Bench


async def typed(bench: Bench, *lines: str) -> int:
    """How many messages the reader has, after typing the lines."""
    bench.telegram.add_chat(READER)
    address = Address(platform="telegram", bot="7000001", chat=str(READER))
    for line in lines:
        await bench.application.dispatcher(
            Request(address=address, person=str(READER), text=line.lstrip("/"))
        )
    return len(bench.telegram.sent(READER))


async def alerts(bench: Bench, after: int, expected: int = 1) -> list[str]:
    """The texts that come once the minute has been looked at and the outbox is empty. Telegram's pace of one message
    a second for a chat is kept by the machine's clock, so a message may need some looks.
    """
    await bench.application.tick(bench.clock())
    for _ in range(1000):
        await bench.pump()
        if len(bench.telegram.sent(READER)) >= after + expected:
            break
        bench.clock.forward(seconds=1)
        await bench.telegram.breathe()
    return [
        sent.text.replace("\u2068", "").replace("\u2069", "") for sent in bench.telegram.sent(READER)[after:]
    ]


async def test_a_followed_name_alerts_once_for_a_story(bench: Bench) -> None:
    """A name is known by every spelling; a second article of the same story alerts nobody again."""
    count = await typed(bench, "/follow نتانياهو")
    await bench.application.tick(bench.clock())
    await arrive(bench, bench.clock.forward(minutes=30), ("dar", *SETTLEMENTS))
    said = await alerts(bench, count)
    assert len(said) == 1
    assert "تنبيه: ورد «نتانياهو»" in said[0]
    assert SETTLEMENTS[0] in said[0]
    assert "تتابع: «نتانياهو»" in said[0]
    await arrive(bench, bench.clock.forward(minutes=5), ("qalam", *SETTLEMENTS_AGAIN))
    assert await alerts(bench, count + 1, expected=0) == []


async def test_an_article_is_read_once_for_all_who_follow(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many chats follow a name, an article is looked through once and its story told once, and neither holds
    up the loop: seconds of that would keep a process from its heartbeat.
    """
    await typed(bench, "/follow نتنياهو")
    async with bench.application.kernel.database.unit() as unit:
        [follow] = await unit.chats.follows()
        for chat in range(5):
            key = replace(follow.chat, chat=str(1000 + chat))
            await unit.chats.put(Chat(platform=key.platform, bot=key.bot, chat=key.chat))
            await unit.chats.follow(replace(follow, id=f"f{chat}", chat=key))
        await unit.commit()
    await bench.application.tick(bench.clock())
    await arrive(bench, bench.clock.forward(minutes=30), ("dar", *SETTLEMENTS))
    loop, read, told = threading.get_ident(), list[int](), list[int]()

    class Counted(Watch):
        def find(self, text: str) -> frozenset[str]:
            if SETTLEMENTS[1] in text:
                read.append(threading.get_ident())
            return super().find(text)

    def counted(*given: Any, **named: Any) -> Brief:
        told.append(threading.get_ident())
        return compose(*given, **named)

    monkeypatch.setattr(alerting, "Watch", Counted)
    monkeypatch.setattr(briefing, "compose", counted)
    before = bench.clock.forward(minutes=1)
    assert await alerting.Alerting(bench.application.services).tick(before) == 6
    assert len(read) == len(told) == 1
    assert loop not in read + told


async def test_what_was_sent_is_read_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editions of the last days are not read anew every minute, and are forgotten once they are older."""
    await typed(bench, "/subscribe 13:00 Asia/Riyadh", "/follow نتنياهو")
    await bench.application.tick(bench.clock.forward(hours=1))
    await bench.pump()
    looks, read, edition = alerting.Alerting(bench.application.services), list[str](), Briefs.edition

    async def counted(self: Briefs, id: str) -> Edition | None:
        read.append(id)
        return await edition(self, id)

    monkeypatch.setattr(Briefs, "edition", counted)
    for outlet, told in (("dar", SETTLEMENTS), ("qalam", SHIPMENT), ("jisr", SETTLEMENTS_AGAIN)):
        await arrive(bench, bench.clock.forward(minutes=5), (outlet, *told))
        await looks.tick(bench.clock())
    digests = [id for id in read if id.startswith("digest:")]
    assert len(digests) == len(set(digests)) == 1
    await arrive(bench, bench.clock.forward(hours=80), ("dar", *SHIPMENT_DENIED))
    await looks.tick(bench.clock())
    assert not [id for id in looks._read if id.startswith("digest:")]


async def test_what_nobody_follows_alerts_nobody(bench: Bench) -> None:
    """A word that a story does not have brings nothing; nor does a chat that follows nothing."""
    count = await typed(bench, "/follow زلزال")
    await bench.application.tick(bench.clock())
    await arrive(bench, bench.clock.forward(minutes=30), ("dar", *SETTLEMENTS))
    assert await alerts(bench, count, expected=0) == []


async def test_breaking_needs_two_origins(bench: Bench) -> None:
    """One origin is not breaking; a second, independent one makes it so, once."""
    count = await typed(bench, "/follow عاجل")
    await bench.application.tick(bench.clock())
    await arrive(bench, bench.clock.forward(minutes=30), ("axios-only", *SHIPMENT))
    assert await alerts(bench, count, expected=0) == []
    at = bench.clock.forward(minutes=10)
    await arrive(bench, at, ("dar", *SETTLEMENTS), ("qalam", *SETTLEMENTS_AGAIN))
    said = await alerts(bench, count)
    assert len(said) == 1
    assert said[0].startswith("عاجل")
    assert await alerts(bench, count + 1, expected=0) == []


async def test_a_followed_story_tells_what_is_new(bench: Bench) -> None:
    """A followed story alerts when it changes, and not for what was shown already."""
    [first] = await arrive(bench, bench.clock.forward(minutes=5), ("dar", *SETTLEMENTS))
    count = await typed(bench, f"/follow {first}")
    assert await alerts(bench, count, expected=0) == []
    await arrive(bench, bench.clock.forward(minutes=30), ("qalam", *SETTLEMENTS_AGAIN))
    said = await alerts(bench, count)
    assert len(said) == 1
    assert "جديد في خبر تتابعونه" in said[0]


async def test_a_denial_answers_the_message_that_carried_the_claim(bench: Bench) -> None:
    """Who was sent a story in a digest is sent its denial, as a reply to the very message, once."""
    await typed(bench, "/subscribe 13:00 Asia/Riyadh", "/brief", "/brief")
    await arrive(bench, bench.clock.forward(minutes=5), ("dar", *SHIPMENT))
    await bench.application.tick(bench.clock.forward(minutes=55))
    await bench.pump()
    before = bench.telegram.sent(READER)
    carrying = [sent for sent in before if SHIPMENT[0] in sent.text]
    assert carrying
    await arrive(bench, bench.clock.forward(minutes=30), ("qalam", *SHIPMENT_DENIED))
    said = await alerts(bench, len(before))
    assert len(said) == 1
    assert said[0].startswith("نُفي ما نقلناه إليكم")
    denial = bench.telegram.sent(READER)[-1]
    assert denial.parameters["reply_parameters"]["message_id"] == carrying[-1].id
    await bench.application.tick(bench.clock.forward(minutes=1))
    assert await bench.pump() == 0


async def test_quiet_hours_hold_an_alert_until_they_end(bench: Bench) -> None:
    """In quiet hours an alert waits in the outbox, and goes out when they end."""
    count = await typed(bench, "/zone Asia/Riyadh", "/quiet 11:00 15:00", "/follow نتنياهو")
    await bench.application.tick(bench.clock())
    await arrive(bench, bench.clock.forward(minutes=30), ("dar", *SETTLEMENTS))
    assert await alerts(bench, count, expected=0) == []
    bench.clock.forward(hours=3)
    assert len(await alerts(bench, count)) == 1


async def test_quiet_hours_that_gather_bring_one_message(bench: Bench) -> None:
    """In a chat that gathers, what came in the quiet hours comes as one message when they end."""
    count = await typed(bench, "/zone Asia/Riyadh", "/quiet 11:00 15:00 batch", "/follow نتنياهو")
    await bench.application.tick(bench.clock())
    await arrive(bench, bench.clock.forward(minutes=30), ("dar", *SETTLEMENTS))
    assert await alerts(bench, count, expected=0) == []
    await arrive(bench, bench.clock.forward(minutes=30), ("axios", *SHIPMENT))
    assert await alerts(bench, count, expected=0) == []
    bench.clock.forward(hours=2, minutes=1)
    said = await alerts(bench, count)
    assert len(said) == 1
    assert said[0].startswith("ما فاتكم في ساعات الهدوء")
    assert SETTLEMENTS[0] in said[0]
    assert SHIPMENT[0] in said[0]


async def test_a_gathering_chat_wakes_to_its_digest_and_one_message(bench: Bench) -> None:
    """A digest whose hour lies in the quiet hours, and the alerts of that time, wait as one another do: nothing at
    night, and on waking the digest and a single message, without what the digest told already.
    """
    count = await typed(bench, "/subscribe 13:00 Asia/Riyadh", "/quiet 11:00 15:00 batch", "/follow نتنياهو")
    await bench.application.tick(bench.clock())
    await arrive(bench, bench.clock.forward(minutes=30), ("dar", *SETTLEMENTS))
    assert await alerts(bench, count, expected=0) == []
    await bench.application.tick(bench.clock.forward(minutes=30))
    assert await alerts(bench, count, expected=0) == []
    await arrive(bench, bench.clock.forward(minutes=30), ("axios", *SHIPMENT))
    assert await alerts(bench, count, expected=0) == []
    bench.clock.forward(hours=1, minutes=31)
    said = await alerts(bench, count, expected=2)
    gathered = [text for text in said if SHIPMENT[0] in text]
    assert len(gathered) == 1
    assert SETTLEMENTS[0] not in gathered[0]
    assert any(SETTLEMENTS[0] in text for text in said)


async def test_quiet_hours_let_what_is_critical_through(bench: Bench) -> None:
    """In `critical`, breaking news goes out at once and without a sound; another alert waits for the end."""
    count = await typed(
        bench, "/zone Asia/Riyadh", "/quiet 11:00 15:00 critical", "/follow عاجل", "/follow شحنة"
    )
    await bench.application.tick(bench.clock())
    at = bench.clock.forward(minutes=30)
    await arrive(bench, at, ("dar", *SETTLEMENTS), ("qalam", *SETTLEMENTS_AGAIN))
    assert [text.startswith("عاجل") for text in await alerts(bench, count)] == [True]
    assert bench.telegram.sent(READER)[-1].parameters["disable_notification"]
    await arrive(bench, bench.clock.forward(minutes=30), ("axios-only", *SHIPMENT))
    assert await alerts(bench, count + 1, expected=0) == []
    bench.clock.forward(hours=3)
    assert len(await alerts(bench, count + 1)) == 1


async def test_a_muted_story_alerts_nobody(bench: Bench) -> None:
    """What a chat muted does not come back as an alert."""
    count = await typed(bench, "/follow نتنياهو", "/mute الاستيطانية")
    await bench.application.tick(bench.clock())
    await arrive(bench, bench.clock.forward(minutes=30), ("dar", *SETTLEMENTS))
    assert await alerts(bench, count, expected=0) == []
