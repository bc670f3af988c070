"""Many workspaces: installed through OAuth, each spoken to with its own token, forgotten when uninstalled."""

import html
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_sdk.oauth.installation_store.file import FileInstallationStore
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.chat.ports import Address, Gone, Sent
from adapters.slack.app import SlackApp
from adapters.slack.installations import stores
from adapters.slack.oauth import SCOPES, STATE_SECONDS, MemoryStates
from tests.fakes.slack import SlackFake
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.people import CHANNEL, PERSON
from tests.fakes.slack.world import Channel, Team
from tests.slack.conftest import Desk, Starts, said

# slack_sdk itself still calls what aiohttp 4 will drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

OTHER = "T0OTHER"


@dataclass(frozen=True, kw_only=True)
class Kept:
    installations: Any
    states: Any


@pytest.fixture(params=["sql", "file"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path, fake: SlackFake) -> AsyncIterator[Kept]:
    """The stores in a database, and other stores of the same protocol."""
    if request.param == "file":
        logger = logging.getLogger("tests.slack")
        yield Kept(installations=FileInstallationStore(base_dir=str(tmp_path), logger=logger), states=None)
        return
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/slack.db")
    sql = Kept(**dict(zip(("installations", "states"), stores(engine, fake.client_id), strict=True)))
    await sql.installations.create_tables()
    await sql.states.create_tables()
    yield sql
    await engine.dispose()


@pytest.fixture
async def app(start: Starts, fake: SlackFake, kept: Kept) -> SlackApp:
    fake.world.teams[OTHER] = Team(id=OTHER, token="xoxb-2-other", bot_user="U0OTHERBOT")
    fake.world.channels["C0OTHER"] = Channel(id="C0OTHER", name="other")
    app = await start(
        bot_token=None,
        app_token=None,
        signing_secret=fake.signing_secret,
        client_id=fake.client_id,
        client_secret=fake.client_secret,
        installations=kept.installations,
        states=kept.states,
    )
    fake.http = app.handle_http
    return app


async def install(app: SlackApp, fake: SlackFake, team: str) -> int:
    """What a person's browser does: the install page, Slack's consent, and back."""
    fake.codes["code-1"] = team
    _, headers, page = await app.handle_http("GET", "/slack/install", {"Host": "example.com"}, b"")
    found = re.search(r'href="(https://slack\.com/oauth[^"]+)"', page.decode())
    assert found
    asked = parse_qs(urlsplit(html.unescape(found.group(1))).query)
    assert set(asked["scope"][0].split(",")) == set(SCOPES)
    state = asked["state"][0]
    cookie = headers["set-cookie"].split(";")[0]
    back = f"/slack/oauth_redirect?code=code-1&state={state}"
    status, _, _ = await app.handle_http("GET", back, {"Cookie": cookie, "Host": "example.com"}, b"")
    return status


async def test_installing_gives_the_workspace_its_token(app: SlackApp, fake: SlackFake) -> None:
    """After OAuth we may post there with that workspace's token; before, the workspace is unknown."""
    address = Address(platform="slack", bot=OTHER, chat="C0OTHER")
    [payload] = app.post.parts(said("hello"))
    assert await app.post.send(address, payload) == Gone(cause="app_not_installed")
    assert await install(app, fake, OTHER) == 200
    assert isinstance(await app.post.send(address, payload), Sent)


async def test_a_state_that_we_did_not_give_is_refused(app: SlackApp, fake: SlackFake) -> None:
    """A callback with a foreign state installs nothing."""
    fake.codes["code-1"] = OTHER
    back = "/slack/oauth_redirect?code=code-1&state=forged"
    status, _, _ = await app.handle_http("GET", back, {"Cookie": "slack-app-oauth-state=forged"}, b"")
    assert status >= 400
    address = Address(platform="slack", bot=OTHER, chat="C0OTHER")
    assert await app.post.send(address, app.post.parts(said("x"))[0]) == Gone(cause="app_not_installed")


async def test_commands_of_an_installed_workspace(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A command from an installed workspace is answered with its token."""
    await install(app, fake, "T0NEWS")
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await fake.answers(1)
    assert desk.asked[0].address.bot == "T0NEWS"


async def test_uninstalling_forgets_the_token(app: SlackApp, fake: SlackFake, desk: Desk, kept: Kept) -> None:
    """`app_uninstalled` takes the tokens from the store and tells the application."""
    await install(app, fake, OTHER)
    await fake.event({"type": "app_uninstalled"}, team=OTHER)
    await app.stop()
    changes = [(c.kind, c.address.bot, c.address.chat) for c in desk.changes]
    assert changes == [("installed", OTHER, ""), ("uninstalled", OTHER, "")]
    assert await kept.installations.async_find_bot(enterprise_id=None, team_id=OTHER) is None


async def test_states_are_good_once_and_for_a_while() -> None:
    """A state is consumed by its first use, and dies of age."""
    clock = Clock()
    states = MemoryStates(clock)
    first, second = await states.async_issue(), await states.async_issue()
    assert await states.async_consume(first)
    assert not await states.async_consume(first)
    clock.now += STATE_SECONDS + 1
    assert not await states.async_consume(second)
