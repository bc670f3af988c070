"""What an operator types: what is held, moving out, what the doctor sees."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.cli import main, operating
from bot.doctor import malformed
from bot.engine.heart import at_work
from bot.settings import Settings
from bot.texts import texts
from storage import sqlite
from storage.database import Database
from storage.outbox import Mark, Target
from storage.workers import Worker

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
BOT = ("telegram", "7")


def on(url: str, work: Callable[[Database], Awaitable[object]]) -> object:
    """Do something with the database of that address."""

    async def done() -> object:
        database = await Database.open(url)
        try:
            await database.migrate()
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(done())


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An address that the command line uses too, in Arabic."""
    monkeypatch.chdir(tmp_path)
    address = f"sqlite:///{tmp_path / 'k.db'}"
    monkeypatch.setenv("KAWALIS_DATABASE_URL", address)
    monkeypatch.setenv("KAWALIS_LANGUAGE", "ar")
    return address


async def _park(database: Database) -> None:
    """Two deliveries whose answer was lost, one that was sent."""
    async with database.unit() as unit:
        targets = [Target(platform="telegram", bot="7", chat=chat) for chat in ("1", "2", "3")]
        await unit.outbox.publish("digest:x", {"telegram": ["{}"]}, targets, now=NOW)
        first, second, third = await unit.outbox.claim({BOT: 3}, owner="o", now=NOW)
        marks = [Mark(id=first.id, state="held", error="ReadTimeout"), Mark(id=second.id, state="held"),
                 Mark(id=third.id, state="sent", message="9")]  # fmt: skip
        await unit.outbox.mark(marks, owner="o", now=NOW)
        await unit.commit()


async def _states(database: Database) -> dict[str, int]:
    async with database.reading() as unit:
        return {state: count for (_, _, state), count in (await unit.outbox.counts()).items()}


