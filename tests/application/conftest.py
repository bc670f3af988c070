"""The application on the sample newsroom, with fake platforms and a clock of the test's own.

The newsroom is polled once for the whole session into a SQLite file; each test works on a copy.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.chat.ports import Address, Reply, Request
from bot.application import Application, build_application, running
from bot.assemble import Kernel, open_kernel
from bot.gateways import open_gateways
from bot.sample.newsroom import SAMPLE_NOW, SAMPLE_WINDOW, Newsroom
from bot.settings import Settings
from tests.fakes.clock import Clock
from tests.fakes.slack import SlackFake
from tests.fakes.telegram import TelegramFake

READER, EDITOR, SLACK_EDITOR = 42, 77, "U0EDITOR"


@pytest.fixture(scope="session")
def newsroom_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that has polled and understood the sample newsroom."""
    file = tmp_path_factory.mktemp("newsroom") / "sample.db"

    async def fill() -> None:
        async with Newsroom() as newsroom, open_kernel(
            settings(), now=lambda: SAMPLE_NOW, sources=newsroom.sources(), sample=True,
            database_url=f"sqlite:///{file}", default_window=SAMPLE_WINDOW,
            admitted={("127.0.0.1", newsroom.port)},
        ) as kernel:  # fmt: skip
            report = await kernel.collector.poll(SAMPLE_NOW)
            assert report.answered == report.asked, report.failed
            await kernel.briefing.understand(SAMPLE_NOW)

    asyncio.run(fill())
    return file


def settings(**more: object) -> Settings:
    """Settings that owe nothing to this machine's environment."""
    return Settings(_env_file=None, **more)  # type: ignore[arg-type, call-arg]


@dataclass(slots=True)
class Bench:
    """What a test holds: the application, the platforms and the clock."""

    application: Application
    telegram: TelegramFake
    slack: SlackFake
    clock: "Hands"
    database: str
    pace: Clock

    async def ask(
        self, text: str, *, command: bool = True, pressed: bool = False, chat: str = "terminal"
    ) -> Reply:
        """The terminal's way in."""
        address = Address(platform="terminal", bot="terminal", chat=chat)
        request = Request(address=address, person="terminal", text=text, command=command, pressed=pressed)
        return await self.application.dispatcher(request)

    async def pump(self) -> int:
        """Drain the outbox until nothing is due; how many deliveries were tried."""
        total = 0
        while tried := await self.application.drain():
            total += tried
        return total


@dataclass(slots=True)
class Hands:
    """A clock that the test sets."""

    now: datetime = SAMPLE_NOW
    moved: list[datetime] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> datetime:
        self.now += timedelta(**length)
        return self.now


@pytest.fixture
async def bench(newsroom_database: Path, tmp_path: Path) -> AsyncIterator[Bench]:
    """A running application between two fake platforms."""
    async with opened(newsroom_database, tmp_path / "kawalis.db") as made:
        yield made


@pytest.fixture
async def reading(newsroom_database: Path, tmp_path: Path) -> AsyncIterator[tuple[Bench, Newsroom]]:
    """The same, with the newsroom's pages to be read over HTTP: its port alone is admitted."""
    async with Newsroom() as newsroom, opened(
        newsroom_database, tmp_path / "kawalis.db", {("127.0.0.1", newsroom.port)}
    ) as made:  # fmt: skip
        yield made, newsroom


@asynccontextmanager
async def opened(
    newsroom_database: Path,
    file: Path,
    admitted: Collection[tuple[str, int]] = (),
    *,
    sample: bool = True,
    **more: object,
) -> AsyncIterator[Bench]:
    """A bench on a copy of the newsroom's database, with `more` settings. No language model is asked for what is said
    to be the sample.
    """
    shutil.copy(newsroom_database, file)
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(TelegramFake(limits=False))
        pace = Clock()
        slack = await stack.enter_async_context(SlackFake(clock=pace))
        made = settings(
            telegram_token=telegram.token, telegram_api_url=telegram.url, slack_bot_token=slack.bot_token,
            slack_app_token=slack.app_token, slack_api_url=slack.api_url,
            admins=f"telegram:{EDITOR},slack:{SLACK_EDITOR}", **more,
        )  # fmt: skip
        hands = Hands()
        kernel: Kernel = await stack.enter_async_context(
            open_kernel(made, now=hands, sources=(), sample=sample, database_url=f"sqlite:///{file}",
                        default_window=SAMPLE_WINDOW, admitted=admitted)
        )  # fmt: skip
        application = build_application(kernel, owner="test")
        gateways = open_gateways(
            made, kernel.database, application.dispatcher, application.changed, clock=pace, sleep=pace.sleep
        )
        await stack.enter_async_context(running(application, gateways))
        yield Bench(application, telegram, slack, hands, f"sqlite:///{file}", pace)
