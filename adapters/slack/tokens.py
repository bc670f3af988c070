"""Which token speaks for which workspace."""

from typing import Protocol

from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot


class Tokens(Protocol):
    async def of(self, team: str) -> str | None:
        """The bot token of a workspace (or of an organisation's); none where we are not installed."""

    async def since(self, team: str) -> float:
        """When that token was given to us, or last found good, in seconds of the epoch; 0 where we have none."""


class OneToken:
    """The token of the settings: one workspace, whose id is learned when we connect."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.team: str | None = None
        self._good = 0.0

    def found_good(self, team: str, at: float) -> None:
        """Slack said at that moment (in seconds of the epoch) whose token it is."""
        self.team, self._good = team, at

    async def of(self, team: str) -> str | None:
        return self._token if self.team in (None, team) else None

    async def since(self, team: str) -> float:
        return self._good if self.team == team else 0.0


class InstalledTokens:
    """The tokens that workspaces gave through OAuth."""

    def __init__(self, installations: AsyncInstallationStore) -> None:
        self._installations = installations

    async def of(self, team: str) -> str | None:
        bot = await self._find(team)
        return bot.bot_token if bot else None

    async def since(self, team: str) -> float:
        bot = await self._find(team)
        return bot.installed_at if bot else 0.0

    async def _find(self, team: str) -> Bot | None:
        return await self._installations.async_find_bot(enterprise_id=None, team_id=team)
