"""Time that passes only when it is slept through."""

import asyncio


class Clock:
    """A monotonic clock in seconds and the `sleep` that goes with it; `slept` is what was asked for."""

    def __init__(self, now: float = 1_000.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)
