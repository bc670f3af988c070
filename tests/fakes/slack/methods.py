"""The Web API methods that the fake carries out; each takes its arguments and answers as Slack does."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.fakes.slack import blocks as kit
from tests.fakes.slack import manifest
from tests.fakes.slack.world import Channel, Json, Message, Team, World


class ProblemError(Exception):
    """An answer with `"ok": false`."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


@dataclass(frozen=True, kw_only=True)
class Call:
    world: World
    team: Team
    given: Json
    base: str  # the fake's own address, without a slash
    socket: Callable[[], str]  # a new Socket Mode address


def auth_test(call: Call) -> Json:
    team = call.team
    return {
        "url": call.base,
        "team": "Team",
        "team_id": team.id,
        "user": "kawalis",
        "user_id": team.bot_user,
        "bot_id": "B0KAWALIS",
    }


def apps_connections_open(call: Call) -> Json:
    return {"url": call.socket()}


def chat_post_message(call: Call) -> Json:
    channel = _channel(call)
    message = _message(call, channel)
    call.world.messages.append(message)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": {"text": message.text, "blocks": message.blocks},
    }


def chat_post_ephemeral(call: Call) -> Json:
    channel = _channel(call)
    if call.given["user"] not in channel.people:
        raise ProblemError("user_not_in_channel")
    message = _message(call, channel)
    message.seen_by = call.given["user"]
    call.world.messages.append(message)
    return {"message_ts": message.ts}


def chat_update(call: Call) -> Json:
    channel = _channel(call)
    found = call.world.find(channel.id, call.given["ts"])
    if found is None or found.seen_by:
        raise ProblemError("message_not_found")
    new = _message(call, channel)
    found.text, found.blocks, found.edited = new.text, new.blocks, found.edited + 1
    return {"channel": channel.id, "ts": found.ts, "text": found.text}


def users_info(call: Call) -> Json:
    person = call.world.people.get(call.given["user"])
    if person is None:
        raise ProblemError("user_not_found")
    told = call.given.get("include_locale") in (True, "1", "true")
    return {"user": {k: v for k, v in person.items() if k != "locale" or told}}


def conversations_info(call: Call) -> Json:
    channel = _seen(call)
    return {
        "channel": {
            "id": channel.id,
            "name": channel.name,
            "creator": channel.creator,
            "is_member": channel.member,
            "is_archived": channel.archived,
            "is_im": channel.id.startswith("D"),
            "is_private": channel.private,
        }
    }


def conversations_members(call: Call) -> Json:
    """A page of the members; the cursor of the fake is the number of those that were told."""
    channel, most = _seen(call), int(call.given.get("limit", 100))
    if not 0 < most < 1000:
        raise ProblemError("invalid_limit")
    everyone = sorted(channel.people | ({call.team.bot_user} if channel.member else set()))
    begin = int(call.given.get("cursor") or 0)
    more = str(begin + most) if begin + most < len(everyone) else ""
    return {"members": everyone[begin : begin + most], "response_metadata": {"next_cursor": more}}


def views_publish(call: Call) -> Json:
    view = view_of(call.given["view"], {"home"})
    if call.given["user_id"] not in call.world.people:
        raise ProblemError("user_not_found")
    call.world.homes[call.given["user_id"]] = view
    return {"view": {**view, "id": f"V{call.world.number()}"}}


def views_open(call: Call) -> Json:
    view = view_of(call.given["view"], {"modal"})
    if call.given.get("trigger_id") not in call.world.triggers:
        raise ProblemError("expired_trigger_id")
    call.world.triggers.discard(call.given["trigger_id"])
    for name in ("title", "submit", "close"):
        text = view.get(name, {})
        if text.get("type") != "plain_text" or not 0 < kit.size(text.get("text", "")) <= 24:
            raise ProblemError("invalid_arguments", response_metadata={"messages": [f"bad {name}"]})
    call.world.views.append(view)
    return {"view": {**view, "id": f"V{call.world.number()}"}}


def files_get_upload_url(call: Call) -> Json:
    if not call.given.get("filename") or int(call.given["length"]) < 1:
        raise ProblemError("invalid_arguments", response_metadata={"messages": ["filename or length"]})
    name = f"F{call.world.number():08d}"
    call.world.file_names[name] = call.given["filename"]
    return {"file_id": name, "upload_url": f"{call.base}/upload/{name}?length={call.given['length']}"}


