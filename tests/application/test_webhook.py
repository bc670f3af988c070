"""Webhooks and wrong tokens, with the whole application and its web address."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.application import Application, build_application, running
from bot.assemble import open_kernel
from bot.gateways import open_gateways
from bot.texts import texts
from bot.web import web_app
from tests.application.conftest import Hands, settings
from tests.fakes.slack import PERSON, SlackFake
from tests.fakes.telegram import TelegramFake

READER = 42
SECRET = "X-Telegram-Bot-Api-Secret-Token"
WRONG = "7000009:AAwrong-token-that-is-long-enough-xyz"


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as open_things:
        yield open_things


async def started(stack: AsyncExitStack, tmp_path: Path, **given: object) -> Application:
    """The application with these settings, on an empty database."""
    made = settings(**given)
    kernel = await stack.enter_async_context(
        open_kernel(made, now=Hands(), sources=(), database_url=f"sqlite:///{tmp_path}/kawalis.db")
    )
    application = build_application(kernel, owner="test")
    gateways = open_gateways(made, kernel.database, application.dispatcher, application.changed)
    return await stack.enter_async_context(running(application, gateways))


async def address_of(stack: AsyncExitStack, application: Application) -> str:
    runner = web.AppRunner(web_app(application), access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


async def test_the_webhook_is_served_on_the_web_address(stack: AsyncExitStack, tmp_path: Path) -> None:
    """Telegram's call with the secret is answered in the chat; without it, or on another path, nothing is."""
    telegram = await stack.enter_async_context(TelegramFake())
    application = await started(
        stack, tmp_path, telegram_token=telegram.token, telegram_api_url=telegram.url,
        telegram_webhook_url="https://kawalis.example/telegram", telegram_webhook_secret="s3cret",
    )  # fmt: skip
    assert telegram.webhook["url"] == "https://kawalis.example/telegram"
    base = await address_of(stack, application)
    telegram.type(READER, "/help")
    update = telegram.world.updates[-1]
    async with aiohttp.ClientSession() as session:
        for path, secret, status in (
            ("/telegram", "wrong", 403),
            ("/other", "s3cret", 404),
            ("/telegram", "s3cret", 200),
        ):
            async with session.post(base + path, json=update, headers={SECRET: secret}) as answer:
                assert answer.status == status
    await telegram.wait_sent(READER)
    assert len(telegram.sent(READER)) == 1


async def test_each_of_several_bots_has_a_path_of_its_own(stack: AsyncExitStack, tmp_path: Path) -> None:
    """An update belongs to the bot it was sent to: no other bot answers it."""
    telegram = await stack.enter_async_context(TelegramFake())
    application = await started(
        stack, tmp_path, telegram_token=f"{telegram.token},{WRONG}", telegram_api_url=telegram.url,
        telegram_webhook_url="https://kawalis.example/telegram", telegram_webhook_secret="s3cret",
    )  # fmt: skip
    assert telegram.webhook["url"] == "https://kawalis.example/telegram/7000001"
    base = await address_of(stack, application)
    telegram.type(READER, "/help")
    async with aiohttp.ClientSession() as session:
        for path, status in (("/telegram/7000009", 404), ("/telegram", 404), ("/telegram/7000001", 200)):
            call = session.post(base + path, json=telegram.world.updates[-1], headers={SECRET: "s3cret"})
            async with call as answer:
                assert answer.status == status


async def test_a_wrong_token_names_its_setting_and_the_rest_goes_on(
    stack: AsyncExitStack, tmp_path: Path
) -> None:
    """One sentence for the operator that names the setting and not the token; the other chat answers."""
    telegram = await stack.enter_async_context(TelegramFake())
    slack = await stack.enter_async_context(SlackFake())
    application = await started(
        stack, tmp_path, telegram_token=WRONG, telegram_api_url=telegram.url, slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token, slack_api_url=slack.api_url,
    )  # fmt: skip
    [error] = application.refused
    for language in ("ar", "en"):
        said = texts(language).error(error)  # type: ignore[arg-type]
        assert "KAWALIS_TELEGRAM_TOKEN" in said
        assert "AAwrong" not in said
        assert "\n" not in said
    await slack.sockets.connected()
    await slack.dm(PERSON, "help")
    assert await slack.answers(1, PERSON)
