"""How fast the outbox empties, on the real process before a strict fake platform.

`python -m bench delivery [--only one|many|reply]`

- one: one bot, embedded on SQLite; sends a second, and how often the platform refused
- many: 24 bots on PostgreSQL, two workers, and the processor time that a send costs each who takes part
- reply: a broadcast to 100,000 chats written in one transaction, seconds until a command is answered while it goes
  out, and what the process holds in memory at the start and at the end of that

One bot cannot send more than 30 a second; what is measured is how much of that is used. The fake, PostgreSQL and
the workers share this machine's cores, so that figures under load are a lower bound.
"""

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from bench.processor import processor_seconds
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
        rate, refused, busiest, spent = await many(given.seconds)
        good &= _say("24 bots, 2 workers, PostgreSQL, sends a second", f"{rate:.0f}", ">= 600", rate >= 600)
        good &= _say("  429 answers", str(refused), "0", refused == 0)
        good &= _say("  most of one bot in any second", str(busiest), "<= 30", busiest <= 30)
        for who, milliseconds in spent.items():
            print(f"  processor time a send, ms: {who:21}{milliseconds:>10.2f}", flush=True)
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


async def all_send(ask: Any, bots: int) -> None:
    """Until every bot has begun, and those that changed hands since have begun again."""
    while len((await ask("/stats"))["bots"]) < bots:
        await asyncio.sleep(0.2)
    await asyncio.sleep(3)


async def rate_of(ask: Any, seconds: int) -> tuple[float, int, int]:
    """Sends a second in a window of `seconds`; 429 answers, and the most in any second, since the start."""
    before, began = await ask("/stats"), time.monotonic()
    await asyncio.sleep(seconds)
    after, took = await ask("/stats"), time.monotonic() - began
    return (after["total"] - before["total"]) / took, after["refused"], after["busiest"]


async def one(seconds: int) -> tuple[float, int, int]:
    async with standing(None, 1) as (ships, ask):
        await ships.seed(30 * (seconds + 10))
        await ships.start("a")
        await all_send(ask, 1)
        return await rate_of(ask, seconds)


async def many(seconds: int) -> tuple[float, int, int, dict[str, float]]:
    """The rate, and of what a send costs each who takes part in it, milliseconds of processor time."""
    with fresh_postgresql() as url:
        async with standing(url, 24) as (ships, ask):
            await ships.seed(30 * (seconds + 20))
            await ships.start("a")
            await ships.start("b")
            await all_send(ask, 24)
            workers = [ships.processes[name].pid for name in ("a", "b")]

            async def spent() -> dict[str, float]:
                return {"the workers": sum(map(processor_seconds, workers)),
                        "the platform": (await ask("/stats"))["processor"],
                        "PostgreSQL": sum(map(processor_seconds, _postgresql()))}  # fmt: skip

            before, first = await spent(), (await ask("/stats"))["total"]
            rate, refused, busiest = await rate_of(ask, seconds)
            after, sends = await spent(), (await ask("/stats"))["total"] - first
            return rate, refused, busiest, {who: (after[who] - before[who]) / sends * 1000 for who in after}


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


def _postgresql() -> list[int]:
    """Every process of every PostgreSQL here; others may work on it too."""
    pids = [int(found.name) for found in Path("/proc").iterdir() if found.name.isdigit()]
    return [pid for pid in pids if _named(pid) == "postgres"]


def _named(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def _memory(pid: int) -> float:
    """Resident megabytes of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
