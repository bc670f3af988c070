"""Signed HTTP: the same conversations, and nothing that Slack did not sign."""

import json
import time

import pytest

from adapters.slack.app import SlackApp
from tests.fakes.slack import SlackFake
from tests.fakes.slack.people import CHANNEL, PERSON
from tests.fakes.slack.signing import signed
from tests.slack.conftest import Desk, Starts


@pytest.fixture
async def app(start: Starts, fake: SlackFake) -> SlackApp:
    app = await start(app_token=None, signing_secret=fake.signing_secret)
    fake.http = app.handle_http
    return app


async def test_commands_events_and_buttons(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """Slash commands, mentions and buttons arrive signed, are answered 200 at once, and handled."""
    status, _, body = await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await fake.answers(1)
    await fake.mention(CHANNEL, PERSON, "latest")
    await fake.answers(2)
    assert (status, body) == (200, b"")
    assert [request.text for request in desk.asked] == ["brief", "latest"]


async def test_unsigned_and_badly_signed_requests_are_refused(
    app: SlackApp, fake: SlackFake, desk: Desk
) -> None:
    """No signature, a wrong one, another secret's, or one five minutes old: 401, and nothing happens."""
    body = b"command=/kawalis&text=brief&team_id=T0NEWS&channel_id=C0NEWS&user_id=U0READER"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    old = signed(fake.signing_secret, body, at=time.time() - 301)
    wrong = {**signed(fake.signing_secret, body), "X-Slack-Signature": "v0=" + "0" * 64}
    for headers in ({}, wrong, old, signed("another secret", body), signed(fake.signing_secret, b"other")):
        status, _, _ = await app.handle_http("POST", "/slack/events", {**form, **headers}, body)
        assert status == 401
    assert desk.asked == []


async def test_without_a_signing_secret_nothing_is_taken(start: Starts, fake: SlackFake) -> None:
    """An empty secret would let anyone sign: without one there is no HTTP."""
    app = await start(signing_secret=None)
    status, _, _ = await app.handle_http("POST", "/slack/events", signed("", b"{}"), b"{}")
    assert status == 404


async def test_the_address_is_verified(app: SlackApp, fake: SlackFake) -> None:
    """Slack's challenge to a new address is answered with the challenge."""
    raw = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}).encode()
    headers = {"Content-Type": "application/json", **signed(fake.signing_secret, raw)}
    status, _, body = await app.handle_http("POST", "/slack/events", headers, raw)
    assert status == 200
    assert b"abc" in body


async def test_unknown_things_are_acknowledged(app: SlackApp, fake: SlackFake) -> None:
    """What we have no use for gets 200, or Slack would send it again; other paths are not ours."""
    status, _, _ = await fake.event({"type": "emoji_changed"}, subscribed=False)
    assert status == 200
    status, _, _ = await fake.deliver("interactive", {"type": "something_new", "team": {"id": "T0NEWS"}})
    assert status == 200
    assert (await app.handle_http("GET", "/slack/events", {}, b""))[0] == 404
    assert (await app.handle_http("POST", "/other", {}, b""))[0] == 404


async def test_a_redelivered_event_is_answered_once(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """The same event twice (Slack's retry after a slow answer) is one request."""
    event = {
        "type": "app_mention",
        "user": PERSON,
        "text": "<@U0KAWALIS> brief",
        "ts": "1.1",
        "channel": CHANNEL,
    }
    body = {"type": "event_callback", "team_id": "T0NEWS", "event": event, "event_id": "Ev77"}
    await fake.deliver("events_api", body)
    await fake.deliver("events_api", body)
    await app.stop()
    assert len(desk.asked) == 1


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1, 2]"),
        ("application/json", b"[" * 100_000),
        ("application/json", b"\xff\xfe{"),
        ("application/x-www-form-urlencoded", b"payload={"),
        ("application/x-www-form-urlencoded", b"payload=" + b"%5B" * 10_000),
        ("text/plain", b""),
    ],
)
@pytest.mark.parametrize(
    "marks",
    [{}, {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=0"},
     {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": "v0=٠"}],
)  # fmt: skip
async def test_nothing_of_a_stranger_is_read(
    app: SlackApp, desk: Desk, kind: str, body: bytes, marks: dict[str, str]
) -> None:
    """What Slack did not sign is refused before it is parsed, whatever it is: no stranger makes us fail."""
    status, _, _ = await app.handle_http("POST", "/slack/events", {"Content-Type": kind, **marks}, body)
    assert status == 401
    assert desk.asked == []
