"""What Slack delivers, understood as a request and a place for the answer. Pure."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from adapters.chat.ports import Address, Request
from adapters.slack.modal import answers

Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """`thread` is where the answer goes (the settings belong to `request.address`). `response_url` takes up
    to five answers, also where we are not a member. `home`: asked in the App Home; `ephemeral`: a button of
    a message that only this person sees, which can be replaced through `response_url` alone; `elsewhere`: a
    slash command among two people, whose conversation may be none of ours.
    """

    request: Request
    thread: str = ""
    response_url: str | None = None
    home: bool = False
    ephemeral: bool = False
    elsewhere: bool = False
    trigger: str | None = None  # with which a modal may be opened, for three seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Something happened to our place in a channel (`address.chat`) or workspace (no chat).

    "installed": we may now post in this workspace (after OAuth, or reached later than at the start).
    """

    address: Address
    kind: Literal[
        "added",
        "removed",
        "archived",
        "unarchived",
        "deleted",
        "renamed",
        "moved",
        "installed",
        "uninstalled",
    ]
    by: str = ""  # the person who did it, where Slack tells
    name: str = ""  # the channel's new name, with "renamed"
    to: str = ""  # the channel's new id, with "moved"
    at: float = 0.0  # when it happened, as Slack's seconds; 0 where it does not say


_LINK = re.compile(r"<(https?://[^|>]+)(?:\|[^>]*)?>")
_REFERENCE = re.compile(r"<([#@!])([^|>]+)(?:\|[^>]*)?>")


