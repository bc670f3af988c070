"""Looking names up with a time-out that holds: a resolver that does not answer must keep neither the round nor
the end of the program waiting.
"""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any, TypeAlias

from aiohttp.abc import AbstractResolver, ResolveResult

Lookup: TypeAlias = Callable[..., list[Any]]
_AT_ONCE = 64


class Names(AbstractResolver):
    """The system's resolver, each lookup in a daemon thread of its own: nothing at the end waits for those
    that hang, as it would for an executor's.
    """

    def __init__(self, seconds: float = 5.0, lookup: Lookup = socket.getaddrinfo) -> None:
        self._seconds = seconds
        self._lookup = lookup
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of `host`. Raises: OSError where there are none or nobody says in time."""
        try:
            async with asyncio.timeout(self._seconds), self._turns:
                found = await self._ask(host, port, family)
        except TimeoutError:
            raise OSError(None, "no answer from the resolver") from None
        results = []
        for kind, _, protocol, _, address in found:
            if kind in (socket.AF_INET, socket.AF_INET6):
                results.append(
                    ResolveResult(
                        hostname=host,
                        host=str(address[0]),
                        port=port,
                        family=kind,
                        proto=protocol,
                        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
                    )
                )
        if not results:
            raise OSError(None, "no address")
        return results

    async def _ask(self, host: str, port: int, family: int) -> list[Any]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[Any]] = loop.create_future()

        def give(found: list[Any] | BaseException) -> None:
            if answer.done():
                return
            if isinstance(found, BaseException):
                answer.set_exception(found)
            else:
                answer.set_result(found)

        def look_up() -> None:
            found: list[Any] | BaseException
            try:
                found = self._lookup(host, port, family, socket.SOCK_STREAM)
            except (OSError, UnicodeError) as error:
                found = OSError(None, str(error))
            with contextlib.suppress(RuntimeError):  # nobody waits any more: the loop is closed
                loop.call_soon_threadsafe(give, found)

        threading.Thread(target=look_up, daemon=True, name="resolver").start()
        return await answer

    async def close(self) -> None:
        """Nothing is held."""
