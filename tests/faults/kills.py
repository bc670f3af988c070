"""kill -9 at random points: what is lost, what is doubled, how long until every bot goes on."""

import asyncio
import random
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
    policy: str = "resend", before: str = "import sys; ",
) -> Outcome:  # fmt: skip
    """Kill one of the processes `kills` times while `bots` times `chats` deliveries go out, and start it again.

    With several processes the recovery is a peer's; with one it is the next life's, its start included.
    """
    chance = random.Random(seed)
    async with fleet(url, folder, bots, policy=policy, before=before) as (ships, crowd):
        await ships.seed(chats)
        for name in names:
            await ships.start(name)
        await until_sent(crowd, 1)
        recoveries = []
        for number in range(kills):
            await asyncio.sleep(chance.uniform(0.05, 1.0))
            victim = chance.choice(names)
            done = crowd.total
            await ships.kill(victim)
            killed = now()
            await ships.start(victim)
            going = [bot for bot in map(bot_id, range(bots)) if len(crowd.times[bot]) < chats * 0.8]
            if going:
                recoveries.append(await until_all_go_on(crowd, killed, going))
            elif done >= bots * chats:
                kills = number + 1
                break
        await ships.settled(120 + bots * chats / (25 * bots))
        wanted = {(bot_id(bot), str(1000 + chat)) for bot in range(bots) for chat in range(chats)}
        held = await ships.held()
        return Outcome(
            kills=kills, deliveries=len(wanted), lost=len(wanted - set(crowd.sent) - held),
            doubled=crowd.doubled, held=len(held), refused=sum(crowd.refused.values()),
            busiest=crowd.busiest, recoveries=recoveries,
        )  # fmt: skip