def plain_text(text: str) -> str:
    """Slack's markup of what a person typed, taken back: links as addresses, channels and people as ids."""
    text = _LINK.sub(lambda m: m.group(1), text)
    text = _REFERENCE.sub(lambda m: m.group(2), text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def is_command(text: str) -> bool:
    """A line that begins with a word; a pasted link is no command."""
    return re.match(r"https?://", text) is None


def slash(body: Body) -> Heard:
    """A slash command: `/kawalis brief 24h`."""
    text = plain_text(body.get("text") or "").removeprefix("/").strip()
    direct, name = body.get("channel_name") == "directmessage", body.get("channel_name") or ""
    return Heard(
        request=Request(
            address=_address(body["team_id"], body["channel_id"]),
            person=body["user_id"],
            text=text or "help",
            command=is_command(text),
            group=not direct,
            # A private channel and a group message have names of their own, which Slack does not tell here.
            name=None if direct or name == "privategroup" or name.startswith("mpdm-") else name or None,
        ),
        response_url=body.get("response_url"),
        elsewhere=direct,
        trigger=body.get("trigger_id"),
    )


def mention(body: Body) -> Heard | None:
    """`@kawalis brief` in a channel; the answer goes to its thread. None where an app wrote it: two that answer
    each other would never end.
    """
    event = body["event"]
    if _by_an_app(event):
        return None
    text = re.sub(r"^(?:<@[^>]+>\s*)+", "", _said_to_us(body).strip(_AROUND))
    return _typed(body, plain_text(text), group=True, thread=event.get("thread_ts") or event["ts"])


def _said_to_us(body: Body) -> str:
    """What is meant stands after our name, or, where nothing does, before it."""
    text: str = body["event"].get("text") or ""
    own = (body.get("authorizations") or [{}])[0].get("user_id")
    if own and f"<@{own}>" in text:
        before, _, after = text.partition(f"<@{own}>")
        text = (after if after.strip(_AROUND) else before).strip(_AROUND)
    return text


# What people put between a name and what they say to it.
_AROUND = " \t\n,:;،؛!?؟.—-"


def written(body: Body) -> str:
    """What names a message and its words: Slack tells of a mention again when the message is edited."""
    event = body["event"]
    return f"{team_of(body)}:{event.get('channel')}:{event.get('ts')}:{event.get('text')}"


def _by_an_app(event: Body) -> bool:
    return bool(event.get("bot_id") or event.get("subtype") == "bot_message" or not event.get("user"))


def direct(body: Body) -> Heard | None:
    """A direct message to us, our name in it or not; none where it is an edit, a deletion, or written by an app."""
    event = body["event"]
    if event.get("channel_type") != "im" or event.get("subtype") not in _WRITTEN or _by_an_app(event):
        return None
    return _typed(body, plain_text(_said_to_us(body)), group=False, thread=event.get("thread_ts") or "")


_WRITTEN = (None, "file_share", "thread_broadcast")


def _typed(body: Body, text: str, *, group: bool, thread: str) -> Heard:
    event = body["event"]
    text = text.removeprefix("/").strip()
    pictures = not text and not group and bool(event.get("files"))
    return Heard(
        request=Request(
            # A direct message is one chat, whichever of its threads is written in.
            address=_address(
                team_of(body), event["channel"], (event.get("thread_ts") or "") if group else ""
            ),
            person=event["user"],
            text="" if pictures else text or "help",
            command=not pictures and is_command(text),
            group=group,
        ),
        thread=thread,
    )


def press(body: Body) -> Heard | None:
    """A pressed button; none for a link, of which Slack tells us too."""
    action = body["actions"][0]
    told = action.get("value") or (action.get("selected_option") or {}).get("value")
    if not told:
        return None
    container = body.get("container") or {}
    view = body.get("view") or {}
    home = view.get("type") == "home"
    channel = view.get("private_metadata") or body["user"]["id"] if view else body["channel"]["id"]
    message = container.get("message_ts")
    group = not view and not channel.startswith("D")
    shown = body.get("message") or {}
    inside = shown.get("thread_ts") or container.get("thread_ts") or ""
    # A thread below a message of ours is no chat of its own: what is set there is the channel's.
    ours = bool(shown.get("user")) and shown.get("parent_user_id") == shown.get("user")
    shown_to_one = bool(container.get("is_ephemeral"))
    return Heard(
        request=Request(
            address=_address(team_of(body), channel, inside if group and not ours else ""),
            person=body["user"]["id"],
            text=told,
            pressed=True,
            group=group,
            message=message,
        ),
        # In a channel what a button opens hangs below its message; a direct message needs no thread.
        thread=inside or (message or "" if group and not shown_to_one else ""),
        response_url=body.get("response_url"),
        home=home,
        ephemeral=shown_to_one,
        trigger=body.get("trigger_id"),
    )


def submitted(body: Body) -> Heard | None:
    """A modal's answers. They belong to the chat whose id travelled along; what comes of them is told in the
    person's direct message, and the App Home is shown anew. None for a modal that is not ours.
    """
    view, person = body["view"], body["user"]["id"]
    channel, name = view.get("private_metadata"), view.get("callback_id")
    if not channel or not name:
        return None
    return Heard(
        request=Request(
            address=_address(team_of(body), channel),
            person=person,
            text=name,
            group=not channel.startswith(("D", "U", "W")),
            fields=answers((view.get("state") or {}).get("values") or {}),
        ),
        home=True,
    )


def home(body: Body) -> Heard | None:
    """The App Home was opened; none for its other tabs."""
    event = body["event"]
    if event.get("tab", "home") != "home":
        return None
    return Heard(
        request=Request(address=_address(team_of(body), event["channel"]), person=event["user"], text="home"),
        home=True,
    )


def shortcut(body: Body) -> Heard | None:
    """The message shortcut "brief this link": the first link of the message; without one, `link` alone, so that the
    person is told what is missing.
    """
    if body.get("type") != "message_action":
        return None
    message = body.get("message") or {}
    found = _LINK.search(message.get("text") or "") or _LINK.search(_addresses(message.get("blocks")))
    channel = body["channel"]["id"]
    group = not channel.startswith("D")
    return Heard(
        request=Request(
            address=_address(team_of(body), channel, message.get("thread_ts") or ""),
            person=body["user"]["id"],
            text=found.group(1).replace("&amp;", "&") if found else "link",
            command=found is None,
            group=group,
        ),
        thread=message.get("thread_ts") or (message.get("ts") or "" if group else ""),
        response_url=body.get("response_url"),
    )


def _addresses(blocks: object) -> str:
    """The links of rich text, written as Slack writes them in text."""
    if isinstance(blocks, dict):
        own = f"<{blocks['url']}>" if blocks.get("type") == "link" else ""
        return own + "".join(_addresses(inner) for inner in blocks.values())
    return "".join(_addresses(inner) for inner in blocks) if isinstance(blocks, list) else ""


IN_CHANNEL: dict[str, Literal["removed", "archived", "unarchived", "deleted"]] = {
    "channel_left": "removed",
    "group_left": "removed",
    "channel_archive": "archived",
    "group_archive": "archived",
    "channel_unarchive": "unarchived",
    "group_unarchive": "unarchived",
    "channel_deleted": "deleted",
    "group_deleted": "deleted",
}


def membership(body: Body, own: str | None) -> Membership | None:
    """What an event says of our place; `own` is the id of our bot user."""
    event, team = body["event"], team_of(body)
    kind = event["type"]
    if kind == "app_uninstalled" or (kind == "tokens_revoked" and (event.get("tokens") or {}).get("bot")):
        return Membership(
            address=_address(team, ""), kind="uninstalled", at=float(body.get("event_time") or 0)
        )
    if kind == "member_joined_channel" and event.get("user") == own:
        return Membership(
            address=_address(team, event["channel"]), kind="added", by=event.get("inviter") or ""
        )
    if kind in IN_CHANNEL:
        return Membership(
            address=_address(team, event["channel"]), kind=IN_CHANNEL[kind], by=event.get("actor_id") or ""
        )
    if kind in ("channel_rename", "group_rename"):
        channel = event["channel"]
        return Membership(
            address=_address(team, channel["id"]), kind="renamed", name=channel.get("name") or ""
        )
    if kind == "channel_id_changed":
        return Membership(
            address=_address(team, event["old_channel_id"]), kind="moved", to=event["new_channel_id"]
        )
    return None


def team_of(body: Body) -> str:
    """The workspace that we are installed in and that a body speaks of.

    In a channel shared with another company, an event's own team may be the other workspace.
    """
    granted = body.get("authorizations") or [{}]
    view, team = body.get("view") or {}, body.get("team")
    found = (
        granted[0].get("team_id")
        or view.get("app_installed_team_id")
        or (team.get("id") if isinstance(team, dict) else team)
        or body.get("team_id")
        or (body.get("user") or {}).get("team_id")
    )
    return str(found or "")


def _address(team: str, channel: str, thread: str = "") -> Address:
    return Address(platform="slack", bot=team, chat=channel, thread=thread)
