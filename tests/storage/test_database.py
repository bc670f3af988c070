"""Opening, units of work, and errors that keep secrets."""

import asyncio
import io
import json
import logging
from datetime import datetime
from pathlib import Path

import pytest
import structlog
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot.logs import log_handler
from storage.database import Database
from storage.engines import PATIENCE, place
from storage.errors import BadAddress, Busy, SchemaMismatch, StorageError, Unreachable
from storage.sources import SourceState
from storage.tables.outbox import edition_parts
from summaries.errors import KawalisError
from summaries.types import SourceId
from tests.storage.things import NOON, article, entry, source


@pytest.mark.parametrize(
    "address", ["", "nonsense", "mysql://user:s3cret@host/db", "post:s3cret", "://s3cret"]
)
def test_an_address_we_cannot_use(address: str) -> None:
    """It is refused with a key, and its password is not repeated."""
    with pytest.raises(BadAddress) as caught:
        place(address)
    assert caught.value.key == "storage.bad_address"
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("address", ["postgresql://u:s3cret@h/d", "postgres://u:s3cret@h/d"])
def test_a_place_hides_its_password(address: str) -> None:
    """Whoever prints where the database is, prints no secret; both spellings of the scheme are known."""
    assert place(address).kind == "postgresql"
    assert "s3cret" not in str(place(address))
    assert "s3cret" not in repr(place(address))


def test_a_file_is_shown_as_it_is_written() -> None:
    """A folder with Arabic letters and spaces is one that a person can find again."""
    assert str(place("sqlite:////data/بيانات الخدمة/k.db")) == "sqlite:////data/بيانات الخدمة/k.db"


async def test_no_server_is_told_without_the_password() -> None:
    """A dead server gives Unreachable, and neither its text nor its values carry the password."""
    with pytest.raises(Unreachable) as caught:
        await Database.open("postgresql://user:s3cret@127.0.0.1:1/db")
    error = caught.value
    assert "s3cret" not in f"{error} {error.values} {error.cause}"
    assert "127.0.0.1" in error.values["address"]


async def test_a_server_that_has_gone_is_not_waited_for_for_hours(postgresql_url: str) -> None:
    """Both engines give up a silent PostgreSQL in seconds; what the address itself says goes before."""
    database = await Database.open(f"{postgresql_url}?keepalives_idle=77")
    engine = database.sync_engine()
    with engine.connect() as connection:
        told = [connection.connection.driver_connection.info.get_parameters()]  # type: ignore[union-attr]
    engine.dispose()
    async with database.reading() as unit:
        raw = await unit.connection.get_raw_connection()
        told.append(raw.driver_connection.info.get_parameters())  # type: ignore[union-attr]
    await database.close()
    for parameters in told:
        assert parameters["tcp_user_timeout"] == PATIENCE["tcp_user_timeout"]
        assert parameters["keepalives_idle"] == "77"


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """It is told as an error of ours, not as the driver's."""
    file = tmp_path / "notes.db"
    file.write_text("these are notes, not a database, and rather long ones at that" * 40)
    with pytest.raises(KawalisError):
        await Database.open(f"sqlite:///{file}")


async def test_a_scratch_database_leaves_nothing() -> None:
    """`sqlite://` is gone when it is closed."""
    database = await Database.open("sqlite://")
    await database.migrate()
    folder = database.place.file.parent if database.place.file else None
    assert folder is not None
    assert folder.exists()
    await database.close()
    assert not folder.exists()


async def test_a_unit_rolls_back_unless_committed(database: Database) -> None:
    """Forgetting to commit changes nothing; so does an error."""
    async with database.unit() as unit:
        await unit.sources.upsert([source()])
    with pytest.raises(RuntimeError, match="halfway"):
        await _fail_halfway(database)
    async with database.reading() as unit:
        assert await unit.sources.all() == []


async def _fail_halfway(database: Database) -> None:
    async with database.unit() as unit:
        await unit.sources.upsert([source()])
        raise RuntimeError("halfway")


async def test_one_unit_may_commit_twice(database: Database) -> None:
    """After a commit the unit goes on, and what follows is rolled back alone."""
    async with database.unit() as unit:
        await unit.sources.upsert([source("one")])
        await unit.commit()
        await unit.sources.upsert([source("two")])
    async with database.reading() as unit:
        assert [card.id for card, _ in await unit.sources.all()] == ["one"]


