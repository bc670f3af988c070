"""The fake itself: it refuses what Slack refuses, or the other tests would prove nothing."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import SlackFake
from tests.fakes.slack import blocks as kit
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.parameters import fault, methods, table
from tests.fakes.slack.people import CHANNEL, PERSON


@pytest.fixture
def client(fake: SlackFake) -> AsyncWebClient:
    return AsyncWebClient(token=fake.bot_token, base_url=fake.api_url, retry_handlers=[])


async def refused(client: AsyncWebClient, method: str, **given: Any) -> str:
    with pytest.raises(SlackApiError) as error:
        await client.api_call(method, json=given)
    return str(error.value.response["error"])


SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}


@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("chat.postmessage", {"channel": CHANNEL, "text": "x"}, "unknown_method"),
        ("files.upload.v2", {}, "unknown_method"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x", "silent": True}, "invalid_arguments"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": CHANNEL, "text": 5}, "invalid_arguments"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x", "unfurl_links": "no"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": CHANNEL}, "no_text"),
        ("chat.postMessage", {"channel": CHANNEL, "blocks": [SECTION]}, "no_text"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x", "blocks": [SECTION] * 51}, "invalid_blocks"),
        ("chat.postMessage", {"channel": "C9", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x", "thread_ts": "9.9"}, "thread_not_found"),
        ("chat.update", {"channel": CHANNEL, "text": "x", "ts": "9.9"}, "message_not_found"),
        ("users.info", {"user": "U9"}, "user_not_found"),
        ("views.publish", {"user_id": PERSON, "view": {"type": "modal", "blocks": []}}, "invalid_arguments"),
    ],
)
async def test_refusals(client: AsyncWebClient, method: str, given: dict[str, Any], error: str) -> None:
    """Unknown methods and parameters, missing and mistyped ones, and bad content are refused as Slack does."""
    assert await refused(client, method, **given) == error


async def test_membership_and_tokens(client: AsyncWebClient, fake: SlackFake) -> None:
    """A channel without the bot, an archived one, a wrong, missing or revoked token: each its own error."""
    hello = {"channel": CHANNEL, "text": "x"}
    fake.world.channels[CHANNEL].member = False
    assert await refused(client, "chat.postMessage", **hello) == "not_in_channel"
    fake.world.channels[CHANNEL].archived = True
    assert await refused(client, "chat.postMessage", **hello) == "is_archived"
    fake.world.teams["T0NEWS"].revoked = True
    assert await refused(client, "chat.postMessage", **hello) == "token_revoked"
    client.token = "xoxb-wrong"
    assert await refused(client, "chat.postMessage", **hello) == "invalid_auth"
    client.token = None
    assert await refused(client, "chat.postMessage", **hello) == "not_authed"


async def test_one_message_a_second(client: AsyncWebClient, fake: SlackFake, clock: Clock) -> None:
    """A second message within a second is refused with HTTP 429 and `Retry-After`."""
    await client.chat_postMessage(channel=CHANNEL, text="one")
    with pytest.raises(SlackApiError) as error:
        await client.chat_postMessage(channel=CHANNEL, text="two")
    assert error.value.response.status_code == 429
    assert error.value.response.headers["Retry-After"] == "1"
    clock.now += 1
    await client.chat_postMessage(channel=CHANNEL, text="three")


def text(words: str, kind: str = "plain_text") -> dict[str, str]:
    return {"type": kind, "text": words}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": text("b"), "action_id": "a", **more}


BAD: list[dict[str, Any]] = [
    {"type": "paragraph"},
    {"type": "header", "text": text("x" * 151)},
    {"type": "header", "text": text("x", "mrkdwn")},
    {"type": "header", "text": text("")},
    {"type": "section", "text": text("x" * 3001, "mrkdwn")},
    {"type": "section", "text": text("a & b", "mrkdwn")},
    {"type": "section", "text": text("a < b", "mrkdwn")},
    {"type": "section"},
    {"type": "section", "text": text("x"), "colour": "red"},
    {"type": "context", "elements": []},
    {"type": "context", "elements": [text("x")] * 11},
    {"type": "actions", "elements": [button(action_id=str(n)) for n in range(26)]},
    {"type": "actions", "elements": [button(), button()]},
    {"type": "actions", "elements": [button(action_id="x" * 256)]},
    {"type": "actions", "elements": [button(text=text("x" * 76))]},
    {"type": "actions", "elements": [button(value="x" * 2001)]},
    {"type": "actions", "elements": [button(url="ftp://example.com")]},
    {"type": "actions", "elements": [button(style="green")]},
    {"type": "image", "alt_text": "x"},
    {"type": "image", "alt_text": "x", "slack_file": {"id": "F00000009"}},
    {"type": "image", "image_url": "https://example.com/a.png"},
    {"type": "rich_text", "elements": []},
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}],
    },
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{**text("x", "text"), "style": {"loud": True}}]}
        ],
    },
    {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "dash", "elements": []}]},
    {"type": "divider", "block_id": "x" * 256},
]


@pytest.mark.parametrize("block", BAD, ids=range(len(BAD)))
def test_bad_blocks(block: dict[str, Any]) -> None:
    """Each rule of Block Kit that we could break is one that the validator knows."""
    with pytest.raises(kit.BlocksError):
        kit.check([block])


def test_good_blocks() -> None:
    """What the reference allows is taken, with mentions and links in mrkdwn."""
    kit.check(
        [
            {"type": "header", "text": text("x" * 150)},
            {"type": "section", "text": text("*b* <https://example.com/?a=1&amp;b|l> <@U1> &lt;", "mrkdwn")},
            {"type": "actions", "elements": [button(), button(action_id="c", style="danger")]},
            {"type": "context", "elements": [text("x"), text("y", "mrkdwn")]},
        ]
    )


def test_tables_come_from_the_sdk() -> None:
    """Methods and parameters are the SDK's, so that a new release of it is followed by itself."""
    assert {"chat.postMessage", "views.publish", "files.getUploadURLExternal", "oauth.v2.access"} <= set(
        methods()
    )
    assert len(methods()) > 200
    assert table("chat.postMessage")["channel"] == (True, str)
    assert not table("chat.postMessage")["thread_ts"][0]
    assert fault("conversations.info", {"channel": "C1", "include_locale": "1"}, form=True) is None
    assert fault("conversations.info", {"channel": "C1", "include_locale": "maybe"}, form=True)


async def test_a_response_address_takes_five_answers(fake: SlackFake, app: object) -> None:
    """The sixth answer to one command is refused, as is a body with what Slack does not know."""
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    url = f"{fake.base}/response/{next(iter(fake._response_urls))}"
    async with aiohttp.ClientSession() as session:
        for _ in range(5):
            async with session.post(url, json={"text": "x"}) as answer:
                assert answer.status == 200
        async with session.post(url, json={"text": "x"}) as answer:
            assert answer.status == 404
