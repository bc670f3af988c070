"""The Socket Mode connection: every envelope acknowledged, redeliveries answered once, lost sockets replaced."""

import asyncio
import logging

import pytest

from adapters.slack.app import SlackApp
from adapters.slack.errors import SlackError
from tests.fakes.slack import SlackFake
from tests.fakes.slack.people import CHANNEL, PERSON
from tests.slack.conftest import Desk, Starts


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("events_api", {"type": "event_callback", "event": {"type": "emoji_changed"}, "event_id": "Ev1"}),
        ("events_api", {"type": "event_callback", "event": {"type": "reaction_added", "user": PERSON}}),
        ("interactive", {"type": "view_submission", "view": {"type": "modal", "callback_id": "x"}}),
        ("interactive", {"type": "view_closed", "view": {"type": "modal", "callback_id": "x"}}),
        ("interactive", {"type": "shortcut", "callback_id": "x"}),
        ("interactive", {"type": "something_new"}),
    ],
)
async def test_what_we_do_not_know_is_acknowledged(
    app: SlackApp, fake: SlackFake, desk: Desk, kind: str, body: dict[str, object]
) -> None:
    """Slack redelivers what is not acknowledged: everything is, also what we have no use for."""
    user = {"id": PERSON, "team_id": "T0NEWS"}
    envelope = await fake.deliver(kind, {"team": {"id": "T0NEWS"}, "team_id": "T0NEWS", "user": user, **body})
    assert envelope.acked.is_set()
    assert envelope.attempts == 1
    assert desk.asked == []


