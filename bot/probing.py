"""Questions to the database from outside: answered within a bound, whatever became of it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from storage.errors import Unreachable

T = TypeVar("T")

PATIENCE_SECONDS = (
    3.0  # less than those who ask wait themselves (Kubernetes a second or more, Prometheus ten)
)


class Probe(Generic[T]):
    """One question, asked once at a time: whoever asks while another waits for the answer gets the same one.

    What does not answer in time is given up and not waited for: to end a question to a server that is silent may take
    as long as the server likes.
    """

    def __init__(self, ask: Callable[[], Awaitable[T]]) -> None:
        self._ask = ask
        self._asking: asyncio.Task[T] | None = None

    async def answer(self) -> T:
        """Raises a StorageError where the database fails, or `storage.silent` where it does not answer in time."""
        asking = self._asking
        if asking is None or asking.done():
            asking = self._asking = asyncio.create_task(self._asked())
        await asyncio.wait({asking}, timeout=PATIENCE_SECONDS)
        if asking.done() and not asking.cancelled():
            return asking.result()
        asking.add_done_callback(_seen)
        asking.cancel()
        if self._asking is asking:
            self._asking = None
        raise Unreachable("storage.silent", cause=f"no answer within {PATIENCE_SECONDS:g} s")

    async def _asked(self) -> T:
        return await self._ask()


def _seen(asking: "asyncio.Task[Any]") -> None:
    """How a question ended that was given up is nobody's concern."""
    if not asking.cancelled():
        asking.exception()
