"""`python -m tests.faults.typed`: what becomes of commands that people type while one process on SQLite is killed."""

import argparse
import asyncio
import random
import tempfile
from pathlib import Path

from tests.fakes.telegram.crowd import Crowd, bot_id
from tests.faults.fleet import PATIENCE, fleet, now, until_sent

A_SECOND = 10
QUIET_SECONDS = 8.0
BACKLOG = (
    0.0,
    2.0,
)  # seconds from the first answers of a life to its kill: in the middle of what had piled up
LATER = (4.0, 8.0)


async def run(kills: int, when: tuple[float, float], seed: int) -> str:
    """Type, kill and start again; how many were typed, never answered and answered once more, as a row."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="kawalis-typed-") as folder:
        async with fleet(f"sqlite:///{folder}/k.db", Path(folder), 1) as (ships, crowd):
            people: list[int] = []
            typing = asyncio.create_task(_typing(crowd, people))
            for _ in range(kills):
                before = crowd.total
                await ships.start("a")
                await until_sent(crowd, before + 4)
                await asyncio.sleep(draw.uniform(*when))
                await ships.kill("a")
            typing.cancel()
            await ships.start("a")
            await _quiet(crowd)
            lost = len(people) - len(crowd.sent)
            return f"| {kills} | {len(people)} | {lost} | {crowd.doubled} |"


async def _typing(crowd: Crowd, people: list[int]) -> None:
    """Each person types once: a question and a choice in turn."""
    while True:
        person = 5_000 + len(people)
        people.append(person)
        crowd.type(bot_id(0), person, "/language en" if person % 2 else "/help")
        await asyncio.sleep(1 / A_SECOND)


async def _quiet(crowd: Crowd) -> None:
    seen, since = crowd.total, now()
    async with asyncio.timeout(PATIENCE):
        while now() - since < QUIET_SECONDS:
            await asyncio.sleep(0.2)
            if crowd.total != seen:
                seen, since = crowd.total, now()


async def main(given: argparse.Namespace) -> None:
    print("| killed | kills | typed | unanswered | answered once more |\n|---|---|---|---|---|", flush=True)
    for name, when in (("in the middle of what had piled up", BACKLOG), ("later", LATER)):
        print(f"| {name} {await run(given.kills, when, given.seed)}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--seed", type=int, default=5)
    asyncio.run(main(parser.parse_args()))
