"""Backing up, moving to another database, and letting old things go."""

import asyncio
import os
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from sqlalchemy import event, func, select

from storage import backup as backing_up
from storage import sqlite
from storage.backup import backup
from storage.chats import Subscription
from storage.database import Database
from storage.errors import MoveFailed, NotPossible, SchemaMismatch, StorageError
from storage.moving import move
from storage.outbox import Target
from storage.retention import retention
from storage.slack_installations import BOTS, INSTALLATIONS
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from summaries.types import ArticleId, StoryId
from tests.storage.things import CHAT, NOON, TOPIC, analysis, article, entry, hours, source


async def _fill(unit: UnitOfWork, count: int = 5) -> None:
    await unit.sources.upsert([source()])
    await unit.articles.put_many([(article(n, after=n), entry(n)) for n in range(count)])
    await unit.articles.put_many([(article(1, text="نص آخر.", after=1), entry(1))])
    await unit.analyses.put_analyses([analysis(n) for n in range(count)], "v1")
    await unit.stories.assign({ArticleId(f"a{n}"): StoryId("s1") for n in range(count)})
    await unit.search.put({ArticleId(f"a{n}"): f"خبر رقم {n}" for n in range(count)})
    await unit.chats.subscribe(Subscription(id="d1", chat=CHAT, topic=TOPIC, time=480, zone="UTC"))
    target = Target(platform="telegram", bot="7", chat="-100")
    await unit.outbox.publish("e1", {"telegram": ["{}"]}, [target], now=NOON)
    await unit.commit()


@pytest.fixture
async def filled(tmp_path: Path) -> str:
    """The address of a SQLite database with something in most tables."""
    url = f"sqlite:///{tmp_path / 'full.db'}"
    database = await Database.open(url)
    await database.migrate()
    async with database.unit() as unit:
        await _fill(unit)
    await database.close()
    return url


async def test_a_backup_while_writing(filled: str, tmp_path: Path) -> None:
    """The copy is whole and of one moment, though another unit is writing; it opens as a database."""
    database = await Database.open(filled)
    file = tmp_path / "copy.db"
    async with database.unit() as unit:
        await unit.sources.upsert([source("just-kept")])  # which no checkpoint has brought into the file yet
        await unit.commit()
    async with database.unit() as unit:
        await unit.sources.upsert([source("half-written")])
        await backup(database, file)
        await unit.commit()
    await database.close()
    with closing(sqlite.driver().connect(str(file))) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT id FROM sources ORDER BY id").fetchall() == [("just-kept",), ("nahar",)]
    restored = await Database.open(f"sqlite:///{file}")
    async with restored.unit() as unit:
        assert await unit.search.find("خبر") == ["a4", "a3", "a2", "a1", "a0"]
        assert await unit.articles.delete_before(NOON + hours(99)) == 5
    await restored.close()


async def test_a_backup_overwrites_nothing(filled: str, tmp_path: Path) -> None:
    """A file that is there stays, and a copy that fails leaves none."""
    database = await Database.open(filled)
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(NotPossible):
        await backup(database, there)
    assert there.read_text() == "mine"
    with pytest.raises(StorageError) as caught:
        await backup(database, tmp_path / "no such folder" / "copy.db")
    assert caught.value.key == "storage.backup_failed"
    await database.close()


