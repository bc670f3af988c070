"""What the doctor hears from Telegram, Slack and the language model."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.cli import main
from bot.doctor import Finding
from bot.reaching import ask_around
from bot.settings import Settings
from bot.texts import texts
from tests.fakes.language_model import SILENT, language_model
from tests.fakes.slack import SlackFake
from tests.fakes.slack.people import TEAM
from tests.fakes.telegram import TelegramFake

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
WRONG = "7000001:AAwrong-token-that-is-long-enough-and-secret"
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramFake]:
    async with TelegramFake() as fake:
        yield fake


@pytest.fixture
async def slack() -> AsyncIterator[SlackFake]:
    async with SlackFake() as fake:
        yield fake


@pytest.fixture
def installed(telegram: TelegramFake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command line finds: an empty folder, Arabic, and the fake in Telegram's place."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWALIS_LANGUAGE", "ar")
    monkeypatch.setenv("KAWALIS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KAWALIS_TELEGRAM_API_URL", telegram.url)


async def found(**set_to: Any) -> list[Finding]:
    return await ask_around(Settings(_env_file=None, **set_to), NOW)  # type: ignore[call-arg]


def keys(findings: list[Finding]) -> list[tuple[bool, str]]:
    return [(finding.good, finding.key) for finding in findings]


async def test_nothing_set_asks_nobody() -> None:
    """Who has set no chat and no model is told nothing of them here."""
    assert await found() == []


async def test_each_token_of_telegram_is_asked_about(telegram: TelegramFake) -> None:
    """A good token is told with the bot's name, a refused one by the bot's number and not by itself."""
    findings = await found(telegram_token=f"{telegram.token},{WRONG}", telegram_api_url=telegram.url)
    assert keys(findings) == [(True, "doctor.telegram"), (False, "doctor.telegram_refused")]
    assert findings[0].values["bot"] == telegram.world.bot["username"]
    assert findings[1].values["bot"] == "7000001"
    assert "AAwrong" not in str(findings)
    assert {method for method, _ in telegram.calls} == {"getMe", "getWebhookInfo"}  # nothing is changed


async def test_telegram_that_does_not_answer(telegram: TelegramFake) -> None:
    """Where nobody answers, or a gateway does, the token is not blamed."""
    assert keys(await found(telegram_token=telegram.token, telegram_api_url=NOBODY)) == [
        (False, "telegram.unreachable")
    ]
    telegram.fail_next("getMe", "gateway 404")
    assert keys(await found(telegram_token=telegram.token, telegram_api_url=telegram.url)) == [
        (False, "telegram.unreachable")
    ]


async def test_a_token_of_a_wrong_form_is_not_sent_anywhere(telegram: TelegramFake) -> None:
    """What cannot be a token may be another secret: that it is wrong is told elsewhere, and nobody gets it."""
    assert await found(telegram_token="a-password", telegram_api_url=telegram.url) == []
    assert telegram.calls == []


@pytest.mark.parametrize(("minutes", "good"), [(5, False), (120, True)])
async def test_a_webhook_that_telegram_does_not_reach(
    telegram: TelegramFake, minutes: int, good: bool
) -> None:
    """Telegram's own word on why it could not call us, while it is fresh."""
    telegram.fail_webhook(int((NOW - timedelta(minutes=minutes)).timestamp()), "SSL error")
    [finding] = await found(
        telegram_token=telegram.token, telegram_api_url=telegram.url,
        telegram_webhook_url="https://here.example/hook", telegram_webhook_secret="s",
    )  # fmt: skip
    assert finding.good is good
    if not good:
        assert (finding.key, finding.values["cause"]) == ("doctor.webhook_fails", "SSL error")


