"""What people write is kept by Telegram until it is handled."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from adapters.chat.ports import Reply, Request
from adapters.telegram import inbox
from adapters.telegram.app import TelegramApp, Webhook
from tests.fakes.clock import Clock
from tests.fakes.telegram import TelegramFake
from tests.telegram.conftest import Desk, said

FIRST, SECOND = 42, 43
LONG, SHORT = 3600.0, 0.01
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}


class Busy(Desk):
    """Answers `slow` when it is let go, and all else at once."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = asyncio.Event()

    async def __call__(self, request: Request) -> Reply:
        self.asked.append(request)
        if request.text == "slow":
            await self.let_go.wait()
        return Reply(messages=(said(f"about {request.text}"),))


Opens = Callable[..., TelegramApp]


@pytest.fixture
def opens(fake: TelegramFake, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Opens:
    monkeypatch.setattr(inbox, "LOOK_SECONDS", 0.001)

    def opened(desk: Desk, **more: Any) -> TelegramApp:
        fake.add_chat(FIRST)
        fake.add_chat(SECOND)
        return TelegramApp(fake.token, desk, api_url=fake.url, clock=clock, sleep=clock.sleep, **more)

    return opened


async def until(fake: TelegramFake, true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await fake.breathe()


async def test_what_is_being_handled_is_not_confirmed(fake: TelegramFake, opens: Opens) -> None:
    """A process that is killed in the middle of a command has not confirmed it: the next one gets it from Telegram.
    Once it is handled, it is confirmed and does not come again.
    """
    killed, next_one = Busy(), Busy()
    first = opens(killed, confirm_seconds=LONG)
    await first.start()
    fake.type(FIRST, "/slow")
    fake.type(SECOND, "/quick")
    await fake.wait_sent(SECOND)
    asked = len(fake.calls)
    await until(fake, lambda: len(fake.calls) > asked + 5)
    assert [request.text for request in killed.asked] == ["slow", "quick"]  # each once, however often it came
    second = opens(next_one, confirm_seconds=LONG)
    await second.start()
    await until(fake, lambda: len(next_one.asked) == 2)
    killed.let_go.set()
    next_one.let_go.set()
    await until(fake, lambda: not fake.world.updates)
    await first.stop()
    await second.stop()
    assert [request.text for request in next_one.asked] == ["slow", "quick"]
    third = Busy()
    last = opens(third)
    await last.start()
    fake.type(FIRST, "/quick")
    await until(fake, lambda: third.asked)
    await last.stop()
    assert [request.text for request in third.asked] == ["quick"]


async def test_who_stops_confirms_what_it_finished(fake: TelegramFake, opens: Opens) -> None:
    """A command that was at work when we were told to stop is answered, confirmed, and not answered again."""
    desk = Busy()
    app = opens(desk, confirm_seconds=LONG)
    await app.start()
    fake.type(FIRST, "/slow")
    await until(fake, lambda: desk.asked)
    stopping = asyncio.create_task(app.stop())
    for _ in range(5):
        await fake.breathe()
    assert fake.world.updates
    desk.let_go.set()
    await stopping
    assert fake.world.updates == []
    assert len(fake.sent(FIRST)) == 1


async def test_what_takes_too_long_is_confirmed(clock: Clock) -> None:
    """An update that is at work for longer than that is not asked for again; the first that is not handled is what is
    asked from.
    """
    kept = inbox.Inbox(seconds=5, clock=clock)
    kept.came([7, 8])
    await clock.sleep(3)
    kept.came([9])
    kept.over(7)
    assert kept.first() == 8
    await clock.sleep(2)
    assert kept.first() == 9
    kept.over(9)
    assert kept.first() is None


async def test_a_command_that_takes_long_keeps_nobody_waiting(fake: TelegramFake, opens: Opens) -> None:
    """After a moment what came is confirmed though it is still at work, and the next person is heard."""
    desk = Busy()
    app = opens(desk, confirm_seconds=SHORT)
    await app.start()
    fake.type(FIRST, "/slow")
    await until(fake, lambda: desk.asked)
    fake.type(SECOND, "/quick")
    await fake.wait_sent(SECOND)
    assert fake.sent(FIRST) == []
    desk.let_go.set()
    await fake.wait_sent(FIRST)
    await app.stop()


@pytest.mark.parametrize("seconds", [LONG, SHORT])
async def test_a_webhook_is_answered_when_the_update_is_handled(
    fake: TelegramFake, opens: Opens, seconds: float
) -> None:
    """Telegram calls again where it got no answer, so it gets one when the update is handled, or after a moment."""
    desk = Busy()
    app = opens(desk, confirm_seconds=seconds, webhook=Webhook(url=f"{fake.url}/hook", secret="s3cret"))
    await app.start()
    fake.type(FIRST, "/slow")
    answering = asyncio.create_task(app.handle_webhook(SECRET, fake.world.updates[-1]))
    await until(fake, lambda: desk.asked)
    if seconds == SHORT:
        assert await answering == 200
    assert answering.done() is (seconds == SHORT)
    desk.let_go.set()
    assert await answering == 200
    await app.stop()


@pytest.mark.parametrize("hook", [False, True])
async def test_an_update_that_cannot_be_read_stops_no_other(
    fake: TelegramFake, opens: Opens, caplog: pytest.LogCaptureFixture, hook: bool
) -> None:
    """An update in a form that the library does not know is passed over and said, without what is in it; what was
    written after it is answered.
    """
    desk = Busy()
    there = Webhook(url=f"{fake.url}/hook", secret="s3cret") if hook else None
    app = opens(desk, webhook=there)
    await app.start()
    fake.world.push({"message": {"text": "private words"}})
    fake.world.push({"callback_query": "private words"})
    fake.world.push({"a_kind_of_next_year": {"text": "private words"}})
    fake.type(FIRST, "/quick")
    if hook:
        updates = list(fake.world.updates)
        assert [await app.handle_webhook(SECRET, update) for update in updates] == [200] * 4
    await fake.wait_sent(FIRST)
    await app.stop()
    assert caplog.text.count("an update cannot be read") == 2
    assert "private words" not in caplog.text


async def test_a_call_that_is_no_update_is_refused(opens: Opens, fake: TelegramFake) -> None:
    """Without a number it is not Telegram's."""
    app = opens(Busy(), webhook=Webhook(url=f"{fake.url}/hook", secret="s3cret"))
    await app.start()
    given: list[Any] = [[], None, {}, {"update_id": "1"}]
    assert [await app.handle_webhook(SECRET, each) for each in given] == [400] * 4
    await app.stop()
