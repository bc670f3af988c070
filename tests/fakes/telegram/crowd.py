"""Many bots on one server: strict on the limits, quick, and it remembers who got what when.

`async with Crowd() as crowd:` in a test; `python -m tests.fakes.telegram.crowd` as a process of its own, which
prints its port and answers `/stats` and `/type`.
"""

import asyncio
import json
import sys
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

BOT_A_SECOND, CHAT_A_SECOND = 30, 1


def token(bot: int) -> str:
    return f"{7_000_000 + bot}:AAfake-token-that-is-long-enough-{bot:03}"


def bot_id(bot: int) -> str:
    return str(7_000_000 + bot)


@dataclass(slots=True)
class Crowd:
    """`sent` counts messages by (bot, chat); `times` has each accepted send by bot, in monotonic seconds."""

    limits: bool = True
    url: str = ""
    sent: Counter[tuple[str, str]] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    reached: dict[tuple[str, str], float] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    conflicts: int = 0
    busiest: int = 0  # most sends of one bot in any second
    _recent: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _chats: dict[tuple[str, str], float] = field(default_factory=dict)
    _updates: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    _polling: Counter[str] = field(default_factory=Counter)
    _numbers: int = 0
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/stats", self._stats)
        app.router.add_get("/type", self._type)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def type(self, bot: str, chat: int, text: str) -> None:
        """A person writes to a bot."""
        self._numbers += 1
        person = {"id": chat, "is_bot": False, "first_name": "ق", "language_code": "ar"}
        command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
        message = {"message_id": self._numbers, "date": 1, "chat": {"id": chat, "type": "private"},
                   "from": person, "text": text, "entities": [command]}  # fmt: skip
        self._updates[bot].append({"update_id": self._numbers, "message": message})

    @property
    def total(self) -> int:
        return sum(self.sent.values())

    @property
    def doubled(self) -> int:
        return self.total - len(self.sent)

    async def _serve(self, request: web.Request) -> web.Response:
        bot, method = request.match_info["token"].partition(":")[0], request.match_info["method"]
        try:
            given = dict(await request.post()) if request.can_read_body else dict(request.query)
        except ConnectionResetError:  # who asked was killed
            return web.Response(status=400)
        if method == "getMe":
            return _good({"id": int(bot), "is_bot": True, "first_name": "ك", "username": f"k{bot}_bot"})
        if method == "getUpdates":
            return await self._get_updates(bot, given)
        if method == "sendMessage":
            return self._send(bot, str(given["chat_id"]), str(given["text"]))
        return _good(True)

    async def _get_updates(self, bot: str, given: dict[str, Any]) -> web.Response:
        self._polling[bot] += 1
        self.conflicts += self._polling[bot] > 1
        try:
            offset = int(given.get("offset") or 0)
            for _ in range(20):
                waiting = [u for u in self._updates[bot] if u["update_id"] >= offset]
                if waiting:
                    self._updates[bot] = waiting
                    return _good(waiting)
                await asyncio.sleep(0.05)
            return _good([])
        finally:
            self._polling[bot] -= 1

    def _send(self, bot: str, chat: str, text: str) -> web.Response:
        now = time.monotonic()
        recent = self._recent[bot]
        while recent and recent[0] <= now - 1.0:
            recent.popleft()
        last = self._chats.get((bot, chat), 0.0)
        if self.limits and (len(recent) >= BOT_A_SECOND or now - last < 1.0 / CHAT_A_SECOND):
            self.refused[bot] += 1
            body = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1",
                    "parameters": {"retry_after": 1}}  # fmt: skip
            return web.json_response(body, status=429)
        recent.append(now)
        self.busiest = max(self.busiest, len(recent))
        self._chats[bot, chat] = now
        self.sent[bot, chat] += 1
        self.times[bot].append(now)
        self.reached.setdefault((bot, chat), now)
        self._numbers += 1
        return _good({"message_id": self._numbers, "date": 1, "text": text,
                      "chat": {"id": int(chat), "type": "private"}})  # fmt: skip

    async def _stats(self, _: web.Request) -> web.Response:
        first = min((t[0] for t in self.times.values()), default=0.0)
        last = max((t[-1] for t in self.times.values()), default=0.0)
        return web.json_response({
            "total": self.total, "doubled": self.doubled, "refused": sum(self.refused.values()), "first": first,
            "last": last, "busiest": self.busiest, "bots": {bot: len(t) for bot, t in self.times.items()},
            "conflicts": self.conflicts, "processor": time.process_time(),
        })  # fmt: skip

    async def _type(self, request: web.Request) -> web.Response:
        """Type, and answer with the seconds until the bot's reply has come."""
        bot, chat = request.query["bot"], int(request.query["chat"])
        began, before = time.monotonic(), self.sent[bot, str(chat)]
        self.type(bot, chat, request.query["text"])
        while self.sent[bot, str(chat)] == before and time.monotonic() - began < 30:
            await asyncio.sleep(0.01)
        return web.json_response({"seconds": time.monotonic() - began})


def _good(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


async def _main() -> None:
    async with Crowd() as crowd:
        sys.stdout.write(json.dumps({"url": crowd.url}) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main())
