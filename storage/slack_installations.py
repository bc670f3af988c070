"""The tables of slack_sdk's SQLAlchemy stores, so that they are migrated like all others."""

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from storage.tables.base import metadata

BOTS = "slack_bots"
INSTALLATIONS = "slack_installations"
STATES = "slack_oauth_states"

bots = SQLAlchemyInstallationStore.build_bots_table(metadata, BOTS)
installations = SQLAlchemyInstallationStore.build_installations_table(metadata, INSTALLATIONS)
oauth_states = SQLAlchemyOAuthStateStore.build_oauth_states_table(metadata, STATES)
