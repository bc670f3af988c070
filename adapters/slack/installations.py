"""Where many workspaces' tokens are kept: slack_sdk's stores, on an engine that is handed in.

The tables (`slack_bots`, `slack_installations`, `slack_oauth_states`) are made with all others, by migration.
"""

from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.slack.oauth import STATE_SECONDS
from adapters.slack.secrets import quiet_logger


def stores(engine: AsyncEngine, client_id: str) -> tuple[AsyncInstallationStore, AsyncOAuthStateStore]:
    """The installations and the OAuth states of the Slack app `client_id`, in the database of `engine`."""
    logger = quiet_logger("adapters.slack.installations")
    return (
        AsyncSQLAlchemyInstallationStore(client_id=client_id, engine=engine, logger=logger),
        AsyncSQLAlchemyOAuthStateStore(expiration_seconds=STATE_SECONDS, engine=engine, logger=logger),
    )