async def test_a_redelivered_event_is_answered_once(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """An acknowledgement that got lost makes Slack send the event again; the person gets one answer."""
    fake.sockets.ack_seconds = 0.1
    fake.sockets.lose_acks = 2
    await fake.mention(CHANNEL, PERSON, "brief")
    [envelope] = fake.sockets.envelopes.values()
    assert (envelope.attempts, len(fake.sockets.missed)) == (3, 2)
    assert len(await fake.answers(1)) == 1
    await fake.mention(CHANNEL, PERSON, "latest")
    assert [m.text for m in await fake.answers(2)] == ["about brief", "about latest"]


async def test_slack_asks_to_connect_anew(app: SlackApp, fake: SlackFake) -> None:
    """After a `disconnect` message the app connects again, and goes on answering."""
    await fake.sockets.refresh()
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await fake.answers(1)
    assert fake.sockets.connections == 2


async def test_a_socket_that_breaks_is_replaced(app: SlackApp, fake: SlackFake) -> None:
    """A connection closed from the other side is opened again."""
    await fake.sockets.drop()
    await fake.sockets.connected(2)
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await fake.answers(1)
    assert await app.connected()


async def test_wrong_tokens_are_told(start: Starts, fake: SlackFake) -> None:
    """A token that Slack refuses stops the start with a key for the operator, and is not in the error."""
    with pytest.raises(SlackError) as bot:
        await start(bot_token="xoxb-1-wrong")
    with pytest.raises(SlackError) as app:
        await start(app_token="xapp-1-wrong")
    assert (bot.value.key, bot.value.cause) == ("slack.token_refused", "invalid_auth")
    assert (app.value.key, app.value.cause) == ("slack.app_token_refused", "invalid_auth")
    assert "wrong" not in f"{bot.value} {app.value}"


async def test_no_token_at_all_is_told(start: Starts) -> None:
    """Neither a bot token nor installations: the error says what is missing."""
    with pytest.raises(SlackError, match=r"slack\.token_missing"):
        await start(bot_token=None)


async def test_slack_that_cannot_be_reached_does_not_stop_the_start(
    start: Starts, fake: SlackFake, desk: Desk
) -> None:
    """Without an answer from Slack the service starts, and goes on trying until it is connected and knows
    its workspace; then the application is told.
    """
    fake.fail_next("auth.test", drop="before")
    fake.fail_next("auth.test", status=502)
    fake.fail_next("apps.connections.open", body="<html>")
    app = await start()
    await fake.until(lambda: [method for method, _ in fake.calls].count("auth.test") >= 3)
    assert await app.connected()
    await app.stop()
    assert (app.bot, [change.kind for change in desk.changes]) == ("T0NEWS", ["installed"])


@pytest.mark.parametrize("body", ['{"ok": true}', '{"ok": true, "team_id": ' + "9" * 5000 + "}"])
async def test_what_says_ok_and_is_not_slack_does_not_stop_the_start(
    start: Starts, fake: SlackFake, desk: Desk, body: str
) -> None:
    """An answer that names no workspace or socket, or cannot be read, is no answer: no workspace is called `None`."""
    fake.fail_next("auth.test", body=body)
    fake.fail_next("apps.connections.open", body=body)
    app = await start()
    await fake.until(lambda: [method for method, _ in fake.calls].count("auth.test") >= 2)
    assert await app.connected()
    await app.stop()
    assert (app.bot, [change.kind for change in desk.changes]) == ("T0NEWS", ["installed"])


async def test_no_token_in_the_log(start: Starts, fake: SlackFake, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong, neither tokens nor tickets nor secrets are written to the log."""
    caplog.set_level(logging.DEBUG)
    app = await start(signing_secret=fake.signing_secret)
    await fake.sockets.drop()
    await fake.sockets.connected(2)
    fake.world.teams["T0NEWS"].revoked = True
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await app.handle_http("POST", "/slack/events", {"X-Slack-Signature": "v0=00"}, b"{}")
    await app.stop()
    assert caplog.text
    for secret in (fake.bot_token, fake.app_token, fake.signing_secret, "ticket=ticket"):
        assert secret not in caplog.text


async def test_stopping_finishes_what_is_under_way(start: Starts, fake: SlackFake) -> None:
    """An answer that is being prepared when the service stops is still sent."""
    app = await start()
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await app.stop()
    assert [message.text for message in fake.sent()] == ["about brief"]


async def test_a_failing_application_is_logged_and_the_app_goes_on(
    start: Starts, fake: SlackFake, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """An exception in the application costs one answer, not the connection."""
    desk.failing.add("boom")
    await start()
    await fake.slash(CHANNEL, PERSON, "/kawalis boom")
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    assert [message.text for message in await fake.answers(1)] == ["about brief"]
    assert "could not be answered" in caplog.text


async def test_a_revoked_token_is_told_to_who_asks(start: Starts, fake: SlackFake) -> None:
    """Whoever commands us after our token was revoked reads so; the envelope is acknowledged with these words."""
    await start(not_installed="not installed here")
    fake.world.teams["T0NEWS"].revoked = True
    envelope = await fake.slash(CHANNEL, PERSON, "/kawalis brief", response_url=False)
    assert envelope.acked.is_set()
    assert envelope.answer == {"text": "not installed here"}
    event = await fake.event(
        {"type": "app_mention", "user": PERSON, "text": "x", "ts": "1.1", "channel": CHANNEL}
    )
    assert event.acked.is_set()
    assert fake.sockets.strange_answers == []


async def test_what_could_not_be_looked_at_comes_again(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """Where Slack does not say whose token we have, an event is not acknowledged, comes again, and is answered."""
    fake.sockets.ack_seconds = 0.5
    fake.fail_next("auth.test", drop="before")
    await fake.mention(CHANNEL, PERSON, "brief")
    await fake.answers(1)
    [envelope] = fake.sockets.envelopes.values()
    assert (envelope.attempts, envelope.acked.is_set()) == (2, True)
    assert [request.text for request in desk.asked] == ["brief"]


async def test_an_acknowledgement_that_a_broken_socket_swallowed(
    app: SlackApp, fake: SlackFake, desk: Desk
) -> None:
    """The socket breaks with an envelope under way: Slack sends it again on the new one, and it is answered once."""
    fake.sockets.ack_seconds = 0.5
    fake.sockets.lose_acks = 1
    sending = asyncio.create_task(fake.mention(CHANNEL, PERSON, "brief"))
    await fake.answers(1)
    await fake.sockets.drop()
    await fake.sockets.connected(2)
    await sending
    [envelope] = fake.sockets.envelopes.values()
    assert envelope.acked.is_set()
    assert [request.text for request in desk.asked] == ["brief"]