async def test_units_at_once_all_arrive(database: Database) -> None:
    """Writers side by side wait for each other and lose nothing, also where they read before they write."""
    async with database.unit() as unit:
        await unit.sources.upsert([source()])
        await unit.commit()

    async def poll(number: int) -> None:
        async with database.unit() as unit:
            found = await unit.sources.get(SourceId("nahar"))
            assert found is not None
            await unit.articles.put_many([(article(number), entry(number))])
            await unit.sources.save_states([found[1]])
            await unit.commit()

    await asyncio.gather(*(poll(number) for number in range(20)))
    async with database.reading() as unit:
        assert len(await unit.articles.latest(100)) == 20


async def test_a_reader_is_not_stopped_by_a_writer(database: Database) -> None:
    """While one unit writes, another reads what was there before."""
    async with database.unit() as writer:
        await writer.sources.upsert([source()])
        async with database.reading() as reader:
            assert await reader.sources.all() == []
        await writer.commit()


async def test_a_reader_sees_one_moment(database: Database) -> None:
    """What another commits while one reads is not seen in the middle of it: counts and rows go together. The next
    reader sees it.
    """
    async with database.reading() as reader:
        assert await reader.sources.all() == []
        async with database.unit() as writer:
            await writer.sources.upsert([source()])
            await writer.commit()
        assert await reader.sources.all() == []
    async with database.reading() as later:
        assert len(await later.sources.all()) == 1


async def test_a_lock_that_stays_is_busy(tmp_path: Path) -> None:
    """Waiting ends, with an error that says so."""
    database = await Database.open(f"sqlite:///{tmp_path / 'k.db'}")
    await database.migrate()
    try:
        async with database.unit() as first:
            await first.sources.upsert([source()])
            with pytest.raises(Busy):
                await _delete_impatiently(database)
    finally:
        await database.close()


async def _delete_impatiently(database: Database) -> None:
    async with database.reading() as unit:
        await unit.connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        await unit.connection.exec_driver_sql("DELETE FROM sources")


async def test_a_naive_time_never_gets_in(database: Database) -> None:
    """A time without a zone is refused before it is stored."""
    async with database.unit() as unit:
        await unit.sources.upsert([source()])
        bad = SourceState(source=SourceId("nahar"), url="u", next_poll=datetime(2024, 1, 1))  # noqa: DTZ001
        with pytest.raises(KawalisError):
            await _save(database, bad)


async def _save(database: Database, state: SourceState) -> None:
    async with database.reading() as unit:
        await unit.sources.save_states([state])


async def test_a_newer_schema_is_not_touched(database: Database) -> None:
    """A database of a later version of the program is refused, not changed."""
    async with database.unit() as unit:
        await unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        await unit.commit()
    with pytest.raises(SchemaMismatch) as caught:
        await database.migrate()
    assert caught.value.values["found"] == "9999"


async def test_what_was_to_be_kept_never_gets_into_the_log(database: Database) -> None:
    """A statement that fails is logged with its traceback, and without the messages and words that it was given: those
    of the library's own errors, and those of a row that PostgreSQL repeats.
    """
    stream = io.StringIO()
    for_log = logging.getLogger("a test of values")
    for_log.addHandler(log_handler(stream, structlog.processors.JSONRenderer(ensure_ascii=False)))
    words = "كلمات المحادثة\n\nسطر آخر منها"
    statement = insert(edition_parts).values(
        edition=words, platform="telegram", part=0, payload=words, created=NOON
    )
    tries = {"kept": statement, "twice": statement, "nothing": statement.values(payload=None)}
    for name, given in tries.items():
        try:
            async with database.unit() as unit:
                await unit.connection.execute(given)
                await unit.commit()
        except StorageError:
            for_log.exception(name)
    other = database.sync_engine()
    with other.connect() as connection, pytest.raises(IntegrityError) as caught:
        connection.execute(statement)
    other.dispose()
    logged = stream.getvalue() + str(caught.value).split("DETAIL")[0]
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["twice", "nothing"]
    assert "كلمات" not in logged
    assert "سطر" not in logged


async def test_times_come_back_as_they_went(database: Database) -> None:
    """Microseconds and the instant survive; the zone is UTC."""
    exact = NOON.replace(microsecond=123_457)
    async with database.unit() as unit:
        await unit.sources.upsert([source()])
        await unit.sources.save_states([SourceState(source=SourceId("nahar"), url="u", next_poll=exact)])
        found = await unit.sources.get(SourceId("nahar"))
    assert found is not None
    assert found[1].next_poll == exact
