"""Whether a post may be made in a channel on a person's behalf, as Slack says at this moment."""

from collections.abc import Callable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.ports import NO_ANSWER, Address, Place
from adapters.slack.errors import SlackError
from adapters.slack.outcomes import BROKEN, name_of
from adapters.slack.people import People
from adapters.slack.tokens import Tokens

MEMBERS_AT_ONCE = 999  # the most that Slack gives in one answer

_UNSEEN = frozenset({"channel_not_found", "method_not_supported_for_channel_type", "invalid_channel"})
_NOT_INSTALLED = frozenset(
    {"account_inactive", "app_not_installed", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)


class Rights:
    """`client_of` makes a client that speaks with a token. Asked anew each time: who has just invited us to the
    channel, as we told them to, must not be refused for what we remember.
    """

    def __init__(self, people: People, tokens: Tokens, client_of: Callable[[str], AsyncWebClient]) -> None:
        self._people, self._tokens, self._client_of = people, tokens, client_of

    async def find(self, target: Address) -> Place | None:
        """The channel by its id (Slack marks up `#name` itself); None where we cannot see it. Raises `SlackError`
        where Slack does not say.
        """
        try:
            client = await self._client(target)
            channel = await self._people.channel_now(client, target.bot, target.chat)
        except (SlackApiError, *BROKEN) as error:
            key = _refused(error)
            if key == "broadcast.no_chat":
                return None
            raise SlackError(key, cause=_cause(error)) from None
        return Place(chat=target.chat, name=f"#{channel.name}") if channel.name else None

    async def refusal(self, target: Address, editor: str) -> str | None:
        """Why `editor` may not have us post to `target`, as a text key; None: nothing is in the way. Editors are
        named by the application; Slack is asked whether we, and they, are in the channel.
        """
        try:
            client = await self._client(target)
            channel = await self._people.channel_now(client, target.bot, target.chat)
            if channel.archived:
                return "slack.archived"
            if not channel.member:
                return "slack.not_in_channel"
            return None if await _holds(client, target.chat, editor) else "slack.person_not_in_channel"
        except SlackError as error:
            return error.key
        except (SlackApiError, *BROKEN) as error:
            return _refused(error)

    async def _client(self, target: Address) -> AsyncWebClient:
        token = await self._tokens.of(target.bot)
        if token is None:
            raise SlackError("slack.not_installed")
        return self._client_of(token)


async def _holds(client: AsyncWebClient, channel: str, person: str) -> bool:
    """Whether the person is in the channel: its members are looked through page by page."""
    cursor = ""
    while True:
        page = await client.conversations_members(
            channel=channel, limit=MEMBERS_AT_ONCE, cursor=cursor or None
        )
        if person in page.get("members", ()):
            return True
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return False


def _refused(error: Exception) -> str:
    """What an error says of our rights, as a text key."""
    name = _cause(error)
    if name in _UNSEEN:
        return "broadcast.no_chat"
    if name in _NOT_INSTALLED:
        return "slack.not_installed"
    return "slack.scope_missing" if name == "missing_scope" else NO_ANSWER


def _cause(error: Exception) -> str:
    return name_of(error) if isinstance(error, SlackApiError) else type(error).__name__
