"""`kawalis run` and `kawalis chat`."""

import argparse
import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from adapters.chat.ports import Address, Ask, Request
from adapters.chat.shown import shown
from adapters.terminal.render import actions
from bot.application import Application, build_application, running
from bot.assemble import open_kernel
from bot.cli.briefs import Verbs
from bot.cli.showing import printed
from bot.cli.terminal import progress, say
from bot.doctor import mistyped
from bot.engine.service import Service, build_service
from bot.errors import SettingsError
from bot.gateways import open_gateways
from bot.logs import service_logs
from bot.sample.run import sample_kernel
from bot.settings import Settings, given_names
from bot.texts import Texts
from bot.web import serve_web

log = structlog.get_logger(__name__)
LEAVING = frozenset({"quit", "exit", "خروج"})


def add_commands(verbs: Verbs) -> None:
    run = verbs.add("run", run_service)
    run.add_argument("--role", choices=("all", "collect", "deliver", "web"), default="all")
    run.add_argument("--name", default=socket.gethostname(), metavar="NAME")
    chat = verbs.add("chat", run_chat)
    chat.add_argument("--sample", action="store_true")


async def run_service(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """The service, until SIGINT or SIGTERM. One that comes while it starts ends it too: what was begun is left."""
    starting = asyncio.create_task(_run(parsed, settings, spoken))
    on_signals(starting.cancel)
    try:
        return await starting
    except asyncio.CancelledError:
        log.info("told to end while starting")
        return 0


async def _run(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    service_logs(verbose=parsed.verbose)
    for finding in mistyped(given_names(os.environ, parsed.config)):
        say(spoken(finding.key, **finding.values))
    if parsed.role in {"all", "deliver"} and not settings.telegram_tokens and not settings.has_slack:
        if parsed.role == "deliver":
            raise SettingsError("cli.no_chats")
        say(spoken("cli.no_chats"))
    async with open_kernel(settings, now=lambda: datetime.now(UTC)) as kernel:
        application = build_application(kernel, owner=f"{parsed.name}:{parsed.role}", role=parsed.role)
        gateways = []
        if parsed.role in {"all", "deliver"}:
            gateways = open_gateways(settings, kernel.database, application.dispatcher, application.changed)
        service = None if parsed.role == "web" else build_service(application)
        async with running(application, gateways, listen=False), serve_web(application, service):
            for error in application.refused:
                say(spoken.error(error))
            if application.refused and not application.gateways and parsed.role == "deliver":
                return 1
            log.info(
                "running", role=parsed.role, chats=[f"{g.platform}:{g.bot}" for g in application.gateways]
            )
            await _serve(application, service)
    return 0


async def _serve(application: Application, service: Service | None) -> None:
    """Until it is told to stop; a failure of the engine ends the process too."""
    if service is None:
        on_signals(application.stopping.set)
        await application.stopping.wait()
        return
    later = asyncio.create_task(application.open_later())
    try:
        await service.run(begun=lambda: on_signals(application.stopping.set))
    finally:
        later.cancel()


def on_signals(told: Callable[[], object]) -> None:
    """What SIGINT and SIGTERM do from now on."""
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, told)


async def run_chat(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """The commands of Telegram and Slack, typed here. Without stored articles, it talks of the sample."""
    async with open_kernel(settings, now=lambda: datetime.now(UTC)) as kernel:
        if not parsed.sample and await kernel.has_articles():
            await _converse(build_application(kernel, owner="terminal").dispatcher, spoken, None)
            return 0
    async with sample_kernel(settings) as kernel:
        with progress(spoken("cli.sample_starting")):
            await kernel.collector.poll(kernel.now())
            await kernel.briefing.understand(kernel.now())
        await _converse(build_application(kernel, owner="terminal").dispatcher, spoken, kernel.now())
    return 0


async def _converse(ask: Ask, spoken: Texts, at: datetime | None) -> None:
    print(shown(spoken("cli.chat_welcome"), "rtl" if spoken.language == "ar" else "ltr"))
    pressable: list[str] = []
    loop = asyncio.get_running_loop()
    while True:
        typed = await loop.run_in_executor(None, _typed)
        if typed is None or typed.strip().lower() in LEAVING:
            return
        if not typed.strip():
            continue
        reply = await ask(request(typed.strip(), pressable, spoken, at))
        if reply.notice and not reply.messages:
            print(reply.notice)
        for message in reply.messages:
            print(printed(message, sys.stdout.isatty()))
            pressable = actions(message) or pressable


def request(typed: str, pressable: list[str], spoken: Texts, at: datetime | None) -> Request:
    """What was typed as a request: a number presses a button, `/x` or a bare command's name is a command,
    a link is free text.
    """
    address = Address(platform="terminal", bot="terminal", chat="terminal")
    number = int(typed) if typed.isdecimal() else 0
    if 0 < number <= len(pressable):
        text, command, pressed = pressable[number - 1], False, True
    else:
        text, command, pressed = typed, not typed.lower().startswith(("http://", "https://")), False
    return Request(
        address=address,
        person="terminal",
        text=text,
        command=command,
        pressed=pressed,
        language=spoken.language,
        at=at,
    )


def _typed() -> str | None:
    try:
        return input("› " if sys.stdin.isatty() else "")
    except EOFError:
        return None
