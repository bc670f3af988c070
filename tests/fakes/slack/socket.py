"""Slack's side of Socket Mode: envelopes out, acknowledgements in, redelivery of what is not acknowledged."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.patience import PATIENCE
from tests.fakes.slack.world import Json

RETRIES = 3


@dataclass(kw_only=True)
class Envelope:
    id: str
    kind: str
    payload: Json
    acked: asyncio.Event = field(default_factory=asyncio.Event)
    answer: Json | None = None  # what came with the acknowledgement
    attempts: int = 0


class Sockets:
    """All open Socket Mode connections of the app; an envelope goes to the newest."""

    def __init__(self, *, ack_seconds: float, number: Callable[[], int]) -> None:
        self.ack_seconds = ack_seconds
        self.tickets: set[str] = set()
        self.open: list[web.WebSocketResponse] = []
        self.connections = 0
        self.envelopes: dict[str, Envelope] = {}
        self.missed: list[str] = []
        self.strange_answers: list[Any] = []
        self.lose_acks = 0  # so many acknowledgements are lost on their way
        self._number = number
        self._changed = asyncio.Condition()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            return web.Response(status=401)
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(
            {"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0KAWALIS"}}
        )
        async with self._changed:
            self.open.append(socket)
            self.connections += 1
            self._changed.notify_all()
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._answer(message.data)
        finally:
            self.open.remove(socket)
        return socket

    def _answer(self, text: str) -> None:
        answer = json.loads(text)
        envelope = self.envelopes.get(answer.get("envelope_id", ""))
        if envelope is None or not set(answer) <= {"envelope_id", "payload"}:
            self.strange_answers.append(answer)
            return
        if self.lose_acks:
            self.lose_acks -= 1
            return
        envelope.answer = answer.get("payload")
        if envelope.answer is not None and envelope.kind == "events_api":
            self.strange_answers.append(answer)
        envelope.acked.set()

    async def connected(self, count: int = 1, *, seconds: float = PATIENCE) -> None:
        """Wait until there have been this many connections."""
        async with self._changed:
            await asyncio.wait_for(
                self._changed.wait_for(lambda: self.connections >= count and self.open), seconds
            )

    async def send(self, kind: str, payload: Json) -> Envelope:
        """Send an envelope and wait for its acknowledgement; events are sent again when there is none."""
        envelope = Envelope(id=f"envelope-{self._number()}", kind=kind, payload=payload)
        self.envelopes[envelope.id] = envelope
        tries = RETRIES + 1 if kind == "events_api" else 1
        for attempt in range(tries):
            envelope.attempts += 1
            await self._write(envelope, attempt)
            try:
                await asyncio.wait_for(envelope.acked.wait(), self.ack_seconds)
            except TimeoutError:
                self.missed.append(envelope.id)
            else:
                break
        return envelope

    async def _write(self, envelope: Envelope, attempt: int) -> None:
        content: Json = {
            "envelope_id": envelope.id,
            "type": envelope.kind,
            "payload": envelope.payload,
            "accepts_response_payload": envelope.kind != "events_api",
        }
        if envelope.kind == "events_api":
            content["retry_attempt"] = attempt
            content["retry_reason"] = "timeout" if attempt else ""
        await self.open[-1].send_json(content)

    async def refresh(self) -> None:
        """Ask the app to connect anew, as Slack does from time to time."""
        before = self.connections
        await self.open[-1].send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
        await self.connected(before + 1)

    async def drop(self) -> None:
        """Close every connection without a word."""
        for socket in list(self.open):
            await socket.close()
