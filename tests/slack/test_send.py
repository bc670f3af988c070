"""What becomes of a send: each answer of Slack, and each broken connection, as the outbox is told."""

import asyncio
import base64

import aiohttp
import pytest

from adapters.chat.message import Divider, File, Message, Paragraph, Picture, Text
from adapters.chat.ports import Address, Gone, Later, Refused, SendResult, Sent, Unknown
from adapters.slack import outcomes
from adapters.slack.app import SlackApp
from tests.fakes.slack import SlackFake
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.people import CHANNEL, PERSON, TEAM
from tests.fakes.slack.world import Channel
from tests.slack.conftest import Starts, said

TARGET = Address(platform="slack", bot=TEAM, chat=CHANNEL)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture
async def app(start: Starts) -> SlackApp:
    return await start(app_token=None)


async def send(app: SlackApp, text: str = "hello", target: Address = TARGET, **more: str) -> SendResult:
    return await app.post.send(target, app.post.parts(said(text))[0], **more)  # type: ignore[arg-type]


async def test_sent(app: SlackApp, fake: SlackFake) -> None:
    """An accepted message gives its `ts`; links are not unfurled, and text stands beside the blocks."""
    result = await send(app)
    [message] = fake.sent()
    assert result == Sent(message=message.ts)
    assert (message.sent["unfurl_links"], message.sent["unfurl_media"]) == (False, False)
    assert message.sent["text"] == "hello"
    assert message.blocks


async def test_threads(app: SlackApp, fake: SlackFake) -> None:
    """A thread of the address, else the message that is answered, is the thread."""
    first = await send(app)
    assert isinstance(first, Sent)
    await send(app, reply_to=first.message)
    thread = Address(platform="slack", bot=TEAM, chat=CHANNEL, thread=first.message)
    await send(app, target=thread)
    assert [m.thread_ts for m in fake.sent()] == [None, first.message, first.message]


async def test_an_answer_to_a_message_that_was_deleted(app: SlackApp, fake: SlackFake) -> None:
    """A denial whose message somebody deleted stands in the channel; the channel is not given up for it."""
    assert isinstance(await send(app, reply_to="9.9"), Sent)
    [message] = fake.sent()
    assert message.thread_ts is None
    thread = Address(platform="slack", bot=TEAM, chat=CHANNEL, thread="9.9")
    assert await send(app, target=thread) == Refused(cause="thread_not_found")
    assert len(fake.sent()) == 1


async def test_editing(app: SlackApp, fake: SlackFake) -> None:
    """An edit takes the place of the old content, however often; of a message that is no more it is refused."""
    first = await send(app)
    assert isinstance(first, Sent)
    [payload] = app.post.parts(said("corrected"))
    assert await app.post.edit(TARGET, first.message, payload) == first
    assert await app.post.edit(TARGET, first.message, payload) == first
    assert [m.text for m in fake.sent()] == ["corrected"]
    assert await app.post.edit(TARGET, "1.1", payload) == Refused(cause="message_not_found")


