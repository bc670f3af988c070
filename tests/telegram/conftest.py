"""An application in miniature, a fake Telegram, and the app between them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.chat.message import Message, Paragraph, Text
from adapters.chat.ports import Reply, Request
from adapters.telegram.app import Membership, TelegramApp
from adapters.telegram.profile import Profile
from tests.fakes.clock import Clock
from tests.fakes.telegram import TelegramFake


class Desk:
    """The application as the chat sees it: remembers what it was asked, answers as it was told."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.changes: list[Membership] = []
        self.replies: dict[str, Reply] = {}

    async def __call__(self, request: Request) -> Reply:
        self.asked.append(request)
        if request.text == "fail":
            raise RuntimeError("the application failed")
        return self.replies.get(request.text, Reply(messages=(said(f"about {request.text}"),)))

    async def changed(self, change: Membership) -> None:
        self.changes.append(change)


def said(text: str, *blocks: Any, **more: Any) -> Message:
    return Message(blocks=(Paragraph(line=(Text(text=text),)), *blocks), language="en", **more)


PROFILES = {
    "ar": Profile(private={"brief": "موجز"}, groups={"brief": "موجز"}, admins={"brief": "موجز", "language": "لغة"},
                  description="وصف", short="قصير"),
    "en": Profile(private={"brief": "the brief"}, groups={"brief": "the brief"}, description="what it is"),
}  # fmt: skip


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[TelegramFake]:
    async with TelegramFake(clock=clock) as server:
        yield server


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def app(fake: TelegramFake, desk: Desk, clock: Clock) -> AsyncIterator[TelegramApp]:
    made = TelegramApp(
        fake.token, desk, api_url=fake.url, on_membership=desk.changed, clock=clock, sleep=clock.sleep,
        profiles=PROFILES,
    )  # fmt: skip
    await made.start()
    yield made
    await made.stop()
