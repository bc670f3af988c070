"""What `kawalis run` says and does before it is at work."""

import argparse
import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.cli import service as cli
from bot.engine import service
from bot.engine.service import Service
from bot.errors import SettingsError
from bot.texts import texts
from storage.database import Database
from storage.outbox import Target
from tests.application.conftest import settings
from tests.fakes.telegram import TelegramFake
from tests.faults.test_platform import NOW, states


class Reached(Exception):  # noqa: N818
    """The database was about to be opened."""


def run(role: str, **more: object) -> Any:
    parsed = argparse.Namespace(role=role, name="one", verbose=False, config=None)
    return cli._run(parsed, settings(**more), texts("en"))


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is opened, and the log is left as it is."""

    def reached(*_: object, **__: object) -> None:
        raise Reached

    monkeypatch.setattr(cli, "open_kernel", reached)
    monkeypatch.setattr(cli, "service_logs", lambda **_: None)


async def test_who_alone_delivers_needs_a_chat(stopped: None, capsys: pytest.CaptureFixture[str]) -> None:
    """Without any token `--role deliver` ends with one sentence; a whole service says it and collects all the same; who
    only collects needs no chat and hears nothing of it.
    """
    with pytest.raises(SettingsError) as error:
        await run("deliver")
    assert error.value.key == "cli.no_chats"
    with pytest.raises(Reached):
        await run("all")
    assert texts("en")("cli.no_chats") in capsys.readouterr().err
    with pytest.raises(Reached):
        await run("collect")
    with pytest.raises(Reached):
        await run("all", telegram_token="1:x")
    assert capsys.readouterr().err == ""


async def test_a_setting_that_is_mistyped_is_said_at_the_start(
    stopped: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that does nothing is said, and keeps nothing from starting."""
    monkeypatch.setenv("KAWALIS_TELEGRAM_TOKN", "1:secret")
    with pytest.raises(Reached):
        await run("collect")
    said = capsys.readouterr().err
    assert "KAWALIS_TELEGRAM_TOKN" in said
    assert "secret" not in said


async def test_a_token_that_is_refused_ends_who_alone_delivers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no chat can be used, `--role deliver` says why, and ends with 1."""
    monkeypatch.setattr(cli, "service_logs", lambda **_: None)
    async with TelegramFake() as telegram:
        ended = await run(
            "deliver", telegram_token="7:AAwrong", telegram_api_url=telegram.url, http_address="127.0.0.1:0",
            database_url=f"sqlite:///{tmp_path / 'k.db'}",
        )  # fmt: skip
    assert ended == 1
    said = capsys.readouterr().err
    assert "KAWALIS_TELEGRAM_TOKEN" in said
    assert "AAwrong" not in said


async def test_a_start_gives_back_what_was_claimed_and_ticks_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this order: it joins, gives back what the dead had claimed, launches the engine, ticks without waiting for the
    minute, and says that it has begun; what is published meanwhile goes to the engine. It leaves in good order.
    """
    async with database.unit() as unit:
        targets = [Target(platform="telegram", bot="7", chat="1")]
        await unit.outbox.publish("e", {"telegram": ["{}"]}, targets, now=NOW)
        await unit.outbox.claim({("telegram", "7"): 1}, owner="dead/1", now=NOW)
        await unit.commit()
    done: list[str] = []

    def doing(name: str) -> Any:
        async def does(*given: object) -> None:
            done.append(" ".join([name, *(str(each) for each in given if isinstance(each, str))]))
            if name == "open":
                done.append(str(await states(database)))

        return does

    monkeypatch.setattr(service.Desk, "run", doing("desk"))
    publisher = SimpleNamespace(enqueue=None)
    kernel = SimpleNamespace(
        database=database,
        now=lambda: NOW,
        new_id=lambda: "t",
        settings=SimpleNamespace(ambiguous_sends="resend"),
    )
    application: Any = SimpleNamespace(
        kernel=kernel, services=SimpleNamespace(publisher=publisher), stopping=asyncio.Event()
    )
    engine: Any = SimpleNamespace(open=doing("open"), close=doing("close"), enqueue_once=doing("enqueue"))
    heart: Any = SimpleNamespace(join=doing("join"), beat=doing("beat"), leave=doing("leave"), owner="a/1")
    made = Service(application=application, durable=engine, heart=heart)

    def begun() -> None:
        done.append("begun")
        assert publisher.enqueue is not None
        application.stopping.set()

    monkeypatch.setattr(Service, "_beat_on", doing("beating"))
    async with asyncio.timeout(20):
        await made.run(begun)
    assert [each for each in done if each not in {"desk", "beating"}] == [
        "join", "open", "{'ready': 1}", "enqueue kawalis.collect.1 collecting", "enqueue kawalis.decide.1 deciding",
        "begun", "close", "leave",
    ]  # fmt: skip
    assert publisher.enqueue is None
