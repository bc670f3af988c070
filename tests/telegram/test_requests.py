"""How requests leave, and what a connection that fails means."""

import asyncio
from types import SimpleNamespace
from typing import Any

import aiohttp
import httpx
import pytest
from aiohttp import web
from telegram.error import NetworkError, TimedOut

from adapters.chat.message import Button, Buttons
from adapters.chat.pace import Pace, Place
from adapters.chat.ports import Address, Later, Reply, Sent, Unknown
from adapters.telegram.app import TelegramApp
from adapters.telegram.errors import TelegramProblem
from adapters.telegram.outcomes import outcome
from adapters.telegram.send import TelegramPost
from tests.fakes.clock import Clock
from tests.fakes.patience import PATIENCE
from tests.fakes.telegram import TelegramFake
from tests.telegram.conftest import Desk, said

HERE = Address(platform="telegram", bot="7000001", chat="42")


async def send(app: TelegramApp) -> object:
    return await app.post.send(HERE, app.post.parts(said("خبر"))[0], ahead=True)


@pytest.mark.parametrize("how", ["lose", "drop"])
async def test_a_broken_connection_says_nothing_of_the_message(
    fake: TelegramFake, app: TelegramApp, how: str
) -> None:
    """Once a request has left, a connection that breaks leaves it open whether the message arrived, on a new
    connection as on one that served before: `hold` must be able to park it.
    """
    fake.add_chat(42)
    fake.fail_next("sendMessage", how)
    assert isinstance(await send(app), Unknown)
    assert isinstance(await send(app), Sent)
    fake.fail_next("sendMessage", how)
    assert isinstance(await send(app), Unknown)


async def test_what_never_left_is_sent_later(fake: TelegramFake, app: TelegramApp) -> None:
    """Where nobody answers at the address, nothing was sent: it goes later, whatever is set for doubtful sends."""
    fake.add_chat(42)
    assert isinstance(await send(app), Sent)
    await fake.__aexit__()
    await send(app)  # the connection that was kept is found dead first
    result = await send(app)
    assert isinstance(result, Later)
    assert result.whole_bot


@pytest.mark.parametrize("edited", [False, True])
async def test_a_send_asks_when_its_turn_has_come(fake: TelegramFake, app: TelegramApp, edited: bool) -> None:
    """Whether the process may still send is asked after the wait for the pace and not before it: who slept in that
    wait, and was taken for dead, sends nothing of what is a peer's now.
    """
    fake.add_chat(42)
    sent = await send(app)
    assert isinstance(sent, Sent)
    before, asked = app.post._clock(), asyncio.Event()

    async def never() -> None:
        asked.set()
        await asyncio.Event().wait()

    payload = app.post.parts(said("خبر آخر"))[0]
    sending = asyncio.create_task(
        app.post.edit(HERE, sent.message, payload, sure=never)
        if edited
        else app.post.send(HERE, payload, sure=never)
    )
    await asyncio.wait_for(asked.wait(), 20)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    assert app.post._clock() > before + 0.9
    assert [(message.text, message.edits) for message in fake.sent(42)] == [("خبر", 0)]
    assert isinstance(await send(app), Sent)  # the place in the pace is free again


@pytest.mark.parametrize(
    ("cause", "left"),
    [
        (aiohttp.ConnectionTimeoutError(), False),
        (aiohttp.SocketTimeoutError(), True),
        (aiohttp.ServerDisconnectedError(), True),
        (aiohttp.ClientOSError(), True),
    ],
)
def test_what_had_left_is_told_from_what_had_not(cause: aiohttp.ClientError, left: bool) -> None:
    """A connection that never came about carried nothing; of everything that broke later nobody knows."""
    error = NetworkError("x")
    error.__cause__ = httpx.ConnectTimeout("x")
    error.__cause__.__cause__ = cause
    assert isinstance(outcome(error), Unknown if left else Later)


@pytest.mark.parametrize(
    ("how", "kept"),
    [
        ("gateway 301", True),
        ("gateway 400", True),
        ("gateway 401", True),
        ("gateway 403", True),
        ("gateway 404", True),
        ("gateway 429", True),
        ("gateway 500", False),
        ("gateway 502", False),
        ("gateway 504", False),
        ("gateway 200", False),
        ("cut", False),
    ],
)
async def test_what_is_not_by_telegram_is_not_its_word(
    fake: TelegramFake, app: TelegramApp, caplog: pytest.LogCaptureFixture, how: str, kept: bool
) -> None:
    """A page of a gateway says nothing of the chat: nobody is paused, no message is given up. Where the gateway refused
    the request it goes later; where the gateway failed, or the answer is cut short, nobody knows. The page shows
    our address, and is not logged or kept.
    """
    fake.add_chat(42)
    fake.fail_next("sendMessage", how)
    result = await send(app)
    assert isinstance(result, Later if kept else Unknown)
    assert fake.token not in f"{result} {caplog.text}"
    assert "Traceback" not in caplog.text
    assert len(fake.sent(42)) == (how == "cut")
    if isinstance(result, Later):
        assert result.whole_bot


