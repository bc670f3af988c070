"""Slack in: commands, mentions, direct messages, buttons, App Home, over Socket Mode or signed HTTP."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.ports import Address, Ask
from adapters.slack.answering import Answering
from adapters.slack.client import REQUEST_SECONDS, make_client
from adapters.slack.connection import Connection
from adapters.slack.errors import SlackError
from adapters.slack.hearing import CONFIRM_SECONDS, Hearing, OnMembership, Working
from adapters.slack.incoming import Membership
from adapters.slack.oauth import INSTALL_PATH, REDIRECT_PATH, oauth_settings, unreached
from adapters.slack.outcomes import BROKEN, NONSENSE, UNREACHED_WAIT_SECONDS, is_passing, name_of
from adapters.slack.pages import InstallWords
from adapters.slack.people import People
from adapters.slack.rights import Rights
from adapters.slack.send import SlackPost
from adapters.slack.tokens import InstalledTokens, OneToken, Tokens

log = logging.getLogger(__name__)


class SlackApp:
    """One Slack app, in one workspace (`bot_token`) or many (`installations`, with OAuth where `client_id`
    is set). Socket Mode with `app_token`; signed HTTP with `signing_secret`, through `handle_http`.

    What a person does becomes a `Request` to `ask`; Slack has its acknowledgement when it is answered, or after
    `confirm_seconds`; `post` is the way out. `working` words what a person is shown whose answer takes longer than
    `patience_seconds`; `not_installed` is what people read where our token is no longer taken, `install_words` (by
    language) what they read in the browser after OAuth.
    `clock` (seconds, monotonic) and `sleep` are for tests.
    """

    platform = "slack"

    def __init__(
        self,
        ask: Ask,
        *,
        bot_token: str | None = None,
        app_token: str | None = None,
        signing_secret: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        api_url: str = "https://slack.com/api/",
        installations: AsyncInstallationStore | None = None,
        states: AsyncOAuthStateStore | None = None,
        on_membership: OnMembership | None = None,
        working: Working | None = None,
        not_installed: str | None = None,
        install_words: Mapping[str, InstallWords] | None = None,
        patience_seconds: float = 3.0,
        confirm_seconds: float = CONFIRM_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        ping_seconds: float = 10.0,
    ) -> None:
        self._signature = SignatureVerifier(signing_secret) if signing_secret else None
        self._installations = installations
        self._on_membership = on_membership
        self._sleep = sleep
        self._tokens: Tokens = _tokens(bot_token, installations)
        self._client = make_client(api_url, None if installations else bot_token)
        self.post = SlackPost(self._client, self._tokens, clock=clock, sleep=sleep)
        self._people = People(clock=clock)
        self.rights = Rights(self._people, self._tokens, self._client_with)
        answering = Answering(ask, self.post, self._open_session, sleep)
        self._hearing = Hearing(
            ask,
            answering,
            self._people,
            self._changed,
            working=working,
            patience=patience_seconds,
            confirm=confirm_seconds,
        )
        oauth = None
        if client_id and client_secret and installations:
            oauth = oauth_settings(
                client_id, client_secret, installations, states, self._installed, install_words or {}
            )
        self._bolt = _bolt(self._client, signing_secret, installations, oauth, not_installed)
        self._hearing.listen(self._bolt)
        self._connection: Connection | None = None
        if app_token:
            self._connection = Connection(
                self._bolt, app_token, self._client, self._client.logger, ping_seconds=ping_seconds
            )
        self._session: aiohttp.ClientSession | None = None
        self._learning: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Check the tokens and connect; returns when connected, or when Slack cannot be reached (we go on
        trying). Raises `SlackError` with `slack.token_refused` or `slack.app_token_refused`.
        """
        self._open_session()
        try:
            if not await self._check_token():
                self._learning = asyncio.create_task(self._learn_later())
            if self._connection:
                await self._connection.open()
        except SlackError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Take nothing more, finish what is under way (within ten seconds), close the connections."""
        if self._connection:
            await self._connection.close()
        if self._learning:
            self._learning.cancel()
            await asyncio.gather(self._learning, return_exceptions=True)
        await self._hearing.finish()
        session, self._session, self._client.session = self._session, None, None
        if session:
            await session.close()

    @property
    def bot(self) -> str:
        """The workspace's id, known once started (or, where Slack was not reached, once `on_membership` tells
        "installed"); empty where there are many workspaces.
        """
        return self._tokens.team or "" if isinstance(self._tokens, OneToken) else ""

    async def connected(self) -> bool:
        """Whether Slack can reach us over Socket Mode (for the health page)."""
        return self._connection is not None and await self._connection.connected()

    async def handle_http(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Answer a request to `/slack/…` (the path with its query) for the application's web server:
        status, headers, body. Unsigned or badly signed: 401. Not ours: 404.
        """
        place, _, query = path.partition("?")
        if method == "GET":
            return await self._visited(place, query, headers)
        if method != "POST" or not self._signature or not place.startswith("/slack/"):
            return 404, {}, b""
        text = body.decode("utf-8", "replace")
        if not self._is_signed(text, headers):  # before anything in it is read
            return 401, {}, b""
        request = AsyncBoltRequest(body=text, query=query, headers=dict(headers))
        answer = await self._bolt.async_dispatch(request)
        # What Bolt does not know is acknowledged too, or Slack would deliver it again and again.
        return (200, {}, b"") if answer.status == 404 else _http(answer)

    async def _visited(
        self, place: str, query: str, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        """The pages of the installation, where there is OAuth."""
        flow = self._bolt.oauth_flow
        request = AsyncBoltRequest(body="", query=query, headers=dict(headers))
        if flow and place == INSTALL_PATH:
            return _http(await flow.handle_installation(request))
        if not flow or place != REDIRECT_PATH:
            return 404, {}, b""
        try:
            return _http(await flow.handle_callback(request))
        except BROKEN as error:
            log.warning("Slack is not reached: %s", type(error).__name__)
            return _http(await flow.failure_handler(unreached(flow, request)))

    def _is_signed(self, body: str, headers: Mapping[str, str]) -> bool:
        try:
            return self._signature is not None and self._signature.is_valid_request(body, headers)
        except (TypeError, ValueError):  # a time that is no number, a signature that is no ASCII
            return False

    async def _changed(self, change: Membership) -> None:
        if change.kind == "uninstalled" and await self._is_over(change):
            log.info("an uninstallation is told of that is older than the installation")
            return
        if change.kind == "uninstalled" and self._installations:
            await self._installations.async_delete_all(enterprise_id=None, team_id=change.address.bot)
        if self._on_membership:
            await self._on_membership(change)

    async def _is_over(self, change: Membership) -> bool:
        """Slack tells again of what we did not acknowledge: meanwhile we may have been installed anew."""
        return 0 < change.at < int(await self._tokens.since(change.address.bot))

    def _installed(self, team: str) -> None:
        address = Address(platform="slack", bot=team, chat="")
        self._hearing.tell(Membership(address=address, kind="installed"))

    async def _check_token(self) -> bool:
        """Learn whose token it is. False where Slack could not be asked; a refused token raises."""
        if not isinstance(self._tokens, OneToken):
            return True
        try:
            answer = await self._client.auth_test()
        except SlackApiError as error:
            if is_passing(error):
                log.warning(
                    "Slack does not say whose token it is: %s", name_of(error) or "no answer of Slack's"
                )
                return False
            raise SlackError("slack.token_refused", cause=name_of(error)) from None
        except (*BROKEN, *NONSENSE) as error:
            log.warning("Slack is not reached: %s", type(error).__name__)
            return False
        if not answer.get("team_id"):
            log.warning("Slack does not say whose token it is: no answer of Slack's")
            return False
        self._tokens.found_good(str(answer["team_id"]), time.time())
        return True

    async def _learn_later(self) -> None:
        """Slack was not reached at the start: ask on until we know the workspace, and tell of it then."""
        try:
            while not await self._check_token():
                await self._sleep(UNREACHED_WAIT_SECONDS)
        except SlackError as error:
            log.error("Slack refuses our token: %s", error.cause)
        else:
            self._installed(self.bot)

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=REQUEST_SECONDS)
            self._session = self._client.session = aiohttp.ClientSession(timeout=timeout)
        return self._session

    def _client_with(self, token: str) -> AsyncWebClient:
        client = make_client(self._client.base_url, token)
        client.session = self._open_session()
        return client


def _bolt(
    client: AsyncWebClient,
    signing_secret: str | None,
    installations: AsyncInstallationStore | None,
    oauth: AsyncOAuthSettings | None,
    not_installed: str | None,
) -> AsyncApp:
    return AsyncApp(
        name="kawalis",
        logger=client.logger,
        client=client,
        signing_secret=signing_secret or "",
        installation_store=installations,
        installation_store_bot_only=True if installations else None,
        oauth_settings=oauth,
        process_before_response=True,
        user_facing_authorize_error_message=not_installed,
    )


def _tokens(bot_token: str | None, installations: AsyncInstallationStore | None) -> Tokens:
    if installations:
        return InstalledTokens(installations)
    if bot_token:
        return OneToken(bot_token)
    raise SlackError("slack.token_missing")


def _http(answer: BoltResponse) -> tuple[int, dict[str, str], bytes]:
    headers = {name: values[0] for name, values in answer.headers.items() if values}
    return answer.status, headers, (answer.body or "").encode("utf-8")
