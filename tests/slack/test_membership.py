"""What happens to our place in channels and workspaces is told to the application."""

import time
from typing import Any

import pytest

from adapters.slack.app import SlackApp
from adapters.slack.incoming import Membership
from tests.fakes.slack import SlackFake
from tests.fakes.slack.people import CHANNEL, PERSON, TEAM
from tests.slack.conftest import Desk

BOT = "U0KAWALIS"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            {"type": "member_joined_channel", "user": BOT, "channel": CHANNEL, "inviter": PERSON},
            ("added", CHANNEL, PERSON, "", ""),
        ),
        (
            {"type": "channel_left", "channel": CHANNEL, "actor_id": PERSON},
            ("removed", CHANNEL, PERSON, "", ""),
        ),
        ({"type": "group_left", "channel": "G1"}, ("removed", "G1", "", "", "")),
        ({"type": "channel_archive", "channel": CHANNEL, "user": PERSON}, ("archived", CHANNEL, "", "", "")),
        (
            {"type": "channel_unarchive", "channel": CHANNEL, "user": PERSON},
            ("unarchived", CHANNEL, "", "", ""),
        ),
        ({"type": "channel_deleted", "channel": CHANNEL}, ("deleted", CHANNEL, "", "", "")),
        (
            {"type": "channel_rename", "channel": {"id": CHANNEL, "name": "akhbar", "created": 1}},
            ("renamed", CHANNEL, "", "akhbar", ""),
        ),
        (
            {"type": "channel_id_changed", "old_channel_id": CHANNEL, "new_channel_id": "C0NEW"},
            ("moved", CHANNEL, "", "", "C0NEW"),
        ),
        ({"type": "app_uninstalled"}, ("uninstalled", "", "", "", "")),
        ({"type": "tokens_revoked", "tokens": {"bot": [BOT]}}, ("uninstalled", "", "", "", "")),
    ],
)
async def test_changes(
    app: SlackApp, fake: SlackFake, desk: Desk, event: dict[str, Any], expected: tuple[str, ...]
) -> None:
    """Each event of ours becomes one change with its place."""
    await fake.event(event)
    await app.stop()
    [change] = desk.changes
    assert isinstance(change, Membership)
    assert change.address.bot == TEAM
    assert (change.kind, change.address.chat, change.by, change.name, change.to) == expected


@pytest.mark.parametrize(
    "event",
    [
        {"type": "member_joined_channel", "user": PERSON, "channel": CHANNEL},
        {"type": "tokens_revoked", "tokens": {"oauth": [PERSON]}},
    ],
)
async def test_other_peoples_changes_are_not_ours(
    app: SlackApp, fake: SlackFake, desk: Desk, event: dict[str, Any]
) -> None:
    """A person who joins, or takes back their own token, changes nothing for us."""
    await fake.event(event)
    await app.stop()
    assert desk.changes == []


async def test_an_uninstallation_before_the_token_was_found_good(
    app: SlackApp, fake: SlackFake, desk: Desk
) -> None:
    """With one token, too: what happened before Slack last said that it is good is over."""
    await fake.event({"type": "tokens_revoked", "tokens": {"bot": [BOT]}}, at=time.time() - 300)
    await app.stop()
    assert desk.changes == []
