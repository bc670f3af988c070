"""What came from Telegram and is not handled yet. Telegram keeps an update until the next request for updates confirms
it, or its call of the webhook is answered. python-telegram-bot would confirm at once: a process that is killed then
takes with it what people wrote.
"""

import asyncio
from collections.abc import Collection, Iterable

CONFIRM_SECONDS = 1.0


class Inbox:
    """Updates by their ids. Most are handled in a moment; who takes longer, as a brief with a language model may, is
    confirmed after `seconds` all the same, so that others are heard.
    """

    def __init__(self, *, seconds: float = CONFIRM_SECONDS) -> None:
        self._seconds = seconds
        self._open: dict[int, asyncio.Future[None]] = {}

    def came(self, ids: Iterable[int]) -> None:
        """These are to be handled."""
        for id in ids:
            self._open[id] = asyncio.get_running_loop().create_future()

    def over(self, id: int) -> None:
        """It was handled, or failed."""
        future = self._open.pop(id, None)
        if future is not None and not future.done():
            future.set_result(None)

    async def handled(self, ids: Collection[int]) -> None:
        """Until these may be confirmed."""
        waited = [self._open[id] for id in ids if id in self._open]
        if waited:
            await asyncio.wait(waited, timeout=self._seconds)
        for id in ids:
            self._open.pop(id, None)
