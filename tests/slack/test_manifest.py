"""The manifest that a person pastes asks for what the code needs, and for nothing more."""

from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from adapters.slack import incoming
from adapters.slack.oauth import SCOPES

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
