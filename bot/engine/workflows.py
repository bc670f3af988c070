"""The workflows. DBOS finds them by name, so they stand in the module; what they do is the service's.

A workflow that changes what it does in another order gets a new name (`….2`), and the old one stays until no
database can hold one in flight.
"""

from datetime import datetime
from typing import Any, Protocol

from dbos import DBOS

from bot.engine import durable


class Stages(Protocol):
    """What the workflows call; the running service."""

    async def ticked(self) -> None: ...

    async def collect(self) -> None: ...

    async def decide(self) -> None: ...

    async def drain(self, platform: str, bot: str, number: int) -> None: ...


class _Bound:
    stages: Stages | None = None


def bind(stages: Stages | None) -> None:
    """The service of this process, for as long as it runs."""
    _Bound.stages = stages


def _stages() -> Stages:
    if _Bound.stages is None:
        raise RuntimeError("a workflow ran while no service does")
    return _Bound.stages


@DBOS.workflow(name=durable.TICK)
async def tick(scheduled: datetime, context: Any) -> None:
    """The minute has come: what it finds to do goes into the queues of those who do it."""
    await _stages().ticked()


@DBOS.workflow(name=durable.COLLECT)
async def collect() -> None:
    """Poll what is due, understand what is new."""
    await DBOS.run_step_async({"name": "collect"}, _stages().collect)


@DBOS.workflow(name=durable.DECIDE)
async def decide() -> None:
    """Digests that are due, alerts, scheduled broadcasts, retention."""
    await DBOS.run_step_async({"name": "decide"}, _stages().decide)


@DBOS.workflow(name=durable.DRAIN)
async def drain(platform: str, bot: str, number: int) -> None:
    """Hold one bot: send what its outbox has, until there is nothing or this process gives it up."""
    await _stages().drain(platform, bot, number)
