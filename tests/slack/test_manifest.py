"""The manifest that a person pastes asks for what the code needs, and for nothing more."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml  # type: ignore[import-untyped]

from adapters.slack import incoming
from adapters.slack.oauth import REDIRECT_PATH, SCOPES
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
        "files:write": {"files_upload_v2"},
        "channels:read": {"conversations_info", "conversations_members"}, "groups:read": {"conversations_info"},
        "im:read": {"conversations_info"}, "im:history": {'"message"'}, "app_mentions:read": {'"app_mention"'},
        "commands": {"bolt.command"},
    }  # fmt: skip
    assert set(serving) == set(SCOPES)
    for scope, used in serving.items():
        assert all(name in source for name in used), scope
    free = {"views_publish", "views_open", "auth_test", "apps_connections_open"}
    called = set(re.findall(r"(?:client|_web)\.([a-z]+_[A-Za-z0-9_]+)\(", source))
    assert called - free - set().union(*serving.values()) <= {"is_connected", "send_socket_mode_response"}


def test_the_usage_hint_names_commands_that_exist(manifest: dict[str, Any]) -> None:
    """Each word offered beside `/kawalis` is answered."""
    hint = manifest["features"]["slash_commands"][0]["usage_hint"]
    assert {part.split()[0] for part in hint.split("|")} <= set(COMMANDS)


# Slack's published schema of manifests (version 2), as far as we use it: the fields that there are, a star before those
# that must be there, and the longest text of each.
SHAPE: dict[str, dict[str, int | None]] = {
    "": {"_metadata": None, "*display_information": None, "features": None, "oauth_config": None, "settings": None},
    "_metadata": {"major_version": None, "minor_version": None},
    "display_information": {"*name": 35, "description": 140, "background_color": 7, "long_description": 4000},
    "features": {"app_home": None, "bot_user": None, "shortcuts": None, "slash_commands": None},
    "features.app_home": {"home_tab_enabled": None, "messages_tab_enabled": None,
                          "messages_tab_read_only_enabled": None},
    "features.bot_user": {"*display_name": 80, "always_online": None},
    "features.shortcuts": {"*name": 24, "*type": None, "*callback_id": 255, "*description": 150},
    "features.slash_commands": {"*command": 32, "url": 3000, "*description": 2000, "usage_hint": 1000,
                                "should_escape": None},
    "oauth_config": {"redirect_urls": 2500, "scopes": None},
    "oauth_config.scopes": {"bot": 50, "user": 50},
    "settings": {"event_subscriptions": None, "interactivity": None, "org_deploy_enabled": None,
                 "socket_mode_enabled": None, "token_rotation_enabled": None},
    "settings.event_subscriptions": {"request_url": 3500, "bot_events": 50, "user_events": 50},
    "settings.interactivity": {"*is_enabled": None, "request_url": 3500, "message_menu_options_url": 3500},
}  # fmt: skip


def faults(value: Any, path: str = "") -> list[str]:
    """What Slack would say of a manifest."""
    shape = SHAPE[path]
    known, must = {name.lstrip("*") for name in shape}, {name[1:] for name in shape if name.startswith("*")}
    found = [f"{path}: no field {name}" for name in sorted(set(value) - known)]
    found += [f"{path}: {name} is missing" for name in sorted(must - set(value))]
    for name, most in {name.lstrip("*"): most for name, most in shape.items()}.items():
        inner = f"{path}.{name}".lstrip(".")
        for each in value.get(name) if isinstance(value.get(name), list) else [value.get(name)]:
            if isinstance(each, dict):
                found += faults(each, inner)
            elif most is not None and each is not None and not 0 < len(each) <= most:
                found.append(f"{inner}: {each!r} is too long")
    return found


def reached(manifest: dict[str, Any]) -> list[str]:
    """Where Slack would call us for events, buttons and commands; without Socket Mode each must be there."""
    settings, [command] = manifest["settings"], manifest["features"]["slash_commands"]
    places = [settings["event_subscriptions"], settings["interactivity"]]
    return [
        each for place in (*places, command) for name in ("request_url", "url") if (each := place.get(name))
    ]


def test_the_manifest_is_one_that_slack_takes(manifest: dict[str, Any]) -> None:
    """No field that Slack does not know, none missing, none too long; Socket Mode needs no address."""
    assert faults(manifest) == []
    assert manifest["settings"]["socket_mode_enabled"]
    assert reached(manifest) == []
    assert re.fullmatch(r"#[0-9a-fA-F]{6}", manifest["display_information"]["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]+", manifest["features"]["bot_user"]["display_name"])


def test_the_manifest_for_signed_http_and_many_workspaces() -> None:
    """The lines that the comments tell to put in make a manifest that Slack takes too, and the addresses in them are
    those that we serve.
    """
    text = FILE.read_text(encoding="utf-8").replace("socket_mode_enabled: true", "socket_mode_enabled: false")
    changed = yaml.safe_load(re.sub(r"# (?:HTTP|Many workspaces): ", "", text))
    assert faults(changed) == []
    assert {urlsplit(url).path for url in reached(changed)} == {"/slack/events"}
    assert len(reached(changed)) == 3
    assert [urlsplit(url).path for url in changed["oauth_config"]["redirect_urls"]] == [REDIRECT_PATH]


def test_what_a_manifest_may_not_hold(manifest: dict[str, Any]) -> None:
    """The check itself sees a misspelt field, a missing one and one that is too long."""
    manifest["features"]["bot_user"] = {"displayname": "x"}
    manifest["display_information"]["name"] = "x" * 36
    assert len(faults(manifest)) == 3
