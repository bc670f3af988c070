"""What people do in the fake Slack: what they type, press and open is sent to the app."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from tests.fakes.slack import manifest, payloads
from tests.fakes.slack.signing import signed
from tests.fakes.slack.socket import Sockets
from tests.fakes.slack.world import Json, Message, World

Http = Callable[[str, str, Mapping[str, str], bytes], Awaitable[tuple[int, dict[str, str], bytes]]]

RESPONSES = 5
TEAM, CHANNEL, PERSON = "T0NEWS", "C0NEWS", "U0READER"


class People:
    """Hands the app what people do, over its Socket Mode connection or, with `http`, signed."""

    def __init__(self, sockets: Sockets, world: World) -> None:
        self.world = world
        self.sockets = sockets
        self.base = ""
        self.signing_secret = "signing-secret"
        self.http: Http | None = None
        self._response_urls: dict[str, Json] = {}

    async def slash(self, channel: str, user: str, line: str, *, response_url: bool = True) -> Any:
        place = self._place(channel)
        assert line.split()[0] in manifest.COMMANDS, f"the manifest has no {line.split()[0]}"
        url = self._response_url(place["id"], user, None) if response_url else ""
        if self.world.channels[place["id"]].private and not place["id"].startswith("D"):
            place["name"] = "privategroup"  # a slash command does not tell the name of a private channel
        return await self.deliver("slash_commands", payloads.slash(TEAM, place, user, line, url))

    async def mention(self, channel: str, user: str, text: str, *, thread_ts: str | None = None) -> Message:
        """A person writes `@kawalis text`; the message that they wrote."""
        bot = self.world.teams[TEAM].bot_user
        return await self._write(channel, user, f"<@{bot}> {text}", "app_mention", thread_ts)

    async def dm(self, user: str, text: str, *, thread_ts: str | None = None, **more: Any) -> Message:
        return await self._write(user, user, text, "message", thread_ts, channel_type="im", **more)

    async def press(self, message_ts: str, action_id: str, *, user: str = PERSON) -> Any:
        message = next(m for m in self.world.messages if m.ts == message_ts)
        url = self._response_url(message.channel, user, message)
        action = payloads.action_of(message.blocks, action_id)
        place = self._place(message.channel)
        bot, first = (
            self.world.teams[TEAM].bot_user,
            self.world.find(message.channel, message.thread_ts or ""),
        )
        parent = (first.author or bot) if first else None
        pressed = payloads.press(TEAM, place, user, message, action, url, bot=bot, parent=parent)
        return await self.deliver("interactive", pressed)

    async def open_home(self, user: str = PERSON, *, tab: str = "home") -> Any:
        inner = {"type": "app_home_opened", "user": user, "channel": self.world.direct_with(user), "tab": tab}
        return await self.event(inner)

    async def press_home(self, action_id: str, *, user: str = PERSON) -> Any:
        view = self.world.homes[user]
        action = payloads.action_of(view["blocks"], action_id)
        return await self.deliver("interactive", payloads.press_home(TEAM, user, view, action))

    async def submit(self, view: Json, answers: Mapping[str, str | None], *, user: str = PERSON) -> Any:
        """Fill in a modal and send it; what is not answered keeps what the form was opened with."""
        values = {}
        for block in view["blocks"]:
            element = block["element"]
            given = answers.get(block["block_id"], _opened_with(element))
            assert given or block.get("optional"), f"Slack asks for {block['block_id']}"
            values[block["block_id"]] = {element["action_id"]: _answer(element, given)}
        answer = await self.deliver("interactive", payloads.submit(TEAM, user, view, values))
        told = json.loads(answer[2] or b"null") if isinstance(answer, tuple) else answer.answer
        self.world.view_errors = _errors(told, view)
        return answer

    async def shortcut(self, message: Message, *, user: str = PERSON, callback: str = "brief_link") -> Any:
        url = self._response_url(message.channel, user, None)
        shown = {"ts": message.ts, "text": message.text, "blocks": message.blocks, "type": "message"}
        body = payloads.message_action(TEAM, self._place(message.channel), user, shown, callback, url)
        return await self.deliver("interactive", body)

    async def event(
        self, inner: Json, *, team: str = TEAM, subscribed: bool = True, at: float | None = None
    ) -> Any:
        """Something happened, now or `at` another second. Slack tells of what the manifest subscribes to, if its
        scope is granted.
        """
        name = manifest.event_name(inner)
        assert (name in manifest.EVENTS) == subscribed, f"{name} in the manifest: {not subscribed}"
        scope = manifest.event_scope(name) if subscribed else None
        assert scope is None or scope in self.world.teams[team].scopes, f"{name} needs {scope}"
        body = payloads.event(team, self.world.teams[team].bot_user, inner, self.world.number())
        return await self.deliver("events_api", body if at is None else {**body, "event_time": int(at)})

    async def deliver(self, kind: str, body: Json) -> Any:
        """Send to the app; over HTTP the answer is the HTTP answer, else the envelope."""
        if "trigger_id" in body:
            self.world.triggers.add(body["trigger_id"])
        team = self.world.teams.get(body.get("team_id") or (body.get("team") or {}).get("id", ""))
        if team and team.enterprise:
            body = payloads.in_organisation(body, team.enterprise)
        if self.http is None:
            return await self.sockets.send(kind, body)
        if kind == "events_api":
            raw, content_type = json.dumps(body).encode(), "application/json"
        else:
            form = body if kind == "slash_commands" else {"payload": json.dumps(body)}
            raw, content_type = urlencode(form).encode(), "application/x-www-form-urlencoded"
        headers = {"Content-Type": content_type, **signed(self.signing_secret, raw)}
        answer = self.http("POST", "/slack/events", headers, raw)
        return await asyncio.wait_for(answer, self.sockets.ack_seconds)

    async def _write(
        self, channel: str, user: str, text: str, kind: str, thread_ts: str | None, **more: Any
    ) -> Message:
        place = self._place(channel)
        message = Message(
            channel=place["id"], ts=self.world.ts(), text=text, blocks=[], thread_ts=thread_ts, author=user
        )
        self.world.messages.append(message)
        inner = {"type": kind, "user": user, "text": text, "ts": message.ts, "channel": place["id"], **more}
        await self.event({**inner, "thread_ts": thread_ts} if thread_ts else inner)
        return message

    def _place(self, channel: str) -> Json:
        found = self.world.channel_for(channel)
        assert found, f"there is no channel {channel}"
        return {"id": found.id, "name": found.name}

    def _response_url(self, channel: str, user: str, message: Message | None) -> str:
        name = str(self.world.number())
        self._response_urls[name] = {"channel": channel, "user": user, "message": message, "left": RESPONSES}
        return f"{self.base}/response/{name}"


def _errors(told: Any, view: Json) -> dict[str, str]:
    """What the modal shows below its fields; it stays open then. An answer that Slack does not take is a defect."""
    if told is None:
        return {}
    assert set(told) == {"response_action", "errors"}, told
    assert told["response_action"] == "errors", told
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    assert told["errors"], "no error is named"
    assert set(told["errors"]) <= fields, f"errors belong to input blocks: {told['errors']}"
    assert all(isinstance(text, str) and text for text in told["errors"].values()), told
    return dict(told["errors"])


def _opened_with(element: Json) -> str | None:
    chosen: str | None = element.get("initial_option", {}).get("value")
    return chosen or element.get("initial_time") or element.get("initial_value")


def _answer(element: Json, given: str | None) -> Json:
    match element["type"]:
        case "static_select":
            option = next((o for o in element["options"] if o["value"] == given), None)
            assert option, f"{given} is not offered"
            return {"type": "static_select", "selected_option": option}
        case "timepicker":
            return {"type": "timepicker", "selected_time": given}
        case kind:
            return {"type": kind, "value": given}
