"""The app as the pasted manifest makes it: its scopes, its events, its commands. What is not in there, Slack neither
allows nor delivers, so that every test against the fake is also one of the manifest.
"""

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

FILE = Path(__file__).parents[3] / "docs" / "slack-manifest.yaml"
MANIFEST: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))

SCOPES: tuple[str, ...] = tuple(MANIFEST["oauth_config"]["scopes"]["bot"])
EVENTS = frozenset(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
COMMANDS = frozenset(command["command"] for command in MANIFEST["features"]["slash_commands"])

# From the reference of each method and event. `read` stands for the scope of the channel's own kind.
METHOD_SCOPES = {
    "chat.postMessage": "chat:write", "chat.postEphemeral": "chat:write", "chat.update": "chat:write",
    "users.info": "users:read", "conversations.info": "read", "conversations.members": "read",
    "files.getUploadURLExternal": "files:write", "files.completeUploadExternal": "files:write",
}  # fmt: skip
EVENT_SCOPES = {"app_mention": "app_mentions:read", "message.im": "im:history"}


def reading(channel: str, *, private: bool) -> str:
    """The scope with which a channel, a private one, or a direct message is looked at."""
    if channel.startswith("D"):
        return "im:read"
    return "groups:read" if private else "channels:read"


def event_name(inner: dict[str, Any]) -> str:
    """As the manifest names it: direct messages are `message.im`."""
    return f"message.{inner['channel_type']}" if inner["type"] == "message" else str(inner["type"])


def event_scope(name: str) -> str | None:
    """What must be granted for the event to be delivered; None where nothing must."""
    if name.startswith(("channel_", "member_")):
        return "channels:read"
    return "groups:read" if name.startswith("group_") else EVENT_SCOPES.get(name)