async def test_the_tokens_of_slack(slack: SlackFake) -> None:
    """Good tokens are told with the workspace; one that is refused by which it is; scopes that lack by name."""
    good = {
        "slack_bot_token": slack.bot_token,
        "slack_app_token": slack.app_token,
        "slack_api_url": slack.api_url,
    }
    assert keys(await found(**good)) == [(True, "doctor.slack")]
    assert keys(await found(**good | {"slack_bot_token": "xoxb-wrong"})) == [(False, "slack.token_refused")]
    assert keys(await found(**good | {"slack_app_token": "xapp-wrong"})) == [
        (False, "slack.app_token_refused")
    ]
    team = slack.world.teams[TEAM]
    team.scopes = tuple(scope for scope in team.scopes if scope != "files:write")
    [finding] = await found(**good)
    assert (finding.good, finding.key) == (False, "doctor.slack_scopes")
    assert finding.values["scopes"] == "files:write"
    slack.fail_next("auth.test", status=502)
    assert keys(await found(**good)) == [(False, "slack.unreachable")]
    assert keys(await found(**good | {"slack_api_url": NOBODY})) == [(False, "slack.unreachable")]


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ('{"ok": true}', "doctor.model"),
        (401, "doctor.model_refused"),
        (404, "doctor.model_refused"),
        (429, "doctor.model_limited"),
        (500, "doctor.model_garbled"),
        (b"<html>", "doctor.model_garbled"),
        (SILENT, "doctor.model_silent"),
    ],
)
async def test_the_model(answer: Any, key: str) -> None:
    """One short question tells whether key, name and address of the model are right; neither key nor password of the
    address is repeated.
    """
    async with language_model(answer) as scripted:
        url = scripted.url.replace("http://", "http://me:hidden@")
        [finding] = await found(llm_url=url, llm_model="small", llm_key="secret", llm_timeout_seconds=0.2)
    assert (finding.good, finding.key) == (key == "doctor.model", key)
    assert "secret" not in str(finding)
    assert "hidden" not in str(finding)
    assert all(texts(language)(finding.key, **finding.values) for language in ("ar", "en"))


async def test_the_doctor_says_it(
    telegram: TelegramFake,
    installed: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`kawalis doctor` prints what was heard among the rest, and what is wrong costs the exit code."""
    monkeypatch.setenv("KAWALIS_TELEGRAM_TOKEN", f"{telegram.token},{WRONG}")
    assert await asyncio.to_thread(main, ["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "✓ " + texts("ar")("doctor.telegram", bot=telegram.world.bot["username"]) in lines
    assert "✗ " + texts("ar")("doctor.telegram_refused", bot="7000001") in lines


async def test_what_a_server_calls_itself_makes_no_line_of_its_own(
    telegram: TelegramFake,
    installed: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A name from outside with line breaks, marks of direction or terminal codes stays within its finding."""
    monkeypatch.setenv("KAWALIS_TELEGRAM_TOKEN", telegram.token)
    telegram.world.bot = telegram.world.bot | {"username": "x\n✓ forged\u202e\x1b[2J"}
    await asyncio.to_thread(main, ["doctor"])
    said = capsys.readouterr().out
    assert "x ✓ forged" in said
    assert not any(line.startswith("✓ forged") for line in said.splitlines())
    assert not set(said) & {"\u202e", "\x1b"}


@pytest.mark.parametrize("answer", ['{"ok": true}', '{"ok": true, "team_id": ' + "9" * 5000 + "}"])
async def test_what_says_ok_and_is_not_slack(answer: str) -> None:
    """An answer without a workspace, or with what no number may be, is not Slack's."""

    async def answers(_: web.Request) -> web.Response:
        return web.json_response(text=answer)

    application = web.Application()
    application.router.add_route("*", "/{any:.*}", answers)
    async with TestServer(application) as server:
        findings = await found(slack_bot_token="xoxb-1", slack_api_url=str(server.make_url("/api/")))
    assert keys(findings) == [(False, "slack.unreachable")]


async def test_an_answer_in_telegrams_form_that_is_none(telegram: TelegramFake) -> None:
    """Whatever else answers as Telegram does, with parts of another kind, is told in one sentence."""
    telegram.world.bot = [1]  # type: ignore[assignment]
    assert keys(await found(telegram_token=telegram.token, telegram_api_url=telegram.url)) == [
        (False, "telegram.unreachable")
    ]
