"""How python-telegram-bot's requests leave: its own `HTTPXRequest`, with aiohttp's connections under httpx.

httpx's own connections (httpcore) cost a send a millisecond of processor time, aiohttp's a fourth of that, which
decides how many bots a machine can serve.
"""

import json
import ssl
from functools import cache
from typing import Any
from urllib.request import getproxies

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest

from adapters.telegram.errors import NotTelegram
from adapters.telegram.inbox import readable

CONNECTIONS = 64  # more than a bot may have under way in a second
KEPT_SECONDS = 15.0  # an idle connection; servers close theirs later
_TOKEN_REFUSED = (401, 404)


def make_request(connections: int = CONNECTIONS) -> HTTPXRequest:
    """What a bot sends through."""
    return _Answered(httpx_kwargs={"transport": _Transport(connections)})


def make_polling_request() -> HTTPXRequest:
    """What it asks for updates through."""
    return _Polling(httpx_kwargs={"transport": _Transport(1)})


class _Answered(HTTPXRequest):
    """Takes Telegram's own answers alone. python-telegram-bot reads a gateway's page of status 403 as Telegram's word
    that we are blocked, and logs the page, in which our address and with it the token may stand.
    """

    async def do_request(self, *given: Any, **named: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*given, **named)
        if not _is_telegrams(status, body):
            raise NotTelegram(status)
        return status, body


def _is_telegrams(status: int, body: bytes) -> bool:
    """Whether it is an answer in the form of https://core.telegram.org/bots/api#making-requests, and whole."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return False
    good = 200 <= status < 300
    return isinstance(answer, dict) and answer.get("ok") is good and (not good or "result" in answer)


class _Polling(_Answered):
    """Two failures are called by another name here, for what python-telegram-bot would do after them.

    After a time-out it asks again at once, after another failure it pauses longer and longer. The transport calls a
    connection that cannot be had, or breaks, a time-out of connecting, which takes no time at all: while Telegram was
    away we would ask a hundred times a second.

    After a token that is refused it never asks again. We started with a good one: Telegram may take it again, and we
    would be deaf.

    An update that the library cannot read (a required part is missing) would come again and again, without a pause, and
    nothing after it: it is handed on with its number alone.
    """

    async def do_request(self, *given: Any, **named: Any) -> tuple[int, bytes]:
        try:
            status, body = await super().do_request(*given, **named)
        except TimedOut as error:
            if isinstance(error.__cause__, httpx.ConnectTimeout):
                raise NetworkError(f"not connected: {error.__cause__}") from error
            raise
        if status in _TOKEN_REFUSED:
            raise NetworkError(f"HTTP {status}: the token is refused")
        answer = json.loads(body)
        if not isinstance(answer.get("result"), list):
            return status, body
        updates = [readable(update) for update in answer["result"]]
        return status, json.dumps({**answer, "result": updates}).encode()


class _Transport(AiohttpTransport):
    """Opens its session on the first request, inside the running loop, and a new one after it was closed: a bot that
    could not be reached is started again.
    """

    def __init__(self, connections: int) -> None:
        super().__init__(verify=_tls(), client=self._session)
        self._connections = connections

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(limit=self._connections, ssl=_tls(), keepalive_timeout=KEPT_SECONDS)
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=bool(getproxies()),  # HTTPS_PROXY is obeyed, as httpx would
            auto_decompress=False,
        )

    async def aclose(self) -> None:
        await super().aclose()
        self.client = self._session


@cache
def _tls() -> ssl.SSLContext:
    """One for all bots: reading the authorities' certificates takes a while."""
    return httpx.create_ssl_context()
