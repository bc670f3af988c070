"""Processes of the service on one database before a strict fake platform; what the fault tests kill and stop."""

import asyncio
import os
import signal
import sqlite3
import sys
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy import select

from adapters.chat.message import Message, Paragraph, Text
from adapters.telegram.render import render
from storage.database import Database
from storage.outbox import Target
from storage.tables.outbox import deliveries
from tests.fakes.telegram.crowd import Crowd, bot_id, token

ROOT = Path(__file__).parents[2]
SERVER = os.environ.get("KAWALIS_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
OLD_SQLITE = "import sys; sys.modules['pysqlite3'] = None; "
PATIENCE = 400.0  # seconds: only what never comes is given up, however slow the machine
START = "from bot.cli import main; sys.exit(main(sys.argv[1:]))"


@contextmanager
def fresh_postgresql(server: str = SERVER) -> Iterator[str]:
    """The address of an empty database of our own, which goes at the end."""
    name = f"kawalis_faults_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield server.rpartition("/")[0] + "/" + name
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass(slots=True)
class Fleet:
    """`start("a")` is `kawalis run --role deliver --name a`."""

    url: str
    folder: Path
    crowd_url: str
    bots: int
    policy: str = "resend"
    before: str = "import sys; "
    role: str = "deliver"
    processes: dict[str, asyncio.subprocess.Process] = field(default_factory=dict, init=False)

    async def start(self, name: str, *command: str, **settings: str) -> None:
        """Start a process; another command line and more settings may be given."""
        command = command or ("run", "--role", self.role, "--name", name)
        environment = {
            "PATH": os.environ.get("PATH", ""), "HOME": str(self.folder), "KAWALIS_DATABASE_URL": self.url,
            "KAWALIS_DATA_DIR": str(self.folder), "KAWALIS_HTTP_ADDRESS": "127.0.0.1:0",
            "KAWALIS_TELEGRAM_TOKEN": ",".join(token(bot) for bot in range(self.bots)),
            "KAWALIS_TELEGRAM_API_URL": self.crowd_url, "KAWALIS_AMBIGUOUS_SENDS": self.policy,
            **settings,
        }  # fmt: skip
        with (self.folder / f"log-{name}").open("ab") as log:
            self.processes[name] = await asyncio.create_subprocess_exec(
                sys.executable, "-c", self.before + START, *command,
                env=environment, cwd=ROOT, stdout=log, stderr=log,
            )  # fmt: skip

    async def kill(self, name: str) -> None:
        """kill -9: nothing of the process gets a chance to tidy up."""
        process = self.processes.pop(name)
        if process.returncode is None:
            process.kill()
        await process.wait()

    def send(self, name: str, number: signal.Signals) -> None:
        self.processes[name].send_signal(number)

    async def end(self) -> None:
        for name in list(self.processes):
            await self.kill(name)

    def log(self, name: str) -> str:
        return (self.folder / f"log-{name}").read_text(errors="replace")

    def logs(self) -> str:
        """What each process wrote but for its deliveries, for whoever reads why a test failed."""
        told = {
            path.name: path.read_text(errors="replace").splitlines() for path in self.folder.glob("log-*")
        }
        return "".join(
            "\n".join(["", name, *(line for line in lines if '"event": "delivery"' not in line)])
            for name, lines in sorted(told.items())
        )

    async def seed(self, chats: int, *, edition: str = "e1", priority: int = 7, first: int = 1000) -> None:
        """One edition to `chats` chats of each bot, in one transaction."""
        message = Message(blocks=(Paragraph(line=(Text(text="خبر"),)),))
        payloads = [rendered.payload for rendered in render(message)]
        targets = [
            Target(platform="telegram", bot=bot_id(bot), chat=str(first + chat))
            for bot in range(self.bots)
            for chat in range(chats)
        ]
        async with self.opened() as database, database.unit() as unit:
            await unit.outbox.publish(
                edition, {"telegram": payloads}, targets, now=datetime.now(UTC), priority=priority
            )
            await unit.commit()

    async def bury(self, name: str) -> None:
        """Declare a living process dead, as a peer would that does nothing more."""
        buried = False
        while not buried:  # whose count moves between a look and the burial is alive
            async with self.opened() as database, database.unit() as unit:
                worker = await unit.workers.get(f"{name}:{self.role}")
                buried = worker is not None and await unit.workers.bury(worker)
                await unit.commit()

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Database]:
        driver = sqlite3 if self.before == OLD_SQLITE else None  # as the processes: the journal is the file's
        database = await Database.open(self.url, driver)
        try:
            await database.migrate()
            yield database
        finally:
            await database.close()

    async def states(self) -> dict[str, int]:
        found: dict[str, int] = {}
        async with self.opened() as database, database.reading() as unit:
            for (_, _, state), count in (await unit.outbox.counts()).items():
                found[state] = found.get(state, 0) + count
        return found

    async def held(self) -> set[tuple[str, str]]:
        """The (bot, chat) of what is parked for the operator."""
        async with self.opened() as database, database.reading() as unit:
            query = select(deliveries.c.bot, deliveries.c.chat).where(deliveries.c.state == "held")
            return {(row.bot, row.chat) for row in await unit.connection.execute(query)}

    async def settled(self, seconds: float = PATIENCE) -> dict[str, int]:
        """The deliveries by state, once none is under way. Fails when that does not come."""
        async with asyncio.timeout(seconds):
            while True:
                states = await self.states()
                if not states.keys() & {"ready", "claimed"}:
                    return states
                await asyncio.sleep(0.3)


@asynccontextmanager
async def fleet(
    url: str, folder: Path, bots: int, *, policy: str = "resend", **more: str
) -> AsyncIterator[tuple[Fleet, Crowd]]:
    """A fleet with no process yet, and the platform before which it stands."""
    async with Crowd() as crowd:
        made = Fleet(url=url, folder=folder, crowd_url=crowd.url, bots=bots, policy=policy, **more)
        try:
            yield made, crowd
        except BaseException as error:
            error.add_note(f"{crowd.total} sent{made.logs()}")
            raise
        finally:
            await made.end()


async def until_sent(crowd: Crowd, count: int, seconds: float = PATIENCE) -> None:
    async with asyncio.timeout(seconds):
        while crowd.total < count:
            await asyncio.sleep(0.02)


async def until_all_go_on(crowd: Crowd, since: float, bots: list[str], seconds: float = PATIENCE) -> float:
    """Until each of the bots has sent again after `since`; the seconds that it took the last."""
    async with asyncio.timeout(seconds):
        while any(not crowd.times[bot] or crowd.times[bot][-1] <= since for bot in bots):
            await asyncio.sleep(0.02)
    return max(min(at for at in crowd.times[bot] if at > since) - since for bot in bots)


def now() -> float:
    return time.monotonic()
