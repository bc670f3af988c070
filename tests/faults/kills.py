"""kill -9 at random points: what is lost, what is doubled, how long until every bot goes on."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.telegram.crowd import bot_id
from tests.faults.fleet import fleet, now, until_all_go_on, until_sent


@dataclass(slots=True, kw_only=True)
class Outcome:
    """`doubled` counts messages beyond the first for a chat; `bound` is what could be in flight at the kills."""

    kills: int
    deliveries: int
    lost: int
    doubled: int
    held: int
    refused: int
    busiest: int
    recoveries: list[float] = field(default_factory=list)


async def random_kills(
    url: str, folder: Path, *, bots: int, chats: int, kills: int, names: tuple[str, ...], seed: int,
    policy: str = "resend", before: str = "import sys; ", room: int = 0, tell: Callable[[str], object] = len,
) -> Outcome:  # fmt: skip
    """Kill one of the processes `kills` times while at least `bots` times `chats` deliveries go out, and start it
    again. With `room`, every bot has so many left at each kill: as many are added as that takes; without, a bot that
    is nearly through is not waited for.

    With several processes the recovery is a peer's; with one it is the next life's, its start included.
    """
    chance = random.Random(seed)
    every = [bot_id(bot) for bot in range(bots)]
    async with fleet(url, folder, bots, policy=policy, before=before) as (ships, crowd):
        await ships.seed(chats)
        for name in names:
            await ships.start(name)
        await until_sent(crowd, 1)
        recoveries = []
        for number in range(1, kills + 1):
            if room and min(chats - len(crowd.times[bot]) for bot in every) < room:
                await ships.seed(room, edition=f"e{number + 1}", first=1000 + chats)
                chats += room
            await asyncio.sleep(chance.uniform(0.05, 1.0))
            victim = chance.choice(names)
            done = crowd.total
            await ships.kill(victim)
            killed = now()
            await ships.start(victim)
            going = every if room else [bot for bot in every if len(crowd.times[bot]) < chats * 0.8]
            if going:
                recoveries.append(await until_all_go_on(crowd, killed, going))
                tell(f"kill {number} of {kills}, after {done} sends: all go on in {recoveries[-1]:.1f} s")
            elif done >= bots * chats:
                kills = number
                break
        await ships.settled(120 + chats / 25)
        wanted = {(bot, str(1000 + chat)) for bot in every for chat in range(chats)}
        held = await ships.held()
        return Outcome(
            kills=kills, deliveries=len(wanted), lost=len(wanted - set(crowd.sent) - held),
            doubled=crowd.doubled, held=len(held), refused=sum(crowd.refused.values()),
            busiest=crowd.busiest, recoveries=recoveries,
        )  # fmt: skip
