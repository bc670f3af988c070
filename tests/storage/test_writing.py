"""What a model wrote is kept by content, and its use is counted by the day."""

from datetime import UTC, date, datetime, timedelta

from storage.database import Database
from storage.retention import retention

NOW = datetime(2024, 3, 28, 9, tzinfo=UTC)


async def test_an_answer_is_kept_under_its_key(database: Database) -> None:
    """What was put is got; another key has nothing; a second answer takes the first one's place."""
    async with database.unit() as unit:
        await unit.writing.put_answer("k", "أول", NOW)
        await unit.writing.put_answer("k", "ثان", NOW)
        assert await unit.writing.answer("k") == "ثان"
        assert await unit.writing.answer("other") is None


async def test_tokens_add_up_by_day(database: Database) -> None:
    """Each use is added to its own day, and a day without use has none."""
    async with database.unit() as unit:
        for tokens in (5, 7):
            await unit.writing.add_tokens(date(2024, 3, 28), tokens)
        await unit.writing.add_tokens(date(2024, 3, 29), 1)
        assert await unit.writing.tokens(date(2024, 3, 28)) == 12
        assert await unit.writing.tokens(date(2024, 3, 29)) == 1
        assert await unit.writing.tokens(date(2024, 3, 30)) == 0


async def test_old_answers_go(database: Database) -> None:
    """Retention deletes what was written before its days, and keeps the rest."""
    async with database.unit() as unit:
        await unit.writing.put_answer("old", "x", NOW - timedelta(days=9))
        await unit.writing.put_answer("new", "y", NOW)
        assert (await retention(unit, NOW, 2))["written"] == 1
        assert await unit.writing.answer("new") == "y"
