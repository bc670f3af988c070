"""A scripted language model behind an OpenAI-compatible address on loopback."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import web

SILENT = "silent"  # never answers, until the test ends
Turn: TypeAlias = str | int | bytes | Callable[[list[str]], str]


@dataclass(slots=True)
class Scripted:
    """Answers in turn from `script`: a text is the model's answer, a function makes it of the sentences it is given and
    is held to the asked form, a number is the HTTP status of a refusal, bytes are the whole body, `SILENT` no answer at
    all; the last one is repeated. `asked` are the bodies received, `keys` their authorization. `refuses` says of a body
    why it is not taken; such a request takes no turn.
    """

    script: Sequence[Turn]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    refuses: Callable[[dict[str, Any]], str | None] = lambda _: None

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        refusal = self.refuses(body)
        if refusal is not None:
            return web.json_response({"error": {"message": refusal}}, status=400)
        self.asked.append(body)
        self.keys.append(request.headers.get("Authorization", ""))
        turn = self.script[min(len(self.asked), len(self.script)) - 1]
        if turn == SILENT:
            await self.over.wait()
            return web.Response()
        if callable(turn):
            given = json.loads(self.asked[-1]["messages"][1]["content"])["sentences"]
            turn = _held(turn([one["text"] for one in given]), self.asked[-1])
        if isinstance(turn, int):
            return web.Response(status=turn, text="no")
        if isinstance(turn, bytes):
            return web.Response(body=turn, content_type="application/json")
        choice = {"message": {"role": "assistant", "content": turn}}
        return web.json_response({"choices": [choice], "usage": {"total_tokens": 300}})


@asynccontextmanager
async def language_model(*script: Turn) -> AsyncIterator[Scripted]:
    """A running server with this script."""
    scripted = Scripted(script)
    app = web.Application()
    app.router.add_post("/v1/chat/completions", scripted.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    scripted.url = f"http://{host}:{port}/v1"
    try:
        yield scripted
    finally:
        scripted.over.set()
        await runner.cleanup()


def _held(answer: str, asked: dict[str, Any]) -> str:
    """The answer without what the form does not have, as servers see to it that are told to be strict."""
    form = asked["response_format"]["json_schema"]["schema"]["properties"]
    return json.dumps(
        {name: part for name, part in json.loads(answer).items() if name in form}, ensure_ascii=False
    )


def sentences(*pairs: tuple[str, list[int]], headline: str | None = None) -> str:
    """An answer of the asked form: texts with the numbers of the sentences that they cite, and a headline."""
    answer: dict[str, Any] = {"sentences": [{"text": text, "sources": sources} for text, sources in pairs]}
    return json.dumps(answer if headline is None else {"headline": headline, **answer}, ensure_ascii=False)
