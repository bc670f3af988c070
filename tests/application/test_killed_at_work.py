"""Digests, alerts and an editor's broadcast fall due in the same minute, and the process is killed again and again."""

import asyncio
import random
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from bot.assemble import open_kernel
from bot.broadcasting.content import Content
from storage.chat_keys import ChatKey
from storage.chats import Chat, Follow, Subscription
from storage.database import Database
from storage.editors import Draft, DraftState, Editor
from storage.serialise import to_json
from storage.tables.outbox import deliveries
from summaries.types import TopicId
from tests.application.arriving import ENVOY, SETTLEMENTS, arrive
from tests.application.conftest import EDITOR, settings
from tests.application.test_killed import Service
from tests.fakes.patience import PATIENCE
from tests.fakes.telegram import TelegramFake

BOT, NEWS, TOPIC = 7_000_001, -100, TopicId("us-israel")
DIGESTS, ALERTED = range(1_000, 1_040), range(2_000, 2_020)
KILLS = 2
AHEAD = 10  # what of one bot a kill may double


def key(chat: int) -> ChatKey:
    return ChatKey(platform="telegram", bot=str(BOT), chat=str(chat))


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramFake]:
    async with TelegramFake(limits=False) as fake:
        for chat in (*DIGESTS, *ALERTED, EDITOR):
            fake.add_chat(chat)
        fake.add_chat(NEWS, "channel", username="news")
        fake.make_member(NEWS, BOT, "administrator", can_post_messages=True)
        fake.make_member(NEWS, EDITOR, "administrator", can_post_messages=True)
        yield fake


@pytest.fixture
async def database(newsroom_database: Path, tmp_path: Path) -> str:
    """News of this minute, forty digests, twenty who follow a name, and a broadcast whose hour has come."""
    file, now = tmp_path / "kawalis.db", datetime.now(UTC)
    shutil.copy(newsroom_database, file)
    url, due = f"sqlite:///{file}", now - timedelta(minutes=1)
    async with open_kernel(settings(), now=lambda: now, database_url=url) as kernel:
        here: Any = SimpleNamespace(application=SimpleNamespace(kernel=kernel))
        await arrive(here, due, ("dar", *SETTLEMENTS), ("qalam", *ENVOY))
        brief, _ = await kernel.briefing.compose(TOPIC, now, timedelta(hours=24), None)
        assert brief.stories
        content = Content(brief=brief, language="ar", asked=key(EDITOR).text)
        draft = Draft(
            id="d1", chat=key(NEWS), author=f"telegram:{EDITOR}", created=now, data=to_json(content),
            state=DraftState.APPROVED, scheduled=due, decided_by=f"telegram:{EDITOR}", decided=now,
        )  # fmt: skip
        async with kernel.database.unit() as unit:
            for chat in (*DIGESTS, *ALERTED, NEWS):
                await unit.chats.put(Chat(platform="telegram", bot=str(BOT), chat=str(chat), created=now))
            for chat in DIGESTS:
                await unit.chats.subscribe(
                    Subscription(id=f"s{chat}", chat=key(chat), topic=TOPIC, time=due.hour * 60 + due.minute,
                                 zone="UTC", created=now - timedelta(days=1), next_due=due)
                )  # fmt: skip
            for chat in ALERTED:
                await unit.chats.follow(
                    Follow(id=f"f{chat}", chat=key(chat), kind="name", value="نتنياهو",
                           created=now - timedelta(days=1))
                )  # fmt: skip
            await unit.editors.add(
                Editor(chat=key(NEWS), person=str(EDITOR), added_by=str(EDITOR), created=now)
            )
            await unit.editors.put_draft(draft)
            await unit.commit()
    return url


async def reached(url: str) -> dict[str, set[str]]:
    """Which chats were reached by each kind of edition; none while something is under way."""
    opened = await Database.open(url)
    try:
        async with opened.reading() as unit:
            d = deliveries.c
            rows = (await unit.connection.execute(select(d.edition, d.chat, d.state))).all()
    finally:
        await opened.close()
    if {row.state for row in rows} != {"sent"}:
        return {}
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.edition.partition(":")[0], set()).add(row.chat)
    return found


async def test_killed_while_everything_is_due_at_once(
    telegram: TelegramFake, database: str, tmp_path: Path
) -> None:
    """kill -9 while a broadcast, digests and alerts are decided and sent: every chat gets what is its own, the channel
    its post, and what is double was in flight.
    """
    service, chance = Service(telegram, database, tmp_path), random.Random(11)  # noqa: S311
    wanted = {"digest": {str(chat) for chat in DIGESTS}, "alert": {str(chat) for chat in ALERTED}}
    wanted |= {"broadcast": {str(NEWS)}}
    for _ in range(KILLS):
        more = len(telegram.world.sent) + chance.randint(1, 15)
        await service.start()
        await telegram.wait_until(lambda more=more: len(telegram.world.sent) >= more, seconds=PATIENCE)  # type: ignore[misc]
        await service.kill()
    await service.start()
    async with asyncio.timeout(2 * PATIENCE):
        while not wanted.items() <= (await reached(database)).items():
            await telegram.breathe()
    await service.kill()
    got = Counter((message.chat, message.text) for message in telegram.world.sent)
    assert {chat for chat, _ in got} >= {*DIGESTS, *ALERTED, NEWS}
    assert sum(count - 1 for count in got.values()) <= KILLS * AHEAD