@pytest.mark.parametrize("what", ["message", "file", "edit"])
async def test_a_send_asks_when_its_turn_has_come(
    app: SlackApp, fake: SlackFake, clock: Clock, what: str
) -> None:
    """Whether the process may still send is asked after the wait for the pace: who slept in that wait, and was taken
    for dead, sends nothing of what is a peer's now.
    """
    first = await send(app)
    assert isinstance(first, Sent)
    before, asked = clock.now, asyncio.Event()

    async def never() -> None:
        asked.set()
        await asyncio.Event().wait()

    file = File(name="a.txt", content=b"text", caption=(Text(text="a file"),))
    message = Message(blocks=(file,), language="en") if what == "file" else said("another")
    [payload] = app.post.parts(message)
    call = app.post.edit(TARGET, first.message, payload, sure=never) if what == "edit" else None
    sending = asyncio.create_task(call or app.post.send(TARGET, payload, sure=never))
    await asyncio.wait_for(asked.wait(), 20)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    assert clock.now > before + 0.9
    assert [message.text for message in fake.sent()] == ["hello"]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("channel_not_found", Gone(cause="channel_not_found")),
        ("is_archived", Gone(cause="is_archived")),
        ("not_in_channel", Gone(cause="not_in_channel")),
        ("account_inactive", Gone(cause="account_inactive")),
        ("token_revoked", Gone(cause="token_revoked")),
        ("invalid_auth", Later(seconds=300, cause="invalid_auth")),
        ("service_unavailable", Later(seconds=30, cause="service_unavailable")),
        ("internal_error", Unknown(cause="internal_error")),
        ("fatal_error", Unknown(cause="fatal_error")),
        ("msg_too_long", Refused(cause="msg_too_long")),
        ("invalid_blocks", Refused(cause="invalid_blocks")),
        ("missing_scope", Refused(cause="missing_scope")),
        ("an_error_of_next_year", Refused(cause="an_error_of_next_year")),
    ],
)
async def test_refusals(app: SlackApp, fake: SlackFake, error: str, expected: SendResult) -> None:
    """Each error that Slack answers is the value that the outbox acts on, with its cause."""
    fake.fail_next("chat.postMessage", error)
    assert await send(app) == expected
    assert fake.sent() == []


async def test_rate_limit(app: SlackApp, fake: SlackFake) -> None:
    """429 becomes the wait that Slack asks for, of this channel alone."""
    fake.fail_next("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "17"})
    assert await send(app) == Later(seconds=17, whole_bot=False, cause="ratelimited")


async def test_after_a_rate_limit_the_channel_rests(app: SlackApp, fake: SlackFake, clock: Clock) -> None:
    """What is sent to the same channel before the wait is over, waits; another channel does not."""
    fake.world.channels["C0OTHER"] = Channel(id="C0OTHER", name="other")
    fake.fail_next("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "17"})
    await send(app)
    before = clock.now
    await send(app, target=Address(platform="slack", bot=TEAM, chat="C0OTHER"))
    assert clock.now == before
    await send(app)
    assert clock.now >= before + 17


async def test_one_message_a_second_in_a_channel(app: SlackApp, fake: SlackFake, clock: Clock) -> None:
    """Ten messages take nine seconds, and Slack need refuse none."""
    before = clock.now
    assert all([isinstance(await send(app, str(n)), Sent) for n in range(10)])
    assert 9 <= clock.now - before < 12
    assert fake.refused == []


async def test_lost_answer(app: SlackApp, fake: SlackFake) -> None:
    """A connection that breaks after the message went out: unknown, and it is not sent again by itself."""
    fake.fail_next("chat.postMessage", drop="after")
    assert isinstance(await send(app), Unknown)
    assert len(fake.sent()) == 1


async def test_broken_before(app: SlackApp, fake: SlackFake) -> None:
    """From here a broken connection looks the same whether the message went out or not: unknown."""
    fake.fail_next("chat.postMessage", drop="before")
    assert isinstance(await send(app), Unknown)
    assert fake.sent() == []


async def test_unreachable() -> None:
    """Where there was no connection at all, nothing was sent: later."""

    async def ask(_: object) -> None:
        raise AssertionError

    app = SlackApp(ask, bot_token="xoxb-1-fake", api_url="http://127.0.0.1:9/api/")  # type: ignore[arg-type]
    result = await send(app)
    await app.stop()
    assert isinstance(result, Later)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (500, Unknown),
        (502, Unknown),
        (504, Unknown),
        (503, Later),
        (200, Unknown),
        (302, Later),
        (403, Later),
        (404, Later),
    ],
)
async def test_errors_that_are_not_slacks(app: SlackApp, fake: SlackFake, status: int, kind: type) -> None:
    """A page of a gateway in place of an answer says nothing of the channel: unknown, or later where the gateway has
    not let the request through.
    """
    fake.fail_next("chat.postMessage", status=status)
    assert isinstance(await send(app), kind)