def test_held_is_listed(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each parked delivery: where to, which edition and part, and why; nothing is changed by looking."""
    on(url, _park)
    assert main(["held"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "telegram:7:1\tdigest:x\t0\tReadTimeout",
        "telegram:7:2\tdigest:x\t0\t",
    ]
    assert on(url, _states) == {"held": 2, "sent": 1}


@pytest.mark.parametrize(("option", "state"), [("--resend", "ready"), ("--drop", "cancelled")])
def test_held_is_settled(url: str, capsys: pytest.CaptureFixture[str], option: str, state: str) -> None:
    """`--resend` has all that is parked sent, `--drop` lets it go; how many is said, and what was sent stays so."""
    on(url, _park)
    assert main(["held", option]) == 0
    assert "2" in capsys.readouterr().out
    assert on(url, _states) == {state: 2, "sent": 1}
    main(["held"])
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.strip().startswith("لا رسالة")  # and whoever looks is told that there is nothing


async def _wait(database: Database) -> None:
    """One delivery that waits and one that a process had claimed, beside those of `_park`."""
    async with database.unit() as unit:
        targets = [Target(platform="telegram", bot="7", chat=chat) for chat in ("4", "5")]
        await unit.outbox.publish("digest:y", {"telegram": ["{}"]}, targets, now=NOW)
        await unit.outbox.claim({BOT: 1}, owner="dead/1", now=NOW)
        await unit.commit()


def test_what_a_backup_had_not_sent_is_parked(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a restore `--park` holds what waited and what was under way, and says how much; while a process is at work
    it refuses in one sentence, since that one sends.
    """
    on(url, _park)
    on(url, _wait)
    on(url, _join)
    monkeypatch.setattr(operating, "at_work", partial(at_work, sleep=_beating(url, "living/1")))
    assert main(["held", "--park"]) == 1
    assert capsys.readouterr().err.strip() == texts("ar")("held.stop_first", names="living")
    assert on(url, _states) == {"held": 2, "sent": 1, "ready": 1, "claimed": 1}
    monkeypatch.setattr(operating, "at_work", partial(at_work, sleep=_beating(url, None)))
    assert main(["held", "--park"]) == 0
    assert capsys.readouterr().out.strip() == texts("ar")("held.parked", count=2)
    assert on(url, _states) == {"held": 4, "sent": 1}


async def _refuse(database: Database) -> None:
    """One delivery that the platform refused an hour ago, and one of long ago."""
    now = datetime.now(UTC)
    for edition, hours in (("new", 1), ("old", 50)):
        async with database.unit() as unit:
            target = Target(platform="telegram", bot="7", chat="1")
            at = now - timedelta(hours=hours)
            await unit.outbox.publish(edition, {"telegram": ["{}"]}, [target], now=at)
            [row] = await unit.outbox.claim({BOT: 1}, owner="o", now=at)
            mark = Mark(id=row.id, state="failed", error="Bad Request: chat not found")
            await unit.outbox.mark([mark], owner="o", now=at)
            await unit.commit()


def test_the_doctor_tells_what_is_held_from_what_was_refused(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `kawalis held` settles is told with that command; what a platform refused is told with its cause, for a
    day, and nobody is sent to look for it where it is not.
    """
    on(url, _refuse)
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert texts("ar")("doctor.refused", count=1, causes="Bad Request: chat not found") in said
    assert texts("ar")("doctor.outbox") in said
    on(url, _park)
    main(["doctor"])
    said = capsys.readouterr().out
    assert texts("ar")("doctor.held", count=2) in said
    assert texts("ar")("doctor.database", address=url) in said


def _worker(name: str) -> Worker:
    return Worker(id=name, owner=f"{name}/1", role="all", host="h", pid=1, beats=3, started=NOW)


async def _join(database: Database) -> None:
    async with database.unit() as unit:
        await unit.workers.join(_worker("living"))
        await unit.workers.join(_worker("dead"))
        await unit.commit()


def _beating(url: str, owner: str | None) -> Callable[[float], Awaitable[None]]:
    """A sleep in which that owner beats."""

    async def sleep(_: float) -> None:
        database = await Database.open(url)
        async with database.unit() as unit:
            if owner is not None:
                await unit.workers.beat(owner)
            await unit.commit()
        await database.close()

    return sleep


def test_who_beats_is_at_work(url: str) -> None:
    """Whose count moves is at work; the row that a killed process left behind keeps nobody waiting for ever."""
    on(url, _join)

    async def found(database: Database, owner: str | None) -> list[str]:
        return [worker.id for worker in await at_work(database, _beating(url, owner))]

    assert on(url, partial(found, owner="living/1")) == ["living"]
    assert on(url, partial(found, owner=None)) == []


def test_nothing_is_moved_from_under_a_running_service(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """While a process works on the source, `move` says so in one sentence and copies nothing; once it has stopped,
    the same command moves everything.
    """
    on(url, _park)
    on(url, _join)
    target = f"sqlite:///{tmp_path / 'target.db'}"
    monkeypatch.setattr(operating, "at_work", partial(at_work, sleep=_beating(url, "living/1")))
    assert main(["move", "--to", target]) == 1
    said = capsys.readouterr().err.strip()
    assert said == texts("ar")("operating.still_running", names="living")
    assert on(target, _states) == {}
    monkeypatch.setattr(operating, "at_work", partial(at_work, sleep=_beating(url, None)))
    assert main(["move", "--to", target]) == 0
    assert on(target, _states) == {"held": 2, "sent": 1}


@pytest.mark.parametrize(
    "command",
    ["backup copy.db", "move --to sqlite:///target.db", "doctor", "held", "held --resend", "held --drop",
     "held --park", "export telegram:7:1", "forget telegram:7:1"],
)  # fmt: skip
def test_what_is_not_there_is_not_made(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """With the folder mistyped, an operator is told so, and has no empty database or copy that looks good."""
    assert main(command.split()) == 1
    told = capsys.readouterr()
    assert texts("ar")("storage.empty", address=url) in (told.out if command == "doctor" else told.err)
    assert list(tmp_path.iterdir()) == []


async def _older(database: Database) -> str | None:
    await database.downgrade("0007")
    return await database.revision()


async def _revision(address: str) -> str | None:
    database = await Database.open(address)
    try:
        return await database.revision()
    finally:
        await database.close()


def test_a_backup_changes_nothing(url: str, tmp_path: Path) -> None:
    """Before an upgrade the new program copies what the old one left: neither the database nor the copy is migrated."""
    assert on(url, _older) == "0007"
    assert main(["backup", "copy.db"]) == 0
    found = [asyncio.run(_revision(address)) for address in (url, f"sqlite:///{tmp_path / 'copy.db'}")]
    assert found == ["0007", "0007"]


@pytest.mark.parametrize(
    "command", ["doctor", "held", "export telegram:7:1", "move --to sqlite:///target.db"]
)
def test_who_looks_changes_no_schema(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """Beside a service of an earlier version nobody who only looks takes its tables from under it: the command says
    what brings them to this version, and changes nothing.
    """
    assert on(url, _older) == "0007"
    assert main(command.split()) == 1
    told = capsys.readouterr()
    assert texts("ar")("storage.schema_old", address=url) in (told.out if command == "doctor" else told.err)
    assert asyncio.run(_revision(url)) == "0007"
    assert not (tmp_path / "target.db").exists()
    assert main(["migrate"]) == 0
    assert main(["held"]) == 0


def test_all_that_is_held_is_listed(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """However many there are: whoever counts the lines has counted what is held."""

    async def many(database: Database) -> None:
        async with database.unit() as unit:
            targets = [Target(platform="telegram", bot="7", chat=str(chat)) for chat in range(150)]
            await unit.outbox.publish("digest:x", {"telegram": ["{}"]}, targets, now=NOW)
            await unit.outbox.park("restored")
            await unit.commit()

    on(url, many)
    assert main(["held"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 150


@pytest.mark.parametrize(
    "command",
    ["migrate", "run", "collect", "brief", "doctor", "held", "held --resend", "held --drop", "export telegram:7:1",
     "forget telegram:7:1", "move --to sqlite:///target.db", "chat"],
)  # fmt: skip
def test_what_a_newer_program_left_is_not_touched(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """Whoever goes back to an older version is told so in one sentence, whatever they type; nothing is written."""

    async def newer(database: Database) -> None:
        async with database.unit() as unit:
            await unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
            await unit.commit()

    def content() -> dict[str, list[object]]:
        with closing(sqlite.driver().connect(tmp_path / "k.db")) as there:
            made = there.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
            tables = [name for kind, name, _ in made if kind == "table"]
            rows = {name: there.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608
            return {"": made, **rows}

    on(url, _park)
    on(url, newer)
    before = content()
    assert main(command.split()) == 1
    told = capsys.readouterr()
    said = texts("ar")("storage.schema")
    assert [line for line in (told.out + told.err).splitlines() if said in line]
    assert "Traceback" not in told.out + told.err
    if command != "doctor":  # which says what is well too
        assert told.out == ""
        assert told.err.strip().splitlines()[-1] == said
    assert content() == before
    assert not (tmp_path / "target.db").exists()


GOOD = "987654321:AAE-good_token-of-thirty-five-letters"


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("telegram_token", "98765", "BotFather"),
        ("telegram_token", f"{GOOD} # ours", "BotFather"),
        ("telegram_token", f"{GOOD},{GOOD[:20]}", "رقم 2 من 2"),
        ("telegram_token", f'"{GOOD}"', "KAWALIS_TELEGRAM_TOKEN"),
        ("slack_bot_token", "xoxp-1-2", "xoxb-"),
        ("slack_app_token", "xoxb-1-2", "xapp-"),
    ],
)
def test_a_malformed_token_is_named(setting: str, value: str, said: str) -> None:
    """A token that cannot be right is said to be so, with its setting, its form and where to get it; it is not
    repeated.
    """
    found = malformed(Settings(_env_file=None, **{setting: value}))  # type: ignore[call-arg, arg-type]
    assert [finding.good for finding in found] == [False]
    text = texts("ar")(found[0].key, **found[0].values)
    assert said in text
    assert value[:12] not in text
    assert f"KAWALIS_{setting.upper()}" in text


@pytest.mark.parametrize("where", ["environment", "file"])
@pytest.mark.parametrize(
    ("name", "said"),
    [("KAWALIS_TELEGRAM_TOKENS", "KAWALIS_TELEGRAM_TOKEN؟"), ("KAWALIS_PARROT", "docs/interface.md")],
)
def test_a_setting_that_nobody_reads_is_named(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    where: str,
    name: str,
    said: str,
) -> None:
    """A name that was mistyped does nothing: `doctor` says so, with the one that is nearest, and not its value."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWALIS_LANGUAGE", "ar")
    monkeypatch.setenv("KAWALIS_DATA_DIR", str(tmp_path))
    if where == "file":
        (tmp_path / ".env").write_text(f"{name}=hidden-word\n", encoding="utf-8")
    else:
        monkeypatch.setenv(name, "hidden-word")
    assert main(["doctor"]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if name in line.replace(said, "")]
    assert line.startswith("✗")
    assert said in line
    assert "hidden-word" not in line


def test_good_tokens_are_not_named() -> None:
    """Tokens of the right form say nothing, several with commas as well."""
    settings = Settings(
        _env_file=None, telegram_token=f"{GOOD}, {GOOD}x", slack_bot_token="xoxb-1-a", slack_app_token="xapp-1-A1-b"
    )  # type: ignore[call-arg, arg-type]  # fmt: skip
    assert malformed(settings) == []
