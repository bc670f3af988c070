"""A process killed with -9 loses nothing, and doubles only what it was sending."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.chat_keys import ChatKey
from storage.chats import Chat, Subscription
from storage.database import Database
from summaries.types import TopicId
from tests.application.conftest import READER
from tests.fakes.patience import PATIENCE
from tests.fakes.telegram import TelegramFake

HERE = ChatKey(platform="telegram", bot="7000001", chat=str(READER))


class Service:
    """`kawalis run --role deliver` as a process of its own."""

    def __init__(self, telegram: TelegramFake, database: str, folder: Path, policy: str = "resend") -> None:
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "KAWALIS_DATABASE_URL": database,
            "KAWALIS_DATA_DIR": str(folder),
            "KAWALIS_TELEGRAM_TOKEN": telegram.token,
            "KAWALIS_TELEGRAM_API_URL": telegram.url,
            "KAWALIS_HTTP_ADDRESS": "127.0.0.1:0",
            "KAWALIS_AMBIGUOUS_SENDS": policy,
        }
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.cli", "run", "--role", "deliver", "--name", "one",
                env=self._environment, cwd=Path(__file__).parents[2], stdout=log, stderr=log,
            )  # fmt: skip

    async def kill(self) -> None:
        """kill -9: nothing of the process gets a chance to tidy up."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


@pytest.fixture
async def database(newsroom_database: Path, tmp_path: Path) -> str:
    """The sample's database, with a digest of one reader that is due."""
    file = tmp_path / "kawalis.db"
    shutil.copy(newsroom_database, file)
    opened = await Database.open(f"sqlite:///{file}")
    now = datetime.now(UTC)
    due = now - timedelta(minutes=1)
    async with opened.unit() as unit:
        await unit.chats.put(Chat(platform=HERE.platform, bot=HERE.bot, chat=HERE.chat, created=now))
        await unit.chats.subscribe(
            Subscription(id="s1", chat=HERE, topic=TopicId("us-israel"), time=due.hour * 60 + due.minute,
                         zone="UTC", created=now - timedelta(days=1), next_due=due)
        )  # fmt: skip
        await unit.commit()
    await opened.close()
    return f"sqlite:///{file}"


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramFake]:
    async with TelegramFake(limits=False) as fake:
        fake.add_chat(READER)
        yield fake


async def settled(telegram: TelegramFake, database: str) -> list[str]:
    """The states of all deliveries, once none is under way."""
    opened = await Database.open(database)
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                async with opened.reading() as unit:
                    counts = {state: count for (_, _, state), count in (await unit.outbox.counts()).items()}
                if counts and not counts.keys() & {"ready", "claimed"}:
                    return sorted(counts)
                await telegram.breathe()
    finally:
        await opened.close()


async def test_killed_before_the_send_it_arrives_once(
    telegram: TelegramFake, database: str, tmp_path: Path
) -> None:
    """The digest was written down before it was sent; the next process sends it, once."""
    service = Service(telegram, database, tmp_path)
    telegram.fail_next("sendMessage", "stall")
    await service.start()
    await telegram.wait_until(lambda: telegram.held, seconds=PATIENCE)
    await service.kill()
    assert telegram.sent(READER) == []
    await service.start()
    assert await settled(telegram, database) == ["sent"]
    await service.kill()
    texts = [message.text for message in telegram.sent(READER)]
    assert texts
    assert len(texts) == len(set(texts))


async def test_killed_between_send_and_mark_at_most_one_is_double(
    telegram: TelegramFake, database: str, tmp_path: Path
) -> None:
    """What was accepted but not marked is sent again: one message at most, and nothing is lost."""
    service = Service(telegram, database, tmp_path)
    telegram.fail_next("sendMessage", "keep")
    await service.start()
    await telegram.wait_until(lambda: telegram.held, seconds=PATIENCE)
    await service.kill()
    assert len(telegram.sent(READER)) == 1
    await service.start()
    assert await settled(telegram, database) == ["sent"]
    await service.kill()
    texts = [message.text for message in telegram.sent(READER)]
    assert len(texts) - len(set(texts)) <= 1


async def test_with_hold_a_lost_answer_is_parked(
    telegram: TelegramFake, database: str, tmp_path: Path
) -> None:
    """The running service keeps to the setting: a message whose answer was lost is held, and not sent again."""
    service = Service(telegram, database, tmp_path, policy="hold")
    telegram.fail_next("sendMessage", "lose")
    await service.start()
    opened = await Database.open(database)
    async with asyncio.timeout(PATIENCE):
        while True:
            async with opened.reading() as unit:
                if "held" in {state for _, _, state in await unit.outbox.counts()}:
                    break
            await telegram.breathe()
    await opened.close()
    await service.kill()
    assert len(telegram.sent(READER)) == 1


async def test_with_hold_nothing_is_double_and_the_operator_sees_it(
    telegram: TelegramFake, database: str, tmp_path: Path
) -> None:
    """`hold` parks what nobody knows of, instead of sending it again."""
    service = Service(telegram, database, tmp_path, policy="hold")
    telegram.fail_next("sendMessage", "keep")
    await service.start()
    await telegram.wait_until(lambda: telegram.held, seconds=PATIENCE)
    await service.kill()
    await service.start()
    async with asyncio.timeout(PATIENCE):
        while (
            "released" not in (tmp_path / "log").read_text()
            and "unknown outcome" not in (tmp_path / "log").read_text()
        ):
            await telegram.breathe()
    await service.kill()
    assert len(telegram.sent(READER)) == 1
