"""The manifest that a person pastes asks for what the code needs, and for nothing more."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from adapters.slack import incoming
from adapters.slack.oauth import SCOPES
from bot.commands.dispatch import COMMANDS

SOURCES = Path(__file__).parents[2] / "adapters" / "slack"
FILE = Path(__file__).parents[2] / "docs" / "slack-manifest.yaml"


@pytest.fixture
def manifest() -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def test_scopes_are_those_of_the_install_page(manifest: dict[str, object]) -> None:
    """Created by manifest or installed through OAuth, the app has the same rights."""
    assert manifest["oauth_config"] == {"scopes": {"bot": sorted(SCOPES)}}


def test_events_are_those_we_understand(manifest: dict[str, dict[str, dict[str, list[str]]]]) -> None:
    """Every event that the code reads is subscribed to, and no other."""
    read = {"app_mention", "message.im", "app_home_opened", "member_joined_channel", "channel_id_changed"}
    read |= {"app_uninstalled", "tokens_revoked", "channel_rename", "group_rename"}
    read |= set(incoming.IN_CHANNEL)
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == sorted(read)


def test_shortcuts_and_commands_are_those_we_understand(manifest: dict[str, Any]) -> None:
    """What the manifest offers is what the code answers: one slash command, the message shortcut, the home tab."""
    features = manifest["features"]
    assert [command["command"] for command in features["slash_commands"]] == ["/kawalis"]
    assert features["slash_commands"][0]["should_escape"] is True
    offered = {(shortcut["type"], shortcut["callback_id"]) for shortcut in features["shortcuts"]}
    assert offered == {("message", "brief_link")}
    assert features["app_home"]["home_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"]
    assert manifest["settings"]["interactivity"]["is_enabled"]


def test_every_scope_serves_a_method_or_event_that_we_use() -> None:
    """Minimal rights: each scope is there for something that the code does, and each method has its scope."""
    source = "".join(file.read_text(encoding="utf-8") for file in SOURCES.glob("*.py"))
    serving = {
        "chat:write": {"chat_postMessage", "chat_update", "chat_postEphemeral"}, "users:read": {"users_info"},
        "files:write": {"files_getUploadURLExternal", "files_completeUploadExternal"},
        "channels:read": {"conversations_info"}, "groups:read": {"conversations_info"},
        "im:read": {"conversations_info"}, "im:history": {'"message"'}, "app_mentions:read": {'"app_mention"'},
        "commands": {"bolt.command"},
    }  # fmt: skip
    assert set(serving) == set(SCOPES)
    for scope, used in serving.items():
        assert all(name in source for name in used), scope
    free = {"views_publish", "views_open", "auth_test", "apps_connections_open"}
    called = set(re.findall(r"_(?:client|web)\.([a-z]+_[A-Za-z_]+)", source))
    assert called - free - set().union(*serving.values()) <= {"session", "base_url", "is_connected"}


def test_the_usage_hint_names_commands_that_exist(manifest: dict[str, Any]) -> None:
    """Each word offered beside `/kawalis` is answered."""
    hint = manifest["features"]["slash_commands"][0]["usage_hint"]
    assert {part.split()[0] for part in hint.split("|")} <= set(COMMANDS)


def test_lengths(manifest: dict[str, Any]) -> None:
    """Slack refuses a manifest whose names and descriptions are too long."""
    display = manifest["display_information"]
    assert len(str(display["name"])) <= 35
    assert len(str(display["description"])) <= 140
    [command] = manifest["features"]["slash_commands"]
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000
    for shortcut in manifest["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