@pytest.mark.parametrize(
    "body",
    [
        b'{"ok": tr',
        b"",
        b"[]",
        b"{}",
        b"[" * 100_000,
        "خطأ".encode("cp1256"),
        b'{"ok": false, "error": "\\ud800"}',
    ],
)
async def test_an_answer_that_is_none_of_slacks(app: SlackApp, fake: SlackFake, body: bytes) -> None:
    """Half an answer, another form, another encoding: it tells nothing of what was done, and is not kept as a cause."""
    fake.fail_next("chat.postMessage", body=body)
    result = await send(app)
    assert isinstance(result, Unknown)
    assert result.cause.isascii()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("expired_url", "expired_url"),
        ('{"ok":false,"error":"used_url"}', "used_url"),
        ("<html>403</html>", ""),
        ("[1]", ""),
        ("[" * 100_000, ""),
        ("", ""),
    ],
)
def test_the_name_of_an_error_of_a_response_url(text: str, name: str) -> None:
    """It is Slack's word, bare or in JSON; a gateway's page is no name of an error."""
    assert outcomes.name_in(text) == name


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (TimeoutError(), Unknown),
        (aiohttp.ServerTimeoutError(), Unknown),
        (aiohttp.ServerDisconnectedError(), Unknown),
        (aiohttp.ClientOSError(), Unknown),
        (aiohttp.ConnectionTimeoutError(), Later),
    ],
)
def test_broken_connections(error: Exception, kind: type) -> None:
    """Only where no connection was made is it certain that nothing arrived."""
    assert isinstance(outcomes.broken(error), kind)
    assert isinstance(error, outcomes.BROKEN)


async def test_another_workspace(app: SlackApp) -> None:
    """With the token of one workspace, another is not spoken to."""
    elsewhere = Address(platform="slack", bot="T0OTHER", chat="C1")
    gone = Gone(cause="app_not_installed")
    assert await send(app, target=elsewhere) == gone
    file = File(name="kawalis.json", content=b"{}", caption=(Text(text="all"),))
    [payload] = app.post.parts(Message(blocks=(file,), language="en"))
    assert await app.post.send(elsewhere, payload) == gone
    assert await app.post.confide(elsewhere, PERSON, payload) == gone
    assert await app.post.publish_home("T0OTHER", PERSON, {}) == gone
    assert await app.post.open_modal("T0OTHER", "trigger", {}) == gone


def pictured() -> Message:
    caption = (Text(text="Coverage by day"),)
    words = Paragraph(line=(Text(text="A week of coverage"),))
    return Message(blocks=(words, Divider(), Picture(png=PNG, caption=caption, alt="Bars")), language="en")


async def test_picture(app: SlackApp, fake: SlackFake) -> None:
    """A picture is uploaded whole and shown in the message, with its caption and its words for the blind."""
    [payload] = app.post.parts(pictured())
    result = await app.post.send(TARGET, payload)
    [message] = fake.sent()
    image = message.blocks[-1]
    assert result == Sent(message=message.ts)
    assert fake.world.files[image["slack_file"]["id"]] == PNG
    assert (image["alt_text"], image["title"]["text"]) == ("Bars", "Coverage by day")


async def test_picture_that_slack_still_works_on(app: SlackApp, fake: SlackFake, clock: Clock) -> None:
    """An upload is not ready at once: Slack refuses the blocks, and they are tried again after a moment."""
    [payload] = app.post.parts(pictured())
    fake.fail_next("chat.postMessage", "invalid_blocks")
    fake.fail_next("chat.postMessage", "invalid_blocks")
    assert isinstance(await app.post.send(TARGET, payload), Sent)
    assert len(fake.sent()) == 1


async def test_picture_that_cannot_be_uploaded(app: SlackApp, fake: SlackFake) -> None:
    """When the upload fails nothing was shown yet, so the whole may be tried later."""
    [payload] = app.post.parts(pictured())
    fake.fail_next("files.getUploadURLExternal", drop="before")
    assert isinstance(await app.post.send(TARGET, payload), Later)
    fake.fail_next("files.getUploadURLExternal", "missing_scope")
    assert await app.post.send(TARGET, payload) == Refused(cause="missing_scope")
    assert fake.sent() == []
