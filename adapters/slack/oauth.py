"""Installing in many workspaces: what OAuth asks for and where its state is kept."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from adapters.slack.pages import InstallWords, done_page, failed_page

SCOPES = (
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:read",
    "im:history",
    "im:read",
    "users:read",
)
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
STATE_SECONDS = 600
STATES = 10_000


class MemoryStates(AsyncOAuthStateStore):
    """OAuth states of the last minutes, each good once. Enough for one process that serves the web."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._issued: OrderedDict[str, float] = OrderedDict()

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        state = secrets.token_urlsafe(32)
        self._issued[state] = self._clock()
        while len(self._issued) > STATES:
            self._issued.popitem(last=False)
        return state

    async def async_consume(self, state: str) -> bool:
        at = self._issued.pop(state, None)
        return at is not None and self._clock() - at <= STATE_SECONDS


def oauth_settings(
    client_id: str,
    client_secret: str,
    installations: AsyncInstallationStore,
    states: AsyncOAuthStateStore | None,
    installed: Callable[[str], None],
    words: Mapping[str, InstallWords],
) -> AsyncOAuthSettings:
    """Bolt's settings; `installed` is told the workspace's id after each installation, `words` (by language, the first
    leads) are what the person reads then.
    """

    async def success(args: AsyncSuccessArgs) -> BoltResponse:
        team, app = args.installation.team_id or "", args.installation.app_id or ""
        installed(team)
        answer = await args.default.success(args)
        if words:
            answer.body = done_page(words, f"slack://app?team={team}&id={app}")
        return answer

    async def failure(args: AsyncFailureArgs) -> BoltResponse:
        answer = await args.default.failure(args)
        if words:
            answer.body = failed_page(words, args.reason, INSTALL_PATH)
        return answer

    return AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=list(SCOPES),
        user_scopes=[],
        installation_store=installations,
        installation_store_bot_only=True,
        state_store=states or MemoryStates(),
        callback_options=AsyncCallbackOptions(success=success, failure=failure),
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        install_page_rendering_enabled=False,  # straight to Slack, which asks
    )


def unreached(flow: AsyncOAuthFlow, request: AsyncBoltRequest) -> AsyncFailureArgs:
    """The failure of an installation while Slack does not answer."""
    return AsyncFailureArgs(
        request=request, reason="slack_unreachable", suggested_status_code=503, settings=flow.settings,
        default=flow.default_callback_options,
    )  # fmt: skip