def files_complete_upload(call: Call) -> Json:
    """Into a conversation by its id (a person's is none), or nowhere yet."""
    files = json.loads(call.given["files"])
    for file in files:
        if file["id"] not in call.world.files:
            raise ProblemError("file_not_found")
        call.world.shown_files.add(file["id"])
    where, thread, comment = (call.given.get(name) for name in ("channel_id", "thread_ts", "initial_comment"))
    if where is None:
        if thread or comment:
            raise ProblemError("invalid_arguments", response_metadata={"messages": ["no channel_id"]})
        return {"files": files}
    if where not in call.world.channels:
        raise ProblemError("invalid_channel")
    channel = _channel(replace(call, given={"channel": where}))
    if thread is not None and call.world.find(channel.id, thread) is None:
        raise ProblemError("thread_not_found")
    text = comment or ""
    call.world.messages.append(
        Message(
            channel=channel.id, ts=call.world.ts(), text=text, blocks=[], thread_ts=thread,
            files=[file["id"] for file in files], sent=dict(call.given),
        )
    )  # fmt: skip
    return {"files": files}


def _seen(call: Call) -> Channel:
    """The channel, if there is one that the app can see: a private one hides from whom it does not hold."""
    channel = call.world.channel_for(call.given["channel"])
    if channel is None or (channel.private and not channel.member):
        raise ProblemError("channel_not_found")
    return channel


def _channel(call: Call) -> Channel:
    """The channel, if the app may write to it."""
    channel = _seen(call)
    if channel.archived:
        raise ProblemError("is_archived")
    if not channel.member:
        raise ProblemError("not_in_channel")
    if channel.admins_post:
        raise ProblemError("restricted_action")
    return channel


def check_scope(method: str, call: Call) -> None:
    """Refuse what the workspace's installation did not grant."""
    needed = manifest.METHOD_SCOPES.get(method)
    if needed == "read":
        named = call.world.channel_for(call.given["channel"])
        needed = manifest.reading(named.id if named else "", private=bool(named and named.private))
    if needed and needed not in call.team.scopes:
        raise ProblemError("missing_scope", needed=needed, provided=",".join(call.team.scopes))


def _message(call: Call, channel: Channel) -> Message:
    given = call.given
    text, blocks, thread = given.get("text", ""), given.get("blocks"), given.get("thread_ts")
    if isinstance(blocks, str):
        blocks = json.loads(blocks)
    checked(text, blocks, call.world.shown_files)
    if thread is not None and call.world.find(channel.id, thread) is None:
        raise ProblemError("thread_not_found")
    return Message(
        channel=channel.id,
        ts=call.world.ts(),
        text=text,
        blocks=blocks or [],
        thread_ts=thread,
        sent=dict(given),
    )


def checked(text: str, blocks: list[Json] | None, files: set[str]) -> None:
    """What Slack says of a message's content. We are stricter in one thing: blocks never go without text."""
    if not text and not blocks:
        raise ProblemError("no_text")
    if blocks and not text:
        raise ProblemError("no_text", why="blocks without text")
    if kit.size(text) > 40_000:
        raise ProblemError("msg_too_long")
    if blocks is None:
        return
    try:
        kit.check(blocks, files=files)
    except kit.BlocksError as error:
        raise ProblemError("invalid_blocks", response_metadata={"messages": [str(error)]}) from None
    if kit.total(blocks) > kit.TOTAL_TEXT:
        raise ProblemError("msg_blocks_too_long")


def view_of(view: Any, kinds: set[str]) -> Json:
    view = json.loads(view) if isinstance(view, str) else view
    known = {"type", "blocks", "private_metadata", "callback_id", "external_id", "title", "submit", "close"}
    if view.get("type") not in kinds or not set(view) <= known or "blocks" not in view:
        raise ProblemError("invalid_arguments", response_metadata={"messages": ["bad view"]})
    if kit.size(view.get("private_metadata", "")) > 3000:
        raise ProblemError("invalid_arguments", response_metadata={"messages": ["private_metadata too long"]})
    try:
        kit.check(view["blocks"], most=kit.VIEW_BLOCKS)
    except kit.BlocksError as error:
        raise ProblemError("invalid_arguments", response_metadata={"messages": [str(error)]}) from None
    return dict(view)


CARRIED_OUT: dict[str, Callable[[Call], Json]] = {
    "auth.test": auth_test,
    "apps.connections.open": apps_connections_open,
    "chat.postMessage": chat_post_message,
    "chat.postEphemeral": chat_post_ephemeral,
    "chat.update": chat_update,
    "users.info": users_info,
    "conversations.info": conversations_info,
    "conversations.members": conversations_members,
    "views.publish": views_publish,
    "views.open": views_open,
    "files.getUploadURLExternal": files_get_upload_url,
    "files.completeUploadExternal": files_complete_upload,
}
