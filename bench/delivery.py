"""How fast the outbox empties, on the real process before a strict fake platform.

`python -m bench delivery [--only one|many|enqueue|reply]`

- one: one bot, embedded on SQLite; sends a second, and how often the platform refused
- many: 24 bots on PostgreSQL, two workers
- enqueue: a broadcast to 100,000 chats in one transaction
- reply: seconds until a command is answered while those 100,000 rows go out
- memory: what the process holds at the start and at the end of that

One bot cannot send more than 30 a second; what is measured is how much of that is used. The fake, PostgreSQL and
the workers share this machine's cores, so that figures under load are a lower bound.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.fakes.telegram.crowd import bot_id
from tests.faults.fleet import Fleet, fresh_postgresql

ROOT = Path(__file__).parents[1]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", choices=("one", "many", "reply"), default=None)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--chats", type=int, default=100_000)
    given = parser.parse_args(arguments)
    return asyncio.run(_main(given))


async def _main(given: argparse.Namespace) -> int:
    good = True
    if given.only in {None, "one"}:
        rate, refused, busiest = await one(given.seconds)
        good &= _say("one bot, sends a second", f"{rate:.1f}", ">= 29", rate >= 29)
        good &= _say("  429 answers", str(refused), "0", refused == 0)
        good &= _say("  most in any second", str(busiest), "<= 30", busiest <= 30)
    if given.only in {None, "many"}:
        rate, refused, _ = await many(given.seconds)
        good &= _say("24 bots, 2 workers, PostgreSQL, sends a second", f"{rate:.0f}", ">= 600", rate >= 600)
        _say("  429 answers", str(refused), "0", refused == 0)
    if given.only in {None, "reply"}:
        found = await reply(given.chats)
        good &= _say(
            f"enqueue to {given.chats} chats, seconds", f"{found['enqueue']:.1f}", "< 5", found["enqueue"] < 5
        )
        good &= _say("  reply in the middle of it, seconds (worst of 5)", f"{found['reply']:.2f}", "< 2",
                     found["reply"] < 2)  # fmt: skip
        grown = found["after"] - found["before"]
        good &= _say("  memory grown while it goes out, MB", f"{grown:.0f}", "< 30", grown < 30)
    return 0 if good else 1


def _say(what: str, value: str, wanted: str, good: bool) -> bool:
    print(f"{what:50}{value:>10}   wanted {wanted:8} {'' if good else 'NOT REACHED'}", flush=True)
    return good


@asynccontextmanager
async def standing(url: str | None, bots: int) -> AsyncIterator[tuple[Fleet, Any]]:
    """A fleet before a platform in a process of its own; `ask(path)` gives what the platform answers."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.telegram.crowd", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    address = json.loads(await process.stdout.readline())["url"]

    async def ask(path: str) -> dict[str, Any]:
        def read() -> dict[str, Any]:
            with urlopen(address + path) as answer:
                found: dict[str, Any] = json.load(answer)
                return found

        return await asyncio.to_thread(read)

    with tempfile.TemporaryDirectory(prefix="kawalis-bench-") as folder:
        made = Fleet(url=url or f"sqlite:///{folder}/k.db", folder=Path(folder), crowd_url=address, bots=bots)
        try:
            yield made, ask
        finally:
            await made.end()
            process.kill()
            await process.wait()


async def rate_of(ask: Any, bots: int, seconds: int) -> tuple[float, int, int]:
    """Sends a second in a window of `seconds` after every bot has begun."""
    while len((await ask("/stats"))["bots"]) < bots:
        await asyncio.sleep(0.2)
    await asyncio.sleep(2)
    before, began = await ask("/stats"), time.monotonic()
    await asyncio.sleep(seconds)
    after, took = await ask("/stats"), time.monotonic() - began
    return (after["total"] - before["total"]) / took, after["refused"], after["busiest"]


async def one(seconds: int) -> tuple[float, int, int]:
    async with standing(None, 1) as (ships, ask):
        await ships.seed(30 * (seconds + 10))
        await ships.start("a")
        return await rate_of(ask, 1, seconds)


async def many(seconds: int) -> tuple[float, int, int]:
    with fresh_postgresql() as url:
        async with standing(url, 24) as (ships, ask):
            await ships.seed(30 * (seconds + 20))
            await ships.start("a")
            await ships.start("b")
            return await rate_of(ask, 24, seconds)


async def reply(chats: int) -> dict[str, float]:
    with fresh_postgresql() as url:
        async with standing(url, 1) as (ships, ask):
            async with ships.opened():
                pass
            began = time.monotonic()
            await ships.seed(chats)
            enqueue = time.monotonic() - began
            await ships.start("a")
            while (await ask("/stats"))["total"] < 60:
                await asyncio.sleep(0.2)
            before = _memory(ships.processes["a"].pid)
            asked = f"/type?bot={bot_id(0)}&text=/help&chat="
            waits = [(await ask(f"{asked}{9_000_000 + number}"))["seconds"] for number in range(6)]
            await asyncio.sleep(10)
            return {"enqueue": enqueue, "reply": max(waits[1:]), "before": before,
                    "after": _memory(ships.processes["a"].pid)}  # fmt: skip


def _memory(pid: int) -> float:
    """Resident megabytes of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
