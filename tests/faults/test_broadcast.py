"""A large broadcast goes out, and people go on asking."""

import asyncio
from pathlib import Path

from tests.fakes.telegram.crowd import bot_id
from tests.faults.fleet import PATIENCE, fleet, now, until_sent

ROWS = 20_000
TWO_SECONDS = 60  # sends of one bot


async def test_a_reply_leaves_in_the_middle_of_a_broadcast(url: str, tmp_path: Path) -> None:
    """Who types a command while many thousand rows wait is answered before all but those that leave in the same
    moment. Counted in sends and not by a clock, so that a busy machine makes no difference.
    """
    bot, reader = bot_id(0), "9000001"
    async with fleet(url, tmp_path, 1) as (ships, crowd):
        await ships.seed(ROWS)
        await ships.start("a")
        await until_sent(crowd, 30)
        asked = now()
        crowd.type(bot, int(reader), "/help")
        async with asyncio.timeout(PATIENCE):
            while (bot, reader) not in crowd.reached:
                await asyncio.sleep(0.02)
        answered = crowd.reached[bot, reader]
        assert sum(asked < at < answered for at in crowd.times[bot]) <= TWO_SECONDS
        assert (await ships.states())["ready"] > ROWS * 0.9
