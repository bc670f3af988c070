"""Many workspaces: installed through OAuth, each spoken to with its own token, forgotten when uninstalled."""

import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_sdk.oauth.installation_store.file import FileInstallationStore
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.chat.ports import Address, Gone, Sent
from adapters.slack.app import SlackApp
from adapters.slack.installations import stores
from adapters.slack.oauth import SCOPES, STATE_SECONDS, MemoryStates
from adapters.slack.pages import InstallWords
from tests.fakes.slack import SlackFake
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.people import CHANNEL, PERSON
from tests.fakes.slack.world import Channel, Team
from tests.slack.conftest import Desk, Starts, said

# slack_sdk itself still calls what aiohttp 4 will drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

OTHER = "T0OTHER"
WORDS = {
    code: InstallWords(
        done=f"{code} done", open=f"{code} open", failed=f"{code} failed ({{reason}})", again=f"{code} again"
    )
    for code in ("ar", "en")
}


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
        install_words=WORDS,
    )
    fake.http = app.handle_http
    return app


async def install(app: SlackApp, fake: SlackFake, team: str) -> int:
    return (await visited(app, fake, team))[0]


async def visited(
    app: SlackApp, fake: SlackFake, team: str, *, code: str | None = "code-1"
) -> tuple[int, str]:
    """What a person's browser does: the install page, Slack's consent (none without `code`), and back; what it shows
    then.
    """
    fake.codes["code-1"] = team
    status, headers, _ = await app.handle_http("GET", "/slack/install", {"Host": "example.com"}, b"")
    assert (status, headers["location"].partition("?")[0]) == (302, "https://slack.com/oauth/v2/authorize")
    asked = parse_qs(urlsplit(headers["location"]).query)
    assert set(asked["scope"][0].split(",")) == set(SCOPES)
    state = asked["state"][0]
    cookie = headers["set-cookie"].split(";")[0]
    given = f"code={code}" if code else "error=access_denied"
    back = f"/slack/oauth_redirect?{given}&state={state}"
    status, headers, page = await app.handle_http("GET", back, {"Cookie": cookie, "Host": "example.com"}, b"")
    assert headers["content-type"] == "text/html; charset=utf-8"
    return status, page.decode()


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


async def test_a_workspace_of_an_organisation(app: SlackApp, fake: SlackFake, desk: Desk, kept: Kept) -> None:
    """A workspace of an Enterprise Grid organisation is answered, posted to, shown its home, and forgotten whole when
    it uninstalls, as any other: it is its own id that names it.
    """
    if kept.states is None:
        pytest.skip(
            "slack_sdk's file store finds no workspace without its organisation; the product keeps none there"
        )
    fake.world.teams["T0NEWS"].enterprise = "E0ORG"
    assert await install(app, fake, "T0NEWS") == 200
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await fake.mention(CHANNEL, PERSON, "latest")
    assert [m.text for m in await fake.answers(2)] == ["about brief", "about latest"]
    await fake.open_home()
    await fake.until(lambda: fake.world.homes)
    address = Address(platform="slack", bot="T0NEWS", chat=CHANNEL)
    assert isinstance(await app.post.send(address, app.post.parts(said("digest"))[0]), Sent)
    await fake.event({"type": "app_uninstalled"})
    await app.stop()
    assert await app.post.send(address, app.post.parts(said("digest"))[0]) == Gone(cause="app_not_installed")
    store = kept.installations
    async with store.engine.connect() as connection:
        for table in (store.bots, store.installations):
            assert await connection.scalar(select(func.count()).select_from(table)) == 0


async def test_one_workspace_keeps_its_token_when_another_goes(
    app: SlackApp, fake: SlackFake, kept: Kept
) -> None:
    """Two workspaces with a channel of the same id (shared by both) are spoken to each with its own token."""
    await install(app, fake, "T0NEWS")
    await install(app, fake, OTHER)
    [payload] = app.post.parts(said("hello"))
    ours, theirs = (Address(platform="slack", bot=team, chat=CHANNEL) for team in ("T0NEWS", OTHER))
    await fake.event({"type": "app_uninstalled"}, team=OTHER)
    await app.stop()
    assert isinstance(await app.post.send(ours, payload), Sent)
    assert await app.post.send(theirs, payload) == Gone(cause="app_not_installed")


async def test_the_page_after_the_installation(app: SlackApp, fake: SlackFake) -> None:
    """It is read in both languages, the first of them leading, and opens the app in Slack."""
    status, page = await visited(app, fake, OTHER)
    assert status == 200
    assert '<html lang="ar" dir="rtl">' in page
    assert page.index("ar done") < page.index("en done")
    assert f'href="slack://app?team={OTHER}&amp;id=A0KAWALIS">ar open</a>' in page


@pytest.mark.parametrize(
    ("wrong", "status", "reason"),
    [("secret", 401, "invalid_code"), ("code", 401, "invalid_code"), ("cancelled", 200, "access_denied"),
     ("unreached", 503, "slack_unreachable"), ("script", 200, "&lt;script&gt;")],
)  # fmt: skip
async def test_an_installation_that_fails(
    app: SlackApp, fake: SlackFake, desk: Desk, wrong: str, status: int, reason: str
) -> None:
    """A wrong client secret, a code used twice, a person who says no, Slack that does not answer: the page says so and
    where to begin again, nothing is kept, and what stood in the address is shown as text.
    """
    if wrong == "secret":
        fake.client_secret = "another"
    if wrong == "unreached":
        fake.fail_next("oauth.v2.access", drop="before")
    if wrong == "script":
        path = "/slack/oauth_redirect?error=%3Cscript%3E"
        shown, _, raw = await app.handle_http("GET", path, {"Host": "example.com"}, b"")
        page = raw.decode()
    else:
        code = {"code": "used", "cancelled": None}.get(wrong, "code-1")
        shown, page = await visited(app, fake, OTHER, code=code)
    assert shown == status
    assert f"ar failed ({reason})" in page
    assert 'href="/slack/install">en again</a>' in page
    address = Address(platform="slack", bot=OTHER, chat="C0OTHER")
    assert await app.post.send(address, app.post.parts(said("x"))[0]) == Gone(cause="app_not_installed")
    assert desk.changes == []


async def test_an_old_word_of_an_uninstallation(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """Uninstalled and installed again: when Slack tells of the first once more, the new token is kept."""
    uninstalled = {"type": "app_uninstalled"}
    await install(app, fake, OTHER)
    await fake.event(uninstalled, team=OTHER, at=time.time() - 300)
    await app.stop()
    assert [change.kind for change in desk.changes] == ["installed"]
    address = Address(platform="slack", bot=OTHER, chat="C0OTHER")
    assert isinstance(await app.post.send(address, app.post.parts(said("hello"))[0]), Sent)


async def test_states_that_nobody_came_back_with_are_forgotten(app: SlackApp, kept: Kept) -> None:
    """Whoever opens the install page and goes leaves nothing behind for long."""
    if kept.states is None:
        pytest.skip("kept in memory, where they are few")
    table = kept.states.oauth_states
    for _ in range(3):
        await app.handle_http("GET", "/slack/install", {"Host": "example.com"}, b"")
    async with kept.states.engine.begin() as connection:
        assert await connection.scalar(select(func.count()).select_from(table)) == 3
        await connection.execute(
            update(table).values(expire_at=datetime(2024, 3, 28, tzinfo=UTC).replace(tzinfo=None))
        )
    await app.handle_http("GET", "/slack/install", {"Host": "example.com"}, b"")
    async with kept.states.engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(table)) == 1
