"""The one client for everything whose address comes from outside: feeds, pages, pasted links."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from adapters.http.addresses import AddressRefusedError, AllowPrivate, guarded_sockets
from adapters.http.inflate import ACCEPT_ENCODING, BadEncodingError, TooLargeError, read_body
from adapters.http.names import Names
from adapters.http.result import FetchError, FetchResult, Redirect

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LONGEST_HEADER = 64 * 1024  # bytes: what outlets say of their scripts passes the usual eight thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one GET may cost. Seconds and bytes; `body` counts after decompression."""

    connect: float = 10.0
    read: float = 15.0
    total: float = 30.0
    body: int = 10 * 1024 * 1024
    redirects: int = 5
    connections: int = 200


class GuardedClient:
    """An HTTP client that reads public http and https addresses and nothing else.

    Each connection's address is checked as it is made, on every redirect again. No cookie and no referrer
    is sent, no proxy or `.netrc` of the environment is used. Failures come back as `FetchResult.error`.
    """

    def __init__(
        self,
        *,
        contact: str,
        version: str,
        allow_private: AllowPrivate = False,
        limits: Limits | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._user_agent = f"Kawalis/{version} (+{contact})"
        self._allow = allow_private
        self._limits = limits or Limits()
        self._tls = tls or ssl.create_default_context()
        self._headers = {
            "User-Agent": self._user_agent,
            "Accept": "*/*",
            "Accept-Encoding": ACCEPT_ENCODING,
            "Connection": "keep-alive",
        }
        self._open: AiohttpTransport | None = None

    @property
    def user_agent(self) -> str:
        return self._user_agent

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._open is not None:
            await self._open.aclose()
            self._open = None

    async def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, limits: Limits | None = None
    ) -> FetchResult:
        """GET `url`, following redirects. `headers` may carry validators; `limits` override the
        client's. Expected failures are in `FetchResult.error`; nothing is raised but on cancellation.
        """
        trail = _Trail(url)
        limits = limits or self._limits
        try:
            async with asyncio.timeout(limits.total):
                return await self._follow(trail, headers or {}, limits)
        except TimeoutError:
            return trail.failed("timeout", "total")
        except Exception as error:  # a server can make any layer below stumble; it stays with this address
            code = classify(error)
            return trail.failed(code, f"{type(error).__name__}: {error}"[:300])

    async def _follow(self, trail: "_Trail", headers: Mapping[str, str], limits: Limits) -> FetchResult:
        transport = self._transport()
        sent = {**self._headers, **headers}
        times = {"timeout": {"connect": limits.connect, "read": limits.read}}
        while True:
            refused = refuse_url(trail.here)
            if refused is not None:
                return trail.failed(refused)
            request = httpx.Request("GET", trail.here, headers=sent, extensions=times)
            response = await transport.handle_async_request(request)
            response.request = request
            try:
                target = _redirect_target(response, trail.here)
                if target is None:
                    return await _finish(trail, response, limits)
            finally:
                await response.aclose()
            problem = trail.step(response.status_code, target, limits.redirects)
            if problem is not None:
                return trail.failed(problem)

    def _transport(self) -> AiohttpTransport:
        """Made on first use, inside the running loop, as aiohttp wants it. httpx's client is not needed: we
        follow redirects ourselves, and want neither cookies nor credentials.
        """
        if self._open is None:
            self._open = _make_transport(self._allow, self._limits, self._tls)
        return self._open


class _Trail:
    """Where one GET has come to."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.here = url
        self.redirects: list[Redirect] = []

    def step(self, status: int, target: str, most: int) -> str | None:
        """Go on to `target`; returns an error code where that must not be."""
        if target == self.here or target == self.url or any(past.url == target for past in self.redirects):
            return "redirect_loop"
        if len(self.redirects) >= most:
            return "too_many_redirects"
        self.redirects.append(Redirect(status=status, url=target))
        self.here = target
        return None

    def failed(self, code: str, detail: str = "", status: int = 0) -> FetchResult:
        return FetchResult(
            url=self.url,
            final_url=self.here,
            status=status,
            redirects=tuple(self.redirects),
            error=FetchError(code=code, detail=detail),
        )


async def _finish(trail: _Trail, response: httpx.Response, limits: Limits) -> FetchResult:
    """What the last answer tells. Where its status is a refusal, nobody reads the body, and none that breaks off or
    drips may cost us the status and what the headers say beside it.
    """
    status = response.status_code
    headers = _headers(response)
    error, body = None, b""
    if not 200 <= status < 300 and status != 304:
        return FetchResult(
            url=trail.url,
            final_url=trail.here,
            status=status,
            headers=headers,
            redirects=tuple(trail.redirects),
            error=FetchError(code=f"http_{status}"),
        )
    try:
        if status != 304:
            body = await read_body(response.aiter_raw(), headers.get("content-encoding", ""), limits.body)
    except TooLargeError:
        error = FetchError(code="too_large", detail=f"over {limits.body} bytes")
    except BadEncodingError as bad:
        error = FetchError(code="encoding", detail=str(bad)[:200])
    return FetchResult(
        url=trail.url,
        final_url=trail.here,
        status=status,
        headers=headers,
        body=body,
        redirects=tuple(trail.redirects),
        error=error,
    )


def _headers(response: httpx.Response) -> dict[str, str]:
    """Names in lower case; what comes twice is joined by a comma, as HTTP has it."""
    found: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _redirect_target(response: httpx.Response, here: str) -> str | None:
    if response.status_code not in _REDIRECTS:
        return None
    location: str | None = response.headers.get("location")
    if not location:
        return None
    try:
        return urljoin(here, location.strip())
    except ValueError:
        return location.strip()  # no address; `refuse_url` says so


@lru_cache(maxsize=16_384)
def refuse_url(url: str) -> str | None:
    """An error code where this address is not one to be fetched at all: another scheme than http and
    https (`scheme`); no host, a broken port, or a user name and password in it (`bad_url`).
    """
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return "bad_url"
    if parts.scheme.lower() not in ("http", "https"):
        return "scheme"
    if not parts.hostname or parts.username is not None or parts.password is not None or not port_is_fine:
        return "bad_url"
    return None


def classify(error: BaseException) -> str:
    """The error code for what the layers below raised: the most telling cause in the chain."""
    chain = _chain(error)
    for kinds, code in _CODES:
        if any(isinstance(link, kinds) for link in chain):
            return code
    return "connection"


_CODES: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((AddressRefusedError,), "address_refused"),
    ((ssl.SSLError, aiohttp.ClientSSLError, ssl.CertificateError), "tls"),
    ((aiohttp.ClientConnectorDNSError,), "dns"),
    ((aiohttp.InvalidURL, httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError), "bad_url"),
    ((TimeoutError, httpx.ReadTimeout, httpx.PoolTimeout), "timeout"),
)


def _chain(error: BaseException | None) -> list[BaseException]:
    links: list[BaseException] = []
    while error is not None and error not in links:
        links.append(error)
        error = error.__cause__ or error.__context__
    return links


def _make_transport(allow: AllowPrivate, limits: Limits, tls: ssl.SSLContext) -> AiohttpTransport:
    connector = aiohttp.TCPConnector(
        limit=limits.connections,
        ssl=tls,
        socket_factory=guarded_sockets(allow),
        resolver=Names(),
        keepalive_timeout=15,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        max_line_size=_LONGEST_HEADER,
        max_field_size=_LONGEST_HEADER,
    )
    return AiohttpTransport(verify=tls, client=session)
