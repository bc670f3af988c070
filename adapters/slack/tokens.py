"""Which token speaks for which workspace."""

from typing import Protocol

from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore


class Tokens(Protocol):
    async def of(self, team: str) -> str | None:
        """The bot token of a workspace (or of an organisation's); none where we are not installed."""


class OneToken:
    """The token of the settings: one workspace, whose id is learned when we connect."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.team: str | None = None

    async def of(self, team: str) -> str | None:
        return self._token if self.team in (None, team) else None


class InstalledTokens:
    """The tokens that workspaces gave through OAuth."""

    def __init__(self, installations: AsyncInstallationStore) -> None:
        self._installations = installations

    async def of(self, team: str) -> str | None:
        bot = await self._installations.async_find_bot(enterprise_id=None, team_id=team)
        return bot.bot_token if bot else None
