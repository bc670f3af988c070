"""From nothing to a draft, by the steps that README.md gives: what they name is all that is needed."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.application import build_application, running
from bot.assemble import open_kernel
from bot.doctor import examine
from bot.gateways import open_gateways
from bot.sample.newsroom import SAMPLE_NOW, SAMPLE_WINDOW
from bot.settings import Settings, load_settings
from bot.texts import texts
from tests.application.conftest import Bench, Hands, settings
from tests.application.editors.desk import Desk, briefs, desk_of, pressed, sent, typed
from tests.fakes.clock import Clock
from tests.fakes.slack import SlackFake
from tests.fakes.telegram import TelegramFake

ROOT = Path(__file__).parents[3]


def section(title: str) -> str:
    """A section of README.md."""
    text = (ROOT / "README.md").read_text("utf-8")
    return text.split(f"## {title}\n")[1].split("\n## ")[0]


def variables(text: str) -> set[str]:
    return set(re.findall(r"KAWALIS_[A-Z_]+[A-Z]", text))


@asynccontextmanager
async def service(
    database: Path,
    environment: dict[str, str],
    fakes: tuple[TelegramFake, SlackFake],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Bench]:
    """The service as it starts with these variables set, and no others."""
    telegram, slack = fakes
    monkeypatch.chdir(database.parent)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KAWALIS_{name.upper()}", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    made = load_settings(telegram_api_url=telegram.url, slack_api_url=slack.api_url)
    hands = Hands()
    async with open_kernel(made, now=hands, sources=(), sample=True, database_url=f"sqlite:///{database}",
                           default_window=SAMPLE_WINDOW) as kernel:  # fmt: skip
        application = build_application(kernel, owner="connecting")
        gateways = open_gateways(made, kernel.database, application.dispatcher, application.changed)
        async with running(application, gateways):
            assert application.refused == []
            yield Bench(application, telegram, slack, hands, f"sqlite:///{database}", Clock())


STEPS = {
    "telegram": ("Connect Telegram", "/broadcast @your_channel", "telegram:YOUR_ID"),
    "slack": ("Connect Slack", "/kawalis broadcast #your-channel", "slack:YOUR_ID"),
}


@pytest.mark.parametrize("platform", STEPS)
async def test_the_steps_lead_to_a_post(
    newsroom_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    """With the variables that the section names, and the command that it gives, a new editor gets from an empty chat to
    their id, and with `KAWALIS_ADMINS` set to it, to a draft and a post.
    """
    title, command, admins = STEPS[platform]
    text, database = section(title), tmp_path / "kawalis.db"
    shutil.copy(newsroom_database, database)
    assert command in text
    assert f"KAWALIS_ADMINS={admins}" in text
    async with TelegramFake(limits=False) as telegram, SlackFake() as slack:
        tokens = {"KAWALIS_TELEGRAM_TOKEN": telegram.token, "KAWALIS_SLACK_BOT_TOKEN": slack.bot_token,
                  "KAWALIS_SLACK_APP_TOKEN": slack.app_token}  # fmt: skip
        environment = {name: tokens[name] for name in variables(text) - {"KAWALIS_ADMINS"}}
        async with service(database, environment, (telegram, slack), monkeypatch) as bench:
            desk = desk_of(platform, bench)
            await typed(desk, "/start", "بأي لغة")
            said = await typed(desk, "/broadcast @news", "للمحررين")
        told = re.search(rf"{platform}:\w+", said)
        assert told
        telegram.world.updates.clear()
        environment["KAWALIS_ADMINS"] = told[0]
        async with service(database, environment, (telegram, slack), monkeypatch) as bench:
            await _posts(desk_again(desk, bench))


def desk_again(desk: Desk, bench: Bench) -> Desk:
    """The same editor and channel, with the service started anew."""
    desk.bench = bench
    return desk


async def _posts(desk: Desk) -> None:
    await typed(desk, "/broadcast @news", "لن يُنشر شيء قبل موافقتكم")
    await pressed(desk, "approve", "نُشرت في")
    assert briefs(await sent(desk)) == 1


def test_every_variable_that_is_named_exists() -> None:
    """What README.md, the manifest and the guides tell to set is a setting."""
    known = {f"KAWALIS_{name.upper()}" for name in Settings.model_fields} | {"KAWALIS_WRITE"}
    files = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "docs" / "slack-manifest.yaml"]
    for file in files:
        assert variables(file.read_text("utf-8")) - known == set(), file.name


@pytest.mark.parametrize(
    ("given", "deaf"),
    [
        ({"slack_bot_token": "xoxb-1-a"}, True),
        ({"slack_client_id": "1.2", "slack_client_secret": "c"}, True),
        ({}, False),
        ({"slack_bot_token": "xoxb-1-a", "slack_app_token": "xapp-1-A1-b"}, False),
        ({"slack_client_id": "1.2", "slack_client_secret": "c", "slack_signing_secret": "s"}, False),
    ],
)  # fmt: skip
async def test_a_forgotten_step_is_named_by_the_doctor(
    tmp_path: Path, given: dict[str, str], deaf: bool
) -> None:
    """With neither an app token nor a signing secret Slack's people are not heard: the doctor says which to set."""
    found = await examine(settings(data_dir=tmp_path, **given), SAMPLE_NOW)
    said = [texts("en")(one.key, **one.values) for one in found if not one.good]
    assert any("KAWALIS_SLACK_APP_TOKEN" in line and "SIGNING_SECRET" in line for line in said) == deaf


def test_the_manifests_steps_name_what_is_needed() -> None:
    """Over Socket Mode an app token and a bot token; over HTTP the signing secret; for many workspaces the client's id
    and secret.
    """
    head = (ROOT / "docs" / "slack-manifest.yaml").read_text("utf-8").split("_metadata:")[0]
    assert variables(head) == {
        "KAWALIS_SLACK_APP_TOKEN", "KAWALIS_SLACK_BOT_TOKEN", "KAWALIS_SLACK_SIGNING_SECRET",
        "KAWALIS_SLACK_CLIENT_ID", "KAWALIS_SLACK_CLIENT_SECRET",
    }  # fmt: skip
    assert "connections:write" in head
