"""What came from Telegram and is not handled yet. Telegram keeps an update until the next request for updates confirms
it, or its call of the webhook is answered. python-telegram-bot would confirm at once: a process that is killed then
takes with it what people wrote.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.ext import ExtBot

log = logging.getLogger(__name__)

CONFIRM_SECONDS = 5.0
LOOK_SECONDS = 0.2  # between two requests while something is not handled: Telegram then answers each at once
LEAVING_SECONDS = 2.0


class Inbox:
    """Updates by their ids, each since when. One that is not handled after `seconds`, as a brief with a language model
    may not be, is confirmed all the same: Telegram sends at most a hundred, and what comes after them would not be
    heard. `clock` counts seconds.
    """

    def __init__(
        self, *, seconds: float = CONFIRM_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds, self._clock = seconds, clock
        self._open: dict[int, tuple[float, asyncio.Future[None]]] = {}

    def came(self, ids: Iterable[int]) -> None:
        """These are to be handled."""
        for id in ids:
            self._open[id] = self._clock(), asyncio.get_running_loop().create_future()

    def over(self, id: int) -> None:
        """It was handled, or failed."""
        _, future = self._open.pop(id, (0.0, None))
        if future is not None and not future.done():
            future.set_result(None)

    def first(self) -> int | None:
        """The first that may not be confirmed; None: all may."""
        before = self._clock() - self._seconds
        for id in [id for id, (since, _) in self._open.items() if since <= before]:
            self.over(id)
        return min(self._open, default=None)

    async def handled(self, ids: Collection[int] | None = None, *, seconds: float | None = None) -> None:
        """Until these are handled (or all), or so many seconds are over: those after which they may be confirmed."""
        waited = [future for id, (_, future) in self._open.items() if ids is None or id in ids]
        if waited:
            await asyncio.wait(waited, timeout=self._seconds if seconds is None else seconds)


class KeepingBot(ExtBot[None]):
    """Asks for updates from the first one on that is not handled, and hands on what is new of them."""

    def __init__(self, token: str, inbox: Inbox, **more: Any) -> None:
        super().__init__(token, **more)
        with self._unfrozen():
            self._inbox = inbox

    async def get_updates(self, offset: int | None = None, **named: Any) -> tuple[Update, ...]:  # type: ignore[override]
        leaving = named.get("timeout") == timedelta(0)
        await self._inbox.handled(seconds=LEAVING_SECONDS if leaving else LOOK_SECONDS)
        first = self._inbox.first()
        asked = offset if first is None else min(first, offset or first)
        updates = await super().get_updates(asked, **named)
        new = tuple(update for update in updates if update.update_id >= (offset or 0))
        self._inbox.came(update.update_id for update in new)
        return new


def readable(update: dict[str, Any]) -> dict[str, Any]:
    """The update; where the library cannot read it, what is left of it is its number."""
    try:
        Update.de_json(update, None)
    except Exception as error:  # whatever it is, the next update is not to wait for it
        parts = sorted(set(update) - {"update_id"})
        log.error("an update cannot be read: %s, with %s", type(error).__name__, ", ".join(parts))
        return {"update_id": update["update_id"]}
    return update
