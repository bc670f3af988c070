"""What Slack sends to an app, in the shapes of its reference."""

import time
from typing import Any

from tests.fakes.slack.world import Json, Message

APP = "A0KAWALIS"
TRIGGER = "1.2.3"


def slash(team: str, channel: Json, user: str, line: str, response_url: str) -> Json:
    command, _, text = line.partition(" ")
    return {
        "token": "verification",
        "team_id": team,
        "team_domain": "newsroom",
        "channel_id": channel["id"],
        "channel_name": channel["name"],
        "user_id": user,
        "user_name": user.lower(),
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": TRIGGER,
    }


def event(team: str, bot: str, inner: Json, number: int) -> Json:
    return {
        "token": "verification",
        "team_id": team,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": bot,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def press(
    team: str,
    channel: Json,
    user: str,
    message: Message,
    action: Json,
    response_url: str,
    *,
    bot: str,
    parent: str | None,
) -> Json:
    """`parent` wrote the first message of the thread that this one, which `bot` wrote, stands in."""
    shown_to_one = message.seen_by is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel["id"],
        "is_ephemeral": shown_to_one,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    body = {**_interactive("block_actions", team, user), "container": container, "channel": channel}
    if not shown_to_one:
        body["message"] = {"user": bot, "ts": message.ts, "text": message.text, "blocks": message.blocks}
        if message.thread_ts:
            body["message"] |= {"thread_ts": message.thread_ts, "parent_user_id": parent}
    return {**body, "response_url": response_url, "trigger_id": TRIGGER, "actions": [action]}


def press_home(team: str, user: str, view: Json, action: Json) -> Json:
    return {
        **_interactive("block_actions", team, user),
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "team_id": team, "hash": "1.a", **view},
        "trigger_id": TRIGGER,
        "actions": [action],
    }


def submit(team: str, user: str, view: Json, values: Json) -> Json:
    shown = {"id": "V2", "team_id": team, "hash": "1.a", **view, "state": {"values": values}}
    return {**_interactive("view_submission", team, user), "view": shown, "response_urls": []}


def message_action(
    team: str, channel: Json, user: str, message: Json, callback: str, response_url: str
) -> Json:
    return {
        **_interactive("message_action", team, user),
        "callback_id": callback,
        "channel": channel,
        "message": message,
        "message_ts": message["ts"],
        "response_url": response_url,
        "trigger_id": TRIGGER,
        "action_ts": "1711600000.999999",
    }


def _interactive(kind: str, team: str, user: str) -> Json:
    return {
        "type": kind,
        "token": "verification",
        "api_app_id": APP,
        "team": {"id": team, "domain": "newsroom"},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": team},
    }


def action_of(blocks: list[Json], action_id: str) -> Json:
    """The action that pressing a button of these blocks sends."""
    for block in blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            if element.get("action_id") == action_id or element.get("value") == action_id:
                told: dict[str, Any] = {
                    "action_id": element["action_id"],
                    "type": "button",
                    "text": element["text"],
                }
                if "value" in element:
                    told["value"] = element["value"]
                return {**told, "block_id": block.get("block_id", "b"), "action_ts": "1711600000.000009"}
    raise AssertionError(f"there is no button {action_id}")


def in_organisation(body: Json, enterprise: str) -> Json:
    """The same from a workspace of an organisation (Enterprise Grid), which is named in each payload."""
    if "authorizations" in body:
        granted = [{**each, "enterprise_id": enterprise} for each in body["authorizations"]]
        return {**body, "enterprise_id": enterprise, "authorizations": granted}
    if "command" in body:
        return {**body, "enterprise_id": enterprise, "enterprise_name": "Organisation"}
    return {**body, "enterprise": {"id": enterprise, "name": "Organisation"}}