@pytest.mark.parametrize("how", ["gateway 404", "cut", "401"])
async def test_polling_goes_on_whatever_was_answered(
    fake: TelegramFake, app: TelegramApp, desk: Desk, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    """What is typed while a gateway answers in Telegram's place, or Telegram refuses the token it took before, is heard
    when it answers as it should.
    """
    fake.add_chat(42)
    fake.fail_next("getUpdates", how)
    fake.type(42, "/brief")
    await fake.wait_sent(42)
    assert [request.text for request in desk.asked] == ["brief"]
    assert fake.token not in caplog.text


async def test_after_a_429_the_bot_rests(fake: TelegramFake, app: TelegramApp, clock: Clock) -> None:
    """What is sent before the wait is over, to whatever chat, leaves after it."""
    fake.add_chat(42)
    fake.add_chat(43)
    fake.fail_next("sendMessage", "429")
    assert isinstance(await send(app), Later)
    before = clock.now
    there = Address(platform="telegram", bot="7000001", chat="43")
    assert isinstance(await app.post.send(there, app.post.parts(said("x"))[0]), Sent)
    assert clock.now - before >= 3.0


async def test_a_place_in_the_pace_is_taken_until_the_answer(clock: Clock) -> None:
    """The pace is told of an answer when it has come, or when the call broke, and not when it left."""
    pace, open_while_sent = Pace(), list[bool]()
    taken: list[Place] = []
    take = pace.take

    def noted(*given: Any, **more: Any) -> Any:
        found = take(*given, **more)
        taken.append(found[1])
        return found

    async def send_message(**_: Any) -> None:
        open_while_sent.append(taken[-1].answered is None)
        raise TimedOut

    pace.take = noted  # type: ignore[method-assign]
    bot: Any = SimpleNamespace(send_message=send_message, username="k")
    post = TelegramPost(bot, pace=pace, clock=clock, sleep=clock.sleep)
    assert isinstance(await post.send(HERE, post.parts(said("x"))[0]), Unknown)
    assert open_while_sent == [True]
    assert taken[-1].answered == clock.now


async def test_a_press_is_answered_after_the_wait_that_telegram_asks_for(
    fake: TelegramFake, app: TelegramApp, desk: Desk, clock: Clock
) -> None:
    """What takes the place of a message is shown after a 429 too; a press does not go unheard."""
    fake.add_chat(42)
    key = Button(label="x", action="more")
    desk.replies["start"] = Reply(messages=(said("before", Buttons(rows=((key,),))),))
    desk.replies["more"] = Reply(messages=(said("after"),), replace=True)
    fake.type(42, "/start")
    [sent] = await fake.wait_sent(42)
    fake.fail_next("editMessageText", "429")
    fake.press(sent, sent.buttons[0])
    await fake.wait_until(lambda: fake.sent(42)[0].edits)
    assert fake.sent(42)[0].text == "after"


@pytest.mark.parametrize("how", ["drop", "429", "500", "cut", "gateway 404"])
async def test_a_bot_that_could_not_be_reached_is_started_again(
    fake: TelegramFake, desk: Desk, clock: Clock, how: str
) -> None:
    """Whatever Telegram or a gateway answers but a refusal of the token, nothing is wrong with the token. What was
    closed after a failed start opens anew: the same bot sends once its platform answers.
    """
    app = TelegramApp(fake.token, desk, api_url=fake.url, clock=clock, sleep=clock.sleep)
    fake.fail_next("getMe", how)
    with pytest.raises(TelegramProblem) as problem:
        await app.prepare()
    assert problem.value.key == "telegram.unreachable"
    await app.prepare()
    fake.add_chat(42)
    assert isinstance(await send(app), Sent)
    await app.stop()


async def test_the_systems_proxy_is_used(
    fake: TelegramFake, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system names a proxy, requests go through it, as for every other program."""
    asked: list[str] = []

    async def pass_on(request: web.Request) -> web.Response:
        asked.append(str(request.url))
        bot = {"id": 7000001, "is_bot": True, "first_name": "ك", "username": "k_bot"}
        return web.json_response({"ok": True, "result": bot})

    proxy = web.Application()
    proxy.router.add_route("*", "/{tail:.*}", pass_on)
    runner = web.AppRunner(proxy)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{runner.addresses[0][1]}")
    app = TelegramApp(fake.token, desk, api_url="http://api.invalid", clock=clock, sleep=clock.sleep)
    await app.prepare()
    await app.stop()
    await runner.cleanup()
    assert f"http://api.invalid/bot{fake.token}/getMe" in asked


@pytest.mark.parametrize("how", ["away", "drop"])
async def test_who_is_not_reached_is_asked_for_updates_after_a_pause(
    fake: TelegramFake, app: TelegramApp, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    """While Telegram is away, or breaks every connection, asking for updates is no time-out, after which it would be
    done again at once: it is a failure, with a pause that grows, and said.
    """
    await fake.wait_until(lambda: "getUpdates" in {method for method, _ in fake.calls})
    if how == "away":
        await fake.__aexit__()
    else:
        fake.fail_next("getUpdates", "drop")
        fake.fail_next("getUpdates", "drop")
    async with asyncio.timeout(PATIENCE):
        while "polling failed: NetworkError" not in caplog.text:
            await fake.breathe()
