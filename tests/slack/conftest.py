"""An application in miniature, a fake Slack, and the app between them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from adapters.chat.message import Message, Paragraph, Text
from adapters.chat.ports import Reply, Request
from adapters.slack.app import SlackApp
from adapters.slack.incoming import Membership
from tests.fakes.slack import SlackFake
from tests.fakes.slack.clock import Clock


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK reads proxies and credentials from the environment; a test has none."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)


class Desk:
    """The application as the chat sees it: remembers what it was asked, answers as it was told."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.changes: list[Membership] = []
        self.replies: dict[str, Reply] = {}
        self.failing: set[str] = set()

    async def __call__(self, request: Request) -> Reply:
        self.asked.append(request)
        if request.text in self.failing:
            raise RuntimeError("the application failed")
        default = Reply(messages=(said(f"about {request.text}"),))
        return self.replies.get(request.text, default)

    async def changed(self, change: Membership) -> None:
        self.changes.append(change)


def said(text: str, **more: Any) -> Message:
    return Message(blocks=(Paragraph(line=(Text(text=text),)),), language="en", **more)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[SlackFake]:
    async with SlackFake(clock=clock, ack_seconds=3.0) as server:
        yield server


@pytest.fixture
def desk() -> Desk:
    return Desk()


Starts = Callable[..., Awaitable[SlackApp]]


@pytest.fixture
async def start(fake: SlackFake, desk: Desk, clock: Clock) -> AsyncIterator[Starts]:
    """Starts an app against the fake; settings given take the place of the usual ones."""
    started: list[SlackApp] = []

    async def starting(**settings: Any) -> SlackApp:
        usual: dict[str, Any] = {
            "bot_token": fake.bot_token,
            "app_token": fake.app_token,
            "api_url": fake.api_url,
        }
        usual |= {"on_membership": desk.changed, "clock": clock, "sleep": clock.sleep, "ping_seconds": 0.2}
        usual |= {"confirm_seconds": 0.05}
        app = SlackApp(**{"ask": desk, **usual, **settings})
        started.append(app)
        await app.start()
        if settings.get("app_token", fake.app_token):
            await fake.sockets.connected()
        return app

    yield starting
    for app in started:
        await app.stop()


@pytest.fixture
async def app(start: Starts) -> SlackApp:
    return await start()
