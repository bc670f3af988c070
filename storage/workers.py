"""The processes at work on this database: each beats, one is elected to look after the work of the dead.

Nobody compares clocks: a worker counts its beats, and whoever watches sees by a clock of its own that a count
stands still. So a wall clock that jumps, or differs between two machines, makes nobody look dead.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, delete, exists, func, select, update

from storage.repository import Repository
from storage.tables.outbox import deliveries
from storage.tables.workers import drains, leases, workers

RECOVERER = "recoverer"
TICK = "tick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One life of a process. `owner` is new with each life; `id` stays the same."""

    id: str
    owner: str
    role: str
    host: str
    pid: int
    beats: int
    started: datetime


class Workers(Repository):
    """Heartbeats, the recoverer's lease, and the numbers of the drains."""

    async def all(self) -> list[Worker]:
        return [Worker(**row._mapping) for row in await self.connection.execute(select(workers))]

    async def get(self, id: str) -> Worker | None:
        row = (await self.connection.execute(select(workers).where(workers.c.id == id))).first()
        return Worker(**row._mapping) if row else None

    async def join(self, worker: Worker, after: str | None = None) -> bool:
        """Be at work, where nobody is under the same id, or in the place of the life `after`, which is over from now
        on. False: another process was quicker.
        """
        values = {name: getattr(worker, name) for name in Worker.__dataclass_fields__}
        first = self._insert(workers).values(values).on_conflict_do_nothing().returning(workers.c.id)
        if (await self.connection.execute(first)).first() is not None:
            return True
        there = (workers.c.id == worker.id, workers.c.owner == after)
        return await self._changed(update(workers).where(*there).values(values))

    async def beat(self, owner: str) -> bool:
        """Tell that this life goes on. False: it was declared dead, and whatever it held is given away."""
        return await self._changed(
            update(workers).where(workers.c.owner == owner).values(beats=workers.c.beats + 1)
        )

    async def bury(self, dead: Worker) -> bool:
        """Declare a life over, unless it has beaten since it was looked at."""
        return await self._changed(
            delete(workers).where(workers.c.owner == dead.owner, workers.c.beats == dead.beats)
        )

    async def leave(self, owner: str) -> None:
        """This life ends in good order."""
        await self.connection.execute(delete(workers).where(workers.c.owner == owner))

    async def leader(self) -> str | None:
        """The owner that was last elected; it may be dead."""
        held: str | None = await self.connection.scalar(
            select(leases.c.owner).where(leases.c.name == RECOVERER)
        )
        return held

    async def lead(self, owner: str) -> bool:
        """Be the one recoverer, where there is none at work; whether this owner is."""
        first = self._insert(leases).values(name=RECOVERER, owner=owner).on_conflict_do_nothing()
        await self.connection.execute(first)
        at_work = exists().where(workers.c.owner == leases.c.owner)
        await self.connection.execute(
            update(leases).where(leases.c.name == RECOVERER, ~at_work).values(owner=owner)
        )
        return await self.leader() == owner

    async def ticked(self, mark: str) -> None:
        """The minute's work was handed out. `mark` is another each time."""
        row = self._insert(leases).values(name=TICK, owner=mark)
        await self.connection.execute(
            row.on_conflict_do_update(index_elements=["name"], set_={"owner": row.excluded.owner})
        )

    async def last_tick(self) -> str | None:
        """The mark of the last `ticked`, by whichever process."""
        mark: str | None = await self.connection.scalar(select(leases.c.owner).where(leases.c.name == TICK))
        return mark

    async def release_orphans(self, policy: str) -> int:
        """Give back claimed rows whose owner is not at work; how many. Nobody knows whether they were sent."""
        at_work = exists().where(workers.c.owner == deliveries.c.owner)
        released: CursorResult[Any] = await self.connection.execute(
            update(deliveries)
            .where(deliveries.c.owner.is_not(None), deliveries.c.state == "claimed", ~at_work)
            .values(state="ready" if policy == "resend" else "held", owner=None, claimed=None)
        )
        return released.rowcount

    async def drain_number(self, platform: str, bot: str) -> int:
        """The number of the drain that is to run for this bot, or runs."""
        here = (drains.c.platform == platform, drains.c.bot == bot)
        return await self.connection.scalar(select(drains.c.number).where(*here)) or 1

    async def drain_numbers(self) -> dict[tuple[str, str], int]:
        """The same for every bot that had a drain before."""
        return {(row.platform, row.bot): row.number for row in await self.connection.execute(select(drains))}

    async def drain_ended(self, platform: str, bot: str, number: int) -> None:
        """That drain is over: work that comes now needs the next one. Saying so twice changes nothing."""
        row = self._insert(drains).values(platform=platform, bot=bot, number=number + 1)
        number_now = func.max if self.connection.dialect.name == "sqlite" else func.greatest
        await self.connection.execute(
            row.on_conflict_do_update(
                index_elements=["platform", "bot"],
                set_={"number": number_now(drains.c.number, row.excluded.number)},
            )
        )

    async def _changed(self, statement: Any) -> bool:
        result: CursorResult[Any] = await self.connection.execute(statement)
        return bool(result.rowcount)
