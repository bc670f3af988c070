"""The fake Bot API's server and what a test does with it."""

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.patience import PATIENCE
from tests.fakes.telegram import methods
from tests.fakes.telegram.methods import ApiError
from tests.fakes.telegram.parameters import methods as known_methods
from tests.fakes.telegram.world import EPOCH, Chat, Json, Sent, Upload, World

BOT = {"id": 7000001, "is_bot": True, "first_name": "كواليس", "username": "kawalis_bot",
       "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}  # fmt: skip
ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
SPEAKS_AS_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


class TelegramFake:
    """`async with TelegramFake() as fake:` gives `fake.url` and `fake.token`.

    `clock` (seconds) is what the limits are measured by: 30 sends a second, one a second for a chat, 20 a minute
    for a group. Everything that was refused is in `refused`.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, limits: bool = True) -> None:
        self.token = "7000001:AAfake-token-that-is-long-enough-xyz"
        self.url = ""
        self.calls: list[tuple[str, Json]] = []
        self.refused: list[tuple[str, str]] = []
        self.webhook: Json = {}
        self.webhook_failed: Json = {}
        self._arrived = asyncio.Event()
        self._performed = asyncio.Event()
        self._closing = asyncio.Event()
        self.held = 0  # calls that are kept without an answer
        self.world = World(BOT, self._arrived.set)
        self._clock, self._limits = clock, limits
        self._times: deque[float] = deque()
        self._chat_times: dict[int, deque[float]] = defaultdict(deque)
        self._failures: dict[str, deque[str]] = defaultdict(deque)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=20_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._arrived.set()
        self._closing.set()
        if self._runner is not None:
            await self._runner.cleanup()

    # What a test does

    def add_chat(self, number: int, kind: str = "private", **more: Any) -> Chat:
        chat = self.world.chats[number] = Chat(id=number, type=kind, **more)
        return chat

    def make_member(self, chat: int, person: int, status: str, **rights: bool) -> None:
        self.world.chats[chat].members[person] = {"status": status, **rights}

    def type(self, chat: int, text: str, *, person: int | None = None, language: str | None = "ar",
             topic: int | None = None, edited: bool = False, named: int | None = None) -> None:  # fmt: skip
        """A person types. An unknown private chat begins to exist. `named`: in the name of that group or channel; then
        Telegram shows the same person, whoever it was.
        """
        there = self.world.chats.get(chat) or self.add_chat(chat)
        message: Json = {
            "message_id": self.world.message_id(), "date": EPOCH, "chat": there.shown(), "text": text,
            "from": self.world.person(person or chat, language),
        }  # fmt: skip
        if named is not None:
            stand_in = ANONYMOUS_ADMIN if named == chat else SPEAKS_AS_CHANNEL
            message |= {"from": stand_in, "sender_chat": self.world.chats[named].shown()}
        command = re.match(r"/\w+(?:@\w+)?", text)
        if command:
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command[0])}]
        if topic is not None:
            message |= {"message_thread_id": topic, "is_topic_message": True}
        self.world.push(
            {"edited_message" if edited else "message": message | ({"edit_date": EPOCH} if edited else {})}
        )

    def show(self, chat: int, *, caption: str = "", pictures: int = 1, language: str | None = "ar") -> None:
        """A person sends pictures; several are an album, each an update of its own, the first with the caption."""
        there = self.world.chats.get(chat) or self.add_chat(chat)
        album = {"media_group_id": str(self.world.message_id())} if pictures > 1 else {}
        for place in range(pictures):
            message: Json = {
                "message_id": self.world.message_id(), "date": EPOCH, "chat": there.shown(),
                "from": self.world.person(chat, language),
                "photo": [{"file_id": "f", "file_unique_id": f"u{place}", "width": 800, "height": 400}],
            }  # fmt: skip
            self.world.push(
                {"message": message | album | ({"caption": caption} if caption and not place else {})}
            )

    def press(self, sent: Sent, data: str, *, person: int | None = None, language: str | None = "ar",
              old: bool = False) -> None:  # fmt: skip
        """A person presses a button; one that is not there cannot be pressed. Of an `old` message Telegram tells
        nothing but its chat and number, and it can be edited no more.
        """
        assert data in sent.buttons, f"no button {data!r} among {sent.buttons}"
        chat = self.world.chats[sent.chat]
        message: Json = {"message_id": sent.id, "date": 0, "chat": chat.shown()}
        if not old:
            message |= {"date": EPOCH, "text": sent.text}
            if (thread := sent.parameters.get("message_thread_id")) is not None:
                message |= {"message_thread_id": int(thread), "is_topic_message": True}
        self.world.push({"callback_query": {
            "id": str(self.world.message_id()), "from": self.world.person(person or sent.chat, language),
            "chat_instance": "1", "data": data, "message": message,
        }})  # fmt: skip

    def follow_link(self, url: str, person: int, *, language: str | None = "ar") -> None:
        """A person follows a deep link: their private chat with the bot opens, and they press "Start" there."""
        link = re.fullmatch(rf"https://t\.me/{BOT['username']}\?start=([A-Za-z0-9_-]{{1,64}})", url)
        assert link, f"no deep link of this bot: {url!r}"
        self.type(person, f"/start {link[1]}", language=language)

    def type_inline(self, person: int, query: str, *, language: str | None = "ar") -> None:
        """A person types our name and then `query` in whatever chat."""
        self.world.push({"inline_query": {
            "id": str(self.world.message_id()), "from": self.world.person(person, language), "query": query,
            "offset": "",
        }})  # fmt: skip

    def migrate(self, chat: int, new: int) -> None:
        """The group becomes a supergroup with a new id: the old one takes no more, and the bot is told."""
        old = self.world.chats[chat]
        self.add_chat(new, "supergroup", title=old.title, members=old.members)
        told: Json = {"message_id": self.world.message_id(), "date": EPOCH, "chat": old.shown()}
        self.world.push({"message": told | {"migrate_to_chat_id": new}})
        old.migrated_to = new

    def block(self, chat: int) -> None:
        """The person blocks the bot: later sends are refused, and the bot is told."""
        self._membership(chat, "member", "kicked")
        self.world.chats[chat].blocked = True

    def unblock(self, chat: int) -> None:
        self.world.chats[chat].blocked = False
        self._membership(chat, "kicked", "member")

    def _membership(self, chat: int, old: str, new: str) -> None:
        def member(status: str) -> Json:
            return {"status": status, "user": BOT} | ({"until_date": 0} if status == "kicked" else {})

        self.world.push({"my_chat_member": {
            "chat": self.world.chats[chat].shown(), "from": self.world.person(chat, "ar"), "date": EPOCH,
            "old_chat_member": member(old), "new_chat_member": member(new),
        }})  # fmt: skip

    def fail_webhook(self, at: int, cause: str) -> None:
        """We called the webhook at that second of the epoch, and it did not take the update."""
        self.webhook_failed = {"last_error_date": at, "last_error_message": cause}

    def fail_next(self, method: str, how: str) -> None:
        """The next call: `429`, `401`, `500`, `drop` (the connection, unread), `lose` (done, and the answer lost),
        `stall` (not done, never answered), `keep` (done, never answered), `cut` (done, half of the answer),
        `gateway 403` (the page of a gateway of that status, which shows the address that was asked for)."""
        self._failures[method].append(how)

    def sent(self, chat: int) -> list[Sent]:
        return [message for message in self.world.sent if message.chat == chat]

    async def wait_sent(self, chat: int, count: int = 1, seconds: float = PATIENCE) -> list[Sent]:
        """The chat's messages, once there are `count` of them. Fails when they do not come."""
        async with asyncio.timeout(seconds):
            while len(self.sent(chat)) < count:
                self._performed.clear()
                await self._performed.wait()
        return self.sent(chat)

    async def wait_until(self, true: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Until something holds, looked at after each call that the bot makes. Fails when it does not come."""
        async with asyncio.timeout(seconds):
            while not true():
                self._performed.clear()
                await self._performed.wait()

    async def breathe(self) -> None:
        """Let the bot run for a moment."""
        await asyncio.sleep(0.01)

    async def call_webhook(self, update: Json, secret: str | None = None) -> int:
        """Call the webhook that was set, as Telegram does."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret or self.webhook.get("secret_token", "")}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.webhook["url"], json={"update_id": 1, **update}, headers=headers) as answer,
        ):
            return answer.status

    # What the server does

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return _error(401, "Unauthorized")
        parameters, files = await _parameters(request)
        self.calls.append((method, parameters))
        how = self._failures[method].popleft() if self._failures[method] else ""
        if how == "drop" and request.transport is not None:
            request.transport.abort()
        if how.startswith("gateway"):
            page = f"<html><body>{request.url} is not served here</body></html>"
            return web.Response(status=int(how.split()[1]), text=page, content_type="text/html")
        if how == "stall":
            await self._held()
        if how == "429":
            return _error(429, "Too Many Requests: retry after 3", {"retry_after": 3})
        if how == "401":
            return _error(401, "Unauthorized")
        if how == "500":
            return _error(500, "Internal Server Error")
        try:
            if how != "drop":
                result = await self._perform(method, parameters, files)
        except ApiError as error:
            self.refused.append((method, error.text))
            return _error(error.code, error.text, error.parameters)
        self._performed.set()
        if how == "keep":
            await self._held()
        if how == "lose" and request.transport is not None:
            request.transport.abort()
        if how in {"drop", "lose"}:
            return web.Response(status=502)
        answer = json.dumps({"ok": True, "result": result})
        if how == "cut":
            answer = answer[: len(answer) // 2]
        return web.Response(text=answer, content_type="application/json")

    async def _held(self) -> None:
        """Never answer, as long as the test lasts."""
        self.held += 1
        self._performed.set()
        await self._closing.wait()

    async def _perform(self, method: str, parameters: Json, files: dict[str, Upload]) -> Any:
        if method == "getUpdates":
            return await self._get_updates(parameters)
        if method not in known_methods():
            raise ApiError(404, "Not Found")
        every, required = known_methods()[method]
        unknown = set(parameters) - every
        if unknown:
            raise ApiError(400, f"Bad Request: unknown parameters {sorted(unknown)}")
        parameters |= {name: file for name, file in files.items() if name in every}
        missing = required - set(parameters)
        if missing:
            raise ApiError(400, f"Bad Request: missing parameters {sorted(missing)}")
        if method in {"setWebhook", "deleteWebhook"}:
            self.webhook = parameters if method == "setWebhook" else {}
            return True
        if method == "getWebhookInfo":
            return {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0,
                    **self.webhook_failed}  # fmt: skip
        handler = getattr(methods, _snake(method), None)
        if handler is None:
            raise ApiError(501, f"the fake does not know {method}")
        return handler(self.world, parameters, self._limit if self._limits else None)

    async def _get_updates(self, parameters: Json) -> list[Json]:
        unknown = set(parameters) - {"offset", "limit", "timeout", "allowed_updates"}
        if unknown:
            raise ApiError(400, f"Bad Request: unknown parameters {sorted(unknown)}")
        if self.webhook:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(parameters.get("offset", 0))
        self.world.updates = [u for u in self.world.updates if u["update_id"] >= offset]
        if not self.world.updates:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), min(float(parameters.get("timeout", 0)), 1.0))
            except TimeoutError:
                return []
        return self.world.updates[: int(parameters.get("limit", 100))]

    def _limit(self, chat: Chat) -> None:
        now = self._clock()
        mine = self._chat_times[chat.id]
        _forget(self._times, now - 1.0)
        _forget(mine, now - 60.0)
        second = sum(1 for at in mine if at > now - 1.0)
        if len(self._times) >= 30 or second >= 1 or (chat.type != "private" and len(mine) >= 20):
            raise ApiError(429, "Too Many Requests: retry after 1", {"retry_after": 1})
        self._times.append(now)
        mine.append(now)


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()


async def _parameters(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """The parameters as JSON values, and the uploaded files."""
    if request.content_type == "application/json":
        return dict(await request.json()), {}
    form = await request.post()
    parameters: Json = {}
    files: dict[str, Upload] = {}
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(name=value.filename, content=value.file.read())
            continue
        try:
            parameters[name] = (
                json.loads(value) if str(value)[:1] in '{["' or value in {"true", "false"} else value
            )
        except ValueError:
            parameters[name] = value
    return parameters, files


def _error(code: int, text: str, parameters: Json | None = None) -> web.Response:
    body = {"ok": False, "error_code": code, "description": text}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)


def _snake(method: str) -> str:
    return re.sub(r"([A-Z])", lambda m: "_" + m[1].lower(), method)
