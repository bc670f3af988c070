"""A scripted web on loopback: says exactly what a test tells it to, byte for byte, and remembers what it
was asked. It speaks HTTP/1.1 by hand, so that it can also lie, stall and drip.
"""

import asyncio
import contextlib
import gzip
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

TLS_HELLO = b"\x16"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. Content-Length is added unless `headers` has one; `drip` sends the body piece by piece
    with that many seconds in between; `hang_up` closes in the middle of the body.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0.0
    hang_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]  # names in lower case
    raw: tuple[str, ...]  # the header lines as they came


def html(text: str, **headers: str) -> Answer:
    return Answer(body=text.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})


def feed(text: str | bytes, **headers: str) -> Answer:
    """A feed; header names are written with _ for -."""
    body = text.encode() if isinstance(text, str) else text
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(body=body, headers={"Content-Type": "application/rss+xml", **named})


def gzipped(answer: Answer) -> Answer:
    headers = {**answer.headers, "Content-Encoding": "gzip"}
    return Answer(status=answer.status, body=gzip.compress(answer.body), headers=headers)


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": to})


class ScriptedWeb:
    """`web.on("/feed", first, second)`: the answers come in this order, the last one again and again.
    A path without script is 404; `/robots.txt` too.
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host = host
        self.port = 0
        self.asked: list[Asked] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.hold: asyncio.Event | None = None
        self.busy = asyncio.Event()  # set while at least `busy_at` requests are in flight
        self.busy_at = 1
        self._script: dict[str, list[Answer]] = {}
        self._served: defaultdict[str, int] = defaultdict(int)
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, self.host, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    def on(self, path: str, *answers: Answer) -> None:
        self._script[path] = list(answers)
        self._served[path] = 0

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                first = await reader.readexactly(1)
                if first == TLS_HELLO:  # whoever speaks TLS hears that we do not
                    writer.write(b"HTTP/1.1 400 plain only\r\n\r\n")
                    break
                head = first + await reader.readuntil(b"\r\n\r\n")
                answer = self._answer(head.decode("latin-1"))
                self.in_flight += 1
                self.most_in_flight = max(self.most_in_flight, self.in_flight)
                if self.in_flight >= self.busy_at:
                    self.busy.set()
                try:
                    if self.hold is not None:
                        await self.hold.wait()
                    await _send(writer, answer)
                finally:
                    self.in_flight -= 1
                if answer.hang_up:
                    break
        writer.close()
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()

    def _answer(self, head: str) -> Answer:
        first, *lines = head.strip().split("\r\n")
        method, path, _ = first.split(" ", 2)
        pairs = [line.split(": ", 1) for line in lines]
        self.asked.append(
            Asked(method=method, path=path, headers={k.lower(): v for k, v in pairs}, raw=tuple(lines))
        )
        script = self._script.get(path)
        if not script:
            return Answer(status=404, body=b"not here")
        number = min(self._served[path], len(script) - 1)
        self._served[path] += 1
        return script[number]


async def _send(writer: asyncio.StreamWriter, answer: Answer) -> None:
    headers = dict(answer.headers)
    names = {name.lower() for name in headers}
    if "content-length" not in names and answer.status != 304:
        headers["Content-Length"] = str(len(answer.body))
    lines = [f"HTTP/1.1 {answer.status} Scripted", *(f"{name}: {value}" for name, value in headers.items())]
    writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n")
    if not answer.drip:
        writer.write(answer.body)
        await writer.drain()
        return
    for i in range(0, len(answer.body), 8):
        writer.write(answer.body[i : i + 8])
        await writer.drain()
        await asyncio.sleep(answer.drip)
