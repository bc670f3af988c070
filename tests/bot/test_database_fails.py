"""What is said where the database fails: to the operator its cause and the remedy, to a reader an apology."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from adapters.chat.ports import Address, Request
from bot.cli import main
from bot.commands.dispatch import Dispatcher
from bot.texts import LANGUAGES, texts
from storage.database import Database
from storage.engines import place
from storage.errors import StorageError, Unreachable
from storage.failures import understood

ADDRESS = "postgresql://u:s3cret@db.example/kawalis?password=s3cret"


@pytest.mark.parametrize(
    ("told", "key", "remedy"),
    [
        ('FATAL:  password authentication failed for user "u"', "refused", "كلمة السر"),
        ("fe_sendauth: no password supplied", "refused", "كلمة السر"),
        ('FATAL:  role "u" does not exist', "refused", "المستخدم"),
        ('FATAL:  no pg_hba.conf entry for host "h", user "u"', "refused", "المستخدم"),
        ('FATAL:  database "kawalis" does not exist', "no_database", "createdb"),
        ("FATAL:  sorry, too many clients already", "crowded", "max_connections"),
        ("could not extend file: No space left on device", "full", "أخلوا"),
        ("cannot execute INSERT in a read-only transaction", "read_only", "الكتابة"),
        ("connection refused", "unreachable", "KAWALIS_DATABASE_URL"),
        ("ОШИБКА: что-то", "unreachable", "KAWALIS_DATABASE_URL"),
    ],
)
def test_what_a_server_says_is_told_with_the_remedy(told: str, key: str, remedy: str) -> None:
    """Each cause that an operator can mend has a sentence of its own in both languages, with the address and without
    the password, wherever in the address it stands.
    """
    error = understood(OperationalError("connect", None, psycopg.OperationalError(told)), place(ADDRESS))
    assert error.key == f"storage.{key}"
    said = [texts(language).error(error) for language in LANGUAGES]
    assert remedy in said[0]
    assert all("db.example" in one and "s3cret" not in one for one in said)


def spoil(folder: Path, how: str) -> str:
    """The address of a database that cannot be used, for such a reason."""
    file = folder / "قاعدة.db"
    if how == "cannot_open":
        file.mkdir()
    if how == "damaged":
        file.write_text("these are notes, not a database, and rather long ones" * 40)
    if how == "no folder":
        (folder / "file").write_text("")
        file = folder / "file" / "k.db"
    return f"sqlite:///{file}"


@pytest.mark.parametrize("how", ["cannot_open", "damaged"])
def test_a_file_that_cannot_be_used_is_told_with_the_remedy(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`doctor` names the file and what to do; it does not send one to the log or to itself."""
    address = spoil(tmp_path, how)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWALIS_DATABASE_URL", address)
    monkeypatch.setenv("KAWALIS_LANGUAGE", "ar")
    assert main(["doctor"]) == 1
    assert f"✗ {texts('ar')(f'storage.{how}', address=place(address))}" in capsys.readouterr().out


def test_a_target_that_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`move` to a folder that cannot be is one sentence, not a traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWALIS_DATABASE_URL", f"sqlite:///{tmp_path / 'k.db'}")
    assert main(["migrate"]) == 0
    assert main(["move", "--to", spoil(tmp_path, "no folder")]) == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert str(tmp_path / "file") in said


@pytest.mark.parametrize(
    ("pragma", "key"), [("max_page_count = 1", "full"), ("query_only = ON", "read_only")]
)
async def test_a_disk_that_takes_nothing_is_told(tmp_path: Path, pragma: str, key: str) -> None:
    """A full disk and one that is read-only are told apart from a database that does not answer."""
    database = await Database.open(f"sqlite:///{tmp_path / 'k.db'}")
    try:
        with pytest.raises(StorageError) as caught:
            await _write_much(database, pragma)
        assert caught.value.key == f"storage.{key}"
    finally:
        await database.close()


async def _write_much(database: Database, pragma: str) -> None:
    async with database.reading() as unit:
        await unit.connection.execute(text(f"PRAGMA {pragma}"))
        await unit.connection.execute(text("CREATE TABLE much (a)"))
        await unit.connection.execute(text("INSERT INTO much VALUES (zeroblob(100000))"))


async def test_a_reader_is_not_told_where_the_database_is() -> None:
    """Whoever asks in a chat while the database is away gets an apology, and no address or setting of ours."""

    class Away:
        @asynccontextmanager
        async def unit(self) -> AsyncIterator[Any]:
            raise Unreachable("storage.unreachable", cause="refused", address="postgresql://u@db.example/k")
            yield

    services: Any = SimpleNamespace(database=Away(), default_language="ar", clock=None)
    address = Address(platform="telegram", bot="7", chat="1")
    reply = await Dispatcher(services)(Request(address=address, person="1", text="/brief", command=True))
    said = str(reply.messages)
    assert texts("ar")("error.unexpected") in said
    assert "db.example" not in said