async def test_two_backups_to_one_file(filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two that copy to the same file at the same moment, one has it, whole and on the disk before it gets its name;
    the other is told that it exists. Nothing else is left behind.
    """
    copy, both, on_disk = backing_up._copy, Barrier(2, timeout=20), []

    def copied(source: Path, target: Path) -> None:
        copy(source, target)
        both.wait()

    def synced(handle: int) -> None:
        on_disk.append(file.exists())

    monkeypatch.setattr(backing_up, "_copy", copied)
    monkeypatch.setattr(os, "fsync", synced)
    folder = tmp_path / "نسخ احتياطية"
    folder.mkdir()
    file, database = folder / "copy.db", await Database.open(filled)
    found = await asyncio.gather(backup(database, file), backup(database, file), return_exceptions=True)
    await database.close()
    assert sorted(getattr(one, "key", "") for one in found) == ["", "storage.backup_exists"]
    assert not on_disk[0]
    assert [each.name for each in folder.iterdir()] == ["copy.db"]
    with closing(sqlite.driver().connect(str(file))) as made:
        assert made.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert made.execute("SELECT count(*) FROM articles").fetchone() == (5,)


async def test_postgresql_has_its_own_backup(postgresql_url: str, tmp_path: Path) -> None:
    """There we say which program makes one."""
    database = await Database.open(postgresql_url)
    try:
        with pytest.raises(NotPossible) as caught:
            await backup(database, tmp_path / "copy.db")
    finally:
        await database.close()
    assert caught.value.values == {"instead": "pg_dump"}


async def test_moving_takes_everything(filled: str, url: str) -> None:
    """All tables arrive, are counted, found by search, and numbered on; progress ends at the whole."""
    told: dict[str, tuple[int, int]] = {}
    copied = await move(filled, url, lambda table, done, total: told.update({table: (done, total)}))
    assert (copied["articles"], copied["revisions"], copied["deliveries"]) == (5, 1, 1)
    assert told["articles"] == (5, 5)
    target = await Database.open(url)
    try:
        async with target.unit() as unit:
            assert [item.id for item in await unit.articles.latest(9)] == ["a4", "a3", "a2", "a1", "a0"]
            assert await unit.search.find("خبر 3") == ["a3"]
            assert await unit.analyses.analyses([ArticleId("a1")]) == {"a1": analysis(1)}
            await unit.articles.put_many([(article(9), entry(9))])
            await unit.search.put({ArticleId("a9"): "لاحق"})
            assert await unit.search.find("لاحق") == ["a9"]
    finally:
        await target.close()


async def test_moving_pages_through_large_tables(filled: str, url: str) -> None:
    """A table of more rows than one batch arrives whole, also where its key has two columns."""
    database = await Database.open(filled)
    async with database.unit() as unit:
        await unit.articles.put_many([(article(n), entry(n)) for n in range(100, 4_600)])
        await unit.commit()
    await database.close()
    copied = await move(filled, url)
    assert (copied["articles"], copied["entries"]) == (4_505, 4_505)


async def test_moving_into_a_full_database(filled: str, url: str) -> None:
    """What is in the target is never mixed with what comes."""
    database = await Database.open(url)
    await database.migrate()
    async with database.unit() as unit:
        await unit.sources.upsert([source("theirs")])
        await unit.commit()
    await database.close()
    with pytest.raises(MoveFailed) as caught:
        await move(filled, url)
    assert caught.value.values["table"] == "sources"


async def test_a_move_that_stops_leaves_the_target_empty(filled: str, url: str) -> None:
    """Half a copy is none: it can be tried again."""

    def stop(table: str, done: int, total: int) -> None:
        if table == "entries":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await move(filled, url, stop)
    assert (await move(filled, url))["entries"] == 5


async def test_moving_from_an_older_schema(tmp_path: Path, url: str) -> None:
    """A source that was never migrated, or not to this version, is refused, since tables may be missing."""
    address = f"sqlite:///{tmp_path / 'fresh.db'}"
    with pytest.raises(SchemaMismatch) as caught:
        await move(address, url)
    assert caught.value.key == "storage.empty"
    database = await Database.open(address)
    await database.migrate()
    await database.downgrade("0007")
    await database.close()
    with pytest.raises(SchemaMismatch) as caught:
        await move(address, url)
    assert caught.value.key == "storage.schema_old"


async def _counts(url: str) -> dict[str, int]:
    """Rows per table of what was moved; none where the target was left empty."""
    database = await Database.open(url)
    try:
        async with database.reading() as unit:
            found = {
                name: await unit.connection.scalar(select(func.count()).select_from(table))
                for name, table in metadata.tables.items()
            }
            return {name: count for name, count in found.items() if count}
    finally:
        await database.close()


async def test_nobody_writes_to_what_is_moved(url: str, tmp_path: Path) -> None:
    """While the rows are copied no other process writes to the source, so that nothing is left behind; it does as soon
    as they are. What was moved is what was there at the beginning.
    """
    source_of_rows = await Database.open(url)
    await source_of_rows.migrate()
    async with source_of_rows.unit() as unit:
        await _fill(unit)
    writer = await Database.open(url)
    written: list[asyncio.Task[None]] = []
    overtaken: list[bool] = []

    async def write() -> None:
        async with writer.unit() as unit:
            await unit.sources.upsert([source("late")])
            await unit.commit()

    def begin(table: str, done: int, total: int) -> None:
        if not written:
            written.append(asyncio.create_task(write()))
        overtaken.append(written[0].done())

    async def look(_: Database) -> None:
        if written:
            await written[0]

    target = f"sqlite:///{tmp_path / 'target.db'}"
    try:
        copied = await move(url, target, begin, look)
        async with source_of_rows.reading() as unit:
            assert len(await unit.sources.all()) == 2
    finally:
        await writer.close()
        await source_of_rows.close()
    assert overtaken == [False] * len(overtaken)
    assert copied["sources"] == 1
    assert (await _counts(target))["sources"] == 1


async def test_what_began_meanwhile_is_seen_before_anything_is_kept(filled: str, url: str) -> None:
    """A service that was started while its database was being moved is found by the second look: the target stays
    empty, and the same command moves all of it later.
    """
    looks: list[int] = []

    async def look(_: Database) -> None:
        looks.append(len(looks))
        if len(looks) == 2:
            raise MoveFailed("told by whoever looks")

    with pytest.raises(MoveFailed):
        await move(filled, url, look=look)
    assert await _counts(url) == {}
    assert (await move(filled, url))["articles"] == 5


async def test_a_database_is_not_moved_onto_itself(filled: str) -> None:
    """The same address twice is told as that, before anything waits for itself."""
    with pytest.raises(MoveFailed) as caught:
        await move(filled, filled)
    assert caught.value.key == "storage.move_same"


async def test_retention(database: Database) -> None:
    """Older articles go, younger ones and settings stay; nothing goes with 0 days."""
    async with database.unit() as unit:
        await _fill(unit)
        now = NOON + hours(24 + 2.5)
        assert set((await retention(unit, now, 0)).values()) == {0}
        assert (await retention(unit, now, 1))["articles"] == 3
        assert [item.id for item in await unit.articles.latest(9)] == ["a4", "a3"]
        assert len(await unit.chats.subscriptions(CHAT)) == 1
        assert await unit.search.find("خبر") == ["a4", "a3"]


async def test_slack_finds_its_tables(database: Database) -> None:
    """slack_sdk's own store saves an installation into the tables we migrate, and finds it."""
    store = AsyncSQLAlchemyInstallationStore(
        client_id="1.2", engine=database.engine, bots_table_name=BOTS, installations_table_name=INSTALLATIONS
    )
    token = "xoxb-not-a-token"
    await store.async_save(
        Installation(app_id="A1", team_id="T1", user_id="U1", bot_token=token, bot_id="B1", bot_user_id="U2")
    )
    found = await store.async_find_bot(enterprise_id=None, team_id="T1")
    assert found is not None
    assert found.bot_token == token


async def test_a_full_disk_is_an_error_that_loses_nothing(tmp_path: Path) -> None:
    """What was committed before stays, what did not fit is rolled back, and the service may go on."""
    database = await Database.open(f"sqlite:///{tmp_path / 'small.db'}")
    await database.migrate()

    def limit(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA max_page_count = 1")
        cursor.close()

    async with database.unit() as unit:
        await unit.articles.put_many([(article(1), entry(1))])
        await unit.commit()
    await database.engine.dispose()
    event.listen(database.engine.sync_engine, "connect", limit)
    with pytest.raises(StorageError):
        await _store_much(database)
    async with database.reading() as unit:
        assert [item.id for item in await unit.articles.latest(9)] == ["a1"]
    await database.close()


async def _store_much(database: Database) -> None:
    async with database.unit() as unit:
        await unit.articles.put_many([(article(n, text="نص طويل " * 4_000), entry(n)) for n in range(2, 60)])
        await unit.commit()


def test_every_table_can_be_moved() -> None:
    """Copying pages by primary key, so every table has one."""
    assert [table.name for table in metadata.tables.values() if not table.primary_key.columns] == []
