"""`kawalis sources list|check|add|remove|import|export|read`."""

import argparse
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.assemble import load_sources, open_client, open_database, read_text
from bot.cli.briefs import Verbs
from bot.cli.terminal import progress, say, tell
from bot.collecting import Policy
from bot.commands.parse import zone_name
from bot.errors import InputError
from bot.presenting.cards import card
from bot.presenting.reports import error_words
from bot.presenting.words import day
from bot.settings import Settings
from bot.sources import (
    Checked,
    add_source,
    check_sources,
    import_sources,
    read_feed,
    read_sources,
    remove_source,
    write_opml,
)
from bot.texts import Texts
from summaries.types import Source, SourceId


def add_commands(verbs: Verbs) -> None:
    group = verbs.group("sources")
    for name, run in (("list", run_list), ("check", run_check)):
        group.add(name, run, key=f"sources_{name}").add_argument("--json", action="store_true")
    add = group.add("add", run_add, key="sources_add")
    add.add_argument("url", metavar="URL")
    add.add_argument("--outlet", metavar="NAME")
    add.add_argument("--zone", default="UTC", metavar="Z")
    group.add("remove", run_remove, key="sources_remove").add_argument("id", metavar="ID")
    group.add("import", run_import, key="sources_import").add_argument("file", type=Path, metavar="FILE")
    group.add("export", run_export, key="sources_export").add_argument(
        "file", nargs="?", type=Path, metavar="FILE"
    )
    read = group.add("read", run_read, key="sources_read")
    read.add_argument("input", metavar="FILE|URL")
    read.add_argument("--content-type", default="", metavar="T")
    read.add_argument("--zone", default="UTC", metavar="Z")
    read.add_argument("--json", action="store_true")


async def known(settings: Settings) -> list[Source]:
    """The sources kept, with those of the list that are not yet in the database. One that was removed or is gone
    for good counts as not enabled.
    """
    listed = {source.id: source for source in load_sources(settings)}
    async with open_database(settings) as database, database.reading() as unit:
        stored = {
            source.id: replace(source, enabled=source.enabled and not state.stopped)
            for source, state in await unit.sources.all()
        }
    return list((listed | stored).values())


async def run_list(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Each source: id, enabled or not, outlet, card, address."""
    for source in await known(settings):
        if parsed.json:
            print(json.dumps(_value(source), ensure_ascii=False))
        else:
            state = spoken("sources.on" if source.enabled else "sources.off")
            tell(f"{source.id}\t{state}\t{source.outlet}\t{card(source, spoken)}\t{source.url}")
    return 0


def _value(source: Source) -> dict[str, object]:
    return {
        "id": source.id, "outlet": source.outlet, "url": source.url, "country": source.country,
        "owner": source.owner, "kind": source.kind, "state_funded": source.state_funded, "zone": source.zone,
        "enabled": source.enabled, "evidence": source.evidence,
    }  # fmt: skip


async def run_check(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Try each address; exit code 1 where none answers."""
    sources = await known(settings)
    async with open_client(settings) as client:
        with progress(spoken("cli.polling")):
            checked = await check_sources(sources, client=client, now=datetime.now(UTC))
    now = datetime.now(UTC)
    for found in checked:
        print(json.dumps(_checked(found), ensure_ascii=False) if parsed.json else _line(found, spoken, now))
    return 0 if any(found.error is None for found in checked) else 1


def _line(found: Checked, spoken: Texts, now: datetime) -> str:
    """✓ a feed with news, ! one that brings nothing new, ✗ none."""
    moved = " " + spoken("sources.moved", url=found.moved_to) if found.moved_to else ""
    mark, said = _health(found, spoken, now)
    return f"{mark} {found.source.outlet}: {said}{moved}"


def _health(found: Checked, spoken: Texts, now: datetime) -> tuple[str, str]:
    if found.error is not None:
        return "✗", spoken("report.failed", cause=error_words(found.error, spoken))
    if not found.entries:
        return "!", spoken("sources.checked_empty")
    if found.newest is None:
        return "✓", spoken("sources.checked_undated", entries=found.entries)
    newest = day(found.newest, spoken)
    if found.newest < now - Policy().silent_after:
        return "!", spoken("sources.checked_silent", entries=found.entries, newest=newest)
    return "✓", spoken("sources.checked", entries=found.entries, newest=newest)


def _checked(found: Checked) -> dict[str, object]:
    return {
        "id": found.source.id, "outlet": found.source.outlet, "error": found.error, "entries": found.entries,
        "newest": found.newest.isoformat() if found.newest else None, "moved_to": found.moved_to,
        "encoding": found.encoding, "seconds": round(found.seconds, 3),
    }  # fmt: skip


async def run_add(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Find the feed behind an address, and keep it as a source."""
    async with open_database(settings) as database, open_client(settings) as client:
        found = await add_source(
            parsed.url, client=client, database=database, now=datetime.now(UTC), outlet=parsed.outlet,
            zone=zone_name(parsed.zone),
        )  # fmt: skip
    tell(spoken("sources.added", source=found.source.id, url=found.source.url, entries=found.entries))
    return 0


async def run_remove(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    async with open_database(settings) as database:
        async with database.unit() as unit:
            await unit.sources.upsert(load_sources(settings))
            await unit.commit()
        await remove_source(SourceId(parsed.id), database=database, listed=load_sources(settings))
    tell(spoken("sources.removed", source=parsed.id))
    return 0


async def run_import(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    sources = read_sources(read_text(parsed.file), parsed.file.name)
    async with open_database(settings) as database:
        count = await import_sources(sources, database=database)
    tell(spoken("sources.imported", count=count))
    return 0


async def run_export(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    sources = await known(settings)
    text = write_opml(sources)
    if parsed.file is None:
        sys.stdout.write(text)
    else:
        try:
            parsed.file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError("input.not_written", file=parsed.file, cause=str(error)) from None
        tell(spoken("sources.exported", count=len(sources), file=parsed.file))
    return 0


async def run_read(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """What we see in a feed; nothing is stored."""
    async with open_client(settings) as client:
        entries = await read_feed(
            parsed.input, parsed.content_type, zone_name(parsed.zone), client=client, now=datetime.now(UTC)
        )
    for entry in entries:
        if parsed.json:
            print(json.dumps(entry, ensure_ascii=False))
        else:
            tell(f"{entry['published'] or spoken('time.unknown')}\t{entry['title']}\t{entry['link'] or ''}")
    if not entries:
        say(spoken("sources.no_entries"))
    return 0
