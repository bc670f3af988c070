"""Whether Slack takes our tokens, asked from outside the service: nothing is changed by it."""

from collections.abc import Awaitable
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.client import make_client
from adapters.slack.errors import SlackError
from adapters.slack.oauth import SCOPES
from adapters.slack.outcomes import BROKEN, NONSENSE, is_passing, name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The workspace of a bot token, and the scopes that the token lacks of those the app needs."""

    team: str
    missing: tuple[str, ...]


async def look(bot_token: str | None, app_token: str | None, api_url: str) -> Seen | None:
    """What Slack says of the tokens that are given; None where that is no bot token. Raises `SlackError` with
    `slack.token_refused`, `slack.app_token_refused` or `slack.unreachable`.
    """
    client = make_client(api_url, bot_token)
    seen = None
    if bot_token:
        answer = await _asked(client.auth_test(), "slack.token_refused")
        if not answer.get("team_id"):
            raise SlackError("slack.unreachable", cause="no workspace")  # whoever says ok, it is not Slack
        seen = Seen(team=str(answer.get("team") or answer["team_id"]), missing=_missing(answer))
    if app_token:
        await _asked(client.apps_connections_open(app_token=app_token), "slack.app_token_refused")
    return seen


async def _asked(call: Awaitable[AsyncSlackResponse], refused: str) -> AsyncSlackResponse:
    try:
        return await call
    except SlackApiError as error:
        raise SlackError(
            "slack.unreachable" if is_passing(error) else refused, cause=name_of(error)
        ) from None
    except (*BROKEN, *NONSENSE) as error:
        raise SlackError("slack.unreachable", cause=type(error).__name__) from None


def _missing(answer: AsyncSlackResponse) -> tuple[str, ...]:
    """By the header `X-OAuth-Scopes` of https://docs.slack.dev/authentication/; nothing where Slack does not say."""
    given = {name.lower(): value for name, value in (answer.headers or {}).items()}.get("x-oauth-scopes")
    if given is None:
        return ()
    granted = {scope.strip() for scope in given.split(",")}
    return tuple(scope for scope in SCOPES if scope not in granted)
