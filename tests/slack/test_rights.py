"""Whether a post may be made in a channel for a person: what Slack says at this moment, and what is missing."""

import pytest

from adapters.chat.ports import NO_ANSWER, Address, Place
from adapters.slack.app import SlackApp
from adapters.slack.errors import SlackError
from tests.fakes.slack import SlackFake
from tests.fakes.slack.people import CHANNEL, PERSON, TEAM
from tests.slack.conftest import Starts

TARGET = Address(platform="slack", bot=TEAM, chat=CHANNEL)


@pytest.fixture
async def app(start: Starts) -> SlackApp:
    return await start(app_token=None)


async def test_a_member_of_the_channel_needs_no_other_right(app: SlackApp, fake: SlackFake) -> None:
    """Who edits is named by the application; neither a workspace admin nor the channel's creator is needed."""
    assert fake.world.people[PERSON]["is_admin"] is False
    assert fake.world.channels[CHANNEL].creator != PERSON
    assert await app.rights.refusal(TARGET, PERSON) is None
    fake.world.channels[CHANNEL].people.remove(PERSON)
    assert await app.rights.refusal(TARGET, PERSON) == "slack.person_not_in_channel"


async def test_members_are_looked_for_on_every_page(app: SlackApp, fake: SlackFake) -> None:
    """Slack gives at most 999 members at once; who stands on the third page is a member too, and who is found is
    not looked for further.
    """
    fake.world.channels[CHANNEL].people |= {f"U{number:05}" for number in range(2_500)}
    fake.world.channels[CHANNEL].people.add("UZLAST")
    assert await app.rights.refusal(TARGET, "UZLAST") is None
    assert await app.rights.refusal(TARGET, "U00001") is None
    assert [method for method, _ in fake.calls].count("conversations.members") == 4


async def test_what_was_mended_is_seen_at_once(app: SlackApp, fake: SlackFake) -> None:
    """The editor invites us and tries again: no answer is remembered."""
    fake.world.channels[CHANNEL].member = False
    assert await app.rights.refusal(TARGET, PERSON) == "slack.not_in_channel"
    fake.world.channels[CHANNEL].member = True
    assert await app.rights.refusal(TARGET, PERSON) is None
    fake.world.channels[CHANNEL].archived = True
    assert await app.rights.refusal(TARGET, PERSON) == "slack.archived"


async def test_a_private_channel_hides_from_whom_it_does_not_hold(app: SlackApp, fake: SlackFake) -> None:
    """A private channel without us cannot be seen at all; with us it is like any other."""
    fake.world.channels[CHANNEL].private, fake.world.channels[CHANNEL].member = True, False
    assert await app.rights.find(TARGET) is None
    assert await app.rights.refusal(TARGET, PERSON) == "broadcast.no_chat"
    fake.world.channels[CHANNEL].member = True
    assert await app.rights.find(TARGET) == Place(chat=CHANNEL, name="#news")
    assert await app.rights.refusal(TARGET, PERSON) is None


@pytest.mark.parametrize(
    ("failure", "key"),
    [({"error": "token_revoked"}, "slack.not_installed"), ({"error": "fetch_members_failed"}, NO_ANSWER),
     ({"status": 503}, NO_ANSWER), ({"error": "ratelimited", "status": 429}, NO_ANSWER),
     ({"body": ""}, NO_ANSWER)],
)  # fmt: skip
async def test_where_slack_does_not_say_nobody_lost_a_right(
    app: SlackApp, fake: SlackFake, failure: dict[str, str], key: str
) -> None:
    """An answer that was lost, late or refused is no word on rights; a revoked token is."""
    for method in ("conversations.info", "conversations.members"):
        fake.fail_next(method, **failure)  # type: ignore[arg-type]
        assert await app.rights.refusal(TARGET, PERSON) == key
    fake.fail_next("conversations.info", **failure)  # type: ignore[arg-type]
    with pytest.raises(SlackError) as raised:
        await app.rights.find(TARGET)
    assert raised.value.key == key


async def test_a_scope_that_is_not_granted_is_named_so(app: SlackApp, fake: SlackFake) -> None:
    """An app made from an older manifest is told to be made anew, and not that the channel is gone."""
    team = fake.world.teams[TEAM]
    team.scopes = tuple(scope for scope in team.scopes if scope != "channels:read")
    assert await app.rights.refusal(TARGET, PERSON) == "slack.scope_missing"
    assert fake.refused[-1][0] == "conversations.info"


async def test_a_workspace_that_we_are_not_in(app: SlackApp) -> None:
    """Another workspace's channel is no place of ours."""
    there = Address(platform="slack", bot="T9", chat="C1")
    assert await app.rights.refusal(there, PERSON) == "slack.not_installed"
