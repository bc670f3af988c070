"""Where many workspaces' tokens are kept: slack_sdk's stores, on an engine that is handed in.

A workspace is found by its own id alone: it may belong to an organisation (Enterprise Grid), of which an address to
send to says nothing. The tables (`slack_bots`, `slack_installations`, `slack_oauth_states`) are made with all others,
by migration.
"""

from datetime import UTC, datetime

from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.slack.oauth import STATE_SECONDS
from adapters.slack.secrets import quiet_logger


class Installations(AsyncSQLAlchemyInstallationStore):
    """slack_sdk's store looks for a workspace together with its organisation; here the workspace's id is enough."""

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        if team_id is not None and not is_enterprise_install:
            enterprise_id = await self._organisation_of(team_id)
        return await super().async_find_bot(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        if team_id is None:
            await super().async_delete_all(enterprise_id=enterprise_id, team_id=team_id)
            return
        async with self.engine.begin() as connection:
            for table in (self.bots, self.installations):
                ours = (table.c.client_id == self.client_id, table.c.team_id == team_id)
                await connection.execute(table.delete().where(*ours))

    async def async_save(self, installation: Installation) -> None:
        """Kept is the newest of a workspace; slack_sdk's store keeps each installation that there ever was."""
        await super().async_save(installation)
        async with self.engine.begin() as connection:
            for table in (self.bots, self.installations):
                ours = (table.c.client_id == self.client_id, table.c.team_id == installation.team_id)
                newest = select(func.max(table.c.id)).where(*ours).scalar_subquery()
                await connection.execute(table.delete().where(*ours, table.c.id < newest))

    async def _organisation_of(self, team: str) -> str | None:
        c = self.bots.c
        newest = select(c.enterprise_id).where(c.client_id == self.client_id, c.team_id == team)
        async with self.engine.connect() as connection:
            return await connection.scalar(newest.order_by(c.installed_at.desc()).limit(1))


class States(AsyncSQLAlchemyOAuthStateStore):
    """slack_sdk's store keeps a state that nobody came back with for ever: anyone who opens the page leaves one."""

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        now = datetime.now(UTC).replace(tzinfo=None)  # as slack_sdk writes it
        async with self.engine.begin() as connection:
            await connection.execute(self.oauth_states.delete().where(self.oauth_states.c.expire_at < now))
        return await super().async_issue(*args, **kwargs)


def stores(engine: AsyncEngine, client_id: str) -> tuple[AsyncInstallationStore, AsyncOAuthStateStore]:
    """The installations and the OAuth states of the Slack app `client_id`, in the database of `engine`."""
    logger = quiet_logger("adapters.slack.installations")
    return (
        Installations(client_id=client_id, engine=engine, logger=logger),
        States(expiration_seconds=STATE_SECONDS, engine=engine, logger=logger),
    )
