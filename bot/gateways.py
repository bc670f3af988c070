"""The chats whose tokens are set: each a gateway that is started, posted through, and stopped."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, runtime_checkable

from adapters.chat.ports import Address, Ask, Post
from adapters.slack.app import SlackApp
from adapters.slack.installations import stores
from adapters.slack.pages import InstallWords
from adapters.telegram.app import TelegramApp, Webhook
from bot.commands.menus import profiles
from bot.services import Rights
from bot.settings import Settings
from bot.texts import LANGUAGES, Language, texts
from storage.database import Database


class Gateway(Protocol):
    """A platform's running app. `bot` is its id once started; empty where it serves many workspaces."""

    @property
    def platform(self) -> str: ...

    @property
    def bot(self) -> str: ...

    @property
    def post(self) -> Post: ...

    @property
    def rights(self) -> Rights: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


@runtime_checkable
class Listener(Protocol):
    """A gateway whose platform gives a bot's updates to one process at a time: it listens only where its bot is
    held. `prepare` and `listen` are together what `start` is.
    """

    async def prepare(self) -> None: ...

    async def listen(self) -> None: ...

    async def unlisten(self) -> None: ...


class Membership(Protocol):
    """We came into a chat, or left it."""

    @property
    def address(self) -> Address: ...

    @property
    def kind(self) -> str: ...

    @property
    def name(self) -> str: ...  # the chat's new name, with "renamed"

    @property
    def to(self) -> str: ...  # the chat's new id, with "moved"


Changed = Callable[[Any], Awaitable[None]]
LEFT = frozenset({"left", "removed", "archived", "deleted", "uninstalled"})
CAME = frozenset({"joined", "added", "unarchived", "installed"})


def open_gateways(
    settings: Settings,
    database: Database,
    ask: Ask,
    changed: Changed,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> list[Gateway]:
    """One gateway for each Telegram token and one for Slack; none is started yet. `clock` (seconds, monotonic) and
    `sleep` are what the pace of both is kept by.
    """
    gateways: list[Gateway] = [
        TelegramApp(
            token,
            ask,
            api_url=settings.telegram_api_url,
            webhook=_webhook(settings, token),
            profiles=profiles(),
            on_membership=changed,
            clock=clock,
            sleep=sleep,
        )
        for token in settings.telegram_tokens
    ]
    if settings.has_slack:
        gateways.append(_slack(settings, database, ask, changed, clock, sleep))
    return gateways


def _webhook(settings: Settings, token: str) -> Webhook | None:
    """Where Telegram is to send this bot's updates; None: we ask for them."""
    url, secret = settings.telegram_webhook_url, settings.telegram_webhook_secret
    if not url or not secret:
        return None
    if len(settings.telegram_tokens) > 1:  # each bot has a path of its own, so that updates are told apart
        url = f"{url}/{token.partition(':')[0]}"
    return Webhook(url=url, secret=secret.get_secret_value())


def _slack(
    settings: Settings,
    database: Database,
    ask: Ask,
    changed: Changed,
    clock: Callable[[], float],
    sleep: Callable[[float], Awaitable[object]],
) -> SlackApp:
    def secret(name: str) -> str | None:
        value = getattr(settings, name)
        return value.get_secret_value() if value else None

    installations = states = None
    if settings.slack_client_id is not None:
        installations, states = stores(database.engine, settings.slack_client_id)
    return SlackApp(
        ask,
        bot_token=secret("slack_bot_token"),
        app_token=secret("slack_app_token"),
        signing_secret=secret("slack_signing_secret"),
        client_id=settings.slack_client_id,
        client_secret=secret("slack_client_secret"),
        api_url=settings.slack_api_url,
        installations=installations,
        states=states,
        on_membership=changed,
        working=lambda request: texts("en" if (request.language or "").startswith("en") else "ar")("working"),
        install_words={code: _install_words(code) for code in LANGUAGES},
        not_installed="\n".join(texts(code)("slack.not_installed") for code in LANGUAGES),
        clock=clock,
        sleep=sleep,
    )


def _install_words(code: Language) -> InstallWords:
    """What a person reads after the installation; the reason is filled in then."""
    said = texts(code)
    return InstallWords(
        done=said("install.done"), open=said("install.open"), again=said("install.again"),
        failed=said("install.failed", reason="{reason}"),
    )  # fmt: skip
