"""`kawalis migrate`, `move`, `doctor`, `backup`, `held`, `export` and `forget`."""

import argparse
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from bot.assemble import look_at_database, must_be_there, open_database
from bot.cli.briefs import Verbs
from bot.cli.terminal import progress, say, tell
from bot.doctor import examine, mistyped
from bot.engine.heart import at_work
from bot.errors import InputError
from bot.reaching import ask_around
from bot.settings import Settings, given_names
from bot.texts import Texts
from storage.backup import backup
from storage.chat_keys import ChatKey
from storage.database import Database
from storage.errors import Unreadable
from storage.moving import move


def add_commands(verbs: Verbs) -> None:
    verbs.add("migrate", run_migrate)
    verbs.add("move", run_move).add_argument("--to", required=True, metavar="URL")
    verbs.add("doctor", run_doctor)
    verbs.add("backup", run_backup).add_argument("file", type=Path, metavar="FILE")
    held = verbs.add("held", run_held)
    decision = held.add_mutually_exclusive_group()
    decision.add_argument("--resend", action="store_true")
    decision.add_argument("--drop", action="store_true")
    decision.add_argument("--park", action="store_true")
    verbs.add("export", run_export).add_argument("chat", metavar="CHAT")
    forget = verbs.add("forget", run_forget)
    forget.add_argument("chat", metavar="CHAT")


async def run_migrate(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Bring the schema to this version."""
    async with open_database(settings) as database:
        tell(spoken("operating.migrated", revision=await database.revision() or "—"))
    return 0


async def run_move(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Copy everything to another database; the old one stays as it is."""
    must_be_there(settings)
    with progress(spoken("operating.moving")):
        moved = await move(settings.database, parsed.to, look=_stopped)
    tell(spoken("operating.moved", rows=sum(moved.values()), tables=len(moved)))
    return 0


async def _stopped(database: Database) -> None:
    """Raises `InputError` while a process of the service is at work on the database."""
    beating = await at_work(database)
    if beating:
        raise InputError("operating.still_running", names=", ".join(worker.id for worker in beating))


async def run_doctor(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Say what is wrong and what to do; exit code 1 where something is."""
    now = datetime.now(UTC)
    findings = mistyped(given_names(os.environ, parsed.config)) + await examine(settings, now)
    with progress(spoken("doctor.asking")):
        findings += await ask_around(settings, now)
    for finding in findings:
        tell(("✓ " if finding.good else "✗ ") + spoken(finding.key, **finding.values))
    return 0 if all(finding.good for finding in findings) else 1


async def run_backup(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """A consistent copy while everything runs, of what is there: the schema is not brought to this version."""
    must_be_there(settings)
    database = await Database.open(settings.database)
    try:
        await backup(database, parsed.file)
    finally:
        await database.close()
    tell(spoken("operating.backed_up", file=parsed.file))
    return 0


async def run_held(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Show what is parked since nobody knows whether it arrived; send it again, or let it go. After a backup was
    restored, that is all which had not been sent when it was made: park it.
    """
    if parsed.park:
        return await _park(settings, spoken)
    if parsed.resend or parsed.drop:
        return await _settle("ready" if parsed.resend else "cancelled", settings, spoken)
    async with look_at_database(settings) as database, database.reading() as unit:
        held = await unit.outbox.held()
    for target, edition, part, error in held:
        tell(f"{target.platform}:{target.bot}:{target.chat}\t{edition}\t{part}\t{error or ''}")
    if not held:
        say(spoken("held.none"))
    return 0


async def _settle(state: Literal["ready", "cancelled"], settings: Settings, spoken: Texts) -> int:
    must_be_there(settings)
    async with open_database(settings) as database, database.unit() as unit:
        count = await unit.outbox.settle_held(state, datetime.now(UTC))
        await unit.commit()
    tell(spoken("held.resent" if state == "ready" else "held.dropped", count=count))
    return 0


async def _park(settings: Settings, spoken: Texts) -> int:
    must_be_there(settings)
    async with open_database(settings) as database:
        beating = await at_work(database)
        if beating:
            raise InputError("held.stop_first", names=", ".join(worker.id for worker in beating))
        async with database.unit() as unit:
            count = await unit.outbox.park("restored")
            await unit.commit()
    tell(spoken("held.parked", count=count))
    return 0


async def run_export(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Everything kept about a chat, as JSON."""
    key = chat_key(parsed.chat)
    async with look_at_database(settings) as database, database.reading() as unit:
        if await unit.chats.get(key) is None:
            raise InputError("operating.no_chat", chat=parsed.chat)
        print(json.dumps(await unit.chat_data.export(key), ensure_ascii=False, indent=2))
    return 0


async def run_forget(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Delete everything kept about a chat."""
    must_be_there(settings)
    async with open_database(settings) as database, database.unit() as unit:
        if not await unit.chat_data.forget(chat_key(parsed.chat)):
            raise InputError("operating.no_chat", chat=parsed.chat)
        await unit.commit()
    tell(spoken("operating.forgotten", chat=parsed.chat))
    return 0


def chat_key(text: str) -> ChatKey:
    """`telegram:BOT:CHAT[:THREAD]` as a key. Raises `InputError`."""
    try:
        return ChatKey.parse(text if text.count(":") >= 3 else f"{text}:")
    except Unreadable as error:
        raise InputError("operating.no_chat", chat=text, cause=str(error)) from None
