"""`kawalis brief` and `kawalis collect`."""

import argparse
import json
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from adapters.web.page import render_page
from bot import jsonlines
from bot.assemble import Kernel, open_kernel
from bot.backtest import brief_of_file
from bot.cli.showing import printed
from bot.cli.terminal import progress, say, say_cut, say_wrong, stop_at_once, track
from bot.commands import parse
from bot.errors import UsageError
from bot.presenting.briefs import brief_message, unlinked
from bot.presenting.exports import brief_value
from bot.presenting.reports import report_message, report_value
from bot.sample.run import sample_kernel
from bot.settings import Settings
from bot.texts import Texts
from summaries.types import Brief


class Verbs(Protocol):
    """Where commands are added."""

    def add(self, name: str, run: Any, *, key: str | None = None) -> argparse.ArgumentParser: ...

    def group(self, name: str) -> "Verbs": ...


def add_commands(verbs: Verbs) -> None:
    brief = verbs.add("brief", run_brief)
    brief.add_argument("--topic", metavar="T")
    brief.add_argument("--window", metavar="24h")
    brief.add_argument("--format", choices=("text", "json", "html"), default="text")
    of = brief.add_mutually_exclusive_group()
    of.add_argument("--sample", action="store_true")
    of.add_argument("--articles", type=Path, metavar="FILE.jsonl")
    brief.add_argument("--at", metavar="TIME")
    verbs.add("collect", run_collect).add_argument("--json", action="store_true")


async def run_brief(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Poll what is due and print the brief; the sample where nothing answers and nothing is stored."""
    length = parse.window(parsed.window) if parsed.window else None
    if parsed.at and parsed.articles is None:
        raise UsageError("cli.usage.at")
    if parsed.articles is not None:
        stop_at_once()
        at = moment(parsed.at) if parsed.at else None
        told = await brief_of_file(
            parsed.articles,
            settings,
            parsed.topic,
            length,
            at,
            lambda p: track(p, spoken("cli.understanding")),
            datetime.now(UTC),
        )
        write(told.brief, told.topic.name(spoken.language), parsed.format, spoken, told.given)
        say_cut(told.cut, str(parsed.articles), spoken)
        if told.ahead:
            say(spoken.count("input.ahead", told.ahead, file=str(parsed.articles)))
        return say_wrong(told.wrong, spoken)
    if parsed.sample:
        return await _sample(parsed, settings, spoken, length)
    async with open_kernel(settings, now=lambda: datetime.now(UTC)) as kernel:
        topic = kernel.topic(parsed.topic)
        now = kernel.now()
        with progress(spoken("cli.polling")) as status:
            report = await kernel.collector.poll(now)
            status.update(spoken("cli.understanding"))
            await kernel.briefing.understand(now)
        if not report.answered and not await kernel.has_articles():
            asked = spoken.count("sources.count", report.asked)
            why = (
                spoken("cli.no_source_answered", asked=asked) if report.asked else spoken("cli.no_source_due")
            )
            say(why)
            return await _sample(parsed, settings, spoken, length)
        made = await kernel.briefing.brief(topic, now, length or kernel.briefing.default_window)
        made = await kernel.briefing.spoken(made, spoken.language, now)
        write(made, kernel.title(topic, spoken), parsed.format, spoken, kernel.locate(made))
    return 0


async def _sample(
    parsed: argparse.Namespace, settings: Settings, spoken: Texts, length: timedelta | None
) -> int:
    async with AsyncExitStack() as stack:
        with progress(spoken("cli.sample_starting")):
            kernel: Kernel = await stack.enter_async_context(sample_kernel(settings))
            topic = kernel.topic(parsed.topic)
            now = kernel.now()
            await kernel.collector.poll(now)
            await kernel.briefing.understand(now)
        made = await kernel.briefing.brief(topic, now, length or kernel.briefing.default_window)
        write(made, kernel.title(topic, spoken), parsed.format, spoken, kernel.locate(made))
    return 0


def write(brief: Brief, title: str, form: str, spoken: Texts, locate: Any) -> None:
    """Print a brief as text, JSON or a page."""
    if form == "json":
        print(json.dumps(brief_value(brief, locate), ensure_ascii=False, indent=2))
        return
    message = brief_message(brief, title, spoken, actions=False, name_zone=True)
    if brief.sample:  # the sample's outlets are served no longer than this command runs
        message = unlinked(message, spoken)
    if form == "html":
        print(render_page(message, title=title))
    else:
        print(printed(message, sys.stdout.isatty()))


async def run_collect(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Poll every due source once, and report on each."""
    async with open_kernel(settings, now=lambda: datetime.now(UTC)) as kernel:
        with progress(spoken("cli.polling")):
            report = await kernel.collector.poll(kernel.now())
            await kernel.briefing.understand(kernel.now())
    if parsed.json:
        print(json.dumps(report_value(report), ensure_ascii=False, indent=2))
    else:
        print(printed(report_message(report, spoken), sys.stdout.isatty()))
    return 0 if report.answered or not report.asked else 1


def moment(text: str) -> datetime:
    """An ISO time; one without a zone counts as UTC. Raises `UsageError`."""
    try:
        return jsonlines.moment(text)
    except ValueError:
        raise UsageError("cli.bad_time", time=text) from None
